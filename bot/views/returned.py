"""A text that was sent in and could not be kept, given back as a file."""

from discord.ui import Container, File, LayoutView, TextDisplay

from bot.translation import Translator
from bot.views.notice import CALM

NAME = "text.txt"


class ReturnedView(LayoutView):
    """What is said beside the file, which is sent along."""

    def __init__(self, speaker: Translator) -> None:
        super().__init__(timeout=None)
        said = speaker.text("Your text is not lost: here it is again.")
        self.add_item(Container(TextDisplay(said), accent_colour=CALM))
        self.add_item(File(f"attachment://{NAME}"))
