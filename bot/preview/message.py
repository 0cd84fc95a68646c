"""A message's components, read from what Discord is sent: what there is to draw, not how.

The numbers are those of https://discord.com/developers/docs/components/reference.
"""

from collections.abc import Iterator, Sequence
from enum import IntEnum
from typing import Any, NamedTuple

from bot.preview.markup import Line, read
from index.errors import BadInput

_ROW, _BUTTON, _SECTION, _TEXT, _SEPARATOR, _CONTAINER = 1, 2, 9, 10, 14, 17

Json = dict[str, Any]


class Style(IntEnum):
    """What a button looks like."""

    PRIMARY = 1
    SECONDARY = 2
    SUCCESS = 3
    DANGER = 4
    LINK = 5


class Button(NamedTuple):
    """A button. What it does is not drawn."""

    label: str
    style: Style
    disabled: bool


class Row(NamedTuple):
    """Buttons side by side."""

    buttons: tuple[Button, ...]


class Text(NamedTuple):
    """A text display."""

    lines: tuple[Line, ...]


class Section(NamedTuple):
    """Texts with a button beside them."""

    texts: tuple[Text, ...]
    button: Button


class Rule(NamedTuple):
    """Room between two parts, with a line in it or not."""

    drawn: bool
    large: bool


class Box(NamedTuple):
    """Parts in a frame. ``colour``: of the bar at its left, 24 bits of red, green and blue."""

    colour: int | None
    parts: tuple["Part", ...]


Part = Box | Row | Rule | Section | Text


def parts(components: Sequence[Json]) -> tuple[Part, ...]:
    """Read components. Raises ``BadInput`` for one of a kind that cannot be drawn."""
    return tuple(_part(component) for component in components)


def _part(component: Json) -> Part:
    kind = component["type"]
    if kind == _CONTAINER:
        return Box(component.get("accent_color"), parts(component["components"]))
    if kind == _TEXT:
        return Text(read(component["content"]))
    if kind == _SEPARATOR:
        return Rule(component.get("divider", True), component.get("spacing", 1) > 1)
    if kind == _ROW:
        return Row(tuple(_button(button) for button in component["components"]))
    if kind == _SECTION:
        texts = tuple(Text(read(_of_kind(text, _TEXT)["content"])) for text in component["components"])
        return Section(texts, _button(component["accessory"]))
    raise _unknown(kind)


def _button(component: Json) -> Button:
    label = _of_kind(component, _BUTTON).get("label") or component["emoji"]["name"]
    return Button(label, Style(component["style"]), component.get("disabled", False))


def _of_kind(component: Json, kind: int) -> Json:
    if component["type"] != kind:
        raise _unknown(component["type"])
    return component


def _unknown(kind: int) -> BadInput:
    return BadInput(f"A preview has no drawing for Discord’s components of type {kind}.")


def reading(message: Sequence[Part]) -> Iterator[str]:
    """Yield what there is to read in a message, line by line, the labels of buttons too."""
    for part in message:
        match part:
            case Box():
                yield from reading(part.parts)
            case Row():
                yield from (button.label for button in part.buttons)
            case Section():
                yield from reading(part.texts)
                yield part.button.label
            case Text():
                yield from ("".join(run.text for run in line.runs) for line in part.lines)
            case Rule():
                pass
