"""What moderators say is called otherwise on their server: entries of their own, beside those of the lexicon."""

import asyncio

from index import moment
from index.begun import Begun
from index.language.dictionary import numbered
from index.language.own_entries import own_entries
from index.lexicons import SYNONYMS, Lexicons
from index.moderating.model import Act
from index.reading.cleaning import clean_line
from index.store import acts, preferences
from index.store.database import Database


class Synonyms:
    """The entries of all shelves. Those of the shared one hold on every shelf, those of another one there alone."""

    def __init__(self, store: Database, lexicons: Lexicons, begun: Begun, changing: asyncio.Lock) -> None:
        self._store = store
        self._lexicons = lexicons
        self._begun = begun
        self._changing = changing

    async def of(self, shelf: str) -> str:
        """Return the entries of a shelf as they were written; empty where there are none."""
        async with self._store.read() as connection:
            return (await preferences.of(connection, shelf)).get(SYNONYMS, "")

    async def count(self, shelf: str) -> int:
        """Return how many entries a shelf has."""
        return sum(1 for _ in numbered((await self.of(shelf)).splitlines()))

    async def put(self, text: str, *, by: str, shelf: str) -> int:
        """Keep entries in place of all that a shelf had, from the next question on; return how many there are.

        Raises ``BadInput`` where a line is no entry: then all stays as it was.
        """
        text = "\n".join(clean_line(line) for line in text.splitlines()).rstrip()
        count = len(own_entries(text))
        await self._begun.through(self._put(text, count, by, shelf))
        return count

    async def _put(self, text: str, count: int, by: str, shelf: str) -> None:
        at = moment.now()
        async with self._changing:
            async with self._store.write() as connection:
                await preferences.put(connection, shelf, SYNONYMS, text or None, at)
                await acts.record(connection, shelf, Act.SETTING, SYNONYMS, at=at, by=by, detail={"entries": count})
            self._lexicons.forget(shelf)
