import pytest

from index.reading.papers.properties import stated_author, stated_day, stated_title


@pytest.mark.parametrize(
    "made_up",
    [
        "",
        "Microsoft Word - contrat_v3.docx",
        "untitled",
        "Sans titre 2",
        "Document1",
        "Présentation PowerPoint",
        "contrat_final.indd",
        "contrat",
        "2025-06-12",
        "https://example.org/x",
        "mon_fichier_v2",
        "x" * 301,
    ],
)
def test_titles_that_programs_make_up_are_none(made_up: str) -> None:
    assert stated_title(made_up, "contrat.pdf") is None


def test_a_real_title_is_kept_on_one_line() -> None:
    assert stated_title(" Voltéria\n signe  avec Hélianthe\x00 ", "contrat.pdf") == "Voltéria signe avec Hélianthe"
    assert stated_title("Untitled", "x.pdf") is None
    assert stated_title(None, "x.pdf") is None


@pytest.mark.parametrize(
    "nobody", ["", "Administrateur", "user1", "python-docx", "DOMAIN\\jdoe", "a@b.example", "Microsoft Office User"]
)
def test_accounts_and_programs_are_no_authors(nobody: str) -> None:
    assert stated_author(nobody) is None


def test_people_are_authors() -> None:
    assert stated_author("Claire Morel") == "Claire Morel"


def test_days_that_do_not_exist_or_lie_too_far_back_are_none() -> None:
    assert stated_day(2025, 6, 12) == "2025-06-12"
    assert stated_day(2025, 13, 1) is stated_day(1904, 1, 1) is stated_day(0, 0, 0) is stated_day(99_999, 1, 1) is None
