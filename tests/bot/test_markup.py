"""Texts without the marks of Discord's and plain Markdown: what a reader sees, and where it was written."""

import pytest

from bot.markup import unmark


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("> 4.5 GW from Oracle", "4.5 GW from Oracle"),
        ("**$30 billion** a year", "$30 billion a year"),
        ("AMD: **6** GW, ***9*** GW", "AMD: 6 GW, 9 GW"),
        ("Oracle 4\u200b.5 GW", "Oracle 4.5 GW"),
        (
            "# 4,5 GW\n> 30 Md$\n- ~~6 GW~~ *AMD*\n2. ||49 %|| __Microsoft__ _x_",
            "4,5 GW\n30 Md$\n6 GW AMD\n49 % Microsoft x",
        ),
        ("[Oracle](https://example.org/a_(2028)) 4\\.5 GW", "Oracle 4.5 GW"),
        ("`6 GW` ```\n4 GW\n```", "6 GW \n4 GW\n"),
        ("~~~text\n4 GW\n~~~", "\n4 GW\n"),
    ],
)
def test_marks_are_taken_away(written: str, shown: str) -> None:
    assert unmark(written).text == shown


@pytest.mark.parametrize(
    "written", ["3*4 GW, 5*6 GW", "5 * 6 * 7", "snake_case_name", ">4 GW", "-4 °C", "2028. Oracle", ""]
)
def test_what_is_no_mark_stays(written: str) -> None:
    assert unmark(written).text == written


def test_two_numbers_never_become_one() -> None:
    assert "34" not in unmark("3**4** GW, 3||4|| GW, 3__4__ GW").text


def test_each_character_knows_where_it_was_written() -> None:
    written = "> **4.5\u200b GW** from [Oracle](https://example.org)\\!"
    shown = unmark(written)
    assert [written[place] for place in shown.places[:-1]] == list(shown.text)
    start = shown.text.index("4.5 GW")
    assert written[shown.start(start) : shown.end(start + 6)] == "4.5\u200b GW"
