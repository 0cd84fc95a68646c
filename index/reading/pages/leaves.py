"""The text of a page in the pieces that stand alone on it: paragraphs, list items, headings, each word for word."""

import re
from typing import TYPE_CHECKING, NamedTuple

from index.reading.pages.preparation import BOUND, TOLD

if TYPE_CHECKING:
    from lxml.html import HtmlElement


class Leaf(NamedTuple):
    """A piece of text that stands alone: a paragraph, a list item with its mark, a heading of a level (0: none).

    ``element`` holds it, ``home`` is the part of the page around that; ``linked`` is the share of its characters that
    lead elsewhere; ``is_told``: a table says it. ``key`` is the text without white space, by which it is found again.
    """

    text: str
    key: str
    level: int
    mark: str
    element: "HtmlElement"
    home: "HtmlElement"
    linked: float
    is_told: bool


_SPACES = re.compile(r"\s+")
_LINE = "\x1e"  # where a line ends inside a paragraph, until white space is made single
_LEVELS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}
_HOMES = frozenset("div section article main body header footer aside nav td form center".split())
_STANDING = _HOMES | frozenset(
    "p li ul ol menu dl dt dd blockquote pre table tbody thead tfoot tr th caption figure figcaption h1 h2 h3 h4 h5 h6 "
    "hr address fieldset legend details summary hgroup html label".split()
)
_LISTS = ("ul", "ol", "menu")


def read_leaves(tree: "HtmlElement") -> list[Leaf]:
    """Return all pieces of text on a page, in order."""
    body = tree.find("body")
    reader = _Reader(body if body is not None else tree)
    return reader.leaves


def single_spaced(text: str) -> str:
    """Return a text with single spaces; those that bind are what they were."""
    line = _SPACES.sub(" ", text).strip()
    for space, sign in BOUND.items():
        line = line.replace(sign, space)
    return line.strip()


def keyed(text: str) -> str:
    """Return a text without white space, by which it is found again."""
    return _without_space(single_spaced(text))


def _without_space(text: str) -> str:
    return "".join(text.split())


class _Reader:
    """Reads elements as leaves: what is in line goes on, what stands alone begins anew."""

    def __init__(self, body: "HtmlElement") -> None:
        self.leaves: list[Leaf] = []
        self._line: list[str] = []
        self._linked = 0
        self._links = 0
        self._level = 0
        self._mark = ""
        self._told = 0
        self._standing = [body]
        self._read(body)
        self._end()

    def _read(self, element: "HtmlElement") -> None:
        tag = element.tag
        if tag == "br":
            self._line.append(_LINE)
        elif tag not in _STANDING:
            self._links += tag == "a"
            self._read_inside(element)
            self._links -= tag == "a"
        else:
            self._end()
            level, self._level = self._level, _LEVELS.get(tag, self._level)
            if tag == "li":
                self._mark = _item_mark(element)
            told = element.get(TOLD) is not None
            self._told += told
            self._standing.append(element)
            self._read_inside(element)
            self._end()
            self._standing.pop()
            self._told -= told
            self._level = level
            if tag == "li":
                self._mark = ""

    def _read_inside(self, element: "HtmlElement") -> None:
        self._add(element.text)
        for child in element:
            self._read(child)
            self._add(child.tail)

    def _add(self, text: str | None) -> None:
        if text:
            self._line.append(text)
            self._linked += len(text) if self._links else 0

    def _end(self) -> None:
        text, self._line = "".join(self._line), []
        linked, self._linked = self._linked / max(len(text), 1), 0
        for part in text.split(_LINE + _LINE):
            rows = [row for line in part.split(_LINE) if (row := single_spaced(line))]
            if any(map(str.isalnum, "".join(rows))):
                whole = (" " if self._level else "\n").join(rows)
                element = self._standing[-1]
                leaf = Leaf(
                    whole, _without_space(whole), self._level, self._mark, element, self._home(), linked, self._told > 0
                )
                self.leaves.append(leaf)
                self._mark = ""

    def _home(self) -> "HtmlElement":
        """Return the part of the page in which the last element stands, or which it is where it holds others, too."""
        last = self._standing[-1]
        outer = self._standing[:-1] if last.tag not in _HOMES or last.find("p") is None else self._standing
        homes = (element for element in reversed(outer) if element.tag in _HOMES and element.get(TOLD) is None)
        return next(homes, self._standing[0])


def _item_mark(item: "HtmlElement") -> str:
    """Return how an item of a list begins: with its number, or with a dash."""
    parent = item.getparent()
    if parent is None or parent.tag != "ol":
        return "- "
    return f"{sum(1 for _ in item.itersiblings('li', preceding=True)) + 1}. "
