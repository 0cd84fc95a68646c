"""Days, months and years as people write them."""

import pytest

from bot.days import partial_date
from bot.translation import translator


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("2025", "2025"),
        ("2025-07", "2025-07"),
        (" 2025-07-12 ", "2025-07-12"),
        ("juillet 2025", "2025-07"),
        ("July 12, 2025", "2025-07-12"),
        ("12/07/2025", "2025-07-12"),
        ("fin 2025", "2025-12"),
        ("Q3 2025", "2025-09"),
        ("2025-7", "2025-07"),
        ("2025-7-2", "2025-07-02"),
        ("June 2024", "2024-06"),
        ("mid-2026", "2026-08"),
        ("1er janvier 2025", "2025-01-01"),
        ("January 1st, 2025", "2025-01-01"),
        ("in 2025", "2025"),
        ("en juin 2024", "2024-06"),
        ("d’ici 2025", "2025"),
    ],
)
def test_a_day_is_read_in_iso_form_or_in_words_up_to_its_end(written: str, meant: str) -> None:
    assert partial_date(written) == meant


@pytest.mark.parametrize("date", ["2026-07-01", "2026-07-11", "2026-02-28", "2026-12", "2026"])
def test_a_date_is_read_as_it_is_written_here(date: str) -> None:
    assert [partial_date(translator(language).date(date)) for language in ("fr", "en")] == [date, date]


@pytest.mark.parametrize(
    "written",
    [
        "",
        " ",
        "yesterday",
        "janvier",
        "2025-13",
        "2025-02-30",
        "2024-2026",
        "from 2024 to 2026",
        "the 2020s",
        "1815",
        "12 mai 1815",
        "0000",
        "٢٠٢٥",
        "2025 2026",
        "x" * 9_999,
        "\0",
    ],
)
def test_what_is_no_day_or_more_than_a_year_or_too_long_ago_is_none(written: str) -> None:
    assert partial_date(written) is None
