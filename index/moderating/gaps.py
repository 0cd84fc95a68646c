"""What people asked in vain: grouped, the most asked first, until a moderator takes it for solved."""

import asyncio
from collections.abc import Iterable, Sequence
from datetime import datetime
from hashlib import blake2b
from typing import NamedTuple

from sqlalchemy import RowMapping

from index import moment
from index.begun import Begun
from index.errors import NotFound
from index.model import Noun, Report
from index.moderating.model import Act
from index.store import acts, answers, learning, sources
from index.store.database import Database

_ALIKE = 85.0  # per cent, of the sorted words of two questions
_ID_BYTES = 6


class Gap(NamedTuple):
    """Questions that mean the same, in their latest wording, and who asked them.

    ``asked``: how often in vain, ``people``: by how many; ``wishing``: how many want to be told of an answer.
    ``wordings`` are all of them, ``reports`` what was said to be wrong with answers to them.
    """

    id: str
    question: str
    asked: int
    people: int
    last: datetime
    wishing: int
    wordings: tuple[str, ...]
    reports: tuple[Report, ...]


class Wisher(NamedTuple):
    """A person who wants to know, and what they asked."""

    person: str
    question: str


class Solved(Noun):
    """A gap that is closed, and whom to tell."""

    question: str
    source: str | None
    wishers: tuple[Wisher, ...]


class Gaps:
    """What is missing on shelves."""

    def __init__(self, store: Database, begun: Begun) -> None:
        self._store = store
        self._begun = begun

    async def open(self, shelf: str) -> list[Gap]:
        """Return what was asked in vain on a shelf and is not solved since, the most asked first."""
        async with self._store.read() as connection:
            asked = await learning.in_vain(connection, shelf)
            solved = await learning.solved(connection, shelf)
            wishing = await learning.wishers(connection, shelf)
            complaints = await answers.reports_on(connection, shelf)
        return await asyncio.to_thread(_gaps, asked, solved, wishing, complaints)

    async def solve(self, gap_id: str, *, by: str, shelf: str, source_id: str | None = None) -> Solved:
        """Take a gap for solved, as a rule by a source; the same question asked in vain later opens it again.

        Returns who is to be told: they are told once. Raises ``NotFound`` where there is no such gap or source.
        """
        gap = next((gap for gap in await self.open(shelf) if gap.id == gap_id), None)
        if gap is None:
            raise NotFound("This question is not open any more.")
        return await self._begun.through(self._solve(gap, by, shelf, source_id))

    async def _solve(self, gap: Gap, by: str, shelf: str, source_id: str | None) -> Solved:
        at = moment.now()
        folded = sorted({answers.grouped(wording) for wording in gap.wordings})
        async with self._store.write() as connection:
            if source_id is not None and await sources.find_on(connection, shelf, source_id) is None:
                raise NotFound(f"There is no source called “{source_id[:80]}” here.")
            await learning.solve(connection, shelf, folded, source_id or "", at=at, by=by)
            wanted = [row for row in await learning.wishers(connection, shelf) if row["folded"] in folded]
            await learning.fulfil(connection, shelf, folded)
            detail = {"question": gap.question[:200]}
            await acts.record(connection, shelf, Act.GAP_SOLVED, source_id or "", at=at, by=by, detail=detail)
        wishers = {row["by"]: Wisher(row["by"], row["question"]) for row in wanted}
        return Solved(question=gap.question, source=source_id, wishers=tuple(wishers.values()))


class _Group:
    """Questions that are alike, the newest first."""

    def __init__(self, key: str) -> None:
        self.key = key
        self.keys = [key]
        self.rows: list[RowMapping] = []


def _gaps(
    asked: Sequence[RowMapping],
    solved: dict[str, datetime],
    wishing: Iterable[RowMapping],
    complaints: Sequence[Report],
) -> list[Gap]:
    groups = _grouped(row for row in asked if not _is_solved(row, solved))
    wanted: dict[str, set[str]] = {}
    for row in wishing:
        wanted.setdefault(row["folded"], set()).add(row["by"])
    told: dict[str, list[Report]] = {}
    for report in complaints:
        told.setdefault(report.answer, []).append(report)
    gaps = [
        Gap(
            id=blake2b(group.key.encode(), digest_size=_ID_BYTES).hexdigest(),
            question=group.rows[0]["question"],
            asked=len(group.rows),
            people=len({row["asked_by"] for row in group.rows}),
            last=moment.aware(max(row["asked_at"] for row in group.rows)),
            wishing=len(set().union(*(wanted.get(key, set()) for key in group.keys))),
            wordings=tuple(dict.fromkeys(row["question"] for row in group.rows)),
            reports=tuple(report for row in group.rows for report in told.get(row["id"], ())),
        )
        for group in groups
    ]
    return sorted(gaps, key=lambda gap: (gap.wishing + gap.people, gap.asked, gap.last), reverse=True)


def _is_solved(row: RowMapping, solved: dict[str, datetime]) -> bool:
    since = solved.get(answers.grouped(row["question"]))
    return since is not None and row["asked_at"] <= since


def _grouped(rows: Iterable[RowMapping]) -> list[_Group]:
    """Put questions with nearly the same words into groups; the name of a group is its oldest spelling."""
    from rapidfuzz import fuzz, process

    by_key: dict[str, list[RowMapping]] = {}
    for row in rows:
        by_key.setdefault(answers.grouped(row["question"]), []).append(row)
    groups: list[_Group] = []
    sorted_words: list[str] = []
    for key in reversed(by_key):
        words = " ".join(sorted(key.split()))
        best = process.extractOne(words, sorted_words, scorer=fuzz.ratio, score_cutoff=_ALIKE)
        if best is None:
            groups.append(_Group(key))
            sorted_words.append(words)
        group = groups[-1 if best is None else best[2]]
        group.keys.append(key)
        group.rows = [*by_key[key], *group.rows]
    return groups
