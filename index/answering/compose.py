"""A question and what the ranking found for it, made into an answer or an honest no."""

from collections.abc import Sequence
from typing import NamedTuple

from index.answering.selection import Choice, choose
from index.answering.verdict import Judgement, judge
from index.language.dictionary import Lexicon
from index.model import Citation, Language, Reason
from index.preparation import Candidate
from index.ranking.query import Query


class Asked(NamedTuple):
    """A question as the ranking saw it: ``worth`` of each group of ``query`` among ``documents`` passages."""

    question: str
    language: Language
    query: Query
    worth: Sequence[float]
    documents: int


def answer(
    asked: Asked, candidates: Sequence[tuple[Candidate, float]], lexicon: Lexicon, limit: int
) -> tuple[Judgement, tuple[Citation, ...]]:
    """Return the judgement and the best ``limit`` citations; where the sources do not answer, the nearest alone."""
    choices = choose(asked.question, asked.query, asked.worth, candidates)
    judgement = judge(asked.question, asked.language, asked.query, asked.worth, asked.documents, choices, lexicon)
    shown = choices[: limit if judgement.reason is Reason.COVERED else 1]
    return judgement, tuple(_cite(rank, choice) for rank, choice in enumerate(shown, start=1))


def _cite(rank: int, choice: Choice) -> Citation:
    candidate = choice.candidate
    return Citation(
        rank=rank,
        score=choice.score,
        source=candidate.source,
        passage=candidate.passage,
        highlight=choice.highlight,
    )
