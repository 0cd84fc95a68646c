"""What the moderators of a shelf's server have chosen, in the store."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from index.store.sources import ensure_shelves
from index.store.tables import preferences


async def of(connection: AsyncConnection, shelf: str) -> dict[str, str]:
    """Return what was chosen, by name."""
    rows = await connection.execute(
        select(preferences.c.name, preferences.c.value).where(preferences.c.shelf == shelf).order_by(preferences.c.name)
    )
    return {row.name: row.value for row in rows}


async def everywhere(connection: AsyncConnection, shelf_ids: Sequence[str], name: str) -> list[str]:
    """Return what was chosen under one name on some shelves."""
    wanted = (preferences.c.name == name) & preferences.c.shelf.in_(shelf_ids)
    rows = await connection.execute(select(preferences.c.value).where(wanted).order_by(preferences.c.shelf))
    return list(rows.scalars())


async def put(connection: AsyncConnection, shelf: str, name: str, value: str | None, at: datetime) -> None:
    """Keep a choice in place of what it was; None: there is none any more."""
    await connection.execute(delete(preferences).where(preferences.c.shelf == shelf, preferences.c.name == name))
    if value is not None:
        await ensure_shelves(connection, [shelf], at)
        await connection.execute(insert(preferences).values(shelf=shelf, name=name, value=value))
