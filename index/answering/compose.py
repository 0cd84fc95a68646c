"""A question and what the ranking found for it, made into an answer or an honest no."""

from collections.abc import Sequence
from typing import NamedTuple

from index.answering import figuring
from index.answering.evidence import Probe
from index.answering.selection import Choice, choose, weigh
from index.answering.sought import Sought
from index.answering.verdict import Judgement, judge
from index.answering.wanting import Kind
from index.figures.ledger import Ledger
from index.language.dictionary import Lexicon
from index.model import Citation, Figure, Language, Reason, Relation
from index.preparation import Candidate
from index.ranking.query import Query


class Asked(NamedTuple):
    """A question as the ranking saw it: ``worth`` of each group of ``query`` among ``documents`` passages.

    ``wish``: what figure it wants of those that ``ledger`` knows, if any.
    """

    question: str
    language: Language
    kind: Kind
    query: Query
    worth: Sequence[float]
    documents: int
    wish: Sought | None
    ledger: Ledger


class Composed(NamedTuple):
    """An answer's parts."""

    judgement: Judgement
    figures: tuple[Figure, ...]
    relations: tuple[Relation, ...]
    citations: tuple[Citation, ...]


def answer(asked: Asked, candidates: Sequence[tuple[Candidate, float]], lexicon: Lexicon, limit: int) -> Composed:
    """Return the judgement, the figures that answer, and the citations: theirs first, then the best.

    Each figure's sentence is among the at most ``limit`` citations; where the sources do not answer, there are no
    figures, and of citations the nearest alone.
    """
    probe = Probe(asked.query, asked.worth)
    weighed = weigh(asked.kind, probe, candidates)
    picks = figuring.pick(asked.wish, asked.ledger, probe, asked.documents, candidates)
    shown = figuring.answering(picks, asked.wish, asked.ledger, candidates)
    proven = [place for each in shown for place in each.places]
    against = figuring.contested(shown, asked.ledger, candidates)
    choices = choose(weighed, list(dict.fromkeys([*proven, *against])))
    judgement = judge(asked.question, asked.language, probe, asked.documents, choices, lexicon, asked.wish)
    if shown and judgement.reason is Reason.NOT_COVERED:
        judgement = Judgement(Reason.COVERED)
    elif judgement.reason is Reason.COVERED and not shown and choices:
        source = choices[0].candidate.source
        if figuring.is_unstated(picks, asked.wish, asked.ledger, source):
            judgement = Judgement(Reason.NOT_COVERED, judgement.missing)
    if judgement.reason is not Reason.COVERED:
        return Composed(
            judgement, (), (), tuple(_cite(rank, choice) for rank, choice in enumerate(choose(weighed)[:1], 1))
        )
    citations = tuple(_cite(rank, choice) for rank, choice in enumerate(choices[:limit], start=1))
    cited = {choice.place for choice in choices[:limit]}
    figures = tuple(each.figure for each in shown if cited.issuperset(each.places))
    relations = tuple(asked.ledger.relations([figure.id for figure in figures])) if len(figures) > 1 else ()
    return Composed(judgement, figures, relations, citations)


def _cite(rank: int, choice: Choice) -> Citation:
    candidate = choice.candidate
    return Citation(
        rank=rank,
        score=choice.score,
        source=candidate.source,
        passage=candidate.passage,
        highlight=choice.highlight,
    )
