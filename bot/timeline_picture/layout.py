"""Where everything stands in a timeline's picture: values on the left, their times on an axis on the right.

Each figure has a row of its own, so that no text can meet another; its date stands where the row is free. All sizes are
in points; Discord shows a picture of this width point for point.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from bot.timeline_picture.content import Content, Group, Row, thin
from bot.timeline_picture.fonts import Fonts
from bot.timeline_picture.keys import explained
from bot.timeline_picture.labels import LINE, TEXT, label, whole_width, write
from bot.timeline_picture.scale import BREAK, Scale, labelled, make_scale
from bot.timeline_picture.shapes import BAND, EDGE, PANEL, RULE, SOFT, Panel, Picture, Shape, Stroke, Words
from bot.timeline_picture.signs import SIGN, connect, point_to
from bot.translation import Translator
from index.figures.chronology import Sort

WIDTH = 550.0
MOST_HEIGHT = 1200.0

_TITLE = 17.0
_MARGIN = 18.0
_NAME_LINE = 27.0
_YEARS = 24.0
_GAP = 10.0
_NARROWEST, _WIDEST = 140.0, 262.0  # of the column of labels
_ARROW = 14.0  # room at the right end for what goes on
_REPEATED = 16  # rows from which on the years stand below them too


class Columns(NamedTuple):
    """How wide a label may be, where the axis begins, and what is on it."""

    room: float
    left: float
    scale: Scale


def lay_out(content: Content, fonts: Fonts, speaker: Translator) -> Picture:
    """Return the picture of a content, with as much of it as the greatest height holds."""
    rows = [row for group in content.groups for row in group.rows]
    columns = _columns(rows, fonts) if rows else None
    if columns is not None:
        _, keys_end = explained(content.groups, 0, _MARGIN, WIDTH - _MARGIN, fonts, speaker)
        notes = LINE * (len(_notes(content, speaker)) + 1)
        room = MOST_HEIGHT - 2 * _MARGIN - _TITLE - 2 * _YEARS - 3 * _GAP - keys_end - notes
        content = thin(content, room, lambda row: label(row, columns.room, fonts).height, _NAME_LINE)
    y = _MARGIN + _TITLE
    shapes: list[Shape] = [
        _write(content.title, _MARGIN, y - 2, WIDTH - 2 * _MARGIN, fonts, size=_TITLE, bold=True),
    ]
    y += _GAP
    if columns is not None:
        chart, y = _chart(content.groups, columns, y, fonts)
        keys, y = explained(content.groups, y + _GAP, _MARGIN, WIDTH - _MARGIN, fonts, speaker)
        shapes += [*chart, *keys]
    for note in _notes(content, speaker):
        y += LINE
        shapes.append(_write(note, _MARGIN, y - 6, WIDTH - 2 * _MARGIN, fonts, colour=SOFT))
    height = round(y + _MARGIN - 4)
    ground = Panel(0.75, 0.75, WIDTH - 1.5, height - 1.5, 12, PANEL, EDGE)
    return Picture(WIDTH, height, (ground, *shapes))


def _notes(content: Content, speaker: Translator) -> list[str]:
    """Return the sentences below: what is not to be seen, and how much of it there is."""
    notes = []
    if not content.groups:
        notes.append(speaker.text("No figure here has a date."))
    if content.left_out:
        notes.append(
            speaker.plural(
                "{count} more figure is not in the picture.",
                "{count} more figures are not in the picture.",
                content.left_out,
            )
        )
    if content.undated:
        notes.append(
            speaker.plural(
                "{count} figure is from a source without a date.",
                "{count} figures are from sources without a date.",
                content.undated,
            )
        )
    return notes


def _columns(rows: Sequence[Row], fonts: Fonts) -> Columns:
    room = min(max(_NARROWEST, *(whole_width(row, fonts) for row in rows)), _WIDEST)
    left = _MARGIN + room + _GAP
    right = WIDTH - _MARGIN - _ARROW
    return Columns(room, left, make_scale([(m.start, m.end) for row in rows for m in row.marks], left, right))


def _chart(groups: Sequence[Group], columns: Columns, top: float, fonts: Fonts) -> tuple[list[Shape], float]:
    """Return the axis and all rows from ``top`` on, and where they end."""
    lines: list[Shape] = []
    y = top + _YEARS + 2
    for group in groups:
        if len(groups) > 1:
            y += _NAME_LINE
            lines.append(_write(group.name, _MARGIN, y - 7, WIDTH - 2 * _MARGIN, fonts, bold=True))
        for row in group.rows:
            told = label(row, columns.room, fonts)
            lines += write(told, _MARGIN, y + LINE - 6, fonts)
            lines += _times(row, y + LINE / 2, columns, fonts)
            y += told.height
    y += _GAP / 2
    repeated = sum(len(group.rows) for group in groups) >= _REPEATED
    ground = _ground(columns, top, y, fonts, repeated=repeated)
    return [*ground, *lines], y + (_YEARS if repeated else 0)


def _times(row: Row, y: float, columns: Columns, fonts: Fonts) -> Iterator[Shape]:
    """Yield the signs of a row, the line between them and its date."""
    signs = [point_to(mark, y, columns.scale, WIDTH - _MARGIN, tentative=row.tentative) for mark in row.marks]
    spans = sorted((sign.left, sign.right) for sign in signs)
    words = _date(row, [(sign.left, sign.right) for sign in signs], y + 4.5, columns.left, fonts)
    taken = [*spans, (words.x - 3, words.x + words.width + 3)] if words is not None else spans
    yield from connect(taken, spans, y, tentative=row.tentative)
    for sign in signs:
        yield from sign.shapes
    if words is not None:
        yield words


def _date(row: Row, spans: Sequence[tuple[float, float]], y: float, left: float, fonts: Fonts) -> Words | None:
    """Return a date beside the sign that it belongs to: when a figure holds, else when it was said.

    None where there is no room.
    """
    right = WIDTH - _MARGIN
    in_order = sorted(zip(row.marks, spans, strict=True), key=lambda pair: (pair[0].sort is Sort.SAID, -pair[0].start))
    for mark, (start, end) in in_order:
        for text in (fonts.writable(words) for words in (mark.words, mark.shorter) if words):
            width = fonts.width(text, TEXT)
            for x in (end + SIGN, start - SIGN - width):
                free = all(x + width + SIGN <= other or x - SIGN >= after for other, after in spans)
                if left <= x and x + width <= right and free:
                    return Words(x, y, text, width, TEXT, colour=SOFT)
    return None


def _ground(columns: Columns, top: float, bottom: float, fonts: Fonts, *, repeated: bool) -> Iterator[Shape]:
    """Yield what lies behind the rows: a band for every other year, cuts between runs, and the years' names."""
    scale, first = columns.scale, top + _YEARS
    for run in scale.runs:
        for year in range(run.first + run.first % 2, run.last + 1, 2) if scale.of_year >= SIGN else ():
            left = scale.place(year)
            yield Panel(left, first, scale.of_year, bottom - first, 0, BAND)
    for line in (first, bottom):
        yield from (Stroke(run.left, line, run.right, line, RULE) for run in scale.runs)
        for before, after in pairwise(scale.runs):
            middle = (before.right + after.left) / 2
            yield Stroke(middle - 4.5, line + 5, middle - 0.5, line - 5, SOFT)
            yield Stroke(middle + 0.5, line + 5, middle + 4.5, line - 5, SOFT)
    for name in _years(columns, first - 7, fonts):
        yield name
        if repeated:
            yield name._replace(y=bottom + _YEARS - 8)


def _years(columns: Columns, y: float, fonts: Fonts) -> Iterator[Words]:
    """Yield the names of years, as many as there is room for."""
    end = 0.0
    for year in labelled(columns.scale, fonts.width("2000", TEXT) + _GAP):
        text = str(year)
        width = fonts.width(text, TEXT)
        middle = (columns.scale.place(year) + columns.scale.place(year + 1)) / 2
        x = min(max(middle - width / 2, columns.left - BREAK), WIDTH - _MARGIN - width)
        if x >= end:
            end = x + width + 4
            yield Words(x, y, text, width, TEXT, colour=SOFT)


def _write(
    text: str,
    x: float,
    y: float,
    room: float,
    fonts: Fonts,
    *,
    size: float = TEXT,
    bold: bool = False,
    colour: str = "",
) -> Words:
    """Return a line of text that takes at most ``room``, in letters that the font has."""
    fitted = fonts.fitted(fonts.writable(text), room, size, bold=bold)
    words = Words(x, y, fitted, fonts.width(fitted, size, bold=bold), size, bold)
    return words._replace(colour=colour) if colour else words
