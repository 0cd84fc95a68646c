"""What people asked in vain and what moderators know to be right, in the store."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import RowMapping, delete, func, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from index.model import Verdict
from index.store.sources import ensure_shelves
from index.store.tables import answers, goldens, reports, solutions, wishes

_LATEST = 5_000


async def in_vain(connection: AsyncConnection, shelf: str) -> list[RowMapping]:
    """Return the latest questions on a shelf that got no answer, or one that somebody found wrong, the newest first."""
    complained = select(reports.c.answer)
    unanswered = answers.c.verdict == Verdict.UNANSWERED.value
    rows = await connection.execute(
        select(answers.c.id, answers.c.question, answers.c.asked_by, answers.c.asked_at, answers.c.reason)
        .where(answers.c.shelf == shelf, unanswered | answers.c.key.in_(complained))
        .order_by(answers.c.key.desc())
        .limit(_LATEST)
    )
    return list(rows.mappings())


async def solved(connection: AsyncConnection, shelf: str) -> dict[str, datetime]:
    """Return the questions, as they are grouped, that are taken for answered, and since when."""
    latest = select(solutions.c.folded, func.max(solutions.c.at)).where(solutions.c.shelf == shelf)
    return {row[0]: row[1] for row in await connection.execute(latest.group_by(solutions.c.folded))}


async def solve(
    connection: AsyncConnection, shelf: str, folded: Collection[str], source: str, *, at: datetime, by: str
) -> None:
    """Take some questions for answered by a source, or without one being named."""
    await ensure_shelves(connection, [shelf], at)
    await connection.execute(
        insert(solutions), [{"shelf": shelf, "folded": each, "source": source, "at": at, "by": by} for each in folded]
    )


async def wishers(connection: AsyncConnection, shelf: str) -> list[RowMapping]:
    """Return who wants to know what: the question as it is grouped, the person, and the answer that they got."""
    rows = await connection.execute(
        select(wishes.c.folded, wishes.c.by, answers.c.question)
        .join(answers, answers.c.key == wishes.c.answer)
        .where(wishes.c.shelf == shelf)
        .order_by(wishes.c.key)
    )
    return list(rows.mappings())


async def fulfil(connection: AsyncConnection, shelf: str, folded: Sequence[str]) -> None:
    """Delete the wishes for some questions: they are answered, and who had them is told."""
    await connection.execute(delete(wishes).where(wishes.c.shelf == shelf, wishes.c.folded.in_(folded)))


async def put_golden(
    connection: AsyncConnection, shelf: str, question: str, *, source: str, figure: str, at: datetime, by: str
) -> None:
    """Keep what answers a question rightly, in place of what did."""
    await ensure_shelves(connection, [shelf], at)
    await drop_golden(connection, shelf, question)
    await connection.execute(
        insert(goldens).values(shelf=shelf, question=question, source=source, figure=figure, at=at, by=by)
    )


async def drop_golden(connection: AsyncConnection, shelf: str, question: str) -> bool:
    """Forget a golden question; return whether there was one."""
    gone = await connection.execute(delete(goldens).where(goldens.c.shelf == shelf, goldens.c.question == question))
    return bool(gone.rowcount)


async def goldens_of(connection: AsyncConnection, shelf: str) -> list[RowMapping]:
    """Return the golden questions of a shelf, the oldest first."""
    rows = await connection.execute(select(goldens).where(goldens.c.shelf == shelf).order_by(goldens.c.key))
    return list(rows.mappings())
