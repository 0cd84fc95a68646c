"""The tables of a page as paragraphs: each row becomes a sentence that can be quoted without its table."""

import re
from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING

from index.model import Language
from index.reading.pages.preparation import TOLD
from index.reading.tables.sentences import sentences

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_MOST_SPAN = 100
_MOST_ROWS = 20_000
_LONGEST_VALUE = 300  # code points; a longer cell is text, for the paragraphs around it
_FEWEST_PAIRS = 2
_SPACES = re.compile(r"\s+")
_BREAKING = frozenset({"p", "div", "br", "li", "section", "dd", "dt", "tr", "caption"})
_STRUCTURE = ".//h1|.//h2|.//h3|.//h4|.//blockquote|.//pre|.//figure|.//article|.//form"


def tell_tables(tree: "HtmlElement", language: Language) -> None:
    """Replace the tables and the lists of terms of a page by paragraphs, those inside of others first.

    A table that only places parts of the page gives way to these parts.
    """
    for figure in tree.iter("figure"):
        if figure.find(".//table") is not None:
            figure.tag = "div"
            for caption in figure.iter("figcaption"):
                caption.tag = "p"
    for table in reversed(list(tree.iter("table"))):
        if _is_layout(table):
            _unwrap(table)
        else:
            _replace(table, sentences(_rows(table), head_rows=_head_rows(table), language=language))
    for terms in reversed(list(tree.iter("dl"))):
        pairs = _pairs(terms)
        if len(pairs) >= _FEWEST_PAIRS and all(len(cell) <= _LONGEST_VALUE for pair in pairs for cell in pair):
            _replace(terms, sentences(pairs, head_rows=0, head_columns=1, language=language))


def _is_layout(table: "HtmlElement") -> bool:
    if table.get("role") in ("presentation", "none") or table.xpath(_STRUCTURE):
        return True
    rows = table.xpath("count(.//tr)")
    cells = table.xpath(".//td|.//th")
    if len(cells) <= 1 or rows == 0:
        return True
    long = sum(len(cell.text_content()) > _LONGEST_VALUE for cell in cells)
    return long * 3 > len(cells)


def _unwrap(table: "HtmlElement") -> None:
    for element in table.iter("table", "tbody", "thead", "tfoot", "tr", "td", "th", "caption"):
        element.tag = "div"


def _rows(table: "HtmlElement") -> Iterator[list[str]]:
    """Yield the cells of each row, the caption first; a merged cell is in each place that it covers."""
    caption = table.find("caption")
    if caption is not None and (title := _text(caption)):
        yield [title]
    held: dict[int, tuple[str, int]] = {}  # what reaches down into a column, and into how many more rows
    for row in islice(table.iter("tr"), _MOST_ROWS):
        cells: list[str] = []
        for cell in row.iterchildren("td", "th"):
            _fill_held(cells, held)
            text = _text(cell)
            width, height = (_span(cell.get(side)) for side in ("colspan", "rowspan"))
            for _ in range(width):
                if height > 1:
                    held[len(cells)] = (text, height - 1)
                cells.append(text)
        _fill_held(cells, held)
        yield cells


def _fill_held(cells: list[str], held: dict[int, tuple[str, int]]) -> None:
    while (place := len(cells)) in held:
        text, left = held.pop(place)
        if left > 1:
            held[place] = (text, left - 1)
        cells.append(text)


def _head_rows(table: "HtmlElement") -> int | None:
    """Return how many rows are marked as heads; None where the table does not say it."""
    heads = len(table.xpath("./thead/tr"))
    if heads == 0:
        return None
    return heads + (table.find("caption") is not None)


def _pairs(terms: "HtmlElement") -> list[list[str]]:
    """Return the terms of a list with what is said of each; several of either are joined."""
    pairs: list[list[str]] = []
    for element in islice(terms.iter("dt", "dd"), _MOST_ROWS):
        text = _text(element)
        if element.tag == "dt":
            if pairs and not pairs[-1][1]:
                pairs[-1][0] = f"{pairs[-1][0]}, {text}"
            else:
                pairs.append([text, ""])
        elif pairs and text:
            pairs[-1][1] = f"{pairs[-1][1]}, {text}".removeprefix(", ")
    return [pair for pair in pairs if all(pair)]


def _text(cell: "HtmlElement") -> str:
    """Return the text of a cell; its paragraphs are parted by an empty line."""
    parts: list[str] = []

    def collect(element: "HtmlElement") -> None:
        breaks = element.tag in _BREAKING
        parts.append("\n\n" if breaks else "")
        parts.append(_SPACES.sub(" ", element.text or ""))
        for child in element:
            collect(child)
            parts.append(_SPACES.sub(" ", child.tail or ""))
        parts.append("\n\n" if breaks else "")

    collect(cell)
    return "".join(parts).strip()


def _span(value: str | None) -> int:
    digits = (value or "").strip()
    return min(max(int(digits), 1), _MOST_SPAN) if digits.isdecimal() and len(digits) < 6 else 1  # noqa: PLR2004


def _replace(element: "HtmlElement", paragraphs: list[str]) -> None:
    """Put paragraphs in the place of an element."""
    from lxml.html import Element

    tail = element.tail
    element.clear()
    element.tag = "div"
    element.set(TOLD, "")
    element.tail = tail
    for text in paragraphs:
        paragraph = Element("p")
        paragraph.text = text
        element.append(paragraph)
