"""Which sentence of which passage answers best."""

from collections import Counter
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import NamedTuple

import numpy as np

from index.answering.signals import Line, Readings, Signals
from index.answering.traits import traits_of
from index.answering.weights import Weights
from index.language.analysis import WORD, plainly
from index.model import Quote
from index.preparation import Candidate

Place = tuple[int, int]
"""A passage's key, and where a sentence of it starts."""


class Choice(NamedTuple):
    """A sentence of a candidate with its score, and what speaks for it."""

    candidate: Candidate
    line: Line
    score: float
    values: list[float]

    @property
    def place(self) -> Place:
        """Where the sentence stands."""
        return self.candidate.passage.key, self.line.sentence.start

    @property
    def highlight(self) -> Quote:
        """The sentence, as it is quoted."""
        sentence = self.line.sentence
        return Quote(quote=self.line.text, start=sentence.start, end=sentence.end)

    @property
    def signals(self) -> Signals:
        """What speaks for the sentence."""
        return Signals(*self.values)


_PER_PASSAGE = 2  # sentences of one passage among the choices
_FIGURE = Signals._fields.index("figure")


def weigh(
    candidates: Sequence[tuple[Candidate, float]],
    readings: Readings,
    likely: Mapping[Place, float],
    weights: Weights,
) -> list[Choice]:
    """Return all sentences of the candidates, the best first; ``likely``: where a figure may answer, and how likely."""
    keys = [candidate.passage.key for candidate, _ in candidates]
    values = readings.values.copy()
    if likely:
        values[:, _FIGURE] = [likely.get((keys[line.candidate], line.sentence.start), 0.0) for line in readings.lines]
    scores = (values @ np.array(weights.sentence)).tolist()
    choices = [
        Choice(candidates[line.candidate][0], line, score, row)
        for line, score, row in zip(readings.lines, scores, values.tolist(), strict=True)
    ]
    return sorted(choices, key=_order)


def choose(weighed: Sequence[Choice], first: Sequence[Place] = ()) -> list[Choice]:
    """Return the sentences to show: those at ``first``, then the best, at most two of one passage of these."""
    front = dict.fromkeys(first)
    chosen = sorted((choice for choice in weighed if choice.place in front), key=lambda each: first.index(each.place))
    shown = Counter(choice.candidate.passage.key for choice in chosen)
    for choice in weighed:
        key = choice.candidate.passage.key
        if choice.place not in front and shown[key] < _PER_PASSAGE:
            shown[key] += 1
            chosen.append(choice)
    return chosen


def far(names: AbstractSet[str], choices: Sequence[Choice], around: AbstractSet[str]) -> float:
    """Return how seldom the source of the best sentence tells of the rarest of some names that is not near to it.

    That is 1 less the share of the source's sentences that have the name; 0 where all names are near: in the sentence,
    the one before or after it, the title or the heading. ``around``: words that are there in any form.
    """
    best = choices[0].candidate
    source = best.source.shelf, best.source.id
    lines = [choice for choice in choices if (choice.candidate.source.shelf, choice.candidate.source.id) == source]
    lines.sort(key=lambda choice: choice.place)
    words = [traits_of(choice.line.text).words for choice in lines]
    own = next(place for place, choice in enumerate(lines) if choice.place == choices[0].place)
    title = WORD.findall(plainly(f"{best.source.title} {best.passage.heading}"))
    near = around | frozenset(title).union(*words[max(0, own - 1) : own + 2])
    return max((1 - sum(name in each for each in words) / len(words) for name in names - near), default=0.0)


def _order(choice: Choice) -> tuple[float, int, int]:
    return -choice.score, choice.candidate.passage.key, choice.line.sentence.start
