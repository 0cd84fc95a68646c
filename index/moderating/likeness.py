"""What a draft is like: the same text, the same page, nearly the same text, or the same figures in another language.

Candidates are what the shelf's own ranking finds for the draft's passages, so that nothing has to be kept for this.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from typing import NamedTuple

from sqlalchemy import Connection, RowMapping

from index import passages
from index.figures.quantities import quantities
from index.language.analysis import fold
from index.language.dictionary import shipped
from index.model import Article, Language
from index.moderating.model import Alike, Likeness
from index.ranking.formulation import formulate
from index.ranking.postings import Postings
from index.reading.fetching.links import canonical
from index.store import resembling, sources

_SHINGLE = 5  # words
_PASSAGES = 6  # of the draft, whose likes are looked up
_QUERIED = 200  # characters of each
_HITS = 4  # for each
_CANDIDATES = 8
_NEARLY = 0.5
_SAME_FIGURES = 0.6
_FEWEST_FIGURES = 3
_COMPARED = 60_000  # characters of a text

_WORD = re.compile(r"\w+")


class Proposed(NamedTuple):
    """What is compared: an article, the hash of its text, and the version that it is to replace, if it is."""

    article: Article
    sha256: str
    replaces: int | None


def find(
    connection: Connection, proposed: Proposed, shelf_ids: Sequence[str], ranker: Postings, pause: Callable[[], None]
) -> list[Alike]:
    """Return the live sources of some shelves that an article is like, each once, the likest first.

    Takes some ten milliseconds: run it in a thread.
    """
    found: dict[tuple[str, str], Alike] = {}
    for likeness, row, share in _likes(connection, proposed, shelf_ids, ranker, pause):
        if row["version_key"] != proposed.replaces:
            place = (row["shelf"], row["id"])
            found.setdefault(place, Alike(likeness=likeness, source=sources.as_source(row), share=share))
    return sorted(found.values(), key=lambda alike: (list(Likeness).index(alike.likeness), -alike.share))


def _likes(
    connection: Connection, proposed: Proposed, shelf_ids: Sequence[str], ranker: Postings, pause: Callable[[], None]
) -> Iterator[tuple[Likeness, RowMapping, float]]:
    """Yield in what way sources are like an article, the strongest likeness first."""
    article = proposed.article
    for row in resembling.with_text(connection, shelf_ids, proposed.sha256):
        yield Likeness.SAME_TEXT, row, 1.0
    address = canonical(article.url) if article.url else None
    for row in resembling.with_address(connection, shelf_ids) if address else ():
        if canonical(row["url"]) == address:
            yield Likeness.SAME_ADDRESS, row, 1.0
    shingled, measured = _shingles(article.text), None
    for row, text in _candidates(connection, article, ranker, pause):
        pause()
        if (share := _share(shingled, _shingles(text))) >= _NEARLY:
            yield Likeness.NEARLY, row, share
        elif row["language"] != article.language:
            measured = _measures(article.text, article.language) if measured is None else measured
            common = _share(measured, _measures(text, row["language"]))
            if len(measured) >= _FEWEST_FIGURES and common >= _SAME_FIGURES:
                yield Likeness.TRANSLATION, row, common


def _candidates(
    connection: Connection, article: Article, ranker: Postings, pause: Callable[[], None]
) -> Iterator[tuple[RowMapping, str]]:
    """Yield the sources that the ranking finds for the draft's longest passages, with their texts."""
    pieces = passages.split(article.text[:_COMPARED], markdown=article.markdown)
    longest = sorted(pieces, key=lambda piece: piece.start - piece.end)[:_PASSAGES]
    scores: dict[int, float] = {}
    for piece in longest:
        pause()
        text = article.text[piece.start : min(piece.end, piece.start + _QUERIED)]
        query = formulate(text, article.language, shipped())
        for hit in ranker.search(query, _HITS):
            scores[hit.identity] = scores.get(hit.identity, 0.0) + hit.score
    best = sorted(scores, key=lambda key: -scores[key])
    yield from resembling.with_passages(connection, best)[:_CANDIDATES]


def _shingles(text: str) -> frozenset[int]:
    """Return what a text is compared by: its runs of five words, case and accents aside."""
    words = _WORD.findall(fold(text[:_COMPARED].casefold()))
    return frozenset(hash(tuple(words[at : at + _SHINGLE])) for at in range(max(1, len(words) - _SHINGLE + 1)))


def _measures(text: str, language: Language) -> frozenset[tuple[str, str]]:
    """Return the values and units that a text states."""
    read = quantities(text[:_COMPARED], language)
    return frozenset((quantity.unit, str(quantity.value or quantity.low)) for quantity in read if quantity.unit)


def _share(of: AbstractSet[object], among: AbstractSet[object]) -> float:
    return len(of & among) / len(of) if of else 0.0
