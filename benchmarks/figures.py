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

from index.library import Library
from index.model import Answer, Figure, Verdict


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


def table(outcomes: Sequence[Outcome]) -> str:
    """Return the shares by half, language and style as a Markdown table."""
    lines = [
        "| questions | with a figure | right first | among those shown | without an answer | refused |",
        "|---|---:|---:|---:|---:|---:|",
    ]
    for key in ("half", "language", "style"):
        values = sorted({outcome.question[key] for outcome in outcomes})
        lines += [_row(value, [outcome for outcome in outcomes if outcome.question[key] == value]) for value in values]
    return "\n".join([*lines, _row("all", outcomes)])


def _row(name: str, outcomes: Sequence[Outcome]) -> str:
    wanting = [outcome for outcome in outcomes if wants_figure(outcome.question)]
    others = [outcome for outcome in outcomes if not outcome.question["answerable"]]
    cells = [
        str(len(wanting)),
        _share(outcome.first for outcome in wanting),
        _share(outcome.any for outcome in wanting),
        str(len(others)),
        _share(not outcome.answered for outcome in others),
    ]
    return f"| {name} | {' | '.join(cells)} |"


def _share(found: Iterable[bool]) -> str:
    marks = list(found)
    return f"{sum(marks) / len(marks):.0%}" if marks else ""


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
    print(table(outcomes))
    if options.failures:
        for question, first, _, answered in outcomes:
            if answered != question["answerable"] or (wants_figure(question) and not first):
                print(f"{question['id']} ({question['half']}): answered {answered}, right first {first}")


if __name__ == "__main__":
    main()
