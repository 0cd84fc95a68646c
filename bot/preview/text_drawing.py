"""A message drawn with characters: boxes of lines, buttons in brackets."""

import shutil
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from rich.cells import cell_len

from bot.preview.markup import Line, Run
from bot.preview.message import Box, Button, Part, Row, Rule, Section, Style, Text
from bot.preview.wrapping import wrap
from bot.terminal.blocks import Block, Ink, Paragraph, Span

_PLAIN_WIDTH = 80
_WIDEST = 100
_NARROWEST = 24
_QUOTE = Span("▎ ", Ink.ASIDE)
_GAP = "  "
_INKS = {
    Style.PRIMARY: Ink.TITLE,
    Style.SECONDARY: Ink.BODY,
    Style.SUCCESS: Ink.GOOD,
    Style.DANGER: Ink.WARNING,
    Style.LINK: Ink.BODY,
}

Spans = tuple[Span, ...]


class Page(NamedTuple):
    """What is drawn on. ``styled``: it has bold letters; where it has none, signs say what is bold."""

    columns: int
    styled: bool


def page(*, styled: bool) -> Page:
    """Return a page as wide as the terminal, within reason; always the same one where there is none."""
    if not styled:
        return Page(_PLAIN_WIDTH, styled)
    return Page(max(min(shutil.get_terminal_size().columns, _WIDEST), _NARROWEST), styled)


def draw(parts: Sequence[Part], sheet: Page) -> Iterator[Block]:
    """Yield a message line by line, none wider than the page."""
    yield Paragraph((Span("Sourcier", Ink.MARKED), Span(" APP", Ink.ASIDE)))
    for part in parts:
        yield from (Paragraph(line) for line in _part(part, sheet))


def _part(part: Part, sheet: Page) -> Iterator[Spans]:
    match part:
        case Box():
            yield from _box(part, sheet)
        case Row():
            yield from _row(part, sheet)
        case Rule():
            yield (Span("─" * sheet.columns if part.drawn else "", Ink.ASIDE),)
        case Section():
            yield from _section(part, sheet)
        case Text():
            yield from _text(part, sheet)


def _box(box: Box, sheet: Page) -> Iterator[Spans]:
    """Draw a frame around parts; its left side is the bar in the box's colour."""
    bar = Ink.ASIDE if box.colour is None else Ink.WARNING if _is_warm(box.colour) else Ink.TITLE
    inner = sheet._replace(columns=sheet.columns - 4)
    across = "─" * (sheet.columns - 2)
    yield Span("┎", bar), Span(f"{across}╮", Ink.ASIDE)
    for part in box.parts:
        if isinstance(part, Rule) and part.drawn:
            yield Span("┠", bar), Span(f"{across}┤", Ink.ASIDE)
            continue
        for line in _part(part, inner):
            yield Span("┃ ", bar), *_filled(line, inner.columns), Span(" │", Ink.ASIDE)
    yield Span("┖", bar), Span(f"{across}╯", Ink.ASIDE)


def _is_warm(colour: int) -> bool:
    """Tell whether a colour has more red than blue."""
    return colour >> 16 > colour & 0xFF


def _row(row: Row, sheet: Page) -> Iterator[Spans]:
    """Draw buttons side by side, in as many lines as they need."""
    line: list[Span] = []
    for button in map(_button, row.buttons):
        if line and _width([*line, button]) + len(_GAP) > sheet.columns:
            yield tuple(line)
            line = []
        line += [Span(_GAP), button] if line else [button]
    yield tuple(line)


def _button(button: Button) -> Span:
    sign = " ↗" if button.style is Style.LINK else ""
    return Span(f"[ {button.label}{sign} ]", Ink.ASIDE if button.disabled else _INKS[button.style])


def _section(section: Section, sheet: Page) -> Iterator[Spans]:
    button = _button(section.button)
    room = sheet.columns - _width([button]) - len(_GAP)
    lines = [line for text in section.texts for line in _text(text, sheet._replace(columns=max(room, 1)))]
    yield *_filled(lines[0], room), Span(_GAP), button
    yield from lines[1:]


def _text(text: Text, sheet: Page) -> Iterator[Spans]:
    for line in text.lines:
        lead = (_QUOTE,) if line.quoted else ()
        for runs in wrap(_marked(line, sheet), sheet.columns - _width(lead), lambda run: cell_len(run.text)):
            yield *lead, *(Span(run.text, _ink(run, line)) for run in runs)


def _marked(line: Line, sheet: Page) -> Sequence[Run]:
    if sheet.styled or line.small:
        return line.runs
    return [run._replace(text=f"**{run.text}**") if run.bold else run for run in line.runs]


def _ink(run: Run, line: Line) -> Ink:
    if line.small:
        return Ink.BODY if run.bold else Ink.ASIDE
    return Ink.MARKED if run.bold else Ink.BODY


def _filled(line: Spans, columns: int) -> Spans:
    return *line, Span(" " * (columns - _width(line)))


def _width(spans: Sequence[Span]) -> int:
    return sum(cell_len(span.text) for span in spans)
