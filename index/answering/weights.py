"""What the signals are worth. The numbers stand in ``weights.json``, which ``python -m benchmarks.tuning`` writes.

It finds them on the tuning halves of the questions in ``tests/questions`` alone (docs/answering.md tells how).
"""

import json
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from math import exp
from operator import mul
from typing import Any, NamedTuple

from index.answering.grounds import Absence, Grounds
from index.answering.marks import Marks
from index.answering.signals import Signals


class Weights(NamedTuple):
    """What each signal adds to a score.

    ``figure_least`` and ``answer_least``: the likelihoods from which on a figure is shown and a question answered.
    """

    sentence: Signals
    figure: Marks
    absence: Absence
    verdict: Grounds
    figure_least: float
    answer_least: float


class Tuned(NamedTuple):
    """Weights for what is found in sources of which all is known that people ask for, and for all else."""

    general: Weights
    charted: Weights


@cache
def shipped() -> Tuned:
    """Return the weights that come with Sourcier, read once."""
    found = json.loads((files("index.answering") / "weights.json").read_text("utf-8"))
    return Tuned(**{name: _weights(group) for name, group in found.items()})


def _weights(found: Mapping[str, Any]) -> Weights:
    return Weights(
        Signals(**found["sentence"]),
        Marks(**found["figure"]),
        Absence(**found["absence"]),
        Grounds(**found["verdict"]),
        found["figure_least"],
        found["answer_least"],
    )


def score(signals: Iterable[float], weights: Iterable[float]) -> float:
    """Return what signals are worth together."""
    return float(sum(map(mul, signals, weights)))


def likelihood(value: float) -> float:
    """Return the logistic function of a score, 0 to 1."""
    return 1 / (1 + exp(-value)) if value > 0 else exp(value) / (1 + exp(value))
