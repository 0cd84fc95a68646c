"""A question's whole way to its answer. It takes some milliseconds and waits for the store: run it in a thread."""

import time
from typing import NamedTuple

from index.answering import compose, figuring, spelling, wanting
from index.answering.compose import Asked
from index.answering.sought import sought
from index.candidates import Candidates
from index.figures.ledger import Ledger
from index.language.detection import detect
from index.language.dictionary import shipped
from index.model import Answer, Language, Reason, Verdict
from index.ranking.explanation import Share, explain
from index.ranking.formulation import PHRASE, formulate
from index.ranking.postings import Postings
from index.ranking.query import Query

DEPTH = 12
"""Passages that the ranking hands on to the choice of sentences."""


def answer(
    question: str, ranker: Postings, candidates: Candidates, ledger: Ledger, limit: int, started: float
) -> Answer:
    """Return the answer to a question, with at most ``limit`` citations.

    ``started``: when it was asked, by ``time.perf_counter``.
    """
    reading = _read(question, ranker, ledger)
    query, read = reading.query, reading.question
    hits, worth = ranker.search_weighed(query, max(limit, DEPTH))
    kind = wanting.wanted(read)
    wish = sought(read, reading.language, kind, ledger)
    further = figuring.passages_of(wish, ledger, [hit.identity for hit in hits], DEPTH) if wish else []
    known = candidates.of([*(hit.identity for hit in hits), *further])
    found = [(known[hit.identity], hit.score) for hit in hits if hit.identity in known]
    found += [(known[key], 0.0) for key in further if key in known]
    asked = Asked(read, reading.language, kind, query, worth, len(ranker), wish, ledger)
    judgement, figures, citations = compose.answer(asked, found, shipped(), limit)
    return Answer(
        question=question,
        language=reading.language,
        verdict=Verdict.ANSWERED if judgement.reason is Reason.COVERED else Verdict.UNANSWERED,
        reason=judgement.reason,
        missing=judgement.missing,
        figures=figures,
        citations=citations,
        took_ms=(time.perf_counter() - started) * 1000,
    )


def account(answered: Answer, ranker: Postings, candidates: Candidates, ledger: Ledger, key: int) -> list[Share]:
    """Return what the score of a passage is made of. Raises ``KeyError`` where the ranker does not hold it."""
    query = _read(answered.question, ranker, ledger).query
    return explain(query, ranker, key, candidates.of([key])[key].terms)


class _Reading(NamedTuple):
    """A question as it is understood: its misspelt words mended."""

    question: str
    language: Language
    query: Query


def _read(question: str, ranker: Postings, ledger: Ledger) -> _Reading:
    lexicon = shipped()
    language = detect(question, lexicon=lexicon)
    query = formulate(question, language, lexicon)

    def is_there(word: str) -> bool:
        sought_for = formulate(word, language, lexicon)
        return bool(sought_for) and not _missing(sought_for, ranker)

    missing = _missing(query, ranker)
    mended = spelling.correct(question, missing, language, lexicon, ledger.names.words, is_there)
    if mended != question:
        return _Reading(mended, language, formulate(mended, language, lexicon))
    return _Reading(question, language, query)


def _missing(query: Query, ranker: Postings) -> list[str]:
    """Return the words of a query that no passage has in any form."""
    _, worth = ranker.search_weighed(query, 0)
    known = {group.word for group, value in zip(query, worth, strict=True) if value}
    return list(dict.fromkeys(group.word for group in query if group.space != PHRASE and group.word not in known))
