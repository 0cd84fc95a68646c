"""Lists of the sources that live: searched, counted and cut into pages by the database."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from index.model import Counted, Listing, State
from index.store.sources import as_source, current
from index.store.tables import labels, sources, standing, states


async def browse(
    connection: AsyncConnection, shelf_ids: Sequence[str], words: Sequence[str], offset: int, limit: int
) -> Listing:
    """Return a page of the live sources of some shelves whose label has all these (folded) words.

    The versions, which hold the texts, are only read for the page.
    """
    found = (
        select(states.c.key)
        .join(sources, sources.c.key == states.c.source)
        .where(standing, states.c.state == State.LIVE.value, sources.c.shelf.in_(shelf_ids))
    )
    if words:
        found = found.join(labels, labels.c.version == states.c.version)
        found = found.where(*(labels.c.folded.contains(word, autoescape=True) for word in words))
    total = (await connection.execute(select(func.count()).select_from(found.subquery()))).scalar_one()
    page = found.order_by(sources.c.key).offset(offset).limit(limit)
    rows = await connection.execute(current().where(states.c.key.in_(page)).order_by(sources.c.key))
    return Listing(total, [as_source(row) for row in rows.mappings()])


async def removals(connection: AsyncConnection, shelf: str) -> dict[str, datetime]:
    """Return the ids of the removed sources of one shelf, and when each was removed."""
    removed = (
        select(sources.c.id, states.c.at)
        .join(states, states.c.source == sources.c.key)
        .where(standing, states.c.state == State.REMOVED.value, sources.c.shelf == shelf)
    )
    return {row.id: row.at for row in await connection.execute(removed)}


async def count(connection: AsyncConnection, shelf_ids: Sequence[str]) -> Counted:
    """Return how many live sources some shelves have, and their passages."""
    found = current().where(states.c.state == State.LIVE.value, sources.c.shelf.in_(shelf_ids)).subquery()
    row = (await connection.execute(select(func.count(), func.coalesce(func.sum(found.c.passages), 0)))).one()
    return Counted(*row)


async def languages(connection: AsyncConnection, shelf_ids: Sequence[str]) -> set[str]:
    """Return the languages of the live sources of some shelves."""
    live = current().where(states.c.state == State.LIVE.value, sources.c.shelf.in_(shelf_ids)).subquery()
    return set((await connection.execute(select(live.c.language).distinct())).scalars())
