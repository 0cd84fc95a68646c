"""What becomes of sources: they come, get a next version, are removed and come back. One transaction each."""

from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from sqlalchemy import RowMapping
from sqlalchemy.ext.asyncio import AsyncConnection

from index.model import State
from index.moderating.model import Act
from index.preparation import Prepared
from index.store import acts, deals, figures, sources


class Outcome(StrEnum):
    """What adding an article came to."""

    ADDED = "added"
    UPDATED = "updated"
    RESTORED = "restored"
    PRESENT = "present"
    REMOVED = "removed"


class Change(NamedTuple):
    """What a write means for the rankers that see its shelf: a version to learn and a version to forget, by key."""

    outcome: Outcome
    source_id: str
    gained: int | None = None
    lost: int | None = None


async def add(
    connection: AsyncConnection, shelf: str, source_id: str, prepared: Prepared, *, at: datetime, by: str
) -> Change:
    """Let a new source live."""
    key = await sources.insert_source(connection, shelf, source_id, at)
    version = await sources.insert_version(connection, key, source_id, prepared, at=at, by=by)
    await figures.insert_found(connection, version, prepared.figures)
    await sources.insert_state(connection, key, version, State.LIVE, at=at, by=by)
    await _record(connection, shelf, Act.ADDED, source_id, prepared.article.title, at=at, by=by)
    return Change(Outcome.ADDED, source_id, gained=version)


async def revise(
    connection: AsyncConnection, known: RowMapping, prepared: Prepared, *, at: datetime, by: str
) -> Change:
    """Give a source its next version, where the article is not the one that stands.

    A removed source stays removed.
    """
    source_id = known["id"]
    if await sources.is_same(connection, known["version_key"], prepared):
        return Change(Outcome.PRESENT, source_id)
    state = State(known["state"])
    version = await sources.insert_version(connection, known["key"], source_id, prepared, at=at, by=by)
    await figures.insert_found(connection, version, prepared.figures)
    await figures.carry_reviews(connection, known["version_key"], version, at=at)
    await sources.insert_state(connection, known["key"], version, state, at=at, by=by)
    await deals.prove_again(connection, known["shelf"], source_id, version, at=at, by=by)
    await _record(connection, known["shelf"], Act.UPDATED, source_id, prepared.article.title, at=at, by=by)
    if state is not State.LIVE:
        return Change(Outcome.UPDATED, source_id)
    return Change(Outcome.UPDATED, source_id, gained=version, lost=known["version_key"])


async def put(connection: AsyncConnection, row: RowMapping, state: State, *, at: datetime, by: str) -> Change:
    """Let a source live or be removed, where it is not so already."""
    source_id, version = row["id"], row["version_key"]
    if row["state"] == state:
        return Change(Outcome.PRESENT, source_id)
    await sources.insert_state(connection, row["key"], version, state, at=at, by=by)
    act = Act.RESTORED if state is State.LIVE else Act.REMOVED
    await _record(connection, row["shelf"], act, source_id, row["title"], at=at, by=by)
    if state is State.LIVE:
        return Change(Outcome.RESTORED, source_id, gained=version)
    return Change(Outcome.REMOVED, source_id, lost=version)


async def _record(
    connection: AsyncConnection, shelf: str, act: Act, source_id: str, title: str, *, at: datetime, by: str
) -> None:
    await acts.record(connection, shelf, act, source_id, at=at, by=by, detail={"title": title})
