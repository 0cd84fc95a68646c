"""The figures of somebody's message held against the sources, as a few Discord messages."""

from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import NamedTuple

from discord.ui import Container, LayoutView, TextDisplay

from bot.deals.cards import CheckCard, CheckedCard
from bot.translation import Translator, translator
from bot.views.figures import figure_lines
from bot.views.markdown import fitted
from bot.views.notice import CALM
from bot.views.proofs import quoted_blocks
from bot.views.sheets import Block, draw, lay
from index.answering.checking import Finding

MOST_MESSAGES = 5
"""Messages that a check may take: the answer and four after it, as Discord allows where the bot is no member."""

_TEXT = 300
_FIGURES = 3  # of the sources that are shown beside one of the message
_SIGNS = {Finding.MATCHES: "✓", Finding.DIFFERS: "≠", Finding.UNKNOWN: "?"}


class CheckView(LayoutView):
    """One of the messages of a check. ``summary`` and ``rest``: ready text above and below."""

    def __init__(self, page: Sequence[Block], summary: str = "", rest: str = "") -> None:
        super().__init__(timeout=None)
        box: Container[LayoutView] = Container(accent_colour=CALM)
        if summary:
            box.add_item(TextDisplay(f"**{summary}**"))
        draw(box, page)
        if rest:
            box.add_item(TextDisplay(f"-# {rest}"))
        self.add_item(box)


class CheckPages(NamedTuple):
    """A check laid on the pages of its messages; ``left``: how many of its figures they have no room for."""

    pages: list[list[Block]]
    left: int


def check_pages(card: CheckCard) -> CheckPages:
    """Lay a check on at most ``MOST_MESSAGES`` pages; a figure for which there is no room is left out whole."""
    speaker = translator(card.language)
    told: set[int] = set()
    entries = [
        [block._replace(section=number) for block in _blocks(checked, card, told, speaker)]
        for number, checked in enumerate(card.checked)
    ]
    laid = lay(block for entry in entries for block in entry)
    room = sum(len(page) for page in laid[:MOST_MESSAGES])
    shown = sum(total <= room for total in accumulate(len(entry) for entry in entries))
    pages = lay(block for entry in entries[:shown] for block in entry)
    return CheckPages(pages, len(entries) - shown)


def check_views(card: CheckCard, laid: CheckPages) -> list[CheckView]:
    """Return the messages that show a check, at least one; what they have no room for is counted in the last."""
    speaker = translator(card.language)
    rest = ""
    if laid.left:
        rest = speaker.plural(
            "{count} more figure is not shown here.", "{count} more figures are not shown here.", laid.left
        )
    summary = fitted(card.summary, _TEXT)
    last = len(laid.pages) - 1
    return [
        CheckView(page, summary if number == 0 else "", rest if number == last else "")
        for number, page in enumerate(laid.pages)
    ]


def _blocks(checked: CheckedCard, card: CheckCard, told: set[int], speaker: Translator) -> Iterator[Block]:
    """Yield a figure of the message, what the sources have, and the quotes that no figure before it had."""
    heading = f"{_SIGNS[checked.finding]} {fitted(checked.text, _TEXT)} · {fitted(checked.verdict, _TEXT)}"
    if not checked.figures:
        yield Block(heading, "")
    for figure in checked.figures[:_FIGURES]:
        yield Block(heading, figure_lines(figure, speaker, metric=True))
        for proof in card.quotes:
            if proof.number in figure.numbers and proof.number not in told:
                told.add(proof.number)
                yield from quoted_blocks(proof, heading, speaker)
