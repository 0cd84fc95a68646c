"""Figures as blocks: the value, the numbers of the quotes that prove it, and what is to be known of it."""

from collections.abc import Iterable, Iterator, Sequence

from bot.deals.figures import FigureCard
from bot.printable import printable
from bot.terminal.blocks import Block, Ink, Paragraph, Span, line
from bot.translation import Translator

_DEEPER = "   "


def figure(card: FigureCard, speaker: Translator, lead: str = "", *, named: bool = False) -> list[Block]:
    """Return a figure and the remarks on it. ``named``: with what it measures, where no heading tells that."""
    told = (*((card.metric,) if named else ()), *card.stated)
    value = [Span(printable(card.value, fold=True), Ink.MARKED), Span(f" {card.reference}", Ink.ASIDE)]
    if card.superseded:
        value[0] = value[0]._replace(ink=Ink.ASIDE)
    if card.formula:
        computed = speaker.text("computed: {formula}", formula=card.formula)
        value.append(Span(f" ({computed})", Ink.TITLE))
    first = Paragraph((*value, *_qualified(told, card.notes)), lead)
    return [first, *remarks(card.remarks, f"{' ' * len(lead)}{_DEEPER}")]


def figures(cards: Iterable[FigureCard], speaker: Translator, lead: str = "", *, named: bool = False) -> list[Block]:
    """Return figures one below the other."""
    return [block for card in cards for block in figure(card, speaker, lead, named=named)]


def claim(words: str, reference: str, stated: Sequence[str], notes: Sequence[str], lead: str) -> Paragraph:
    """Return what a quote says without a number."""
    return Paragraph((Span(words), Span(f" {reference}", Ink.ASIDE), *_qualified(stated, notes)), lead)


def remarks(said: Iterable[str], lead: str) -> Iterator[Block]:
    """Yield remarks, one a line."""
    for remark in said:
        yield line(remark, Ink.WARNING, f"{lead}! ")


def _qualified(stated: Sequence[str], notes: Sequence[str]) -> Iterator[Span]:
    """Yield what is stated, and apart from it, in brackets, what is not."""
    if stated:
        yield Span(f" — {', '.join(stated)}")
    if notes:
        yield Span(f" ({' · '.join(notes)})", Ink.ASIDE)
