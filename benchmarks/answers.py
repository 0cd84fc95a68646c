"""How well questions are answered: python -m benchmarks.answers tests/questions/seeds_check.jsonl ...

The files have one question a line, as told in tests/questions/README.md and index/examination.py. They are asked of a
library that holds the seeds, and the articles of a folder with ``--articles`` (their figures approved).
"""

import argparse
import asyncio
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.asked import open_with
from index import pauses
from index.examination import ExamQuestion, Outcome, Rates, examine, grouped, load

_WARM_UP = "Qui ?"
_HEAD = ("answerable", "first", "in three", "answered", "with a figure", "right", "without an answer", "refused")


async def ask(questions: Sequence[ExamQuestion], articles: Path | None) -> tuple[list[Outcome], list[Outcome]]:
    """Ask all questions of a new library, each for the first time, and then again.

    As in a process that serves, one question has been asked before, and what is made ready after it is ready.
    """
    with TemporaryDirectory() as folder:
        async with open_with(Path(folder), articles) as library:
            await library.ask(_WARM_UP)
            await library.warmed()
            pauses.shorten()
            return await examine(library, questions), await examine(library, questions)


def table(groups: dict[str, Rates]) -> str:
    """Return a row for each group of questions, as Markdown."""
    lines = [f"| questions | {' | '.join(_HEAD)} |", f"|---|{'---:|' * len(_HEAD)}"]
    for name, rates in groups.items():
        cells = ("" if value is None else f"{value:.0%}" if isinstance(value, float) else str(value) for value in rates)
        lines.append(f"| {name} | {' | '.join(cells)} |")
    return "\n".join(lines)


def wrong(outcome: Outcome) -> str:
    """Return what is wrong with an outcome in some words; nothing where nothing is."""
    question = outcome.question
    if not question.answerable:
        return "answered" if outcome.answered else ""
    found = ["refused"] if not outcome.answered else []
    if outcome.rank != 1:
        found.append("not in three" if outcome.rank is None else f"right at {outcome.rank}")
    if question.wants_figure and not outcome.figure:
        found.append("another figure first" if outcome.figures else "no right figure")
    return ", ".join(found)


def _took(outcomes: Sequence[Outcome]) -> str:
    times = sorted(outcome.took_ms for outcome in outcomes)
    return f"p50 {times[len(times) // 2]:.1f} ms, p99 {times[len(times) * 99 // 100]:.1f} ms"


def main() -> None:
    """Ask the questions of some files and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", type=Path, nargs="+")
    parser.add_argument("--articles", type=Path, help="a folder of articles to add to the seeds")
    parser.add_argument("--half", choices=["tune", "check"], help="only this half")
    parser.add_argument("--failures", action="store_true", help="name the questions that went wrong")
    options = parser.parse_args()
    questions = [question for file in options.files for question in load(file)]
    chosen = [question for question in questions if options.half in {None, question.half}]
    outcomes, again = asyncio.run(ask(chosen, options.articles))
    print(table(grouped(outcomes)))
    print(f"\nquestion to answer, asked for the first time: {_took(outcomes)}; again: {_took(again)}")
    if options.failures:
        for outcome in outcomes:
            if what := wrong(outcome):
                print(f"{outcome.question.id}: {what}")


if __name__ == "__main__":
    main()
