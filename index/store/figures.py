"""Figures in the store: what was found in sources by rule, what moderators made of it, and what shelves know of it.

What is long work here takes a plain connection, for use in a thread.
"""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, RowMapping, Select, delete, exists, func, insert, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from index.figures.curated import CuratedLedger
from index.figures.deals import FoundFigure
from index.figures.holding import Held, Holding, hold, spans_of
from index.figures.kinds import Review
from index.model import SHARED, Language, Quote, State
from index.store import deals, sources
from index.store.tables import deals as made
from index.store.tables import figures, goldens, reviews, states, versions
from index.store.tables import sources as kept

_AT_ONCE = 500  # rows in one go

_later = reviews.alias("later")
_newest = ~exists().where(_later.c.figure == reviews.c.figure, _later.c.key > reviews.c.key)


class Stand(NamedTuple):
    """A value that is another one whenever a ledger may have to be.

    How the sources stand, the newest row of reviews, of deals and of golden questions, and how many of these there are.
    """

    sources: sources.Stand
    review: int
    deal: int
    golden: int
    goldens: int


_STAND = select(
    select(func.coalesce(func.max(reviews.c.key), 0)).scalar_subquery(),
    select(func.coalesce(func.max(made.c.key), 0)).scalar_subquery(),
    select(func.coalesce(func.max(goldens.c.key), 0)).scalar_subquery(),
    select(func.count()).select_from(goldens).scalar_subquery(),
)


def stand_seen(connection: Connection) -> Stand:
    """Return how sources, reviews, deals and golden questions stand."""
    return Stand(sources.stand_seen(connection), *connection.execute(_STAND).one())


async def stand(connection: AsyncConnection) -> Stand:
    """Return how sources, reviews, deals and golden questions stand."""
    return Stand(await sources.stand(connection), *(await connection.execute(_STAND)).one())


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


class Placed(NamedTuple):
    """A figure as it was found, and where: in which version of which source, in which language."""

    key: int
    found: FoundFigure
    version: int
    source: str
    language: Language


async def placed(connection: AsyncConnection, shelf: str, key: int) -> Placed | None:
    """Return where a figure was found, where its source is of this shelf."""
    columns = (figures.c.key, figures.c.found, figures.c.version, kept.c.id.label("source"), versions.c.language)
    of_shelf = select(*columns).join(versions, versions.c.key == figures.c.version)
    of_shelf = of_shelf.join(kept, kept.c.key == versions.c.source)
    row = (await connection.execute(of_shelf.where(figures.c.key == key, kept.c.shelf == shelf))).first()
    if row is None:
        return None
    return Placed(row.key, FoundFigure.model_validate(row.found), row.version, row.source, row.language)


async def versions_of(connection: AsyncConnection, shelf: str, keys: Sequence[int]) -> dict[int, int]:
    """Return the versions in which figures were found, by the figures' keys, where their sources are of this shelf."""
    found: dict[int, int] = {}
    of_shelf = select(figures.c.key, figures.c.version).join(versions, versions.c.key == figures.c.version)
    of_shelf = of_shelf.join(kept, kept.c.key == versions.c.source).where(kept.c.shelf == shelf)
    for start in range(0, len(keys), _AT_ONCE):
        some = figures.c.key.in_(keys[start : start + _AT_ONCE])
        found |= {row.key: row.version for row in await connection.execute(of_shelf.where(some))}
    return found


async def unreviewed(connection: AsyncConnection, shelf: str) -> list[tuple[RowMapping, int, int]]:
    """Return the live sources of this shelf with figures that nobody has reviewed, in the order they came.

    Each as its row, how many there are, and the key of the first.
    """
    live = sources.current().where(kept.c.shelf == shelf, states.c.state == State.LIVE.value).order_by(kept.c.key)
    rows = (await connection.execute(live)).mappings().all()
    nobody = ~exists().where(reviews.c.figure == figures.c.key)
    told = select(figures.c.version, func.count(), func.min(figures.c.key)).where(nobody).group_by(figures.c.version)
    waiting: dict[int, tuple[int, int]] = {}
    for start in range(0, len(rows), _AT_ONCE):
        some = figures.c.version.in_([row["version_key"] for row in rows[start : start + _AT_ONCE]])
        waiting |= {row[0]: (row[1], row[2]) for row in await connection.execute(told.where(some))}
    return [(row, *waiting[key]) for row in rows if (key := row["version_key"]) in waiting]


async def corrected_in(connection: AsyncConnection, version: int) -> list[int]:
    """Return the keys of the figures of a version that read as a moderator corrected them."""
    found = select(reviews.c.figure, reviews.c.corrected).join(figures, figures.c.key == reviews.c.figure)
    rows = await connection.execute(found.where(_newest, figures.c.version == version))
    return [row.figure for row in rows if row.corrected]


async def corrections(connection: AsyncConnection, keys: Sequence[int]) -> dict[int, FoundFigure]:
    """Return how those figures read that a moderator corrected, by their keys."""
    corrected: dict[int, FoundFigure] = {}
    for start in range(0, len(keys), _AT_ONCE):
        some = reviews.c.figure.in_(keys[start : start + _AT_ONCE])
        wanted = select(reviews.c.figure, reviews.c.corrected).where(_newest, some)
        for row in await connection.execute(wanted):
            if row.corrected:
                corrected[row.figure] = FoundFigure.model_validate(row.corrected)
    return corrected


async def counted_by_source(connection: AsyncConnection, keys: Collection[int]) -> dict[str, int]:
    """Return how many of some figures were found in each source, by its id."""
    of_sources = select(kept.c.id, func.count()).select_from(
        figures.join(versions, versions.c.key == figures.c.version)
    )
    of_sources = of_sources.join(kept, kept.c.key == versions.c.source)
    counted = await connection.execute(of_sources.where(figures.c.key.in_(keys)).group_by(kept.c.id))
    return {row[0]: int(row[1]) for row in counted}


async def carry_reviews(
    connection: AsyncConnection, before: int, after: int, *, at: datetime, later: bool = False
) -> None:
    """Let what moderators made of the figures of a version count for the same figures of the next one.

    The same are those that say the same with the same words, one after another. What was approved stays with the deals
    that it had then. ``later``: only what was decided after all that was decided of the figure of the next version.
    """
    reviewed = [row for row in await connection.execute(_reviewed([before], reviewed_only=True)) if row.review]
    new: dict[Stated, list[tuple[int, FoundFigure]]] = {}
    decided: dict[int, int] = {}
    for row in await connection.execute(_reviewed([after], reviewed_only=False)):
        figure = FoundFigure.model_validate(row.found)
        new.setdefault(_stated(figure), []).append((row.key, figure))
        decided[row.key] = row.decided or 0
    for row in reviewed:
        same = new.get(_stated(FoundFigure.model_validate(row.found)))
        if not same:
            continue
        key, figure = same.pop(0)
        if later and decided[key] > row.decided:
            continue
        corrected = None
        if row.corrected:
            corrected = _moved(FoundFigure.model_validate(row.corrected), figure.quote)
        elif row.review == Review.APPROVED and (had := FoundFigure.model_validate(row.found).deals) != figure.deals:
            corrected = figure.model_copy(update={"deals": had})
        await insert_review(connection, [key], Review(row.review), at=at, by=row.by, corrected=corrected)


def _moved(figure: FoundFigure, quote: Quote) -> FoundFigure:
    """Return a figure whose sentence stands elsewhere now, perhaps with its lines broken otherwise."""
    inked = [at for at, sign in enumerate(quote.quote) if not sign.isspace()]
    before, within = (
        sum(not sign.isspace() for sign in figure.quote.quote[start - figure.quote.start : end - figure.quote.start])
        for start, end in ((figure.quote.start, figure.text.start), (figure.text.start, figure.text.end))
    )
    start, end = inked[before], inked[before + within - 1] + 1
    moved = Quote(quote=quote.quote[start:end], start=quote.start + start, end=quote.start + end)
    return figure.model_copy(update={"text": moved, "quote": quote})


Stated = tuple[object, ...]


def _stated(figure: FoundFigure) -> Stated:
    """Return what a figure says and with which words, wherever they stand and however their lines are broken."""
    value = (figure.value, figure.low, figure.high, figure.bound, figure.unit, figure.per, figure.metric)
    return (*(tuple(quote.quote.split()) for quote in (figure.quote, figure.text)), *value)


def found_in(connection: Connection, version: int) -> Holding | None:
    """Return a version with all figures that were found in it, reviewed or not; None where there is no such version.

    The version may be a draft.
    """
    row = sources.of_version(connection, version)
    if row is None:
        return None
    held = _held(connection, [version], reviewed_only=False).get(version, [])
    return _holding(connection, row, None, held)


def holdings(
    connection: Connection, curated: CuratedLedger, shelf_ids: Sequence[str], only: Collection[int] | None = None
) -> dict[int, Holding]:
    """Return what the live sources of some shelves add to what is known, by version; ``only``: of these versions."""
    told = {shelf: _told(connection, curated, shelf) for shelf in shelf_ids}
    approved = (
        select(figures.c.version)
        .join(reviews, reviews.c.figure == figures.c.key)
        .where(_newest, reviews.c.review == Review.APPROVED.value)
    )
    wanted: ColumnElement[bool] = kept.c.shelf.in_(shelf_ids) & (states.c.state == State.LIVE.value)
    wanted &= or_(
        versions.c.key.in_(approved),
        *((kept.c.shelf == shelf) & kept.c.id.in_(proofs.proving) for shelf, proofs in told.items()),
    )
    if only is not None:
        wanted &= versions.c.key.in_(only)
    rows = connection.execute(sources.current().where(wanted)).mappings().all()
    held = _held(connection, [row["version_key"] for row in rows], reviewed_only=True)
    return {
        row["version_key"]: _holding(
            connection,
            row,
            told[row["shelf"]],
            [each for each in held.get(row["version_key"], []) if each.review is Review.APPROVED],
        )
        for row in rows
    }


def _told(connection: Connection, curated: CuratedLedger, shelf: str) -> CuratedLedger:
    """Return what was written by hand of a shelf's own sources: of the seeds, and the deals that moderators made."""
    made = tuple(deals.seen(connection, [shelf]).values())
    if shelf != SHARED:
        return CuratedLedger(deals=made)
    return curated.model_copy(update={"deals": (*curated.deals, *made)}) if made else curated


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


def _reviewed(keys: Sequence[int], *, reviewed_only: bool) -> Select[Any]:
    """Select figures of some versions in the order of the text, with the newest review of each."""
    standing = (reviews.c.figure == figures.c.key) & _newest
    return (
        select(
            figures.c.key,
            figures.c.version,
            figures.c.found,
            reviews.c.corrected,
            reviews.c.review,
            reviews.c.by,
            reviews.c.key.label("decided"),
        )
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
    described = [versions.c[name] for name in ("text", "title", "language", "published", "markdown")]
    after = select(versions.c.key, *described).where(versions.c.key > key).order_by(versions.c.key).limit(most)
    return [(row["key"], row) for row in (await connection.execute(after)).mappings()]


async def forget_unreviewed(connection: AsyncConnection, version: int) -> list[Quote]:
    """Delete the figures of a version that nobody has reviewed; return where the numbers of the others stand."""
    reviewed = select(reviews.c.figure)
    await connection.execute(delete(figures).where(figures.c.version == version, figures.c.key.not_in(reviewed)))
    left = await connection.execute(select(figures.c.found).where(figures.c.version == version))
    return [FoundFigure.model_validate(found).text for found in left.scalars()]
