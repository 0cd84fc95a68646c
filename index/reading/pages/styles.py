"""Declarations of an element's style, and what follows from them for whoever looks at the page."""

import re
from collections.abc import Mapping
from typing import NamedTuple, TypeAlias

from index.reading.pages.colors import FAINT
from index.reading.pages.selectors import unescape

Declarations: TypeAlias = dict[str, str]
"""From a property to its value, both in small letters with single spaces, without ``!important``."""


class Style(NamedTuple):
    """Declarations, and those of them that are important, which count more than any that are not."""

    normal: Declarations
    important: Declarations


COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)", re.DOTALL)
RELEVANT = frozenset(
    "display visibility content-visibility font-size font text-indent position left top right bottom inset "
    "inset-inline-start inset-block-start margin margin-left margin-top margin-right clip clip-path overflow "
    "overflow-x overflow-y width height inline-size block-size max-width max-height max-block-size line-height "
    "transform scale translate zoom letter-spacing background background-color".split()
)
"""What sheets declare that is heeded; colours and fading in depend on other sheets and on scripts."""

_SPACES = re.compile(r"\s+")
_IMPORTANT = re.compile(r"!\s*important\b")
_MOST_STYLE = 20_000  # code points of one element's declarations
_NUMBER = r"[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?"
_LENGTH = re.compile(rf"({_NUMBER})(px|r?em|ex|ch|pt|pc|in|cm|mm|vw|vh|%)?")
_PIXELS = {"em": 16, "rem": 16, "ex": 8, "ch": 8, "pt": 1.3, "pc": 16, "in": 96, "cm": 38, "mm": 3.8, "vw": 13, "vh": 8}
_FUNCTION = re.compile(r"(calc|min|max)\(([^()]*)\)")
_TINY = 1.5  # pixels of a font that nobody reads
_AWAY = 500  # pixels beyond the edge of the page
_FAR = 4_000  # pixels to the right or below, where nobody scrolls to
_SMALL = 0.05  # of the size of what is shown
_TIGHT = -6  # pixels between letters that lie on each other
_CLIP_PATH = re.compile(
    r"inset\(\s*(?:(?:[5-9]\d|100)(?:\.\d+)?%|\d{4,}px)|(?:circle|ellipse)\(\s*0|polygon\(\s*0 0(?:\s*,\s*0 0)*\s*\)"
)
_FONT = re.compile(rf"(?:[a-z0-9-]+ )*?({_NUMBER}(?:px|r?em|ex|ch|pt|pc|in|cm|mm|vw|vh|%)|0)\s*(?:/|\s)")
_SCALE = re.compile(rf"scale(?:3d|x|y)?\(\s*({_NUMBER})(%?)")
_FLAT = re.compile(r"matrix(?:3d)?\(\s*0(?:\.0*)?\s*,\s*0(?:\.0*)?\s*,")
_TURNED = re.compile(r"rotate[xy]\(\s*-?(?:90deg|270deg|0?\.25turn|0?\.75turn|100grad)\s*\)")
_MASKS = ("mask", "mask-image", "-webkit-mask", "-webkit-mask-image")
_TRANSLATION = re.compile(
    rf"translate(?:3d|x|y)?\(\s*({_NUMBER})(px|r?em|vw|vh|%)?(?:\s*,\s*({_NUMBER})(px|r?em|vw|vh|%)?)?"
)


def read_style(written: str) -> Style:
    """Return the declarations of a ``style`` attribute or of a rule; the last of each property counts."""
    written = unescape(COMMENT.sub(" ", written[:_MOST_STYLE]))
    style = Style({}, {})
    for declaration in written.split(";"):
        name, colon, value = declaration.partition(":")
        if colon:
            value, important = _IMPORTANT.subn("", value.casefold())
            found = style.important if important else style.normal
            found[name.strip().casefold()] = _SPACES.sub(" ", value).strip()
    return style


def hides(style: Mapping[str, str]) -> bool:
    """Tell whether an element with these declarations cannot be seen, whatever stands around it."""
    return (
        style.get("display") == "none"
        or style.get("visibility") in ("hidden", "collapse")
        or style.get("content-visibility") == "hidden"
        or _has_no_size(style)
        or _is_transformed_away(style)
        or _is_away(style)
        or _is_clipped(style)
    )


def is_faint(style: Mapping[str, str]) -> bool:
    """Tell whether an element is so transparent that nobody sees it; pages let what they show later fade in."""
    opacity = _LENGTH.fullmatch(_plain(style.get("opacity", "")))
    if opacity and float(opacity[1]) / (100 if opacity[2] == "%" else 1) < FAINT:
        return True
    if any("transparent" in style.get(name, "") and "black" not in style[name] for name in _MASKS):
        return True
    return "opacity(0" in style.get("filter", "") and "opacity(0." not in style["filter"]


def pixels(value: str) -> float | None:
    """Return a length in about so many pixels; None where it is none, or only by what stands around it."""
    found = _LENGTH.fullmatch(_plain(value.strip()))
    if not found:
        return None
    return float(found[1]) * (_PIXELS.get(found[2] or "px", 5 if found[2] == "%" else 1))


def _plain(value: str) -> str:
    """Return a value without the functions around a single length, or around lengths of which one is meant."""
    found = _FUNCTION.fullmatch(value)
    if found is None:
        return value
    lengths = [part.strip() for part in found[2].split(",")]
    sizes = [pixels(length) for length in lengths if _LENGTH.fullmatch(length)]
    if len(sizes) != len(lengths) or None in sizes:
        return value
    known = [size or 0 for size in sizes]
    if found[1] == "calc":
        return lengths[0] if len(lengths) == 1 else value
    return lengths[known.index(min(known) if found[1] == "min" else max(known))]


def _has_no_size(style: Mapping[str, str]) -> bool:
    size = pixels(style.get("font-size", ""))
    if size is not None and size < _TINY:
        return True
    if (font := _FONT.match(style.get("font", "")[:200])) and (pixels(font[1]) or 0) < _TINY:
        return True
    if (spacing := pixels(style.get("letter-spacing", ""))) is not None and spacing <= _TIGHT:
        return True
    overflow = " ".join(style.get(side, "") for side in ("overflow", "overflow-y", "overflow-x"))
    if "hidden" not in overflow and "clip" not in overflow and style.get("contain") not in ("strict", "paint"):
        return False
    sides = ("height", "width", "max-height", "max-width", "block-size", "inline-size", "max-block-size", "line-height")
    sizes = (pixels(style.get(side, "")) for side in sides)
    return any(size is not None and size < 2 for size in sizes)  # noqa: PLR2004 - pixels


def _is_transformed_away(style: Mapping[str, str]) -> bool:
    """Tell whether an element is scaled to nothing, turned edgewise or moved off the page."""
    transform = style.get("transform", "")
    sizes = [_SCALE.search(transform), _LENGTH.match(style.get("scale", "")), _LENGTH.match(style.get("zoom", ""))]
    if any(size and abs(float(size[1])) / (100 if size[2] == "%" else 1) < _SMALL for size in sizes):
        return True
    if _TURNED.search(transform) or _FLAT.search(transform):
        return True
    ways = [pixels(part) for part in style.get("translate", "").split()]
    if moved := _TRANSLATION.search(transform):
        ways += [pixels(f"{moved[place]}{moved[place + 1] or ''}") for place in (1, 3) if moved[place]]
    return any(way is not None and abs(way) >= _AWAY for way in ways)


def _is_away(style: Mapping[str, str]) -> bool:
    """Tell whether an element is laid out off the page."""
    if (indent := pixels(style.get("text-indent", ""))) is not None and abs(indent) >= _AWAY:
        return True
    margins = [style.get(side, "") for side in ("margin-left", "margin-top", "margin-right")]
    margins += style.get("margin", "").split()
    if any(margin is not None and margin <= -_AWAY for margin in map(pixels, margins)):
        return True
    if style.get("position") not in ("absolute", "fixed", "relative"):
        return False
    sides = ("left", "top", "right", "bottom", "inset-inline-start", "inset-block-start")
    places = [pixels(place) for place in (*(style.get(side, "") for side in sides), *style.get("inset", "").split())]
    return any(place is not None and (place <= -_AWAY or place >= _FAR) for place in places)


def _is_clipped(style: Mapping[str, str]) -> bool:
    clip = style.get("clip", "").replace(",", " ")
    if clip.startswith("rect("):
        edges = [pixels(edge) for edge in clip[5:].rstrip(") ").split()]
        if len(edges) == 4 and None not in edges:  # noqa: PLR2004 - a rectangle has four edges
            top, right, bottom, left = (edge or 0 for edge in edges)
            return right - left < 2 or bottom - top < 2  # noqa: PLR2004 - pixels
    return _CLIP_PATH.match(style.get("clip-path", "")) is not None
