"""Small facts about the store itself."""

from sqlalchemy import delete, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from index.store.tables import settings


async def get(connection: AsyncConnection, name: str) -> str | None:
    """Return a fact, or None where it was never put."""
    return (await connection.execute(select(settings.c.value).where(settings.c.name == name))).scalar_one_or_none()


async def put(connection: AsyncConnection, name: str, value: str) -> None:
    """Keep a fact, in place of what it was."""
    await connection.execute(delete(settings).where(settings.c.name == name))
    await connection.execute(insert(settings).values(name=name, value=value))
