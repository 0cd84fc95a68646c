"""What a text has of a question: which of its groups, and how well."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from index.answering.remembered import remembered
from index.model import Language
from index.ranking.formulation import PHRASE
from index.ranking.query import Plain, Query
from index.ranking.terms import bag

_SOFTENING = 0.15
"""A translation that counts 0.3 among many passages is nearly as good a sign as the word itself within one."""

Shares = dict[int, float]
"""For each group of a query that a text has, by its place: how well (0 to 1)."""

_Met = tuple[int, float, frozenset[int]]
"""The place of a group that a term meets, how well, and which other terms that takes."""


class Probe:
    """A query made ready to be held against many short texts."""

    def __init__(self, query: Query, worth: Sequence[float]) -> None:
        self.query = query
        self.worth = worth
        self._alternatives: dict[int, list[tuple[int, Plain]]] = {}  # by their first term
        for place, group in enumerate(query):
            for alternative in group.alternatives:
                self._alternatives.setdefault(alternative[0][0], []).append((place, alternative))
        self._met: dict[int, list[_Met]] = {}
        self._terms = frozenset(self._alternatives)
        self._known: dict[frozenset[int], Shares] = {}

    def shares(self, terms: frozenset[int]) -> Shares:
        """Return what a text with these terms has of the query; sought once for each text, and not to be changed."""
        found = self._known.get(terms)
        if found is None:
            found = self._known[terms] = self._sought(terms)
        return found

    def _sought(self, terms: frozenset[int]) -> Shares:
        found: Shares = {}
        for term in self._terms & terms:
            for place, share, others in self._met.get(term) or self._meeting(term):
                if share > found.get(place, 0.0) and others <= terms:
                    found[place] = share
        return found

    def _meeting(self, term: int) -> list[_Met]:
        """Return what a term meets that a text has for the first time; most of a query's terms no text has."""
        met = [
            (place, factor**_SOFTENING, frozenset(terms[1:])) for place, (terms, factor, _) in self._alternatives[term]
        ]
        self._met[term] = met
        return met

    def matrix(self, texts: Sequence[frozenset[int]]) -> NDArray[np.float64]:
        """Return the shares of texts, as (texts, groups)."""
        found = np.zeros((len(texts), len(self.query)))
        places: list[int] = []
        shares: list[float] = []
        for row, terms in enumerate(texts):
            held = self.shares(terms)
            start = row * len(self.query)
            places += [start + place for place in held]
            shares += held.values()
        found.ravel()[places] = shares
        return found

    def covered(self, shares: Shares) -> dict[str, float]:
        """Return how much of each of the question's words is there (0 to 1), in whatever form."""
        words: dict[str, float] = {}
        for place, group in enumerate(self.query):
            if group.space != PHRASE:
                words[group.word] = max(words.get(group.word, 0.0), shares.get(place, 0.0))
        return words


def joined(*parts: tuple[Shares, float]) -> Shares:
    """Join shares, each part times its factor; where several have a group, the largest counts."""
    best: Shares = {}
    for shares, factor in parts:
        for place, share in shares.items():
            value = share * factor
            if value > best.get(place, 0.0):
                best[place] = value
    return best


def missing_words(query: Query, worth: Sequence[float], without: str | None = None) -> list[str]:
    """Return the words of a query that no passage has in any form, in its order; ``without``: but for one space."""
    known = {group.word for group, value in zip(query, worth, strict=True) if value and group.space != without}
    return list(dict.fromkeys(group.word for group in query if group.space != PHRASE and group.word not in known))


def missing_worth(documents: int) -> float:
    """Return the idf of a word that no document has: as rare as a word can be that one document has."""
    return float(np.log(documents + 1))


def surrounded(own: Sequence[Shares], place: int, context: Shares, *, within: float, beside: float) -> Shares:
    """Return what a sentence has, with what its title and heading (``within``) and its neighbours (``beside``) have.

    ``own``: what each sentence of the passage has; what stands around counts by these factors.
    """
    nearby = [(own[other], beside) for other in (place - 1, place + 1) if 0 <= other < len(own)]
    return joined((own[place], 1.0), (context, within), *nearby)


@remembered(1 << 14)
def terms_of(texts: tuple[str, ...], language: Language) -> frozenset[int]:
    """Return the terms of short texts that questions are often held against."""
    return frozenset(bag(texts, language).tolist())
