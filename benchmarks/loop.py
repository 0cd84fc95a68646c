"""How late the event loop is while the library works: python -m benchmarks.loop [--passages 100000] [--store FOLDER].

A probe in the same loop sleeps a millisecond again and again and notes how much later it wakes: that is how long
anything else in a bot would wait, such as an answer to Discord's heartbeat. Every kind of work has a line with the
99th percentile and the worst, and where it has steps, how long these took.

The store is that of ``benchmarks.library``; ``--store`` keeps it for another time, and works on a copy of it.
"""

import argparse
import asyncio
import shutil
import time
from collections.abc import Awaitable, Callable, Iterable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple, Self

from benchmarks import corpus
from benchmarks.library import fill, make_article
from index import pauses
from index.library import Library
from index.model import Article

_ASKED = 400
_AT_ONCE = 8
_KEPT = 200
_ADDED = 100
_REMOVED = 50
_LONG = 2_000  # paragraphs of some fifty words
_NAP = 0.001  # seconds

Times = list[float]


class Probe:
    """Watches how late the loop is while an ``async with`` block runs."""

    def __init__(self) -> None:
        self.late: Times = []

    async def __aenter__(self) -> Self:
        self._task = asyncio.create_task(self._watch())
        await asyncio.sleep(0)
        return self

    async def __aexit__(self, *_error: object) -> None:
        self._task.cancel()
        await asyncio.gather(self._task, return_exceptions=True)

    async def _watch(self) -> None:
        before = time.perf_counter()
        try:
            while True:
                await asyncio.sleep(_NAP)
                now = time.perf_counter()
                self.late.append(now - before - _NAP)
                before = now
        finally:
            self.late.append(time.perf_counter() - before - _NAP)


class Material(NamedTuple):
    """What the library is given to do."""

    questions: list[str]
    own: Article
    articles: list[Article]
    long: list[Article]


class Work:
    """Every kind of work that a library does; where it has steps, each method returns how long these took."""

    def __init__(self, library: Library, material: Material) -> None:
        self.library = library
        self.material = material

    async def warm(self) -> Times:
        """Wait for what is made ready after the first answer."""
        return [await _timed(self.library.warmed())]

    async def ask(self, questions: Iterable[str], shelf: str = "shared") -> Times:
        """Ask one question after another."""
        return [await _timed(self.library.ask(question, shelf)) for question in questions]

    async def ask_at_once(self) -> Times:
        """Ask several at a time, on a shelf with sources of its own."""
        shares = [self.material.questions[place::_AT_ONCE] for place in range(_AT_ONCE)]
        times = await asyncio.gather(*(self.ask(share, "other") for share in shares))
        return [taken for share in times for taken in share]

    async def keep(self) -> Times:
        """Keep many answers at once."""
        answer = await self.library.ask(self.material.questions[0])
        keep = self.library.memory.keep
        return list(
            await asyncio.gather(*(_timed(keep(answer, shelf="other", by=str(i), origin=str(i))) for i in range(_KEPT)))
        )

    async def add(self) -> Times:
        """Add articles and ask for a word that only they have."""
        times = []
        for number, article in enumerate(self.material.articles):
            started = time.perf_counter()
            await self.library.add(article, by="benchmark")
            answer = await self.library.ask(f"zyxomot{number}")
            times.append(time.perf_counter() - started)
            if not answer.citations:
                raise SystemExit("an added article was not found")
        return times

    async def remove(self) -> Times:
        """Remove articles and restore them."""
        acts = [
            (act, f"article-{number * 10}")
            for number in range(_REMOVED)
            for act in (self.library.remove, self.library.restore)
        ]
        return [await _timed(act(source_id, by="benchmark")) for act, source_id in acts]

    async def add_long(self, number: int = 0) -> Times:
        """Add an article of a hundred thousand words."""
        return [await _timed(self.library.add(self.material.long[number], by="benchmark"))]

    async def list_sources(self) -> Times:
        """Look through the list of sources."""
        return [
            await _timed(self.library.browse("other", "article 12", offset=page * 10, limit=10)) for page in range(20)
        ]

    async def everything(self) -> Times:
        """Ask while sources come and go and a shelf's ranker is built."""
        first = self.library.ask(self.material.questions[0], "third")
        times, *_ = await asyncio.gather(self.ask_at_once(), self.remove(), self.add_long(1), first)
        return times


async def measure(library: Library, material: Material, *, plain: bool) -> None:
    """Do every kind of work once, and print how late the loop was.

    Where not ``plain``, pauses are made short at the start and when the first question has loaded what there is to.
    """
    work = Work(library, material)
    questions = material.questions
    await _watched("nothing", lambda: asyncio.sleep(1, []))
    if not plain:
        pauses.shorten()
    await _watched("the first question: a ranker is built", lambda: work.ask(questions[:1]))
    await _watched("what is made ready after it", work.warm)
    if not plain:
        pauses.shorten()
    for shelf in ("other", "third"):
        await library.add(material.own, by="benchmark", shelf=shelf)
    await _watched("the first question on a server's shelf", lambda: work.ask(questions[:1], "other"))
    await _watched(f"{_ASKED} questions, one after another", lambda: work.ask(questions))
    await _watched(f"{_ASKED} questions, {_AT_ONCE} at a time", work.ask_at_once)
    await _watched(f"{_KEPT} answers kept at once", work.keep)
    await _watched(f"{_ADDED} articles added and found", work.add)
    await _watched(f"{_REMOVED} articles removed and restored", work.remove)
    await _watched(f"an article of {_LONG:,} paragraphs added", work.add_long)
    await _watched("20 pages of the list of sources", work.list_sources)
    await _watched("questions, changes and a new shelf at once", work.everything)


async def _watched(what: str, work: Callable[[], Awaitable[Times]]) -> None:
    async with Probe() as probe:
        times = await work()
    late = f"late by {_share(probe.late, 0.99):.1f} ms (p99), {max(probe.late) * 1000:.1f} ms (worst)"
    steps = f"; took {_share(times, 0.5):.1f} ms (p50), {_share(times, 0.99):.1f} ms (p99)" if times else ""
    print(f"{what}: {late}{steps}", flush=True)


def _share(times: Sequence[float], share: float) -> float:
    """Return a quantile of some times, in milliseconds."""
    return sorted(times)[min(len(times) - 1, int(len(times) * share))] * 1000


async def _timed(work: Awaitable[object]) -> float:
    started = time.perf_counter()
    await work
    return time.perf_counter() - started


def prepare(found: Sequence[corpus.Ranks]) -> Material:
    """Make what the library is given to do from the words of a corpus."""
    longs = [found[start : start + _LONG] for start in (0, _LONG)]
    return Material(
        questions=[" ".join(question.words) for question in corpus.questions(list(found), _ASKED)],
        own=make_article(1, found[:10]),
        articles=[make_article(i, found[i * 8 : i * 8 + 8], f"Zyxomot{i} se trouve ici.") for i in range(_ADDED)],
        long=[make_article(number, passages) for number, passages in enumerate(longs)],
    )


async def run(folder: Path, material: Material, *, plain: bool) -> None:
    """Open a filled store and measure."""
    async with await Library.open(folder, "write") as library:
        await measure(library, material, plain=plain)


def main() -> None:
    """Fill a store, then measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--passages", type=int, default=100_000)
    parser.add_argument("--store", type=Path, help="where the store is kept; made where it is missing")
    parser.add_argument("--plain", action="store_true", help="without what a process that serves does for its pauses")
    options = parser.parse_args()
    found = list(corpus.passages(options.passages))
    with TemporaryDirectory() as place:
        kept = options.store or Path(place) / "kept"
        if not kept.exists():
            asyncio.run(fill(kept, found))
        folder = Path(place) / "used"
        shutil.copytree(kept, folder)
        asyncio.run(run(folder, prepare(found), plain=options.plain))


if __name__ == "__main__":
    main()
