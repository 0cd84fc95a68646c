"""What somebody is told in private who asked for a source: their question, and what became of it."""

from discord.ui import ActionRow, Button, Container, LayoutView, TextDisplay

from bot.translation import Translator
from bot.views.markdown import fitted
from bot.views.notice import CALM

_QUESTION = 600
_TITLE = 200


class GapNewsView(LayoutView):
    """A question that somebody wanted answered, and the ``title`` of the source that does; empty: it was closed.

    ``server`` is the name of the server in which it was asked, ``address`` leads there.
    """

    def __init__(self, question: str, title: str, server: str, address: str, speaker: Translator) -> None:
        super().__init__(timeout=None)
        name = fitted(server, _TITLE)
        if title:
            said = speaker.text(
                "The moderators of {server} have a source for it now: {title}. Ask again there.",
                server=name,
                title=speaker.quoted(fitted(title, _TITLE)),
            )
        else:
            said = speaker.text("The moderators of {server} have closed it without a new source.", server=name)
        why = speaker.text("I tell you once, as you asked for a source on this.")
        asked = speaker.text("You asked: {question}", question=speaker.quoted(fitted(question, _QUESTION)))
        self.add_item(Container(TextDisplay(f"**{asked}**"), TextDisplay(f"{said}\n-# {why}"), accent_colour=CALM))
        self.add_item(ActionRow(Button(label=speaker.text("Go to the server"), url=address)))
