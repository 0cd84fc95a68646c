"""Partial dates as people write them, made ISO: a year, a month, a day, or the first and last of a stretch of them."""

import calendar
from typing import NamedTuple

_MONTHS = 12
_MONTHS_OF_QUARTER = 3
_MONTHS_OF_HALF = 6
_DAYS = 31
_LEAP_YEAR = 2024  # of a day whose year is not known, the 29th of February included


class Stretch(NamedTuple):
    """From ``earliest`` to ``latest``: partial ISO dates, or --MM and --MM-DD where the year is not known."""

    earliest: str
    latest: str


class Dated(NamedTuple):
    """A date from one token to before another. ``month``: its month, where no year says which one."""

    first: int
    last: int
    stretch: Stretch
    month: int | None = None


def year(number: int) -> Stretch:
    """Return a whole year."""
    return Stretch(f"{number:04}", f"{number:04}")


def month(number: int, of_year: int | None) -> Stretch:
    """Return a month, of a year or of none."""
    written = f"{'-' if of_year is None else f'{of_year:04}'}-{number:02}"
    return Stretch(written, written)


def day(number: int, of_month: int, of_year: int | None) -> Stretch | None:
    """Return a day, or nothing where the month has no such day."""
    if not 1 <= of_month <= _MONTHS or not 1 <= number <= calendar.monthrange(of_year or _LEAP_YEAR, of_month)[1]:
        return None
    written = f"{month(of_month, of_year).earliest}-{number:02}"
    return Stretch(written, written)


def quarter(number: int, of_year: int) -> Stretch:
    """Return the first (1) to the fourth (4) quarter of a year."""
    return _months(of_year, _MONTHS_OF_QUARTER * (number - 1) + 1, _MONTHS_OF_QUARTER * number)


def half(number: int, of_year: int) -> Stretch:
    """Return the first (1) or second half of a year."""
    return _months(of_year, _MONTHS_OF_HALF * (number - 1) + 1, _MONTHS_OF_HALF * number)


def season(first: int, last: int, of_year: int) -> Stretch:
    """Return the months of a season; a winter ends in the next year."""
    return Stretch(f"{of_year:04}-{first:02}", f"{of_year + (last < first):04}-{last:02}")


def early(of_year: int) -> Stretch:
    """Return the beginning of a year: its first quarter."""
    return _months(of_year, 1, 3)


def middle(of_year: int) -> Stretch:
    """Return the middle of a year: May to August."""
    return _months(of_year, 5, 8)


def late(of_year: int) -> Stretch:
    """Return the end of a year: its last quarter."""
    return _months(of_year, 10, 12)


def decade(first: int) -> Stretch:
    """Return the ten years from a year on."""
    return Stretch(f"{first:04}", f"{first + 9:04}")


def _months(of_year: int, first: int, last: int) -> Stretch:
    return Stretch(f"{of_year:04}-{first:02}", f"{of_year:04}-{last:02}")
