"""How figures that nobody has related by hand stand to each other: what the same deal's sources say of one thing.

Two figures speak of one thing where they are of the same deals and measure the same, in the same unit, of the same
counted thing and for the same time. They say the same or differ; which of them holds is left to the reader.
"""

from collections.abc import Iterable, Iterator, Sequence

from index.figures.kinds import UNSETTLED, Bound, ConflictReason, Metric, RelationKind, Review
from index.figures.names import plain
from index.model import Figure, Relation


def derive(figures: Iterable[Figure]) -> list[Relation]:
    """Return how approved figures stand to others of their deals, which come the latest first.

    Each is related to one: to the latest that says the same, else to the latest of all.
    """
    kinds: dict[tuple[object, ...], list[Figure]] = {}
    for figure in figures:
        if figure.metric is not Metric.DATE:
            kinds.setdefault(_kind(figure), []).append(figure)
    return [relation for alike in kinds.values() for relation in _related(alike)]


def _kind(figure: Figure) -> tuple[object, ...]:
    return frozenset(figure.deals), figure.metric, figure.unit, figure.per, thing_counted(figure), figure.each


def thing_counted(figure: Figure) -> str:
    """Return what is counted by its first word: chips are chips, whoever makes them."""
    return plain(figure.counted or "").split(" ")[0].rstrip("sx")


def _related(alike: Sequence[Figure]) -> Iterator[Relation]:
    """Yield how each figure of one kind stands to one that comes before it."""
    heads: dict[tuple[object, ...], Figure] = {}
    for figure in alike:
        said = _said(figure)
        same = heads.get(said)
        other = same or next(iter(heads.values()), None)
        heads.setdefault(said, figure)
        if other is not None and Review.APPROVED in (figure.review, other.review):
            kind = RelationKind.CONFLICTS_WITH if same is None else RelationKind.SAME_AS
            reason = None if same is not None else _difference(other, figure)
            yield Relation(first=other.id, kind=kind, second=figure.id, reason=reason)


def _said(figure: Figure) -> tuple[object, ...]:
    """Return what a figure says: two that say the same have the same."""
    bound = Bound.EXACT if figure.bound is Bound.ABOUT else figure.bound
    return figure.value, figure.low, figure.high, bound, figure.commitment in UNSETTLED


def _difference(one: Figure, other: Figure) -> ConflictReason:
    """Return in what two figures differ that do not say the same."""
    if (one.value, one.low, one.high) != (other.value, other.low, other.high):
        return ConflictReason.PERIOD if _times(one) != _times(other) else ConflictReason.VALUE
    return ConflictReason.STATUS if _said(one)[:4] == _said(other)[:4] else ConflictReason.VALUE


def _times(figure: Figure) -> set[tuple[str | None, str | None]]:
    return {(moment.earliest, moment.latest) for moment in figure.moments if moment.iso is not None}
