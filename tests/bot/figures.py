"""Figures made up for tests: a known one with any fields changed, and a source to prove it."""

from datetime import UTC, datetime
from decimal import Decimal

from index.figures.kinds import Bound, Commitment, Metric, Review
from index.model import Basis, Figure, Quote, Source, State

SENTENCE = "Oracle loue environ 4,5 GW à OpenAI, à compter de 2028."


def made_source(**known: object) -> Source:
    fields: dict[str, object] = {
        "id": "an-article",
        "shelf": "shared",
        "version": 1,
        "state": State.LIVE,
        "title": "Un article",
        "title_basis": Basis.TEXT,
        "language": "fr",
        "publisher": None,
        "author": None,
        "credit": None,
        "url": None,
        "published": "2025-07",
        "published_basis": Basis.TEXT,
        "sha256": "0" * 64,
        "added_at": datetime(2025, 11, 3, tzinfo=UTC),
        "added_by": "seeds",
        "words": 10,
        "passages": 1,
    }
    return Source.model_validate(fields | known)


def made_figure(**known: object) -> Figure:
    start = SENTENCE.index("4,5 GW")
    fields: dict[str, object] = {
        "id": "a-figure",
        "deals": ("oracle",),
        "metric": Metric.CAPACITY,
        "value": Decimal("4.5e9"),
        "low": None,
        "high": None,
        "bound": Bound.EXACT,
        "unit": "W",
        "counted": None,
        "per": None,
        "each": None,
        "text": Quote(quote="4,5 GW", start=start, end=start + 6),
        "quote": Quote(quote=SENTENCE, start=0, end=len(SENTENCE)),
        "source": made_source(),
        "passage": 1,
        "subject": "Oracle loue",
        "on": None,
        "since": None,
        "until": None,
        "during": None,
        "commitment": Commitment.SIGNED,
        "attribution": None,
        "inferred": (),
        "review": Review.CURATED,
    }
    return Figure.model_validate(fields | known)
