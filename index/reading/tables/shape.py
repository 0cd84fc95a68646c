"""The shape of a table: what of it heads columns, what heads rows, what is only laid out as a table."""

import re
from collections.abc import Iterable, Sequence
from statistics import median
from typing import NamedTuple

from index.lines import words
from index.model import Language
from index.reading.tables.times import read_time
from index.reading.tables.units import is_bare, read_label

Row = tuple[str, ...]

MOST_CELLS = 100_000
"""So many cells of one table are read, those that rows lack against the widest included."""

MOST_COLUMNS = 500
"""So many columns of one table are read."""

LONGEST_LABEL = 150
"""A longer cell is a text, not a label of its row or column (code points)."""


SAYS_LITTLE = words("""
    value values valeur valeurs detail details détail détails description information informations data donnée données
    indicator indicators indicateur indicateurs metric metrics item items name nom label libellé désignation rubrique
    élément poste key clé type category catégorie characteristic characteristics caractéristique caractéristiques
    feature features paramètre critère event events événement événements
""")
"""Labels that say nothing of what they head."""


class Grid(NamedTuple):
    """Rows of one width, without empty rows and columns; the first ``head_rows`` and ``head_columns`` are labels.

    ``lead``: rows above them that hold one text only, such as a caption.
    """

    rows: list[Row]
    head_rows: int
    head_columns: int
    lead: list[str]


_SPACES = re.compile(r"[ \t\r\n\f\v]+")
_PARAGRAPH_END = re.compile(r"\n[ \t\r]*\n")
_NUMBER = re.compile(r"\d[\d.,'’ \u00a0\u202f]*")
_NOTHING = re.compile(r"[-‐‑‒–—−.…·*_/\\|\s]*")
_VALUE = re.compile(r"[^\w(]{0,3}\(?(?:[A-Z]{1,3}[ \u00a0]?)?[$€£¥]?[ \u00a0]?\d.{0,39}", re.DOTALL)
_STOPPED = (".", "!", "?", "…")
_TEXT = 200  # code points: a cell longer than this holds text
_MOST_HEAD_ROWS = 3
_WORD_HEAD = 40  # code points
_PAIR = 2


def shape(rows: Iterable[Sequence[str]], head_rows: int | None, head_columns: int | None, language: Language) -> Grid:
    """Return the grid of a table; heads that nobody knows (None) are found by what their cells look like."""
    grid, kept_rows, kept_columns = _packed(rows)
    if head_rows is not None:
        head_rows = sum(row < head_rows for row in kept_rows)
    if head_columns is not None:
        head_columns = sum(column < head_columns for column in kept_columns)
    lead: list[str] = []
    while len(grid) > 1 and len(grid[0]) > 1 and (alone := _lead(grid)):
        lead.append(alone)
        grid = grid[1:]
        head_rows = max(head_rows - 1, 0) if head_rows is not None else None
    if head_rows is None:
        head_rows = _head_rows(grid, language)
    head_rows = min(head_rows, max(len(grid) - 1, 0))
    if any(len(cell) > LONGEST_LABEL for row in grid[:head_rows] for cell in row):
        head_rows = 0
    if head_columns is None:
        head_columns = _head_columns(grid, head_rows, language)
    return Grid(grid, head_rows, min(head_columns, max(len(grid[0]) - 1, 0)) if grid else 0, lead)


def is_value(cell: str, language: Language) -> bool:
    """Tell whether a cell holds a number with what belongs to it, and is no time."""
    return bool(_VALUE.fullmatch(cell)) and read_time(cell, language) is None


def is_nothing(cell: str) -> bool:
    """Tell whether a cell is empty or holds a dash, which says as much."""
    return _NOTHING.fullmatch(cell) is not None


def is_laid_out(grid: Grid) -> bool:
    """Tell whether a table only places texts on a page: one column, one row, or long texts in most cells."""
    cells = [cell for row in grid.rows for cell in row if cell]
    width = len(grid.rows[0])
    if (width == 1 and not grid.head_rows) or (len(grid.rows) == 1 and width > _PAIR):
        return True
    long = sum(len(cell) > _TEXT for cell in cells)
    if long * 2 < len(cells) - (len(grid.rows) if width == _PAIR else 0):
        return False
    named = [row[0] for row in grid.rows if row[0]]
    return not (len(grid.rows) > 1 and named and max(map(len, named)) <= LONGEST_LABEL) and long > 0


def alone(row: Row) -> str | None:
    """Return the only text of a row, which then speaks of all its columns: *Europe*, *Source: the company*."""
    texts = {cell for cell in row if cell}
    if len(texts) != 1 or not any(character.isalpha() for text in texts for character in text):
        return None
    filled = sum(bool(cell) for cell in row)
    if filled == len(row) or (filled == 1 and row[0] and len(row) > _PAIR):
        return texts.pop()
    return None


def _lead(grid: list[Row]) -> str | None:
    """Return the only text of the first row, if another row after it tells what the columns are."""
    text = grid[0][0] if not any(grid[0][1:]) else alone(grid[0])
    return text if text and sum(bool(cell) for cell in grid[1]) > 1 else None


def _packed(rows: Iterable[Sequence[str]]) -> tuple[list[Row], list[int], list[int]]:
    """Return the rows of one width without what is empty, and which rows and columns are left."""
    taken: list[Row] = []
    kept_rows: list[int] = []
    width = 0
    for number, row in enumerate(rows):
        cells = tuple(_tidied(cell) for cell in row[:MOST_COLUMNS])
        if not any(cells):
            continue
        width = max(width, len(cells))
        if width * (len(taken) + 1) > MOST_CELLS:
            break
        taken.append(cells)
        kept_rows.append(number)
    kept_columns = sorted({place for row in taken for place, cell in enumerate(row) if cell})
    packed = [tuple(row[place] if place < len(row) else "" for place in kept_columns) for row in taken]
    return packed, kept_rows, kept_columns


def _tidied(cell: str) -> str:
    """Return a cell with single spaces; what stands between its paragraphs is one line end."""
    return "\n".join(filter(None, (_SPACES.sub(" ", part).strip() for part in _PARAGRAPH_END.split(cell))))


def _head_rows(grid: list[Row], language: Language) -> int:
    """Guess how many rows at the top tell what the columns hold."""
    if len(grid) < _PAIR or len(grid[0]) < _PAIR:
        return 0
    first = grid[0]
    if any(is_value(cell, language) for cell in first[1:]):
        return 0
    heads = 1
    while (
        heads < min(_MOST_HEAD_ROWS, len(grid) - 1) and _spans(grid[heads - 1]) and _is_label_row(grid[heads], language)
    ):
        heads += 1
    body = grid[heads:]
    if _times(first[1:], language) or not first[0]:
        return heads if all(first[1:]) or _times(first[1:], language) else 0
    is_pair = len(first) == _PAIR
    below = list(zip(*body, strict=True))
    if any(_names_column(head, below[at], at, language, is_pair=is_pair) for at, head in enumerate(first)):
        return heads
    if is_pair:
        return int(all(cell.casefold() in SAYS_LITTLE for cell in first))
    short = all(cell and len(cell) <= _WORD_HEAD and not cell.endswith(_STOPPED) for cell in first)
    return 1 if short and len(set(first)) == len(first) and len(body) > 1 else 0


def _names_column(head: str, body: Sequence[str], place: int, language: Language, *, is_pair: bool) -> bool:
    """Tell whether a label stands over numbers or times; in a pair of columns, over those of one kind."""
    below = [cell for cell in body if cell]
    if not head or not below or read_time(head, language) or is_value(head, language):
        return False
    values = sum(is_value(cell, language) or read_time(cell, language) is not None for cell in below)
    if place == 0:
        return values == len(below) > 1
    if read_label(head, language).unit is not None and all(map(is_bare, below)):
        return True
    if not is_pair:
        return values * 2 > len(below)
    return values == len(below) > 1 and len({_NUMBER.sub("0", cell) for cell in below}) == 1


def _times(cells: Sequence[str], language: Language) -> bool:
    filled = [cell for cell in cells if cell]
    return len(filled) > 1 and all(read_time(cell, language) for cell in filled)


def _spans(row: Row) -> bool:
    """Tell whether labels of a head row seem to stand over several columns each."""
    filled = [cell for cell in row[1:] if cell]
    return len(filled) < len(row) - 1 or len(set(filled)) < len(filled)


def _is_label_row(row: Row, language: Language) -> bool:
    return sum(bool(cell) for cell in row) > 1 and not any(is_value(cell, language) for cell in row)


def _head_columns(grid: list[Row], head_rows: int, language: Language) -> int:
    """Guess whether the first column tells what the rows are of."""
    body = grid[head_rows:]
    if not body or len(body[0]) < _PAIR:
        return 0
    names = [row[0] for row in body if row[0]]
    if not names or median(map(len, names)) > LONGEST_LABEL:
        return 0
    labels = sum(not is_value(name, language) for name in names)
    if labels * 2 <= len(names):
        return 0
    if head_rows or len(body[0]) == _PAIR:
        return 1
    return int(any(is_value(cell, language) for row in body for cell in row[1:]))
