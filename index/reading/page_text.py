"""The article of a page as text: trafilatura finds it on the page, here it is written down."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from index.reading.page_preparation import BOUND

if TYPE_CHECKING:
    from lxml.etree import _Element
    from lxml.html import HtmlElement


class Block(NamedTuple):
    """A piece of an article that stands alone: a paragraph, a list item or a heading of a level (0: none)."""

    text: str
    level: int = 0
    mark: str = ""


_SPACES = re.compile(r"\s+")
_LINE = "\x1e"  # where a line ends inside a paragraph, until white space is made single
_LEVELS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}
_BLOCKS = frozenset("p head quote list item table row cell code div body section article".split())
_QUICK = 8_000  # elements; looking for a second opinion takes as long again
_FEWEST_CHARACTERS = 60  # with less, trafilatura takes the whole page for the article, as one line
_LONGEST_LINK = 250  # code points of what leads elsewhere; a longer paragraph is text, though all of it is a link
_MOST_LINKED_HEADS = 4
_MOST_LINKED = 8
_MOST_COUNTED = 200
_SHORTEST_PART = 6
_MOST_PARTS = 4
_HEAD = 10_000


class Content(NamedTuple):
    """The pieces of the article on a page, in order; none where the page leads to articles and is none itself."""

    blocks: list[Block]
    is_list_of_links: bool = False


def read_content(tree: "HtmlElement") -> Content:
    """Return what trafilatura finds to be the article of a page, without paragraphs that only lead elsewhere."""
    from trafilatura import bare_extraction
    from trafilatura.settings import use_config

    seen = single_spaced(tree.text_content()[:_HEAD])
    links = {text for link in tree.iter("a") if (text := single_spaced(link.text_content()))}
    quick = sum(1 for _ in tree.iter()) > _QUICK
    settings = use_config()
    settings.set("DEFAULT", "MIN_EXTRACTED_SIZE", str(_FEWEST_CHARACTERS))
    found = bare_extraction(tree, fast=quick, include_comments=False, include_tables=True, config=settings)
    if found is None or isinstance(found, dict):
        return Content([], is_list_of_links=_is_made_of(seen, links))
    blocks = [block for block in _written(found.body) if any(map(str.isalnum, block.text))]
    linked = [block for block in blocks if len(block.text) <= _LONGEST_LINK and block.text in links]
    kept = [block for block in blocks if block.level or block not in linked]
    heads = sum(1 for block in linked if block.level > 1)
    if (
        heads >= _MOST_LINKED_HEADS
        or (len(linked) >= _MOST_LINKED and len(linked) * 2 > len(blocks))
        or (len(blocks) == 1 and _is_made_of(blocks[0].text[:_HEAD], links))
    ):
        return Content([], is_list_of_links=True)
    return Content([] if len(kept) == 1 and _is_dump(kept[0].text, tree) else kept)


def _is_made_of(text: str, links: set[str]) -> bool:
    """Tell whether a text is what stands in links, one after the other."""
    inside = sorted(links, key=len)[-_MOST_COUNTED:]
    return len(inside) >= _MOST_LINKED and sum(len(link) for link in inside if link in text[:_HEAD]) * 2 > len(
        text[:_HEAD]
    )


def _is_dump(text: str, tree: "HtmlElement") -> bool:
    """Tell whether a text is all that stands on a page, in one line: nobody would read it so."""
    parts = 0
    for element in tree.iter("p", "li", "h1", "h2", "h3", "h4", "td"):
        part = single_spaced(element.text_content()[:_LONGEST_LINK])
        parts += len(part) >= _SHORTEST_PART and part in text
        if parts >= _MOST_PARTS:
            return True
    return False


def _written(body: "_Element") -> Iterator[Block]:
    """Yield the pieces of what trafilatura found: an element of paragraphs, headings, items and lines."""
    writer = _Writer()
    body.tag = "body"
    writer.write(body)
    yield from writer.blocks


class _Writer:
    """Writes elements down as blocks; what is in line goes on, what is a block stands alone."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self._line: list[str] = []
        self._level = 0
        self._mark = ""

    def write(self, element: "_Element") -> None:
        """Write an element with what is in it, but without its tail."""
        tag = str(element.tag)
        if tag == "lb":
            self._line.append(_LINE)
        if tag not in _BLOCKS:
            self._write_inside(element)
            return
        self._end()
        level = self._level
        if tag == "head":
            self._level = _LEVELS.get(element.get("rend") or "", 2)
        elif tag == "item":
            self._mark = _item_mark(element)
        self._write_inside(element)
        self._end()
        self._level = level
        if tag == "item":
            self._mark = ""

    def _write_inside(self, element: "_Element") -> None:
        self._line.append(element.text or "")
        for child in element:
            self.write(child)
            self._line.append(child.tail or "")

    def _end(self) -> None:
        text, self._line = "".join(self._line), []
        for part in text.split(_LINE + _LINE):
            rows = [row for line in part.split(_LINE) if (row := single_spaced(line))]
            if rows:
                joined = "\n".join(rows) if not self._level else " ".join(rows)
                self.blocks.append(Block(joined, self._level, self._mark))
                self._mark = ""


def _item_mark(item: "_Element") -> str:
    """Return how an item of a list begins: with its number, or with a dash."""
    parent = item.getparent()
    if parent is None or parent.get("rend") != "ol":
        return "- "
    return f"{parent.index(item) + 1}. "


def single_spaced(text: str) -> str:
    """Return a text with single spaces; those that bind are what they were."""
    line = _SPACES.sub(" ", text).strip()
    for space, sign in BOUND.items():
        line = line.replace(sign, space)
    return line.strip()
