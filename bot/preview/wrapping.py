"""Lines broken to fit a width, whatever widths are measured in."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby, pairwise

from bot.preview.markup import Run
from bot.views.paging import cluster_ends

Measure = Callable[[Run], float]

_PIECE = re.compile(r" +|[^ ]+")


def wrap(runs: Sequence[Run], room: float, measure: Measure) -> list[tuple[Run, ...]]:
    """Break a line at its spaces so that each part is at most ``room`` wide; longer words between characters.

    The spaces at a break are left out, no-break spaces are no breaks, and nothing is one empty line. Only a single
    character may be wider than ``room``. A run must measure as much as its parts together, or more.
    """
    lines: list[list[Run]] = [[]]
    left = room
    gap: list[Run] = []
    for piece in _pieces(runs):
        if piece[0].text.startswith(" "):
            gap = piece
            continue
        if _width([*gap, *piece], measure) <= left:
            added = [*gap, *piece]
            lines[-1] += added
            left -= _width(added, measure)
        else:
            if lines[-1]:
                lines.append([])
                left = room
            for part in [piece] if _width(piece, measure) <= room else _characters(piece):
                if _width(part, measure) > left and lines[-1]:
                    lines.append([])
                    left = room
                lines[-1] += part
                left -= _width(part, measure)
        gap = []
    return [_joined(line) for line in lines]


def _pieces(runs: Iterable[Run]) -> Iterator[list[Run]]:
    """Yield words and the spaces between them; what is bold in a part of a word stays with the rest of it."""
    cut = ((text.startswith(" "), run._replace(text=text)) for run in runs for text in _PIECE.findall(run.text))
    for _, group in groupby(cut, key=lambda piece: piece[0]):
        yield [run for _, run in group]


def _characters(word: Iterable[Run]) -> Iterator[list[Run]]:
    for run in word:
        ends = [0, *cluster_ends(run.text, 0, len(run.text))]
        for start, end in pairwise(ends):
            yield [run._replace(text=run.text[start:end])]


def _joined(line: Iterable[Run]) -> tuple[Run, ...]:
    groups = groupby(line, key=lambda run: run.bold)
    return tuple(Run("".join(run.text for run in group), bold) for bold, group in groups)


def _width(runs: Iterable[Run], measure: Measure) -> float:
    return sum(map(measure, runs))
