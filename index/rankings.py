"""The rankers of the shelves in use, in step with the store."""

import asyncio
from collections.abc import Sequence

from index.model import SHARED, visible
from index.precedence import Precedence
from index.ranking.postings import Postings
from index.shelves import ByShelf
from index.store import rankers, sources
from index.store.changes import Change, Outcome
from index.store.database import Database
from index.store.sources import Stand
from index.worker import Worker

_RANKERS = 64


class Rankings:
    """The rankers in memory. Building and changing them is done in a thread; searching needs no lock.

    Whoever changes what stands in the store holds ``changing`` until the rankers have learnt of it.
    """

    def __init__(self, store: Database, precedence: Precedence) -> None:
        self.changing = asyncio.Lock()
        self._store = store
        self._precedence = precedence
        self._rankers = ByShelf[Postings](_RANKERS)
        self._worker = Worker("rankings")
        self._stood = Stand(0, 0)  # how the store stood when the rankers of a reader were built
        self._tidying: set[asyncio.Task[None]] = set()

    def __len__(self) -> int:
        return len(self._rankers)

    async def of(self, shelf: str) -> Postings:
        """Return a shelf's ranker, built from the store where it is not in memory."""
        if not self._store.writable:
            await self._catch_up()
        if (ranker := self._rankers.get(shelf)) is not None:
            return ranker
        async with self.changing:
            return await self._get(shelf)

    async def learn(self, shelf: str, change: Change) -> None:
        """Let the rankers in memory know what the store now has. The caller holds ``changing``."""
        seeing = list(self._rankers.seeing(shelf, everywhere=shelf == SHARED).values())
        if not seeing or (change.gained is None and change.lost is None):
            return
        try:
            await self._worker.do(self._apply, seeing, change)
        except BaseException:
            self._rankers.clear()  # they are built anew from the store
            raise
        for ranker in seeing:
            task = asyncio.create_task(self._tidy(ranker))
            self._tidying.add(task)
            task.add_done_callback(self._tidying.discard)

    async def tentative(self, shelf: str, gained: int, lost: int | None) -> Postings:
        """Return a ranker of a shelf as it would be with a version more and one less; it is nobody else's."""
        ranker = (await self.of(shelf)).copy()
        await self._worker.do(self._apply, [ranker], Change(Outcome.ADDED, "", gained=gained, lost=lost))
        return ranker

    def forget(self, shelf: str) -> None:
        """Drop a shelf's ranker. The caller holds ``changing``."""
        self._rankers.drop(shelf)

    async def close(self) -> None:
        """Finish what has begun."""
        await asyncio.gather(*self._tidying)
        await self._worker.close()

    async def _get(self, shelf: str) -> Postings:
        """Return a shelf's ranker. The caller holds ``changing``."""
        ranker = self._rankers.get(shelf)
        return await self._build(shelf) if ranker is None else ranker

    async def _build(self, shelf: str) -> Postings:
        """Build a shelf's ranker and keep it. The caller holds ``changing``.

        The shared sources are read once: segments never change, so every shelf's ranker holds the same ones, each with
        statistics of its own. A reader reads all of a shelf at once, as another process may write meanwhile.
        """
        base = None
        if self._store.writable and shelf != SHARED:
            base = await self._get(SHARED)
        ranker, stood = await self._worker.do(self._read, visible(shelf) if base is None else [shelf], base)
        self._forget_older(stood)
        self._rankers.put(shelf, ranker)
        return ranker

    def _read(self, shelf_ids: Sequence[str], base: Postings | None) -> tuple[Postings, Stand]:
        """Build a ranker of some shelves, on top of ``base``, from one state of the store."""
        ranker = Postings() if base is None else base.copy()
        with self._store.scan() as connection:
            stood = sources.stand_seen(connection)
            for segment in rankers.segments(connection, shelf_ids, self._precedence.give_way):
                ranker.add_segment(segment)
        return ranker, stood

    def _apply(self, seeing: Sequence[Postings], change: Change) -> None:
        with self._store.scan() as connection:
            lost = rankers.identities(connection, change.lost) if change.lost else None
            gained = rankers.segment(connection, change.gained) if change.gained else None
        for ranker in seeing:
            if lost is not None:
                ranker.remove(lost)
            if gained is not None:
                ranker.add_segment(gained)

    async def _tidy(self, ranker: Postings) -> None:
        """Tidy a ranker up after a change; the change is acknowledged already."""
        async with self.changing:
            await self._worker.do(ranker.tidy)

    async def _catch_up(self) -> None:
        """Let a reader's rankers know whether another process has changed the store since they were built."""
        async with self._store.peek() as connection:
            stood = await sources.stand(connection)
        async with self.changing:
            self._forget_older(stood)

    def _forget_older(self, stood: Stand) -> None:
        """Drop a reader's rankers that were built from another state; a writer's have learnt of it themselves."""
        if not self._store.writable and stood != self._stood:
            self._rankers.clear()
            self._stood = stood
