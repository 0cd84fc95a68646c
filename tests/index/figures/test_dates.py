"""Dates in running text: what stretch of time, and on which side it leaves room."""

import pytest

from index.model import Language
from tests.index.figures.written import read_dates


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("à la mi-2026", ["mi-2026 = 2026-05..2026-08"]),
        ("d'ici fin 2027", ["fin 2027 = at most 2027-10..2027-12"]),
        ("d’ici à la fin de 2027", ["fin de 2027 = at most 2027-10..2027-12"]),
        ("au début de l'année 2026", ["début de l'année 2026 = 2026-01..2026-03"]),
        ("depuis fin janvier", ["fin janvier = at least --01"]),
        ("fin janvier 2026", ["fin janvier 2026 = 2026-01"]),
        ("à compter de 2028", ["2028 = at least 2028"]),
        ("à partir de juin 2026", ["juin 2026 = at least 2026-06"]),
        ("dès 2027, avant 2030", ["2027 = at least 2027", "2030 = less than 2030"]),
        ("jusqu'en 2030, au plus tard en 2029", ["2030 = at most 2030", "2029 = at most 2029"]),
        ("vers 2030", ["2030 = about 2030"]),
        (
            "au T2 2026, au deuxième trimestre 2026",
            ["T2 2026 = 2026-04..2026-06", "deuxième trimestre 2026 = 2026-04..2026-06"],
        ),
        ("au 2e trimestre 2026, au 1T 2026", ["2e trimestre 2026 = 2026-04..2026-06", "1T 2026 = 2026-01..2026-03"]),
        ("au second semestre 2026", ["second semestre 2026 = 2026-07..2026-12"]),
        (
            "exercice 2028, exercice fiscal 2027-2028",
            ["exercice 2028 = 2028", "exercice fiscal 2027-2028 = 2027..2028"],
        ),
        ("le 12 juin 2024 et le 1er janvier", ["12 juin 2024 = 2024-06-12", "1er janvier = --01-01"]),
        ("du 12 au 15 juin 2024", ["12 au 15 juin 2024 = 2024-06-12..2024-06-15"]),
        ("en juin, janv. 2025", ["juin = --06", "janv. 2025 = 2025-01"]),
        ("l'été 2026, l'hiver 2026", ["été 2026 = 2026-06..2026-08", "hiver 2026 = 2026-12..2027-02"]),
        ("dans les années 2030", ["années 2030 = 2030..2039"]),
        ("entre 2025 et 2028", ["2025 et 2028 = 2025..2028"]),
        ("de juin à septembre 2026", ["juin à septembre 2026 = 2026-06..2026-09"]),
        ("juin et juillet 2026", ["juin = 2026-06", "juillet 2026 = 2026-07"]),
        (
            "2025-2028, 2024-06-12, 12/06/2024",
            ["2025-2028 = 2025..2028", "2024-06-12 = 2024-06-12", "12/06/2024 = 2024-06-12"],
        ),
        ("Fondée en 2018", ["2018 = 2018"]),
    ],
)
def test_french_dates(text: str, expected: list[str]) -> None:
    assert read_dates(text, "fr") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("in mid-2026", ["mid-2026 = 2026-05..2026-08"]),
        ("by the end of 2027", ["end of 2027 = at most 2027-10..2027-12"]),
        ("early 2026, late 2025", ["early 2026 = 2026-01..2026-03", "late 2025 = 2025-10..2025-12"]),
        ("from 2028, since 2018", ["2028 = at least 2028", "2018 = at least 2018"]),
        ("starting in 2028", ["2028 = at least 2028"]),
        ("before 2030, around 2031", ["2030 = less than 2030", "2031 = about 2031"]),
        (
            "in Q2 2026, the second quarter of 2026",
            ["Q2 2026 = 2026-04..2026-06", "second quarter of 2026 = 2026-04..2026-06"],
        ),
        ("the first half of 2026, H2 2026", ["first half of 2026 = 2026-01..2026-06", "H2 2026 = 2026-07..2026-12"]),
        ("fiscal 2028, FY2028, FY28", ["fiscal 2028 = 2028", "FY2028 = 2028", "FY28 = 2028"]),
        ("on June 12, 2024 and 12 June 2024", ["June 12, 2024 = 2024-06-12", "12 June 2024 = 2024-06-12"]),
        ("June 12-15, 2024; May 5th", ["June 12-15, 2024 = 2024-06-12..2024-06-15", "May 5th = --05-05"]),
        ("Sept. 2025, in May", ["Sept. 2025 = 2025-09", "May = --05"]),
        ("the summer of 2026, the 2030s", ["summer of 2026 = 2026-06..2026-08", "2030s = 2030..2039"]),
        ("between 2026 and 2028", ["2026 and 2028 = 2026..2028"]),
        ("from June to September 2026", ["June to September 2026 = 2026-06..2026-09"]),
        ("the 2025 results", ["2025 = 2025"]),
        ("06/12/2024", ["06/12/2024 = 2024-06-12"]),
    ],
)
def test_english_dates(text: str, expected: list[str]) -> None:
    assert read_dates(text, "en") == expected


@pytest.mark.parametrize(
    "text",
    [
        "2000 puces, plus de 2000 salariés, 2026 MW",
        "entre 2000 et 3000 salariés",
        "page 2024, $2000, 2 024",
        "la planète Mars, Mme Avril",
        "31/31/2024, 2024-13-01, 30/02/2024",
        "12/06, 5/7, 3-1",
        "GPT-2024, #2024",
    ],
)
def test_what_reads_as_something_else_is_no_date_in_french(text: str) -> None:
    assert read_dates(text, "fr") == []


@pytest.mark.parametrize("text", ["it may march on", "the mid market", "the third quarter", "2000 chips", "Q2, H100"])
def test_what_reads_as_something_else_is_no_date_in_english(text: str) -> None:
    assert read_dates(text, "en") == []


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("le 3 mars 1066", "fr", ["3 mars 1066 = 1066-03-03"]),
        ("le 1er janvier 9999.", "fr", ["1er janvier 9999 = 9999-01-01"]),
        ("on March 3, 1066,", "en", ["March 3, 1066 = 1066-03-03"]),
        ("in March 1066", "en", ["March 1066 = 1066-03"]),
        ("le 3 mars 987.", "fr", []),
        ("on 1 January 10191", "en", []),
    ],
)
def test_a_year_outside_the_usual_ones_is_kept_or_its_date_left_out(
    text: str, language: Language, expected: list[str]
) -> None:
    assert read_dates(text, language) == expected


def test_what_is_counted_after_a_month_is_no_year() -> None:
    assert read_dates("Le 3 mars 5000 salariés partent, en juin 300 MW arrivent.", "fr") == [
        "3 mars = --03-03",
        "juin = --06",
    ]
    assert read_dates("On March 3, 5000 people marched.", "en") == ["March 3 = --03-03"]
