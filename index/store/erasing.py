"""Deleting for good: what a server left behind, and answers that are too old."""

from datetime import datetime

from sqlalchemy import delete, exists, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from index.model import SHARED
from index.store import settings
from index.store.sources import ERASURES, ensure_shelves
from index.store.tables import (
    answers,
    departures,
    figures,
    labels,
    passages,
    preferences,
    reports,
    reviews,
    shelves,
    sources,
    states,
    terms,
    versions,
    wishes,
)


async def depart(connection: AsyncConnection, shelf: str, at: datetime) -> None:
    """Note that a shelf's server is no longer there; the first time counts."""
    await ensure_shelves(connection, [shelf], at)
    if await departure(connection, shelf) is None:
        await connection.execute(insert(departures).values(shelf=shelf, at=at))


async def arrive(connection: AsyncConnection, shelf: str) -> None:
    """Note that a shelf's server is there."""
    await connection.execute(delete(departures).where(departures.c.shelf == shelf))


async def departure(connection: AsyncConnection, shelf: str) -> datetime | None:
    """Return when a shelf's server left; None where it did not."""
    return (await connection.execute(select(departures.c.at).where(departures.c.shelf == shelf))).scalar_one_or_none()


async def departed(connection: AsyncConnection) -> dict[str, datetime]:
    """Return the shelves whose servers left, and when, the earliest first."""
    rows = await connection.execute(select(departures.c.shelf, departures.c.at).order_by(departures.c.at))
    return {row.shelf: row.at for row in rows}


async def held(connection: AsyncConnection) -> list[str]:
    """Return all shelves but the shared one."""
    rows = await connection.execute(select(shelves.c.id).where(shelves.c.id != SHARED).order_by(shelves.c.id))
    return list(rows.scalars())


async def expire(connection: AsyncConnection, before: datetime) -> int:
    """Delete the answers of before a moment, and what was said of them, except where a report is younger.

    Returns how many answers there were.
    """
    reported = exists().where(reports.c.answer == answers.c.key, reports.c.at >= before)
    old = (answers.c.asked_at < before) & ~reported
    doomed = select(answers.c.key).where(old)
    await connection.execute(delete(wishes).where(wishes.c.answer.in_(doomed)))
    await connection.execute(delete(reports).where(reports.c.answer.in_(doomed)))
    return (await connection.execute(delete(answers).where(old))).rowcount


async def erase(connection: AsyncConnection, shelf: str) -> None:
    """Delete a shelf with all that is on it and all that was kept for it. What others point to goes last."""
    asked = select(answers.c.key).where(answers.c.shelf == shelf)
    own = select(sources.c.key).where(sources.c.shelf == shelf)
    written = select(versions.c.key).where(versions.c.source.in_(own))
    found = select(figures.c.key).where(figures.c.version.in_(written))
    cut = select(passages.c.key).where(passages.c.version.in_(written))
    for statement in (
        delete(wishes).where(wishes.c.answer.in_(asked)),
        delete(reports).where(reports.c.answer.in_(asked)),
        delete(answers).where(answers.c.shelf == shelf),
        delete(preferences).where(preferences.c.shelf == shelf),
        delete(departures).where(departures.c.shelf == shelf),
        delete(reviews).where(reviews.c.figure.in_(found)),
        delete(figures).where(figures.c.version.in_(written)),
        delete(terms).where(terms.c.passage.in_(cut)),
        delete(passages).where(passages.c.version.in_(written)),
        delete(states).where(states.c.source.in_(own)),
        delete(labels).where(labels.c.version.in_(written)),
        delete(versions).where(versions.c.source.in_(own)),
        delete(sources).where(sources.c.shelf == shelf),
        delete(shelves).where(shelves.c.id == shelf),
    ):
        await connection.execute(statement)
    await settings.put(connection, ERASURES, str(int(await settings.get(connection, ERASURES) or 0) + 1))
