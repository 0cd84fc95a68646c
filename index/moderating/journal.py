"""The audit log: who did what, and when."""

from index import moment
from index.model import SHARED
from index.moderating.model import Act, Deeds
from index.store import acts
from index.store.database import Database


class Journal:
    """What moderators and operators did on shelves."""

    def __init__(self, store: Database) -> None:
        self._store = store

    async def read(self, shelf: str = SHARED, subject: str | None = None, *, offset: int = 0, limit: int = 10) -> Deeds:
        """Return some of what was done on a shelf, to one thing (by its id) or to all, the newest first."""
        async with self._store.read() as connection:
            return await acts.read(connection, shelf, subject, offset, limit)

    async def note_setting(self, shelf: str, name: str, value: str, *, by: str) -> None:
        """Note that a setting of a shelf's server was changed."""
        async with self._store.write() as connection:
            detail = {"value": value}
            await acts.record(connection, shelf, Act.SETTING, name, at=moment.now(), by=by, detail=detail)
