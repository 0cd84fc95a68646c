"""A day, a month or a year as people write it."""

import re
from collections.abc import Iterator

from pydantic import TypeAdapter, ValidationError

from index.figures.dates import dates
from index.model import Language, PartialDate

LONGEST = 40
"""Characters."""

FIRST = 1900
"""The first year of which anything is told."""

_PARTIAL_DATE: TypeAdapter[str] = TypeAdapter(PartialDate)
_SHORT_ISO = re.compile(r"(\d{4})-(\d{1,2})(?:-(\d{1,2}))?", re.ASCII)
_LED = re.compile(
    r"(?:(?:as of|as at|in|on|by|the|until|since|en|au|le|du|d[’']ici(?: à)?|jusqu[’'](?:en|au|à)|depuis)\s+)+",
    re.IGNORECASE,
)
_LANGUAGES: tuple[Language | None, ...] = (None, "fr", "en")


def partial_date(written: str) -> str | None:
    """Return the last day, month or year that is meant, in ISO form (2025, 2025-07, 2025-07-12); None where none is.

    It may be written in that form, or in words and figures, French or English. What spans several years is no day, nor
    is what was before ``FIRST``.
    """
    written = written.strip()[:LONGEST]
    for candidate in _candidates(written):
        try:
            date = _PARTIAL_DATE.validate_python(candidate)
        except ValidationError:
            continue
        return date if int(date[:4]) >= FIRST else None
    return None


def _candidates(written: str) -> Iterator[str]:
    yield written
    if short := _SHORT_ISO.fullmatch(written):
        yield "-".join(part.zfill(2) for part in short.groups() if part)
    led = _LED.match(written)
    for text in (written, written[led.end() :] if led else ""):
        for language in _LANGUAGES:
            for date in dates(text, language):
                if (date.start, date.end) == (0, len(text)) and date.earliest[:4] == date.latest[:4]:
                    yield date.latest
