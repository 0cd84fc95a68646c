"""A day, a month or a year as people write it."""

from pydantic import TypeAdapter, ValidationError

from index.figures.dates import dates
from index.model import PartialDate

LONGEST = 40
"""Characters."""

_PARTIAL_DATE: TypeAdapter[str] = TypeAdapter(PartialDate)


def partial_date(written: str) -> str | None:
    """Return the last day, month or year that is meant, in ISO form (2025, 2025-07, 2025-07-12); None where none is.

    It may be written in that form, or in words and figures, French or English.
    """
    written = written.strip()[:LONGEST]
    found = [date for date in dates(written) if (date.start, date.end) == (0, len(written))]
    for candidate in (written, *(date.latest for date in found)):
        try:
            return _PARTIAL_DATE.validate_python(candidate)
        except ValidationError:
            continue
    return None
