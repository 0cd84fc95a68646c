"""Where a time stands on the axis: years side by side, long stretches in which nothing is cut out."""

from collections.abc import Collection, Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

BREAK = 18.0
"""How wide the sign for years that were cut out is."""

_LONGEST_EMPTY = 2  # years without anything that are shown


class Run(NamedTuple):
    """Years without a gap, the last one included, from ``left`` to ``right`` on the axis."""

    first: int
    last: int
    left: float
    right: float


class Scale(NamedTuple):
    """An axis: its runs of years, between which years were cut out."""

    runs: tuple[Run, ...]

    def place(self, when: float) -> float:
        """Return where a time stands; ``when`` is in years."""
        for run in self.runs:
            if when < run.first:
                return run.left
            if when <= run.last + 1:
                return run.left + (when - run.first) * (run.right - run.left) / (run.last + 1 - run.first)
        return self.runs[-1].right

    @property
    def of_year(self) -> float:
        """How wide a year is."""
        run = self.runs[0]
        return (run.right - run.left) / (run.last + 1 - run.first)


def make_scale(spans: Iterable[tuple[float, float]], left: float, right: float) -> Scale:
    """Return an axis from ``left`` to ``right`` on which all times (starts and ends, in years) have their place."""
    years = {year for start, end in spans for year in (int(start), max(int(start), -int(-end // 1) - 1))}
    runs = _runs(sorted(years))
    if (len(runs) - 1) * BREAK > (right - left) / 3:
        runs = [(min(years), max(years))]
    of_year = (right - left - (len(runs) - 1) * BREAK) / sum(last + 1 - first for first, last in runs)
    placed: list[Run] = []
    for first, last in runs:
        begin = placed[-1].right + BREAK if placed else left
        placed.append(Run(first, last, begin, begin + (last + 1 - first) * of_year))
    return Scale(tuple(placed))


def labelled(scale: Scale, wide: float) -> list[int]:
    """Return the years that are named where a name is ``wide``: all of them, else round ones."""
    steps = (step * power for power in (1, 10, 100, 1000) for step in (1, 2, 5))
    step = next((step for step in steps if step * scale.of_year >= wide), 10_000)
    return [year for run in scale.runs for year in _round_years(run, step)]


def _round_years(run: Run, step: int) -> Collection[int]:
    years = [year for year in range(run.first, run.last + 1) if year % step == 0]
    return years or [run.first]


def _runs(years: Sequence[int]) -> list[tuple[int, int]]:
    """Return the first and last years between which there are no long gaps."""
    gaps = [(before, after) for before, after in pairwise(years) if after - before - 1 > _LONGEST_EMPTY]
    firsts = [years[0], *(after for _, after in gaps)]
    lasts = [*(before for before, _ in gaps), years[-1]]
    return list(zip(firsts, lasts, strict=True))
