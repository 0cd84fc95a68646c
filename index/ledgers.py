"""What the shelves in use know of deals and figures, in memory and in step with the store."""

import asyncio
from collections.abc import Sequence

from index.familiar.recall import Taught
from index.figures.curated import shipped
from index.figures.holding import Holding
from index.figures.ledger import Ledger
from index.model import SHARED, visible
from index.shelves import ByShelf
from index.store import deals, figures, taught
from index.store.changes import Change
from index.store.database import Database
from index.store.figures import Stand
from index.store.sources import Stand as SourcesStand
from index.worker import Worker

_LEDGERS = 64


class Ledgers:
    """The ledgers in memory: values that are replaced. They are read from the store in a thread.

    ``changing`` is held by whoever changes what stands in the store, until the ledgers have learnt of it.
    """

    def __init__(self, store: Database, changing: asyncio.Lock) -> None:
        self._store = store
        self._changing = changing
        self._ledgers = ByShelf[Ledger](_LEDGERS)
        self._worker = Worker("ledgers")
        self._preparing: set[asyncio.Task[None]] = set()
        self._stood = Stand(SourcesStand(0, 0), 0, 0, 0, 0)  # when a reader's were built

    async def of(self, shelf: str) -> Ledger:
        """Return a shelf's ledger, built from the store where it is not in memory."""
        if not self._store.writable:
            async with self._store.peek() as connection:
                stood = await figures.stand(connection)
            self._forget_older(stood)
        if (ledger := self._ledgers.get(shelf)) is not None:
            return ledger
        async with self._changing:
            return await self._get(shelf)

    async def learn(self, shelf: str, change: Change) -> None:
        """Let the ledgers in memory know what the store now has. The caller holds ``changing``."""
        if change.gained is not None and await self._worker.do(self._tells, shelf, change.source_id):
            self.forget(shelf)  # it has sentences that tell what deals are, or that were taught, where they stood
        elif change.gained is not None or change.lost is not None:
            await self._renew(shelf, [change.gained] if change.gained else [], [change.lost] if change.lost else [])

    async def renew(self, shelf: str, version: int) -> None:
        """Let the ledgers in memory know that figures of a version were reviewed. The caller holds ``changing``."""
        await self._renew(shelf, [version], [version])

    async def found_in(self, version: int) -> Holding | None:
        """Return a version with all figures that were found in it; None where no source stands on it."""
        return await self._worker.do(self._found_in, version)

    async def tentative(self, shelf: str, gained: int, lost: int | None) -> Ledger:
        """Return a shelf's ledger as it would be with a version more and one less."""
        ledger = await self.of(shelf)
        holding = await self.found_in(gained)
        told = await self._worker.do(self._taught_of, shelf, gained)
        changed = ledger.without([] if lost is None else [lost]).with_({} if holding is None else {gained: holding})
        return changed.with_taught(told)

    def forget(self, shelf: str) -> None:
        """Drop a shelf's ledger, or all that see it, to be built anew. The caller holds ``changing``."""
        if shelf == SHARED:
            self._ledgers.clear()
        else:
            self._ledgers.drop(shelf)

    async def close(self) -> None:
        """Finish what has begun."""
        await asyncio.gather(*self._preparing)
        await self._worker.close()

    async def _get(self, shelf: str) -> Ledger:
        """Return a shelf's ledger. The caller holds ``changing``."""
        if (known := self._ledgers.get(shelf)) is not None:
            return known
        base = await self._get(SHARED) if self._store.writable and shelf != SHARED else None
        ledger, stood = await self._worker.do(self._read, shelf, base)
        self._forget_older(stood)
        self._ledgers.put(shelf, ledger)
        return ledger

    def _read(self, shelf: str, base: Ledger | None) -> tuple[Ledger, Stand]:
        """Read a shelf's ledger from the store; ``base``: that of the shared one, if that is in it already."""
        curated = shipped()
        shelf_ids = visible(shelf) if base is None else [shelf]
        with self._store.scan() as connection:
            stood = figures.stand_seen(connection)
            holdings = figures.holdings(connection, curated, shelf_ids)
            made = deals.seen(connection, shelf_ids)
            told = taught.taught(connection, shelf_ids, visible(shelf))
        ledger = (Ledger.empty(curated) if base is None else base).with_deals(made).with_(holdings).with_taught(told)
        return ledger.prepared(), stood

    async def _renew(self, shelf: str, gained: Sequence[int], lost: Sequence[int]) -> None:
        seeing = self._ledgers.seeing(shelf, everywhere=shelf == SHARED)
        if not seeing:
            return
        try:
            holdings = await self._worker.do(self._holdings, shelf, gained)
        except BaseException:
            self._ledgers.clear()  # they are built anew from the store
            raise
        for name, ledger in seeing.items():
            changed = ledger.without(lost).with_(holdings)
            self._ledgers.replace(name, changed)
            task = asyncio.create_task(self._prepare(changed))
            self._preparing.add(task)
            task.add_done_callback(self._preparing.discard)

    async def _prepare(self, ledger: Ledger) -> None:
        """Make a ledger's names ready to be looked up, before somebody waits for it."""
        await self._worker.do(ledger.prepared)

    def _holdings(self, shelf: str, versions: Sequence[int]) -> dict[int, Holding]:
        if not versions:
            return {}
        with self._store.scan() as connection:
            return figures.holdings(connection, shipped(), [shelf], versions)

    def _tells(self, shelf: str, source_id: str) -> bool:
        """Tell whether a source of a shelf tells what deals are that were made there, or anything was taught of it."""
        with self._store.scan() as connection:
            made = deals.seen(connection, [shelf]).values()
            return taught.teaches(connection, source_id) or any(deal.about.source == source_id for deal in made)

    def _taught_of(self, shelf: str, version: int) -> list[Taught]:
        with self._store.scan() as connection:
            return taught.taught_of(connection, shelf, version)

    def _found_in(self, version: int) -> Holding | None:
        with self._store.scan() as connection:
            return figures.found_in(connection, version)

    def _forget_older(self, stood: Stand) -> None:
        """Drop a reader's ledgers that were built from another state; a writer's have learnt of it themselves."""
        if not self._store.writable and stood != self._stood:
            self._ledgers.clear()
            self._stood = stood
