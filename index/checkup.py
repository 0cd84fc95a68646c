"""Is a store sound? SQLite's own checks, and every text and offset held against what was promised of it."""

import asyncio
import hashlib
from pathlib import Path
from typing import NamedTuple

from filelock import FileLock, Timeout
from pydantic import ValidationError
from sqlalchemy import RowMapping, func, select
from sqlalchemy import text as statement
from sqlalchemy.ext.asyncio import AsyncConnection

from index import renewal, seeding
from index.keepable import wrong_with
from index.model import SHARED, Article, State
from index.store import database, rankers, settings
from index.store.database import Database
from index.store.tables import HEAD, metadata, passages, sources, standing, states, versions

_REVISIONS = "alembic_version"
_OF_SQLITE = "sqlite_"
_MOST = 20  # sources in a strange state that are named
_SHOWN = 40  # characters of such a state


class Report(NamedTuple):
    """``problems``: what is wrong, one sentence each; ``outdated``: what the next start will bring up to date."""

    live: int
    removed: int
    passages: int
    bytes: int
    problems: list[str]
    outdated: str
    writer: str


async def examine(folder: Path) -> Report | None:
    """Examine the store of a folder, changing nothing; None where there is none yet.

    Raises ``StoreDamaged`` or ``StoreUnavailable`` where it cannot even be read.
    """
    writer = _writer(folder)
    frozen = not writer
    revision = database.revision(folder, frozen=frozen)
    if revision is None:
        return None
    problems = await asyncio.to_thread(database.check, folder, frozen=frozen)
    if revision > HEAD:
        problems.append(f"it is of version {revision}, and this Sourcier knows {HEAD}: start the newer one again")
    if problems:
        return Report(0, 0, 0, _size(folder), problems, "", writer)
    if revision != HEAD:
        return Report(0, 0, 0, _size(folder), [], f"the store is at version {revision} of {HEAD}", writer)
    store = await database.connect(folder, "read", frozen=frozen)
    try:
        async with store.read() as connection:
            counted = await connection.execute(
                select(states.c.state, func.count(), func.sum(versions.c.passages))
                .join(versions, versions.c.key == states.c.version)
                .where(standing)
                .group_by(states.c.state)
            )
            counts = {state: (number, pieces) for state, number, pieces in counted}
            problems += await _foreign(connection)
            texts = await connection.stream(
                select(sources.c.id, versions).join(sources, sources.c.key == versions.c.source)
            )
            async for row in texts.mappings():
                source, key, number, text = row[sources.c.id], row["key"], row["number"], row["text"]
                if hashlib.sha256(text.encode()).hexdigest() != row["sha256"]:
                    problems.append(f"the text of {source}, version {number}, is not the one that was stored")
                if wrong := _wrong_article(row):
                    problems.append(f"{source}, version {number}, is not as articles are kept: {wrong}")
                outside = await connection.execute(
                    select(func.count())
                    .select_from(passages)
                    .where(passages.c.version == key, (passages.c.start < 0) | (passages.c.end > len(text)))
                )
                if outside.scalar_one():
                    problems.append(f"passages of {source}, version {number}, lie outside its text")
        outdated = await _outdated(store)
    finally:
        await store.close()
    live, pieces = counts.get(State.LIVE.value, (0, 0))
    removed, _ = counts.get(State.REMOVED.value, (0, 0))
    return Report(live, removed, pieces, _size(folder), problems, outdated, writer)


async def _foreign(connection: AsyncConnection) -> list[str]:
    """Say which tables and states are not those of a store."""
    tables = await connection.execute(statement("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"))
    known = {*metadata.tables, _REVISIONS}
    found = [
        f"its table {name!r} is not of Sourcier"
        for name in tables.scalars()
        if name not in known and not name.startswith(_OF_SQLITE)
    ]
    strange = select(sources.c.id, states.c.state).join(sources, sources.c.key == states.c.source)
    rows = await connection.execute(strange.where(states.c.state.not_in([State.LIVE, State.REMOVED])).limit(_MOST))
    return found + [f"{source} is in a state that there is not: {state[:_SHOWN]!r}" for source, state in rows]


def _wrong_article(row: RowMapping) -> str:
    """Say what of an article is not as it is when it is kept; nothing where all is."""
    try:
        article = Article.model_validate({name: row[name] for name in Article.model_fields})
    except ValidationError as error:
        return f"its {error.errors()[0]['loc'][0]} is not right"
    return wrong_with(article.title, article.url)


async def _outdated(store: Database) -> str:
    """Say what the next start will bring up to date."""
    async with store.read() as connection:
        if await settings.get(connection, "seeds") != seeding.fingerprint():
            return f"the articles that come with Sourcier are newer than those on the {SHARED} shelf"
        if await rankers.stale(connection):
            return "the terms of some passages come from an older analysis"
    return "the figures of some sources were found by older rules" if await renewal.is_due(store) else ""


def _size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.glob(f"{database.FILE}*"))


def _writer(folder: Path) -> str:
    """Say which process holds the folder for writing, if one does."""
    if not (folder / "writer.lock").exists():
        return ""
    try:
        with FileLock(folder / "writer.lock", timeout=0):
            return ""
    except Timeout:
        return f"another process{database.holder(folder)} is writing here"
    except OSError:
        return ""
