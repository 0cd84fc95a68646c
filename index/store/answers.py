"""Answers that were given, and what people said of them, in the store."""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, RowMapping, Select, delete, func, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from index.figures.references import Reference, refer
from index.model import Answer, Complaint, Figure, Passage, Question, Quote, Relation, Report, Source, Traces, Wish
from index.model import Citation as Cited
from index.moment import aware
from index.store.labels import folded
from index.store.sources import ensure_shelves
from index.store.tables import answers, reports, wishes

Row = dict[str, Any]
Quoted = Mapping[int, tuple[Passage, Source]]
"""Passages that may be shown, by their keys, with their sources."""


def as_row(answer: Answer) -> Row:
    """Return an answer as it is kept: of each citation only where its quote stands."""
    return {
        "question": answer.question,
        "language": answer.language,
        "verdict": answer.verdict.value,
        "reason": answer.reason.value,
        "missing": list(answer.missing),
        "evidence": {
            "citations": [
                [cited.rank, cited.score, cited.passage.key, cited.highlight.start, cited.highlight.end]
                for cited in answer.citations
            ],
            "older": [cited.rank for cited in answer.citations if cited.older],
            "figures": [refer(figure) for figure in answer.figures],
        },
        "took_ms": answer.took_ms,
    }


def as_answer(row: RowMapping, quoted: Quoted, figures: Sequence[Figure], relations: Sequence[Relation]) -> Answer:
    """Return a kept answer, with those of its citations whose quotes are found again, and its figures."""
    older = row["evidence"].get("older", ())
    found = (_cite(entry, quoted, older) for entry in row["evidence"]["citations"])
    return Answer(
        question=row["question"],
        language=row["language"],
        verdict=row["verdict"],
        reason=row["reason"],
        missing=tuple(row["missing"]),
        figures=tuple(figures),
        relations=tuple(relations),
        citations=tuple(cited for cited in found if cited),
        took_ms=row["took_ms"],
    )


def cited_keys(row: RowMapping) -> list[int]:
    """Return the keys of the passages that a kept answer cites, one for each citation."""
    return [key for _, _, key, _, _ in row["evidence"]["citations"]]


def references(row: RowMapping) -> list[Reference]:
    """Return how the figures of a kept answer are named."""
    return list(row["evidence"].get("figures", ()))


def _cite(entry: Sequence[Any], quoted: Quoted, older: Sequence[int]) -> Cited | None:
    rank, score, key, start, end = entry
    passage, source = quoted.get(key, (None, None))
    if passage is None or source is None:
        return None
    quote = passage.text[start - passage.start : end - passage.start]
    if not passage.start <= start < end <= passage.end or len(quote) != end - start:
        return None
    highlight = Quote(quote=quote, start=start, end=end)
    return Cited(rank=rank, score=score, source=source, passage=passage, highlight=highlight, older=rank in older)


async def insert_all(connection: AsyncConnection, rows: Sequence[Row]) -> dict[str, str]:
    """Keep answers; return the id under which each origin's answer is kept, which is that of the first one."""
    origins = [row["origin"] for row in rows]
    kept = await connection.execute(select(answers.c.origin, answers.c.id).where(answers.c.origin.in_(origins)))
    ids = {row.origin: row.id for row in kept}
    new = []
    for row in rows:
        if row["origin"] not in ids:
            ids[row["origin"]] = row["id"]
            new.append(row)
    if new:
        await ensure_shelves(connection, {row["shelf"] for row in new}, new[0]["asked_at"])
        await connection.execute(insert(answers), new)
    return ids


async def has_origin(connection: AsyncConnection, origin: str) -> bool:
    """Tell whether an answer to this origin is kept."""
    return (await connection.execute(select(answers.c.key).where(answers.c.origin == origin))).first() is not None


async def find(connection: AsyncConnection, answer_id: str, shelf: str) -> RowMapping | None:
    """Return the row of an answer of this shelf."""
    rows = await connection.execute(select(answers).where(answers.c.id == answer_id, answers.c.shelf == shelf))
    row: RowMapping | None = rows.mappings().first()
    return row


async def put_report(
    connection: AsyncConnection, answer_key: int, *, by: str, at: datetime, complaint: Complaint, words: str
) -> None:
    """Keep what a person says of an answer, in place of what they said before; the day of the first time counts."""
    of_them = (reports.c.answer == answer_key) & (reports.c.by == by)
    first = (await connection.execute(select(reports.c.at).where(of_them))).scalar_one_or_none()
    await connection.execute(delete(reports).where(of_them))
    await connection.execute(
        insert(reports).values(answer=answer_key, by=by, at=first or at, complaint=complaint.value, words=words)
    )


async def reports_on(connection: AsyncConnection, shelf: str) -> list[Report]:
    """Return what was said of a shelf's answers, the newest first."""
    return await _reports(connection, answers.c.shelf == shelf)


async def put_wish(connection: AsyncConnection, answer: RowMapping, *, by: str, at: datetime) -> bool:
    """Keep that a person asks for a source; False where they did for this question, in whatever spelling."""
    wish = {"shelf": answer["shelf"], "folded": grouped(answer["question"]), "by": by}
    same = select(wishes.c.key).where(*(wishes.c[name] == value for name, value in wish.items()))
    if (await connection.execute(same)).first():
        return False
    await connection.execute(insert(wishes).values(answer=answer["key"], at=at, **wish))
    return True


async def wishes_on(connection: AsyncConnection, shelf: str) -> list[Wish]:
    """Return the questions for which a source is asked on a shelf, the newest first."""
    groups = (
        select(func.max(wishes.c.key).label("newest"), func.count().label("people"))
        .where(wishes.c.shelf == shelf)
        .group_by(wishes.c.folded)
        .subquery()
    )
    rows = await connection.execute(
        select(answers.c.question, answers.c.id, groups.c.people, wishes.c.at)
        .select_from(groups)
        .join(wishes, wishes.c.key == groups.c.newest)
        .join(answers, answers.c.key == wishes.c.answer)
        .order_by(groups.c.newest.desc())
    )
    return [
        Wish(question=question, answer=answer_id, people=people, at=aware(at))
        for question, answer_id, people, at in rows
    ]


async def traces(connection: AsyncConnection, by: str) -> Traces:
    """Return all that is kept about a person, the newest first."""
    asked = select(answers.c.question, answers.c.asked_at).where(answers.c.asked_by == by)
    wished = select(answers.c.question, wishes.c.at).join(answers, answers.c.key == wishes.c.answer)
    return Traces(
        questions=await _questions(connection, asked.order_by(answers.c.key.desc())),
        reports=tuple(await _reports(connection, reports.c.by == by)),
        wishes=await _questions(connection, wished.where(wishes.c.by == by).order_by(wishes.c.key.desc())),
    )


async def forget(connection: AsyncConnection, by: str) -> None:
    """Delete all that is kept about a person, with what others said of the answers to them."""
    asked = select(answers.c.key).where(answers.c.asked_by == by)
    for table in (reports, wishes):
        await connection.execute(delete(table).where((table.c.by == by) | table.c.answer.in_(asked)))
    await connection.execute(delete(answers).where(answers.c.asked_by == by))


async def _reports(connection: AsyncConnection, condition: ColumnElement[bool]) -> list[Report]:
    rows = await connection.execute(
        select(answers.c.id, answers.c.question, reports.c.by, reports.c.at, reports.c.complaint, reports.c.words)
        .join(answers, answers.c.key == reports.c.answer)
        .where(condition)
        .order_by(reports.c.key.desc())
    )
    return [
        Report(answer=answer_id, question=question, by=by, at=aware(at), complaint=complaint, words=words)
        for answer_id, question, by, at, complaint, words in rows
    ]


async def _questions(connection: AsyncConnection, asked: Select[Any]) -> tuple[Question, ...]:
    return tuple(Question(text=text, at=aware(at)) for text, at in await connection.execute(asked))


def grouped(question: str) -> str:
    """Return a question as wishes are grouped by it: its folded words, without punctuation."""
    plain = folded(question)
    return " ".join(re.findall(r"\w+", plain)) or plain
