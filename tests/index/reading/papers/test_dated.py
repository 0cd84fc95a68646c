import pytest

from index.model import Language
from index.reading.papers.dated import stated_date


@pytest.mark.parametrize(
    ("line", "language", "date"),
    [
        ("Lyon, le 12 juin 2025", "fr", "2025-06-12"),
        ("Publié le 12 juin 2025 à 14 h 30", "fr", "2025-06-12"),
        ("Communiqué de presse – Lyon, 12 juin 2025", "fr", "2025-06-12"),
        (
            "Lyon, le 12 juin 2025 – Voltéria annonce la signature d’un contrat de 4,5 GW avec " + "un groupe " * 9,
            "fr",
            "2025-06-12",
        ),
        ("Par Anne Lefort | 12/06/2025", "fr", "2025-06-12"),
        ("Juin 2025", "fr", "2025-06"),
        ("Published on June 12, 2025", "en", "2025-06-12"),
        ("LONDON, June 12, 2025 (Newswire) – Acme said that", "en", "2025-06-12"),
        ("Le contrat du 12 juin 2025 a été signé.", "fr", None),
        ("Voltéria signe le 12 juin 2025", "fr", None),
        ("Rapport annuel 2024", "fr", None),
        ("Aa" * 60 + " 12 juin 2025", "fr", None),
        ("", "fr", None),
    ],
)
def test_a_line_that_only_says_when_and_where_dates_its_text(line: str, language: Language, date: str | None) -> None:
    assert stated_date(["Un titre", line], language) == date


def test_only_the_start_of_a_text_dates_it() -> None:
    assert stated_date([*["Un paragraphe."] * 20, "Lyon, le 12 juin 2025"], "fr") is None
