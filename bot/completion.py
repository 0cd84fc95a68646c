"""What a shell offers when it completes a source's id. Never raises: then it offers nothing."""

from collections.abc import Callable
from pathlib import Path

import typer

from index.errors import SourcierError

Complete = Callable[[typer.Context], list[str]]


def source_ids(*states: str) -> Complete:
    """Return the completion for ids of sources in some states."""

    def complete(context: typer.Context) -> list[str]:
        from bot.settings import data_folder
        from index.store.glance import source_ids as known

        try:
            return known(data_folder(_given(context)), states)
        except SourcierError:
            return []

    return complete


def _given(context: typer.Context) -> Path | None:
    found = context.params.get("data") or context.find_root().params.get("data")
    return found if isinstance(found, Path) else None
