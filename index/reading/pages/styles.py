"""Style sheets as far as they hide things: declarations of an element, and what follows for whoever looks at the page.

Only what stands in the page itself is known; sheets of other files are not read. Sheets count for selectors of one
element (``p.note``, ``#offer``) outside of ``@`` rules, in the order of the rules.
"""

import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple, TypeAlias

Declarations: TypeAlias = dict[str, str]
"""From a property to its value, both in small letters with single spaces, without ``!important``."""


class Color(NamedTuple):
    """Red, green and blue from 0 to 255, and how opaque it is from 0 to 1."""

    red: float
    green: float
    blue: float
    opacity: float = 1.0


WHITE = Color(255, 255, 255)

_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)", re.DOTALL)
_ESCAPE = re.compile(r"\\([0-9a-f]{1,6})\s?|\\(.)", re.IGNORECASE)
_SPACES = re.compile(r"\s+")
_MOST_STYLE = 20_000  # code points of one element's declarations
_MOST_SHEETS = 1_000_000
_SELECTOR = re.compile(r"([a-z][\w-]*|\*)?((?:[.#][\w-]+)+)", re.IGNORECASE)
_SIMPLE = re.compile(r"([.#])([\w-]+)")
_BRACE = re.compile(r"[{}]")
_NUMBER = r"[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?"
_LENGTH = re.compile(rf"({_NUMBER})(px|r?em|ex|ch|pt|pc|in|cm|mm|vw|vh|%)?")
_PIXELS = {"em": 16, "rem": 16, "ex": 8, "ch": 8, "pt": 1.3, "pc": 16, "in": 96, "cm": 38, "mm": 3.8, "vw": 13, "vh": 8}
_TINY = 1.5  # pixels of a font that nobody reads
_AWAY = 500  # pixels beyond the edge of the page
_FAR = 4_000  # pixels to the right or below, where nobody scrolls to
_FAINT = 0.06
_NEAR = 14  # of 255, between colours that look the same
_NAMES = {
    "white": WHITE,
    "snow": Color(255, 250, 250),
    "ghostwhite": Color(248, 248, 255),
    "whitesmoke": Color(245, 245, 245),
    "ivory": Color(255, 255, 240),
    "black": Color(0, 0, 0),
    "transparent": Color(0, 0, 0, 0),
}
_HEX = re.compile(r"#([0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})")
_RGB = re.compile(
    rf"rgba?\(\s*({_NUMBER})(%?)[\s,]+({_NUMBER})%?[\s,]+({_NUMBER})%?\s*(?:[,/]\s*({_NUMBER})(%?)\s*)?\)"
)
_HSL = re.compile(rf"hsla?\(\s*{_NUMBER}(?:deg)?[\s,]+{_NUMBER}%?[\s,]+({_NUMBER})%\s*(?:[,/]\s*({_NUMBER})(%?)\s*)?\)")
_CLIP_PATH = re.compile(rf"inset\(\s*(?:(?:[5-9]\d|100)(?:\.\d+)?%|\d{(4,)}px)|(?:circle|ellipse)\(\s*0")
_SCALE = re.compile(r"scale(?:3d|x|y)?\(\s*0*\.?0*\s*[,)]")
_TRANSLATION = re.compile(
    rf"translate(?:3d|x|y)?\(\s*({_NUMBER})(px|r?em|vw|vh|%)?(?:\s*,\s*({_NUMBER})(px|r?em|vw|vh|%)?)?"
)


class Sheet:
    """The rules of the style sheets that stand in a page."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._rules: dict[str, list[tuple[str, frozenset[str], Declarations]]] = {}
        left = _MOST_SHEETS
        for text in texts:
            for selectors, body in _rules(_COMMENT.sub(" ", text[:left])):
                self._add(selectors, body)
            left = max(left - len(text), 0)

    def declarations(self, tag: str, identifier: str, classes: Iterable[str]) -> Declarations:
        """Return what the sheets declare of an element, by its tag, id and classes in small letters."""
        marks = {f".{name}" for name in classes} | ({f"#{identifier}"} if identifier else set())
        found: Declarations = {}
        for mark in marks:
            for wanted, needed, declared in self._rules.get(mark, ()):
                if wanted in ("", "*", tag) and needed <= marks:
                    found |= declared
        return found

    def _add(self, selectors: str, body: str) -> None:
        declared: Declarations | None = None
        for selector in selectors.split(","):
            if part := _SELECTOR.fullmatch(selector.strip()):
                declared = read_declarations(body) if declared is None else declared
                marks = frozenset(f"{sign}{name.casefold()}" for sign, name in _SIMPLE.findall(part[2]))
                self._rules.setdefault(min(marks), []).append(((part[1] or "").casefold(), marks, declared))


def read_declarations(style: str) -> Declarations:
    """Return the declarations of a ``style`` attribute or of a rule; the last of each property counts."""
    style = _COMMENT.sub(" ", style[:_MOST_STYLE])
    if "\\" in style:
        style = _ESCAPE.sub(_unescaped, style)
    found: Declarations = {}
    for declaration in style.split(";"):
        name, colon, value = declaration.partition(":")
        if colon:
            found[name.strip().casefold()] = _SPACES.sub(" ", value.casefold().replace("!important", "")).strip()
    return found


def hides(style: Mapping[str, str]) -> bool:
    """Tell whether an element with these declarations cannot be seen, whatever stands around it."""
    return (
        style.get("display") == "none"
        or style.get("visibility") in ("hidden", "collapse")
        or style.get("content-visibility") == "hidden"
        or _has_no_size(style)
        or _is_away(style)
        or _is_clipped(style)
    )


def is_faint(style: Mapping[str, str]) -> bool:
    """Tell whether an element is so transparent that nobody sees it; pages let what they show later fade in."""
    opacity = _LENGTH.fullmatch(style.get("opacity", ""))
    if opacity and float(opacity[1]) / (100 if opacity[2] == "%" else 1) < _FAINT:
        return True
    return "opacity(0" in style.get("filter", "") and "opacity(0." not in style["filter"]


def color(value: str) -> Color | None:
    """Return a colour; None where it is not one that is known here."""
    value = value.strip().casefold()
    if value in _NAMES:
        return _NAMES[value]
    if found := _HEX.fullmatch(value):
        digits = found[1] if len(found[1]) > 4 else "".join(digit * 2 for digit in found[1])  # noqa: PLR2004
        parts = [int(digits[place : place + 2], 16) for place in range(0, len(digits), 2)]
        red, green, blue, opacity = (*parts, 255)[:4]
        return Color(red, green, blue, opacity / 255)
    if found := _RGB.fullmatch(value):
        whole = 2.55 if found[2] else 1
        values = [float(found[place]) * whole for place in (1, 3, 4)]
        return Color(values[0], values[1], values[2], _opacity(found[5], found[6]))
    if found := _HSL.fullmatch(value):
        light = round(float(found[1]) * 2.55)
        return Color(light, light, light, _opacity(found[2], found[3])) if light in (0, 255) else None
    return None


def looks_like(one: Color, other: Color) -> bool:
    """Tell whether text of one colour cannot be seen on the other."""
    if one.opacity < _FAINT:
        return True
    return all(abs(a - b) <= _NEAR for a, b in zip(one[:3], other[:3], strict=True))


def pixels(value: str) -> float | None:
    """Return a length in about so many pixels; None where it is none, or only by what stands around it."""
    found = _LENGTH.fullmatch(value.strip())
    if not found:
        return None
    return float(found[1]) * (_PIXELS.get(found[2] or "px", 5 if found[2] == "%" else 1))


def _unescaped(escape: re.Match[str]) -> str:
    code = int(escape[1], 16) if escape[1] else 0
    return chr(code) if 0 < code <= sys.maxunicode else (escape[2] or "")


def _rules(sheet: str) -> Iterator[tuple[str, str]]:
    """Yield the selectors and the body of each rule outside of ``@`` rules."""
    depth = start = 0
    prelude = ""
    for brace in _BRACE.finditer(sheet):
        if brace[0] == "{":
            if depth == 0:
                prelude = sheet[start : brace.start()].rpartition(";")[2].strip()
                start = brace.end()
            depth += 1
        elif depth:
            depth -= 1
            if depth == 0:
                if not prelude.startswith("@") and "@" not in prelude:
                    yield prelude, sheet[start : brace.start()]
                start = brace.end()
        else:
            start = brace.end()


def _has_no_size(style: Mapping[str, str]) -> bool:
    size = pixels(style.get("font-size", ""))
    if size is not None and size < _TINY:
        return True
    if re.match(r"(?:\w+ )*0(?:px|em|%)?(?:/| )", style.get("font", "")):
        return True
    overflow = " ".join(style.get(side, "") for side in ("overflow", "overflow-y", "overflow-x"))
    if "hidden" not in overflow and "clip" not in overflow:
        return False
    sizes = (pixels(style.get(side, "")) for side in ("height", "width", "max-height", "max-width", "line-height"))
    return any(size is not None and size < 2 for size in sizes)  # noqa: PLR2004 - pixels


def _is_away(style: Mapping[str, str]) -> bool:
    """Tell whether an element is moved off the page."""
    if (indent := pixels(style.get("text-indent", ""))) is not None and abs(indent) >= _AWAY:
        return True
    margins = (pixels(style.get(side, "")) for side in ("margin-left", "margin-top", "margin-right"))
    if any(margin is not None and margin <= -_AWAY for margin in margins):
        return True
    if moved := _TRANSLATION.search(style.get("transform", "")):
        ways = [pixels(f"{moved[place]}{moved[place + 1] or ''}") for place in (1, 3) if moved[place]]
        if any(way is not None and abs(way) >= _AWAY for way in ways):
            return True
    if _SCALE.search(style.get("transform", "")):
        return True
    if style.get("position") not in ("absolute", "fixed", "relative"):
        return False
    places = [pixels(style.get(side, "")) for side in ("left", "top", "right", "bottom")]
    return any(place is not None and (place <= -_AWAY or place >= _FAR) for place in places)


def _is_clipped(style: Mapping[str, str]) -> bool:
    clip = style.get("clip", "").replace(",", " ")
    if clip.startswith("rect("):
        edges = [pixels(edge) for edge in clip[5:].rstrip(") ").split()]
        if len(edges) == 4 and None not in edges:  # noqa: PLR2004 - a rectangle has four edges
            top, right, bottom, left = (edge or 0 for edge in edges)
            return right - left < 2 or bottom - top < 2  # noqa: PLR2004 - pixels
    return _CLIP_PATH.match(style.get("clip-path", "")) is not None


def _opacity(value: str | None, percent: str | None) -> float:
    return float(value) / (100 if percent else 1) if value else 1.0
