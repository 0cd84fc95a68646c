"""The styles and lists of a Word document: which paragraphs are headings, which items of a list."""

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from lxml.etree import _Element

NAMESPACES = (
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
)
"""Of the two forms of the format, transitional and strict (ISO/IEC 29500)."""

_HEADING = re.compile(r"(?:heading|titre|überschrift|título|titolo|kop) ?[1-9]", re.IGNORECASE)
_TITLE = re.compile(r"(?:title|titre|titel)", re.IGNORECASE)
_CONTENTS = re.compile(
    r"(?:toc|tm|table des matières|table of (?:figures|authorities)|index) ?(?:[1-9]|heading)?", re.IGNORECASE
)
_LISTED = re.compile(r"(?:list bullet|liste à puces|list number|liste à numéros)(?: \d)?", re.IGNORECASE)
_DEEPEST = 20  # styles based on one another
_BODY_LEVEL = 9  # the outline level of what is no heading
_MOST_DIGITS = 6
_BULLETS = ("bullet", "none", "")


class Style(NamedTuple):
    """What a style makes of its paragraphs or runs. ``numbering``: the list and level that it puts them in."""

    is_heading: bool = False
    is_title: bool = False
    is_contents: bool = False
    is_hidden: bool = False
    is_listed: bool = False
    is_shaded: bool = False
    numbering: tuple[str, int] | None = None


class Level(NamedTuple):
    """A level of a list: whether its items have numbers, and the first of them."""

    is_numbered: bool
    start: int


Lists = Mapping[tuple[str, int], Level]
"""The levels of lists, by the list's id and the level from 0."""


def local(tag: object) -> str:
    """Return an element's or attribute's name without its namespace; empty for what is no WordprocessingML."""
    namespace, _, name = str(tag).removeprefix("{").partition("}")
    return name if namespace in NAMESPACES else ""


def value(element: "_Element", name: str = "val") -> str | None:
    """Return an attribute in the element's own namespace."""
    namespace = str(element.tag).removeprefix("{").partition("}")[0]
    found = element.get(f"{{{namespace}}}{name}")
    return str(found) if found is not None else None


def is_on(written: str | None) -> bool:
    """Tell whether a switch is on: it is where nothing is said."""
    return written is None or written.casefold() not in ("0", "false", "off")


def whole(written: str | None, default: int) -> int:
    """Return a small whole number; the default where none is written."""
    return (
        int(written)
        if written and len(written) <= _MOST_DIGITS and written.isascii() and written.isdigit()
        else default
    )


def styles(root: "_Element") -> dict[str, Style]:
    """Return the styles of a document by their ids."""
    elements = {
        style: element for element in root if local(element.tag) == "style" and (style := value(element, "styleId"))
    }
    return {style: _style(style, elements) for style in elements}


def _style(style: str, elements: "Mapping[str, _Element]") -> Style:
    """Return a style with what it has from those that it is based on; the nearest counts."""
    found = Style()
    outline: int | None = None
    for _ in range(_DEEPEST):
        element = elements.get(style)
        if element is None:
            break
        style = ""
        found = found._replace(is_shaded=found.is_shaded or any(local(child.tag) == "shd" for child in element.iter()))
        for child in element.iter():
            name, said = local(child.tag), value(child)
            if name == "name" and said:
                found = found._replace(
                    is_heading=found.is_heading or bool(_HEADING.fullmatch(said)),
                    is_title=found.is_title or bool(_TITLE.fullmatch(said)),
                    is_contents=found.is_contents or bool(_CONTENTS.fullmatch(said)),
                    is_listed=found.is_listed or bool(_LISTED.fullmatch(said)),
                )
            elif name == "outlineLvl" and outline is None:
                outline = whole(said, _BODY_LEVEL)
            elif name == "vanish":
                found = found._replace(is_hidden=found.is_hidden or is_on(said))
            elif name == "numPr" and found.numbering is None:
                found = found._replace(numbering=numbering(child))
            elif name == "basedOn" and said:
                style = said
    if outline is not None and outline < _BODY_LEVEL:
        found = found._replace(is_heading=True)
    return found


def numbering(element: "_Element") -> tuple[str, int] | None:
    """Return the list and level that a ``numPr`` names."""
    number, level = None, 0
    for child in element:
        said = value(child)
        if local(child.tag) == "numId":
            number = said
        elif local(child.tag) == "ilvl":
            level = whole(said, 0)
    return (number, level) if number else None


def lists(root: "_Element") -> dict[tuple[str, int], Level]:
    """Return the levels of the lists of a document."""
    abstract: dict[str, dict[int, Level]] = {}
    for element in root:
        if local(element.tag) == "abstractNum" and (named := value(element, "abstractNumId")) is not None:
            abstract[named] = {
                whole(value(child, "ilvl"), 0): _level(child) for child in element if local(child.tag) == "lvl"
            }
    found: dict[tuple[str, int], Level] = {}
    for element in root:
        if local(element.tag) == "num" and (number := value(element, "numId")) is not None:
            base = next((value(child) for child in element if local(child.tag) == "abstractNumId"), None)
            found |= {(number, depth): level for depth, level in abstract.get(base or "", {}).items()}
    return found


def _level(element: "_Element") -> Level:
    said = {local(child.tag): value(child) for child in element}
    return Level((said.get("numFmt") or "decimal") not in _BULLETS, whole(said.get("start"), 1))
