"""The audit log, a page of it, as a Discord message that only who asked sees."""

from collections.abc import Sequence

from discord.ui import ActionRow, Container, LayoutView, TextDisplay

from bot.moderation.history_cards import DeedCard
from bot.translation import Translator
from bot.views.keeping_controls import Care, turning
from bot.views.markdown import fitted
from bot.views.notice import CALM
from bot.views.stamps import clock, person

PAGE = 10
"""Entries on a page."""

_SENTENCE = 300
_TITLE = 140


class HistoryView(LayoutView):
    """A page of what was done, the newest first; ``page`` counts from 0.

    ``name`` and ``title``: of the source to which it was done; empty where everything is shown.
    """

    def __init__(
        self, cards: Sequence[DeedCard], page: int, total: int, speaker: Translator, *, name: str = "", title: str = ""
    ) -> None:
        super().__init__(timeout=None)
        pages = -(-total // PAGE)
        box: Container[LayoutView] = Container(accent_colour=CALM)
        heading = (
            speaker.text("What was done with {title}", title=speaker.quoted(fitted(title, _TITLE)))
            if title
            else speaker.text("What was done here")
        )
        box.add_item(TextDisplay(f"### {heading}"))
        box.add_item(TextDisplay("\n".join(_entry(card, speaker) for card in cards)))
        if pages > 1:
            box.add_item(TextDisplay(f"-# {page + 1}/{pages}"))
        self.add_item(box)
        if row := turning(Care.HISTORY, name, page, pages):
            self.add_item(ActionRow(*row))


def _entry(card: DeedCard, speaker: Translator) -> str:
    return f"{fitted(card.sentence, _SENTENCE)}\n-# {clock(card.at)} · {person(card.by, speaker)}"
