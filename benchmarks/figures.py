"""How often the right figure answers: python -m benchmarks.figures tests/questions/figures_check.jsonl ...

The files have one question a line, as told in tests/questions/README.md. A figure is right where it has the wanted
value, unit and rate, or is one of the wanted ids; a date, where its sentence is one of the question's spans.
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
from index.model import Answer, Figure, Verdict

_HEAD = ("with a figure", "right first", "among those shown", "without an answer", "refused")


class Outcome(NamedTuple):
    """What became of one question: whether the first figure is right, whether any is, whether it was answered."""

    question: dict[str, Any]
    first: bool
    any: bool
    answered: bool


async def ask(questions: Iterable[dict[str, Any]]) -> list[Outcome]:
    """Ask all questions of a library that holds the seeds and nothing else."""
    with TemporaryDirectory() as folder:
        async with await Library.open(Path(folder), "write") as library:
            return [judge(question, await library.ask(question["question"])) for question in questions]


def judge(question: dict[str, Any], answer: Answer) -> Outcome:
    """Return what an answer made of a question."""
    right = [is_right(figure, question) for figure in answer.figures]
    return Outcome(question, right[:1] == [True], any(right), answer.verdict is Verdict.ANSWERED)


def is_right(figure: Figure, question: dict[str, Any]) -> bool:
    """Tell whether a figure is what a question wants."""
    if figure.id in question.get("figures", ()):
        return True
    wanted = question["figure"]
    if wanted is None:
        quote = figure.quote.quote
        return figure.value is None and any(span.strip() in quote or quote in span for span in question["spans"])
    value = None if figure.value is None else float(figure.value)
    return (value, figure.unit, figure.per) == (wanted["value"], wanted["unit"], wanted["per"])


def wants_figure(question: dict[str, Any]) -> bool:
    """Tell whether a figure answers a question."""
    return bool(
        question["figure"] or question.get("figures") or (question["answerable"] and question["kind"] == "when")
    )


def cells(outcomes: Sequence[Outcome]) -> list[str]:
    """Return what the table tells of some outcomes."""
    wanting = [outcome for outcome in outcomes if wants_figure(outcome.question)]
    others = [outcome for outcome in outcomes if not outcome.question["answerable"]]
    return [
        str(len(wanting)),
        share(outcome.first for outcome in wanting),
        share(outcome.any for outcome in wanting),
        str(len(others)),
        share(not outcome.answered for outcome in others),
    ]


def main() -> None:
    """Ask the questions of some files and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", type=Path, nargs="+")
    parser.add_argument("--half", choices=["tune", "check"], help="only this half")
    parser.add_argument("--failures", action="store_true", help="name the questions that went wrong")
    options = parser.parse_args()
    lines = (line for file in options.files for line in file.read_text("utf-8").splitlines())
    questions = [question for question in map(json.loads, lines) if options.half in {None, question["half"]}]
    outcomes = asyncio.run(ask(questions))
    print(table(outcomes, _HEAD, cells))
    if options.failures:
        for question, first, _, answered in outcomes:
            if answered != question["answerable"] or (wants_figure(question) and not first):
                print(f"{question['id']} ({question['half']}): answered {answered}, right first {first}")


if __name__ == "__main__":
    main()
