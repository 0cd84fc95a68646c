"""What stands before a line: a figure's value, in as many lines as it needs, and what it is, where there is room."""

from typing import NamedTuple

from bot.timeline_picture.content import Row
from bot.timeline_picture.fonts import Fonts
from bot.timeline_picture.shapes import SOFT, Words

TEXT = 13.0
LINE = 19.5

_NEXT = 17.0  # from one line of a label to the next
_MOST_LINES = 3
_GAP = 6.0
_LEAST = 3  # letters of a shortened text that say something


class Label(NamedTuple):
    """The lines of a value and what it is, in letters that the font has."""

    value: tuple[str, ...]
    what: str

    @property
    def height(self) -> float:
        """How much room it takes from one row to the next."""
        return LINE + _NEXT * max(0, len(self.value) - 1)


def label(row: Row, room: float, fonts: Fonts) -> Label:
    """Return a row's label in lines of at most ``room``: a value is told whole, what it is may be shortened."""
    value = wrap(fonts.writable(row.value), room, fonts) if row.value else ()
    left = room - (fonts.width(value[-1], TEXT, bold=True) + _GAP if value else 0)
    for text in (_joined(row.what, row.shared), row.shared if value else row.what):
        writable = fonts.writable(text)
        if writable and fonts.width(writable, TEXT) <= left:
            return Label(value, writable)
    what = fonts.fitted(fonts.writable(row.what), left, TEXT)
    return Label(value, what if len(what) > _LEAST or not value else "")


def whole_width(row: Row, fonts: Fonts) -> float:
    """Return how wide a label is that is not shortened."""
    text = fonts.writable(_joined(row.what, row.shared))
    value = fonts.width(fonts.writable(row.value), TEXT, bold=True) if row.value else 0.0
    return value + (_GAP if value and text else 0) + (fonts.width(text, TEXT) if text else 0.0)


def _joined(*parts: str) -> str:
    return " ".join(part for part in parts if part)


def wrap(text: str, room: float, fonts: Fonts) -> tuple[str, ...]:
    """Return a text in a few lines that break between words; the last one is shortened where that is not enough."""
    lines: list[str] = []
    words = text.split(" ")
    while words and len(lines) < _MOST_LINES - 1:
        taken = 1
        while taken < len(words) and fonts.width(" ".join(words[: taken + 1]), TEXT, bold=True) <= room:
            taken += 1
        if fonts.width(words[0], TEXT, bold=True) > room:
            break
        lines.append(" ".join(words[:taken]))
        words = words[taken:]
    if words:
        lines.append(fonts.fitted(" ".join(words), room, TEXT, bold=True))
    return tuple(line for line in lines if line)


def write(told: Label, x: float, y: float, fonts: Fonts) -> list[Words]:
    """Return a label's words, the first line of it at ``y``."""
    written = []
    end = x
    for place, line in enumerate(told.value):
        words = Words(x, y + place * _NEXT, line, fonts.width(line, TEXT, bold=True), TEXT, bold=True)
        written.append(words)
        end = x + words.width + _GAP
    if told.what:
        y += _NEXT * max(0, len(told.value) - 1)
        written.append(Words(end, y, told.what, fonts.width(told.what, TEXT), TEXT, colour=SOFT))
    return written
