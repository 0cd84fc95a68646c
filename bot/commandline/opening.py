"""What a command works with and ends in: an open library, an event loop, JSON on standard output."""

import json
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

if TYPE_CHECKING:
    from index.library import Library


def run(command: Coroutine[Any, Any, None]) -> None:
    """Run a command's asynchronous part to its end."""
    import asyncio

    asyncio.run(command)


@asynccontextmanager
async def opened(data: Path | None, *, write: bool = False) -> AsyncIterator["Library"]:
    """Open the library of a data folder, given on the command line or configured, and show how that goes."""
    from bot.settings import configured, data_folder
    from bot.terminal.render import progress
    from index.library import Library
    from index.reading.fetching.policy import Policy

    policy = Policy.production(configured().page_ports) if write else None
    with progress("Bringing the store up to date") as report:
        library = await Library.open(data_folder(data), "write" if write else "read", progress=report, policy=policy)
    async with library:
        yield library


def print_json(record: object, *, line: bool = False) -> None:
    """Print a record as JSON in UTF-8, on a single ``line`` or indented."""
    typer.echo(json.dumps(record, ensure_ascii=False, indent=None if line else 2).encode("utf-8", "replace"))
