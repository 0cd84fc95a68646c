"""Durations that are told in two units: *1 hour 50 minutes*, *deux ans et trois mois*, *dure 1 h 50*."""

from decimal import Decimal

from index.figures.grammar.amounts import Amount
from index.figures.grammar.pages import Page
from index.figures.grammar.tokens import APART, NUMBER

_SMALLER = {
    ("year", "month"): Decimal(12),
    ("day", "hour"): Decimal(24),
    ("hour", "minute"): Decimal(60),
    ("minute", "second"): Decimal(60),
}
"""How many of a smaller unit one of a larger is, where the two are told together."""


def join(page: Page, amounts: list[Amount]) -> list[Amount]:
    """Return amounts in reading order, the two parts of a duration as one in the smaller unit."""
    joined: list[Amount] = []
    for amount in amounts:
        whole = _whole(page, joined[-1], amount) if joined else None
        if whole is None:
            joined.append(amount)
        else:
            joined[-1] = whole
    return joined


def _whole(page: Page, large: Amount, small: Amount) -> Amount | None:
    """Return the duration that two amounts make, if they do."""
    if large.unit is None or large.unit.kind != "time" or large.per is not None or not _follows(page, large, small):
        return None
    smaller = small
    if small.unit is None:
        if not _is_minutes(page, large, small):
            return None
        smaller = small._replace(unit=large.unit._replace(base="minute"))
    times = _SMALLER.get((large.unit.base, smaller.unit.base)) if smaller.unit is not None else None
    if times is None or smaller.value >= times or large.value != large.value.to_integral_value():
        return None
    return smaller._replace(first=large.first, number=large.number, value=large.value * times + smaller.value)


def _follows(page: Page, large: Amount, small: Amount) -> bool:
    """Tell whether nothing stands between two amounts but *and*."""
    tokens = page.tokens
    between = small.first - large.last
    if between == 1 and (tokens.keys[large.last] not in page.tongue.ranges["joining_opened"] or small.unit is None):
        return False
    return between in (0, 1) and all(tokens.gaps[place] <= APART for place in range(large.last, small.first + 1))


def _is_minutes(page: Page, hours: Amount, number: Amount) -> bool:
    """Tell whether a number alone after hours is of minutes, and the whole no time of day: *dure 1 h 50*."""
    tokens = page.tokens
    if hours.unit is None or hours.unit.base != "hour" or number.last - number.first != 1:
        return False
    if tokens.kinds[number.first] is not NUMBER or len(tokens.texts[number.first]) != len("50"):
        return False
    return hours.first > 0 and tokens.keys[hours.first - 1] in page.tongue.lasting
