"""How long things are kept: answers, drafts, what was removed, and what servers leave behind."""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

from index import moment
from index.begun import Begun
from index.errors import BadInput
from index.ledgers import Ledgers
from index.lexicons import Lexicons
from index.memory import KEPT_DAYS
from index.model import SHARED, Expired
from index.moderating.drafts import Drafts
from index.moderating.model import REMOVED_DAYS, Act
from index.rankings import Rankings
from index.store import acts, erasing
from index.store.database import Database


class Retention:
    """Deletes what has been kept long enough, for good.

    ``forget_read`` lets nothing be in memory of what was read for answers.
    """

    def __init__(
        self,
        store: Database,
        rankings: Rankings,
        ledgers: Ledgers,
        lexicons: Lexicons,
        begun: Begun,
        drafts: Drafts,
        forget_read: Callable[[], Awaitable[None]],
    ) -> None:
        self._store = store
        self._rankings = rankings
        self._ledgers = ledgers
        self._lexicons = lexicons
        self._begun = begun
        self._drafts = drafts
        self._forget_read = forget_read

    async def shelves(self) -> list[str]:
        """Return the shelves for which anything is kept, but for the shared one."""
        async with self._store.read() as connection:
            return await erasing.held(connection)

    async def depart(self, shelf: str) -> None:
        """Note that a server left: what it has is erased ``KEPT_DAYS`` days after the first such note."""
        _refuse_shared(shelf)
        async with self._store.write() as connection:
            await erasing.depart(connection, shelf, moment.now())

    async def arrive(self, shelf: str) -> None:
        """Note that a server is there (again): nothing of it is erased."""
        async with self._store.write() as connection:
            await erasing.arrive(connection, shelf)

    async def departed(self) -> dict[str, datetime]:
        """Return the shelves whose servers left, and when, the earliest first."""
        async with self._store.read() as connection:
            found = await erasing.departed(connection)
        return {shelf: moment.aware(at) for shelf, at in found.items()}

    async def expire(self, now: datetime | None = None) -> Expired:
        """Delete what has been kept long enough: answers, drafts, removed sources, the shelves of servers that left.

        An answer goes with what people said of it, and stays until the youngest report on it is ``KEPT_DAYS`` days
        old; drafts wait for ``DRAFT_DAYS``; what was removed from a server's shelf is there for ``REMOVED_DAYS``.
        """
        at = moment.stored(now) if now else moment.now()
        before = at - timedelta(days=KEPT_DAYS)
        drafts = await self._drafts.expire(at)
        removed = await self._begun.through(self._erase_removed(at - timedelta(days=REMOVED_DAYS)))
        async with self._store.write() as connection:
            expired = await erasing.expire(connection, before)
        erased = [shelf for shelf in await self.departed() if await self._begun.through(self._erase(shelf, before))]
        if expired or erased or removed:
            await self._store.wipe()
        return Expired(expired, tuple(erased), drafts, removed)

    async def erase(self, shelf: str) -> None:
        """Delete all that is on a server's shelf and all that was kept for it, for good.

        Raises ``BadInput`` for the shared shelf.
        """
        _refuse_shared(shelf)
        await self._begun.through(self._erase(shelf))
        await self._store.wipe()

    async def _erase_removed(self, before: datetime) -> int:
        """Erase the sources that servers removed before a moment; return how many there were."""
        async with self._store.read() as connection:
            if not await erasing.removed_before(connection, before):
                return 0
        async with self._rankings.changing:
            async with self._store.write() as connection:
                gone = await erasing.removed_before(connection, before)
                for row in gone:
                    await erasing.erase_source(connection, row["key"])
                    subject, at = row["id"], moment.now()
                    await acts.record(connection, row["shelf"], Act.ERASED, subject, at=at, by=row["by"])
            await self._forget_read()
        return len(gone)

    async def _erase(self, shelf: str, before: datetime | None = None) -> bool:
        """Erase a shelf, with ``before`` only where its server left by then; tell whether it was done."""
        async with self._rankings.changing:
            async with self._store.write() as connection:
                left = await erasing.departure(connection, shelf)
                if before is not None and (left is None or left > before):
                    return False
                await erasing.erase(connection, shelf)
            self._rankings.forget(shelf)
            self._ledgers.forget(shelf)
            self._lexicons.forget(shelf)
            await self._forget_read()
        return True


def _refuse_shared(shelf: str) -> None:
    if shelf == SHARED:
        raise BadInput("The shared shelf belongs to no server: it cannot leave or be erased.")
