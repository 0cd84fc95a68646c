"""What an update of Sourcier makes anew in a store: all that follows from the texts alone."""

from collections.abc import Callable

from sqlalchemy import RowMapping

from index import preparation
from index.figures.deals import FoundFigure
from index.figures.extraction import RULES
from index.precedence import Precedence
from index.store import figures, rankers, settings
from index.store.database import Database
from index.worker import Worker

_PASSAGES = 500  # whose terms are computed anew in one transaction
_VERSIONS = 20  # read at a time
_FIGURES = "figures"
"""The setting that says by which rules figures were found; with a colon and a version's key, up to where."""


async def is_due(store: Database) -> bool:
    """Tell whether a store has something that an older Sourcier computed otherwise."""
    async with store.read() as connection:
        return bool(await rankers.stale(connection)) or await settings.get(connection, _FIGURES) != str(RULES)


async def renew(store: Database, worker: Worker, precedence: Precedence, progress: Callable[[int, int], None]) -> None:
    """Compute terms and figures anew where today's Sourcier computes them otherwise.

    What is interrupted goes on from there the next time. ``progress`` is told steps done, of how many.
    """
    async with store.read() as connection:
        stale = await rankers.stale(connection)
        first, versions = _begin(await settings.get(connection, _FIGURES)), 0
        if first is not None:
            versions = await figures.versions_after(connection, first)
    steps = len(stale) + versions
    for start in range(0, len(stale), _PASSAGES):
        async with store.write() as connection:
            await rankers.renew(connection, stale[start : start + _PASSAGES])
        progress(min(start + _PASSAGES, len(stale)), steps)
    done = len(stale)
    while first is not None:
        async with store.read() as connection:
            rows = await figures.texts_after(connection, first, _VERSIONS)
        for key, row in rows:
            await _find(store, worker, precedence, key, row)
            done += 1
            progress(done, steps)
        first = rows[-1][0] if rows else None
    async with store.write() as connection:
        await settings.put(connection, _FIGURES, str(RULES))


def _begin(setting: str | None) -> int | None:
    """Return the key after which versions have still to be read; None where all were, by today's rules."""
    rules, _, key = (setting or "").partition(":")
    if rules != str(RULES):
        return 0
    return int(key) if key else None


async def _find(store: Database, worker: Worker, precedence: Precedence, key: int, row: RowMapping) -> None:
    """Find the figures of a version anew; those that were reviewed stay as they are."""
    found = await worker.do(_extract, row, precedence)
    async with store.write() as connection:
        reviewed = {(text.start, text.end) for text in await figures.forget_unreviewed(connection, key)}
        new = [figure for figure in found if (figure.text.start, figure.text.end) not in reviewed]
        await figures.insert_found(connection, key, new)
        await settings.put(connection, _FIGURES, f"{RULES}:{key}")


def _extract(row: RowMapping, precedence: Precedence) -> list[FoundFigure]:
    told = (row["text"], row["title"], row["language"], row["published"])
    return preparation.figures(*told, precedence.give_way, markdown=row["markdown"])
