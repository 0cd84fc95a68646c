"""How well questions are answered: python -m benchmarks.answers tests/questions/seeds.jsonl.

The file has one question a line, as told in tests/questions/README.md. An answer is right where its marked sentence
holds one of the question's spans, or lies within one. A refusal shows one sentence, the nearest: it may be right too.
"""

import argparse
import asyncio
import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

from benchmarks.shares import share, table
from index.library import Library
from index.model import Verdict

_IN_FRONT = 3
_HEAD = ("answerable", "right first", "right in three", "answered", "not answerable", "refused")


class Outcome(NamedTuple):
    """What became of one question: ``rank`` of the first right sentence (None: not in three)."""

    question: dict[str, Any]
    rank: int | None
    answered: bool
    took_ms: float


async def ask(questions: Iterable[dict[str, Any]]) -> list[Outcome]:
    """Ask all questions of a library that holds the seeds and nothing else."""
    outcomes = []
    with TemporaryDirectory() as folder:
        async with await Library.open(Path(folder), "write") as library:
            for question in questions:
                answer = await library.ask(question["question"])
                quotes = [citation.highlight.quote for citation in answer.citations]
                rank = next((place for place, quote in enumerate(quotes, start=1) if _is_right(quote, question)), None)
                outcomes.append(Outcome(question, rank, answer.verdict is Verdict.ANSWERED, answer.took_ms))
    return outcomes


def cells(outcomes: Sequence[Outcome]) -> list[str]:
    """Return what the table tells of some outcomes."""
    answerable = [outcome for outcome in outcomes if outcome.question["answerable"]]
    others = [outcome for outcome in outcomes if not outcome.question["answerable"]]
    return [
        str(len(answerable)),
        share(outcome.rank == 1 for outcome in answerable),
        share(outcome.rank is not None and outcome.rank <= _IN_FRONT for outcome in answerable),
        share(outcome.answered for outcome in answerable),
        str(len(others)),
        share(not outcome.answered for outcome in others),
    ]


def _is_right(quote: str, question: dict[str, Any]) -> bool:
    return any(span.strip() in quote or quote in span for span in question["spans"])


def main() -> None:
    """Ask the questions of a file and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("--half", choices=["tune", "check"], help="only this half")
    parser.add_argument("--failures", action="store_true", help="name the questions that went wrong")
    options = parser.parse_args()
    questions = [json.loads(line) for line in options.file.read_text("utf-8").splitlines()]
    chosen = [question for question in questions if options.half in {None, question["half"]}]
    outcomes = asyncio.run(ask(chosen))
    print(table(outcomes, _HEAD, cells))
    times = sorted(outcome.took_ms for outcome in outcomes)
    print(f"\nquestion to answer: p50 {times[len(times) // 2]:.1f} ms, p99 {times[len(times) * 99 // 100]:.1f} ms")
    if options.failures:
        for question, rank, answered, _ in outcomes:
            if answered != question["answerable"] or (question["answerable"] and rank != 1):
                print(f"{question['id']} ({question['half']}): answered {answered}, right at {rank}")


if __name__ == "__main__":
    main()
