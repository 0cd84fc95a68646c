"""The title line of a plain text, and what stands under it: who wrote it, where and when."""

import pytest

from index.model import Basis
from index.reading.article import read

BODY = "\n\nThe system runs 7,340 kilometres. It was signed on 3 March 2024.\n"


@pytest.mark.parametrize(
    ("masthead", "published"),
    [
        ("By Anne Auteur\nThe Ledger, 21 October 2026", "2026-10-21"),
        ("21 octobre 2026", "2026-10-21"),
        ("Par Anne Auteur", None),
        ("October 2026", None),
        ("3 March 2024, updated 4 May 2025", None),
    ],
)
def test_the_first_line_is_the_title_and_the_day_under_it_the_date(masthead: str, published: str | None) -> None:
    text = f"A cable comes ashore\n{masthead}{BODY}"
    article = read(text.encode(), "note.txt")

    assert (article.title, article.title_basis, article.published) == ("A cable comes ashore", Basis.TEXT, published)
    assert article.text == text


@pytest.mark.parametrize(
    "text",
    [
        f"The first of some lines\nthat go on in the next one.{BODY}",
        f"A list:\none\ntwo{BODY}",
        f"One\ntwo\nthree\nfour\nfive\nsix{BODY}",
        "A line\nand another one, signed on 3 March 2024",
    ],
)
def test_lines_that_go_on_are_no_title(text: str) -> None:
    article = read(text.encode(), "note.txt")

    assert (article.title, article.title_basis, article.published) == ("note", Basis.FILE_NAME, None)


def test_what_was_stated_counts_more() -> None:
    text = f"---\ntitle: Stated\npublished: 2023\n---\nA cable comes ashore\n21 October 2026{BODY}"
    article = read(text.encode(), "note.txt")

    assert (article.title, article.published, article.published_basis) == ("Stated", "2023", Basis.METADATA)
