"""Deals side by side: the figures that measure the same thing in a row, and what follows from them.

A difference or quotient is computed only of the same metric and unit, for the same time and of the same counted thing,
where none is bounded on one side; its formula is kept with it. Whatever is not alike stays side by side.
"""

from collections.abc import Iterable, Sequence
from decimal import Decimal, localcontext
from enum import StrEnum
from itertools import combinations

from index.figures.computing import compute, computed_figure, written
from index.figures.deals import Deal
from index.figures.kinds import UNSETTLED, Bound, Commitment, Metric, Operation
from index.figures.ledger import Ledger
from index.figures.relating import thing_counted
from index.model import Figure, Noun

MOST_COMPARED = 3
_COMPUTABLE = (Bound.EXACT, Bound.ABOUT)
_PARTS = (Metric.STAKE, Metric.SHARE)
_STAGES = {
    Commitment.RUMOURED: 0,
    Commitment.IN_DISCUSSION: 0,
    Commitment.ANNOUNCED: 1,
    Commitment.SIGNED: 1,
    Commitment.OPERATING: 2,
    Commitment.COMPLETED: 2,
}
"""Figures of the same stage may be computed with: what is possible, what is agreed, what is done."""

_NEVER, _ALWAYS = "0000", "9999"
_DIGITS = 12  # significant ones of a quotient
_EXACT = 200  # enough for the difference of any two figures


class Obstacle(StrEnum):
    """Why nothing is computed of a row."""

    ALONE = "alone"
    """Only one of the deals has such a figure."""
    BOUND = "bound"
    """A figure is a range, or leaves room on one side."""
    COUNTED = "counted"
    """Different things are counted, or each of several things is measured."""
    DATE = "date"
    TIME = "time"
    """They hold at times that do not meet."""
    CERTAINTY = "certainty"
    """One is possible, agreed or done, and the other is not so."""
    WHOLE = "whole"
    """They are parts of different wholes."""
    SHARED = "shared"
    """Only one of the deals has such a figure of its own; the others share in it."""


class Row(Noun):
    """One metric in one unit: for each deal its figures, the latest first.

    ``computed``: for the latest figure of each deal that allows it, its quotient and difference with the first deal's,
    the greater one first.
    """

    metric: Metric
    unit: str
    per: str | None
    cells: tuple[tuple[Figure, ...], ...]
    computed: tuple[Figure, ...] = ()
    obstacle: Obstacle | None = None


class Comparison(Noun):
    """Deals side by side, the rows in which something is computed first."""

    deals: tuple[Deal, ...]
    rows: tuple[Row, ...]


def compare(ledger: Ledger, deal_ids: Sequence[str]) -> Comparison:
    """Return deals side by side. Raises ``KeyError`` for a deal that is not known here."""
    deals = tuple(ledger.known[deal_id] for deal_id in deal_ids)
    columns = [_by_measure(ledger.by_deal.get(deal.id, ())) for deal in deals]
    measures = dict.fromkeys(measure for column in columns for measure in column)
    rows = [_row(measure, tuple(column.get(measure, ()) for column in columns), deal_ids) for measure in measures]
    order = list(Metric)
    rows.sort(key=lambda row: (not row.computed, row.obstacle is Obstacle.ALONE, order.index(row.metric)))
    return Comparison(deals=deals, rows=tuple(rows))


def relate(operation: Operation, first: Figure, second: Figure) -> Figure | None:
    """Return the difference or quotient of two figures, with its formula; None where they are not alike."""
    if _obstacle((first, second)) is not None or first.value is None or second.value is None:
        return None
    if operation is Operation.QUOTIENT and not second.value:
        return None
    values = (first.value, second.value)
    quotient = operation is Operation.QUOTIENT
    with localcontext() as context:
        context.prec = _DIGITS if quotient else _EXACT
        value = compute(operation, values)
        context.prec = _EXACT
        value = Decimal(f"{value.normalize():f}")
        rounded = quotient and value * second.value != first.value
        formula = written(operation, values, value)
    return computed_figure(
        (first, second),
        formula,
        {
            "id": f"{operation}-{first.id}-{second.id}",
            "deals": tuple(dict.fromkeys((*first.deals, *second.deals))),
            "value": value,
            "unit": "times" if quotient else first.unit,
            "metric": Metric.GROWTH if quotient else first.metric,
            "per": None if quotient else first.per,
            "counted": None if quotient else first.counted,
            "bound": Bound.ABOUT if rounded or Bound.ABOUT in (first.bound, second.bound) else Bound.EXACT,
            "on": None,
            "since": None,
            "until": None,
            "during": None,
            "attribution": None,
            "operation": operation,
        },
    )


def _by_measure(figures: Iterable[Figure]) -> dict[tuple[Metric, str, str | None], tuple[Figure, ...]]:
    groups: dict[tuple[Metric, str, str | None], tuple[Figure, ...]] = {}
    for figure in figures:
        measure = (figure.metric, figure.unit, figure.per)
        groups[measure] = (*groups.get(measure, ()), figure)
    return groups


def _row(
    measure: tuple[Metric, str, str | None], cells: tuple[tuple[Figure, ...], ...], deal_ids: Sequence[str]
) -> Row:
    metric, unit, per = measure
    filled = [(deal, cell) for deal, cell in zip(deal_ids, cells, strict=True) if cell]
    heads = [head for deal, cell in filled if (head := _head(cell, deal))]
    obstacle = Obstacle.ALONE if len(filled) == 1 else _obstacle(heads)
    if obstacle is not None:
        return Row(metric=metric, unit=unit, per=per, cells=cells, obstacle=obstacle)
    pairs = [sorted((heads[0], other), key=_value, reverse=True) for other in heads[1:]]
    operations = (Operation.QUOTIENT, Operation.DIFFERENCE)
    found = (relate(operation, greater, smaller) for greater, smaller in pairs for operation in operations)
    return Row(metric=metric, unit=unit, per=per, cells=cells, computed=tuple(each for each in found if each))


def _head(figures: Sequence[Figure], deal: str) -> Figure | None:
    """Return the figure that stands for a deal: one of its own, out of the latest source that has any."""
    own = [figure for figure in figures if figure.deals[0] == deal]
    latest = max((figure.source.published or "" for figure in own), default="")
    return min((figure for figure in own if (figure.source.published or "") == latest), key=_standing, default=None)


def _standing(figure: Figure) -> tuple[bool, int, bool]:
    """Return an order of figures: what can be computed with first, then of fewer deals, then what is settled."""
    return figure.bound not in _COMPUTABLE, len(figure.deals), figure.commitment in UNSETTLED


def _value(figure: Figure) -> Decimal:
    return figure.value if figure.value is not None else Decimal(0)


def _obstacle(figures: Sequence[Figure]) -> Obstacle | None:
    """Return why nothing may be computed of some figures that have one metric, unit and time."""
    measures = {(figure.unit, figure.per, thing_counted(figure), figure.each) for figure in figures}
    found = (
        (Obstacle.SHARED, len(figures) < 2),  # noqa: PLR2004 - one has nothing beside it
        (Obstacle.DATE, any(figure.metric is Metric.DATE for figure in figures)),
        (Obstacle.COUNTED, len(measures) > 1),
        (Obstacle.BOUND, any(figure.bound not in _COMPUTABLE for figure in figures)),
        (Obstacle.WHOLE, any(figure.metric in _PARTS for figure in figures)),
        (Obstacle.CERTAINTY, len({_STAGES[figure.commitment] for figure in figures}) > 1),
        (Obstacle.TIME, any(_apart(one, other) for one, other in combinations(figures, 2))),
    )
    return next((obstacle for obstacle, stands in found if stands), None)


def _apart(one: Figure, other: Figure) -> bool:
    """Tell whether two figures hold at times that do not meet, as far as both say when."""
    first, second = _times(one), _times(other)
    return bool(first and second) and not any(
        begins <= ends_other and begins_other <= ends for begins, ends in first for begins_other, ends_other in second
    )


def _times(figure: Figure) -> list[tuple[str, str]]:
    """Return the stretches of years in which a figure holds, by its own words."""
    found = [(figure.on, "", ""), (figure.since, "", _ALWAYS), (figure.until, _NEVER, "")]
    return [
        (begins or (moment.earliest or "")[:4], ends or (moment.latest or "")[:4])
        for moment, begins, ends in found
        if moment is not None and moment.iso is not None
    ]
