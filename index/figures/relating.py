"""How figures that nobody has related by hand stand to each other: what the same deal's sources say of one thing.

Two figures speak of one thing where they are of the same deals and measure the same, in the same unit, of the same
counted thing and for the same time. They say the same or differ; which of them holds is left to the reader.
"""

from collections.abc import Iterable, Iterator, Sequence

from index.figures.deals import Relation
from index.figures.kinds import Bound, Commitment, ConflictReason, Metric, RelationKind, Review
from index.figures.names import plain
from index.model import Figure

_UNSETTLED = (Commitment.RUMOURED, Commitment.IN_DISCUSSION)


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
    counted = plain(figure.counted or "").split(" ")[0].rstrip("sx")
    return frozenset(figure.deals), figure.metric, figure.unit, figure.per, counted, figure.each


def _related(alike: Sequence[Figure]) -> Iterator[Relation]:
    """Yield the relations of figures of one kind, except between two that were related by hand, or not, on purpose."""
    heads: list[Figure] = []
    for figure in alike:
        same = next((head for head in heads if _difference(head, figure) is None), None)
        other = same or (heads[0] if heads else None)
        if same is None:
            heads.append(figure)
        if other is not None and Review.APPROVED in (figure.review, other.review):
            kind = RelationKind.CONFLICTS_WITH if same is None else RelationKind.SAME_AS
            yield Relation(first=other.id, kind=kind, second=figure.id, reason=_difference(other, figure))


def _difference(one: Figure, other: Figure) -> ConflictReason | None:
    """Return in what two figures differ; None where they say the same."""
    if (one.value, one.low, one.high) != (other.value, other.low, other.high):
        return ConflictReason.PERIOD if _times(one) != _times(other) else ConflictReason.VALUE
    if {one.bound, other.bound} - {Bound.EXACT, Bound.ABOUT} and one.bound is not other.bound:
        return ConflictReason.VALUE
    if (one.commitment in _UNSETTLED) != (other.commitment in _UNSETTLED):
        return ConflictReason.STATUS
    return None


def _times(figure: Figure) -> set[tuple[str | None, str | None]]:
    return {(moment.earliest, moment.latest) for moment in figure.moments if moment.iso is not None}
