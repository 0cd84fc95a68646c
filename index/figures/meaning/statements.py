"""A text as statements: its sentences as rows of tokens, with the clauses that part them and the heading above them."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from typing import Any, NamedTuple, TypeVar

from index import lines, passages, sentences
from index.figures.grammar.phrases import Phrases
from index.figures.grammar.tokens import GLUED, SIGN, WORD, Tokens, tokenise
from index.figures.meaning import verbs
from index.figures.meaning.verbs import Tense
from index.figures.meaning.vocabulary import Vocabulary

MOST_CHARACTERS = 300
"""So long may the words of a figure be."""

_MOST_TOKENS = 200  # of a statement: a longer sentence is taken in parts
_MOST_CHARACTERS = 2_000
_STRONG_MARKS = frozenset(";:()[]«»“”…")
_WEAK_COST, _STRONG_COST = 4, 25  # a comma, and the beginning of another clause, count for so many words

T = TypeVar("T")


class Hit(NamedTuple):
    """Some tokens of a statement, from one to before another."""

    first: int
    last: int


@dataclass(frozen=True)
class Statement:
    """A sentence, or a part of one that is too long: the tokens from ``first`` to before ``last``.

    ``start`` and ``end`` are its place in the text; ``paragraph`` tells the lines apart, ``heading`` is what it stands
    under.
    """

    tokens: Tokens
    vocabulary: Vocabulary
    first: int
    last: int
    start: int
    end: int
    paragraph: int
    heading: str

    @cached_property
    def _weak(self) -> list[int]:
        """How many commas stand before each token and in it."""
        keys, joins = self.tokens.keys, self.vocabulary.joins
        return list(
            accumulate(
                int(keys[place] == "," or (keys[place] in joins and self.is_finite(place + 1)))
                for place in range(self.first, self.last + 1)
            )
        )

    @cached_property
    def _strong(self) -> list[int]:
        """How many clauses have begun before each token and with it."""
        keys, texts = self.tokens.keys, self.tokens.texts
        clauses = self.vocabulary.clauses
        return list(
            accumulate(
                int(
                    keys[place] in _STRONG_MARKS
                    or (keys[place] == "-" and texts[place] in "–—" and self.tokens.gaps[place] != GLUED)
                    or clauses.after(keys, place) is not None
                )
                for place in range(self.first, self.last + 1)
            )
        )

    def distance(self, one: Hit, other: Hit) -> int:
        """Return how far apart two stretches are, in words; commas and clauses between them count for more."""
        left, right = (one, other) if one.first <= other.first else (other, one)
        if right.first <= left.last:
            return 0
        weak = self._weak[right.first - self.first] - self._weak[left.last - 1 - self.first]
        strong = self._strong[right.first - self.first] - self._strong[left.last - 1 - self.first]
        return right.first - left.last + _WEAK_COST * weak + _STRONG_COST * strong

    def segment(self, place: int) -> int:
        """Return the number of the part between commas or clauses that a token stands in."""
        return self._weak[place - self.first] + self._strong[place - self.first]

    def clause(self, place: int) -> int:
        """Return the number of the clause that a token stands in."""
        return self._strong[place - self.first]

    def segment_of(self, place: int) -> Hit:
        """Return the part between commas or clauses that a token stands in."""
        number = self.segment(place)
        first = last = place
        while first > self.first and self.segment(first - 1) == number:
            first -= 1
        while last < self.last and self.segment(last) == number:
            last += 1
        return Hit(first, last)

    @cached_property
    def _found(self) -> dict[object, list[tuple[Hit, Any]]]:
        """What was looked for already, as each of many figures of a statement asks for the same."""
        return {}

    def hits(self, phrases: Phrases[T]) -> list[tuple[Hit, T]]:
        """Return the phrases that stand in it, the longest from each place on, none in another."""
        if phrases not in self._found:
            self._found[phrases] = list(self._search(phrases))
        return self._found[phrases]

    def _search(self, phrases: Phrases[T]) -> Iterator[tuple[Hit, T]]:
        keys = self.tokens.keys
        place = self.first
        while place < self.last:
            found = phrases.after(keys, place)
            if found is None or found.place > self.last:
                place += 1
                continue
            yield Hit(place, found.place), found.meaning
            place = found.place

    def has(self, words: frozenset[str], first: int, last: int) -> bool:
        """Tell whether one of some words stands between two places."""
        keys = self.tokens.keys
        return any(keys[place] in words for place in range(max(first, self.first), min(last, self.last)))

    def place(self, start: int, end: int) -> Hit | None:
        """Return the tokens that a stretch of text has in it, if the whole stretch is in it."""
        first = bisect_right(self.tokens.ends, start, lo=self.first, hi=self.last)
        last = bisect_left(self.tokens.starts, end, lo=first, hi=self.last)
        return Hit(first, last) if first < last and end <= self.end else None

    def written(self, hit: Hit) -> str:
        """Return tokens as they are written."""
        return self.tokens.written(hit.first, hit.last)

    def tense(self, place: int) -> Tense | None:
        """Return the tense that the word at a place shows."""
        return verbs.tense(self.tokens, self.vocabulary, place, self.first)

    def is_finite(self, place: int) -> bool:
        """Tell whether a word is surely a verb that a subject stands before."""
        return verbs.is_finite(self.tokens, self.vocabulary, place, self.first)

    def is_word(self, place: int) -> bool:
        """Tell whether a word stands at a place."""
        return self.tokens.kinds[place] is WORD

    def is_sign(self, place: int) -> bool:
        """Tell whether punctuation stands at a place."""
        return self.tokens.kinds[place] is SIGN


def are_words(written: str) -> bool:
    """Tell whether a figure can have some text for words: on one line, not too long."""
    return written == written.strip() and len(written) <= MOST_CHARACTERS and len(written.splitlines()) == 1


def statements(text: str, vocabulary: Vocabulary, *, markdown: bool) -> Iterator[Statement]:
    """Yield the sentences of a text's passages, without its headings, as statements in their order."""
    paragraphs = [paragraph.start for paragraph in lines.paragraphs(text)]
    for piece in passages.split(text, markdown=markdown):
        for sentence in sentences.split(text[piece.start : piece.end]):
            start, end = piece.start + sentence.start, piece.start + sentence.end
            paragraph = bisect_right(paragraphs, start)
            for tokens, part, first, last in _parts(text, start, end):
                yield Statement(tokens, vocabulary, part.first, part.last, first, last, paragraph, piece.heading)


def _parts(text: str, start: int, end: int) -> Iterator[tuple[Tokens, Hit, int, int]]:
    """Yield the tokens of a sentence with its place, in parts where it is too long to be one.

    A token that is too long itself is left out.
    """
    tokens = tokenise(text, start, end)
    first, last = 0, bisect_left(tokens.starts, end)
    if 0 < last <= _MOST_TOKENS and end - start <= _MOST_CHARACTERS:
        yield tokens, Hit(0, last), start, end
        return
    while first < last:
        stop = min(last, first + _MOST_TOKENS)
        reach = tokens.starts[first] + _MOST_CHARACTERS
        if tokens.ends[stop - 1] > reach:
            stop = max(first + 1, bisect_right(tokens.ends, reach, lo=first, hi=stop))
        if tokens.ends[stop - 1] <= reach:
            yield tokens, Hit(first, stop), tokens.starts[first], tokens.ends[stop - 1]
        first = stop
