"""What a quantity measures: its unit leaves few metrics open, and the words near it decide between them."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from index.figures.grammar.tongue import tongue
from index.figures.kinds import Metric, fits
from index.figures.meaning.statements import Hit, Statement
from index.figures.meaning.vocabulary import Cues, Kind
from index.figures.mentions import Quantity

_FAR = 30  # words: what is further away says nothing
_AFTER = 3  # words: what stands after a number counts as this much further away, unless right after it
_TELLING = 2  # words: dividends, fines and debts are that much nearer than what they are paid for
_TIMES = frozenset({"second", "minute", "hour", "day", "month", "year"})
_KINDS: Mapping[str, Kind] = {
    "W": "power",
    "Wh": "energy",
    "percent": "part",
    "fraction": "part",
    "times": "times",
    "FLOPS": "speed",
    "count": "count",
}
_MONEY_LETTERS = 3
_ANOTHER = 6  # words: what stands nearer to another number counts as this much further away
_DEAR = 100_000  # what costs less is one piece, rather than a whole
_YEARLY = (Metric.TOTAL_VALUE, Metric.AMOUNT)
_POINTS = frozenset({"point", "points"})
_FOR = frozenset({"pour", "for"})
_VAGUE = frozenset({"unites", "units"})
_TO = frozenset({"to", "a"})
_FROM = frozenset({"from", "de"})


class Measured(NamedTuple):
    """A metric, and the words that told it, if any did; ``by_others``: only another figure's words did."""

    metric: Metric
    cue: Hit | None = None
    by_others: bool = False


def kind(unit: str) -> Kind:
    """Return what sort of unit one is."""
    if unit in _KINDS:
        return _KINDS[unit]
    if unit in _TIMES:
        return "time"
    return "money" if len(unit) == _MONEY_LETTERS and unit.isupper() and unit.isalpha() else "measure"


def measure(
    statement: Statement, place: Hit, quantity: Quantity, others: Sequence[Hit], previous: Statement | None
) -> Measured | None:
    """Return what a quantity at ``place`` measures, or nothing where no metric stands for that.

    ``others`` are the other quantities of the statement, ``previous`` is the statement before.
    """
    cues = statement.vocabulary.metrics[kind(quantity.unit)]
    if quantity.unit == "count":
        return _counted(statement, place, quantity, others, cues)
    told = _nearest(statement, place, others, cues)
    if told is not None and Metric.GROWTH in told[0] and _is_level(statement, place):
        told = _of_level(statement, place, cues) or told
    if quantity.unit == "percent" and statement.has(_POINTS, *place):
        return Measured(Metric.GROWTH)
    if told is None and kind(quantity.unit) == "money" and statement.tokens.keys[place.first - 1] in _FOR:
        told = (Metric.TOTAL_VALUE,), Hit(place.first - 1, place.first)
    if told is not None:
        metrics, cue = told
        metric = _fitting(metrics, quantity)
    else:
        metric, cue = _told_before(quantity, previous, cues), None
    if metric is None or not fits(quantity.unit, metric):
        return None
    if quantity.per == "year" and metric in _YEARLY:
        metric = Metric.ANNUAL_VALUE
    return Measured(metric, cue)


def _nearest(
    statement: Statement, place: Hit, others: Sequence[Hit], cues: Cues
) -> tuple[tuple[Metric | None, ...], Hit] | None:
    """Return the nearest cue and what it may mean."""
    best: tuple[tuple[Metric | None, ...], Hit] | None = None
    least = float(_FAR)
    for hit, metrics in statement.hits(cues.words):
        if hit.first < place.last < hit.last:
            continue
        cost = cost_of(statement, place, hit, others) - (_TELLING if Metric.AMOUNT in metrics else 0)
        if cost < least:
            best, least = (metrics, hit), cost
    return best


def _is_level(statement: Statement, place: Hit) -> bool:
    """Tell whether a part is what another one became, or was: *fell to 27%*, *from 32% to 27%*."""
    keys, bounds = statement.tokens.keys, tongue(statement.vocabulary.language).bound_before
    bound = bounds.before(keys, place.first)
    first = bound.place if bound is not None else place.first
    if first <= statement.first:
        return False
    return keys[first - 1] in _TO or (keys[first - 1] in _FROM and keys[place.last] in _TO)


def _of_level(statement: Statement, place: Hit, cues: Cues) -> tuple[tuple[Metric | None, ...], Hit] | None:
    """Return the last noun before a part, in its clause, that says of what it is a part: *its stake fell to 27%*."""
    before = [
        (metrics, hit)
        for hit, metrics in statement.hits(cues.words)
        if hit.last <= place.first
        and Metric.GROWTH not in metrics
        and statement.clause(hit.first) == statement.clause(place.first)
    ]
    return before[-1] if before else None


def cost_of(statement: Statement, place: Hit, hit: Hit, others: Sequence[Hit]) -> float:
    """Return how far a cue is from a quantity; one that stands nearer to another quantity is further away."""
    cost: float = statement.distance(place, hit)
    if hit.first >= place.last:
        if cost > 1:
            cost += _AFTER
        between = any(place.last <= other.first < hit.first for other in others)
    else:
        between = any(hit.last <= other.first < place.first for other in others)
    return cost + (_ANOTHER if between else 0)


def _fitting(metrics: Sequence[Metric | None], quantity: Quantity) -> Metric | None:
    """Return the one of some metrics that a cue stands for here: by the year, or as a whole."""
    if Metric.ANNUAL_VALUE in metrics and quantity.per == "year":
        return Metric.ANNUAL_VALUE
    if {Metric.PRICE, Metric.TOTAL_VALUE} <= set(metrics) and quantity.value is not None:
        return Metric.PRICE if quantity.value < _DEAR else Metric.TOTAL_VALUE
    return next((metric for metric in metrics if metric is not Metric.ANNUAL_VALUE), Metric.AMOUNT)


def _told_before(quantity: Quantity, previous: Statement | None, cues: Cues) -> Metric:
    """Return what the sentence before measures with money, else what such a unit usually does."""
    if cues.fallback is Metric.AMOUNT and previous is not None:
        for _, metrics in previous.hits(cues.words):
            metric = _fitting(metrics, quantity)
            if metric is not None:
                return metric
    return cues.fallback


def _counted(statement: Statement, place: Hit, quantity: Quantity, others: Sequence[Hit], cues: Cues) -> Measured:
    """Return what a count is of, by the words of the counted thing, unless it is a comparison."""
    keys = statement.tokens.keys
    comparing: Hit | None = None
    for hit, metrics in statement.hits(cues.words):
        before = hit.last <= place.first and statement.clause(hit.first) == statement.clause(place.first)
        if before and Metric.EQUIVALENT in metrics:
            comparing = hit
    if comparing is not None:
        return Measured(Metric.EQUIVALENT, comparing)
    own = _by_name(statement, place, cues) or (_before(statement, place, cues) if quantity.counted is None else None)
    if own is not None and keys[own[1].last - 1] in _VAGUE:
        told = [named for other in others if (named := _by_name(statement, other, cues)) is not None]
        return Measured(told[0][0], own[1], by_others=True) if told else Measured(*own)
    return Measured(*own) if own is not None else Measured(cues.fallback)


def _by_name(statement: Statement, place: Hit, cues: Cues) -> tuple[Metric, Hit] | None:
    """Return the metric of the first word of a counted thing's name that has one."""
    for word in range(place.first, place.last):
        found = cues.words.after(statement.tokens.keys, word)
        if found is not None and found.place <= place.last:
            metric = next((each for each in found.meaning if each not in (None, Metric.EQUIVALENT)), None)
            if metric is not None:
                return metric, Hit(word, found.place)
    return None


def _before(statement: Statement, place: Hit, cues: Cues) -> tuple[Metric, Hit] | None:
    """Return the metric of what is counted before a number alone: *Le nombre d'abonnés atteint 4,6 millions*."""
    found = None
    for hit, metrics in statement.hits(cues.words):
        if hit.last <= place.first and Metric.EQUIVALENT not in metrics and metrics[0] is not None:
            found = metrics[0], hit
    return found
