"""Dates that follow from the day an article appeared: the year of a month, the month of *cette semaine*."""

import re
from datetime import date, timedelta

_MONTHS = 12
_MONTH, _DAY = 7, 10  # characters of 2024-06 and 2024-06-12
_SURE_DAYS = range(8, 23)  # of a month: six days before and after are days of it too
_STEPS = {"": 0, "before": -1, "after": 1}
_PARTIAL = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?", re.ASCII)


def complete(earliest: str, latest: str, published: str | None, *, future: bool) -> tuple[str, str] | None:
    """Return a date without a year (``--06``, ``--06-12``) with its year, or nothing where that is open.

    What is past is the last such month up to the article's date, what is to come the next one from then on.
    """
    if published is None or len(published) < _MONTH:
        return None
    year, month = int(published[:4]), int(published[5:7])
    first = int(earliest[2:4])
    year += int(first < month) if future else -int(first > month)
    ends = year + int(int(latest[2:4]) < first)
    return f"{year:04}{earliest[1:]}", f"{ends:04}{latest[1:]}"


def relative(meaning: str, published: str | None) -> str | None:
    """Return the day, month or year that words such as *hier* mean in an article of that date, where that is sure.

    ``meaning``: "day", "week", "month" or "year", then "before" or "after" for the one before or after.
    """
    unit, _, shift = meaning.partition(" ")
    step = _STEPS[shift]
    if published is None:
        return None
    if unit == "year":
        return f"{int(published[:4]) + step:04}"
    if len(published) < _MONTH:
        return None
    if unit == "month":
        return _shifted(published[:_MONTH], step)
    return _day_or_month(unit, published, step)


def _day_or_month(unit: str, published: str, step: int) -> str | None:
    """Return the day, or the month in which a whole week is, if the article's date tells."""
    if unit == "day" and len(published) == _DAY:
        return (date.fromisoformat(published) + timedelta(days=step)).isoformat()
    sure = len(published) < _DAY or int(published[_MONTH + 1 :]) in _SURE_DAYS
    return published[:_MONTH] if unit in ("day", "week") and sure and not step else None


def is_sound(iso: str) -> bool:
    """Tell whether a partial date, or the two of a stretch in their order, exist."""
    parts = iso.split("/")
    for part in parts:
        if not _PARTIAL.fullmatch(part):
            return False
        try:
            date.fromisoformat((part + "-01-01")[:_DAY])
        except ValueError:
            return False
    return len(parts) == 1 or parts[0] < parts[1]


def _shifted(month: str, step: int) -> str:
    months = int(month[:4]) * _MONTHS + int(month[5:]) - 1 + step
    return f"{months // _MONTHS:04}-{months % _MONTHS + 1:02}"
