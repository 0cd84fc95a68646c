"""The audit log in the store."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import func, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from index.moderating.model import Act, Deed, Deeds
from index.moment import aware
from index.store.sources import ensure_shelves
from index.store.tables import acts

_LATELY = 50  # discarded drafts of one source


async def record(
    connection: AsyncConnection,
    shelf: str,
    act: Act,
    subject: str,
    *,
    at: datetime,
    by: str,
    detail: Mapping[str, str | int | list[str]] | None = None,
) -> None:
    """Note what somebody did, in the transaction in which it is done."""
    await ensure_shelves(connection, [shelf], at)
    await connection.execute(
        insert(acts).values(shelf=shelf, act=act.value, subject=subject, at=at, by=by, detail=dict(detail or {}))
    )


async def read(connection: AsyncConnection, shelf: str, subject: str | None, offset: int, limit: int) -> Deeds:
    """Return some of what was done on a shelf, to one thing or to all, the newest first."""
    wanted = acts.c.shelf == shelf
    if subject is not None:
        wanted &= acts.c.subject == subject
    total = (await connection.execute(select(func.count()).select_from(acts).where(wanted))).scalar_one()
    columns = (acts.c.at, acts.c.by, acts.c.act, acts.c.subject, acts.c.detail)
    rows = await connection.execute(
        select(*columns).where(wanted).order_by(acts.c.key.desc()).offset(offset).limit(limit)
    )
    return Deeds(int(total), [Deed.model_validate({**row, "at": aware(row["at"])}) for row in rows.mappings()])


async def declined(connection: AsyncConnection, shelf: str, subject: str, *, but: str) -> set[str]:
    """Return the digests of the texts that people other than ``but`` lately discarded as drafts of one source."""
    wanted = (acts.c.shelf == shelf) & (acts.c.subject == subject) & (acts.c.act == Act.DISCARDED.value)
    lately = select(acts.c.detail).where(wanted, acts.c.by != but).order_by(acts.c.key.desc()).limit(_LATELY)
    return {str(detail["sha256"]) for detail in (await connection.execute(lately)).scalars() if "sha256" in detail}


async def count_since(connection: AsyncConnection, shelf: str, kinds: Sequence[Act], since: datetime) -> int:
    """Return how often something was done on a shelf since a moment."""
    counted = select(func.count()).select_from(acts)
    counted = counted.where(acts.c.shelf == shelf, acts.c.act.in_([kind.value for kind in kinds]), acts.c.at >= since)
    return int((await connection.execute(counted)).scalar_one())
