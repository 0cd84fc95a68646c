"""A file with figures, as a Discord message."""

from discord.ui import Container, File, LayoutView, TextDisplay

from bot.translation import Translator
from bot.views.notice import CALM


class ExportView(LayoutView):
    """A file of a name that is sent along, and what is in it: so many figures."""

    def __init__(self, name: str, figures: int, speaker: Translator) -> None:
        super().__init__(timeout=None)
        told = speaker.plural(
            "{count} figure, with its quote, its source and where it stands there",
            "{count} figures, each with its quote, its source and where it stands there",
            figures,
        )
        self.add_item(Container(TextDisplay(told), accent_colour=CALM))
        self.add_item(File(f"attachment://{name}"))
