"""The dates of a text."""

from index.figures.grammar.dating import moments
from index.figures.grammar.pages import pages
from index.figures.mentions import DateMention
from index.model import Language


def dates(text: str, language: Language | None = None) -> list[DateMention]:
    """Return the dates of a text in reading order, none overlapping; takes time linear in its length.

    ``language``: of the whole text; by default it is told line by line.
    """
    return [
        DateMention(
            start=page.tokens.starts[moment.first],
            end=page.tokens.ends[moment.last - 1],
            earliest=moment.stretch.earliest,
            latest=moment.stretch.latest,
            bound=moment.bound,
        )
        for page in pages(text, language)
        for moment in moments(page)
    ]
