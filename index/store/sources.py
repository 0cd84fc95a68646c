"""Sources in the store: writing them, and finding them again."""

from bisect import bisect_right
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Connection,
    Integer,
    RowMapping,
    Select,
    bindparam,
    cast,
    exists,
    func,
    insert,
    literal,
    select,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from index.model import Article, Passage, Source, State
from index.moment import aware
from index.preparation import Candidate, Packed, Prepared, unpack
from index.ranking.terms import VERSION
from index.store.labels import label
from index.store.tables import labels, passages, settings, shelves, sources, standing, states, terms, versions

described = [column for column in versions.c if column.name not in {"key", "source", "number", "text"}]
"""What is known about a version, but for its text."""

_AT_ONCE = 500  # rows written in one go, so that an article of thousands of passages does not hold up the event loop

ERASURES = "erasures"
"""The setting that counts how often something was erased."""


Raw = tuple[Any, ...]
"""A row of numbers, texts and bytes alone: many of them kept do not slow the garbage collector down."""


class Stand(NamedTuple):
    """A value that is another one whenever other sources stand: the newest state, and how much was erased."""

    state: int
    erasures: int


_ERASURES = select(cast(settings.c.value, Integer)).where(settings.c.name == ERASURES).scalar_subquery()
_STAND = select(select(func.coalesce(func.max(states.c.key), 0)).scalar_subquery(), func.coalesce(_ERASURES, 0))


def current() -> Select[Any]:
    """Select every source in its newest state, with the version that stands."""
    return (
        select(
            sources.c.key,
            sources.c.id,
            sources.c.shelf,
            states.c.state,
            versions.c.key.label("version_key"),
            versions.c.number.label("version"),
            *described,
        )
        .select_from(states)
        .join(sources, states.c.source == sources.c.key)
        .join(versions, (states.c.version == versions.c.key) & (states.c.source == versions.c.source))
        .where(standing)
    )


def of_version(connection: Connection, version: int) -> RowMapping | None:
    """Return the row of a version, as ``current`` has it where it stands, else as a draft."""
    row: RowMapping | None = connection.execute(current().where(versions.c.key == version)).mappings().first()
    if row is not None:
        return row
    waiting = select(
        sources.c.key,
        sources.c.id,
        sources.c.shelf,
        literal(State.DRAFT.value).label("state"),
        versions.c.key.label("version_key"),
        versions.c.number.label("version"),
        *described,
    ).join(sources, versions.c.source == sources.c.key)
    return connection.execute(waiting.where(versions.c.key == version)).mappings().first()


def as_source(row: RowMapping | Mapping[str, Any]) -> Source:
    """Read a source from a row that has its columns."""
    fields = {name: row[name] for name in Source.model_fields}
    return Source.model_validate(fields | {"added_at": aware(row["added_at"])})


def all_of(connection: Connection, shelf_ids: Sequence[str]) -> list[Source]:
    """Return the sources of some shelves, removed ones included, in the order they came.

    Takes a plain connection, for use in a thread: there may be thousands.
    """
    rows = connection.execute(current().where(sources.c.shelf.in_(shelf_ids)).order_by(sources.c.key))
    return [as_source(row) for row in rows.mappings()]


async def find(connection: AsyncConnection, shelf_ids: Sequence[str], source_id: str) -> RowMapping | None:
    """Return the row of one source as some shelves see it; the last shelf that has one wins."""
    rows = (
        (await connection.execute(current().where(sources.c.shelf.in_(shelf_ids), sources.c.id == source_id)))
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


async def as_article(connection: AsyncConnection, version_key: int) -> Article:
    """Return a version as the article that it was made from."""
    columns = [versions.c[name] for name in Article.model_fields]
    row = (await connection.execute(select(*columns).where(versions.c.key == version_key))).mappings().one()
    return Article.model_validate(dict(row))


async def find_text(connection: AsyncConnection, version_key: int) -> str:
    """Return the stored text of a version."""
    return str((await connection.execute(select(versions.c.text).where(versions.c.key == version_key))).scalar_one())


async def find_same(connection: AsyncConnection, shelf: str, sha256: str) -> RowMapping | None:
    """Return the row of the shelf's source whose standing version has this content, if there is one."""
    rows = await connection.execute(current().where(sources.c.shelf == shelf, versions.c.sha256 == sha256))
    same: RowMapping | None = rows.mappings().first()
    return same


async def stand(connection: AsyncConnection) -> Stand:
    """Return what tells whether other sources stand than before."""
    return Stand(*(await connection.execute(_STAND)).one())


def stand_seen(connection: Connection) -> Stand:
    """Return ``stand`` as a plain connection sees it."""
    return Stand(*connection.execute(_STAND).one())


async def ensure_shelves(connection: AsyncConnection, shelf_ids: Collection[str], at: datetime) -> None:
    """Make the shelves that are new."""
    known = set((await connection.execute(select(shelves.c.id).where(shelves.c.id.in_(shelf_ids)))).scalars())
    if new := [{"id": shelf, "created_at": at} for shelf in shelf_ids if shelf not in known]:
        await connection.execute(insert(shelves), new)


async def insert_source(connection: AsyncConnection, shelf: str, source_id: str, at: datetime) -> int:
    """Make a source (and its shelf, if new) without a version; return its key."""
    await ensure_shelves(connection, [shelf], at)
    row = await connection.execute(insert(sources).values(shelf=shelf, id=source_id).returning(sources.c.key))
    return int(row.scalar_one())


async def insert_version(
    connection: AsyncConnection, source_key: int, source_id: str, prepared: Prepared, *, at: datetime, by: str
) -> int:
    """Add a version with its passages and terms to a source; return its key. It stands once a state says so.

    Passages get keys in a row that no passage ever had, not even one that was erased.
    """
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
                    **article.model_dump(mode="json"),
                )
                .returning(versions.c.key)
            )
        ).scalar_one()
    )
    named = label(article.title, article.publisher, article.credit, source_id)
    await connection.execute(insert(labels).values(version=version, folded=named))
    pieces = [{"version": version, "ordinal": i, **piece._asdict()} for i, piece in enumerate(prepared.pieces)]
    first = int((await connection.execute(insert(passages).values(pieces[0]).returning(passages.c.key))).scalar_one())
    for start in range(0, len(pieces), _AT_ONCE):
        numbered = range(start, min(start + _AT_ONCE, len(pieces)))
        if fresh := [{"key": first + i, **pieces[i]} for i in numbered if i]:
            await connection.execute(insert(passages), fresh)
        await connection.execute(
            insert(terms),
            [{"passage": first + i, "analysis": VERSION, **prepared.terms[i]._asdict()} for i in numbered],
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


def cited(connection: Connection, keys: Sequence[int]) -> dict[int, Raw]:
    """Return passages with their source and what their sentences are found by, by the passages' keys."""
    rows = connection.execute(_CITED, {"keys": keys})
    return {row.passage_key: tuple(row) for row in rows}


def as_candidate(raw: Raw) -> Candidate:
    """Read a passage as ``cited`` returned it; a twentieth of a millisecond."""
    row = dict(zip(_CITED_COLUMNS, raw, strict=True))
    context, found = unpack(Packed(row["sentences"], row["term_keys"]))
    return Candidate(_as_passage(row), as_source(row), context, found)


async def quoted(
    connection: AsyncConnection, shelf_ids: Sequence[str], keys: Sequence[int]
) -> dict[int, tuple[Passage, Source]]:
    """Return those passages, by their keys, whose source lives on one of these shelves, with that source."""
    rows = await connection.execute(_passages().where(passages.c.key.in_(keys), _living(shelf_ids)))
    return {row["passage_key"]: (_as_passage(row), as_source(row)) for row in rows.mappings()}


async def around(connection: AsyncConnection, shelf_ids: Sequence[str], key: int, reach: int) -> list[Passage]:
    """Return a passage and those at most ``reach`` before and after it in the same version, in reading order.

    None where its source does not live on one of these shelves.
    """
    one = select(passages.c.version, passages.c.ordinal).where(passages.c.key == key).subquery()
    rows = await connection.execute(
        _passages()
        .join(one, one.c.version == passages.c.version)
        .where(passages.c.ordinal.between(one.c.ordinal - reach, one.c.ordinal + reach), _living(shelf_ids))
        .order_by(passages.c.ordinal)
    )
    return [_as_passage(row) for row in rows.mappings()]


def passages_with(connection: Connection, version: int, spans: Sequence[tuple[int, int]]) -> list[Passage]:
    """Return the passages of a version that have any of some spans (start, end) of its text."""
    where = select(passages.c.key, passages.c.start, passages.c.end).where(passages.c.version == version)
    bounds = connection.execute(where.order_by(passages.c.start)).all()
    starts = [start for _, start, _ in bounds]
    found = {max(bisect_right(starts, start) - 1, 0) for start, _ in spans} if bounds else set()
    keys = [bounds[place].key for place in sorted(found)]
    rows: list[Passage] = []
    for at in range(0, len(keys), _AT_ONCE):
        some = connection.execute(_passages().where(passages.c.key.in_(keys[at : at + _AT_ONCE]))).mappings()
        rows += [_as_passage(row) for row in some]
    return rows


def _living(shelf_ids: Sequence[str]) -> ColumnElement[bool]:
    """Return the condition that a source stands on one of these shelves and lives there."""
    lives = exists().where(states.c.source == sources.c.key, states.c.state == State.LIVE.value, standing)
    return sources.c.shelf.in_(shelf_ids) & lives


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
            *described,
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

_CITED_COLUMNS = tuple(_CITED.selected_columns.keys())


def _as_passage(row: RowMapping | Mapping[str, Any]) -> Passage:
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
