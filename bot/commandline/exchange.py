"""Shelves as files on the command line: written to look into them or to move them, and taken in."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.commandline.opening import opened, print_json, run
from bot.commandline.options import Data, Json, examples, utf8

if TYPE_CHECKING:
    from index.exchange.moving import Imported

app = typer.Typer()

_SHARED = "shared"

Force = Annotated[bool, typer.Option("--force", "-f", help="Replace the file where it is there already.")]


@app.command(
    "export",
    epilog=examples(
        "sourcier export shared.jsonl.gz", "sourcier export server.jsonl.gz --shelf discord-1234567890123456789"
    ),
)
def export_shelf(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The file to write: gzip-compressed JSON lines.")],
    shelf: Annotated[str, typer.Option(metavar="SHELF", help="shared, or discord- and a server's number.")] = _SHARED,
    force: Force = False,  # noqa: FBT002
    data: Data = None,
) -> None:
    """Write a shelf to one file: sources, figures, reviews, deals, settings; never what people asked."""
    run(_export(file, utf8(shelf), data, overwrite=force))


async def _export(file: Path, shelf: str, data: Path | None, *, overwrite: bool) -> None:
    from bot.terminal.render import progress
    from bot.version import release

    async with opened(data) as library:
        with progress("Writing the shelf") as tell:
            counts = await library.exchange.export(file, shelf, release=release(), overwrite=overwrite, progress=tell)
    told = ", ".join(_counted(number, kind) for kind, number in counts.model_dump().items() if number)
    typer.echo(f"Exported {shelf}: {told or 'nothing'}")


def _counted(number: int, kind: str) -> str:
    names = {"preferences": "settings", "goldens": "golden questions", "acts": "acts in the audit log"}
    name = names.get(kind, kind)
    if number == 1:
        name = "act in the audit log" if kind == "acts" else name.removesuffix("s")
    return f"{number} {name}"


@app.command(
    "import",
    epilog=examples(
        "sourcier import shared.jsonl.gz", "sourcier import server.jsonl.gz --shelf discord-1234567890123456789"
    ),
)
def import_shelf(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A file that `sourcier export` wrote.")],
    shelf: Annotated[
        str | None,
        typer.Option(metavar="SHELF", help="Where to. Default: the shelf that it comes from.", show_default=False),
    ] = None,
    json_: Json = False,  # noqa: FBT002
    data: Data = None,
) -> None:
    """Take in what `sourcier export` wrote: all of it or nothing. What is here already stays as it is."""
    run(_import(file, None if shelf is None else utf8(shelf), data, as_json=json_))


async def _import(file: Path, shelf: str | None, data: Path | None, *, as_json: bool) -> None:
    from bot.terminal.render import progress

    async with opened(data, write=True) as library:
        with progress("Reading the file") as tell:
            imported = await library.exchange.import_(file, shelf, by="operator", progress=tell)
    if as_json:
        for each in imported.arrived:
            print_json({"kind": each.kind, "id": each.id, "outcome": each.fate.value, "now": each.name}, line=True)
    else:
        _show(imported)


def _show(imported: "Imported") -> None:
    from bot.printable import printable

    for each in imported.arrived:
        renamed = "" if each.name == each.id else f" as {each.name}"
        typer.echo(f"{each.fate.value}{renamed}: {each.kind} {printable(each.id, fold=True)}")
    typer.echo(f"Imported onto {imported.shelf}, from {imported.origin}.")
