"""What a shell offers when it completes the id of a source or a deal. Never raises: then it offers nothing."""

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


def deal_ids(context: typer.Context) -> list[str]:
    """Return the ids of the deals of which a live source speaks."""
    import tomllib
    from importlib.resources import files

    live = set(source_ids("live")(context))
    deals = tomllib.loads((files("seeds") / "deals.toml").read_text(encoding="utf-8"))["deal"]
    return [deal["id"] for deal in deals if any(proof["source"] in live for proof in (deal["about"], *deal["parties"]))]


def _given(context: typer.Context) -> Path | None:
    found = context.params.get("data") or context.find_root().params.get("data")
    return found if isinstance(found, Path) else None
