"""A deal is found by any of its names, however it is typed, and nothing is taken for a deal that is none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.figures.curated import shipped
from index.figures.names import MOST_TYPED, Guess, Names, plain

DEALS = Names((deal.id, deal.names) for deal in shipped().deals)
IDS = {deal.id for deal in shipped().deals}
SPELT = [(deal.id, name) for deal in shipped().deals for name in deal.names]


@pytest.mark.parametrize(("deal", "name"), SPELT)
def test_every_name_of_a_deal_means_it_with_any_case_accents_and_punctuation(deal: str, name: str) -> None:
    for typed in (name, name.upper(), f"  {name.replace(' ', '   ')}! ", name.replace("é", "e").replace("’", "'")):
        assert DEALS.find(typed) == Guess(deal, ())


@pytest.mark.parametrize(
    ("typed", "deal"),
    [
        ("oracel", "oracle"),
        ("Larry Elison", "oracle"),
        ("abilen", "abilene"),
        ("datacenter du texas", "abilene"),
        ("star gate", "stargate"),
        ("microsft", "microsoft"),
        ("nvida", "nvidia"),
        ("memphis", "xai"),
        ("levee de fond", "funding"),
    ],
)
def test_typos_are_forgiven(typed: str, deal: str) -> None:
    assert DEALS.find(typed).sure == deal


@pytest.mark.parametrize(
    "typed", ["google", "meta", "amazon", "apple", "anthropic", "arm", "zzz", "", "  ", "!?", "漢字"]
)
def test_what_is_no_deal_is_not_taken_for_one(typed: str) -> None:
    assert DEALS.find(typed).sure is None


def test_what_may_mean_several_deals_is_not_decided_and_the_likeliest_come_first() -> None:
    guess = DEALS.find("openai")
    assert guess.sure is None
    assert len(guess.near) == 3
    assert set(guess.near) < IDS
    assert Names([("one", ["Projet Atlas"]), ("two", ["Projet Ajax"])]).find("projet").sure is None


@pytest.mark.parametrize("typed", ["z", "b2"])
def test_a_letter_or_two_inside_of_a_name_are_no_name(typed: str) -> None:
    guess = DEALS.find(typed)
    assert guess.sure is None
    assert len(guess.near) == 1


def test_what_is_typed_is_completed_names_that_begin_with_it_first() -> None:
    names = Names([("inside", ["the oracle"]), ("far", ["miracle"]), ("first", ["Oracle cloud"]), ("exact", ["ora"])])
    assert names.complete("ORA", 10) == ["exact", "first", "inside"]
    assert names.complete("ora", 2) == ["exact", "first"]


def test_with_nothing_typed_all_are_offered_in_their_order_each_once() -> None:
    names = Names([("one", ["Un", "Une", "UN"]), ("two", ["Deux"])])
    assert names.complete("", 25) == ["one", "two"]
    assert names.complete(" ?! ", 1) == ["one"]


def test_of_two_owners_of_one_name_the_first_has_it() -> None:
    assert Names([("one", ["Été"]), ("two", ["ete"])]).find("été").sure == "one"


def test_what_is_typed_counts_up_to_a_length() -> None:
    assert plain("x" * 10 * MOST_TYPED) == "x" * MOST_TYPED


@given(st.text(max_size=200), st.integers(1, 25))
def test_whatever_is_typed_only_deals_are_found(typed: str, limit: int) -> None:
    found = DEALS.complete(typed, limit)
    guess = DEALS.find(typed)
    assert len(found) <= limit
    assert len(set(found)) == len(found)
    assert IDS.issuperset([*found, *guess.near])
    assert guess.sure is None or (guess.sure in IDS and guess.near == ())


@given(st.text(max_size=50))
def test_a_plain_name_is_plain_already(typed: str) -> None:
    assert plain(plain(typed)) == plain(typed)


@given(st.sampled_from(SPELT), st.data())
def test_a_name_without_one_of_its_letters_still_offers_its_deal(spelt: tuple[str, str], data: st.DataObject) -> None:
    deal, name = spelt
    name = plain(name)
    if len(name) > 6:
        place = data.draw(st.integers(0, len(name) - 1))
        assert deal in DEALS.complete(name[:place] + name[place + 1 :], 25)
