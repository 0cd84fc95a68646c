"""Which sentence of which passage answers best."""

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from index.answering import wanting
from index.answering.evidence import Evidence, Probe, joined, surrounded
from index.answering.wanting import Kind
from index.model import Quote
from index.preparation import Candidate

Place = tuple[int, int]
"""A passage's key, and where a sentence of it starts."""


class Choice(NamedTuple):
    """A sentence of a candidate. ``fits``: whether it has the kind of thing asked for."""

    candidate: Candidate
    highlight: Quote
    score: float
    fits: bool

    @property
    def place(self) -> Place:
        """Where the sentence stands."""
        return self.candidate.passage.key, self.highlight.start

    def evidence(self, probe: Probe) -> Evidence:
        """Return how much of a question it covers."""
        sentences = self.candidate.sentences
        own = next(sentence for sentence in sentences if sentence.start == self.highlight.start)
        shares = [probe.shares(sentence.terms) for sentence in sentences]
        around = joined((probe.shares(self.candidate.context), 1.0), *((each, 1.0) for each in shares))
        return Evidence(probe.covered(probe.shares(own.terms)), probe.covered(around))


class Mix(NamedTuple):
    """What counts how much when sentences are compared; found on the tuning half of the questions.

    ``passage``: the ranking's score of the passage. ``neighbour`` and ``context``: a word that only the sentence
    before or after has, or only the title or heading, against one of the sentence's own. ``kind``: having the kind of
    thing asked for, as a share of the whole question's worth. ``length``: the same, taken away for 600 characters.
    """

    passage: float = 2.0
    neighbour: float = 0.25
    context: float = 0.1
    kind: float = 0.9
    length: float = 0.05


_LONG = 600  # characters
_PER_PASSAGE = 2  # sentences of one passage among the choices


def weigh(
    kind: Kind, probe: Probe, candidates: Sequence[tuple[Candidate, float]], mix: Mix | None = None
) -> list[Choice]:
    """Return all sentences of the candidates, which come with the ranking's scores, the best first."""
    mix = mix or Mix()
    choices = []
    for candidate, ranked in candidates:
        choices += _weighed(candidate, ranked, probe, kind, mix)
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


def _order(choice: Choice) -> tuple[float, int, int]:
    return -choice.score, choice.candidate.passage.key, choice.highlight.start


def _weighed(candidate: Candidate, ranked: float, probe: Probe, kind: Kind, mix: Mix) -> list[Choice]:
    """Return every sentence of a candidate with its score."""
    passage = candidate.passage
    total = sum(probe.worth)
    context = probe.shares(candidate.context)
    own = [probe.shares(sentence.terms) for sentence in candidate.sentences]
    choices = []
    for place, sentence in enumerate(candidate.sentences):
        text = passage.text[sentence.start - passage.start : sentence.end - passage.start]
        score = mix.passage * ranked
        score += probe.gain(surrounded(own, place, context, within=mix.context, beside=mix.neighbour))
        fits = wanting.present(kind, text)
        if fits and kind is not Kind.ANYTHING:
            score += mix.kind * total
        score -= mix.length * total * min(1.0, len(text) / _LONG)
        quote = Quote(quote=text, start=sentence.start, end=sentence.end)
        choices.append(Choice(candidate, quote, score, fits))
    return choices
