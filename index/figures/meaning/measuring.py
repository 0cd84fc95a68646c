"""What a quantity measures: its unit leaves few metrics open, and the words near it decide between them."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

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
_VAGUE = frozenset({"unites", "units"})


class Measured(NamedTuple):
    """A metric, and the words that told it, if any did; ``by_others``: only another figure's words did."""

    metric: Metric
    cue: Hit | None
    by_others: bool = False


def kind(unit: str) -> Kind:
    """Return what sort of unit one is."""
    if unit in _KINDS:
        return _KINDS[unit]
    if unit in _TIMES:
        return "time"
    return "money" if len(unit) == _MONEY_LETTERS and unit.isupper() and unit.isalpha() else "measure"


def measure(
    statement: Statement, place: Hit, quantity: Quantity, others: Sequence[Hit], around: Sequence[Statement]
) -> Measured | None:
    """Return what a quantity at ``place`` measures, or nothing where no metric stands for that.

    ``others`` are the other quantities of the statement; ``around`` are the statements before, the nearest first.
    """
    cues = statement.vocabulary.metrics[kind(quantity.unit)]
    if quantity.unit == "count":
        measured = _counted(statement, place, others, cues)
    elif quantity.unit in _TIMES or quantity.unit == "times":
        measured = Measured(cues.fallback, None)
    else:
        measured = _nearest(statement, place, quantity, others, cues)
        if measured is None:
            measured = _told_before(quantity, around, cues)
    if measured is None or not fits(quantity.unit, measured.metric):
        return None
    if measured.metric is Metric.ANNUAL_VALUE and quantity.per != "year":
        return Measured(Metric.TOTAL_VALUE, measured.cue)
    if measured.metric in (Metric.TOTAL_VALUE, Metric.AMOUNT) and quantity.per == "year" and kind(quantity.unit) == "money":
        return Measured(Metric.ANNUAL_VALUE, measured.cue)
    return measured


def _nearest(
    statement: Statement, place: Hit, quantity: Quantity, others: Sequence[Hit], cues: Cues
) -> Measured | None:
    """Return the metric of the nearest cue; ``None`` where there is none in the statement."""
    best: tuple[float, Metric | None, Hit] | None = None
    for hit, metrics in statement.hits(cues.words):
        if hit.first < place.last and place.first < hit.last and hit.last > place.last:
            continue
        cost = cost_of(statement, place, hit, others) - (_TELLING if Metric.AMOUNT in metrics else 0)
        if cost > _FAR or (best is not None and cost >= best[0]):
            continue
        best = (cost, _fitting(metrics, quantity), hit)
    if best is None:
        return None
    if best[1] is None:
        return Measured(Metric.NUMBER, best[2])  # fits no such unit
    return Measured(best[1], best[2])


def cost_of(statement: Statement, place: Hit, hit: Hit, others: Sequence[Hit]) -> float:
    """Return how far a cue is from a quantity; one that stands nearer to another quantity is further away."""
    cost: float = statement.distance(place, hit)
    if hit.first >= place.last:
        if cost > 1:
            cost += _AFTER
        between = any(place.last <= other.first < hit.first for other in others)
    else:
        between = any(hit.last <= other.first < place.first for other in others)
    return cost + (6 if between else 0)


def _fitting(metrics: Sequence[Metric | None], quantity: Quantity) -> Metric | None:
    """Return the one of some metrics that a cue stands for here: by the year, or as a whole."""
    if len(metrics) > 1 and Metric.ANNUAL_VALUE in metrics and quantity.per == "year":
        return Metric.ANNUAL_VALUE
    return next((metric for metric in metrics if metric is not Metric.ANNUAL_VALUE), metrics[0])


def _told_before(quantity: Quantity, around: Sequence[Statement], cues: Cues) -> Measured:
    """Return what the sentence before measures with such a unit, else what such a unit usually does."""
    if cues.fallback is not Metric.AMOUNT:
        return Measured(cues.fallback, None)
    for statement in around[:1]:
        for _, metrics in statement.hits(cues.words):
            metric = _fitting(metrics, quantity)
            if metric is not None:
                return Measured(metric, None)
    return Measured(cues.fallback, None)


def _counted(statement: Statement, place: Hit, others: Sequence[Hit], cues: Cues) -> Measured:
    """Return what a count is of, by the words of the counted thing, unless it is a comparison."""
    keys = statement.tokens.keys
    comparing: Hit | None = None
    for hit, metrics in statement.hits(cues.words):
        if Metric.EQUIVALENT in metrics and hit.last <= place.first and statement.clause(hit.first) == statement.clause(place.first):
            comparing = hit
    if comparing is not None:
        return Measured(Metric.EQUIVALENT, comparing)
    own = _by_name(statement, place, cues)
    if own is not None and keys[own[1].last - 1] in _VAGUE:
        told = [named for other in others if (named := _by_name(statement, other, cues)) is not None]
        return Measured(told[0][0], own[1], by_others=True) if told else Measured(*own)
    return Measured(*own) if own is not None else Measured(cues.fallback, None)


def _by_name(statement: Statement, place: Hit, cues: Cues) -> tuple[Metric, Hit] | None:
    """Return the metric of the first word of a counted thing's name that has one."""
    for word in range(place.first, place.last):
        found = cues.words.after(statement.tokens.keys, word)
        if found is not None and found.place <= place.last:
            metric = next((each for each in found.meaning if each not in (None, Metric.EQUIVALENT)), None)
            if metric is not None:
                return metric, Hit(word, found.place)
    return None
