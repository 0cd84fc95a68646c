"""A question's whole way to its answer. It takes some milliseconds and waits for the store: run it in a thread."""

import time
from collections.abc import Sequence
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
from index.ranking.formulation import EXACT, PHRASE, formulate
from index.ranking.postings import Hit, Postings
from index.ranking.query import Query

DEPTH = 12
"""Passages that the ranking hands on to the choice of sentences."""


def answer(
    question: str, ranker: Postings, candidates: Candidates, ledger: Ledger, limit: int, started: float
) -> Answer:
    """Return the answer to a question, with at most ``limit`` citations.

    ``started``: when it was asked, by ``time.perf_counter``.
    """
    reading = _read(question, ranker, ledger, max(limit, DEPTH))
    query, read, hits, worth = reading.query, reading.question, reading.hits, reading.worth
    kind = wanting.wanted(read)
    wish = sought(read, reading.language, kind, ledger)
    further = figuring.passages_of(wish, ledger, [hit.identity for hit in hits], DEPTH) if wish else []
    known = candidates.of([*(hit.identity for hit in hits), *further])
    found = [(known[hit.identity], hit.score) for hit in hits if hit.identity in known]
    found += [(known[key], 0.0) for key in further if key in known]
    asked = Asked(read, reading.language, kind, query, worth, len(ranker), wish, ledger)
    judgement, figures, relations, citations = compose.answer(asked, found, shipped(), limit)
    return Answer(
        question=question,
        language=reading.language,
        verdict=Verdict.ANSWERED if judgement.reason is Reason.COVERED else Verdict.UNANSWERED,
        reason=judgement.reason,
        missing=judgement.missing,
        figures=figures,
        relations=relations,
        citations=citations,
        took_ms=(time.perf_counter() - started) * 1000,
    )


def account(answered: Answer, ranker: Postings, candidates: Candidates, ledger: Ledger, key: int) -> list[Share]:
    """Return what the score of a passage is made of. Raises ``KeyError`` where the ranker does not hold it."""
    query = _read(answered.question, ranker, ledger, 0).query
    return explain(query, ranker, key, candidates.of([key])[key].terms)


class _Reading(NamedTuple):
    """A question as it is understood, its misspelt words mended, and what the ranking found for it."""

    question: str
    language: Language
    query: Query
    hits: Sequence[Hit]
    worth: Sequence[float]


def _read(question: str, ranker: Postings, ledger: Ledger, depth: int) -> _Reading:
    lexicon = shipped()
    language = detect(question, lexicon=lexicon)
    query = formulate(question, language, lexicon)
    hits, worth = ranker.search_weighed(query, depth)

    def is_there(word: str) -> bool:
        sought_for = formulate(word, language, lexicon)
        return bool(sought_for) and not _missing(sought_for, ranker.search_weighed(sought_for, 0)[1])

    def is_written(word: str) -> bool:
        sought_for = formulate(word, language, lexicon)
        found = zip(sought_for, ranker.search_weighed(sought_for, 0)[1], strict=True)
        return any(value for group, value in found if group.space == EXACT)

    names = ledger.names.words
    mended = spelling.correct(question, _missing(query, worth), language, lexicon, names, is_there, is_written)
    if mended != question:
        query = formulate(mended, language, lexicon)
        hits, worth = ranker.search_weighed(query, depth)
    return _Reading(mended, language, query, hits, worth)


def _missing(query: Query, worth: Sequence[float]) -> list[str]:
    """Return the words of a query that no passage has in any form."""
    known = {group.word for group, value in zip(query, worth, strict=True) if value}
    return list(dict.fromkeys(group.word for group in query if group.space != PHRASE and group.word not in known))
