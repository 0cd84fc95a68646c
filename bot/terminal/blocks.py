"""What can stand on a terminal: paragraphs and tables, whose texts say what they are, not how they look."""

from collections.abc import Iterable, Sequence
from enum import Enum, auto
from typing import NamedTuple


class Ink(Enum):
    """What a piece of text is."""

    BODY = auto()
    MARKED = auto()
    TITLE = auto()
    ASIDE = auto()
    GOOD = auto()
    WARNING = auto()


class Span(NamedTuple):
    """A piece of text. ``marks`` stand around it where there is no bold face."""

    text: str
    ink: Ink = Ink.BODY
    marks: tuple[str, str] = ("", "")


class Paragraph(NamedTuple):
    """Text in one or more lines. The first begins with ``lead``, the others with as many spaces."""

    spans: tuple[Span, ...]
    lead: str = ""


class Table(NamedTuple):
    """Rows of texts under their names (none: no head). ``numeric``: which columns are numbers."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numeric: frozenset[int] = frozenset()


Block = Paragraph | Table
BLANK = Paragraph(())

_GAP = "  "


def line(text: str, ink: Ink = Ink.BODY, lead: str = "") -> Paragraph:
    """Return a paragraph of one span."""
    return Paragraph((Span(text, ink),), lead)


def plain(blocks: Iterable[Block]) -> str:
    """Return blocks as text without any styling, the same everywhere, nothing wrapped."""
    lines: list[str] = []
    for block in blocks:
        lines += _table(block) if isinstance(block, Table) else _paragraph(block)
    return "".join(f"{text.rstrip()}\n" for text in lines)


def _paragraph(paragraph: Paragraph) -> list[str]:
    text = "".join(f"{span.marks[0]}{span.text}{span.marks[1]}" for span in paragraph.spans)
    first, *others = text.split("\n")
    return [paragraph.lead + first, *(" " * len(paragraph.lead) + other for other in others)]


def _table(table: Table) -> list[str]:
    rows: list[Sequence[str]] = [*([table.head] if table.head else []), *table.rows]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return [
        _GAP.join(
            cell.rjust(width) if place in table.numeric else cell.ljust(width)
            for place, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        for row in rows
    ]
