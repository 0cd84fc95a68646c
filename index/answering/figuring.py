"""Which known figures answer a question."""

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from index.answering.evidence import Probe, Shares, joined, missing_worth
from index.answering.naming import held_in
from index.answering.selection import Place
from index.answering.sought import Sought
from index.figures.comparing import relate
from index.figures.kinds import Bound, Commitment, Metric, Operation, RelationKind, Role, fits
from index.figures.ledger import Ledger
from index.figures.names import plain
from index.language.analysis import fold
from index.model import Figure, Language, Source
from index.preparation import Candidate, Sentence
from index.ranking.formulation import PHRASE
from index.ranking.terms import bag

_BREAK = re.compile(r"[,;:()\u2013\u2014]| (?:mais|but|puis|then|et|and) ")

_MOST_SAID = 20_000  # characters in which names are sought
_MONEY = frozenset(metric for metric in Metric if fits("USD", metric))
_PAID = frozenset({Role.PROVIDER, Role.SUPPLIER, Role.BUILDER, Role.RECIPIENT, Role.INTERMEDIARY})
_UPPER = (Bound.AT_MOST, Bound.LESS_THAN)
_CONTEXT, _NEIGHBOUR = 0.5, 0.25
_ENOUGH = 4.0  # rarest terms, which is two words in all their forms: a long question may tell of many things besides
_TOLD = 0.3  # what a word counts that tells which metric is wanted, against the others
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
    def place(self) -> Place:
        """Where its sentence stands."""
        return self.candidate.passage.key, self.sentence.start


class Shown(NamedTuple):
    """A figure of an answer, and the places of the sentences that prove it."""

    figure: Figure
    places: tuple[Place, ...]


class Marks(NamedTuple):
    """What speaks for a figure, from 0 to 1 each, and against it (below 0); or what each of that is worth.

    ``measure``: it measures what the question wants to know. ``sentence`` and ``near``: the share of the question's
    worth that its sentence has, and that the words around its number have. ``deal``: the share of the deals that the
    question names which it belongs to; ``own``: it is first of all such a deal's; ``stranger``: it is of none of them.
    ``per``: it is for the time that the question asks for. ``given``: its number stands in the question. ``before``: it
    is superseded by another one, and the question asks for what was so at first, or does not. ``most``: it is an upper
    bound, and the question asks for one; ``each``: it is for one of the things of which the question names one.
    ``ending``: the question asks for an end, and it is no end.
    ``doubt``: nobody commits to it, and the question does not ask for what may be. ``partial``: the question names
    deals that it is not of; ``joint``: the share of its deals that the question does not name.
    """

    measure: float
    sentence: float
    near: float
    deal: float
    own: float
    stranger: float
    per: float
    given: float
    before: float
    most: float
    each: float
    ending: float
    doubt: float
    partial: float
    joint: float


WORTH = Marks(
    measure=1.0,
    sentence=1.2,
    near=0.8,
    deal=0.5,
    own=0.0,
    stranger=0.5,
    per=0.25,
    given=1.0,
    before=0.3,
    most=0.8,
    each=0.5,
    ending=0.7,
    doubt=0.25,
    partial=0.3,
    joint=0.2,
)
"""What the marks are worth; found on the tuning halves of the questions."""

LEAST = 1.7
"""The score from which on a figure is shown."""

NOWHERE = 1.0
"""The score below which a figure is none that was asked for."""

BESIDE = 0.6
"""How much less a figure may score that is shown beside the first one."""


def passages_of(wish: Sought, ledger: Ledger, known: Iterable[int], most: int) -> list[int]:
    """Return the passages, beyond those that are known, whose figures of the named deals may answer."""
    seen = set(known)
    whole = [figure for deal in wish.deals for figure in ledger.computed(deal)] if wish.whole else []
    operands = {operand.id for figure in whole for operand in figure.operands}
    found = (
        figure.passage
        for deal in wish.deals
        for figure in ledger.by_deal.get(deal, ())
        if wish.metrics.get(figure.metric) or figure.id in operands
    )
    return [key for key in dict.fromkeys(found) if key not in seen][:most]


def pick(
    wish: Sought | None,
    ledger: Ledger,
    probe: Probe,
    documents: int,
    candidates: Sequence[tuple[Candidate, float]],
) -> list[Pick]:
    """Return the figures of the candidates that may answer, the best first; ``documents``: passages of the shelf."""
    if wish is None:
        return []
    scale = _Scale(wish, ledger, probe, documents)
    found = []
    for candidate, _ in candidates:
        figures = ledger.by_passage.get(candidate.passage.key, ())
        shares = _sentences(candidate, probe) if figures else []
        for figure in figures:
            place = _sentence_of(figure, candidate)
            near = probe.shares(_words_near(figure, candidate.source.language))
            if place is not None and scale.lets(figure, candidate, shares[place], near):
                marks = scale.weigh(figure, shares[place], near)
                score = sum(mark * worth for mark, worth in zip(marks, WORTH, strict=True))
                found.append(Pick(figure, score, candidate, candidate.sentences[place]))
    found.sort(key=lambda each: (-each.score, each.figure.id))
    return found


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
    """Weighs figures against one question. The words that tell which metric is wanted weigh little besides."""

    def __init__(self, wish: Sought, ledger: Ledger, probe: Probe, documents: int) -> None:
        self._wish = wish
        self._ledger = ledger
        self._superseded = ledger.superseded
        telling = [fold(group.word) not in wish.words for group in probe.query]
        self._worth = [value * (1.0 if tells else _TOLD) for value, tells in zip(probe.worth, telling, strict=True)]
        missing = missing_worth(documents) * _MISSING
        lost = sum(
            missing * group.weight
            for group, value, tells in zip(probe.query, probe.worth, telling, strict=True)
            if tells and not value and group.space != PHRASE
        )
        most = missing_worth(documents) * _ENOUGH
        whole = sum(value for value, tells in zip(probe.worth, telling, strict=True) if tells)
        self._total = min(whole + lost, most) or 1.0
        self._probe = probe
        self._counted = [place for place, group in enumerate(probe.query) if fold(group.word) in wish.counted]
        parties = ledger.parties | wish.names
        self._events = [place for place, group in enumerate(probe.query) if fold(group.word) not in parties]
        compared = wish.deals if wish.comparing else ()
        self._names = wish.names.difference(*(ledger.names_of.get(deal, ()) for deal in compared))
        self._each = [place for place, group in enumerate(probe.query) if fold(group.word) in wish.each]

    def lets(self, figure: Figure, candidate: Candidate, sentence: Shares, near: Shares) -> bool:
        """Tell whether a figure may answer at all: by what it measures and counts, by the time, by who is named."""
        wish = self._wish
        if not wish.metrics.get(figure.metric) or (wish.asks and not wish.whether and figure.value in wish.given):
            return False
        if wish.counted and not any(near.get(place) for place in self._counted):
            return False
        if wish.times and not any(_meet(figure, *time) for time in wish.times):
            return False
        if wish.per is not None and figure.per != wish.per and figure.metric in _MONEY:
            return False
        if figure.metric is Metric.DATE and not any(sentence.get(place) for place in self._events):
            return False
        return self._is_of_the_named(figure, candidate)

    def _is_of_the_named(self, figure: Figure, candidate: Candidate) -> bool:
        """Tell whether those whom the question names are where a figure stands, each in the part that it has there."""
        wish = self._wish
        own = frozenset[str]().union(*(self._ledger.names_of.get(deal, frozenset()) for deal in figure.deals))
        if not self._names <= own:
            before = candidate.passage.text[: figure.quote.end - candidate.passage.start]
            said = plain(f"{candidate.source.title} {candidate.passage.heading} {before}", _MOST_SAID).split()
            if not self._names <= own | set(said):
                return False
        if figure.metric is Metric.STAKE and wish.held is not None:
            held = held_in(f"% {figure.quote.quote[figure.text.end - figure.quote.start :]}", self._ledger.parties)
            return held in (None, wish.held)
        return wish.payer is None or figure.metric not in _MONEY or self._may_pay(wish.payer, figure)

    def _may_pay(self, payer: str, figure: Figure) -> bool:
        """Tell whether a party may be the one that pays in the deals of a figure."""
        deals = [self._ledger.known[deal] for deal in figure.deals if deal in self._ledger.known]
        roles = {party.role for deal in deals for party in deal.parties if plain(party.name) == payer}
        return not roles or not roles <= _PAID

    def weigh(self, figure: Figure, sentence: Shares, near: Shares) -> Marks:
        """Return what speaks for a figure and against it."""
        wish = self._wish
        named, shared = len(wish.deals), len(set(wish.deals) & set(figure.deals))
        superseded = figure.id in self._superseded
        return Marks(
            measure=wish.metrics[figure.metric],
            sentence=self._gain(sentence),
            near=self._gain(near),
            deal=shared / named if named else 0.0,
            own=float(figure.deals[:1] in {(deal,) for deal in wish.deals}),
            stranger=-float(named > 0 and not shared),
            per=float(wish.per is not None and figure.per == wish.per),
            given=-float(not wish.whether and figure.value in wish.given),
            before=(1.0 if wish.before else -1.0) * superseded,
            most=float(wish.most and figure.bound in _UPPER),
            each=float(self._is_for_each(figure)),
            ending=-float(wish.ending and figure.metric is Metric.DATE and figure.until is None),
            doubt=-float(figure.commitment is Commitment.RUMOURED and not wish.most),
            partial=-float(0 < shared < named and not wish.comparing),
            joint=-(len(set(figure.deals) - set(wish.deals)) / len(figure.deals) if shared else 0.0),
        )

    def _is_for_each(self, figure: Figure) -> bool:
        """Tell whether a figure is for one of the things of which the question names one, in whatever language."""
        if figure.each is None or not self._each:
            return False
        shares = self._probe.shares(_terms(figure.each, "", "", "", figure.source.language))
        return any(shares.get(place) for place in self._each)

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
    return _terms(near, figure.subject, figure.counted or "", figure.each or "", language)


@lru_cache(maxsize=1 << 13)
def _terms(near: str, subject: str, counted: str, each: str, language: Language) -> frozenset[int]:
    return frozenset(bag([near, subject, counted, each], language).tolist())


def answering(
    picks: Sequence[Pick], wish: Sought | None, ledger: Ledger, candidates: Sequence[tuple[Candidate, float]]
) -> list[Shown]:
    """Return the figures to show, what answers first, each with the sentences that prove it.

    With the best one comes what measures the same thing. Where the question compares, or asks for all of several
    things, what is asked for is computed.
    """
    if wish is None or not picks or picks[0].score < LEAST:
        return []
    held = _held_against(picks, wish)
    places = {pick.figure.id: pick.place for pick in picks}
    if found := _compared(held):
        return [*(Shown(pick.figure, (pick.place,)) for pick in held), *_computed(found, places)]
    alone = [Shown(pick.figure, (pick.place,)) for pick in _beside(picks, wish, ledger)]
    if wish.whole and picks[0].figure.each is not None:
        totals = _totalled(picks[0].figure, ledger)
        operands = {operand.id: operand for total in totals for operand in total.operands}
        places |= {name: place for name, operand in operands.items() if (place := _place_of(operand, candidates))}
        return [*_computed(totals, places), *alone]
    return alone


def contested(shown: Sequence[Shown], ledger: Ledger, candidates: Sequence[tuple[Candidate, float]]) -> list[Place]:
    """Return where the candidates have sentences that disagree, in words alone, with the figures of an answer."""
    relations = (relation for each in shown for relation in ledger.relations_of(each.figure.id))
    names = [
        name
        for relation in relations
        if relation.kind is RelationKind.CONFLICTS_WITH
        for name in (relation.first, relation.second)
        if name in ledger.facts
    ]
    excerpts = (ledger.facts[name].excerpt for name in dict.fromkeys(names))
    found = (_place(excerpt.passage, excerpt.quote.start, candidates) for excerpt in excerpts)
    return [place for place in found if place is not None]


def is_unstated(picks: Sequence[Pick], wish: Sought | None, ledger: Ledger, source: Source) -> bool:
    """Tell whether a number that is asked for is none of a source's, all of whose figures are known."""
    if wish is None or not wish.asks or not ledger.is_read(source):
        return False
    return not picks or picks[0].score < NOWHERE


def _computed(found: Iterable[Figure], places: Mapping[str, Place]) -> list[Shown]:
    """Return computed figures with the sentences of their operands, as far as these are at hand."""
    at_hand = [figure for figure in found if all(operand.id in places for operand in figure.operands)]
    return [Shown(figure, tuple(places[operand.id] for operand in figure.operands)) for figure in at_hand]


def _place_of(figure: Figure, candidates: Sequence[tuple[Candidate, float]]) -> Place | None:
    return _place(figure.passage, figure.text.start, candidates)


def _place(passage: int, start: int, candidates: Sequence[tuple[Candidate, float]]) -> Place | None:
    """Return the place of the sentence of a passage in which something starts, where it is among the candidates."""
    for candidate, _ in candidates:
        if candidate.passage.key == passage:
            sentences = (sentence for sentence in candidate.sentences if sentence.start <= start < sentence.end)
            return next(((passage, sentence.start) for sentence in sentences), None)
    return None


def _beside(picks: Sequence[Pick], wish: Sought, ledger: Ledger) -> list[Pick]:
    """Return the best figure, then those that measure the same thing.

    Those that are alike come the latest first, unless the question asks for another time.
    """
    best = picks[0]
    relations = ledger.relations_of(best.figure.id)
    related = {name for relation in relations for name in (relation.first, relation.second)}
    said = best.figure.source.published or ""
    alike = [
        each
        for each in picks
        if _is_alike(each.figure, best.figure)
        and each.score >= (NOWHERE if (each.figure.source.published or "") > said else best.score - BESIDE)
    ]
    others = [each for each in picks if each not in alike and each.figure.id in related]
    if not (wish.before or wish.times):
        alike.sort(key=lambda each: each.figure.source.published or "", reverse=True)
    return [*alike, *others][:MOST]


def _is_alike(one: Figure, other: Figure) -> bool:
    same = (one.metric, one.unit, one.per, one.each) == (other.metric, other.unit, other.per, other.each)
    return same and set(one.deals) == set(other.deals)


def _totalled(best: Figure, ledger: Ledger) -> list[Figure]:
    """Return what follows from a figure that is for each of several things."""
    found = (figure for deal in best.deals for figure in ledger.computed(deal))
    return list({figure.id: figure for figure in found if best in figure.operands}.values())


def _held_against(picks: Sequence[Pick], wish: Sought) -> list[Pick]:
    """Return the figures that a question wants held against each other: of each deal that it names, the best.

    Where the best ones cannot be computed with, it is each deal's best that measures the same as the first one and can.
    """
    if not wish.comparing or len(wish.deals) < 2:  # noqa: PLR2004 - one alone is not compared
        return []
    first, *others = ([pick for pick in picks if pick.figure.deals[:1] == (deal,)] for deal in wish.deals)
    alike = [pick for pick in first if _is_alike(pick.figure, first[0].figure)]
    held = [pick for pick in alike if any(_is_related(pick, other) for own in others for other in own)]
    heads = (held or first)[:1]
    for own in others:
        heads += ([pick for pick in own if not heads or _is_related(pick, heads[0])] or own)[:1]
    return heads


def _is_related(one: Pick, other: Pick) -> bool:
    """Tell whether something can be computed of two figures."""
    return relate(Operation.DIFFERENCE, one.figure, other.figure) is not None


def _compared(held: Sequence[Pick]) -> list[Figure]:
    """Return how many times as much as the first of some figures the others are, and how much more."""
    found: list[Figure | None] = []
    for other in held[1:]:
        pair = sorted((held[0].figure, other.figure), key=lambda figure: figure.value or 0, reverse=True)
        found += [relate(operation, *pair) for operation in (Operation.QUOTIENT, Operation.DIFFERENCE)]
    return [figure for figure in found if figure is not None]
