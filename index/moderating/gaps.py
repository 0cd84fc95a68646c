"""What people asked in vain: grouped, the most asked first, until a moderator takes it for solved."""

import asyncio
from collections.abc import Callable, Collection, Sequence
from datetime import datetime
from hashlib import blake2b
from typing import NamedTuple

from sqlalchemy import RowMapping

from index import moment
from index.begun import Begun
from index.errors import NotFound
from index.ledgers import Ledgers
from index.model import Language, Noun, Report, State, visible
from index.moderating.grouping import Asked, group
from index.moderating.model import Act
from index.precedence import Precedence
from index.store import acts, answers, learning, sources
from index.store.database import Database

_ID_BYTES = 6


class Gap(NamedTuple):
    """Questions that mean the same, in their latest wording, and who asked them.

    ``asked``: how often in vain, ``people``: by how many; ``wishing``: how many want to be told of an answer.
    ``wordings`` are all of them, the newest first; ``reports`` what was said to be wrong with answers to them.
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
    language: Language


class Solved(Noun):
    """A gap that is closed, by which source if by any, and whom to tell."""

    question: str
    source: str | None
    wishers: tuple[Wisher, ...]


class Gaps:
    """What is missing on shelves."""

    def __init__(self, store: Database, ledgers: Ledgers, begun: Begun, precedence: Precedence) -> None:
        self._store = store
        self._ledgers = ledgers
        self._begun = begun
        self._precedence = precedence

    async def open(self, shelf: str) -> list[Gap]:
        """Return what was asked in vain on a shelf and is not solved since, the most asked first."""
        async with self._store.read() as connection:
            asked = await learning.in_vain(connection, shelf)
            solved = await learning.solved(connection, shelf)
            wished = await learning.wishers(connection, shelf)
            complaints = await answers.reports_on(connection, shelf)
        if not asked:
            return []
        ledger = await self._ledgers.of(shelf)
        kept = _Kept(asked, solved, wished, complaints)
        return await asyncio.to_thread(
            lambda: _gaps(kept, ledger.names.words | ledger.parties, self._precedence.give_way)
        )

    async def find(self, gap_id: str, shelf: str) -> Gap:
        """Return an open gap by its id: that of any of its wordings. Raises ``NotFound``."""
        found = next((gap for gap in await self.open(shelf) if gap_id in map(_id, gap.wordings)), None)
        if found is None:
            raise NotFound("This question is not open any more.")
        return found

    async def solve(self, gap_id: str, *, by: str, shelf: str, source_id: str | None = None) -> Solved:
        """Take a gap for solved, as a rule by a source that lives; asked in vain later, it is open again.

        Returns who is to be told: they are told once. Raises ``NotFound`` where there is no such gap or source.
        """
        gap = await self.find(gap_id, shelf)
        return await self._begun.through(self._solve(gap, by, shelf, source_id))

    async def _solve(self, gap: Gap, by: str, shelf: str, source_id: str | None) -> Solved:
        at = moment.now()
        folded = sorted({answers.grouped(wording) for wording in gap.wordings})
        async with self._store.write() as connection:
            if source_id is not None:
                source = await sources.find(connection, visible(shelf), source_id)
                if source is None or source["state"] != State.LIVE:
                    raise NotFound("There is no source called “{source}” here.", source=source_id[:80])
            await learning.solve(connection, shelf, folded, source_id or "", at=at, by=by)
            wanted = [row for row in await learning.wishers(connection, shelf) if row["folded"] in folded]
            await learning.fulfil(connection, shelf, folded)
            detail = {"question": gap.question[: learning.NOTED]}
            await acts.record(connection, shelf, Act.GAP_SOLVED, source_id or "", at=at, by=by, detail=detail)
        wishers = {row["by"]: Wisher(row["by"], row["question"], row["language"]) for row in wanted}
        return Solved(question=gap.question, source=source_id, wishers=tuple(wishers.values()))


class _Kept(NamedTuple):
    """What is kept of a shelf's questions: rows of answers, when which were solved, rows of wishes, reports."""

    asked: Sequence[RowMapping]
    solved: dict[str, datetime]
    wished: Sequence[RowMapping]
    complaints: Sequence[Report]


def _gaps(kept: _Kept, names: Collection[str], give_way: Callable[[], None]) -> list[Gap]:
    reports: dict[str, list[Report]] = {}
    wanting: dict[str, set[str]] = {}
    said: dict[str, list[datetime]] = {}
    for report in kept.complaints:
        reports.setdefault(report.answer, []).append(report)
        said.setdefault(report.answer, []).append(moment.stored(report.at))
    for wish in kept.wished:
        wanting.setdefault(wish["folded"], set()).add(wish["by"])
        said.setdefault(wish["answer"], []).append(wish["at"])
    asked = [row for row in kept.asked if _is_open(row, kept.solved, said.get(row["id"], ()))]
    together = group([Asked(row["question"], row["language"]) for row in asked], names, give_way)
    gaps = [_gap([asked[place] for place in places], wanting, reports) for places in together]
    return sorted(gaps, key=lambda gap: (gap.asked, gap.people, gap.wishing, gap.last), reverse=True)


def _is_open(row: RowMapping, solved: dict[str, datetime], said: Sequence[datetime]) -> bool:
    """Tell whether a question was asked since it was solved, if it was.

    ``said``: when people said that its answer is wrong, or wished for a source.
    """
    since = solved.get(learning.digest(answers.grouped(row["question"]))) if solved else None
    return since is None or max([row["asked_at"], *said]) > since


def _gap(rows: Sequence[RowMapping], wanting: dict[str, set[str]], reports: dict[str, list[Report]]) -> Gap:
    """Return what some rows that mean the same, the newest first, come to."""
    wordings: dict[str, str] = {}
    for row in rows:
        wordings.setdefault(answers.grouped(row["question"]), row["question"])
    return Gap(
        id=_id(rows[-1]["question"]),
        question=rows[0]["question"],
        asked=len(rows),
        people=len({row["asked_by"] for row in rows}),
        last=moment.aware(max(row["asked_at"] for row in rows)),
        wishing=len(set().union(*(wanting.get(folded, ()) for folded in wordings))),
        wordings=tuple(wordings.values()),
        reports=tuple(report for row in rows for report in reports.get(row["id"], ())),
    )


def _id(question: str) -> str:
    """Return what a question is called where its words have no room, whatever its spelling."""
    return blake2b(answers.grouped(question).encode(), digest_size=_ID_BYTES).hexdigest()
