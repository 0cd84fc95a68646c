"""The web pages that sources are read from, and when they are looked at again."""

from datetime import datetime

from sqlalchemy import RowMapping, delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from index.model import State
from index.moderating.model import Every, Look, Page
from index.store.tables import departures, pages, sources, standing, states


async def put(connection: AsyncConnection, source_key: int, page: Page, *, at: datetime) -> None:
    """Say from which page a source was read now; how often it is looked at stays as it is."""
    known = await find(connection, source_key)
    plan = {"every": known["every"], "due_at": known["due_at"]} if known else {"every": Every.NEVER.value}
    await connection.execute(delete(pages).where(pages.c.source == source_key))
    await connection.execute(
        insert(pages).values(source=source_key, seen_at=at, outcome=Look.READ.value, **plan, **page.model_dump())
    )


async def find(connection: AsyncConnection, source_key: int) -> RowMapping | None:
    """Return what is kept of a source's page."""
    rows = await connection.execute(select(pages).where(pages.c.source == source_key))
    row: RowMapping | None = rows.mappings().first()
    return row


async def plan(connection: AsyncConnection, source_key: int, every: Every, due_at: datetime | None) -> None:
    """Say how often a page is looked at, and when next."""
    changed = update(pages).where(pages.c.source == source_key).values(every=every.value, due_at=due_at)
    await connection.execute(changed)


async def put_off(connection: AsyncConnection, source_key: int, due_at: datetime) -> None:
    """Say when a page is looked at next, where it is looked at by schedule."""
    scheduled = (pages.c.source == source_key) & pages.c.due_at.is_not(None)
    await connection.execute(update(pages).where(scheduled).values(due_at=due_at))


async def note(
    connection: AsyncConnection, source_key: int, outcome: Look, *, at: datetime, due_at: datetime | None
) -> None:
    """Say what came of looking at a page, and when it is looked at next."""
    changed = update(pages).where(pages.c.source == source_key)
    await connection.execute(changed.values(outcome=outcome.value, seen_at=at, due_at=due_at))


async def due(connection: AsyncConnection, now: datetime, most: int) -> list[tuple[str, str]]:
    """Return the shelves and ids of live sources whose page is to be looked at by now, the longest due first.

    Those of servers that left are none of them.
    """
    left = select(departures.c.shelf)
    rows = await connection.execute(
        select(sources.c.shelf, sources.c.id)
        .join(pages, pages.c.source == sources.c.key)
        .join(states, states.c.source == sources.c.key)
        .where(standing, states.c.state == State.LIVE.value, pages.c.due_at <= now, sources.c.shelf.not_in(left))
        .order_by(pages.c.due_at)
        .limit(most)
    )
    return [(row.shelf, row.id) for row in rows]
