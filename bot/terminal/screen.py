"""Where blocks are shown: a terminal, in colour and wrapped to its width, or anything else, as plain text."""

import os
import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING, Literal, TextIO

from bot.terminal.blocks import Block, Ink, Paragraph, Table, plain

if TYPE_CHECKING:
    from rich.console import Console, RenderableType

_WIDEST = 100  # columns of text that are still comfortable to read
_NARROWEST = 10

# Rich breaks lines at any white space; no-break spaces are exchanged for noncharacters while it does.
_GLUED = {0x00A0: 0xFDD0, 0x202F: 0xFDD1}
_UNGLUED = {glue: space for space, glue in _GLUED.items()}
_STYLES = {
    Ink.BODY: "",
    Ink.MARKED: "bold",
    Ink.TITLE: "cyan",
    Ink.ASIDE: "dim",
    Ink.GOOD: "green",
    Ink.WARNING: "yellow",
}


class Screen:
    """A place to show blocks. ``styled``: whether it is a terminal that has colours or bold letters.

    Text is never read as markup. Raises ``BrokenPipeError`` where the reader has gone.
    """

    def __init__(self, stdout: TextIO, *, styled: bool | None = None) -> None:
        self.stdout = stdout
        self.styled = stdout.isatty() and os.environ.get("TERM") != "dumb" if styled is None else styled

    def show(self, blocks: Iterable[Block]) -> None:
        """Show blocks at once. What the stream's encoding does not have becomes a question mark."""
        text = _styled(blocks, self.stdout) if self.styled else plain(blocks)
        encoding = self.stdout.encoding or "utf-8"
        self.stdout.write(text.encode(encoding, "replace").decode(encoding))
        self.stdout.flush()


def hang_up(stdout: TextIO) -> None:
    """Send what is still to be written to nowhere: once the reader has gone, nothing complains at exit."""
    try:
        descriptor = stdout.fileno()
    except OSError:
        return
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, descriptor)
    os.close(nowhere)


def _styled(blocks: Iterable[Block], stdout: TextIO) -> str:
    from rich.console import Console

    console = Console(file=stdout, force_terminal=True, highlight=False, markup=False, emoji=False)
    with console.capture() as captured:
        for block in blocks:
            for part in _table(block) if isinstance(block, Table) else _paragraph(block, console):
                console.print(part, soft_wrap=isinstance(block, Paragraph))
    return captured.get()


def _paragraph(paragraph: Paragraph, console: "Console") -> Iterable["RenderableType"]:
    from rich.text import Text

    text = Text.assemble(*((span.text, _STYLES[span.ink]) for span in paragraph.spans))
    text.plain = text.plain.translate(_GLUED)
    lead = Text(paragraph.lead, _STYLES[Ink.ASIDE])
    width = min(console.width, _WIDEST) - lead.cell_len
    for wrapped in text.wrap(console, max(width, _NARROWEST)):
        wrapped.rstrip()
        wrapped.plain = wrapped.plain.translate(_UNGLUED)
        yield Text.assemble(lead, wrapped)
        lead = Text(" " * lead.cell_len)


def _table(table: Table) -> Iterable["RenderableType"]:
    from rich.table import Table as Grid
    from rich.text import Text

    grid = Grid(box=None, show_header=bool(table.head), padding=(0, 2, 0, 0), header_style=_STYLES[Ink.ASIDE])
    for place, name in enumerate(table.head or [""] * len(table.rows[0])):
        justify: Literal["left", "right"] = "right" if place in table.numeric else "left"
        grid.add_column(Text(name), justify=justify, no_wrap=place == 0, overflow="fold")
    for row in table.rows:
        grid.add_row(*(Text(cell) for cell in row))
    yield grid


def to_stdout(blocks: Iterable[Block]) -> None:
    """Show blocks on the process's standard output."""
    Screen(sys.stdout).show(blocks)
