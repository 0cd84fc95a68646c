"""Which shelf a command is about: the shared one, or that of a server, which its operator may look after too."""

import re
from typing import Annotated

import typer

SHARED = "shared"

_SHELF = re.compile(r"shared|discord-[1-9]\d{0,19}", re.ASCII)


def _shelf(value: str) -> str:
    if not _SHELF.fullmatch(value):
        raise typer.BadParameter("expected shared, or discord- and the number of a server.")
    return value


Shelf = Annotated[
    str, typer.Option(metavar="SHELF", callback=_shelf, help="shared, or discord- and a server's number.")
]


def shelf_option(shelf: str) -> str:
    """Return what has to stand behind a command so that it is about a shelf; empty for the shared one."""
    return "" if shelf == SHARED else f" --shelf {shelf}"
