"""The quantities and dates of a text in one go."""

from index.figures import dates, quantities
from index.figures.grammar.dating import moments
from index.figures.grammar.pages import pages
from index.figures.mentions import DateMention, Quantity
from index.model import Language


def mentioned(text: str, language: Language | None = None) -> tuple[list[Quantity], list[DateMention]]:
    """Return what ``quantities`` and ``dates`` return, in little more time than either takes."""
    amounts: list[Quantity] = []
    moments_told: list[DateMention] = []
    for page in pages(text, language):
        dated = moments(page)
        amounts += quantities.on(page, dated)
        moments_told += dates.on(page, dated)
    return amounts, moments_told
