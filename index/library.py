"""The front door: add, remove, restore, list and ask. What lies behind it is this folder's own business."""

import asyncio
import re
import time
from collections import OrderedDict
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from types import TracebackType
from typing import NamedTuple, Self

from sqlalchemy import RowMapping
from sqlalchemy.ext.asyncio import AsyncConnection

from index import seeding
from index.answering.compose import Asked, answer
from index.errors import BadInput, NotFound
from index.language.analysis import fold
from index.language.detection import detect
from index.language.dictionary import shipped
from index.model import SHARED, Answer, Article, Citation, Passage, Reason, Source, State, Verdict
from index.preparation import Candidate, Prepared, prepare
from index.ranking.explanation import Share, explain
from index.ranking.formulation import formulate
from index.ranking.postings import Postings
from index.ranking.segment import Segment
from index.ranking.shelves import ShelfRankers
from index.store import database, rankers, settings, sources
from index.store.database import Access, Database
from index.store.tables import HEAD

DEPTH = 12
"""Passages that the ranking hands on to the choice of sentences."""

LONGEST_QUESTION = 20_000
"""Characters."""

_RANKERS = 64
_LONGEST_ID = 60
_REMEMBERED = 2_000  # passages kept with their text
_RENEWED = 500  # passages whose terms are computed anew in one transaction
_PATIENCE = 10.0  # seconds that a reader waits for another process to finish preparing the store


Progress = Callable[[int, int], None]
"""Is told how many steps of a long piece of work are done, of how many."""


def _tell_nobody(_done: int, _of: int) -> None:
    """Keep how far the work is to itself."""


class Outcome(StrEnum):
    """What adding an article came to."""

    ADDED = "added"
    UPDATED = "updated"
    RESTORED = "restored"
    PRESENT = "present"
    REMOVED = "removed"


class Change(NamedTuple):
    """What a write means for the rankers that see its shelf: passages to learn and passages to forget."""

    outcome: Outcome
    source_id: str
    gained: Segment | None = None
    lost: list[int] | None = None


class Added(NamedTuple):
    """What adding came to, and the source as it stands."""

    outcome: Outcome
    source: Source


class Library:
    """The sources of one data folder. Use ``open``, and ``close`` at the end (or ``async with``)."""

    def __init__(self, store: Database) -> None:
        self._store = store
        self._rankers = ShelfRankers(_RANKERS)
        self._cited: OrderedDict[int, Candidate] = OrderedDict()
        self._newest = 0  # the newest state that the rankers of a reader know of
        self._changing = asyncio.Lock()
        self._tidying: set[asyncio.Task[None]] = set()

    @classmethod
    async def open(
        cls, folder: Path, access: Access = "read", *, seeds: bool = True, progress: Progress = _tell_nobody
    ) -> Self:
        """Open the library of a data folder, made and given its seeds on the first day.

        After an update of Sourcier that changes the analysis, all terms are computed anew once, about a millisecond
        for each passage; ``progress`` is told how many are done of how many.

        With ``"read"`` any number of processes may use the folder beside one that writes. Raises ``StoreBusy``,
        ``StoreUnavailable`` or ``StoreDamaged``.
        """
        if access == "read" and database.revision(folder) == HEAD:
            reader = cls(await database.connect(folder, "read"))
            if await reader._is_ready(seeds=seeds):
                return reader
        patience = _PATIENCE if access == "read" else 0.0
        library = cls(await database.connect(folder, "write", patience=patience))
        try:
            await library._make_ready(seeds=seeds, progress=progress)
        except BaseException:
            await library.close()
            raise
        if access == "write":
            return library
        await library.close()
        return cls(await database.connect(folder, "read"))

    async def _is_ready(self, *, seeds: bool) -> bool:
        """Tell whether the store may be read as it stands: its seeds given, its terms of today. Close it if not."""
        ready = False
        try:
            async with self._store.read() as connection:
                given = not seeds or await settings.get(connection, "seeds") == seeding.fingerprint()
                ready = given and not await rankers.stale(connection)
        finally:
            if not ready:
                await self.close()
        return ready

    async def _make_ready(self, *, seeds: bool, progress: Progress) -> None:
        async with self._store.read() as connection:
            given = await settings.get(connection, "seeds")
            stale = await rankers.stale(connection)
        for start in range(0, len(stale), _RENEWED):
            async with self._store.write() as connection:
                await rankers.renew(connection, stale[start : start + _RENEWED])
            progress(min(start + _RENEWED, len(stale)), len(stale))
        if not seeds or given == seeding.fingerprint():
            return
        for source_id, article in seeding.articles():
            await self.add(article, by="seeds", source_id=source_id)
        async with self._store.write() as connection:
            await settings.put(connection, "seeds", seeding.fingerprint())

    async def close(self) -> None:
        """Close the store; the library cannot be used any more."""
        await asyncio.gather(*self._tidying)
        await self._store.close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    async def ask(self, question: str, shelf: str = SHARED, limit: int = 3) -> Answer:
        """Answer a question from a shelf and the shared sources, with at most ``limit`` citations.

        Raises ``BadInput`` where the question is longer than ``LONGEST_QUESTION``.
        """
        started = time.perf_counter()
        if len(question) > LONGEST_QUESTION:
            raise BadInput(f"A question has at most {LONGEST_QUESTION:,} characters; this one has {len(question):,}.")
        question = question.encode("utf-8", "replace").decode()
        lexicon = shipped()
        language = detect(question, lexicon=lexicon)
        query = formulate(question, language, lexicon)
        ranker = await self._ranker(shelf)
        hits, worth = ranker.search_weighed(query, max(limit, DEPTH))
        found = await self._cite([hit.identity for hit in hits])
        candidates = [(found[hit.identity], hit.score) for hit in hits]
        asked = Asked(question, language, query, worth, len(ranker))
        judgement, citations = answer(asked, candidates, lexicon, limit)
        return Answer(
            question=question,
            language=language,
            verdict=Verdict.ANSWERED if judgement.reason is Reason.COVERED else Verdict.UNANSWERED,
            reason=judgement.reason,
            missing=judgement.missing,
            citations=citations,
            took_ms=(time.perf_counter() - started) * 1000,
        )

    async def explain(self, answer: Answer, citation: Citation, shelf: str = SHARED) -> list[Share]:
        """Return what the ranking's score of a cited passage is made of, the largest share first.

        Raises ``NotFound`` where the passage has been removed since.
        """
        key = citation.passage.key
        query = formulate(answer.question, answer.language, shipped())
        ranker = await self._ranker(shelf)
        candidate = (await self._cite([key]))[key]
        try:
            return explain(query, ranker, key, candidate.terms)
        except KeyError as error:
            raise NotFound(f"“{citation.source.title}” is no longer among the sources.") from error

    async def around(self, passage: Passage, reach: int = 1) -> list[Passage]:
        """Return a passage with up to ``reach`` neighbours on each side, in reading order."""
        async with self._store.read() as connection:
            return await sources.around(connection, passage.key, reach)

    async def sources(self, shelf: str = SHARED) -> list[Source]:
        """Return what a shelf sees, removed sources included, in the order they came."""
        async with self._store.read() as connection:
            return await sources.all_of(connection, _visible(shelf))

    async def source(self, source_id: str, shelf: str = SHARED) -> Source:
        """Return one source. Raises ``NotFound``."""
        async with self._store.read() as connection:
            return sources.as_source(_found(await sources.find(connection, _visible(shelf), source_id), source_id))

    async def text(self, source_id: str, shelf: str = SHARED) -> str:
        """Return the stored text of a source, to which all offsets refer. Raises ``NotFound``."""
        async with self._store.read() as connection:
            row = _found(await sources.find(connection, _visible(shelf), source_id), source_id)
            return await sources.find_text(connection, row["version_key"])

    async def add(self, article: Article, *, by: str, shelf: str = SHARED, source_id: str | None = None) -> Added:
        """Keep an article, durably and searchable when this returns.

        The same text on the same shelf is not kept twice; where it had been removed it comes back. With a
        ``source_id`` that exists, a changed article becomes that source's next version (a removed one stays
        removed). Raises ``BadInput`` where there is nothing to read, ``StoreUnavailable`` where it cannot be kept.
        """
        prepared = await asyncio.to_thread(prepare, article)
        at = _now()
        async with self._changing:
            async with self._store.write() as connection:
                known = await sources.find_on(connection, shelf, source_id) if source_id else None
                if known is not None:
                    change = await _revise(connection, known, prepared, at=at, by=by)
                elif same := await sources.find_same(connection, shelf, prepared.sha256):
                    change = await _set(connection, same, State.LIVE, at=at, by=by)
                else:
                    wanted = await sources.free_id(connection, _visible(shelf), source_id or slug(article.title))
                    key = await sources.insert_source(connection, shelf, wanted, at)
                    version = await sources.insert_version(connection, key, prepared, at=at, by=by)
                    await sources.insert_state(connection, key, version, State.LIVE, at=at, by=by)
                    change = Change(Outcome.ADDED, wanted, gained=await rankers.segment(connection, version))
                row = _found(await sources.find_on(connection, shelf, change.source_id), change.source_id)
            self._apply(shelf, change)
        return Added(change.outcome, sources.as_source(row))

    async def remove(self, source_id: str, *, by: str, shelf: str = SHARED) -> Source:
        """Take a source out of all answers from the next one on. Its text is kept. Raises ``NotFound``."""
        return await self._set_state(source_id, State.REMOVED, by=by, shelf=shelf)

    async def restore(self, source_id: str, *, by: str, shelf: str = SHARED) -> Source:
        """Bring a removed source back. Raises ``NotFound``."""
        return await self._set_state(source_id, State.LIVE, by=by, shelf=shelf)

    async def _set_state(self, source_id: str, state: State, *, by: str, shelf: str) -> Source:
        async with self._changing:
            async with self._store.write() as connection:
                row = _found(await sources.find_on(connection, shelf, source_id), source_id)
                change = await _set(connection, row, state, at=_now(), by=by)
                row = _found(await sources.find_on(connection, shelf, source_id), source_id)
            self._apply(shelf, change)
        return sources.as_source(row)

    def _apply(self, shelf: str, change: Change) -> None:
        """Let the rankers in memory know what the store now has."""
        if change.gained is None and change.lost is None:
            return
        for ranker in self._rankers.seeing(shelf, everywhere=shelf == SHARED):
            if change.lost is not None:
                ranker.remove(change.lost)
            if change.gained is not None:
                ranker.add_segment(change.gained)
            task = asyncio.create_task(self._tidy(ranker))
            self._tidying.add(task)
            task.add_done_callback(self._tidying.discard)

    async def _tidy(self, ranker: Postings) -> None:
        """Tidy a ranker up after a change, off the event loop; the change is acknowledged already."""
        async with self._changing:
            await asyncio.to_thread(ranker.tidy)

    async def _ranker(self, shelf: str) -> Postings:
        """Return a shelf's ranker, built from the store where it is not in memory."""
        if not self._store.writable:
            await self._catch_up()
        if ranker := self._rankers.get(shelf):
            return ranker
        async with self._changing:
            if ranker := self._rankers.get(shelf):
                return ranker
            async with self._store.read() as connection:
                self._forget_older(await sources.newest_state(connection))
                ranker = await rankers.load(connection, _visible(shelf))
            self._rankers.put(shelf, ranker)
            return ranker

    async def _catch_up(self) -> None:
        """Let a reader's rankers know whether another process has changed the store since they were built."""
        async with self._store.peek() as connection:
            newest = await sources.newest_state(connection)
        async with self._changing:
            self._forget_older(newest)

    def _forget_older(self, newest: int) -> None:
        """Drop a reader's rankers that were built before this state; a writer's have learnt of it themselves."""
        if not self._store.writable and newest > self._newest:
            self._rankers.clear()
            self._newest = newest

    async def _cite(self, keys: Sequence[int]) -> dict[int, Candidate]:
        """Return passages, their sources and sentences; what a passage says never changes, so it is read once."""
        unread = [key for key in keys if key not in self._cited]
        if unread:
            async with self._store.peek() as connection:
                self._cited |= await sources.cited(connection, unread)
        found = {}
        for key in keys:
            self._cited.move_to_end(key)
            found[key] = self._cited[key]
        while len(self._cited) > _REMEMBERED:
            self._cited.popitem(last=False)
        return found


async def _revise(
    connection: AsyncConnection, known: RowMapping, prepared: Prepared, *, at: datetime, by: str
) -> Change:
    """Give a source its next version, where the article is not the one that stands."""
    if await sources.is_same(connection, known["version_key"], prepared):
        return Change(Outcome.PRESENT, known["id"])
    state = State(known["state"])
    version = await sources.insert_version(connection, known["key"], prepared, at=at, by=by)
    await sources.insert_state(connection, known["key"], version, state, at=at, by=by)
    if state is not State.LIVE:
        return Change(Outcome.UPDATED, known["id"])
    lost = await rankers.identities(connection, known["version_key"])
    return Change(Outcome.UPDATED, known["id"], gained=await rankers.segment(connection, version), lost=lost)


async def _set(connection: AsyncConnection, row: RowMapping, state: State, *, at: datetime, by: str) -> Change:
    """Let a source live or be removed, where it is not so already."""
    source_id, version = row["id"], row["version_key"]
    if row["state"] == state:
        return Change(Outcome.PRESENT, source_id)
    await sources.insert_state(connection, row["key"], version, state, at=at, by=by)
    if state is State.LIVE:
        return Change(Outcome.RESTORED, source_id, gained=await rankers.segment(connection, version))
    return Change(Outcome.REMOVED, source_id, lost=await rankers.identities(connection, version))


def _now() -> datetime:
    """Return the moment as the store keeps it: UTC, without saying so."""
    return datetime.now(UTC).replace(tzinfo=None)


def slug(title: str) -> str:
    """Return a title as an id: lower-case ASCII words joined by hyphens, at most 60 characters."""
    plain = re.sub(r"[^a-z0-9]+", "-", fold(title.casefold())).strip("-")
    if len(plain) > _LONGEST_ID:
        plain = plain[: _LONGEST_ID + 1].rpartition("-")[0] or plain[:_LONGEST_ID]
    return plain or "source"


def _visible(shelf: str) -> list[str]:
    """Return the shelves that one sees: the shared one, then its own."""
    return [SHARED] if shelf == SHARED else [SHARED, shelf]


def _found(row: RowMapping | None, source_id: str) -> RowMapping:
    if row is None:
        raise NotFound(f"There is no source called “{source_id[:80]}” here; `sourcier sources` lists them.")
    return row
