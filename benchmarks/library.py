"""The whole way at scale, through ``Library`` on a real store: python -m benchmarks.library [--passages 100000].

Articles are made of the same synthetic words as in ``benchmarks.ranking``, in sentences of a dozen words. Starting is
measured in a fresh process, from its first import to its first answer.
"""

import argparse
import asyncio
import resource
import subprocess
import sys
import time
from collections.abc import Awaitable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks import corpus
from benchmarks.measure import resident
from index import pauses
from index.library import Library
from index.model import Article

_SENTENCE = 12  # words
_ASKED = 400
_ADDED = 100


async def fill(folder: Path, found: Sequence[corpus.Ranks]) -> None:
    """Make a store of articles of ten passages each."""
    async with await Library.open(folder, "write") as library:
        for start in range(0, len(found), corpus.PASSAGES_PER_ARTICLE):
            await library.add(make_article(start, found[start : start + corpus.PASSAGES_PER_ARTICLE]), by="benchmark")


async def use(folder: Path, questions: Sequence[str], found: Sequence[corpus.Ranks]) -> None:
    """Ask questions for the first time, then add articles and ask for a word that only they have.

    As in a process that serves, what is made ready after the first answer is ready.
    """
    async with await Library.open(folder, "write") as library:
        await library.ask(questions[0])
        await library.warmed()
        pauses.shorten()
        _tell("question to answer", [await _timed(library.ask(question)) for question in questions])
        times = []
        for number in range(_ADDED):
            article = make_article(number, [*found[number * 8 : number * 8 + 8]], f"Zyxomot{number} se trouve ici.")
            started = time.perf_counter()
            added = await library.add(article, by="benchmark")
            answer = await library.ask(f"zyxomot{number}")
            times.append(time.perf_counter() - started)
            if answer.citations[0].source.id != added.source.id:
                raise SystemExit("an added article was not found")
        _tell("article added, durably, and found", times)


async def start(folder: Path, question: str, began: float) -> None:
    """Open the store and answer one question, in this fresh process."""
    async with await Library.open(folder) as library:
        await library.ask(question)
        print(f"start to first answer: {time.time() - began:.2f} s")
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
        print(f"resident memory: {resident() / 1e6:.0f} MB, at its peak {peak:.0f} MB")


def make_article(number: int, found: Sequence[corpus.Ranks], last: str = "") -> Article:
    """Return an article of some passages, each a paragraph, with a last one of its own."""
    paragraphs = []
    for ranks in found:
        words = [corpus.spell(rank) for rank in ranks.tolist()]
        sentences = [words[place : place + _SENTENCE] for place in range(0, len(words), _SENTENCE)]
        paragraphs.append(" ".join(f"{' '.join(sentence).capitalize()}." for sentence in sentences))
    paragraphs.append(last or f"Fin {number}.")
    return Article(text="\n\n".join(paragraphs), title=f"Article {number}", language="fr")


async def _timed(work: Awaitable[object]) -> float:
    started = time.perf_counter()
    await work
    return time.perf_counter() - started


def _tell(what: str, times: Sequence[float]) -> None:
    ordered = sorted(times)
    p50, p99 = ordered[len(ordered) // 2], ordered[len(ordered) * 99 // 100]
    print(f"{what}: p50 {p50 * 1000:.1f} ms, p99 {p99 * 1000:.1f} ms")


def main() -> None:
    """Fill a store, then measure starting, asking and adding."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--passages", type=int, default=100_000)
    parser.add_argument("--start", nargs=3, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.start:
        folder, question, began = options.start
        asyncio.run(start(Path(folder), question, float(began)))
        return
    found = list(corpus.passages(options.passages))
    questions = [" ".join(question.words) for question in corpus.questions(found, _ASKED)]
    with TemporaryDirectory() as place:
        folder = Path(place)
        asyncio.run(fill(folder, found))
        print(f"{options.passages:,} passages in {options.passages // corpus.PASSAGES_PER_ARTICLE:,} articles")
        for _ in range(3):
            command = [sys.executable, "-m", "benchmarks.library", "--start", place, questions[0], str(time.time())]
            subprocess.run(command, check=True)
        asyncio.run(use(folder, questions, found))


if __name__ == "__main__":
    main()
