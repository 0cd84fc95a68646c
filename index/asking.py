"""A question's whole way to its answer. It takes some milliseconds and waits for the store: run it in a thread."""

import time
from collections.abc import Sequence
from typing import NamedTuple

from index.answering import compose, figuring, following, spelling, wanting
from index.answering.compose import Asked
from index.answering.evidence import missing_words
from index.answering.kinds import Kind
from index.answering.renaming import renamed
from index.answering.scale import told_terms
from index.answering.sought import sought
from index.candidates import Candidates
from index.figures.ledger import Ledger
from index.language.colloquial import spelled_out
from index.language.detection import detect
from index.language.dictionary import Lexicon
from index.model import Answer, Language, Reason, Verdict
from index.preparation import Candidate
from index.ranking.explanation import Share, explain
from index.ranking.formulation import PREFIX, formulate
from index.ranking.postings import Hit, Postings
from index.ranking.query import Query
from index.ranking.terms import exact_key

DEPTH = 12
"""Passages that the ranking hands on to the choice of sentences, at most."""
_NEAR = 0.4
"""The part of the best passage's score that the others of these have, beyond those that may be shown."""
_RECALLED = 3
"""Passages that known questions add to them at most."""

_BARE = Lexicon(())  # a word that is sought with it is sought as nothing else


def answer(
    question: str,
    ranker: Postings,
    candidates: Candidates,
    ledger: Ledger,
    lexicon: Lexicon,
    limit: int,
    started: float,
    after: str | None = None,
) -> Answer:
    """Return the answer to a question, with at most ``limit`` citations.

    ``started``: when it was asked, by ``time.perf_counter``; ``after``: the question that it may follow.
    """
    whole = following.completed(question, after, ledger.single_names) if after else question
    asked, found = prepare(whole, ranker, candidates, ledger, lexicon, limit)
    judgement, figures, relations, citations = compose.answer(asked, found, lexicon, limit)
    return Answer(
        question=question,
        understood=whole if whole != question else None,
        language=asked.language if whole == question else detect(question, asked.language, lexicon),
        verdict=Verdict.ANSWERED if judgement.reason is Reason.COVERED else Verdict.UNANSWERED,
        reason=judgement.reason,
        missing=judgement.missing,
        figures=figures,
        relations=relations,
        citations=citations,
        took_ms=(time.perf_counter() - started) * 1000,
    )


def prepare(
    question: str, ranker: Postings, candidates: Candidates, ledger: Ledger, lexicon: Lexicon, limit: int
) -> tuple[Asked, list[tuple[Candidate, float]]]:
    """Return a question as it is understood, and the passages to answer it from with the ranking's scores."""
    reading = _read(question, ranker, ledger, lexicon, max(limit, DEPTH))
    kind = wanting.wanted(reading.question)
    least = _NEAR * max((hit.score for hit in reading.hits), default=0.0)
    hits = [hit for place, hit in enumerate(reading.hits) if place < limit or hit.score >= least]
    lost = missing_words(reading.query, reading.worth)
    recalled = ledger.familiar.recall(reading.query, kind, {hit.identity: hit.score for hit in hits}, lost)
    wish = sought(reading.question, reading.language, kind, ledger)
    if wish is None and recalled.asks_figure:
        wish = sought(reading.question, reading.language, Kind.QUANTITY, ledger)  # though its words do not say so
    further = figuring.passages_of(wish, ledger, [hit.identity for hit in hits], DEPTH) if wish else []
    further += [key for key in recalled.passages(_RECALLED) if key not in further and key in ranker]
    known = candidates.of([*(hit.identity for hit in hits), *further])
    found = [(known[hit.identity], hit.score) for hit in hits if hit.identity in known]
    taken = {hit.identity for hit in hits}
    found += [(known[key], 0.0) for key in further if key in known and key not in taken]
    asked = Asked(
        reading.question, reading.language, kind, reading.held, reading.worth, len(ranker), wish, ledger, recalled
    )
    return asked, found


def account(
    answered: Answer, ranker: Postings, candidates: Candidates, ledger: Ledger, lexicon: Lexicon, key: int
) -> list[Share]:
    """Return what the score of a passage is made of. Raises ``KeyError`` where the ranker does not hold it."""
    query = _read(answered.whole_question, ranker, ledger, lexicon, 0).query
    return explain(query, ranker, key, candidates.of([key])[key].terms)


class _Reading(NamedTuple):
    """A question as it is understood, its misspelt words mended, and what the ranking found for it.

    ``held``: the query without what no source has.
    """

    question: str
    language: Language
    query: Query
    held: Query
    hits: Sequence[Hit]
    worth: Sequence[float]


def _read(question: str, ranker: Postings, ledger: Ledger, lexicon: Lexicon, depth: int) -> _Reading:
    language = detect(question, lexicon=lexicon)

    def stands(word: str) -> bool:
        sought_for = formulate(word, language, _BARE)
        return bool(sought_for) and not missing_words(sought_for, ranker.search_weighed(sought_for, 0)[1])

    question = renamed(spelled_out(question, language), language, lexicon, stands)
    query = formulate(question, language, lexicon)
    held = ranker.held(query, told_terms())
    hits, worth = ranker.search_weighed(held, depth)

    def is_there(word: str) -> bool:
        sought_for = formulate(word, language, lexicon)
        return bool(sought_for) and not missing_words(sought_for, ranker.search_weighed(sought_for, 0)[1])

    def frequencies(words: Sequence[str]) -> list[int]:
        return ranker.frequencies([exact_key(word) for word in words])

    names = ledger.names.words
    lost, unlike = missing_words(query, worth), missing_words(query, worth, PREFIX)
    mended = spelling.correct(question, lost, unlike, language, lexicon, names, is_there, frequencies)
    if mended != question:
        query = formulate(mended, language, lexicon)
        held = ranker.held(query, told_terms())
        hits, worth = ranker.search_weighed(held, depth)
    return _Reading(mended, language, query, held, hits, worth)
