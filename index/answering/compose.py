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
from index.model import Citation, Figure, Language, Reason
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
    citations: tuple[Citation, ...]


def answer(asked: Asked, candidates: Sequence[tuple[Candidate, float]], lexicon: Lexicon, limit: int) -> Composed:
    """Return the judgement, the figures that answer, and the citations: theirs first, then the best.

    Each figure's sentence is among the at most ``limit`` citations; where the sources do not answer, there are no
    figures, and of citations the nearest alone.
    """
    probe = Probe(asked.query, asked.worth)
    weighed = weigh(asked.kind, probe, candidates)
    found = figuring.pick(asked.wish, asked.ledger, probe, asked.documents, candidates)
    held = figuring.held_against(found, asked.wish)
    compared = figuring.compared(held)
    picks = held if compared else figuring.answering(found, asked.ledger)
    choices = choose(weighed, [pick.place for pick in picks])
    judgement = judge(asked.question, asked.language, asked.query, asked.worth, asked.documents, choices, lexicon)
    if picks and judgement.reason is Reason.NOT_COVERED:
        judgement = Judgement(Reason.COVERED)
    if judgement.reason is not Reason.COVERED:
        return Composed(judgement, (), tuple(_cite(rank, choice) for rank, choice in enumerate(choose(weighed)[:1], 1)))
    citations = tuple(_cite(rank, choice) for rank, choice in enumerate(choices[:limit], start=1))
    cited = {choice.place for choice in choices[:limit]}
    figures = [pick.figure for pick in picks if pick.place in cited]
    figures += [figure for figure in compared if all(operand in figures for operand in figure.operands)]
    return Composed(judgement, tuple(figures), citations)


def _cite(rank: int, choice: Choice) -> Citation:
    candidate = choice.candidate
    return Citation(
        rank=rank,
        score=choice.score,
        source=candidate.source,
        passage=candidate.passage,
        highlight=choice.highlight,
    )
