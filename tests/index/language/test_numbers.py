"""Numbers, money and units are one thing however they are written, in a French text and in an English question."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.language.analysis import forms, tokens
from index.model import Language

LANGUAGES: tuple[Language, ...] = ("fr", "en")
SPACES = {"space": " ", "no-break": "\u00a0", "narrow": "\u202f", "thin": "\u2009"}
MARKS = [*SPACES.values(), "'", "’", ".", ","]

patient = settings(deadline=None, max_examples=80)


def stems(text: str, language: Language) -> list[str]:
    return [forms(token, language).stem for token in tokens(text, language)]


def grouped(number: int, mark: str) -> str:
    return f"{number:,}".replace(",", mark)


@pytest.mark.parametrize(
    ("language", "written"),
    [
        ("fr", "4,5 GW"),
        ("fr", "4.5 GW"),
        ("fr", "4,5GW"),
        ("fr", "4,5\u00a0GW"),
        ("fr", "4,5\u202fgigawatts"),
        ("fr", "4,5 gigawatts"),
        ("fr", "4,5-GW"),
        ("en", "4.5 gigawatts"),
        ("en", "4.5 gigawatt"),
        ("en", "4.5 GW"),
        ("en", "4.5GW"),
        ("en", "4,5 gw"),
    ],
)
def test_power_is_one_thing(language: Language, written: str) -> None:
    assert stems(written, language) == ["4.5", "gigawatt"]


@pytest.mark.parametrize(
    ("language", "written"),
    [
        ("fr", "30 Md$"),
        ("fr", "30Md$"),
        ("fr", "30\u00a0Md\u00a0$"),
        ("fr", "30 Mds$"),
        ("fr", "30 Mds de dollars"),
        ("fr", "30 Mrd de dollars"),
        ("fr", "30 milliards de dollars"),
        ("fr", "30 milliards $"),
        ("fr", "30 Md USD"),
        ("fr", "30 Md US$"),
        ("fr", "$30 billion"),
        ("en", "$30 billion"),
        ("en", "$30bn"),
        ("en", "US$ 30bn"),
        ("en", "US$30 bn"),
        ("en", "30 billion dollars"),
        ("en", "USD 30 billion"),
        ("en", "USD30bn"),
        ("en", "CA$30 billion"),
        ("en", "HK$30 billion"),
        ("en", "30 Md$"),
    ],
)
def test_billions_are_one_thing(language: Language, written: str) -> None:
    assert stems(written, language) == ["30", "milliard", "dollar"]


@pytest.mark.parametrize(
    ("language", "written"),
    [
        ("fr", "500 M€"),
        ("fr", "500 M €"),
        ("fr", "500 millions d'euros"),
        ("fr", "500 millions d’€"),
        ("fr", "500 M EUR"),
        ("en", "€500 million"),
        ("en", "€500m"),
        ("en", "EUR 500m"),
        ("en", "500 million euros"),
    ],
)
def test_millions_are_one_thing(language: Language, written: str) -> None:
    assert stems(written, language) == ["500", "million", "euro"]


def test_pounds_keep_their_amount() -> None:
    assert stems("£3bn", "en") == stems("3 milliards de livres", "fr") == stems("3 Md£", "fr")


def test_a_french_billion_is_an_english_trillion() -> None:
    assert stems("1,4 billion de dollars", "fr") == stems("1.4 trillion dollars", "en") == stems("$1.4 trillion", "en")
    assert stems("deux billions", "fr")[-1] == "trillion"
    assert stems("billions", "en") == stems("milliard", "fr") == ["milliard"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("mark", MARKS)
def test_thousands_are_one_number_whatever_parts_them(language: Language, mark: str) -> None:
    assert tokens(f"plus de 400{mark}000 puces", language) == ["400000", "puces"]
    assert tokens(f"1{mark}234{mark}567", language) == ["1234567"]


@given(st.integers(1_000, 10**12), st.sampled_from(MARKS), st.sampled_from(LANGUAGES))
@patient
def test_a_grouped_number_is_the_plain_number(number: int, mark: str, language: Language) -> None:
    assert tokens(grouped(number, mark), language) == [str(number)] == tokens(str(number), language)


@given(st.integers(0, 10**7), st.integers(1, 99), st.sampled_from(list(SPACES.values())), st.sampled_from(LANGUAGES))
@patient
def test_decimal_comma_and_point_are_the_same(whole: int, cents: int, space: str, language: Language) -> None:
    expected = [f"{whole}.{cents:02}"]
    assert tokens(f"{grouped(whole, space)},{cents:02}", language) == expected
    assert tokens(f"{grouped(whole, ',')}.{cents:02}", language) == expected
    assert tokens(f"{whole},{cents:02}", language) == expected


def test_a_decimal_stays_itself() -> None:
    for language in LANGUAGES:
        assert tokens("6.6", language) == tokens("6,6", language) == ["6.6"]
        assert tokens("0,125", language) == tokens("0.125", language) == ["0.125"]
        assert tokens("3,14159", language) == ["3.14159"]
        assert tokens("66", language) == ["66"]
        assert tokens("1.234,56", language) == tokens("1,234.56", language) == ["1234.56"]


@pytest.mark.parametrize(
    ("language", "written"),
    [
        ("fr", "49 %"),
        ("fr", "49%"),
        ("fr", "49\u202f%"),
        ("fr", "49 pour cent"),
        ("fr", "49 pourcent"),
        ("en", "49 percent"),
        ("en", "49 per cent"),
        ("en", "49%"),
    ],
)
def test_a_percentage_is_one_thing(language: Language, written: str) -> None:
    assert stems(written, language) == ["49", "pourcent"]


def test_per_cent_is_the_same_in_a_question_without_a_figure() -> None:
    assert tokens("combien de pour cent", "fr") == tokens("how many percent", "en") == tokens("%", "fr") == ["pourcent"]
    assert tokens("in usd", "en") == tokens("dollar", "en")
    assert tokens("combien d'euros", "fr") == tokens("€", "fr")


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("from 3 to 5", ["3", "5"]),
        ("$5 to $10", ["5", "dollar", "10", "dollar"]),
        ("ready by 2026 to go", ["ready", "2026", "go"]),
        ("with 5 go live", ["5", "go", "live"]),
        ("2 KO wins in 3 mo", ["2", "ko", "wins", "3", "mo"]),
    ],
)
def test_english_words_after_a_number_are_no_units(text: str, left: list[str]) -> None:
    assert tokens(text, "en") == left


def test_storage_units_meet_across_the_languages() -> None:
    assert stems("16 Go", "fr") == stems("16 GB", "en") == stems("16 gigaoctets", "fr")
    assert stems("2 To", "fr") == stems("2TB", "en")
    assert stems("5 km", "fr") == stems("5 kilomètres", "fr")


def test_units_without_a_number_have_the_same_form() -> None:
    assert stems("la puissance en GW", "fr")[-1] == stems("in gigawatts", "en")[-1] == "gigawatt"
    assert stems("prix du MWh", "fr")[-1] == stems("mégawattheures", "fr")[-1]


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("en 2024, 500 personnes", ["2024", "500", "personnes"]),
        ("en 2024 500 personnes", ["2024", "500", "personnes"]),
        ("en 2024, 2025 et 2026", ["2024", "2025", "2026"]),
        ("12 500 en 2 024", ["12500", "2024"]),
        ("le 12 mai 2024", ["12", "mai", "2024"]),
        ("2024-05-12", ["2024", "05", "12"]),
        ("12/05/2024", ["12", "05", "2024"]),
        ("2025-2028", ["2025", "2028"]),
        ("20 000-30 000", ["20000", "30000"]),
        ("10 à 15 %", ["10", "15", "pourcent"]),
        ("3, 500 puces", ["3", "500", "puces"]),
        ("les 3.\n500 puces", ["3", "500", "puces"]),
        ("les puces GB200 300 000 fois", ["puces", "gb200", "300000", "fois"]),
        ("GPT-4 500 fois", ["gpt", "4", "500", "fois"]),
        ("MI450 100 fois", ["mi450", "100", "fois"]),
    ],
)
def test_numbers_that_stand_side_by_side_are_not_one(text: str, left: list[str]) -> None:
    assert tokens(text, "fr") == left


def test_a_number_beside_letters_that_are_no_unit_is_left_alone() -> None:
    assert tokens("100w 5g 42nd 7wonders 3goals", "en") == ["100", "watt", "5g", "42nd", "7wonders", "3goals"]


@given(st.text("0123456789 .,'’$€£%mdbntogwhusreé\u00a0-", max_size=60), st.sampled_from(LANGUAGES))
@patient
def test_any_mix_of_figures_is_read_and_keeps_its_digits(text: str, language: Language) -> None:
    assert "".join(c for token in tokens(text, language) for c in token if c.isdigit()) == "".join(
        c for c in text if c.isdigit()
    )
