"""A question's whole way to its answer. It takes some milliseconds and waits for the store: run it in a thread."""

import time

from index.answering import compose, figuring, wanting
from index.answering.compose import Asked
from index.answering.sought import sought
from index.candidates import Candidates
from index.figures.ledger import Ledger
from index.language.detection import detect
from index.language.dictionary import shipped
from index.model import Answer, Reason, Verdict
from index.ranking.explanation import Share, explain
from index.ranking.formulation import formulate
from index.ranking.postings import Postings

DEPTH = 12
"""Passages that the ranking hands on to the choice of sentences."""


def answer(
    question: str, ranker: Postings, candidates: Candidates, ledger: Ledger, limit: int, started: float
) -> Answer:
    """Return the answer to a question, with at most ``limit`` citations.

    ``started``: when it was asked, by ``time.perf_counter``.
    """
    lexicon = shipped()
    language = detect(question, lexicon=lexicon)
    query = formulate(question, language, lexicon)
    hits, worth = ranker.search_weighed(query, max(limit, DEPTH))
    kind = wanting.wanted(question)
    wish = sought(question, language, kind, ledger)
    further = figuring.passages_of(wish, ledger, [hit.identity for hit in hits], DEPTH) if wish else []
    known = candidates.of([*(hit.identity for hit in hits), *further])
    found = [(known[hit.identity], hit.score) for hit in hits if hit.identity in known]
    found += [(known[key], 0.0) for key in further if key in known]
    asked = Asked(question, language, kind, query, worth, len(ranker), wish, ledger)
    judgement, figures, citations = compose.answer(asked, found, lexicon, limit)
    return Answer(
        question=question,
        language=language,
        verdict=Verdict.ANSWERED if judgement.reason is Reason.COVERED else Verdict.UNANSWERED,
        reason=judgement.reason,
        missing=judgement.missing,
        figures=figures,
        citations=citations,
        took_ms=(time.perf_counter() - started) * 1000,
    )


def account(answered: Answer, ranker: Postings, candidates: Candidates, key: int) -> list[Share]:
    """Return what the score of a passage is made of. Raises ``KeyError`` where the ranker does not hold it."""
    query = formulate(answered.question, answered.language, shipped())
    return explain(query, ranker, key, candidates.of([key])[key].terms)
