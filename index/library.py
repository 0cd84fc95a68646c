"""The front door: add, remove, restore, list and ask. What lies behind it is this folder's own business."""

import asyncio
import time
from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, NamedTuple, Self

from sqlalchemy import RowMapping

from index import asking, moment, renewal, seeding
from index.begun import Begun
from index.candidates import Candidates
from index.errors import BadInput, NotFound
from index.known import Known
from index.ledgers import Ledgers
from index.lexicons import Lexicons
from index.memory import Memory
from index.model import (
    SHARED,
    Answer,
    Article,
    Citation,
    Counted,
    Listing,
    Passage,
    Source,
    State,
    visible,
)
from index.moderating.drafts import Drafts
from index.moderating.gaps import Gaps
from index.moderating.goldens import Goldens
from index.moderating.journal import Journal
from index.moderating.model import Page
from index.moderating.reviews import Reviews
from index.moderating.synonyms import Synonyms
from index.moderating.upkeep import Upkeep
from index.naming import slug
from index.precedence import Precedence
from index.preparation import Prepared
from index.ranking.explanation import Share
from index.rankings import Rankings
from index.reading.fetching.policy import Policy
from index.reading.intake import Intake
from index.retention import Retention
from index.store import changes, database, listing, pages, settings, sources
from index.store.changes import Change, Outcome
from index.store.database import Access, Database
from index.store.labels import folded
from index.store.tables import HEAD
from index.warming import Warming
from index.worker import Worker

if TYPE_CHECKING:
    from index.exchange.moving import Exchange

__all__ = ["LONGEST_QUESTION", "Added", "Library", "Outcome", "Progress"]

LONGEST_QUESTION = 20_000
"""Characters."""

_LONGEST_SEARCH = 200
_PATIENCE = 10.0  # seconds that a reader waits for another process to finish preparing the store

Progress = Callable[[int, int], None]
"""Is told how many steps of a long piece of work are done, of how many."""


def _tell_nobody(_done: int, _of: int) -> None:
    """Keep how far the work is to itself."""


class Added(NamedTuple):
    """What adding came to, and the source as it stands."""

    outcome: Outcome
    source: Source


class Library:
    """The sources of one data folder. Use ``open``, and ``close`` at the end (or ``async with``).

    ``memory`` is what this data folder remembers of asking, ``known`` what its sources tell of deals. For moderators:
    ``intake`` reads pages and documents, ``drafts`` wait for approval, ``reviews`` are what they make of figures,
    ``upkeep`` looks at pages again, ``gaps`` and ``goldens`` are what is learnt from questions, ``synonyms`` what is
    called otherwise there, ``journal`` has who did what. ``retention`` deletes what has been kept long enough.
    """

    def __init__(self, store: Database, policy: Policy | None = None) -> None:
        self._store = store
        self._precedence = Precedence()
        self._rankings = Rankings(store, self._precedence)
        self._candidates = Candidates(store)
        self._asking = Worker("asking")
        self._warming = Warming(store, self._precedence)
        self._reading = Worker("reading")
        self._begun = Begun()
        self._ledgers = Ledgers(store, self._rankings.changing)
        self._lexicons = Lexicons(store, self._rankings.changing)
        self.memory = Memory(store, self._ledgers)
        self.known = Known(self._ledgers)
        self.reviews = Reviews(store, self._ledgers, self._rankings.changing, self._begun)
        self.drafts = Drafts(store, self._rankings, self._ledgers, self._begun, self._reading, self._precedence)
        self.intake = Intake(policy)
        self.upkeep = Upkeep(store, self._ledgers, self._begun, self.intake, self.drafts)
        self.gaps = Gaps(store, self._ledgers, self._begun, self._precedence)
        self.goldens = Goldens(store, self._rankings, self._ledgers, self._lexicons, self._begun, self._precedence)
        self.synonyms = Synonyms(store, self._lexicons, self._begun, self._rankings.changing)
        self.journal = Journal(store)
        self.retention = Retention(
            store, self._rankings, self._ledgers, self._lexicons, self._begun, self.drafts, self._forget_read
        )

    @cached_property
    def exchange(self) -> "Exchange":
        """What moves shelves, as files. Made when it is first asked for, as few processes do."""
        from index.exchange.moving import Exchange

        return Exchange(self._store, self._rankings, self._ledgers, self._lexicons, self._begun, self._precedence)

    @classmethod
    async def open(
        cls,
        folder: Path,
        access: Access = "read",
        *,
        seeds: bool = True,
        progress: Progress = _tell_nobody,
        policy: Policy | None = None,
    ) -> Self:
        """Open the library of a data folder, made and given its seeds on the first day.

        After an update of Sourcier that changes the analysis, what follows from the texts is computed anew once, some
        milliseconds for each passage; ``progress`` is told how many steps are done of how many.

        ``policy``: what may be fetched and how much, by default what production allows. With ``"read"`` any number of
        processes may use the folder beside one that writes. Raises ``StoreBusy``, ``StoreUnavailable`` or
        ``StoreDamaged``.
        """
        if access == "read" and database.revision(folder) == HEAD:
            reader = cls(await database.connect(folder, "read"), policy)
            if await reader._is_ready(seeds=seeds):
                return reader
        patience = _PATIENCE if access == "read" else 0.0
        library = cls(await database.connect(folder, "write", patience=patience), policy)
        try:
            await library._make_ready(seeds=seeds, progress=progress)
        except BaseException:
            await library.close()
            raise
        if access == "write":
            return library
        await library.close()
        return cls(await database.connect(folder, "read"), policy)

    async def _is_ready(self, *, seeds: bool) -> bool:
        """Tell whether the store may be read as it stands: its seeds given, its terms of today. Close it if not."""
        ready = False
        try:
            async with self._store.read() as connection:
                given = not seeds or await settings.get(connection, "seeds") == seeding.fingerprint()
            ready = given and not await renewal.is_due(self._store)
        finally:
            if not ready:
                await self.close()
        return ready

    async def _make_ready(self, *, seeds: bool, progress: Progress) -> None:
        async with self._store.read() as connection:
            given = await settings.get(connection, "seeds")
        if await renewal.is_due(self._store):
            await renewal.renew(self._store, self._reading, self._precedence, progress)
        if not seeds or given == seeding.fingerprint():
            return
        for source_id, article in seeding.articles():
            await self.add(article, by="seeds", source_id=source_id)
        async with self._store.write() as connection:
            await settings.put(connection, "seeds", seeding.fingerprint())

    async def close(self) -> None:
        """Finish what has begun and close the store; the library cannot be used any more."""
        await self._begun.close()
        await self.memory.close()
        await self.known.close()
        await self.reviews.close()
        self.intake.close()
        await self.upkeep.close()
        await self.drafts.close()
        await self.goldens.close()
        await self._ledgers.close()
        await self._rankings.close()
        await self._warming.close()
        await self._asking.close()
        await self._reading.close()
        await self._store.close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    async def ask(self, question: str, shelf: str = SHARED, limit: int = 3, *, after: str | None = None) -> Answer:
        """Answer a question from a shelf and the shared sources, with at most ``limit`` citations.

        ``after``: the question before it, from which it takes what it lacks. Raises ``BadInput`` where the question is
        longer than ``LONGEST_QUESTION``.
        """
        started = time.perf_counter()
        if len(question) > LONGEST_QUESTION:
            raise BadInput(
                "A question has at most {most:,} characters; this one has {count:,}.",
                most=LONGEST_QUESTION,
                count=len(question),
            )
        question = question.encode("utf-8", "replace").decode()
        after = after and after.encode("utf-8", "replace").decode()
        ranker, ledger = await self._rankings.of(shelf), await self._ledgers.of(shelf)
        lexicon = await self._lexicons.of(shelf)
        with self._precedence.urgent():
            answer = await self._asking.do(
                asking.answer, question, ranker, self._candidates, ledger, lexicon, limit, started, after
            )
        self._warming.begin(visible(shelf), len(ranker))
        return answer

    async def warmed(self) -> None:
        """Wait until what is made ready ahead for all answers is ready, which begins with the first one."""
        await self._warming.done()

    async def explain(self, answer: Answer, citation: Citation, shelf: str = SHARED) -> list[Share]:
        """Return what the ranking's score of a cited passage is made of, the largest share first.

        Raises ``NotFound`` where the passage has been removed since.
        """
        ranker, ledger = await self._rankings.of(shelf), await self._ledgers.of(shelf)
        lexicon, key = await self._lexicons.of(shelf), citation.passage.key
        try:
            return await self._asking.do(asking.account, answer, ranker, self._candidates, ledger, lexicon, key)
        except KeyError as error:
            raise NotFound("“{source}” is no longer among the sources.", source=citation.source.title) from error

    async def around(self, passage: Passage, reach: int = 1, shelf: str = SHARED) -> list[Passage]:
        """Return a passage with up to ``reach`` neighbours on each side, in reading order.

        Raises ``NotFound`` where its source no longer lives on that shelf.
        """
        async with self._store.read() as connection:
            found = await sources.around(connection, visible(shelf), passage.key, reach)
        if not found:
            raise NotFound("“{source}” is no longer among the sources.", source=passage.source)
        return found

    async def sources(self, shelf: str = SHARED) -> list[Source]:
        """Return what a shelf sees, removed sources included, in the order they came."""
        return await asyncio.to_thread(self._all_of, visible(shelf))

    def _all_of(self, shelf_ids: list[str]) -> list[Source]:
        with self._store.scan() as connection:
            return sources.all_of(connection, shelf_ids)

    async def own(self, shelf: str = SHARED) -> list[Source]:
        """Return the sources that stand on a shelf itself, removed ones included, in the order they came."""
        return await asyncio.to_thread(self._all_of, [shelf])

    async def browse(self, shelf: str = SHARED, search: str = "", *, offset: int = 0, limit: int = 10) -> Listing:
        """Return a page of the live sources that a shelf sees, in the order they came, and how many there are.

        Every word of ``search`` (of its first 200 characters) occurs in the title, publisher, credit or id; case and
        accents make no difference.
        """
        plain = search[:_LONGEST_SEARCH].encode("utf-8", "replace").decode().replace("\0", "\ufffd")
        async with self._store.read() as connection:
            return await listing.browse(connection, visible(shelf), folded(plain).split(), offset, limit)

    async def count(self, shelf: str = SHARED) -> Counted:
        """Return how many live sources a shelf sees, and their passages."""
        async with self._store.read() as connection:
            return await listing.count(connection, visible(shelf))

    async def source(self, source_id: str, shelf: str = SHARED) -> Source:
        """Return one source. Raises ``NotFound``."""
        async with self._store.read() as connection:
            return sources.as_source(_found(await sources.find(connection, visible(shelf), source_id), source_id))

    async def text(self, source_id: str, shelf: str = SHARED) -> str:
        """Return the stored text of a source, to which all offsets refer. Raises ``NotFound``."""
        async with self._store.read() as connection:
            row = _found(await sources.find(connection, visible(shelf), source_id), source_id)
            return await sources.find_text(connection, row["version_key"])

    async def add(
        self,
        article: Article,
        *,
        by: str,
        shelf: str = SHARED,
        source_id: str | None = None,
        page: Page | None = None,
    ) -> Added:
        """Keep an article, durably and searchable when this returns.

        The same text on the same shelf is not kept twice; where it had been removed it comes back. With a
        ``source_id`` that exists, a changed article becomes that source's next version (a removed one stays
        removed). ``page``: where what is kept now was read. Raises ``BadInput`` where there is nothing to read,
        ``StoreUnavailable`` where it cannot be kept.
        """
        prepared = await self.drafts.prepared(article, shelf)
        return await self._begun.through(self._add(prepared, by, shelf, source_id, page))

    async def _add(self, prepared: Prepared, by: str, shelf: str, source_id: str | None, page: Page | None) -> Added:
        at = moment.now()
        async with self._rankings.changing:
            async with self._store.write() as connection:
                known = await sources.find_on(connection, shelf, source_id) if source_id else None
                if known is not None:
                    change = await changes.revise(connection, known, prepared, at=at, by=by)
                elif same := await sources.find_same(connection, shelf, prepared.sha256):
                    change = await changes.put(connection, same, State.LIVE, at=at, by=by)
                else:
                    wanted = source_id or slug(prepared.article.title)
                    wanted = await sources.free_id(connection, visible(shelf), wanted)
                    change = await changes.add(connection, shelf, wanted, prepared, at=at, by=by)
                row = _found(await sources.find_on(connection, shelf, change.source_id), change.source_id)
                if page is not None and change.outcome in {Outcome.ADDED, Outcome.UPDATED}:
                    await pages.put(connection, row["key"], page, at=at)
            await self._rankings.learn(shelf, change)
            await self._ledgers.learn(shelf, change)
        return Added(change.outcome, sources.as_source(row))

    async def remove(self, source_id: str, *, by: str, shelf: str = SHARED) -> Source:
        """Take a source out of all answers from the next one on. Its text is kept. Raises ``NotFound``."""
        return await self._begun.through(self._put(source_id, State.REMOVED, by, shelf))

    async def restore(self, source_id: str, *, by: str, shelf: str = SHARED) -> Source:
        """Bring a removed source back. Raises ``NotFound``."""
        return await self._begun.through(self._put(source_id, State.LIVE, by, shelf))

    async def _put(self, source_id: str, state: State, by: str, shelf: str) -> Source:
        async with self._rankings.changing:
            async with self._store.write() as connection:
                row = _found(await sources.find_on(connection, shelf, source_id), source_id)
                change: Change = await changes.put(connection, row, state, at=moment.now(), by=by)
                row = _found(await sources.find_on(connection, shelf, source_id), source_id)
            await self._rankings.learn(shelf, change)
            await self._ledgers.learn(shelf, change)
        return sources.as_source(row)

    async def _forget_read(self) -> None:
        """Let nothing that was read for answers be in memory."""
        await self._asking.do(self._warming.forget)
        await self._asking.do(self._candidates.forget)

    @property
    def shelves_in_memory(self) -> int:
        """How many shelves have a ranker in memory."""
        return len(self._rankings)


def _found(row: RowMapping | None, source_id: str) -> RowMapping:
    if row is None:
        raise NotFound(
            "There is no source called “{source}” here; `sourcier sources` lists them.", source=source_id[:80]
        )
    return row
