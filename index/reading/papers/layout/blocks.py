"""Lines in reading order to paragraphs and headings."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from index.lines import is_list_item
from index.reading.papers.layout.columns import Column
from index.reading.papers.layout.grids import Grid
from index.reading.papers.layout.hyphens import Vocabulary
from index.reading.papers.layout.lines import Segment


class Rank(StrEnum):
    """What a block of a document is."""

    TEXT = "text"
    HEADING = "heading"
    TABLE = "table"
    NOTE = "note"


class Block(NamedTuple):
    """A paragraph, a heading or a note as one line; a table as its ``rows``.

    ``page`` counts from 0; ``size`` is that of its letters, in points.
    """

    rank: Rank
    text: str
    rows: tuple[tuple[str, ...], ...]
    page: int
    size: float

    @property
    def said(self) -> str:
        """Return all its words."""
        return self.text or " ".join(cell for row in self.rows for cell in row)


class _Line(NamedTuple):
    """A line with the column that it is set in."""

    text: str
    left: float
    right: float
    baseline: float
    size: float
    bold: bool
    page: int
    column: int
    edge_left: float
    edge_right: float
    leading: float


_LARGER = 1.15
_SMALLER = 0.88
_OTHER_SIZE = 0.08  # of a line's size
_FURTHER = 1.3  # of the usual step between the lines of a column
_LEVEL = 0.2  # em
_TIGHT, _USUAL, _LOOSE = 0.95, 1.2, 2.2  # em from baseline to baseline
_INDENT = 0.7  # em
_ROOM = 0.5  # em left free after the word that would have fitted
_MUCH_ROOM = 0.3  # of a column's width
_HEADING_WORDS = 20
_HEADING_LINES = 3
_BOLD_TEXT = 0.4  # of a text: where more is bold, bold heads nothing
_ENDED = re.compile(r"[.!?…][»”\"’')\]]*$")
_PAUSED = re.compile(r"[:;,][»”\"’')\]]*$|[-\u2010\u00ad]$")
_BULLET = re.compile(r"[•◦▪●‣·○■□*\uf0b7\uf0a7][ \t\u00a0]*")
_STARTS_LOWER = re.compile(r"[«“\"(\[’'\s]*[a-zà-öø-ÿœ]")


def blocks(pages: Sequence[Sequence[Column | Grid]]) -> list[Block]:
    """Return the blocks of a document; a paragraph goes on over the end of a column or a page, past notes."""
    lines = [line for line in _lines(pages) if isinstance(line, _Line)]
    setting = _setting(lines)
    found: list[Block] = []
    aside: list[Block] = []
    main: list[_Line] = []
    small: list[_Line] = []
    for item in _lines(pages):
        if isinstance(item, _Line) and item.size < _SMALLER * setting.body:
            if small and not _goes_on(small, item, setting.body):
                aside += setting.made(small)
                small = []
            small.append(item)
            continue
        aside += setting.made(small)
        small = []
        if isinstance(item, Block) or not main or not _goes_on(main, item, setting.body):
            found += [*setting.made(main), *aside]
            main, aside = [], []
        if isinstance(item, Block):
            found.append(item)
        else:
            main.append(item)
    return [*found, *setting.made(main), *aside, *setting.made(small)]


class _Setting(NamedTuple):
    """How a document is set: the size of its text, whether bold lines head something, its words."""

    body: float
    bold_heads: bool
    vocabulary: Vocabulary

    def made(self, lines: Sequence[_Line]) -> list[Block]:
        """Return the block that some lines are, if there are any."""
        if not lines:
            return []
        text = self.vocabulary.whole([line.text for line in lines])
        rank = Rank.TEXT
        if max(line.size for line in lines) < _SMALLER * self.body:
            rank = Rank.NOTE
        elif self._heads(lines, text):
            rank = Rank.HEADING
        elif bullet := _BULLET.match(text):
            text = f"- {text[bullet.end() :]}"
        return [Block(rank, text, (), lines[0].page, lines[0].size)]

    def _heads(self, lines: Sequence[_Line], text: str) -> bool:
        if len(text.split()) > _HEADING_WORDS or len(lines) > _HEADING_LINES or not any(map(str.isalpha, text)):
            return False
        if min(line.size for line in lines) >= _LARGER * self.body:
            return True
        is_bold = self.bold_heads and all(line.bold for line in lines)
        return is_bold and not _ENDED.search(text) and not _PAUSED.search(text) and not _BULLET.match(text)


def _setting(lines: Sequence[_Line]) -> _Setting:
    length = sum(len(line.text) for line in lines)
    bold = sum(len(line.text) for line in lines if line.bold)
    return _Setting(body_size(lines), bold < _BOLD_TEXT * length, Vocabulary(line.text for line in lines))


def body_size(lines: Iterable[Segment | _Line]) -> float:
    """Return the size in which most of a text is set, in points."""
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[round(line.size * 2) / 2] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 0.0


def _lines(pages: Sequence[Sequence[Column | Grid]]) -> Iterator[_Line | Block]:
    number = 0
    for page, items in enumerate(pages):
        for item in items:
            number += 1
            if isinstance(item, Grid):
                rows = tuple(tuple(row) for row in item.rows)
                yield Block(Rank.TABLE, "", rows, page, 0.0)
                continue
            steps = [above.baseline - below.baseline for above, below in pairwise(item.lines)]
            leading = median(steps) if steps else 0.0
            for line in item.lines:
                yield _Line(*line, page, number, item.left, item.right, leading)


def _goes_on(paragraph: Sequence[_Line], line: _Line, body: float) -> bool:
    """Tell whether a line continues a paragraph."""
    last = paragraph[-1]
    if abs(line.size - last.size) > _OTHER_SIZE * last.size:
        return False
    ended = _ENDED.search(last.text) is not None
    if line.bold != last.bold and (all(each.bold for each in paragraph) or ended):
        return False
    fits = _would_have_fitted(last, line)
    if is_list_item(line.text) or _BULLET.match(line.text):
        if ended or _PAUSED.search(last.text) or fits or is_list_item(paragraph[0].text):
            return False
        return not _BULLET.match(line.text)
    if line.column != last.column:
        return line.size < _LARGER * body and not ended and (bool(_STARTS_LOWER.match(line.text)) or not fits)
    return _follows(last, line) and not _is_indented(paragraph, line) and not (fits and _breaks_off(last, line))


def _follows(last: _Line, line: _Line) -> bool:
    """Tell whether a line stands right below another."""
    usual = last.leading if _TIGHT * last.size <= last.leading <= _LOOSE * last.size else _USUAL * last.size
    return _LEVEL * last.size < last.baseline - line.baseline <= _FURTHER * usual


def _is_indented(paragraph: Sequence[_Line], line: _Line) -> bool:
    """Tell whether a line is set in, or back out, as the first of a new paragraph."""
    last = paragraph[-1]
    shift = (line.left - last.left) / last.size
    if abs((line.left + line.right) - (last.left + last.right)) < last.size:  # centred
        return False
    if shift > _INDENT:
        return not _is_item(paragraph[0].text)
    return shift < -_INDENT and len(paragraph) > 1


def _is_item(text: str) -> bool:
    return is_list_item(text) or _BULLET.match(text) is not None


def _would_have_fitted(last: _Line, line: _Line) -> bool:
    """Tell whether the first word of a line had room on the line before."""
    word = line.text.split(maxsplit=1)[0]
    width = (line.right - line.left) * len(word) / len(line.text)
    return last.edge_right - last.right > width + _ROOM * last.size


def _breaks_off(last: _Line, line: _Line) -> bool:
    """Tell whether a line that had room left ends its paragraph."""
    if _ENDED.search(last.text):
        return True
    if _PAUSED.search(last.text) or _STARTS_LOWER.match(line.text):
        return False
    return last.edge_right - last.right > _MUCH_ROOM * (last.edge_right - last.edge_left)
