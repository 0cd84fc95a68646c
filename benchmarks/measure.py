"""Measures one engine on one corpus, in two processes of its own, so that memory and cold start are true.

``python -m benchmarks.measure build|serve ENGINE FOLDER`` prints one JSON object. The folder holds
``passages.txt`` (one a line, words parted by spaces) and ``questions.json``; the engine's files go to a
folder inside it.
"""

import ctypes
import gc
import json
import math
import random
import statistics
import sys
import time
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

import psutil

from benchmarks.corpus import PASSAGES_PER_ARTICLE
from benchmarks.engines import ENGINES, Engine, Words

_CHANGES = 20  # articles removed and added again
_ROUNDS = 3  # times that all questions are asked; the best time of each counts, as other work disturbs some


def seconds(task: Callable[[], object]) -> float:
    """Return how long a task takes."""
    start = time.perf_counter()
    task()
    return time.perf_counter() - start


def resident() -> int:
    """Return the bytes that this process holds, after giving back what it can."""
    gc.collect()
    if sys.platform == "linux":
        ctypes.CDLL("libc.so.6").malloc_trim(0)
    held: int = psutil.Process().memory_info().rss
    return held


def build(engine: Engine, corpus: Path, folder: Path) -> dict[str, Any]:
    """Build and keep an index. Where the engine cannot add, adding and removing are building once more."""
    passages = read(corpus)
    measured = {"build": seconds(lambda: engine.build(folder, passages))}
    engine.save(folder, passages)
    if not engine.live:
        article = passages[:PASSAGES_PER_ARTICLE]
        measured["add"] = seconds(lambda: engine.build(folder, passages + article))
        measured["remove"] = seconds(lambda: engine.build(folder, passages[PASSAGES_PER_ARTICLE:]))
    return measured


def serve(engine: Engine, corpus: Path, folder: Path) -> dict[str, Any]:
    """Open an index, answer the questions, then remove articles and add them again."""
    questions: list[Words] = json.loads((corpus / "questions.json").read_text())
    if engine.package:
        import_module(engine.package)
    size = sum(1 for _ in (corpus / "passages.txt").open())
    if engine.name == "rank-bm25":  # seconds for each, in a large corpus
        questions = questions[: max(5, min(len(questions), 2_000_000 // size))]
    before = resident()
    start = time.perf_counter()
    engine.open(folder)
    engine.search(questions[0])
    cold = time.perf_counter() - start
    taken = [math.inf] * len(questions)
    found: list[list[int]] = [[]] * len(questions)
    for _ in range(_ROUNDS):
        for place, question in enumerate(questions):
            start = time.perf_counter()
            found[place] = engine.search(question)
            taken[place] = min(taken[place], time.perf_counter() - start)
    measured: dict[str, Any] = {
        "cold": cold,
        "memory": resident() - before,
        "p50": statistics.median(taken),
        "p99": sorted(taken)[min(len(taken) - 1, int(len(taken) * 0.99))],
        "asked": len(questions),
        "found": found,
    }
    if engine.live:
        measured |= change(engine, read(corpus))
    return measured


def change(engine: Engine, passages: list[Words]) -> dict[str, float]:
    """Remove articles, one at a time, and add each again; return the median of each."""
    adds, removes = [], []
    for article in random.Random(3).sample(range(len(passages) // PASSAGES_PER_ARTICLE), _CHANGES):
        first = article * PASSAGES_PER_ARTICLE
        words = passages[first : first + PASSAGES_PER_ARTICLE]
        start = time.perf_counter()
        engine.remove(first, len(words))
        removed = time.perf_counter()
        engine.add(first, words)
        adds.append(time.perf_counter() - removed)
        removes.append(removed - start)
    return {"add": statistics.median(adds), "remove": statistics.median(removes)}


def read(corpus: Path) -> list[Words]:
    """Return the passages of a corpus as lists of words, equal words being one object."""
    with (corpus / "passages.txt").open() as lines:
        return [list(map(sys.intern, line.split())) for line in lines]


def main() -> None:
    """Run one of the two steps for one engine."""
    step, name, place = sys.argv[1:]
    corpus = Path(place)
    folder = corpus / name.replace(" ", "-")
    folder.mkdir(exist_ok=True)
    task = {"build": build, "serve": serve}[step]
    print(json.dumps(task(ENGINES[name](), corpus, folder)))


if __name__ == "__main__":
    main()
