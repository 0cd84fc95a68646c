"""A picture as an SVG file that stands alone: no scripts, no fonts, no other files; the same bytes every time."""

import re
from collections.abc import Iterator
from xml.sax.saxutils import escape, quoteattr

from bot.preview.picture import Outline, Panel, Picture, Shape, Words

_FONTS = "'gg sans', 'Segoe UI', 'Helvetica Neue', Helvetica, Arial, 'Noto Sans', 'Liberation Sans', sans-serif"
_BOLD = "700"
# What XML 1.0 cannot hold: https://www.w3.org/TR/xml/#charsets
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

Value = str | float


def svg(picture: Picture, title: str, description: str) -> str:
    """Return a picture as SVG; ``title`` and ``description`` are what is read to those who cannot see it."""
    size = {"width": picture.width, "height": picture.height}
    box = f"0 0 {_value(picture.width)} {_value(picture.height)}"
    root: dict[str, Value] = {"xmlns": "http://www.w3.org/2000/svg", **size, "viewBox": box}
    root |= {"role": "img", "font-family": _FONTS, "xml:space": "preserve"}
    lines = [
        _element("title", _text(title)),
        _element("desc", _text(description)),
        *(_shape(shape) for shape in picture.shapes),
    ]
    return _element("svg", "\n" + "".join(f"{line}\n" for line in lines), root) + "\n"


def _shape(shape: Shape) -> str:
    match shape:
        case Panel():
            return _panel(shape)
        case Outline():
            return _outline(shape)
        case Words():
            return _words(shape)


def _panel(panel: Panel) -> str:
    place: dict[str, Value] = {"x": panel.x, "y": panel.y, "width": panel.width, "height": panel.height}
    place |= {"rx": panel.radius} if panel.radius else {}
    edge = {"stroke": panel.edge} if panel.edge else {}
    return _element("rect", "", place | {"fill": panel.fill} | edge | _opacity(panel.opacity))


def _outline(outline: Outline) -> str:
    if not outline.line:
        return _element("path", "", {"d": outline.moves, "fill": outline.colour})
    stroke: dict[str, Value] = {"stroke": outline.colour, "stroke-width": outline.line}
    return _element("path", "", {"d": outline.moves, "fill": "none", **stroke})


def _words(words: Words) -> str:
    anchor = {} if words.anchor == "start" else {"text-anchor": words.anchor}
    look: dict[str, Value] = {"font-size": words.face.size, "fill": words.face.ink}
    return _element(
        "text",
        "".join(_runs(words)),
        {"x": words.x, "y": words.y, **look, **anchor, **_opacity(words.opacity)},
    )


def _runs(words: Words) -> Iterator[str]:
    for run in words.runs:
        yield _element("tspan", _text(run.text), {"font-weight": _BOLD}) if run.bold else _text(run.text)


def _opacity(opacity: float) -> dict[str, Value]:
    return {} if opacity == 1 else {"opacity": opacity}


def _element(name: str, content: str, attributes: dict[str, Value] | None = None) -> str:
    opening = name + "".join(f" {key}={quoteattr(_value(value))}" for key, value in (attributes or {}).items())
    return f"<{opening}>{content}</{name}>" if content else f"<{opening}/>"


def _text(text: str) -> str:
    return escape(_FORBIDDEN.sub("\ufffd", text))


def _value(value: Value) -> str:
    """Return an attribute's value; numbers in hundredths, so that rounding is the same on all machines."""
    return value if isinstance(value, str) else f"{value:.2f}".rstrip("0").rstrip(".")
