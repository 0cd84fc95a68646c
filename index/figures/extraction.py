"""The figures of an article, read by rule: its quantities and dates, with what they mean."""

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from itertools import islice

from index.figures.dates import dates
from index.figures.deals import Deal, FoundFigure
from index.figures.kinds import Metric
from index.figures.meaning import composing, concerning
from index.figures.meaning.composing import Told
from index.figures.meaning.names import Names
from index.figures.meaning.statements import Statement, statements
from index.figures.meaning.vocabulary import vocabulary
from index.figures.quantities import quantities
from index.model import Language

RULES = 4
"""Raised whenever the same text gives other figures; those that nobody has reviewed are then found anew."""

MOST = 2_000
"""So many figures are read from one article: one that has more is a table, and its beginning has to do."""

MOST_SENTENCES = 20_000
"""So many sentences of one article are read."""

_MOST_BEFORE = 8  # statements that one may point back to


def _go_on() -> None:
    """Do not pause."""


def extract(
    text: str,
    title: str,
    language: Language,
    deals: Sequence[Deal],
    published: str | None = None,
    *,
    markdown: bool = False,
    pause: Callable[[], None] = _go_on,
) -> list[FoundFigure]:
    """Return the figures of an article in the order of its text, as far as its words tell what they mean.

    ``deals``: those that a figure may be about; ``published``: when the article appeared, a partial ISO date.
    ``pause`` is called before each sentence. Takes time linear in the length of the text. Never raises on any text.
    """
    counts, moments = quantities(text, language), dates(text, language)
    count_starts, moment_starts = [each.start for each in counts], [each.start for each in moments]
    names = Names(deals)
    titled = names.in_words(title)
    found: list[FoundFigure] = []
    about: list[concerning.Concerned] = []
    seen: frozenset[str] = frozenset()
    told, previous = Told(), None
    made = islice(statements(text, vocabulary(language), markdown=markdown), MOST_SENTENCES)
    for statement, following in _with_next(made):
        pause()
        if previous is not None and previous.paragraph != statement.paragraph:
            told = Told()
        before = about[-_MOST_BEFORE:]
        concerned = concerning.concern(statement, names, before, titled)
        reading = composing.read(statement, concerned, before, previous, told, published)
        figures = composing.compose(
            reading,
            counts[slice(*_within(statement, count_starts))],
            moments[slice(*_within(statement, moment_starts))],
            seen,
        )
        found += figures
        seen |= {
            figure.text.quote.casefold()
            for figure in figures
            if figure.metric is Metric.DATE and any(each.relative for each in figure.moments)
        }
        told = composing.tell(reading, figures) if following is not None else Told()
        previous = statement
        about.append(concerned)
        if len(found) >= MOST:
            return found[:MOST]
    return found


def _with_next(made: Iterator[Statement]) -> Iterator[tuple[Statement, Statement | None]]:
    """Yield each statement with the one after it, if that points back to it."""
    statement = next(made, None)
    while statement is not None:
        following = next(made, None)
        if following is None or following.paragraph != statement.paragraph or not concerning.is_pointing(following):
            yield statement, None
        else:
            yield statement, following
        statement = following


def _within(statement: Statement, starts: list[int]) -> tuple[int, int]:
    """Return from which to before which of some things stand in a statement."""
    return bisect_left(starts, statement.start), bisect_left(starts, statement.end)
