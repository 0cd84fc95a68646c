"""Measures on the command line."""

from pathlib import Path
from typing import Annotated

import typer

from bot.commandline.opening import opened, print_json, run
from bot.commandline.options import Data, Json, examples
from bot.commandline.shelves import SHARED, Shelf

app = typer.Typer()

_QUESTIONS = ".jsonl"


@app.command(
    "eval",
    epilog=examples(
        "sourcier eval retrieval.json", "sourcier eval questions.jsonl", "sourcier eval questions.jsonl --json"
    ),
)
def evaluate_file(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="What to measure on, JSON or JSON lines.")],
    shelf: Shelf = SHARED,
    json_: Json = False,  # noqa: FBT002
    data: Data = None,
) -> None:
    """Measure the ranking, or the answers, on questions of your own.

    A .json file has passages (id, title, text) and questions (id, language, question, relevant: ids of passages). Told
    by language: MRR@10, nDCG@10, recall@1, 5 and 20.

    A .jsonl file has a question a line that is asked of your sources: question, answerable, spans (verbatim sentences
    that answer), figure (value in base units, unit, per), language, style. Told by language and style: how often the
    right sentence is first and in three, the right figure first, and what is answered and refused.
    """
    if file.suffix == _QUESTIONS:
        run(_examine(file, data, shelf, as_json=json_))
        return
    from bot.terminal.render import progress, show_scores
    from index.evaluation import evaluate, load

    evaluation = load(file)
    with progress("Ranking") as report:
        scores = evaluate(evaluation, report)
    if json_:
        named = {"name": evaluation.name, "passages": len(evaluation.passages)}
        print_json(named | {"languages": {language: found._asdict() for language, found in scores.items()}})
    else:
        show_scores(evaluation.name, scores)


async def _examine(file: Path, data: Path | None, shelf: str, *, as_json: bool) -> None:
    from bot.terminal.render import progress, show_rates
    from index.examination import examine, grouped, load

    questions = load(file)
    async with opened(data) as library:
        with progress("Asking") as report:
            outcomes = await examine(library, questions, shelf, report)
    rates = grouped(outcomes)
    if as_json:
        print_json({"questions": len(questions), "groups": {name: found._asdict() for name, found in rates.items()}})
    else:
        show_rates(rates)
