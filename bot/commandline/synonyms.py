"""What a shelf calls otherwise than its sources do, on the command line."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from bot.commandline.opening import opened, run
from bot.commandline.options import Data, examples, utf8
from bot.commandline.shelves import SHARED, Shelf

app = typer.Typer()

_BY = "operator"
_NONE = "# No entries yet. One a line, such as: base lunaire = moon base"


@app.command(
    epilog=examples(
        "sourcier synonyms --shelf discord-1234567890123456789 > synonyms.txt",
        "sourcier synonyms --shelf discord-1234567890123456789 --set synonyms.txt",
        "echo 'OAI = OpenAI' | sourcier synonyms --set -",
    )
)
def synonyms(
    file: Annotated[
        Path | None,
        typer.Option("--set", metavar="FILE", help="Keep the entries of a file, or of - for standard input, instead."),
    ] = None,
    shelf: Shelf = SHARED,
    data: Data = None,
) -> None:
    """Show what is called otherwise on a shelf, one entry a line, or set it. What is set for shared holds everywhere.

    An entry is written: french, ... = english, ...
    """
    if file is None:
        run(_show(shelf, data))
    else:
        run(_set(_read(file), shelf, data))


async def _show(shelf: str, data: Path | None) -> None:
    from bot.printable import printable

    async with opened(data) as library:
        text = await library.synonyms.of(shelf)
    typer.echo(printable(text) or _NONE)


async def _set(text: str, shelf: str, data: Path | None) -> None:
    async with opened(data, write=True) as library:
        count = await library.synonyms.put(text, by=_BY, shelf=shelf)
    typer.echo(f"Kept: {count} {'entry' if count == 1 else 'entries'}")


def _read(file: Path) -> str:
    """Return a text from a file, or from standard input where that is meant; it may be empty. Raises ``BadInput``."""
    from index.reading.text import MOST_BYTES, decode, read_bytes

    if file == Path("-"):
        content, name = sys.stdin.buffer.read(MOST_BYTES + 1), "The text on standard input"
    else:
        content, name = read_bytes(file), utf8(str(file))
    return decode(content, name) if content.strip() else ""
