"""Many short texts under headings, laid on pages of a message: a text is never cut, its heading comes with it."""

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import NamedTuple

from discord.ui import Container, LayoutView, Separator, TextDisplay

from bot.views.markdown import length

ROOM = 3_400
"""Characters of text on a page; with a title of its own, a message stays below Discord's 4,000."""

_MOST_SECTIONS = 14  # on a page: each is a text and a line below it, of the 40 components of a message


class Block(NamedTuple):
    """A text and the heading of its section, both ready to be shown; one of them may be empty.

    ``section`` keeps two sections apart that have the same heading.
    """

    heading: str
    text: str
    section: int = 0

    @property
    def place(self) -> tuple[str, int]:
        """Return what is the same for all texts of a section."""
        return self.heading, self.section


def lay(blocks: Iterable[Block], room: int = ROOM) -> list[list[Block]]:
    """Lay texts on pages, in order, at least one page; each has at most ``room`` unless a text alone is longer."""
    pages: list[list[Block]] = [[]]
    left, sections = room, 0
    for block in blocks:
        page = pages[-1]
        opens = not page or page[-1].place != block.place
        if page and (length(_drawn(block, opens=opens)) > left or (opens and sections == _MOST_SECTIONS)):
            page, left, sections, opens = [], room, 0, True
            pages.append(page)
        page.append(block)
        left -= length(_drawn(block, opens=opens))
        sections += opens
    return pages


def draw(box: Container[LayoutView], page: Sequence[Block]) -> None:
    """Add a page to a box, a line between its sections."""
    for (heading, _), section in groupby(page, key=lambda block: block.place):
        if box.children:
            box.add_item(Separator())
        lines = [f"**{heading}**"] if heading else []
        box.add_item(TextDisplay("\n".join([*lines, *(block.text for block in section if block.text)])))


def draw_page(box: Container[LayoutView], laid: Sequence[Sequence[Block]], page: int) -> None:
    """Add one page of several to a box, and which one it is."""
    draw(box, laid[page])
    if len(laid) > 1:
        box.add_item(TextDisplay(f"-# {page + 1}/{len(laid)}"))


def _drawn(block: Block, *, opens: bool) -> str:
    return f"**{block.heading}**\n{block.text}\n" if opens and block.heading else f"{block.text}\n"
