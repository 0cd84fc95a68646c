"""Lines that stand side by side in short pieces: the rows of a table."""

import re
from collections.abc import Sequence
from functools import reduce
from itertools import pairwise
from math import inf
from statistics import median
from typing import NamedTuple

from index.reading.papers.layout.lines import Segment


class Grid(NamedTuple):
    """The rows of a table, each with a text for every column; where it starts and ends on its page, in points."""

    rows: list[list[str]]
    top: float
    bottom: float


class _Edges(NamedTuple):
    left: float
    right: float


_FEWEST_ROWS = 2
_PAIR = 2
_FEW = 0.15  # of the rows: so many may run over the space between two columns, such as a heading over both
_SHARED = 0.6  # of the rows have a text in more than one column
_NUMBERED = 0.2  # of the cells beside the first column hold a digit
_NAME = 25  # code points
_LINE = 45  # code points
_ALMOST_ALL = 0.8
_TIGHT = 1.45  # em from baseline to baseline: the second line of a cell
_LOOSER = 1.15
_DIGIT = re.compile(r"\d")


def grid(lines: Sequence[list[Segment]]) -> Grid | None:
    """Return the table that some lines are, or None where they are none."""
    columns = _columns(lines)
    if len(columns) < _PAIR:
        return None
    rows = [_row(line, columns) for line in lines]
    if sum(sum(map(bool, row)) > 1 for row in rows) < _SHARED * len(rows) * _rows_per_line(lines):
        return None
    if _is_running(rows, lines):
        return None
    rows = _whole(rows, lines)
    cells = [cell for row in rows for cell in row[1:] if cell]
    shared = sum(sum(map(bool, row)) > 1 for row in rows)
    if len(rows) < _FEWEST_ROWS or shared < _SHARED * len(rows) or not cells:
        return None
    numbered = sum(bool(_DIGIT.search(cell)) for cell in cells) >= _NUMBERED * len(cells)
    named = median(len(row[0]) for row in rows) <= _NAME and shared >= _ALMOST_ALL * len(rows)
    if len(columns) == _PAIR and not numbered and not named:
        return None
    return Grid(rows, lines[0][0].baseline, lines[-1][0].baseline)


def _is_running(rows: Sequence[list[str]], lines: Sequence[list[Segment]]) -> bool:
    """Tell whether a column holds the lines of a running text: long ones, close below one another."""
    steps = [above[0].baseline - below[0].baseline for above, below in pairwise(lines)]
    if not steps or median(steps) >= _TIGHT * median(segment.size for line in lines for segment in line):
        return False
    return any(
        median(len(cell) for cell in column if cell) > _LINE for column in zip(*rows, strict=True) if any(column)
    )


def _rows_per_line(lines: Sequence[list[Segment]]) -> float:
    """Return which part of the lines starts a row, where cells have several lines."""
    return 1.0 if len(lines) < _FEWEST_ROWS else 0.5


def _columns(lines: Sequence[list[Segment]]) -> list[_Edges]:
    """Return the columns of a table: the stretches of its width between which few texts stand."""
    marks: list[tuple[float, int]] = []
    for line in lines:
        for segment in line:
            marks += [(segment.left, 1), (segment.right, -1)]
    marks.sort()
    few = max(1, int(_FEW * len(lines))) if len(lines) > _FEWEST_ROWS + 1 else 0
    columns: list[_Edges] = []
    covered, start = 0, 0.0
    for place, step in marks:
        before, covered = covered, covered + step
        if before <= few < covered:
            start = place
        elif covered <= few < before and place > start:
            columns.append(_Edges(start, place))
    return columns


def _row(line: Sequence[Segment], columns: Sequence[_Edges]) -> list[str]:
    """Return the texts of a line by column; one over several columns stands in each that it covers."""
    row = [""] * len(columns)
    for segment in line:
        over = [
            place
            for place, column in enumerate(columns)
            if min(segment.right, column.right) - max(segment.left, column.left) > 0
        ] or [min(range(len(columns)), key=lambda place: abs(columns[place].left - segment.left))]
        for place in over:
            row[place] = f"{row[place]} {segment.text}".strip()
    return row


def _whole(rows: list[list[str]], lines: Sequence[list[Segment]]) -> list[list[str]]:
    """Return the rows with the further lines of their cells, which follow close below, or stand close above."""
    steps = [above[0].baseline - below[0].baseline for above, below in pairwise(lines)]
    size = median(segment.size for line in lines for segment in line)
    tight = [step for step in steps if step < _TIGHT * size]
    even = not tight or (len(tight) == len(steps) and max(steps) < _LOOSER * min(steps))
    whole = [rows[0]]
    waiting: list[list[str]] = []
    for place, row in enumerate(rows[1:], start=1):
        above, below = steps[place - 1], steps[place] if place < len(steps) else inf
        partial = (not row[0] or not any(row[1:])) and not (even and row[0])
        if partial and not row[0] and below < _TIGHT * size and below * _LOOSER < above:
            waiting.append(row)
        elif partial and above < _TIGHT * size and not waiting:
            whole[-1] = _joined(whole[-1], row)
        else:
            whole.append(reduce(_joined, [*waiting, row]))
            waiting = []
    return whole + waiting


def _joined(above: Sequence[str], below: Sequence[str]) -> list[str]:
    """Return the lines of one row, cell by cell."""
    return [f"{first} {second}".strip() for first, second in zip(above, below, strict=True)]
