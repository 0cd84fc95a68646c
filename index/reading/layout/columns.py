"""The lines of a page in the order in which they are read: columns from left to right, tables apart."""

from collections.abc import Iterator, Sequence
from statistics import median
from typing import NamedTuple

from index.reading.layout.grids import Grid, grid
from index.reading.layout.lines import Segment, joined

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
_DEEPEST = 6
_MOST_TRIED = 24  # places
_FAR = 3.0  # em


def ordered(pages: Sequence[Lines]) -> list[list[Column | Grid]]:
    """Return what stands on each page in reading order; a page with little text is parted as the others are."""
    gutters = [_gutter(lines) for lines in pages]
    usual = sorted({round(gutter) for gutter in gutters if gutter is not None})
    return [
        _ordered(lines, gutter if gutter is not None else _usual_gutter(lines, usual), 0)
        for lines, gutter in zip(pages, gutters, strict=True)
    ]


def _usual_gutter(lines: Lines, usual: Sequence[float]) -> float | None:
    """Return where other pages are parted, if something stands on both sides of it here."""
    fewest = 1
    return next((at for at in usual if any(is_parted for _, is_parted in _bands(lines, at, fewest))), None)


def _ordered(lines: Lines, gutter: float | None, depth: int) -> list[Column | Grid]:
    if not lines:
        return []
    if gutter is None:
        return [_column(lines)]
    found: list[Column | Grid] = []
    fewest = _FEWEST if _parts(lines, gutter) else 1
    for band, is_parted in _bands(lines, gutter, fewest):
        left, right = _side(band, gutter, is_left=True), _side(band, gutter, is_left=False)
        if not is_parted:
            parts = [band]
        elif fewest == _FEWEST and not (_is_text(left, depth) and _is_text(right, depth)) and (tabled := _tabled(band)):
            found += tabled
            continue
        else:
            parts = [left, right]
        for part in parts:
            deeper = _gutter(part) if depth < _DEEPEST and len(part) < len(lines) + (part is not band) else None
            found += _ordered(part, deeper, depth + 1)
    return found


def _tabled(lines: Lines) -> list[Column | Grid] | None:
    """Return a table with what stands above and below it, or None where there is none."""
    wide = [number for number, line in enumerate(lines) if len(line) > 1]
    if not wide:
        return None
    first, last = wide[0], wide[-1] + 1
    made = grid(lines[first:last])
    if made is None:
        return None
    around = [_column(part) if part else None for part in (lines[:first], lines[last:])]
    return [item for item in (around[0], made, around[1]) if item is not None]


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
    """Tell whether lines are those of running text, in one column or more: words enough, most lines as wide as it."""
    if not lines:
        return False
    gutter = _gutter(lines) if depth < _DEEPEST else None
    if gutter is not None:
        sides = (_side(lines, gutter, is_left=True), _side(lines, gutter, is_left=False))
        return all(_is_text(side, depth + 1) for side in sides)
    column = _column(lines)
    if sum(len(line.text.split()) for line in column.lines) < _WORDS_OF_TEXT * len(column.lines):
        return False
    width = column.right - column.left
    return median(line.right - line.left for line in column.lines) >= _FILLED * width
