"""The numbered quotes of a deal, a comparison or a timeline, as pages of a message."""

from collections.abc import Sequence

from discord.ui import ActionRow, Container, LayoutView, TextDisplay

from bot.cards import QuoteCard
from bot.deals.cards import ProofCard
from bot.translation import Translator
from bot.views.answer import Drawn, credit, draw, pages
from bot.views.deal_controls import Opening, turning
from bot.views.notice import CALM
from bot.views.sheets import Block

PAGE = 6
"""Quotes on a page, each of which takes at most four of a message's 40 components."""

_ON_A_LINE = 100  # numbers of quotes


class ProofsView(LayoutView):
    """A page of the quotes that prove what a card says. ``title``: what that card is about, ready to be shown.

    ``laid``: what ``proof_pages`` makes of them.
    """

    def __init__(self, title: str, laid: Sequence[Sequence[Drawn]], opening: Opening, speaker: Translator) -> None:
        super().__init__(timeout=None)
        opening = opening._replace(page=min(opening.page, len(laid) - 1))
        box: Container[LayoutView] = Container(accent_colour=CALM)
        box.add_item(TextDisplay(f"### {title}"))
        draw(box, laid[opening.page], speaker)
        if len(laid) > 1:
            box.add_item(TextDisplay(f"-# {opening.page + 1}/{len(laid)}"))
        self.add_item(box)
        if row := list(turning(opening, len(laid))):
            self.add_item(ActionRow(*row))


def proof_pages(quotes: Sequence[ProofCard], speaker: Translator) -> list[list[Drawn]]:
    """Lay quotes on pages."""
    return list(pages([_quote(proof) for proof in quotes], speaker, most=PAGE))


def sources_of(quotes: Sequence[ProofCard], speaker: Translator) -> list[Block]:
    """Return which quotes are from which source, a line for each source or more."""
    numbers: dict[str, list[int]] = {}
    for quote in quotes:
        numbers.setdefault(credit(quote.source, speaker), []).append(quote.number)
    heading = speaker.text("Sources of the quotes")
    return [
        Block(heading, f"-# {' '.join(f'[{number}]' for number in cited[start : start + _ON_A_LINE])} · {told}")
        for told, cited in numbers.items()
        for start in range(0, len(cited), _ON_A_LINE)
    ]


def quoted_blocks(proof: ProofCard, heading: str, speaker: Translator) -> list[Block]:
    """Return a quote with its source, in several parts where no message could hold it whole."""
    return [Block(heading, drawn.text) for page in pages([_quote(proof)], speaker) for drawn in page]


def _quote(proof: ProofCard) -> QuoteCard:
    return QuoteCard(proof.number, "", proof.sentence, "", "", proof.source)
