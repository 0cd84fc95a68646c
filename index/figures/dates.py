"""The dates of a text."""

from collections.abc import Iterable

from index.figures.grammar.dating import Moment, moments
from index.figures.grammar.pages import Page, pages
from index.figures.mentions import DateMention
from index.model import Language


def dates(text: str, language: Language | None = None) -> list[DateMention]:
    """Return the dates of a text in reading order, none overlapping; takes time linear in its length.

    ``language``: of the whole text; by default it is told line by line. Of the dates in one language, the first
    20,000 are read.
    """
    return [date for page in pages(text, language) for date in on(page, moments(page))]


def on(page: Page, dated: Iterable[Moment]) -> list[DateMention]:
    """Return the dates of a page as they stand in its text; of something that was moved only that to which it was."""
    return [
        DateMention(
            start=page.tokens.starts[moment.first],
            end=page.tokens.ends[moment.last - 1],
            earliest=moment.stretch.earliest,
            latest=moment.stretch.latest,
            bound=moment.bound,
        )
        for moment in dated
        if not moment.left
    ]
