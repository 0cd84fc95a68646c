"""What one version of a source adds to what is known: figures, facts, quotes that tell what deals are, known points.

Everything that is held was found again in the stored text: a quote that does not stand there is left out.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from index.familiar.points import Placed
from index.figures.curated import CuratedLedger
from index.figures.deals import CuratedFigure, FoundFigure, Proof
from index.figures.kinds import Commitment, FactKind, Review, Unsaid
from index.model import Figure, Noun, Passage, Quote, Source

_FOUND = "found-"


class Excerpt(Noun):
    """A quote, its source and the passage that has it."""

    source: Source
    quote: Quote
    passage: int


class KnownFact(Noun):
    """What a sentence says without a number. ``names`` are the words that matter, spans of the quote in its order."""

    id: str
    deals: tuple[str, ...]
    kind: FactKind
    names: tuple[Quote, ...]
    excerpt: Excerpt
    commitment: Commitment | None
    attribution: str | None
    inferred: tuple[Unsaid, ...]


class Held(NamedTuple):
    """A figure that was found by rule, and what a moderator made of it."""

    key: int
    figure: FoundFigure
    review: Review


class Holding(NamedTuple):
    """What a version adds. ``proofs``: the quotes that tell what deals are, by where they start and end.

    ``points``: what its sentences say, of which it is known how people ask for it.
    """

    source: Source
    figures: tuple[Figure, ...] = ()
    facts: tuple[KnownFact, ...] = ()
    proofs: Mapping[tuple[int, int], Excerpt] = {}
    points: tuple[Placed, ...] = ()


def found_id(key: int) -> str:
    """Return the id of a figure that was found by rule and is kept under a key."""
    return f"{_FOUND}{key}"


def found_key(figure_id: str) -> int | None:
    """Return the key under which a found figure is kept; None where the id is no such figure's."""
    number = figure_id.removeprefix(_FOUND)
    return int(number) if number != figure_id and re.fullmatch(r"[1-9]\d{0,17}", number, re.ASCII) else None


def hold(source: Source, passages: Sequence[Passage], curated: CuratedLedger | None, found: Iterable[Held]) -> Holding:
    """Return what a version adds: what was curated of its source, and what was found in it.

    ``curated`` is for the source that it was curated from; ``passages`` are all that have any of the quotes.
    """
    places = _Places(source, passages)
    figures = [figure for held in found if (figure := _of_found(held, places))]
    facts: list[KnownFact] = []
    proofs: dict[tuple[int, int], Excerpt] = {}
    points: list[Placed] = []
    if curated is not None:
        figures += [
            figure
            for each in curated.figures
            if each.proof.source == source.id and (figure := _of_curated(each, places))
        ]
        for fact in curated.facts:
            excerpt = places.excerpt(fact.proof) if fact.proof.source == source.id else None
            if excerpt is not None:
                fields = {name: getattr(fact, name) for name in KnownFact.model_fields if name != "excerpt"}
                facts.append(KnownFact(**fields, excerpt=excerpt))
        for proof in (proof for deal in curated.deals for proof in deal.proofs if proof.source == source.id):
            excerpt = places.excerpt(proof)
            if excerpt is not None:
                proofs[proof.quote.start, proof.quote.end] = excerpt
        for point in (point for point in curated.points if point.source == source.id):
            key = places.passage_of(point.quote)
            if key is not None:
                points.append(Placed(point.number, key, point.quote.start, point.figure))
    return Holding(source, tuple(figures), tuple(facts), proofs, tuple(points))


def spans_of(curated: CuratedLedger, source_id: str) -> list[Quote]:
    """Return all quotes that were curated from a source."""
    proofs = [figure.proof for figure in curated.figures] + [fact.proof for fact in curated.facts]
    proofs += [proof for deal in curated.deals for proof in deal.proofs]
    quotes = [proof.quote for proof in proofs if proof.source == source_id]
    return quotes + [point.quote for point in curated.points if point.source == source_id]


class _Places:
    """Where quotes stand among the passages of a version."""

    def __init__(self, source: Source, passages: Sequence[Passage]) -> None:
        self.source = source
        self._passages = sorted(passages, key=lambda passage: passage.start)

    def passage_of(self, quote: Quote) -> int | None:
        """Return the passage that has a quote word for word at its place."""
        for passage in self._passages:
            if passage.start <= quote.start and quote.end <= passage.end:
                there = passage.text[quote.start - passage.start : quote.end - passage.start]
                return passage.key if there == quote.quote else None
        return None

    def excerpt(self, proof: Proof) -> Excerpt | None:
        key = self.passage_of(proof.quote)
        return None if key is None else Excerpt(source=self.source, quote=proof.quote, passage=key)


_STATED = tuple(name for name in Figure.model_fields if name in CuratedFigure.model_fields and name != "id")


def _of_curated(figure: CuratedFigure, places: _Places) -> Figure | None:
    return _figure(figure, figure.id, figure.proof.quote, Review.CURATED, places)


def _of_found(held: Held, places: _Places) -> Figure | None:
    return _figure(held.figure, found_id(held.key), held.figure.quote, held.review, places)


def _figure(
    stated: CuratedFigure | FoundFigure, figure_id: str, quote: Quote, review: Review, places: _Places
) -> Figure | None:
    key = places.passage_of(quote)
    if key is None or not quote.start <= stated.text.start < stated.text.end <= quote.end:
        return None
    fields = {name: getattr(stated, name) for name in _STATED}
    return Figure(**fields, id=figure_id, quote=quote, source=places.source, passage=key, review=review)
