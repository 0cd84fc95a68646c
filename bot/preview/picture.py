"""A message laid out as Discord shows it in its dark theme: shapes and where they stand, in pixels from the top left.

Sizes and colours follow Discord's desktop client. Each function that lays out a part returns where the part ends.
"""

from collections.abc import Sequence
from itertools import groupby
from typing import Literal, NamedTuple

from bot.preview.glyphs import width
from bot.preview.markup import Line, Run
from bot.preview.message import Box, Button, Part, Row, Rule, Section, Style, Text
from bot.preview.wrapping import wrap

NAME = "Sourcier"
TAG = "APP"

_WIDTH = 720.0
_MARGIN = 20.0
_AVATAR = 40.0
_LEFT = _MARGIN + _AVATAR + 16
_GAP = 8.0  # between parts
_PADDING = 16.0  # inside a box and a button
_RADIUS = 8.0
_BAR = 4.0
_QUOTE_INDENT = 16.0
_AFTER_QUOTE = 4.0
_BUTTON_HEIGHT = 32.0
_ICON = 11.0

_GROUND, _EDGE = "#313338", "#3f4147"
_BOX, _BOX_EDGE = "#2b2d31", "#3b3d44"
_QUOTE, _RULE = "#4e5058", "#3f4147"
_BODY, _SMALL, _BRIGHT = "#dbdee1", "#949ba4", "#f2f3f5"
_BRAND, _FACE = "#5865f2", "#5b6ee1"
_FILLS = {
    Style.PRIMARY: _BRAND,
    Style.SECONDARY: "#4e5058",
    Style.SUCCESS: "#248046",
    Style.DANGER: "#da373c",
    Style.LINK: "#4e5058",
}


class Face(NamedTuple):
    """Letters of a size and a colour, in lines of a height."""

    size: float
    height: float
    ink: str


class Panel(NamedTuple):
    """A rectangle with round corners."""

    x: float
    y: float
    width: float
    height: float
    radius: float
    fill: str
    edge: str = ""
    opacity: float = 1.0


class Outline(NamedTuple):
    """A shape between moves, in the language of SVG's paths; ``line``: how thick it is drawn, 0: filled."""

    moves: str
    colour: str
    line: float = 0.0


class Words(NamedTuple):
    """A line of text with its baseline at ``y``; ``x`` is its start or its middle."""

    x: float
    y: float
    runs: tuple[Run, ...]
    face: Face
    anchor: Literal["start", "middle"] = "start"
    opacity: float = 1.0


Shape = Panel | Outline | Words


class Picture(NamedTuple):
    """Shapes, those below first."""

    width: float
    height: float
    shapes: tuple[Shape, ...]


_TEXT = Face(15, 21, _BODY)
_PRINT = Face(12.5, 18, _SMALL)
_TITLE = Face(16, 22, _BRIGHT)
_HEADINGS = {1: Face(24, 32, _BRIGHT), 2: Face(20, 28, _BRIGHT), 3: Face(16, 24, _BRIGHT)}
_LABEL = Face(14, _BUTTON_HEIGHT, "#ffffff")
_TAG = Face(10, 15, "#ffffff")
_INITIAL = Face(20, _AVATAR, "#ffffff")


def lay_out(parts: Sequence[Part]) -> Picture:
    """Return the picture of a message, as high as it needs."""
    shapes: list[Shape] = []
    y = _head(shapes)
    for part in parts:
        y = _part(shapes, part, _LEFT, y, _WIDTH - _MARGIN - _LEFT) + _GAP
    height = max(y - _GAP, _MARGIN + _AVATAR) + _MARGIN
    ground = Panel(0.5, 0.5, _WIDTH - 1, height - 1, 12, _GROUND, _EDGE)
    return Picture(_WIDTH, height, (ground, *shapes))


def _head(shapes: list[Shape]) -> float:
    """Draw who speaks: the avatar, the name and the tag that tells it is a program."""
    shapes.append(Panel(_MARGIN, _MARGIN, _AVATAR, _AVATAR, _AVATAR / 2, _FACE))
    middle = _MARGIN + _AVATAR / 2
    shapes.append(Words(middle, _baseline(_MARGIN, _INITIAL), (Run(NAME[0], bold=True),), _INITIAL, "middle"))
    name = Run(NAME, bold=True)
    shapes.append(Words(_LEFT, _baseline(_MARGIN, _TITLE), (name,), _TITLE))
    tag = Run(TAG, bold=True)
    x, y = _LEFT + width(name, _TITLE.size) + 4, _MARGIN + 4
    room = width(tag, _TAG.size) + 8
    shapes.append(Panel(x, y, room, _TAG.height, 4, _BRAND))
    shapes.append(Words(x + room / 2, _baseline(y, _TAG), (tag,), _TAG, "middle"))
    return _MARGIN + _TITLE.height + 6


def _part(shapes: list[Shape], part: Part, x: float, y: float, room: float) -> float:
    match part:
        case Box():
            return _box(shapes, part, x, y, room)
        case Row():
            return _row(shapes, part, x, y, room)
        case Rule():
            return _rule(shapes, part, x, y, room)
        case Section():
            return _section(shapes, part, x, y, room)
        case Text():
            return _text(shapes, part, x, y, room)


def _box(shapes: list[Shape], box: Box, x: float, y: float, room: float) -> float:
    inside: list[Shape] = []
    bar = 0.0 if box.colour is None else _BAR
    end = y + _PADDING
    for part in box.parts:
        end = _part(inside, part, x + bar + _PADDING, end, room - bar - 2 * _PADDING) + _GAP
    end += _PADDING - _GAP
    shapes.append(Panel(x + 0.5, y + 0.5, room - 1, end - y - 1, _RADIUS, _BOX, _BOX_EDGE))
    if box.colour is not None:
        shapes.append(Outline(_left_side(x, y, end), f"#{box.colour:06x}"))
    shapes += inside
    return end


def _left_side(x: float, y: float, end: float) -> str:
    """Return the outline of the bar at the left of a box, within the box's round corners."""
    cut = round(_RADIUS - (_RADIUS**2 - (_RADIUS - _BAR) ** 2) ** 0.5, 2)
    corner = f"A{_RADIUS:g} {_RADIUS:g} 0 0 0"
    sides = f"{corner} {x:g} {y + _RADIUS:g}V{end - _RADIUS:g}{corner} {x + _BAR:g} {end - cut:g}"
    return f"M{x + _BAR:g} {y + cut:g}{sides}Z"


def _rule(shapes: list[Shape], rule: Rule, x: float, y: float, room: float) -> float:
    height = _GAP * (2 if rule.large else 1)
    if rule.drawn:
        shapes.append(Panel(x, y + height / 2 - 0.5, room, 1, 0, _RULE))
    return y + height


def _text(shapes: list[Shape], text: Text, x: float, y: float, room: float) -> float:
    """Draw lines, those of a quote beside a bar that is as long as they are."""
    for quoted, lines in groupby(text.lines, key=lambda line: line.quoted):
        indent = _QUOTE_INDENT if quoted else 0.0
        start = y
        for line in lines:
            y = _line(shapes, line, x + indent, y, room - indent)
        if quoted:
            shapes.append(Panel(x, start, _BAR, y - start, _BAR / 2, _QUOTE))
            y += _AFTER_QUOTE
    return y


def _line(shapes: list[Shape], line: Line, x: float, y: float, room: float) -> float:
    face = _PRINT if line.small else _HEADINGS.get(line.heading, _TEXT)
    for runs in wrap(line.runs, room, lambda run: width(run, face.size)):
        if runs:
            shapes.append(Words(x, _baseline(y, face), runs, face))
        y += face.height
    return y


def _section(shapes: list[Shape], section: Section, x: float, y: float, room: float) -> float:
    wide = _button_width(section.button)
    _button(shapes, section.button, x + room - wide, y)
    end = y
    for text in section.texts:
        end = _text(shapes, text, x, end, room - wide - _PADDING)
    return max(end, y + _BUTTON_HEIGHT)


def _row(shapes: list[Shape], row: Row, x: float, y: float, room: float) -> float:
    """Draw buttons side by side, in as many rows as they need."""
    left = x
    for button in row.buttons:
        wide = _button_width(button)
        if left > x and left + wide > x + room:
            left, y = x, y + _BUTTON_HEIGHT + _GAP
        _button(shapes, button, left, y)
        left += wide + _GAP
    return y + _BUTTON_HEIGHT


def _button_width(button: Button) -> float:
    icon = _ICON + _GAP if button.style is Style.LINK else 0.0
    return _rounded(width(Run(button.label), _LABEL.size)) + icon + 2 * _PADDING


def _button(shapes: list[Shape], button: Button, x: float, y: float) -> None:
    opacity = 0.5 if button.disabled else 1.0
    wide, label = _button_width(button), _rounded(width(Run(button.label), _LABEL.size))
    shapes.append(Panel(x, y, wide, _BUTTON_HEIGHT, _RADIUS, _FILLS[button.style], opacity=opacity))
    middle = x + _PADDING + label / 2
    shapes.append(Words(middle, _baseline(y, _LABEL), (Run(button.label),), _LABEL, "middle", opacity))
    if button.style is Style.LINK:
        shapes.append(Outline(_arrow(x + wide - _PADDING - _ICON, y + (_BUTTON_HEIGHT - _ICON) / 2), _LABEL.ink, 1.5))


def _arrow(x: float, y: float) -> str:
    """Return the sign of a link that leaves Discord: an arrow out of a square."""
    square = f"M{x + 4:g} {y + 1:g}H{x:g}V{y + 11:g}H{x + 10:g}V{y + 7:g}"
    return f"{square}M{x + 7:g} {y:g}H{x + 11:g}V{y + 4:g}M{x + 11:g} {y:g}L{x + 5:g} {y + 6:g}"


def _baseline(y: float, face: Face) -> float:
    """Return where the letters of a line stand that begins at ``y``: its capitals are in its middle."""
    return y + face.height / 2 + 0.36 * face.size


def _rounded(wide: float) -> float:
    return float(round(wide))
