"""All that is on a shelf, read line by line for its export, and written as it was exported.

Never what people asked: answers, reports, wishes, solved gaps. Never drafts, which are gone in a week. What reads takes
a plain connection, for use in a thread.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, RowMapping, Select, exists, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from index.model import SHARED, State, visible
from index.store.tables import (
    acts,
    deals,
    figures,
    goldens,
    pages,
    passages,
    preferences,
    reviews,
    shelves,
    sources,
    standing,
    states,
    versions,
)

Row = Mapping[str, Any]

_AT_ONCE = 500  # rows written in one go

_stood = exists().where(states.c.version == versions.c.key)
"""The condition that a version is or was no draft."""


def exist(connection: Connection, shelf: str) -> bool:
    """Tell whether anything was ever kept for a shelf."""
    return connection.execute(select(shelves.c.id).where(shelves.c.id == shelf)).first() is not None


def count(connection: Connection, shelf: str, left_out: Sequence[str]) -> dict[str, int]:
    """Return how many lines of each kind a shelf has; ``left_out``: acts that are not counted."""
    own = versions.join(sources, versions.c.source == sources.c.key)
    counted: dict[str, Select[int]] = {
        "deals": _count(deals.c.shelf == shelf),
        "sources": _count(sources.c.shelf == shelf, exists().where(states.c.source == sources.c.key)),
        "versions": select(func.count()).select_from(own).where(sources.c.shelf == shelf, _stood),
        "figures": select(func.count())
        .select_from(own.join(figures, figures.c.version == versions.c.key))
        .where(sources.c.shelf == shelf, _stood),
        "preferences": _count(preferences.c.shelf == shelf),
        "goldens": _count(goldens.c.shelf == shelf),
        "acts": _count(acts.c.shelf == shelf, acts.c.act.not_in(left_out)),
    }
    return {kind: int(connection.execute(query).scalar_one()) for kind, query in counted.items()}


def _count(*wanted: ColumnElement[bool]) -> Select[int]:
    return select(func.count()).where(*wanted)


def deals_of(connection: Connection, shelf: str) -> Iterator[RowMapping]:
    """Yield what became of the deals of a shelf, in the order in which it was done."""
    yield from connection.execute(select(deals).where(deals.c.shelf == shelf).order_by(deals.c.key)).mappings()


def sources_of(connection: Connection, shelf: str) -> list[tuple[int, str]]:
    """Return the keys and ids of the sources of a shelf, in the order in which they came."""
    stand = exists().where(states.c.source == sources.c.key)
    rows = connection.execute(
        select(sources.c.key, sources.c.id).where(sources.c.shelf == shelf, stand).order_by(sources.c.key)
    )
    return [(key, name) for key, name in rows]


def states_of(connection: Connection, source: int) -> list[RowMapping]:
    """Return what became of a source, with the number of the version that stood."""
    columns = (versions.c.number, states.c.state, states.c.at, states.c.by)
    stood = select(*columns).join(versions, states.c.version == versions.c.key).where(states.c.source == source)
    return list(connection.execute(stood.order_by(states.c.key)).mappings())


def page_of(connection: Connection, source: int) -> RowMapping | None:
    """Return what is kept of a source's page."""
    row: RowMapping | None = connection.execute(select(pages).where(pages.c.source == source)).mappings().first()
    return row


def versions_of(connection: Connection, source: int) -> list[tuple[int, int, str]]:
    """Return the keys, numbers and digests of the versions of a source that stand or stood."""
    columns = (versions.c.key, versions.c.number, versions.c.sha256)
    rows = connection.execute(select(*columns).where(versions.c.source == source, _stood).order_by(versions.c.number))
    return [(key, number, sha256) for key, number, sha256 in rows]


def version(connection: Connection, key: int) -> RowMapping:
    """Return the row of a version."""
    return connection.execute(select(versions).where(versions.c.key == key)).mappings().one()


def passages_of(connection: Connection, key: int) -> list[tuple[str, int, int]]:
    """Return the heading, start and end of the passages of a version."""
    columns = (passages.c.heading, passages.c.start, passages.c.end)
    rows = connection.execute(select(*columns).where(passages.c.version == key).order_by(passages.c.ordinal))
    return [(heading, start, end) for heading, start, end in rows]


def figures_of(connection: Connection, key: int) -> list[tuple[int, object, list[RowMapping]]]:
    """Return the keys and wordings of the figures that were found in a version, each with its reviews in order."""
    found = connection.execute(
        select(figures.c.key, figures.c.found).where(figures.c.version == key).order_by(figures.c.key)
    ).all()
    made = select(reviews).join(figures, figures.c.key == reviews.c.figure).where(figures.c.version == key)
    by_figure: dict[int, list[RowMapping]] = {}
    for row in connection.execute(made.order_by(reviews.c.key)).mappings():
        by_figure.setdefault(row["figure"], []).append(row)
    return [(figure, wording, by_figure.get(figure, [])) for figure, wording in found]


def preferences_of(connection: Connection, shelf: str) -> Iterator[RowMapping]:
    """Yield what a server has set."""
    rows = connection.execute(select(preferences).where(preferences.c.shelf == shelf).order_by(preferences.c.name))
    yield from rows.mappings()


def goldens_of(connection: Connection, shelf: str) -> Iterator[RowMapping]:
    """Yield the golden questions of a shelf."""
    yield from connection.execute(select(goldens).where(goldens.c.shelf == shelf).order_by(goldens.c.key)).mappings()


def acts_of(connection: Connection, shelf: str, left_out: Sequence[str]) -> Iterator[RowMapping]:
    """Yield what was done on a shelf, in the order in which it was done, but for some kinds of acts."""
    wanted = select(acts).where(acts.c.shelf == shelf, acts.c.act.not_in(left_out))
    yield from connection.execute(wanted.order_by(acts.c.key)).mappings()


def standing_texts(connection: Connection, shelf: str) -> dict[str, str]:
    """Return the ids of the sources whose text need not be kept again, by the digest of the text that stands.

    They are a shelf's own, removed or not, and the shared ones that live.
    """
    return {row.sha256: row.id for row in connection.execute(_standing_texts(shelf))}


async def standing_texts_now(connection: AsyncConnection, shelf: str) -> dict[str, str]:
    """Return what ``standing_texts`` does, inside a transaction that writes."""
    return {row.sha256: row.id for row in await connection.execute(_standing_texts(shelf))}


def _standing_texts(shelf: str) -> Select[str, str]:
    """Select digests and ids; of those with the same text, the last one is the first that came to the shelf itself."""
    seen = (sources.c.shelf == SHARED) & (states.c.state == State.LIVE.value)
    stand = select(versions.c.sha256, sources.c.id).join(states, states.c.version == versions.c.key)
    stand = stand.join(sources, sources.c.key == states.c.source).where(standing, (sources.c.shelf == shelf) | seen)
    return stand.order_by(sources.c.shelf == shelf, sources.c.key.desc())


async def number(connection: AsyncConnection, version_key: int, wanted: int) -> None:
    """Give a version that has just been written the number that it had where it comes from."""
    await connection.execute(update(versions).where(versions.c.key == version_key).values(number=wanted))


async def insert_figures(
    connection: AsyncConnection, version_key: int, found: Sequence[tuple[object, Sequence[Row]]]
) -> list[int]:
    """Keep figures that were found in a version, each with its reviews; return their keys in the same order."""
    keys: list[int] = []
    for start in range(0, len(found), _AT_ONCE):
        rows = [{"version": version_key, "found": wording} for wording, _ in found[start : start + _AT_ONCE]]
        kept = insert(figures).returning(figures.c.key, sort_by_parameter_order=True)
        keys += (await connection.execute(kept, rows)).scalars()
    made = [{"figure": key, **review} for key, (_, given) in zip(keys, found, strict=True) for review in given]
    for start in range(0, len(made), _AT_ONCE):
        await connection.execute(insert(reviews), made[start : start + _AT_ONCE])
    return keys


async def insert_page(connection: AsyncConnection, source: int, page: Row) -> None:
    """Keep the page of a source."""
    await connection.execute(insert(pages).values(source=source, **page))


async def deal_ids(connection: AsyncConnection, shelf: str) -> set[str]:
    """Return the ids of all deals that a shelf sees, also of those that were taken away."""
    return set((await connection.execute(select(deals.c.id).where(deals.c.shelf.in_(visible(shelf))))).scalars())


async def golden_questions(connection: AsyncConnection, shelf: str) -> set[str]:
    """Return the golden questions of a shelf."""
    return set((await connection.execute(select(goldens.c.question).where(goldens.c.shelf == shelf))).scalars())


async def insert_golden(connection: AsyncConnection, shelf: str, golden: Row) -> None:
    """Keep a golden question."""
    await connection.execute(insert(goldens).values(shelf=shelf, **golden))


async def done(connection: AsyncConnection, shelf: str) -> set[tuple[datetime, str, str, str]]:
    """Return when somebody did something on a shelf, who, what and to what."""
    columns = (acts.c.at, acts.c.by, acts.c.act, acts.c.subject)
    rows = await connection.execute(select(*columns).where(acts.c.shelf == shelf))
    return {(at, by, act, subject) for at, by, act, subject in rows}


async def insert_act(connection: AsyncConnection, shelf: str, act: Row) -> None:
    """Keep what somebody did."""
    await connection.execute(insert(acts).values(shelf=shelf, **act))
