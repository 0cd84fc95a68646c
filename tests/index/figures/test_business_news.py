"""How business news of other trades writes amounts: telecoms, medicine, cars, energy, shops."""

from itertools import pairwise
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.figures.dates import dates
from index.figures.mentioned import mentioned
from index.figures.quantities import quantities
from index.model import Language
from tests.index.figures.written import read, read_dates


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("400.000 puces", ["400.000 puces = 400000 count (puces)"]),
        ("400,000 puces", ["400,000 puces = 400000 count (puces)"]),
        ("US$ 1,2 milliard", ["US$ 1,2 milliard = 1200000000 USD"]),
        ("12 MEUR, 3 kEUR", ["12 MEUR = 12000000 EUR", "3 kEUR = 3000 EUR"]),
        ("présent dans 27 pays", ["27 pays = 27 count (pays)"]),
        ("600 MW/1,2 GWh", ["600 MW = 600000000 W", "1,2 GWh = 1200000000 Wh"]),
        ("en hausse de 0,3 pt, de 15 pb", ["0,3 pt = 0.3 percent", "15 pb = 0.15 percent"]),
        ("5 à 6 000 salariés", ["5 à 6 000 salariés = 5000..6000 count (salariés)"]),
        ("500 à 2 000 salariés", ["500 à 2 000 salariés = 500..2000 count (salariés)"]),
        ("réduire de 30 à 40 % la facture", ["30 à 40 % = 30..40 percent"]),
        ("la part passera de 30 à 40 %", ["30 = 30 percent", "40 % = 40 percent"]),
        ("un taux qui a reculé de 40 à 30 %", ["40 = 40 percent", "30 % = 30 percent"]),
        ("le délai a été prolongé de 5 à 7 ans", ["5 = 5 year", "7 ans = 7 year"]),
        ("ils ne sont plus que 9 800", ["9 800 = 9800 count"]),
        ("elle a plus que doublé", ["doublé = more than 2 times"]),
        ("-12 %, −3,2 %", ["-12 % = -12 percent", "−3,2 % = -3.2 percent"]),
        ("fin 2025, 9M 2025", []),
    ],
)
def test_french_news(text: str, expected: list[str]) -> None:
    assert read(text, "fr") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("US$ 1.2 billion", ["US$ 1.2 billion = 1200000000 USD"]),
        ("one and a half billion dollars", ["one and a half billion dollars = 1500000000 USD"]),
        ("a dozen plants", ["a dozen plants = 12 count (plants)"]),
        ("600MW/1,200MWh", ["600MW = 600000000 W", "1,200MWh = 1200000000 Wh"]),
        ("$5-6m, £10-12m a year", ["$5-6m = 5000000..6000000 USD", "£10-12m a year = 10000000..12000000 GBP per year"]),
        ("$5 B, 5-6 m", ["$5 B = 5000000000 USD", "5-6 m = 5..6 m"]),
        ("It closed about 80.", ["80 = about 80 count"]),
        ("150 jets, with options on another 70", ["150 jets = 150 count (jets)", "70 = 70 count"]),
        ("widened by 120 basis points to 15.6%", ["120 basis points = 1.2 percent", "15.6% = 15.6 percent"]),
        ("charges from 10% to 80%", ["10% = 10 percent", "80% = 80 percent"]),
        ("it rose by $2bn to $10bn", ["$2bn = 2000000000 USD", "$10bn = 10000000000 USD"]),
        ("cut costs by $2bn to $3bn", ["$2bn to $3bn = 2000000000..3000000000 USD"]),
        ("by 10 to 25%", ["10 to 25% = 10..25 percent"]),
        ("50bp, 0.5pp, 99 pence", ["50bp = 0.5 percent", "0.5pp = 0.5 percent", "99 pence = 0.99 GBP"]),
        ("at 10 p.m. or 10 a.m.", []),
    ],
)
def test_english_news(text: str, expected: list[str]) -> None:
    assert read(text, "en") == expected


@pytest.mark.parametrize("language", get_args(Language))
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Oracle paie 30 Md $ par an.", "30 Md $ par an = 30000000000 USD per year"),
        ("Oracle : 30 Md$/an", "30 Md$/an = 30000000000 USD per year"),
        ("30 Mds $/an", "30 Mds $/an = 30000000000 USD per year"),
        ("30 milliards/an", "30 milliards/an = 30000000000 count per year"),
        ("$30bn a year", "$30bn a year = 30000000000 USD per year"),
        ("$3m per month", "$3m per month = 3000000 USD per month"),
    ],
)
def test_a_rate_right_after_an_amount_is_read_whatever_the_language_of_its_line(
    text: str, language: Language, expected: str
) -> None:
    assert read(text, language) == [expected]


def test_words_after_a_rate_of_the_other_language_can_make_it_a_moment() -> None:
    assert read("$30m a year ago", "fr") == ["$30m = 30000000 USD"]


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("100k of them idle", "en", ["100k = 100000 count"]),
        ("50k GB200s, and 5k.", "en", ["50k GB200s = 50000 count (GB200s)", "5k = 5000 count"]),
        ("50k-100k chips", "en", ["50k-100k chips = 50000..100000 count (chips)"]),
        ("5k personnes et 3k.", "fr", ["5k personnes = 5000 count (personnes)", "3k = 3000 count"]),
        ("a 5k run, a 401k", "en", []),
    ],
)
def test_thousands_in_short_are_a_number_without_a_noun_too(text: str, language: Language, expected: list[str]) -> None:
    assert read(text, language) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("un milliard deux", "un milliard deux = 1200000000 count"),
        ("un million cinq", "un million cinq = 1500000 count"),
        ("un milliard cinq d’euros", "un milliard cinq d’euros = 1500000000 EUR"),
        ("un milliard deux cents", "un milliard deux cents = 1200000000 count"),
        ("deux millions trois cent mille", "deux millions trois cent mille = 2300000 count"),
    ],
)
def test_a_power_of_ten_that_speakers_leave_out_is_understood(text: str, expected: str) -> None:
    assert read(text, "fr") == [expected]


def test_a_year_after_a_power_of_ten_is_no_part_of_the_amount() -> None:
    assert read("1 milliard 2026, 2 millions 300", "fr") == [
        "1 milliard = 1000000000 count",
        "2 millions 300 = 2000300 count",
    ]
    assert read_dates("1 milliard 2026", "fr") == ["2026 = 2026"]


def test_beyond_a_year_is_a_date_and_beyond_so_many_things_a_number() -> None:
    assert read_dates("au-delà de 2030", "fr") == read_dates("beyond 2030", "en") == ["2030 = more than 2030"]
    assert read("beyond 2030", "en") == []
    assert read("au-delà de 2000 salariés", "fr") == ["2000 salariés = more than 2000 count (salariés)"]


def test_a_number_of_any_size_is_read() -> None:
    assert quantities("10^60 W", "en")[0].value == 10**60
    (huge,) = quantities(f"{'9' * 30} milliards de dollars", "fr")
    assert huge.value is not None
    assert len(f"{huge.value:f}") == 40


PIECES = [
    "1",
    "12",
    "2026",
    "400",
    "000",
    " ",
    ".",
    ",",
    "-",
    "–",
    "/",
    "%",
    "$",
    "€",
    "^",
    "e9",
    "½",
    "²",
    "GW",
    "M",
    "Md",
]
WORDS = [
    "un",
    "a",
    "de",
    "et",
    "à",
    "mille",
    "milliard",
    "billion",
    "demi",
    "half",
    "tiers",
    "sur",
    "juin",
    "fin",
    "FY",
    "\n",
]


@given(st.lists(st.sampled_from([*PIECES, *WORDS, *(f" {word} " for word in WORDS)]), max_size=30).map("".join))
def test_whatever_is_written_is_read_in_order_and_nothing_twice(text: str) -> None:
    language: Language
    for language in get_args(Language):
        amounts, moments = mentioned(text, language)
        assert (amounts, moments) == (quantities(text, language), dates(text, language))
        places = sorted([(each.start, each.end) for each in amounts] + [(each.start, each.end) for each in moments])
        assert all(start < end <= len(text) for start, end in places)
        assert all(one[1] <= other[0] for one, other in pairwise(places))
