"""Which words of a sentence are about one of several figures in it."""

import re
from collections.abc import Sequence

from index.answering.evidence import terms_of
from index.answering.remembered import remembered
from index.model import Figure, Language

_BREAK = re.compile(r"[,;:()\u2013\u2014]| (?:mais|but|puis|then|et|and|contre|against) ")

Stretch = tuple[int, int]
"""Where something starts and ends in a text."""


def words_near(figure: Figure, language: Language) -> frozenset[int]:
    """Return the terms of the words around a figure's number, up to the next break, and of what it is about."""
    return _with_subject(figure, _around(figure.quote.quote, *within(figure)), figure.subject, language)


def words_of_clause(
    figure: Figure, others: Sequence[Figure], language: Language
) -> tuple[frozenset[int], frozenset[int]]:
    """Return the terms of what a sentence says of a figure and not of the ``others`` in it: all, and before its number.

    That begins after the first break that follows the number before it: whom something is of is said before how much
    it is, and may be described in between. What all of them are about counts for none.
    """
    first, last = within(figure)
    start = figure.quote.start
    ends = (each.text.end - start for each in others)
    before = max((end for end in ends if end <= first), default=0)
    opening, ending = _clause(figure.quote.quote, max(before, 0), first, last)
    subject = "" if all(each.subject == figure.subject for each in others) else figure.subject
    return _with_subject(figure, opening + ending, subject, language), terms_of((opening,), language)


def within(figure: Figure) -> Stretch:
    """Return where a figure's number starts and ends in its quote."""
    return figure.text.start - figure.quote.start, figure.text.end - figure.quote.start


def _with_subject(figure: Figure, words: str, subject: str, language: Language) -> frozenset[int]:
    return terms_of((words, subject, figure.counted or "", figure.each or ""), language)


def _around(quote: str, start: int, end: int) -> str:
    """Return what stands around a stretch of a quote, up to the next break on either side."""
    return "".join(_sides(quote, start, end))


@remembered(1 << 12)
def _sides(quote: str, start: int, end: int) -> tuple[str, str]:
    """Return what stands before a stretch of a quote, and the stretch with what follows, up to the next breaks."""
    first = max((match.end() for match in _BREAK.finditer(quote, 0, start)), default=0)
    return quote[first:start], _ending(quote, start, end)


@remembered(1 << 12)
def _clause(quote: str, before: int, start: int, end: int) -> tuple[str, str]:
    """Return the same since the first break after the place ``before``."""
    opening = _BREAK.search(quote, before, start) if before else None
    if before and opening is None:
        return _sides(quote, start, end)
    return quote[opening.end() if opening else 0 : start], _ending(quote, start, end)


def _ending(quote: str, start: int, end: int) -> str:
    after = _BREAK.search(quote, end)
    return quote[start : after.start() if after else len(quote)]
