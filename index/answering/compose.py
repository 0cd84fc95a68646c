"""A question and what the ranking found for it, made into an answer or an honest no."""

from collections.abc import Sequence
from typing import NamedTuple

from index.answering import dated, figuring
from index.answering.evidence import Probe
from index.answering.figuring import Pick, Shown
from index.answering.grounds import Grounds
from index.answering.kinds import Kind
from index.answering.naming import held_in, named_by_rarity, names_in
from index.answering.selection import Choice, Place, choose, weigh
from index.answering.signals import Reader
from index.answering.sought import Sought, counted_in
from index.answering.timing import timing_of, untimed, words_of_time
from index.answering.verdict import Judgement, Words, grounds_of, judge, weigh_words
from index.answering.weights import Tuned, Weights, shipped
from index.familiar.points import NOTHING, Recalled
from index.figures.ledger import Ledger
from index.language.analysis import fold
from index.language.dictionary import Lexicon
from index.model import Citation, Figure, Language, Reason, Relation
from index.preparation import Candidate
from index.ranking.query import Query

_NEAR = 0.7
"""The part of the best passage's score that another one has that may answer where the seeds are known not to."""


class Asked(NamedTuple):
    """A question as the ranking saw it: ``worth`` of each group of ``query`` among ``documents`` passages.

    ``wish``: what figure it wants of those that ``ledger`` knows, if any. ``recalled``: what it is likely to ask for.
    """

    question: str
    language: Language
    kind: Kind
    query: Query
    worth: Sequence[float]
    documents: int
    wish: Sought | None
    ledger: Ledger
    recalled: Recalled


class Composed(NamedTuple):
    """An answer's parts."""

    judgement: Judgement
    figures: tuple[Figure, ...]
    relations: tuple[Relation, ...]
    citations: tuple[Citation, ...]


class Study(NamedTuple):
    """What was found out about a question before it is judged, and what speaks for answering it.

    ``probe``: the question, as it was held against sentences. ``weights``: by which it was found; ``judged_by``: by
    which it is to be judged.
    """

    probe: Probe
    choices: list[Choice]
    picks: list[Pick]
    words: Words
    grounds: Grounds | None
    weights: Weights
    judged_by: Weights


def study(asked: Asked, candidates: Sequence[tuple[Candidate, float]], lexicon: Lexicon, tuned: Tuned) -> Study:
    """Return what there is to answer a question with, the best first, and what speaks for answering it.

    What is found in sources of which all is known that people ask for is weighed, and judged, by weights of their own.
    """
    weights = tuned.charted if asked.recalled.charted else tuned.general
    probe = Probe(asked.query, asked.worth)
    written = asked.wish.names if asked.wish else names_in(asked.question, asked.ledger)
    names = written | named_by_rarity(asked.query, asked.worth, lexicon)
    reader = Reader(asked.question, asked.language, asked.kind, probe, names, counted_in(asked.question))
    readings = reader.read(candidates)
    if asked.recalled.sentences:
        readings.remember(candidates, asked.recalled.sentences)
    picks = figuring.pick(
        asked.wish, asked.ledger, reader, asked.documents, candidates, readings, asked.recalled, weights
    )
    likely: dict[Place, float] = {}
    for each in picks:
        likely[each.place] = likely.get(each.place, 0.0) + each.likely
    choices = weigh(candidates, readings, likely, weights)
    strange = asked.recalled.strange
    words = weigh_words(asked.question, asked.language, probe, asked.documents, lexicon, asked.wish, strange)
    if not choices or not words.values:
        return Study(probe, choices, picks, words, None, weights, weights)
    best = choices[0].candidate
    recalled = asked.recalled
    if recalled.charted and best.passage.key not in asked.ledger.familiar.charted:
        recalled = recalled.uncharted()
    grounds = grounds_of(
        words,
        asked.language,
        reader,
        choices,
        max(likely.values(), default=0.0),
        lexicon,
        asked.wish,
        stated=asked.ledger.is_read(best.source),
        turned=_is_turned(asked, choices[0]),
        recalled=recalled,
    )
    return Study(probe, choices, picks, words, grounds, weights, tuned.charted if recalled.charted else tuned.general)


def _is_turned(asked: Asked, best: Choice) -> bool:
    """Tell whether a question asks for a part held in one party and its best choice tells of one held in another."""
    held = held_in(asked.question, asked.ledger.parties)
    return held is not None and held_in(best.line.text, asked.ledger.parties) not in {None, held}


def answer(asked: Asked, candidates: Sequence[tuple[Candidate, float]], lexicon: Lexicon, limit: int) -> Composed:
    """Return the judgement, the figures that answer, and the citations: theirs first, then the best.

    What can be computed of two figures that are to be compared answers by itself.
    Each figure's sentence is among the at most ``limit`` citations; where the sources do not answer, there are no
    figures, and of citations the nearest alone. Where none names the time that is asked for, those answer that were
    published then; where none has the words for what was so before, the earlier of several; where the seeds are known
    not to say it, other sources.
    """
    tuned = shipped()
    timing = timing_of(asked.question, asked.language)
    timeless = _without_times(asked)
    found = _judged(asked, candidates, lexicon, tuned)
    probe = found.probe if timeless is asked else Probe(timeless.query, timeless.worth)
    if found.judgement.reason.falls_short:
        earlier = timing.before and dated.has_earlier(found.choices, timing, asked.ledger, probe)
        then = candidates if earlier else dated.said_at(candidates, timing.times)
        again = _judged(timeless, then, lexicon, tuned) if then else found
        found = again if again.judgement.reason is Reason.COVERED else found
    if found.judgement.reason.falls_short and asked.recalled.charted and (others := _uncharted(asked, candidates)):
        again = _judged(asked._replace(recalled=NOTHING), others, lexicon, tuned)
        found = again if again.judgement.reason is Reason.COVERED else found
    judgement, choices, shown, _ = found
    if judgement.reason is not Reason.COVERED:
        nearest = choose(choices)[:1]
        return Composed(judgement, (), (), tuple(_cite(rank, choice) for rank, choice in enumerate(nearest, 1)))
    if timing.before:
        shown = dated.earliest_first(shown, choices, asked.ledger)
    proven = [place for each in shown for place in each.places]
    against = figuring.contested(shown, asked.ledger, candidates)
    first = [*proven, *against] or dated.in_front(choices, timing, asked.ledger, probe)
    cited = choose(choices, list(dict.fromkeys(first)))[:limit]
    older = dated.older(cited, shown, timing, asked.ledger, probe)
    citations = tuple(_cite(rank, each, older=each.place in older) for rank, each in enumerate(cited, start=1))
    places = {choice.place for choice in cited}
    figures = tuple(each.figure for each in shown if places.issuperset(each.places))
    relations = tuple(asked.ledger.relations([figure.id for figure in figures])) if len(figures) > 1 else ()
    return Composed(judgement, figures, relations, citations)


class _Judged(NamedTuple):
    """Whether a question is answered, its sentences, the best first, the figures that answer it, and the question."""

    judgement: Judgement
    choices: list[Choice]
    shown: list[Shown]
    probe: Probe


def _judged(asked: Asked, candidates: Sequence[tuple[Candidate, float]], lexicon: Lexicon, tuned: Tuned) -> _Judged:
    found = study(asked, candidates, lexicon, tuned)
    best = found.choices[0].place if found.choices else None
    behind = figuring.elsewhere(found.picks, found.choices, unlikely=found.weights is tuned.general)
    shown = figuring.answering(found.picks, asked.wish, asked.ledger, candidates, best, behind, found.weights)
    judgement = judge(asked.question, asked.kind, found.words, found.choices, found.grounds, found.judged_by)
    if judgement.reason.falls_short and any(each.figure.formula for each in shown):
        judgement = Judgement(Reason.COVERED)
    return _Judged(judgement, found.choices, shown, found.probe)


def _uncharted(asked: Asked, candidates: Sequence[tuple[Candidate, float]]) -> Sequence[tuple[Candidate, float]]:
    """Return the passages that are ranked near the best one and of which it is not known what they do not say."""
    least = _NEAR * max((score for _, score in candidates), default=0.0)
    charted = asked.ledger.familiar.charted
    near = any(score >= least and candidate.passage.key not in charted for candidate, score in candidates)
    return [found for found in candidates if found[0].passage.key not in charted] if near else []


def _without_times(asked: Asked) -> Asked:
    """Return a question without the words by which it asks for another time, for sources that are of that time."""
    words = words_of_time(asked.question, asked.language)
    if not words:
        return asked
    kept = [place for place, group in enumerate(asked.query) if words.isdisjoint(fold(group.word).split())]
    return asked._replace(
        question=untimed(asked.question, asked.language),
        query=tuple(asked.query[place] for place in kept),
        worth=[asked.worth[place] for place in kept],
    )


def _cite(rank: int, choice: Choice, *, older: bool = False) -> Citation:
    candidate = choice.candidate
    return Citation(
        rank=rank,
        score=choice.score,
        source=candidate.source,
        passage=candidate.passage,
        highlight=choice.highlight,
        older=older,
    )
