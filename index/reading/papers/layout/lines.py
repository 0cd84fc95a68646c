"""Pieces of text on a page to the segments of its lines: what stands on one baseline with no wide gap in it."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from index.reading.papers.layout.shown import Piece


class Segment(NamedTuple):
    """A stretch of a line, in points, y upwards. ``bold``: all of it is."""

    text: str
    left: float
    right: float
    baseline: float
    size: float
    bold: bool


_SAME_BASELINE = 0.15  # em
_SAME_LINE = 0.45  # em: what stands side by side need not be quite level
_NEAR_LINES = 4
_BESIDE = 0.3  # em
_WORD_GAP = 0.14  # em: half a narrow space
_COLUMN_GAP = 0.75  # em: justified text may have such gaps, too, but not one below the other
_AFTER_A_BULLET = 4.0  # em
_TWICE = 0.3  # em: the same text this near is painted twice, to look bold
_SMALL = 0.8  # of the line's size
_RAISED = 0.15  # em
_BULLET = re.compile(r"[•◦▪●‣·○■□–—*\uf0b7\uf0a7o-]|\(?(?:\d{1,2}|[a-zA-Z])[.)]|\(?[ivx]{1,4}[.)]")
_NOTE_CALL = re.compile(r"[\s(\[]*(?:\d{1,3}|[*†‡]{1,3})(?:\s?[,;]\s?\d{1,3})*[\s)\]]*")
_LENGTH_UNIT = re.compile(r"(?:^|[\s\d])(?:[kcm]?m|ha|pi|ft)$")
_SOFT = "\u00ad"
_POWERS = {"2": "²", "3": "³"}
_LEADERS = re.compile(r"(?:\.[ \u00a0]?){5,}|…{3,}")
_SPACES = re.compile(r"[ \t\u2000-\u2008\u200a\u3000]+")
_MIXED_SPACES = re.compile(r"[ \u00a0\u202f\u2009]{2,}")


def segments(pieces: Iterable[Piece]) -> list[list[Segment]]:
    """Return the lines of a page from top to bottom, each as its segments from left to right."""
    lines = _with_raised(list(_lines(pieces)))
    found = [segment for line in lines for run in _runs(line) if (segment := _segment(run))]
    return [line for line in _rows(found) if not any(_LEADERS.search(segment.text) for segment in line)]


def joined(parts: Sequence[Segment]) -> Segment:
    """Return segments of one line as one."""
    largest = max(parts, key=lambda part: len(part.text))
    return Segment(
        " ".join(part.text for part in parts),
        min(part.left for part in parts),
        max(part.right for part in parts),
        largest.baseline,
        largest.size,
        all(part.bold for part in parts),
    )


def _lines(pieces: Iterable[Piece]) -> Iterator[list[Piece]]:
    """Yield the pieces on each baseline, from top to bottom."""
    line: list[Piece] = []
    for piece in sorted(pieces, key=lambda piece: -piece.baseline):
        if not piece.text.strip():
            continue
        if line and line[0].baseline - piece.baseline > _SAME_BASELINE * min(line[0].size, piece.size):
            yield line
            line = []
        line.append(piece)
    if line:
        yield line


def _with_raised(lines: list[list[Piece]]) -> list[list[Piece]]:
    """Return lines with the small text that stands a little above or below them in its place."""
    whole: list[list[Piece]] = []
    for number, line in enumerate(lines):
        near = lines[max(number - _NEAR_LINES, 0) : number] + lines[number + 1 : number + 1 + _NEAR_LINES]
        left: list[Piece] = []
        for piece in line:
            host = next((other for other in near if _carries(other, piece)), None)
            (left if host is None else host).append(piece)
        if left:
            whole.append(left if len(left) < len(line) else line)
    return whole


def _carries(line: Sequence[Piece], piece: Piece) -> bool:
    """Tell whether a piece is small text raised or lowered on a line: right beside larger text of it."""
    return any(
        piece.size < other.size * _SMALL
        and abs(other.baseline - piece.baseline) < other.size / 2
        and -_BESIDE * other.size < piece.left - other.right < _BESIDE * other.size
        for other in line
    )


def _rows(found: Sequence[Segment]) -> list[list[Segment]]:
    """Return segments by the rows that they stand in, though their baselines may differ a little."""
    rows: list[list[Segment]] = []
    for segment in sorted(found, key=lambda segment: -segment.baseline):
        row = rows[-1] if rows else []
        beside = all(each.right <= segment.left or segment.right <= each.left for each in row)
        if row and beside and row[0].baseline - segment.baseline <= _SAME_LINE * min(row[0].size, segment.size):
            row.append(segment)
        else:
            rows.append([segment])
    for row in rows:
        row.sort(key=lambda segment: segment.left)
    return rows


def _runs(line: list[Piece]) -> Iterator[list[Piece]]:
    """Yield the pieces of a line that stand together, from left to right."""
    run: list[Piece] = []
    for piece in sorted(line, key=lambda piece: piece.left):
        if run:
            last = run[-1]
            if piece.text == last.text and abs(piece.left - last.left) < _TWICE * piece.size:
                continue
            gap = piece.left - max(each.right for each in run)
            widest = _AFTER_A_BULLET if len(run) == 1 and _BULLET.fullmatch(last.text.strip()) else _COLUMN_GAP
            if gap > widest * max(piece.size, last.size):
                yield run
                run = []
        run.append(piece)
    if run:
        yield run


def _segment(run: list[Piece]) -> Segment | None:
    """Return pieces as one stretch of text; calls of notes are left out, raised powers stay powers."""
    size = max(run, key=lambda piece: len(piece.text.strip())).size
    main = [piece for piece in run if piece.size >= size * _SMALL] or run
    baseline = main[0].baseline
    text = ""
    right = run[0].left
    for piece in run:
        raised = piece.size < size * _SMALL and piece.baseline - baseline > _RAISED * size
        part = piece.text
        if raised and text and _NOTE_CALL.fullmatch(part):
            power = _POWERS.get(part.strip())
            if power and _LENGTH_UNIT.search(text):
                text += power
            right = max(right, piece.right)
            continue
        if text and piece.left - right > _WORD_GAP * min(size, piece.size) and not text.endswith(" "):
            text += " "
        text += part
        right = max(right, piece.right)
    text = _MIXED_SPACES.sub(_one_space, _SPACES.sub(" ", text)).strip(" \u00a0\u202f\u2009")
    text = text[:-1].replace(_SOFT, "-") + text[-1:]  # one inside a line is painted, so it is a hyphen
    if not text:
        return None
    return Segment(text, run[0].left, right, baseline, size, all(piece.bold for piece in main))


def _one_space(run: re.Match[str]) -> str:
    """Return one space for several, which holds together what any of them does."""
    return next((space for space in "\u202f\u00a0" if space in run[0]), " ")
