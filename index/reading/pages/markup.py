"""The markup of a page as a tree that is safe to work on: not too deep, not too many elements.

libxml2 reads any bytes in linear time but for tags with very many attributes, and stops where elements are nested
2,048 deep. What works on the tree afterwards looks at whole subtrees again and again, so that depth and number count.
"""

import re
from typing import TYPE_CHECKING, NamedTuple

from index.errors import BadInput

if TYPE_CHECKING:
    from lxml.html import HtmlElement


class Page(NamedTuple):
    """A page's markup as a tree, and whether some of it was left out because there is too much."""

    tree: "HtmlElement"
    is_cut: bool


_LONG_TAG = re.compile(r"<([a-zA-Z][\w:-]{0,30})(?=[\s/])[^<>]{10000}")
_TAG_END = re.compile(r"""(?:[^<>"']++|"[^"]*+"|'[^']*+')*+>?""")
_DEEPEST = 120
_MOST_PARSED = 40_000  # elements; taking some away takes time by the square of how many stand side by side
_FORM = ("span", "font", "center", "b", "i", "em", "strong", "u", "small", "big", "tt", "nobr")
_KEPT = frozenset({"p", "br", "body"})

MOST_ELEMENTS = 15_000
"""Of what is shown on a page, so many elements are read: those of some hundred thousand words."""


def parse(markup: str, name: str) -> Page:
    """Return the tree of a page. Raises ``BadInput`` where there is none."""
    from lxml import etree, html

    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True)
    try:
        tree = html.document_fromstring(_with_short_tags(markup).encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, AssertionError) as error:
        if any(entry.type_name == "ERR_NO_MEMORY" for entry in parser.error_log):
            raise MemoryError from error
        raise BadInput("{name} cannot be read: there is no page in it.", name=name) from error
    is_cut = any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log)
    etree.strip_elements(tree, "svg", with_tail=False)  # drawings have very many parts, and no text
    is_cut = _cut(tree, _MOST_PARSED) or is_cut
    _flatten(tree)
    return Page(tree, is_cut)


def _with_short_tags(markup: str) -> str:
    """Leave out the attributes of tags that are very long: pictures, data of scripts, or an attack on the parser."""
    kept: list[str] = []
    done = 0
    for tag in _LONG_TAG.finditer(markup):
        if tag.start() < done:
            continue
        end = _TAG_END.match(markup, tag.end(1))
        kept += (markup[done : tag.start()], f"<{tag[1]}>")
        done = end.end() if end else tag.end()
    return "".join((*kept, markup[done:]))


def _flatten(tree: "HtmlElement") -> None:
    """Take elements away that stand very deep, but not what is in them: nobody sees what they are for."""
    from lxml import etree

    depth = 0
    is_deep = False
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        if event == "end":
            depth -= 1
            continue
        depth += 1
        if depth > _DEEPEST and element.tag not in _KEPT:
            element.tag = "placed"
            is_deep = True
    if is_deep:
        etree.strip_tags(tree, "placed")


def shorten(tree: "HtmlElement") -> bool:
    """Leave out what comes after ``MOST_ELEMENTS``, and tell whether there was any; those of mere form do not count."""
    from lxml import etree

    if sum(1 for _ in tree.iter()) <= MOST_ELEMENTS:
        return False
    etree.strip_tags(tree, *_FORM)
    return _cut(tree, MOST_ELEMENTS)


def _cut(tree: "HtmlElement", most: int) -> bool:
    excess = [element for place, element in enumerate(tree.iter()) if place >= most]
    for element in excess:
        parent = element.getparent()
        if parent is not None:
            parent.remove(element)
    return bool(excess)
