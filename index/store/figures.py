"""Figures in the store: what was found in sources by rule, what moderators made of it, and what shelves know of it.

What is long work here takes a plain connection, for use in a thread.
"""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, Connection, RowMapping, Select, delete, exists, func, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from index.figures.curated import CuratedLedger
from index.figures.deals import FoundFigure
from index.figures.holding import Held, Holding, hold, proofs_of, spans_of
from index.figures.kinds import Review
from index.model import SHARED, Quote, State
from index.store import sources
from index.store.tables import figures, reviews, states, versions
from index.store.tables import sources as kept

_AT_ONCE = 500  # rows in one go

_later = reviews.alias("later")
_newest = ~exists().where(_later.c.figure == reviews.c.figure, _later.c.key > reviews.c.key)


class Stand(NamedTuple):
    """A value that is another one whenever a ledger may have to be: how the sources stand, and the newest review."""

    sources: sources.Stand
    review: int


def stand_seen(connection: Connection) -> Stand:
    """Return how sources and reviews stand."""
    newest = connection.execute(select(func.coalesce(func.max(reviews.c.key), 0))).scalar_one()
    return Stand(sources.stand_seen(connection), int(newest))


async def stand(connection: AsyncConnection) -> Stand:
    """Return how sources and reviews stand."""
    newest = (await connection.execute(select(func.coalesce(func.max(reviews.c.key), 0)))).scalar_one()
    return Stand(await sources.stand(connection), int(newest))


async def insert_found(connection: AsyncConnection, version: int, found: Iterable[FoundFigure]) -> None:
    """Keep what was found in a version."""
    rows = [{"version": version, "found": figure.model_dump(mode="json")} for figure in found]
    for start in range(0, len(rows), _AT_ONCE):
        await connection.execute(insert(figures), rows[start : start + _AT_ONCE])


async def insert_review(
    connection: AsyncConnection,
    keys: Sequence[int],
    review: Review,
    *,
    at: datetime,
    by: str,
    corrected: FoundFigure | None = None,
) -> None:
    """Say how some figures stand from now on; ``corrected``: how they read, where a moderator says otherwise."""
    written = None if corrected is None else corrected.model_dump(mode="json")
    rows = [{"figure": key, "review": review.value, "corrected": written, "at": at, "by": by} for key in keys]
    for start in range(0, len(rows), _AT_ONCE):
        await connection.execute(insert(reviews), rows[start : start + _AT_ONCE])


async def version_of(connection: AsyncConnection, shelf: str, key: int) -> int | None:
    """Return the version in which a figure was found, where its source is of this shelf."""
    of_shelf = select(figures.c.version).join(versions, versions.c.key == figures.c.version)
    of_shelf = of_shelf.join(kept, kept.c.key == versions.c.source)
    found = await connection.execute(of_shelf.where(figures.c.key == key, kept.c.shelf == shelf))
    return found.scalar_one_or_none()


def found_in(connection: Connection, version: int) -> Holding | None:
    """Return a version with all figures that were found in it, reviewed or not; None where no source stands on it."""
    row = connection.execute(sources.current().where(versions.c.key == version)).mappings().first()
    if row is None:
        return None
    held = _held(connection, [version], reviewed_only=False).get(version, [])
    return _holding(connection, row, None, held)


def holdings(
    connection: Connection, curated: CuratedLedger, shelf_ids: Sequence[str], only: Collection[int] | None = None
) -> dict[int, Holding]:
    """Return what the live sources of some shelves add to what is known, by version; ``only``: of these versions."""
    names = {figure.proof.source for figure in curated.figures} | {fact.proof.source for fact in curated.facts}
    names |= {proof.source for deal in curated.deals for proof in proofs_of(deal)}
    by_hand = (kept.c.shelf == SHARED) & kept.c.id.in_(names)
    approved = (
        select(figures.c.version)
        .join(reviews, reviews.c.figure == figures.c.key)
        .where(_newest, reviews.c.review == Review.APPROVED.value)
    )
    wanted: ColumnElement[bool] = kept.c.shelf.in_(shelf_ids) & (states.c.state == State.LIVE.value)
    wanted &= by_hand | versions.c.key.in_(approved)
    if only is not None:
        wanted &= versions.c.key.in_(only)
    rows = connection.execute(sources.current().where(wanted)).mappings().all()
    held = _held(connection, [row["version_key"] for row in rows], reviewed_only=True)
    return {
        row["version_key"]: _holding(
            connection,
            row,
            curated if row["shelf"] == SHARED and row["id"] in names else None,
            [each for each in held.get(row["version_key"], []) if each.review is Review.APPROVED],
        )
        for row in rows
    }


def _holding(connection: Connection, row: RowMapping, curated: CuratedLedger | None, held: Sequence[Held]) -> Holding:
    quotes = [each.figure.quote for each in held]
    if curated is not None:
        quotes += spans_of(curated, row["id"])
    passages = sources.passages_with(connection, row["version_key"], [(quote.start, quote.end) for quote in quotes])
    return hold(sources.as_source(row), passages, curated, held)


def _held(connection: Connection, keys: Sequence[int], *, reviewed_only: bool) -> dict[int, list[Held]]:
    held: dict[int, list[Held]] = {}
    for start in range(0, len(keys), _AT_ONCE):
        for row in connection.execute(_reviewed(keys[start : start + _AT_ONCE], reviewed_only=reviewed_only)):
            figure = FoundFigure.model_validate(row.corrected or row.found)
            held.setdefault(row.version, []).append(Held(row.key, figure, Review(row.review or Review.EXTRACTED)))
    return held


def _reviewed(keys: Sequence[int], *, reviewed_only: bool) -> Select[tuple[int, int, object, object, str | None]]:
    """Select figures of some versions in the order of the text, with the newest review of each."""
    standing = (reviews.c.figure == figures.c.key) & _newest
    return (
        select(figures.c.key, figures.c.version, figures.c.found, reviews.c.corrected, reviews.c.review)
        .select_from(figures.join(reviews, standing, isouter=not reviewed_only))
        .where(figures.c.version.in_(keys))
        .order_by(figures.c.key)
    )


async def versions_after(connection: AsyncConnection, key: int) -> int:
    """Return how many versions have a greater key."""
    counted = await connection.execute(select(func.count()).select_from(versions).where(versions.c.key > key))
    return int(counted.scalar_one())


async def texts_after(connection: AsyncConnection, key: int, most: int) -> list[tuple[int, RowMapping]]:
    """Return the next versions with a greater key, the oldest first: their texts and what is known of them."""
    described = (versions.c.text, versions.c.title, versions.c.language, versions.c.published)
    after = select(versions.c.key, *described).where(versions.c.key > key).order_by(versions.c.key).limit(most)
    return [(row["key"], row) for row in (await connection.execute(after)).mappings()]


async def forget_unreviewed(connection: AsyncConnection, version: int) -> list[Quote]:
    """Delete the figures of a version that nobody has reviewed; return where the numbers of the others stand."""
    reviewed = select(reviews.c.figure)
    await connection.execute(delete(figures).where(figures.c.version == version, figures.c.key.not_in(reviewed)))
    left = await connection.execute(select(figures.c.found).where(figures.c.version == version))
    return [FoundFigure.model_validate(found).text for found in left.scalars()]
