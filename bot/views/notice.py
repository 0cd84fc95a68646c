"""A few words in a box: refusals, thanks, what is worth knowing."""

from discord import Colour
from discord.ui import ActionRow, Container, Item, LayoutView, TextDisplay

CALM = Colour(0x5B6EE1)
CAREFUL = Colour(0xE0A030)


class Notice(LayoutView):
    """Ready text, drawn as it is; what comes from sources or people in it must have been escaped."""

    def __init__(self, *texts: str, colour: Colour = CAREFUL, row: tuple[Item[LayoutView], ...] = ()) -> None:
        super().__init__(timeout=None)
        self.add_item(Container(*(TextDisplay(text) for text in texts), accent_colour=colour))
        if row:
            self.add_item(ActionRow(*row))
