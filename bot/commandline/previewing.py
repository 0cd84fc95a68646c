"""What the bot looks like in Discord, on the command line."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.commandline.opening import opened, print_json, run
from bot.commandline.options import Data, Json, examples, utf8

if TYPE_CHECKING:
    from bot.preview.payload import Payload

app = typer.Typer()


@app.command(
    epilog=examples(
        'sourcier preview "Combien OpenAI paie-t-elle Oracle par an ?"',
        "sourcier preview --svg answer.svg who is the CFO of OpenAI",
        "sourcier preview --json 'Combien de puces GB200 ?'",
    )
)
def preview(
    question: Annotated[list[str], typer.Argument(metavar="QUESTION", help="A question.")],
    svg: Annotated[Path | None, typer.Option(metavar="FILE", help="Write a picture to a file, as SVG.")] = None,
    json_: Json = False,  # noqa: FBT002
    data: Data = None,
) -> None:
    """Show an answer as it looks in Discord, without Discord."""
    run(_preview(utf8(" ".join(question)), data, svg=svg, as_json=json_))


async def _preview(question: str, data: Path | None, *, svg: Path | None, as_json: bool) -> None:
    from bot.asking import MOST_QUOTES
    from bot.preview.payload import payload

    async with opened(data) as library:
        message = await payload(await library.ask(question, limit=MOST_QUOTES))
    if svg is not None:
        _write(svg, message)
    if as_json:
        print_json(message)
    elif svg is not None:
        _tell_drawn(svg)
    else:
        _show(message)


def _write(file: Path, message: "Payload") -> None:
    from bot.preview.message import parts, reading
    from bot.preview.picture import lay_out
    from bot.preview.svg import svg

    read = parts(message["components"])
    drawn = svg(lay_out(read), "An answer of Sourcier in Discord", "\n".join(reading(read)))
    file.write_text(drawn, encoding="utf-8", newline="\n")


def _tell_drawn(file: Path) -> None:
    from bot.cards import printable
    from bot.terminal.blocks import Ink, Paragraph, Span
    from bot.terminal.screen import to_stdout

    to_stdout([Paragraph((Span("Drawn: ", Ink.GOOD), Span(printable(utf8(str(file)), fold=True))))])


def _show(message: "Payload") -> None:
    from bot.preview.message import parts
    from bot.preview.text_drawing import draw, page
    from bot.terminal.screen import Screen

    screen = Screen(sys.stdout)
    screen.show(draw(parts(message["components"]), page(styled=screen.styled)))
