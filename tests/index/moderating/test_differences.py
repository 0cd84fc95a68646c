"""What another version of a text changes, told to moderators before anything goes live."""

from hypothesis import given, settings
from hypothesis import strategies as st

from index import sentences
from index.figures.holding import Held, hold
from index.figures.kinds import Review
from index.model import Article, Basis, Figure, Passage, Source, State
from index.moderating.differences import Difference, compare
from index.moment import aware, now
from index.preparation import prepare

POWER = "OpenAI louera 4,5 GW de puissance à Oracle à partir de 2028."
MONEY = "Le contrat vaut 30 milliards de dollars par an."
KEEPER = "Le gardien Melchior dort le mardi."


def figures(text: str, review: Review) -> tuple[Figure, ...]:
    """Return the figures that are found in a text, as a version holds them."""
    article = Article(text=text, title="Un accord", language="fr")
    ready = prepare(article)
    passages = [
        Passage(key=key, source="accord", version=1, ordinal=key, text=text[piece.start : piece.end], **piece._asdict())
        for key, piece in enumerate(ready.pieces)
    ]
    source = Source(
        **article.model_dump(exclude={"text", "markdown"}),
        id="accord",
        shelf="one",
        version=1,
        state=State.LIVE,
        sha256=ready.sha256,
        added_at=aware(now()),
        added_by="1",
        words=ready.words,
        passages=len(ready.pieces),
    )
    assert source.title_basis is Basis.TEXT
    return hold(source, passages, None, [Held(key, each, review) for key, each in enumerate(ready.figures, 1)]).figures


def between(before: str, after: str, *quoted: str, review: Review = Review.APPROVED) -> Difference:
    """Return what a text changes about another whose figures were all reviewed so."""
    return compare(before, after, figures(before, review), figures(after, Review.EXTRACTED), quoted)


def changed(difference: Difference) -> list[tuple[str, str | None]]:
    """Return the words of the figures that change, and those of what they become."""
    return [(each.before.text.quote, each.after.text.quote if each.after else None) for each in difference.figures]


def test_a_changed_number_is_told_with_what_it_was() -> None:
    found = between(f"{POWER} {MONEY}", f"{POWER.replace('4,5', '5')} {MONEY}")
    assert found.gone == (POWER,)
    assert found.new == (POWER.replace("4,5", "5"),)
    assert found.kept == 1
    assert ("4,5 GW", "5 GW") in changed(found)
    assert ("2028", "2028") in changed(found), "the same in another sentence has to be approved anew"
    assert "30 milliards de dollars" not in str(changed(found))


def test_figures_that_nobody_stands_for_change_nothing() -> None:
    for review in (Review.EXTRACTED, Review.REJECTED):
        assert between(POWER, POWER.replace("4,5", "5"), review=review).figures == ()


def test_a_figure_whose_sentence_is_gone_is_gone() -> None:
    assert changed(between(f"{MONEY} {KEEPER}", KEEPER)) == [("30 milliards de dollars par an", None)]


def test_sentences_that_only_moved_or_wrap_otherwise_are_no_change() -> None:
    found = between(f"{POWER} {MONEY}\n\n{KEEPER}", f"{KEEPER}\n\n{MONEY}\n{POWER.replace(' ', '  ')}", POWER, KEEPER)
    assert found == Difference(kept=3)


def test_two_figures_of_a_sentence_do_not_become_the_same_one() -> None:
    before = "Le site aura 400 MW en 2026 et 900 MW en 2027."
    after = "Le site aura 500 MW en 2026 et 950 MW en 2027."
    pairs = dict(changed(between(before, after)))
    assert (pairs["400 MW"], pairs["900 MW"]) == ("500 MW", "950 MW")


def test_another_unit_is_no_successor() -> None:
    found = changed(between("Le site aura une puissance de 400 MW.", "Le site aura une puissance de 400 FLOPS."))
    assert found == [("400 MW", None)]


def test_a_quote_that_was_shown_and_is_gone_is_named_once() -> None:
    found = between(f"{POWER} {KEEPER}", KEEPER, POWER, KEEPER, f"  {POWER}\n")
    assert found.lost == (POWER,)


def test_what_was_read_by_hand_counts_only_where_it_stands() -> None:
    by_hand = figures(MONEY, Review.CURATED)
    assert not compare(MONEY, MONEY, by_hand, (), ()).figures
    assert changed(compare(MONEY, f"{KEEPER} {MONEY}", by_hand, (), ())) == [("30 milliards de dollars par an", None)]


_SENTENCES = st.lists(st.sampled_from([POWER, MONEY, KEEPER, "Rien de neuf.", "Est-ce vrai ?"]), max_size=8)


@settings(max_examples=60, deadline=None)
@given(_SENTENCES, _SENTENCES)
def test_every_sentence_is_kept_gone_or_new(before: list[str], after: list[str]) -> None:
    old, new = "\n\n".join(before), "\n\n".join(after)
    found = compare(old, new, (), (), before)
    assert set(found.gone) == set(before) - set(after) == set(found.lost)
    assert set(found.new) == set(after) - set(before)
    assert found.kept == len(set(before) & set(after))


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=200))
def test_a_text_changes_nothing_about_itself(text: str) -> None:
    quotes = [text[span.start : span.end] for span in sentences.split(text)]
    found = compare(text, text, (), (), quotes)
    assert (found.gone, found.new, found.lost) == ((), (), ())
