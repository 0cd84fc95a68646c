"""A quote among the passages around it, as pages of a message."""

from collections.abc import Sequence

from discord.ui import ActionRow, Container, LayoutView, TextDisplay

from bot.cards import ContextCard, StretchCard
from bot.translation import Translator
from bot.views.answer import bold, credit
from bot.views.controls import Act, others, turning
from bot.views.markdown import escape, fitted, length
from bot.views.notice import CALM
from bot.views.paging import paginate

_ROOM = 3_000  # characters of text on a page
_HEADING = 300


class ContextView(LayoutView):
    """A page of a quote's context. ``numbers``: the answer's quotes, to go from one's context to another's."""

    def __init__(
        self, card: ContextCard, answer_id: str, at: int, page: int, numbers: Sequence[int], speaker: Translator
    ) -> None:
        super().__init__(timeout=None)
        laid = _pages(card)
        page = min(page, len(laid) - 1)
        box: Container[LayoutView] = Container(accent_colour=CALM)
        box.add_item(TextDisplay(f"**{at}** · {credit(card.source, speaker)}"))
        for text in laid[page]:
            box.add_item(TextDisplay(text))
        self.add_item(box)
        row = [*turning(Act.CONTEXT, answer_id, at, page, len(laid)), *others(Act.CONTEXT, answer_id, at, numbers)]
        if row:
            self.add_item(ActionRow(*row))


def _pages(card: ContextCard) -> list[list[str]]:
    """Lay the stretches of a context on pages, headings where they change, the quoted sentence in bold."""
    laid: list[list[str]] = [[]]
    room = _ROOM
    heading = ""
    for stretch in card.stretches:
        head = f"**{fitted(stretch.heading, _HEADING)}**\n" if stretch.heading and stretch.heading != heading else ""
        heading = stretch.heading
        for text in _texts(stretch, head):
            if laid[-1] and length(text) > room:
                laid.append([])
                room = _ROOM
            laid[-1].append(text)
            room -= length(text)
    return laid


def _texts(stretch: StretchCard, head: str) -> list[str]:
    whole = head + escape(stretch.before) + bold(stretch.sentence) + escape(stretch.after)
    if length(whole) <= _ROOM:
        return [whole]
    texts = [head] if head else []
    for part, draw in ((stretch.before, escape), (stretch.sentence, bold), (stretch.after, escape)):
        pieces = paginate([part], _ROOM, _drawn_length) if part.strip() else []
        texts += [draw(piece) for page in pieces for piece in page]
    return texts


def _drawn_length(text: str) -> int:
    return length(bold(text))
