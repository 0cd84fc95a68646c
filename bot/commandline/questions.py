"""Questions on the command line: one, many, or a conversation."""

import sys
from collections.abc import AsyncIterable, AsyncIterator
from pathlib import Path
from typing import Annotated

import typer

from bot.commandline.opening import opened, print_json, run
from bot.commandline.options import Data, Json, examples, utf8
from bot.ending import REFUSED, complain
from index.errors import BadInput

FIRST_EXAMPLE = 'sourcier ask "Combien OpenAI paie-t-elle Oracle par an ?"'

app = typer.Typer()


@app.command(
    epilog=examples(
        FIRST_EXAMPLE,
        "sourcier ask who is the CFO of OpenAI",
        "sourcier ask --limit 1 --json 'Combien de puces GB200 ?'",
        "sourcier ask - --json < questions.txt",
    )
)
def ask(
    question: Annotated[list[str], typer.Argument(metavar="QUESTION", help="A question; - reads one a line.")],
    json_: Json = False,  # noqa: FBT002
    limit: Annotated[int, typer.Option(metavar="N", min=1, max=12, help="The most quotes in an answer.")] = 3,
    data: Data = None,
) -> None:
    """Answer a question in French or English with quotes from the sources."""
    many = question == ["-"]
    run(_ask(_typed_in() if many else _alone(" ".join(question)), data, limit=limit, as_json=json_, many=many))


async def _ask(questions: AsyncIterable[str], data: Path | None, *, limit: int, as_json: bool, many: bool) -> None:
    from bot.records import answer_record
    from bot.terminal.render import show_answer

    refused = False
    async with opened(data) as library:
        async for question in questions:
            try:
                answer = await library.ask(question, limit=limit)
            except BadInput as error:
                refused = True
                complain(str(error))
                continue
            if as_json:
                print_json(answer_record(answer), line=True)
            else:
                show_answer(answer, asked=many)
    if refused:
        raise typer.Exit(REFUSED)


async def _alone(question: str) -> AsyncIterator[str]:
    yield utf8(question)


async def _typed_in() -> AsyncIterator[str]:
    """Yield the lines of standard input that have something in them."""
    from bot.terminal.lines import piped

    async for line in piped(sys.stdin.buffer):
        if question := line.strip():
            yield question


@app.command(epilog=examples("sourcier chat", "sourcier chat < questions.txt"))
def chat(data: Data = None) -> None:
    """Ask in a conversation. Questions may also be piped in, one a line."""
    run(converse(data))


async def converse(data: Path | None) -> None:
    """Hold the conversation at the terminal, or with what is piped in."""
    from bot.terminal.chat import chat as talk

    async with opened(data) as library:
        await talk(library)
