"""Sources in the store: writing them, and finding them again."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import RowMapping, Select, bindparam, func, insert, literal, select
from sqlalchemy.ext.asyncio import AsyncConnection

from index.model import Passage, Source, State
from index.preparation import Candidate, Packed, Prepared, unpack
from index.ranking.terms import VERSION
from index.store.tables import passages, shelves, sources, standing, states, terms, versions

_described = [column for column in versions.c if column.name not in {"key", "source", "number", "text"}]
_NEWEST_STATE = select(func.coalesce(func.max(states.c.key), 0))


def _current() -> Select[Any]:
    """Select every source in its newest state, with the version that stands."""
    return (
        select(
            sources.c.key,
            sources.c.id,
            sources.c.shelf,
            states.c.state,
            versions.c.key.label("version_key"),
            versions.c.number.label("version"),
            *_described,
        )
        .select_from(states)
        .join(sources, states.c.source == sources.c.key)
        .join(versions, (states.c.version == versions.c.key) & (states.c.source == versions.c.source))
        .where(standing)
    )


def as_source(row: RowMapping) -> Source:
    """Read a source from a row that has its columns."""
    fields = {name: row[name] for name in Source.model_fields}
    return Source.model_validate(fields | {"added_at": row["added_at"].replace(tzinfo=UTC)})


async def all_of(connection: AsyncConnection, shelf_ids: Sequence[str]) -> list[Source]:
    """Return the sources of some shelves, removed ones included, in the order they came."""
    rows = await connection.execute(_current().where(sources.c.shelf.in_(shelf_ids)).order_by(sources.c.key))
    return [as_source(row) for row in rows.mappings()]


async def find(connection: AsyncConnection, shelf_ids: Sequence[str], source_id: str) -> RowMapping | None:
    """Return the row of one source as some shelves see it; the last shelf that has one wins."""
    rows = (
        (await connection.execute(_current().where(sources.c.shelf.in_(shelf_ids), sources.c.id == source_id)))
        .mappings()
        .all()
    )
    return max(rows, key=lambda row: shelf_ids.index(str(row["shelf"])), default=None)


async def find_on(connection: AsyncConnection, shelf: str, source_id: str) -> RowMapping | None:
    """Return the row of one source of one shelf, whatever its state."""
    return await find(connection, [shelf], source_id)


async def is_same(connection: AsyncConnection, version_key: int, prepared: Prepared) -> bool:
    """Tell whether a version is this very article, what is known about it included."""
    described = prepared.article.model_dump(mode="json", exclude={"markdown"})
    columns = [versions.c[name] for name in described]
    row = (await connection.execute(select(*columns).where(versions.c.key == version_key))).mappings().one()
    return dict(row) == described


async def find_text(connection: AsyncConnection, version_key: int) -> str:
    """Return the stored text of a version."""
    return str((await connection.execute(select(versions.c.text).where(versions.c.key == version_key))).scalar_one())


async def find_same(connection: AsyncConnection, shelf: str, sha256: str) -> RowMapping | None:
    """Return the row of the shelf's source whose standing version has this content, if there is one."""
    rows = await connection.execute(_current().where(sources.c.shelf == shelf, versions.c.sha256 == sha256))
    same: RowMapping | None = rows.mappings().first()
    return same


async def newest_state(connection: AsyncConnection) -> int:
    """Return a number that grows whenever what stands changes."""
    return int((await connection.execute(_NEWEST_STATE)).scalar_one())


async def insert_source(connection: AsyncConnection, shelf: str, source_id: str, at: datetime) -> int:
    """Make a source (and its shelf, if new) without a version; return its key."""
    if not (await connection.execute(select(shelves.c.id).where(shelves.c.id == shelf))).first():
        await connection.execute(insert(shelves).values(id=shelf, created_at=at))
    row = await connection.execute(insert(sources).values(shelf=shelf, id=source_id).returning(sources.c.key))
    return int(row.scalar_one())


async def insert_version(
    connection: AsyncConnection, source_key: int, prepared: Prepared, *, at: datetime, by: str
) -> int:
    """Add a version with its passages and terms to a source; return its key. It stands once a state says so."""
    article = prepared.article
    number = select(func.coalesce(func.max(versions.c.number), 0) + 1).where(versions.c.source == source_key)
    version = int(
        (
            await connection.execute(
                insert(versions)
                .values(
                    source=source_key,
                    number=number.scalar_subquery(),
                    sha256=prepared.sha256,
                    words=prepared.words,
                    passages=len(prepared.pieces),
                    added_at=at,
                    added_by=by,
                    **article.model_dump(mode="json", exclude={"markdown"}),
                )
                .returning(versions.c.key)
            )
        ).scalar_one()
    )
    first = int((await connection.execute(select(func.coalesce(func.max(passages.c.key), 0) + 1))).scalar_one())
    await connection.execute(
        insert(passages),
        [
            {"key": first + i, "version": version, "ordinal": i, **piece._asdict()}
            for i, piece in enumerate(prepared.pieces)
        ],
    )
    await connection.execute(
        insert(terms),
        [{"passage": first + i, "analysis": VERSION, **packed._asdict()} for i, packed in enumerate(prepared.terms)],
    )
    return version


async def insert_state(
    connection: AsyncConnection, source_key: int, version_key: int, state: State, *, at: datetime, by: str
) -> None:
    """Say what becomes of a source from now on."""
    await connection.execute(
        insert(states).values(source=source_key, version=version_key, state=state.value, at=at, by=by)
    )


async def free_id(connection: AsyncConnection, shelf_ids: Sequence[str], wanted: str) -> str:
    """Return ``wanted``, or the first of ``wanted-2``, ``wanted-3`` ... that no source of these shelves has."""
    rows = await connection.execute(
        select(sources.c.id).where(sources.c.shelf.in_(shelf_ids), sources.c.id.startswith(wanted, autoescape=True))
    )
    taken = set(rows.scalars())
    if wanted not in taken:
        return wanted
    number = 2
    while f"{wanted}-{number}" in taken:
        number += 1
    return f"{wanted}-{number}"


async def cited(connection: AsyncConnection, keys: Sequence[int]) -> dict[int, Candidate]:
    """Return passages with their source and what their sentences are found by, by the passages' keys."""
    rows = await connection.execute(_CITED, {"keys": keys})
    return {row["passage_key"]: _as_candidate(row) for row in rows.mappings()}


async def around(connection: AsyncConnection, key: int, reach: int) -> list[Passage]:
    """Return a passage and those at most ``reach`` before and after it in the same version, in reading order."""
    one = select(passages.c.version, passages.c.ordinal).where(passages.c.key == key).subquery()
    rows = await connection.execute(
        _passages()
        .join(one, one.c.version == passages.c.version)
        .where(passages.c.ordinal.between(one.c.ordinal - reach, one.c.ordinal + reach))
        .order_by(passages.c.ordinal)
    )
    return [_as_passage(row) for row in rows.mappings()]


def _passages() -> Select[Any]:
    """Select passages with their text, cut from the version's own at their offsets, and their source."""
    return (
        select(
            passages.c.key.label("passage_key"),
            passages.c.ordinal,
            passages.c.heading,
            passages.c.start,
            passages.c.end,
            func.substr(versions.c.text, passages.c.start + 1, passages.c.end - passages.c.start).label("passage_text"),
            sources.c.id,
            sources.c.shelf,
            versions.c.number.label("version"),
            literal(State.LIVE.value).label("state"),
            *_described,
        )
        .select_from(passages)
        .join(versions, passages.c.version == versions.c.key)
        .join(sources, versions.c.source == sources.c.key)
    )


_CITED = (
    _passages()
    .add_columns(terms.c.sentences, terms.c["keys"].label("term_keys"))
    .join(terms, terms.c.passage == passages.c.key)
    .where(passages.c.key.in_(bindparam("keys", expanding=True)))
)
"""What every question asks of the store, made once: making it anew would take longer than running it."""


def _as_passage(row: RowMapping) -> Passage:
    return Passage(
        key=row["passage_key"],
        source=row["id"],
        version=row["version"],
        ordinal=row["ordinal"],
        heading=row["heading"],
        text=row["passage_text"],
        start=row["start"],
        end=row["end"],
    )


def _as_candidate(row: RowMapping) -> Candidate:
    context, found = unpack(Packed(row["sentences"], row["term_keys"]))
    return Candidate(_as_passage(row), as_source(row), context, found)
