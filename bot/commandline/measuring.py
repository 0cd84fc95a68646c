"""Measures on the command line."""

from pathlib import Path
from typing import Annotated

import typer

from bot.commandline.opening import print_json
from bot.commandline.options import Data, Json, examples

app = typer.Typer()


@app.command("eval", epilog=examples("sourcier eval questions.json", "sourcier eval questions.json --json"))
def evaluate_file(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Passages, questions and what is relevant, as JSON.")],
    json_: Json = False,  # noqa: FBT002
    data: Data = None,  # noqa: ARG001 - every command takes it
) -> None:
    """Measure the ranking by language: MRR@10, nDCG@10, recall@1, 5 and 20."""
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
