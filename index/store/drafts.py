"""Drafts in the store: versions that wait for a moderator, which nothing that answers can see."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, RowMapping, Select, delete, func, insert, literal, select
from sqlalchemy.ext.asyncio import AsyncConnection

from index.model import State
from index.moderating.model import Page
from index.reading.document import Caution, Kind
from index.store.sources import described
from index.store.tables import drafts, sources, versions


async def put(
    connection: AsyncConnection,
    version: int,
    draft_id: str,
    *,
    kind: Kind,
    cautions: Sequence[Caution],
    page: Page | None,
    at: datetime,
    by: str,
) -> None:
    """Let a version wait for a moderator."""
    await connection.execute(
        insert(drafts).values(
            version=version,
            id=draft_id,
            kind=kind.value,
            cautions=[caution.value for caution in cautions],
            page=None if page is None else page.model_dump(mode="json"),
            at=at,
            by=by,
        )
    )


async def find(connection: AsyncConnection, shelf: str, draft_id: str) -> RowMapping | None:
    """Return the row of a draft of this shelf, with the columns of the source that it will be."""
    rows = await connection.execute(_drafts(sources.c.shelf == shelf, drafts.c.id == draft_id))
    row: RowMapping | None = rows.mappings().first()
    return row


async def all_of(connection: AsyncConnection, shelf: str) -> list[RowMapping]:
    """Return the rows of all drafts of a shelf, the newest first."""
    rows = await connection.execute(_drafts(sources.c.shelf == shelf).order_by(drafts.c.at.desc(), versions.c.key))
    return list(rows.mappings())


async def of_source(connection: AsyncConnection, source_key: int) -> list[RowMapping]:
    """Return the rows of the drafts of one source, the newest first."""
    rows = await connection.execute(_drafts(sources.c.key == source_key).order_by(versions.c.key.desc()))
    return list(rows.mappings())


async def with_text(connection: AsyncConnection, shelf: str, sha256: str, *, but: str) -> list[RowMapping]:
    """Return the rows of the drafts of a shelf that have a text, by its hash, other than the draft ``but``."""
    same = (sources.c.shelf == shelf) & (versions.c.sha256 == sha256)
    rows = await connection.execute(_drafts(same, drafts.c.id != but).order_by(drafts.c.at, versions.c.key))
    return list(rows.mappings())


async def older_than(connection: AsyncConnection, before: datetime) -> list[RowMapping]:
    """Return the rows of the drafts of all shelves that were made before a moment."""
    rows = await connection.execute(_drafts(drafts.c.at < before))
    return list(rows.mappings())


async def count(connection: AsyncConnection, shelf: str) -> int:
    """Return how many drafts a shelf has."""
    counted = select(func.count()).select_from(drafts.join(versions, versions.c.key == drafts.c.version))
    counted = counted.join(sources, sources.c.key == versions.c.source).where(sources.c.shelf == shelf)
    return int((await connection.execute(counted)).scalar_one())


async def settle(connection: AsyncConnection, version: int) -> None:
    """Let a version be a draft no more."""
    await connection.execute(delete(drafts).where(drafts.c.version == version))


def _drafts(*wanted: ColumnElement[bool]) -> Select[tuple[object, ...]]:
    return (
        select(
            sources.c.key,
            sources.c.id,
            sources.c.shelf,
            literal(State.DRAFT.value).label("state"),
            versions.c.key.label("version_key"),
            versions.c.number.label("version"),
            *described,
            drafts.c.id.label("draft_id"),
            drafts.c.kind,
            drafts.c.cautions,
            drafts.c.page,
            drafts.c.at.label("drafted_at"),
            drafts.c.by.label("drafted_by"),
        )
        .select_from(drafts)
        .join(versions, versions.c.key == drafts.c.version)
        .join(sources, sources.c.key == versions.c.source)
        .where(*wanted)
    )
