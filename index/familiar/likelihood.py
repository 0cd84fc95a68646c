"""How likely a question asks for each known point, by the words and the kind of answer of those that ask for it.

It is the query likelihood of language-model ranking with Jelinek-Mercer smoothing (Zhai and Lafferty, "A study of
smoothing methods for language models applied to information retrieval", ACM TOIS 22, 2004), taken as a ratio to what
any point would have: the sum over the question's words of log(1 + (1 - l) / l * p(word | point) / p(word)). A point's
model is made of the questions that are known to ask for it and, a little, of its sentence; p(word | point) is the share
of these questions that have the word, in whatever form, and where they are few a translation or a synonym of it. The
kind of answer that is wanted counts like a word.
"""

from collections.abc import Collection, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from index.answering.kinds import Kind
from index.familiar.reading import KINDS, Counted, Floats, Shares, whole
from index.ranking.query import Plain, Query

_SMOOTHING = 0.3
_ODDS = (1 - _SMOOTHING) / _SMOOTHING
_SENTENCE = 0.1
"""What a sentence's own words count beside those of the questions for it. Like the others it was found on the tuning
halves of the questions in tests/questions (docs/benchmarks.md)."""
_PREFIX = 0.8
"""What a word counts that only begins alike."""
_OTHERWISE = 0.8
"""What a translation or a synonym counts."""
_RARE = 1e-4
_RARE_KIND = 1e-3
_RAREST = 0.003
"""The rarest that a word is taken to be where it is told how much a question says at most."""
_REMEMBERED = 512
"""Words of which it is kept what they tell, sixteen kilobytes each."""
_SPACES = {"stem": 1.0, "prefix": _PREFIX}


class Weighed(NamedTuple):
    """How likely a question asks for each point, as logarithms of ratios; ``whole``: what they would be at most.

    ``same``: the number of the point for which a known question asks in the same words. ``common``: the share of any
    point's questions that have each word, ``usual``: that want this kind of answer.
    """

    scores: Floats
    whole: float
    same: int | None
    common: Floats
    usual: float


_Form = tuple[str, tuple[Plain, ...]]
"""A form in which a word is compared: its space, and what else may stand for it there."""


class _Word(NamedTuple):
    """What a word tells: the share of each point's questions that have it, of any point's, and its evidence."""

    shares: Floats
    common: float
    evidence: Floats


class _Terms:
    """The points that have each term, made ready to be looked up."""

    def __init__(self, shares: Shares) -> None:
        starts = shares.starts.tolist()
        self.places = dict(zip(shares.terms.tolist(), pairwise(starts), strict=True))
        self._points = shares.points
        self._shares = shares.shares

    def add(self, place: tuple[int, int], value: float, row: Floats) -> None:
        """Add to each point's share what it has of a term."""
        start, end = place
        row[self._points[start:end]] += value * self._shares[start:end]

    def has(self, term: int, points: Sequence[int]) -> bool:
        """Tell whether any of some points has a term."""
        start, end = self.places.get(term, (0, 0))
        return bool(np.isin(self._points[start:end], points).any())

    def add_all(self, terms: Sequence[int], value: float, row: Floats) -> None:
        """Add to each point's share what it has of several terms together: of the rarest at most."""
        if any(term not in self.places for term in terms):
            return
        least = np.full(len(row), np.inf)
        for term in terms:
            one = np.zeros(len(row))
            self.add(self.places[term], 1.0, one)
            np.minimum(least, one, out=least)
        row += value * least


class Known:
    """Points, counted; ``said``: which of them sources say.

    ``literal``: their questions are so many, and in both languages, that translations and synonyms need not be sought.
    """

    def __init__(self, counted: Counted, said: np.typing.NDArray[np.bool_], *, literal: bool = False) -> None:
        self.counted = counted
        self.said = said
        self._literal = literal
        self._asked = _Terms(counted.questions)
        self._told = _Terms(counted.sentences)
        self._word = lru_cache(_REMEMBERED)(self._word_of)  # people ask with the same words

    def weigh(self, query: Query, kind: Kind, among: Weighed | None = None) -> Weighed:
        """Return how likely a question asks for each point; ``among``: how others have it, where these are few."""
        words = [self._word(forms) for forms in _by_word(query)]
        if among:
            common = among.common
            told = [_evidence(word.shares, usual) for word, usual in zip(words, common.tolist(), strict=True)]
        else:
            common = np.array([word.common for word in words])
            told = [word.evidence for word in words]
        scores = sum(told, np.zeros(len(self.said)))
        wanted = self.counted.kinds[KINDS.index(kind)]
        usual = among.usual if among else float(wanted[self.said].mean()) + _RARE_KIND
        scores += np.log1p(_ODDS * wanted / usual)
        most = np.log1p(_ODDS / np.maximum(common, _RAREST)).sum() + np.log1p(_ODDS / usual)
        return Weighed(scores, float(most), self._same(query, kind), common, usual)

    def without(self, words: Collection[str], query: Query, points: Sequence[int]) -> frozenset[str]:
        """Return those of some words of a query that no question for any of some points has, nor their sentences.

        A translation or a synonym does not make up for a word.
        """
        had = {
            group.word
            for group in query
            if group.space in _SPACES and group.word in words
            for terms, factor, _ in group.alternatives
            if factor >= 1.0 and any(each.has(terms[0], points) for each in (self._asked, self._told))
        }
        return frozenset(words) - had

    def _same(self, query: Query, kind: Kind) -> int | None:
        """Return the point for which a known question asks in the same words."""
        key = whole({group.alternatives[0][0][0] for group in query if group.space == "stem"}, kind)
        wholes = self.counted.wholes
        place = int(np.searchsorted(wholes, key))
        return int(self.counted.whole_points[place]) if place < len(wholes) and wholes[place] == key else None

    def _word_of(self, forms: tuple[_Form, ...]) -> _Word:
        """Return what a word tells, in whichever of its forms it is asked with."""
        shares = np.maximum.reduce([self._share_of(space, alternatives) for space, alternatives in forms])
        common = float(shares[self.said].mean()) + _RARE
        return _Word(shares, common, _evidence(shares, common))

    def _share_of(self, space: str, alternatives: tuple[Plain, ...]) -> Floats:
        """Return the share of each point's questions that have a word, with what its sentence adds."""
        asked, told = np.zeros(len(self.said)), np.zeros(len(self.said))
        asked_at, told_at = self._asked.places, self._told.places
        as_much = _SPACES[space]
        for terms, factor, _ in alternatives:
            term = terms[0]
            if (self._literal and factor < 1.0) or (term not in asked_at and term not in told_at):
                continue  # as most are
            value = as_much if factor >= 1.0 else as_much * _OTHERWISE
            if len(terms) > 1:
                self._asked.add_all(terms, value, asked)
                self._told.add_all(terms, value, told)
                continue
            if term in asked_at:
                self._asked.add(asked_at[term], value, asked)
            if term in told_at:
                self._told.add(told_at[term], value, told)
        return (np.minimum(asked, 1.0) + _SENTENCE * np.minimum(told, 1.0)) / (1 + _SENTENCE)


def _by_word(query: Query) -> list[tuple[_Form, ...]]:
    """Return the forms of each word by which it is compared."""
    words: dict[str, list[_Form]] = {}
    for group in query:
        if group.space in _SPACES:
            words.setdefault(group.word, []).append((group.space, group.alternatives))
    return [tuple(forms) for forms in words.values()]


def _evidence(shares: Floats, common: float) -> Floats:
    found: Floats = np.log1p(_ODDS * shares / common)
    return found
