"""Units that several numbers share: *2 et 3 milliards*, *l'un de 300 MW, l'autre de 500*, *45 %, contre 38*."""

from decimal import Decimal
from typing import TYPE_CHECKING

from index.figures.grammar import naming
from index.figures.grammar.amounts import Amount
from index.figures.grammar.pages import Page
from index.figures.grammar.ranges import Reading, rescaled
from index.figures.grammar.tokens import APART, GLUED

if TYPE_CHECKING:
    from index.figures.mentions import Part

_LARGE = Decimal(1_000_000)
_PAID_BEFORE = 6  # tokens before a number that may say that it is paid
_SENTENCE_ENDS = frozenset({".", "!", "?", "…", ""})


def share(page: Page, readings: list[Reading]) -> None:
    """Give numbers alone the unit of a neighbour, in place, where the text lets them have it."""
    _along_lists(page, readings)
    _from_before(page, readings)
    if any(_lacks_money(page, reading) for reading in readings):
        _money(page, readings, range(len(readings)))
        _money(page, readings, range(len(readings) - 1, -1, -1))
        _usual_money(page, readings)


def _along_lists(page: Page, readings: list[Reading]) -> None:
    """Let the numbers of a list have the unit of its last one."""
    for place in range(len(readings) - 2, -1, -1):
        reading, other = readings[place], readings[place + 1]
        if reading.is_bare and other.first - reading.last == 1 and _is_listed(page, reading, other):
            readings[place] = _given(reading, other, other.model or other.amounts[-1])


def _is_listed(page: Page, reading: Reading, other: Reading) -> bool:
    """Tell whether a number alone stands in one list with the amount after it."""
    amount = reading.amounts[0]
    if amount.one or len(reading.values) > 1 or page.tokens.gaps[other.first] > APART:
        return False
    if other.is_bare and (amount.number.is_scaled or not other.amounts[-1].number.is_scaled):
        return False
    join, words = page.tokens.keys[reading.last], page.tongue.ranges
    if join in words["joining"]:
        before = page.tokens.keys[reading.first - 1] if reading.first else ""
        if before not in words["opening_change"]:
            return False
    elif join not in words["list"] and not (join == "," and other.model is not None):
        return False
    return not naming.is_name(page, reading.amounts)


def _from_before(page: Page, readings: list[Reading]) -> None:
    """Let a number that is compared with an amount before it have that one's unit: *45 %, contre 38*."""
    for place in range(1, len(readings)):
        reading, other = readings[place], readings[place - 1]
        if not reading.is_bare or reading.amounts[0].one or other.is_bare:
            continue
        if page.tongue.compared_with.before(page.tokens.keys, reading.first) is None:
            continue
        if not _is_parted(page, other, reading) and not naming.is_name(page, reading.amounts):
            readings[place] = _given(reading, other, other.model or other.amounts[-1])


def _given(reading: Reading, other: Reading, model: Amount) -> Reading:
    """Return a number with the unit, and the power of ten, of another reading."""
    factor = other.unit.factor if other.unit is not None else Decimal(1)
    values = tuple(rescaled(amount._replace(value=value), model) for value, amount in _each(reading))
    parts: list[Part] = ["scale"] if values[0] != reading.values[0] * factor else []
    if not other.is_bare:
        parts.append("unit" if other.unit is not None else "counted")
    return reading._replace(
        values=values, unit=other.unit, counted=other.counted, per=other.per, taken=tuple(parts), model=model
    )


def _each(reading: Reading) -> list[tuple[Decimal, Amount]]:
    return list(zip(reading.values, reading.amounts, strict=False))


def _money(page: Page, readings: list[Reading], order: range) -> None:
    """Let large numbers without a currency be money where the same sentence has money, in this order, before them."""
    money = last = None
    for place in order:
        reading = readings[place]
        if last is not None and money is not None and _is_parted(page, last, reading):
            money = None
        last = reading
        if reading.unit is not None and reading.unit.kind == "money" and "unit" not in reading.taken:
            money = reading
        elif money is not None and _lacks_money(page, reading):
            readings[place] = reading._replace(
                last=reading.amounts[-1].number.last, unit=money.unit, counted=None, taken=("unit",)
            )


def _usual_money(page: Page, readings: list[Reading]) -> None:
    """Let large numbers alone, of which it is said that they are paid, be in the one currency that the page has."""
    stated = [reading.unit for reading in readings if reading.unit is not None and reading.unit.kind == "money"]
    if not stated or any(unit.base != stated[0].base for unit in stated):
        return
    for place, reading in enumerate(readings):
        if reading.counted is None and _lacks_money(page, reading) and _is_paid(page, reading):
            readings[place] = reading._replace(unit=stated[0], taken=("unit",))


def _is_paid(page: Page, reading: Reading) -> bool:
    """Tell whether the words shortly before a reading, in its sentence, say that it is paid."""
    for place in range(reading.first - 1, max(reading.first - 1 - _PAID_BEFORE, -1), -1):
        key = page.tokens.keys[place]
        if key in page.tongue.paid:
            return True
        if key in _SENTENCE_ENDS:
            return False
    return False


def _lacks_money(page: Page, reading: Reading) -> bool:
    """Tell whether a reading may be money without saying so: *10 milliards*, *3 milliards d'investissements*."""
    if not reading.amounts[-1].number.is_scaled or reading.unit is not None or min(reading.values) < _LARGE:
        return False
    return reading.counted is None or page.tokens.keys[reading.counted[0]] in page.tongue.money_nouns


def _is_parted(page: Page, one: Reading, other: Reading) -> bool:
    """Tell whether a sentence ends between two readings."""
    first, last = (one, other) if one.first < other.first else (other, one)
    keys, gaps = page.tokens.keys, page.tokens.gaps
    return any(
        keys[place] in _SENTENCE_ENDS and (gaps[place + 1] != GLUED or not keys[place])
        for place in range(first.last, last.first)
    )
