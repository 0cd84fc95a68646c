"""Which known figures answer a question."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from math import exp
from typing import NamedTuple

from index.answering.clauses import words_near
from index.answering.evidence import Probe, Shares, surrounded
from index.answering.grounds import absence
from index.answering.kinds import Kind
from index.answering.marks import Marks
from index.answering.scale import Scale
from index.answering.selection import Choice, Place
from index.answering.signals import Reader, Readings
from index.answering.sought import Sought
from index.answering.traits import traits_of
from index.answering.weights import Weights, score
from index.familiar.points import Recalled
from index.figures.comparing import relate
from index.figures.kinds import Metric, Operation, RelationKind
from index.figures.ledger import Ledger
from index.model import Figure
from index.preparation import Candidate, Sentence

_CONTEXT, _NEIGHBOUR = 0.5, 0.25

_MOST_WORDS = 0.6  # the share of a sentence's words that another one has that says the same

_WELL_KNOWN = 0.9
"""How likely a question has to ask for a figure, by known ones, where it stands without all names of the question."""

_RATHER = 0.6  # likely, from which on a figure of another source than that of the best sentence may answer
_FAR_BEHIND = 4.0  # points, from which on its sentence answers far less well
_ELSEWHERE = 30.0

MOST = 4
"""Figures that an answer shows at most, what is computed from them aside."""


class Pick(NamedTuple):
    """A figure with what speaks for it: a score, and how likely it answers (0 to 1)."""

    figure: Figure
    marks: Marks
    score: float
    likely: float
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


BESIDE = 2.0
"""How much less a figure may score that is shown beside the first one."""

NEWER = 4.0
"""The same for one that was said later."""


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
    reader: Reader,
    documents: int,
    candidates: Sequence[tuple[Candidate, float]],
    readings: Readings,
    recalled: Recalled,
    weights: Weights,
) -> list[Pick]:
    """Return the figures of the candidates, the likeliest answer first; ``documents``: passages of the shelf.

    ``readings``: what speaks for their sentences. How likely each figure answers is told by the scores
    of all and that of no figure (a conditional logit: McFadden, "Conditional logit analysis of qualitative choice
    behavior", 1974). A figure for another time or of others than the question names, or a date where a quantity
    is asked for, is none.
    """
    if wish is None:
        return []
    scale = Scale(wish, ledger, reader, documents)
    scored = []
    dates = {Kind.DATE: {True}, Kind.QUANTITY: {False}}.get(reader.kind, {True, False})
    first = 0  # the place of a candidate's first sentence among all
    for candidate, _ in candidates:
        figures = ledger.by_passage.get(candidate.passage.key, ())
        shares = _sentences(candidate, reader.probe) if figures else []
        placed = [(figure, _sentence_at(figure.text.start, candidate)) for figure in figures]
        crowds = Counter(place for _, place in placed)
        outdone = _outdone([each for each in placed if (each[0].metric is Metric.DATE) in dates], scale)
        for figure, place in placed:
            if place is not None and (figure.metric is Metric.DATE) in dates:
                near = reader.probe.shares(words_near(figure, candidate.source.language))
                around = readings.signals(first + place)
                marks = scale.weigh(
                    figure, shares[place], near, around, crowds[place], outdone.get(figure.id, 0.0), recalled
                )
                known = marks.familiar >= _WELL_KNOWN and scale.has_its_part(figure)
                if (marks.named or known) and not marks.untimely:
                    scored.append((score(marks, weights.figure), figure, marks, candidate, candidate.sentences[place]))
        first += len(candidate.sentences)
    nothing = score(absence(wish, reader.kind, recalled), weights.absence)
    top = max([nothing, *(each[0] for each in scored)])
    whole = exp(nothing - top) + sum(exp(each[0] - top) for each in scored)
    found = [
        Pick(figure, marks, value, exp(value - top) / whole, candidate, sentence)
        for value, figure, marks, candidate, sentence in scored
    ]
    found.sort(key=lambda each: (-each.score, each.figure.id))
    return found


def _sentences(candidate: Candidate, probe: Probe) -> list[Shares]:
    """Return what each sentence of a candidate has of the query, with its neighbours, title and heading."""
    own = [probe.shares(sentence.terms) for sentence in candidate.sentences]
    context = probe.shares(candidate.context)
    return [surrounded(own, place, context, within=_CONTEXT, beside=_NEIGHBOUR) for place in range(len(own))]


def _outdone(placed: Sequence[tuple[Figure, int | None]], scale: Scale) -> dict[str, float]:
    """Return how much more of a question the clause of another figure has in the same sentence, as a part of that.

    ``placed``: the figures, each with its sentence. It is 1 where a figure's own has nothing of it, and 0 where it has
    the most, or no other figure is there.
    """
    together: dict[int | None, list[Figure]] = {}
    for figure, place in placed:
        together.setdefault(place, []).append(figure)
    found: dict[str, float] = {}
    for crowd in together.values():
        gains = [scale.gain_of_clause(figure, crowd) for figure in crowd] if len(crowd) > 1 else [0.0]
        if best := max(gains):
            found |= {figure.id: 1 - gain / best for figure, gain in zip(crowd, gains, strict=True)}
    return found


def _sentence_at(start: int, candidate: Candidate) -> int | None:
    """Return which sentence of a candidate has a place of the text."""
    for place, sentence in enumerate(candidate.sentences):
        if sentence.start <= start < sentence.end:
            return place
    return None


def elsewhere(picks: Iterable[Pick], choices: Sequence[Choice], *, unlikely: bool) -> frozenset[Place]:
    """Return where figures stand in another source than the best choice that do not come before it.

    Their sentences answer far less well; or, where ``unlikely`` ones do not come first either, they rather do not
    answer.
    """
    if not choices:
        return frozenset()
    best, scores = choices[0].candidate.source, {choice.place: choice.score for choice in choices}
    return frozenset(
        pick.place
        for pick in picks
        if (pick.figure.source.shelf, pick.figure.source.id) != (best.shelf, best.id)
        and ((unlikely and pick.likely < _RATHER) or scores.get(pick.place, 0.0) < choices[0].score - _FAR_BEHIND)
    )


def worth_showing(pick: Pick, best: Place | None) -> float:
    """Return how likely a figure answers, to be held against what it takes to be shown, before all sentences.

    ``best``: where the sentence stands that answers best; elsewhere it takes more.
    """
    return pick.likely if pick.place == best else pick.likely / _ELSEWHERE


def answering(
    picks: Sequence[Pick],
    wish: Sought | None,
    ledger: Ledger,
    candidates: Sequence[tuple[Candidate, float]],
    best: Place | None,
    behind: AbstractSet[Place],
    weights: Weights,
) -> list[Shown]:
    """Return the figures to show, what answers first, each with the sentences that prove it.

    ``best``: where the sentence stands that answers best; ``behind``: sentences whose figures do not come first,
    unless they are compared. With the best figure comes what measures the same thing.
    Where the question compares, or asks for all of several things, what is asked for is computed.
    """
    if wish is None or not picks:
        return []
    held = _held_against(picks, wish)
    places = {pick.figure.id: pick.place for pick in picks}
    if found := _compared(held):
        return [*(Shown(pick.figure, (pick.place,)) for pick in held), *_computed(found, places)]
    if picks[0].place in behind:
        picks = [pick for pick in picks if pick.place not in behind]
    if not picks or worth_showing(picks[0], best) < weights.figure_least:
        return []
    alone = [Shown(pick.figure, (pick.place,)) for pick in _beside(picks, wish, ledger)]
    if wish.whole and picks[0].figure.each is not None:
        totals = _totalled(picks[0].figure, ledger)
        for operand in (operand for total in totals for operand in total.operands):
            if (place := _place(operand.passage, operand.text.start, candidates)) is not None:
                places[operand.id] = place
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


def _computed(found: Iterable[Figure], places: Mapping[str, Place]) -> list[Shown]:
    """Return computed figures with the sentences of their operands, as far as these are at hand."""
    at_hand = [figure for figure in found if all(operand.id in places for operand in figure.operands)]
    return [Shown(figure, tuple(places[operand.id] for operand in figure.operands)) for figure in at_hand]


def _place(passage: int, start: int, candidates: Sequence[tuple[Candidate, float]]) -> Place | None:
    """Return the place of the sentence of a passage in which something starts, where it is among the candidates."""
    for candidate, _ in candidates:
        if candidate.passage.key == passage and (place := _sentence_at(start, candidate)) is not None:
            return passage, candidate.sentences[place].start
    return None


def _beside(picks: Sequence[Pick], wish: Sought, ledger: Ledger) -> list[Pick]:
    """Return the best figure, then those that measure the same thing.

    Those that are alike come the latest first, unless the question asks for another time; and what says when it holds
    before what says the same without.
    """
    best = picks[0]
    relations = ledger.relations_of(best.figure.id)
    related = {name for relation in relations for name in (relation.first, relation.second)}
    said = best.figure.source.published or ""
    alike = [
        each
        for each in picks
        if _is_alike(each.figure, best.figure)
        and each.score >= best.score - (NEWER if (each.figure.source.published or "") > said else BESIDE)
    ]
    others = [each for each in picks if each not in alike and each.figure.id in related]
    if wish.before or wish.times:
        return [*alike, *others][:MOST]
    alike.sort(key=lambda each: each.figure.source.published or "", reverse=True)
    shown = [*alike, *others][:MOST]
    return sorted(shown, key=lambda each: not _tells_when(each.figure, shown[0].figure))


def _tells_when(figure: Figure, first: Figure) -> bool:
    """Tell whether a figure of the same source says what the first one does, and, as that does not, when it holds."""
    same = (figure.metric, figure.value, figure.unit, figure.per) == (first.metric, first.value, first.unit, first.per)
    return same and figure.source.id == first.source.id and bool(figure.moments) and not first.moments


def _is_alike(one: Figure, other: Figure) -> bool:
    """Tell whether two figures measure the same of the same thing.

    Of what a figure is, is told by its deals; where it has none, those of one source are taken to be of one thing, and
    those of others where they are said in the same words.
    """
    same = (one.metric, one.unit, one.per, one.each) == (other.metric, other.unit, other.per, other.each)
    if not same or set(one.deals) != set(other.deals):
        return False
    return bool(one.deals) or one.source.id == other.source.id or _say_the_same(one, other)


def _say_the_same(one: Figure, other: Figure) -> bool:
    """Tell whether most words of the shorter one of two figures' sentences are in the other one, too."""
    words = [traits.words - traits.numbers for traits in map(traits_of, (one.quote.quote, other.quote.quote))]
    return len(words[0] & words[1]) > _MOST_WORDS * min(map(len, words))


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
