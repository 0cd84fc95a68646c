"""An article made ready for the store, and its passages made ready for answers: sentences, terms, figures.

Text is analysed once, when it comes in. The store keeps each passage's terms as bytes; here they are packed and
unpacked.
"""

import hashlib
import re
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

import numpy as np

from index import passages, sentences
from index.errors import BadInput
from index.figures import curated
from index.figures.deals import Deal, FoundFigure
from index.figures.extraction import extract
from index.keepable import wrong_with
from index.model import Article, Language, Passage, Source
from index.passages import Piece
from index.ranking.terms import bag

_WORD = re.compile(r"\S+")


class Sentence(NamedTuple):
    """A sentence of a passage: its offsets in the stored text, and its terms."""

    start: int
    end: int
    terms: frozenset[int]


class Candidate(NamedTuple):
    """A passage with its source, the terms of its title and heading, and its sentences."""

    passage: Passage
    source: Source
    context: frozenset[int]
    sentences: tuple[Sentence, ...]

    @property
    def terms(self) -> frozenset[int]:
        """All terms that the passage is found by."""
        return self.context.union(*(sentence.terms for sentence in self.sentences))

    @property
    def texts(self) -> Iterator[str]:
        """The texts of its sentences, one after another."""
        text, start = self.passage.text, self.passage.start
        return (text[each.start - start : each.end - start] for each in self.sentences)


class Packed(NamedTuple):
    """What a passage is found by, as the table ``terms`` keeps it."""

    sentences: bytes
    keys: bytes


class Prepared(NamedTuple):
    """An article ready to be stored: its pieces and, for each, its terms under today's analysis."""

    article: Article
    sha256: str
    words: int
    pieces: list[Piece]
    terms: list[Packed]
    figures: list[FoundFigure]


def _go_on() -> None:
    """Do not pause."""


def prepare(article: Article, pause: Callable[[], None] = _go_on, deals: Sequence[Deal] | None = None) -> Prepared:
    """Split and analyse an article: some milliseconds for each passage, so call it off the event loop.

    ``pause`` is called before each passage; ``deals``: those that its figures may be about, by default the seeds'.
    Raises ``BadInput`` where there is nothing to index, or the article has what may not be kept.
    """
    if wrong := wrong_with(article.title, article.url):
        raise BadInput(f"“{article.title.replace(chr(0), ' ')}” cannot be kept: {wrong}.")
    pieces = passages.split(article.text, markdown=article.markdown)
    if not pieces:
        raise BadInput(f"There is no text in “{article.title}”.")
    packed = []
    for piece in pieces:
        pause()
        text = article.text[piece.start : piece.end]
        packed.append(pack(article.title, piece.heading, text, piece.start, article.language))
    return Prepared(
        article=article,
        sha256=digest(article.text),
        words=sum(1 for _ in _WORD.finditer(article.text)),
        pieces=pieces,
        terms=packed,
        figures=figures(
            article.text, article.title, article.language, article.published, pause, deals, markdown=article.markdown
        ),
    )


def digest(text: str) -> str:
    """Return what tells whether two texts are the same, as hexadecimal digits."""
    return hashlib.sha256(text.encode()).hexdigest()


def figures(
    text: str,
    title: str,
    language: Language,
    published: str | None,
    pause: Callable[[], None] = _go_on,
    deals: Sequence[Deal] | None = None,
    *,
    markdown: bool = False,
) -> list[FoundFigure]:
    """Return the figures that are found in a text by rule; none in a seed, whose figures were read by hand."""
    if curated.covers(text):
        return []
    named = curated.shipped().deals if deals is None else deals
    return extract(text, title, language, named, published, markdown=markdown, pause=pause)


def pack(title: str, heading: str, text: str, start: int, language: Language) -> Packed:
    """Return what a passage that begins at ``start`` is found by: its title and heading, then each sentence."""
    bags = [bag([title, heading], language)]
    bounds = []
    for span in sentences.split(text):
        bags.append(bag([text[span.start : span.end]], language))
        bounds.append((start + span.start, start + span.end, len(bags[-1])))
    return Packed(
        sentences=np.array(bounds, dtype="<i4").tobytes(),
        keys=np.concatenate(bags).astype("<u8").tobytes(),
    )


def unpack(packed: Packed) -> tuple[frozenset[int], tuple[Sentence, ...]]:
    """Return the terms of a passage's title and heading, and its sentences."""
    bounds = np.frombuffer(packed.sentences, dtype="<i4").reshape(-1, 3).tolist()
    keys = np.frombuffer(packed.keys, dtype="<u8").tolist()
    place = len(keys) - sum(count for _, _, count in bounds)
    context = frozenset(keys[:place])
    found = []
    for start, end, count in bounds:
        found.append(Sentence(start, end, frozenset(keys[place : place + count])))
        place += count
    return context, tuple(found)
