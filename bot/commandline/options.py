"""What several commands are told in the same way: options, arguments, and the examples below their help."""

import os
from pathlib import Path
from typing import Annotated

import typer

from bot.completion import source_ids

_ID_HELP = "A source's id; `sourcier sources` lists them."


def examples(*lines: str) -> str:
    """Return what stands below a command's help: examples, one a line, not wrapped."""
    return "\n".join(["Examples:", "", "\b", *(f"  {line}" for line in lines)])


def utf8(argument: str) -> str:
    """Return a command line argument read as UTF-8, whatever the locale says; what is none is replaced."""
    return os.fsencode(argument).decode("utf-8", "replace")


def _data_folder(value: str) -> Path:
    if not value:
        raise typer.BadParameter("the name of the folder is empty.")
    return Path(value)


def _data_before_the_command(context: typer.Context, value: Path | None) -> Path | None:
    """Let ``sourcier --data DIR ask`` mean the same as ``sourcier ask --data DIR``."""
    before: Path | None = context.find_root().params.get("data")
    return before if value is None else value


Data = Annotated[
    Path | None,
    typer.Option(
        "--data",
        metavar="DIR",
        help="The data folder. Default: $SOURCIER_DATA, else the user's own.",
        show_default=False,
        parser=_data_folder,
        callback=_data_before_the_command,
    ),
]
Json = Annotated[bool, typer.Option("--json", help="Print JSON, for programs.")]
AnyId = Annotated[str, typer.Argument(metavar="ID", help=_ID_HELP, autocompletion=source_ids("live", "removed"))]
LiveId = Annotated[str, typer.Argument(metavar="ID", help=_ID_HELP, autocompletion=source_ids("live"))]
RemovedId = Annotated[str, typer.Argument(metavar="ID", help=_ID_HELP, autocompletion=source_ids("removed"))]
