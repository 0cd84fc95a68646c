"""What a question is likely to ask for on a shelf, by the known questions that are like it."""

import re
from collections.abc import Collection, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

import numpy as np

from index.answering.kinds import Kind
from index.familiar import shipped
from index.familiar.likelihood import Known
from index.familiar.points import NOTHING, Placed, Recalled
from index.familiar.reading import Asking, count
from index.model import Language
from index.ranking.query import Query

_SPAN = 6.0
"""Logarithms of likelihood behind the likeliest point from which on a point is no candidate at all."""
_UNSURE, _SURE = 0.3, 0.6
"""How much of a question the likeliest taught point tells: up to the first it counts nothing, then more and more."""
_RATHER = 1.15
"""By how much the best passage of the seeds is to be ranked before the best other one."""
_TENS = 10.0
_MEANT = 1.0
"""Logarithms of likelihood behind the likeliest point to which a point may still be the one that is meant."""
_YEAR = re.compile(r"(?:19|20)\d\d")
_FLAT = 2.0
"""What logarithms of likelihood are divided by where it is told how likely one point is rather than others: words are
not independent of one another, as the formula takes them to be."""


class Taught(NamedTuple):
    """A question of a server with the sentence that answers it: its words, its language and where it stands."""

    question: str
    sentence: str
    language: Language
    passage: int
    start: int


class Familiar:
    """The points that a shelf's sources say, and how people ask for them. ``placed``: those of the seeds.

    ``charted``: the passages of which all that they say is known to be asked for.
    """

    def __init__(self, placed: Sequence[Placed], taught: Sequence[Taught] = ()) -> None:
        self._placed = list(placed)
        self._taught = [Placed(number, each.passage, each.start) for number, each in enumerate(taught)]
        self._questions = taught
        self.charted = frozenset(each.passage for each in placed)

    @cached_property
    def _own(self) -> Known:
        """What the server has taught, made ready to be held against questions."""
        own = count([Asking([each.question], (each.sentence, each.language)) for each in self._questions])
        return Known(own, np.ones(len(self._questions), bool))

    def prepare(self) -> None:
        """Read what is known, before somebody waits for it."""
        if self._placed or self._taught:
            shipped.known()
        if self._taught:
            _ = self._own

    def recall(self, query: Query, kind: Kind, found: Mapping[int, float], lost: Collection[str] = ()) -> Recalled:
        """Return what a question is likely to ask for.

        ``found``: the ranking's scores of the passages it found, ``lost``: the words that no source has. What people
        ask of the seeds says something only where their passages are found rather than others; what a server has
        taught, where it tells most of the question.
        """
        inside = max((score for key, score in found.items() if key in self.charted), default=0.0)
        outside = max((score for key, score in found.items() if key not in self.charted), default=0.0)
        charted = inside > 0.0 and inside >= _RATHER * outside
        seeds = self._placed if charted else []
        placed = [*seeds, *self._taught]
        if not placed or not query:
            return NOTHING
        told_of = query if kind is not Kind.QUANTITY else tuple(group for group in query if not _is_given(group.word))
        known = shipped.known()
        weighed = known.weigh(told_of, kind)
        said = weighed.scores[[each.number for each in seeds]]
        asked_so = [place for place, each in enumerate(seeds) if each.number == weighed.same]
        if self._taught:
            own = self._own.weigh(told_of, kind, weighed)
            said = np.concatenate([said, own.scores])
            asked_so += [] if own.same is None else [len(seeds) + own.same]
        said[asked_so] = said.max() + _SPAN / 2  # whatever else has these words
        best, unsaid = float(said.max()), float(weighed.scores[~known.said].max(initial=0.0))
        told = max(best, 0.0) / weighed.whole
        sure = 1.0 if charted or asked_so else min(max((told - _UNSURE) / (_SURE - _UNSURE), 0.0), 1.0)
        sentences: dict[tuple[int, int], float] = {}
        figures: dict[str, float] = {}
        parts: dict[str, float] = {}
        otherwise = 0.0
        shares = np.exp((said - best) / _FLAT)
        shares /= shares.sum()
        for place in np.flatnonzero(said > best - _SPAN).tolist() if sure else ():
            point = placed[place]
            likely = sure * (1.0 - (best - float(said[place])) / _SPAN)
            there = point.passage, point.start
            sentences[there] = max(sentences.get(there, 0.0), likely)
            if point.figure is None:
                otherwise += sure * float(shares[place])
            else:
                figures[point.figure] = max(figures.get(point.figure, 0.0), likely)
                parts[point.figure] = parts.get(point.figure, 0.0) + sure * float(shares[place])
        recalled = Recalled(sentences, figures, parts, otherwise)
        if not charted:
            return recalled
        ahead = (best - unsaid) / _TENS
        meant = np.flatnonzero(said > best - _MEANT).tolist()
        strange = known.without(lost, query, [seeds[place].number for place in meant if place < len(seeds)])
        if strange and self._taught:
            strange = self._own.without(strange, query, [place - len(seeds) for place in meant if place >= len(seeds)])
        same = 1.0 if asked_so else 0.0 if weighed.same is None else -1.0
        far = max(unsaid, 0.0) / weighed.whole
        return recalled._replace(charted=True, said=told, unsaid=far, ahead=ahead, same=same, strange=strange)


def _is_given(word: str) -> bool:
    """Tell whether a word is a number that is not a year: who asks for a number gives it for something else."""
    return word.replace(".", "", 1).isdecimal() and not _YEAR.fullmatch(word)
