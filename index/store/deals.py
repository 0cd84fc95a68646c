"""The deals that moderators made, in the store."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, exists, insert, null, select
from sqlalchemy.ext.asyncio import AsyncConnection

from index.figures.deals import Deal
from index.model import Quote
from index.store.sources import ensure_shelves, find_text
from index.store.tables import deals

_later = deals.alias("later")
_newest = ~exists().where(_later.c.shelf == deals.c.shelf, _later.c.id == deals.c.id, _later.c.key > deals.c.key)


async def put(
    connection: AsyncConnection, shelf: str, deal_id: str, deal: Deal | None, *, at: datetime, by: str
) -> None:
    """Let a deal be as it is given from now on; None: there is none of this id any more."""
    await ensure_shelves(connection, [shelf], at)
    written = null() if deal is None else deal.model_dump(mode="json")  # None would be the JSON word null
    await connection.execute(insert(deals).values(shelf=shelf, id=deal_id, deal=written, at=at, by=by))


async def of(connection: AsyncConnection, shelf_ids: Sequence[str]) -> dict[str, Deal]:
    """Return the deals that were made on some shelves, by id; those of the last shelf win."""
    return _read((await connection.execute(_standing(shelf_ids))).all(), shelf_ids)


def seen(connection: Connection, shelf_ids: Sequence[str]) -> dict[str, Deal]:
    """Return what ``of`` does, as a plain connection sees it."""
    return _read(connection.execute(_standing(shelf_ids)).all(), shelf_ids)


async def prove_again(
    connection: AsyncConnection, shelf: str, source_id: str, version: int, *, at: datetime, by: str
) -> None:
    """Find the sentences that tell what deals are again, where a source has got another version.

    A deal whose sentence is gone stays as it was: what cannot be found is not shown.
    """
    told = {name: deal for name, deal in (await of(connection, [shelf])).items() if deal.about.source == source_id}
    if not told:
        return
    text = await find_text(connection, version)
    for name, deal in told.items():
        quote = deal.about.quote.quote
        start = text.find(quote)
        if start not in {-1, deal.about.quote.start}:
            moved = Quote(quote=quote, start=start, end=start + len(quote))
            about = deal.about.model_copy(update={"quote": moved})
            await put(connection, shelf, name, deal.model_copy(update={"about": about}), at=at, by=by)


async def follow(connection: AsyncConnection, shelf: str, before: str, after: str, *, at: datetime, by: str) -> None:
    """Let deals quote a source by its new id."""
    for name, deal in (await of(connection, [shelf])).items():
        if deal.about.source == before:
            about = deal.about.model_copy(update={"source": after})
            await put(connection, shelf, name, deal.model_copy(update={"about": about}), at=at, by=by)


def _standing(shelf_ids: Sequence[str]) -> Select[Any]:
    wanted = _newest & deals.c.shelf.in_(shelf_ids) & deals.c.deal.is_not(None)
    return select(deals.c.shelf, deals.c.deal).where(wanted).order_by(deals.c.id)


def _read(rows: Sequence[Row[Any]], shelf_ids: Sequence[str]) -> dict[str, Deal]:
    in_order = sorted(rows, key=lambda row: shelf_ids.index(row.shelf))
    made = [Deal.model_validate(row.deal) for row in in_order]
    return {deal.id: deal for deal in made}
