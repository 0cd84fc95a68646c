"""Which known figures answer a question."""

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from index.answering.evidence import Probe, Shares, joined, missing_worth
from index.answering.sought import Sought
from index.figures.comparing import relate
from index.figures.kinds import Metric, Operation
from index.figures.ledger import Ledger
from index.language.analysis import fold
from index.model import Figure, Language
from index.preparation import Candidate, Sentence
from index.ranking.formulation import PHRASE
from index.ranking.terms import bag

_BREAK = re.compile(r"[,;:()\u2013\u2014]| mais | but | puis | then ")

_CONTEXT, _NEIGHBOUR = 0.25, 0.25
_MISSING = 0.5  # what a word counts that no source has, against one that a single passage has

MOST = 4
"""Figures that an answer shows at most, what is computed from them aside."""


class Pick(NamedTuple):
    """A figure with what speaks for it."""

    figure: Figure
    score: float
    candidate: Candidate
    sentence: Sentence

    @property
    def place(self) -> tuple[int, int]:
        """Where its sentence stands: its passage's key, and where it starts."""
        return self.candidate.passage.key, self.sentence.start


class Scales(NamedTuple):
    """What counts how much when figures are compared; found on the tuning half of the questions.

    ``sentence`` and ``near``: the share of the question's worth that the figure's sentence has, and that the words
    around its number have. ``deal``: being of the deals that the question names. ``measure``: being what the question
    wants to know. ``given``: being a number that stands in the question, and ``stranger`` being of none
    of the deals that it names, taken away. ``before``: being superseded by another figure, added where the question
    asks for what was so at first, else taken away. ``least``: the score from which on
    a figure is shown.
    """

    measure: float = 1.0
    sentence: float = 1.2
    near: float = 0.8
    deal: float = 0.5
    per: float = 0.25
    given: float = 1.0
    stranger: float = 0.5
    before: float = 0.3
    least: float = 1.55
    beside: float = 0.3


def passages_of(wish: Sought, ledger: Ledger, known: Iterable[int], most: int) -> list[int]:
    """Return the passages, beyond those that are known, whose figures of the named deals may answer."""
    seen = set(known)
    found = (
        figure.passage
        for deal in wish.deals
        for figure in ledger.by_deal.get(deal, ())
        if wish.metrics.get(figure.metric)
    )
    return [key for key in dict.fromkeys(found) if key not in seen][:most]


def pick(
    wish: Sought | None,
    ledger: Ledger,
    probe: Probe,
    documents: int,
    candidates: Sequence[tuple[Candidate, float]],
    scales: Scales | None = None,
) -> list[Pick]:
    """Return the figures among the candidates' that answer, the best first; ``documents``: passages of the shelf."""
    if wish is None:
        return []
    scales = scales or Scales()
    scale = _Scale(wish, ledger, probe, documents, scales)
    found = []
    for candidate, _ in candidates:
        figures = ledger.by_passage.get(candidate.passage.key, ())
        shares = _sentences(candidate, probe) if figures else []
        for figure in figures:
            fit = wish.metrics.get(figure.metric, 0.0)
            place = _sentence_of(figure, candidate)
            if fit and place is not None:
                near = probe.shares(_words_near(figure, candidate.source.language))
                if not scale.lets(figure, near):
                    continue
                score = scales.measure * fit + scale.weigh(figure, shares[place], near)
                found.append(Pick(figure, score, candidate, candidate.sentences[place]))
    found.sort(key=lambda each: (-each.score, each.figure.id))
    return found if found and found[0].score >= scales.least else []


def _sentences(candidate: Candidate, probe: Probe) -> list[Shares]:
    """Return what each sentence of a candidate has of the query, with its neighbours, title and heading."""
    own = [probe.shares(sentence.terms) for sentence in candidate.sentences]
    context = probe.shares(candidate.context)
    return [
        joined(
            (shares, 1.0),
            (context, _CONTEXT),
            *((own[other], _NEIGHBOUR) for other in (place - 1, place + 1) if 0 <= other < len(own)),
        )
        for place, shares in enumerate(own)
    ]


def _sentence_of(figure: Figure, candidate: Candidate) -> int | None:
    for place, sentence in enumerate(candidate.sentences):
        if sentence.start <= figure.text.start < sentence.end:
            return place
    return None


class _Scale:
    """Weighs figures against one question. The words that only tell which metric is wanted weigh nothing."""

    def __init__(self, wish: Sought, ledger: Ledger, probe: Probe, documents: int, scales: Scales) -> None:
        self._wish = wish
        self._scales = scales
        telling = [fold(group.word) not in wish.words for group in probe.query]
        self._worth = [value * tells for value, tells in zip(probe.worth, telling, strict=True)]
        missing = missing_worth(documents) * _MISSING
        lost = sum(
            missing * group.weight
            for group, value, tells in zip(probe.query, probe.worth, telling, strict=True)
            if tells and not value and group.space != PHRASE
        )
        self._total = sum(self._worth) + lost or 1.0

        self._superseded = ledger.superseded
        self._counted = [place for place, group in enumerate(probe.query) if fold(group.word) == wish.counted]

    def lets(self, figure: Figure, near: Shares) -> bool:
        """Tell whether a figure may answer at all: what is to be counted is counted, the time fits."""
        if self._wish.counted is not None and not any(near.get(place) for place in self._counted):
            return False
        if self._wish.ending and figure.metric is Metric.DATE and figure.until is None:
            return False
        return not self._wish.times or any(_meet(figure, *time) for time in self._wish.times)

    def weigh(self, figure: Figure, sentence: Shares, near: Shares) -> float:
        """Return what speaks for a figure beside its metric: its sentence, the words near it, its deals."""
        scales, wish = self._scales, self._wish
        score = scales.sentence * self._gain(sentence) + scales.near * self._gain(near)
        if wish.deals:
            score += scales.deal * len(set(wish.deals) & set(figure.deals)) / len(wish.deals)
            score -= 0 if set(wish.deals) & set(figure.deals) else scales.stranger
        if wish.per is not None and figure.per == wish.per:
            score += scales.per
        if figure.value in wish.given:
            score -= scales.given
        if figure.id in self._superseded:
            score += scales.before if wish.before else -scales.before
        return score

    def _gain(self, shares: Shares) -> float:
        """Return what shares are worth, as a part of the whole question."""
        return sum(self._worth[place] * share for place, share in shares.items()) / self._total


def _meet(figure: Figure, earliest: str, latest: str) -> bool:
    """Tell whether a figure holds, or was said, at a time that a question names."""
    for moment in figure.moments:
        if moment.earliest is not None and moment.latest is not None:
            begins, ends = moment.earliest, moment.latest if moment is not figure.since else "9999"
            if begins[: len(latest)] <= latest[: len(begins)] and earliest[: len(ends)] <= ends[: len(earliest)]:
                return True
    said = figure.source.published or ""
    return bool(said) and not figure.moments and said[: len(earliest)] == earliest[: len(said)]


def _words_near(figure: Figure, language: Language) -> frozenset[int]:
    """Return the terms of the words around a figure's number, up to the next break, and of what it is about."""
    start, end = figure.text.start - figure.quote.start, figure.text.end - figure.quote.start
    quote = figure.quote.quote
    first = max((match.end() for match in _BREAK.finditer(quote, 0, start)), default=0)
    after = _BREAK.search(quote, end)
    near = quote[first : after.start() if after else len(quote)]
    return frozenset(bag([near, figure.subject, figure.counted or "", figure.each or ""], language).tolist())


def answering(picks: Sequence[Pick], ledger: Ledger, scales: Scales | None = None) -> list[Pick]:
    """Return the figures to show: the one that answers, then those that measure the same thing."""
    scales = scales or Scales()
    if not picks:
        return []
    best = picks[0]
    related = {relation.first for relation in ledger.relations_of(best.figure.id)}
    related |= {relation.second for relation in ledger.relations_of(best.figure.id)}
    beside = [
        each
        for each in picks[1:]
        if each.figure.id in related
        or (_is_alike(each.figure, best.figure) and each.score >= best.score - scales.beside)
    ]
    return [best, *beside][:MOST]


def _is_alike(one: Figure, other: Figure) -> bool:
    same = (one.metric, one.unit, one.per) == (other.metric, other.unit, other.per)
    return same and one.deals[:1] == other.deals[:1]


def held_against(picks: Sequence[Pick], wish: Sought | None) -> list[Pick]:
    """Return the figures that a question wants held against each other: of each deal that it names, the best.

    Where the best of one deal measures something else than the first one's, that deal's best that measures the same.
    """
    if wish is None or not wish.comparing or len(wish.deals) < 2:  # noqa: PLR2004 - one alone is not compared
        return []
    heads: list[Pick] = []
    for deal in wish.deals:
        own = [pick for pick in picks if pick.figure.deals[:1] == (deal,)]
        alike = [pick for pick in own if not heads or relate(Operation.DIFFERENCE, pick.figure, heads[0].figure)]
        heads += (alike or own)[:1]
    return heads


def compared(held: Sequence[Pick]) -> list[Figure]:
    """Return how many times as much as the first of some figures the others are, and how much more."""
    found: list[Figure | None] = []
    for other in held[1:]:
        pair = sorted((held[0].figure, other.figure), key=lambda figure: figure.value or 0, reverse=True)
        found += [relate(operation, *pair) for operation in (Operation.QUOTIENT, Operation.DIFFERENCE)]
    return [figure for figure in found if figure is not None]
