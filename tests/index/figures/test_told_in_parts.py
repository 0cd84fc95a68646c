"""Durations in two units, and large numbers whose currency is told elsewhere in the text."""

import pytest

from index.model import Language
from tests.index.figures.written import read


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("La traversée dure 1 h 50.", "fr", ["1 h 50 = 110 minute"]),
        ("un vol de deux heures et vingt minutes", "fr", ["deux heures et vingt minutes = 140 minute"]),
        ("Il a tenu 2 ans et 3 mois.", "fr", ["2 ans et 3 mois = 27 month"]),
        ("The crossing takes 1 hour 50 minutes.", "en", ["1 hour 50 minutes = 110 minute"]),
        ("They spent 3 days and 4 hours there.", "en", ["3 days and 4 hours = 76 hour"]),
        ("It lasted 4 minutes 13 seconds.", "en", ["4 minutes 13 seconds = 253 second"]),
    ],
)
def test_a_duration_in_two_units_is_one(text: str, language: Language, expected: list[str]) -> None:
    assert read(text, language) == expected


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("L'accord a été signé à 3 h 20 du matin.", "fr", []),
        ("ouvert de 9 h 30 à 17 h 45", "fr", []),
        ("deux ans ou trois mois", "fr", ["deux ans = 2 year", "trois mois = 3 month"]),
        ("one hour and 90 minutes", "en", ["one hour = 1 hour", "90 minutes = 90 minute"]),
        ("After 3 years, 6 months of work remain.", "en", ["3 years = 3 year", "6 months = 6 month"]),
        ("It ran for 2 hours, 30 people came.", "en", ["2 hours = 2 hour", "30 people = 30 count (people)"]),
    ],
)
def test_a_time_of_day_and_two_durations_are_not(text: str, language: Language, expected: list[str]) -> None:
    assert read(text, language) == expected


def test_degrees_with_decimals_or_of_warmth_are_of_temperature() -> None:
    assert read("The water warmed by 0.2 degrees.", "en") == ["0.2 degrees = 0.2 °C"]
    assert read("Rooms were 3 degrees cooler.", "en") == ["3 degrees cooler = 3 °C"]
    assert read("The college awarded 400 degrees.", "en") == ["400 degrees = 400 count (degrees)"]


def test_what_is_paid_is_in_the_one_currency_of_a_text() -> None:
    before = "Le projet coûte 30 millions d'euros. "

    assert read(f"{before}Alberane a mis 20 millions.", "fr")[1:] == ["20 millions = 20000000 EUR"]
    assert read(f"{before}Elle en a vendu 20 millions.", "fr")[1:] == ["20 millions = 20000000 count"]
    assert read(f"{before}Il vaut 2 dollars. Alberane a mis 20 millions.", "fr")[2:] == ["20 millions = 20000000 count"]
    assert read("Alberane a mis 20 millions.", "fr") == ["20 millions = 20000000 count"]
    assert read("The bill is £3. They paid an advance of 70 million.", "en")[1:] == ["70 million = 70000000 GBP"]
