"""Deleting for good: what a server left behind, and answers that are too old."""

from datetime import datetime

from sqlalchemy import RowMapping, Select, delete, exists, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from index.model import SHARED, State
from index.store import learning, settings
from index.store.sources import ERASURES, ensure_shelves
from index.store.tables import (
    acts,
    answers,
    deals,
    departures,
    drafts,
    figures,
    goldens,
    labels,
    pages,
    passages,
    preferences,
    reports,
    reviews,
    shelves,
    solutions,
    sources,
    standing,
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
    await learning.expire(connection, before)
    return (await connection.execute(delete(answers).where(old))).rowcount


async def erase(connection: AsyncConnection, shelf: str) -> None:
    """Delete a shelf with all that is on it and all that was kept for it. What others point to goes last."""
    asked = select(answers.c.key).where(answers.c.shelf == shelf)
    own = select(sources.c.key).where(sources.c.shelf == shelf)
    for statement in (
        delete(wishes).where(wishes.c.answer.in_(asked)),
        delete(reports).where(reports.c.answer.in_(asked)),
        delete(answers).where(answers.c.shelf == shelf),
        *(delete(table).where(table.c.shelf == shelf) for table in (preferences, departures, acts, deals, goldens)),
        delete(solutions).where(solutions.c.shelf == shelf),
    ):
        await connection.execute(statement)
    await _erase_versions(connection, select(versions.c.key).where(versions.c.source.in_(own)))
    await _erase_sources(connection, own)
    await connection.execute(delete(shelves).where(shelves.c.id == shelf))
    await _note(connection)


async def discard(connection: AsyncConnection, source_key: int, version_key: int) -> None:
    """Delete a version that never stood, and its source where it has no other."""
    await _erase_versions(connection, select(versions.c.key).where(versions.c.key == version_key))
    empty = select(sources.c.key).where(sources.c.key == source_key)
    await _erase_sources(connection, empty.where(~exists().where(versions.c.source == sources.c.key)))
    await _note(connection)


async def removed_before(connection: AsyncConnection, before: datetime) -> list[RowMapping]:
    """Return the sources of servers that were removed before a moment and still are: key, shelf, id and by whom."""
    old = states.c.state == State.REMOVED.value
    rows = await connection.execute(
        select(sources.c.key, sources.c.shelf, sources.c.id, states.c.by)
        .join(states, states.c.source == sources.c.key)
        .where(standing, old, states.c.at < before, sources.c.shelf != SHARED)
    )
    return list(rows.mappings())


async def erase_source(connection: AsyncConnection, source_key: int) -> None:
    """Delete a source with all its versions, and the sentences of golden questions that are its words."""
    erased = (sources.c.key == source_key) & (sources.c.id == goldens.c.source)
    seeing = (sources.c.shelf == goldens.c.shelf) | (sources.c.shelf == SHARED)
    await connection.execute(update(goldens).where(exists().where(erased, seeing)).values(sentence=""))
    await _erase_versions(connection, select(versions.c.key).where(versions.c.source == source_key))
    await _erase_sources(connection, select(sources.c.key).where(sources.c.key == source_key))
    await _note(connection)


async def _erase_versions(connection: AsyncConnection, doomed: Select[tuple[int]]) -> None:
    found = select(figures.c.key).where(figures.c.version.in_(doomed))
    cut = select(passages.c.key).where(passages.c.version.in_(doomed))
    for statement in (
        delete(reviews).where(reviews.c.figure.in_(found)),
        delete(figures).where(figures.c.version.in_(doomed)),
        delete(terms).where(terms.c.passage.in_(cut)),
        delete(passages).where(passages.c.version.in_(doomed)),
        delete(drafts).where(drafts.c.version.in_(doomed)),
        delete(states).where(states.c.version.in_(doomed)),
        delete(labels).where(labels.c.version.in_(doomed)),
        delete(versions).where(versions.c.key.in_(doomed)),
    ):
        await connection.execute(statement)


async def _erase_sources(connection: AsyncConnection, doomed: Select[tuple[int]]) -> None:
    await connection.execute(delete(pages).where(pages.c.source.in_(doomed)))
    await connection.execute(delete(sources).where(sources.c.key.in_(doomed)))


async def _note(connection: AsyncConnection) -> None:
    """Count that something was erased, for those who read the store beside the writer."""
    await settings.put(connection, ERASURES, str(int(await settings.get(connection, ERASURES) or 0) + 1))
