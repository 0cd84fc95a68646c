"""What a person who looks at a page sees of it: hidden text could say anything, and nobody would notice."""

import re
from typing import TYPE_CHECKING

from index.reading.cleaning import without_unseen
from index.reading.pages.colors import WHITE, Color, background, color, looks_like
from index.reading.pages.sheets import Sheets
from index.reading.pages.styles import RELEVANT, Declarations, Style, hides, is_faint, read_style

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_NO_TEXT = (
    *("script", "style", "template", "noscript", "svg", "iframe", "frame", "frameset", "noframes", "object", "embed"),
    *("applet", "canvas", "audio", "video", "map", "datalist", "select", "textarea", "button", "input", "progress"),
    *("meter", "del", "s", "strike", "rp", "rt", "rtc", "head"),
    *("annotation", "annotation-xml"),
)
# What style sheets that many sites share call what is only for screen readers, and what is not shown.
_UNSEEN = frozenset(
    "sr-only visually-hidden visuallyhidden screen-reader-text screen-reader-only a11y-hidden assistive-text hidden "
    "is-hidden d-none hide u-hidden u-visually-hidden element-invisible invisible offscreen off-screen".split()
)
_SHOWN = re.compile(r"(?:d-|sm:|md:|lg:|xl:|2xl:)[\w:-]*(?:block|flex|grid|inline|table|contents|visible|static)")
_WHOLE = frozenset({"html", "body"})
_MAIN = _WHOLE | {"main", "article"}


def leave_seen(tree: "HtmlElement") -> None:
    """Take away what is not shown: hidden elements and characters, scripts, what was struck out, the text of controls.

    The page's own attributes, styles and rules say what is hidden, and names of classes that are usual for it.
    """
    from lxml import etree

    sheets = Sheets.of(tree)
    etree.strip_elements(tree, *_NO_TEXT, with_tail=False)
    hidden: list[HtmlElement] = []
    seen: list[HtmlElement] = []
    behind: list[Color | None] = [WHITE]
    walker = etree.iterwalk(tree, events=("start", "end"))
    for event, element in walker:
        if event == "end":
            behind.pop()
            if element.tail:
                element.tail = without_unseen(element.tail)
            continue
        classes = (element.get("class") or "").casefold().split()
        from_sheets = sheets.style(element)
        written = read_style(element.get("style") or "")
        own = written.normal | written.important
        style = from_sheets.normal | written.normal | from_sheets.important | written.important
        behind.append(_background(element, style, behind[-1]))
        if element.tag not in _WHOLE and (
            _is_marked_hidden(element, classes)
            or _is_hidden_by_sheet(element.tag, from_sheets, style)
            or (bool(own) and (hides(own) or is_faint(own)))
            or _is_unseen_in(element, own, behind[-1])
        ):
            hidden.append(element)
            walker.skip_subtree()
        else:
            seen.append(element)
    for element in seen:  # only now, as rules may be for what stands in it or beside it
        _mark_seen(element)
    for element in hidden:
        element.drop_tree()


def _mark_seen(element: "HtmlElement") -> None:
    """Leave only what is seen in an element, and nothing on it that may look like a sign of hiding to trafilatura."""
    if element.text:
        element.text = without_unseen(element.text)
    element.attrib.pop("style", None)
    classes = (element.get("class") or "").casefold().split()
    if any("hid" in name for name in classes):
        element.set("class", " ".join(name for name in classes if "hid" not in name))


def _is_marked_hidden(element: "HtmlElement", classes: list[str]) -> bool:
    if element.get("hidden") is not None or (element.get("aria-hidden") or "").strip().casefold() == "true":
        return True
    if element.get("popover") is not None or (element.tag == "dialog" and element.get("open") is None):
        return True
    return any(name in _UNSEEN for name in classes) and not any(_SHOWN.match(name) for name in classes)


def _is_hidden_by_sheet(tag: str, from_sheets: Style, style: Declarations) -> bool:
    if not (from_sheets.normal or from_sheets.important) or tag in _MAIN:
        return False
    return hides({name: value for name, value in style.items() if name in RELEVANT})


def _background(element: "HtmlElement", style: Declarations, behind: Color | None) -> Color | None:
    """Return the colour behind an element's text; None where it is not known, as with a picture."""
    value = style.get("background-color") or style.get("background") or element.get("bgcolor")
    if not value or value in ("none", "inherit", "initial", "unset"):
        return behind
    found = background(value)
    return behind if found and found.opacity == 0 else found


def _is_unseen_in(element: "HtmlElement", own: Declarations, behind: Color | None) -> bool:
    """Tell whether an element's text has the colour of what is behind it."""
    value = (
        own.get("-webkit-text-fill-color")
        or own.get("color")
        or (element.get("color") if element.tag == "font" else "")
    )
    written = color(value) if value else None
    return written is not None and (written.opacity == 0 or (behind is not None and looks_like(written, behind)))
