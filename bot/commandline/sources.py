"""Sources on the command line: listed, looked at, removed and restored."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from bot.commandline.opening import opened, print_json, run
from bot.commandline.options import AnyId, Data, Json, LiveId, RemovedId, examples, utf8
from bot.commandline.shelves import SHARED, Shelf

if TYPE_CHECKING:
    from index.model import Source

app = typer.Typer()
source_app = typer.Typer(
    help="Look at one source.",
    epilog=examples("sourcier source show oracle-4-5-gw", "sourcier source text oracle-4-5-gw"),
)


@app.command("sources", epilog=examples("sourcier sources", "sourcier sources --json"))
def list_sources(
    shelf: Shelf = SHARED,
    json_: Json = False,  # noqa: FBT002
    data: Data = None,
) -> None:
    """List the sources, removed ones included."""
    run(_list_sources(data, shelf, as_json=json_))


async def _list_sources(data: Path | None, shelf: str, *, as_json: bool) -> None:
    from bot.records import source_record
    from bot.terminal.render import show_sources

    async with opened(data) as library:
        sources = await library.sources(shelf)
    if as_json:
        print_json([source_record(source) for source in sources])
    else:
        show_sources(sources)


@source_app.command(
    "show", epilog=examples("sourcier source show oracle-4-5-gw", "sourcier source show oracle-4-5-gw --json")
)
def show_source(
    source_id: AnyId,
    shelf: Shelf = SHARED,
    json_: Json = False,  # noqa: FBT002
    data: Data = None,
) -> None:
    """Show what is known about a source."""
    run(_show_source(utf8(source_id), data, shelf, as_json=json_))


async def _show_source(source_id: str, data: Path | None, shelf: str, *, as_json: bool) -> None:
    from bot.records import source_record
    from bot.terminal.render import show_source as draw

    async with opened(data) as library:
        source = await library.source(source_id, shelf)
    if as_json:
        print_json(source_record(source))
    else:
        draw(source)


@source_app.command(
    "text", epilog=examples("sourcier source text oracle-4-5-gw", "sourcier source text oracle-4-5-gw > oracle.txt")
)
def print_text(source_id: AnyId, shelf: Shelf = SHARED, data: Data = None) -> None:
    """Print a source's stored text as it is: all offsets count its code points."""
    run(_print_text(utf8(source_id), data, shelf))


async def _print_text(source_id: str, data: Path | None, shelf: str) -> None:
    async with opened(data) as library:
        text = await library.text(source_id, shelf)
    if sys.stdout.isatty():
        from bot.cards import printable

        text = printable(text)
    sys.stdout.buffer.write(text.encode())


@app.command(epilog=examples("sourcier remove oracle-4-5-gw"))
def remove(source_id: LiveId, shelf: Shelf = SHARED, data: Data = None) -> None:
    """Take a source out of all answers; its text is kept."""
    run(_change(utf8(source_id), data, shelf, removing=True))


@app.command(epilog=examples("sourcier restore oracle-4-5-gw"))
def restore(source_id: RemovedId, shelf: Shelf = SHARED, data: Data = None) -> None:
    """Bring a removed source back."""
    run(_change(utf8(source_id), data, shelf, removing=False))


async def _change(source_id: str, data: Path | None, shelf: str, *, removing: bool) -> None:
    from bot.terminal.render import show_state

    async with opened(data, write=True) as library:
        change = library.remove if removing else library.restore
        source: Source = await change(source_id, by="operator", shelf=shelf)
    show_state(source)
