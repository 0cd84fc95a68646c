"""What is read from a text: quantities and dates, each with the place where it stands."""

from decimal import Decimal
from typing import Literal, NamedTuple

from index.figures.kinds import Bound

Per = Literal["year", "month", "day", "hour"]
Part = Literal["unit", "scale", "counted"]


class Quantity(NamedTuple):
    """A number with what it measures: ``text[start:end]`` is number, scale, unit or counted thing, and "per year".

    ``value`` is in base units (W, Wh, ISO 4217 codes, percent 0-100, m, t, B, FLOPS, a unit of time, ``count``,
    ``fraction``, ``times``); a range has ``low`` and ``high`` instead. ``counted``: what a count counts, as written.
    ``inferred``: which parts the text does not say here, but which follow from a neighbour or from usage.
    """

    start: int
    end: int
    value: Decimal | None
    low: Decimal | None
    high: Decimal | None
    bound: Bound
    unit: str
    per: Per | None = None
    counted: str | None = None
    inferred: tuple[Part, ...] = ()


class DateMention(NamedTuple):
    """A year, month, day or a stretch of them: ``text[start:end]``, without the words that make its bound.

    ``earliest`` and ``latest`` are partial ISO dates (2028, 2026-06, 2024-06-12); those without a year begin with two
    hyphens (--01 is a January).
    """

    start: int
    end: int
    earliest: str
    latest: str
    bound: Bound
