"""The lines of a page in the order in which they are read: columns from left to right, tables apart."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from index.reading.papers.layout.grids import Grid, grid
from index.reading.papers.layout.lines import Segment, joined

Lines = list[list[Segment]]
"""Lines from top to bottom, each as its segments from left to right."""


class Column(NamedTuple):
    """Lines that are read one after the other, and the edges between which they are set, in points."""

    lines: list[Segment]
    left: float
    right: float


_GUTTER = 0.7  # em
_FEWEST = 3  # lines: fewer do not make a column
_MOST_SEGMENTS = 3_000  # of a page: one with more is no page that is read in columns
_WORDS_OF_TEXT = 2.5
_FILLED = 0.6  # of a column's width, by lines of text
_MOSTLY = 0.6  # of the characters
_DEEPEST = 6
_MOST_TRIED = 24  # places
_SPREAD, _FAR = 1.2, 3.0  # em
_TIGHT = 1.4  # em from baseline to baseline
_MOST_LINES_OF_A_CELL = 4


def ordered(pages: Sequence[Lines]) -> list[list[Column | Grid]]:
    """Return what stands on each page in reading order; a page with little text is parted as the others are."""
    gutters = [_gutter(lines) for lines in pages]
    usual = sorted(
        {
            round(gutter)
            for lines, gutter in zip(pages, gutters, strict=True)
            if gutter is not None and _parts_text(lines, gutter)
        }
    )
    return [
        _ordered(lines, gutter if gutter is not None else _usual_gutter(lines, usual), 0)
        for lines, gutter in zip(pages, gutters, strict=True)
    ]


def _parts_text(lines: Lines, gutter: float) -> bool:
    """Tell whether running text stands on both sides of a place."""
    return any(
        is_parted and all(_is_text(_side(band, gutter, is_left=is_left), 0) for is_left in (True, False))
        for band, is_parted in _bands(lines, gutter, _FEWEST)
    )


def _usual_gutter(lines: Lines, usual: Sequence[float]) -> float | None:
    """Return where other pages are parted, if something stands on both sides of it here."""
    fewest = 1
    return next((at for at in usual if any(is_parted for _, is_parted in _bands(lines, at, fewest))), None)


def _ordered(lines: Lines, gutter: float | None, depth: int) -> list[Column | Grid]:
    if not lines:
        return []
    if gutter is None:
        return _small_tables(lines)
    found: list[Column | Grid] = []
    fewest = _FEWEST if _parts(lines, gutter) else 1
    for band, is_parted in _bands(lines, gutter, fewest):
        if not is_parted:
            found += _deeper(band, lines, depth)
            continue
        left, right = _side(band, gutter, is_left=True), _side(band, gutter, is_left=False)
        if fewest < _FEWEST or (_is_text(left, depth) and _is_text(right, depth)):
            found += _deeper(left, lines, depth) + _deeper(right, lines, depth)
        else:
            found += _mixed(band, gutter, lines, depth)
    return found


def _small_tables(lines: Lines) -> list[Column | Grid]:
    """Return lines as one column, but for tables of few rows, whose cells stand far apart."""
    found: list[Column | Grid] = []
    text: Lines = []
    for rows, beside in _rows_together(lines):
        made = grid(rows) if beside and len(rows) > 1 and _is_small_table(rows) else None
        if made is None:
            text += rows
            continue
        if text:
            found.append(_column(text))
        found.append(made)
        text = []
    return [*found, _column(text)] if text else found


def _is_small_table(rows: Lines) -> bool:
    """Tell whether the texts of some lines stand farther apart than words ever do, or heads stand over numbers."""
    if all(right.left - left.right > _SPREAD * left.size for row in rows for left, right in pairwise(row)):
        return True
    wide = [row for row in rows if len(row) > 1]
    first, body = wide[0], [segment.text for row in wide[1:] for segment in row[1:]]
    heads = not any(character.isdigit() for segment in first for character in segment.text)
    even = all(len(row) == len(first) for row in wide)
    return heads and even and all(any(map(str.isdigit, text)) for text in body)


def _deeper(part: Lines, lines: Lines, depth: int) -> list[Column | Grid]:
    """Return what stands in a part of some lines in reading order."""
    smaller = sum(map(len, part)) < sum(map(len, lines))
    return _ordered(part, _gutter(part) if smaller and depth < _DEEPEST else None, depth + 1)


def _mixed(band: Lines, gutter: float, lines: Lines, depth: int) -> list[Column | Grid]:
    """Return lines among which there are rows of tables; what stands side by side otherwise is read by columns."""
    found: list[Column | Grid] = []
    for rows, beside in _rows_together(band):
        made = grid(rows) if beside else None
        if made is not None:
            found.append(made)
        elif beside and len(rows) >= _FEWEST:
            for is_left in (True, False):
                found += _deeper(_side(rows, gutter, is_left=is_left), lines, depth)
        else:
            found.append(_column(rows))
    return found


def _rows_together(band: Lines) -> list[tuple[Lines, bool]]:
    """Return runs of lines, each with whether they hold texts side by side; a cell may go on in lines of its own."""
    runs: list[tuple[Lines, bool]] = []
    alone: Lines = []
    for line in band:
        inside = bool(runs) and runs[-1][1]
        if len(line) == 1:
            if inside and not alone and _goes_under(runs[-1][0], line):
                runs[-1][0].append(line)
            else:
                alone.append(line)
            continue
        goes_on = _are_tight([runs[-1][0][-1], *alone]) or _goes_over(alone, line) if inside else False
        if goes_on and len(alone) <= _MOST_LINES_OF_A_CELL:
            runs[-1][0].extend([*alone, line])
        else:
            if alone:
                runs.append((alone, False))
            runs.append(([line], True))
        alone = []
    return [*runs, (alone, False)] if alone else runs


def _goes_under(rows: Lines, line: list[Segment]) -> bool:
    """Tell whether a line on its own goes on with a cell of the row above, beside its first."""
    row = next(row for row in reversed(rows) if len(row) > 1)
    return line[0].left > row[0].right and _are_tight([rows[-1], line])


def _goes_over(alone: Lines, line: list[Segment]) -> bool:
    """Tell whether lines on their own begin a cell of the row below, beside its first."""
    return all(above[0].left > line[0].right for above in alone) and _are_tight([*alone, line])


def _are_tight(lines: Lines) -> bool:
    return all(_is_tight(above, below) for above, below in pairwise(lines))


def _is_tight(above: list[Segment], below: list[Segment]) -> bool:
    return above[0].baseline - below[0].baseline < _TIGHT * max(above[0].size, below[0].size)


def _column(lines: Lines) -> Column:
    whole = [joined(part) for line in lines for part in _near(line)]
    return Column(whole, min(line.left for line in whole), max(line.right for line in whole))


def _near(line: Sequence[Segment]) -> Iterator[list[Segment]]:
    """Yield what stands together on a line."""
    part: list[Segment] = []
    for segment in line:
        if part and segment.left - part[-1].right > _FAR * segment.size:
            yield part
            part = []
        part.append(segment)
    if part:
        yield part


def _gutter(lines: Lines) -> float | None:
    """Return where a page is best parted into left and right: where text stands on both sides and least runs over."""
    found = [segment for line in lines for segment in line]
    if not 2 * _FEWEST <= len(found) <= _MOST_SEGMENTS:
        return None
    em = median(segment.size for segment in found)
    lefts = sorted(segment.left for segment in found)
    candidates: dict[int, tuple[int, float]] = {}
    passed = 0
    for place, right in enumerate(sorted(segment.right for segment in found)):
        while passed < len(lefts) and lefts[passed] < right + _GUTTER * em:
            passed += 1
        if place + 1 < _FEWEST or len(lefts) - passed < _FEWEST:
            continue
        candidate = (passed - place - 1, right + _GUTTER * em / 2)
        near = int(right / em)
        candidates[near] = min(candidates.get(near, candidate), candidate)
    tried = sorted(candidates.values())[:_MOST_TRIED]
    return next((at for _, at in tried if _parts(lines, at)), None)


def _parts(lines: Lines, at: float) -> bool:
    """Tell whether enough lines stand side by side left and right of a place."""
    return any(is_parted for _, is_parted in _bands(lines, at, _FEWEST))


def _bands(lines: Lines, at: float, fewest: int) -> list[tuple[Lines, bool]]:
    """Return runs of lines, each with whether it is parted at a place or runs over it."""
    runs: list[tuple[Lines, bool]] = []
    for line in lines:
        parted = not any(segment.left < at < segment.right for segment in line)
        if runs and runs[-1][1] == parted:
            runs[-1][0].append(line)
        else:
            runs.append(([line], parted))
    bands: list[tuple[Lines, bool]] = []
    for run, parted in runs:
        stands = parted and _is_band(run, at, fewest)
        if bands and not stands and not bands[-1][1]:
            bands[-1][0].extend(run)
        else:
            bands.append((list(run), stands))
    return bands


def _is_band(lines: Lines, at: float, fewest: int) -> bool:
    """Tell whether lines stand side by side left and right of a place."""
    left = [line[0].baseline for line in lines if line[0].left < at]
    right = [line[-1].baseline for line in lines if line[-1].left > at]
    if min(len(left), len(right)) < fewest:
        return False
    top, bottom = min(left[0], right[0]), max(left[-1], right[-1])
    beside = min(sum(bottom <= each <= top for each in side) for side in (left, right))
    return beside >= fewest


def _side(lines: Lines, at: float, *, is_left: bool) -> Lines:
    sides = ([segment for segment in line if (segment.left < at) == is_left] for line in lines)
    return [side for side in sides if side]


def _is_text(lines: Lines, depth: int) -> bool:
    """Tell whether lines are mostly those of running text, in one column or more."""
    length = _length(lines)
    return length > 0 and _text_length(lines, depth) >= _MOSTLY * length


def _text_length(lines: Lines, depth: int) -> int:
    """Return how many characters stand in running text: words enough on a line, most lines as wide as their column."""
    gutter = _gutter(lines) if depth < _DEEPEST else None
    if gutter is not None:
        return sum(
            _text_length(part, depth + 1)
            for band, is_parted in _bands(lines, gutter, _FEWEST)
            for part in ([_side(band, gutter, is_left=side) for side in (True, False)] if is_parted else [band])
        )
    if not lines:
        return 0
    column = _column(lines)
    if sum(len(line.text.split()) for line in column.lines) < _WORDS_OF_TEXT * len(column.lines):
        return 0
    width = column.right - column.left
    is_filled = median(line.right - line.left for line in column.lines) >= _FILLED * width
    return _length(lines) if is_filled else 0


def _length(lines: Lines) -> int:
    return sum(len(segment.text) for line in lines for segment in line)
