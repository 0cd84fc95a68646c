"""Ranges: two amounts that are the ends of one (*2 à 3 GW*, *entre 2 et 3*, *10-15 %*)."""

from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from index.figures.grammar.amounts import Amount
from index.figures.grammar.pages import Page
from index.figures.grammar.tokens import GLUED
from index.figures.grammar.units import Unit
from index.figures.mentions import Part, Per

_MOST_BACK = 12  # tokens between a verb of change and "from"
_CLAUSE_ENDS = frozenset({".", ";", "!", "?", "…", ""})
_WIDEST_DEGREE = 2  # after "by", the higher end of a range is at most so many times the lower one
_THOUSAND = 1000
_FARTHEST = 1000  # times that a number may be larger than one whose power of ten it takes


class Reading(NamedTuple):
    """One amount or range. ``values``: the value, or the low and the high one.

    ``taken``: the parts that come from a neighbour, ``model``. ``opened``: *entre* stands before it.
    """

    first: int
    last: int
    values: tuple[Decimal, ...]
    amounts: tuple[Amount, ...]
    unit: Unit | None
    counted: tuple[int, int] | None
    per: Per | None
    opened: bool = False
    taken: tuple[Part, ...] = ()
    model: Amount | None = None

    @property
    def is_bare(self) -> bool:
        """Tell whether it is a number with nothing after it."""
        return self.unit is None and self.counted is None


def join(page: Page, amounts: list[Amount]) -> list[Reading]:
    """Return amounts in reading order, the two ends of a range as one."""
    joins, keys = page.tongue.joins, page.tokens.keys
    made: list[Reading] = []
    place, end = 0, len(amounts)
    while place < end:
        low = amounts[place]
        reading = None
        if place + 1 < end and keys[low.last] in joins and amounts[place + 1].first - low.last == 1:
            reading = _range(page, low, amounts[place + 1])
        if reading is None:
            reading = Reading(low.first, low.last, (low.value,), (low,), low.unit, low.counted, low.per)
        made.append(reading)
        place += len(reading.amounts)
    return made


def change(page: Page, place: int) -> str | None:
    """Return the verb of change that stands before *de* or *from*, so that two amounts follow and no range."""
    verbs = page.tongue.ranges["change"]
    return next((key for key in clause_before(page, place) if key in verbs), None)


def clause_before(page: Page, place: int) -> Iterator[str]:
    """Yield the words before a place, the nearest first, up to where the clause begins or a dozen."""
    keys = page.tokens.keys
    for back in range(place - 1, max(place - 1 - _MOST_BACK, -1), -1):
        yield keys[back]
        if keys[back] in _CLAUSE_ENDS:
            return


def rescaled(amount: Amount, model: Amount) -> Decimal:
    """Return an amount's value with the power of ten and the unit of another one, where it has none of its own."""
    value = amount.value
    if amount.is_bare and model.unit is not None:
        value *= model.unit.factor
    if amount.number.is_scaled or amount.number.grouped or not model.number.is_scaled:
        return value
    whole = value * model.number.scale
    return whole if whole <= abs(model.value) * _FARTHEST else value


def _range(page: Page, low: Amount, high: Amount) -> Reading | None:
    """Return the range that two amounts with one token between them make, if they do."""
    tokens, words = page.tokens, page.tongue.ranges
    before = tokens.keys[low.first - 1] if low.first else ""
    opened = before in words["opening"]
    if not _is_joined(page, low, high, opened=opened):
        return None
    if before in words["opening_change"] and tokens.keys[low.last] != "-" and _is_change(page, low, high):
        return None
    if before in words["by"] and low.unit is not None and high.value > _WIDEST_DEGREE * low.value:
        return None  # it rose by $2 billion to $10 billion
    if low.is_bare and high.is_bare and not (opened or high.number.is_scaled or high.number.grouped):
        return None
    return _between(low, high, opened=opened)


def _is_change(page: Page, low: Amount, high: Amount) -> bool:
    """Tell whether a verb makes two amounts a change; *baisser de 10 à 15 %* says by how much."""
    verb = change(page, low.first - 1)
    if verb is None:
        return False
    is_degree = low.is_bare and low.value < high.value and high.unit is not None and high.unit.kind == "percent"
    return not (is_degree and verb in page.tongue.ranges["degree"])


def _is_joined(page: Page, low: Amount, high: Amount, *, opened: bool) -> bool:
    """Tell whether what stands between two amounts can join the ends of a range."""
    tokens, words = page.tokens, page.tongue.ranges
    join = tokens.keys[low.last]
    if join in words["joining_opened"]:
        return opened
    if join in words["or"]:  # deux ou trois
        step = high.number.scale * (high.unit.factor if high.unit is not None else 1)
        return low.is_bare and rescaled(low, high) + step == high.value
    if join == "-":
        return (tokens.gaps[low.last] == GLUED) == (tokens.gaps[high.first] == GLUED)
    return join in words["joining"]


def _lower(low: Amount, high: Amount) -> Decimal:
    """Return the lower end's value; the 5 of *5 à 6 000 salariés* are thousands."""
    value = rescaled(low, high)
    thousands = value * _THOUSAND
    shortened = low.is_bare and high.number.grouped and not low.number.grouped and not low.number.is_scaled
    whole = high.number.value % _THOUSAND == 0 and low.number.value < _THOUSAND
    return thousands if shortened and whole and thousands < high.value else value


def _is_one_unit(low: Unit, high: Unit | None) -> bool:
    """Tell whether two units can be those of one range; *by 2 points to 15%* is two amounts."""
    if high is None or high.base != low.base:
        return False
    return low.kind != "percent" or high == low


def _between(low: Amount, high: Amount, *, opened: bool) -> Reading | None:
    """Return a range whose lower end takes over the power of ten and the unit of the higher one."""
    if low.unit is not None and high.is_bare and low.unit.kind != "money":
        return None
    if low.unit is not None and not high.is_bare and not _is_one_unit(low.unit, high.unit):
        return None
    if low.counted is not None and high.counted is None:
        return None
    least, most = _lower(low, high), high.value
    if not least < most:
        return None
    unit, per = high.unit or low.unit, high.per or low.per
    return Reading(low.first, high.last, (least, most), (low, high), unit, high.counted, per, opened)
