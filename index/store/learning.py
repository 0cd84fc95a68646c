"""What people asked in vain and what moderators know to be right, in the store."""

from collections.abc import Collection, Sequence
from datetime import datetime
from hashlib import blake2b

from sqlalchemy import ColumnElement, RowMapping, delete, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from index.model import Verdict
from index.moderating.model import Act
from index.store.sources import ensure_shelves
from index.store.tables import acts, answers, goldens, reports, solutions, wishes

NOTED = 200
"""Characters of a question that the audit log keeps for a while."""

_LATEST = 5_000
_DIGEST_BYTES = 16


async def in_vain(connection: AsyncConnection, shelf: str) -> list[RowMapping]:
    """Return the latest questions on a shelf that got no answer, or one that somebody found wrong, the newest first."""
    complained = select(reports.c.answer)
    unanswered = answers.c.verdict == Verdict.UNANSWERED.value
    rows = await connection.execute(
        select(answers.c.id, answers.c.question, answers.c.language, answers.c.asked_by, answers.c.asked_at)
        .where(answers.c.shelf == shelf, unanswered | answers.c.key.in_(complained))
        .order_by(answers.c.key.desc())
        .limit(_LATEST)
    )
    return list(rows.mappings())


async def solved(connection: AsyncConnection, shelf: str) -> dict[str, datetime]:
    """Return which questions, by their ``digest``, are taken for answered, and since when."""
    latest = select(solutions.c.folded, func.max(solutions.c.at)).where(solutions.c.shelf == shelf)
    return {row[0]: row[1] for row in await connection.execute(latest.group_by(solutions.c.folded))}


async def solve(
    connection: AsyncConnection, shelf: str, folded: Collection[str], source: str, *, at: datetime, by: str
) -> None:
    """Take some questions for answered by a source, or without one being named. Their words are not kept."""
    await ensure_shelves(connection, [shelf], at)
    rows = [{"shelf": shelf, "folded": digest(each), "source": source, "at": at, "by": by} for each in folded]
    await connection.execute(insert(solutions), rows)


async def wishers(connection: AsyncConnection, shelf: str) -> list[RowMapping]:
    """Return who wants to know what since when, the latest last: the person, and the question as it is grouped.

    With the id of the answer that they got, and its question and language.
    """
    rows = await connection.execute(
        select(
            wishes.c.folded,
            wishes.c.by,
            wishes.c.at,
            answers.c.id.label("answer"),
            answers.c.question,
            answers.c.language,
        )
        .join(answers, answers.c.key == wishes.c.answer)
        .where(wishes.c.shelf == shelf)
        .order_by(wishes.c.key)
    )
    return list(rows.mappings())


async def fulfil(connection: AsyncConnection, shelf: str, folded: Sequence[str]) -> None:
    """Delete the wishes for some questions: they are answered, and who had them is told."""
    await connection.execute(delete(wishes).where(wishes.c.shelf == shelf, wishes.c.folded.in_(folded)))


async def forget(connection: AsyncConnection, by: str) -> None:
    """Take the words of a person's questions, of which the answers are still kept, out of the audit log."""
    asked = select(func.substr(answers.c.question, 1, NOTED)).where(answers.c.asked_by == by)
    await _unsay(connection, acts.c.detail["question"].as_string().in_(asked))


async def expire(connection: AsyncConnection, before: datetime) -> None:
    """Delete what says that questions were answered before a moment, and their words from the audit log.

    Whatever was asked by then is deleted too, or has been found wrong since.
    """
    await connection.execute(delete(solutions).where(solutions.c.at < before))
    await _unsay(connection, acts.c.at < before)


async def _unsay(connection: AsyncConnection, condition: ColumnElement[bool]) -> None:
    said = (acts.c.act == Act.GAP_SOLVED.value) & (acts.c.detail["question"].as_string() != "")
    await connection.execute(update(acts).where(said, condition).values(detail={}))


def digest(folded: str) -> str:
    """Return what a question, as it is grouped, is known by where its words are not kept."""
    return blake2b(folded.encode(), digest_size=_DIGEST_BYTES).hexdigest()


async def put_golden(
    connection: AsyncConnection,
    shelf: str,
    question: str,
    *,
    source: str,
    figure: str,
    sentence: str = "",
    at: datetime,
    by: str,
) -> None:
    """Keep what answers a question rightly, in place of what did."""
    await ensure_shelves(connection, [shelf], at)
    await drop_golden(connection, shelf, question)
    right = {"source": source, "figure": figure, "sentence": sentence}
    await connection.execute(insert(goldens).values(shelf=shelf, question=question, **right, at=at, by=by))


async def drop_golden(connection: AsyncConnection, shelf: str, question: str) -> bool:
    """Forget a golden question; return whether there was one."""
    gone = await connection.execute(delete(goldens).where(goldens.c.shelf == shelf, goldens.c.question == question))
    return bool(gone.rowcount)


async def goldens_of(connection: AsyncConnection, shelf: str) -> list[RowMapping]:
    """Return the golden questions of a shelf, the oldest first."""
    rows = await connection.execute(select(goldens).where(goldens.c.shelf == shelf).order_by(goldens.c.key))
    return list(rows.mappings())
