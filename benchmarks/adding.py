"""What adding sources costs those who ask meanwhile, and how long it takes itself: python -m benchmarks.adding.

The questions of the seeds are asked one after another, alone and while ten moderators each add one web page after
another: read in a process apart, prepared, compared with what is there, kept as a draft, approved. The pages are made
of words of the seeds in an order of their own. What counts is the ratio of the two p99s.
"""

import argparse
import asyncio
import json
import random
import statistics
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from index import seeding
from index.library import Library
from index.reading.document import Document

_SHELF = "discord-1"
_QUESTIONS = Path(__file__).parent.parent / "tests/questions/seeds.jsonl"
_PARAGRAPHS = 30
_SEED = 20_251_122


def pages(count: int) -> list[Document]:
    """Return so many web pages of some 30 paragraphs, no two alike."""
    chance = random.Random(_SEED)
    words = [word for _, article in seeding.articles() for word in article.text.split()]
    made = []
    for number in range(count):
        paragraphs = (" ".join(chance.choices(words, k=60)).rstrip(".,;") + "." for _ in range(_PARAGRAPHS))
        body = "".join(f"<p>{text.capitalize()}</p>" for text in paragraphs)
        title = f"Page {number}"
        html = f"<html lang='fr'><head><title>{title}</title></head><body><article><h1>{title}</h1>{body}</article>"
        made.append(Document(html.encode(), f"{number}.html", "text/html", "utf-8"))
    return made


async def ask(library: Library, questions: Sequence[str]) -> list[float]:
    """Return how many milliseconds each question took."""
    taken = []
    for question in questions:
        start = time.perf_counter()
        await library.ask(question, _SHELF)
        taken.append((time.perf_counter() - start) * 1_000)
        await asyncio.sleep(0)
    return taken


async def moderate(library: Library, waiting: asyncio.Queue[Document], took: list[float]) -> None:
    """Add one page after another, as long as there are any."""
    while True:
        document = await waiting.get()
        start = time.perf_counter()
        draft = await library.drafts.propose(await library.intake.document(document), by="1", shelf=_SHELF)
        await library.drafts.approve(draft.id, by="1", shelf=_SHELF)
        took.append(time.perf_counter() - start)


async def measure(adding: int, rounds: int) -> None:
    """Print what asking takes alone and beside so many who add."""
    questions = [json.loads(line)["question"] for line in _QUESTIONS.read_text("utf-8").splitlines()]
    with tempfile.TemporaryDirectory() as folder:
        async with await Library.open(Path(folder), "write") as library:
            await ask(library, questions[:20])
            alone = [took for _ in range(rounds) for took in await ask(library, questions)]
            waiting: asyncio.Queue[Document] = asyncio.Queue()
            for document in pages(1_000):
                waiting.put_nowait(document)
            took: list[float] = []
            moderators = [asyncio.create_task(moderate(library, waiting, took)) for _ in range(adding)]
            beside = [taken for _ in range(rounds) for taken in await ask(library, questions)]
            for moderator in moderators:
                moderator.cancel()
            await asyncio.gather(*moderators, return_exceptions=True)
    for name, taken in (("alone", alone), (f"beside {adding} who add", beside)):
        print(f"{name}: {statistics.median(taken):.1f} ms (p50), {_p99(taken):.1f} ms (p99) of {len(taken)} questions")
    print(f"ratio of the p99s: {_p99(beside) / _p99(alone):.2f}")
    if took:
        print(f"{len(took)} pages were added meanwhile, each in {statistics.median(took):.1f} s (p50)")


def _p99(taken: Sequence[float]) -> float:
    return statistics.quantiles(taken, n=100)[98]


def main() -> None:
    """Print the times."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--adding", type=int, default=10)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    asyncio.run(measure(options.adding, options.rounds))


if __name__ == "__main__":
    main()
