"""The front door to moving shelves: a shelf as a file, and a file taken in by a shelf."""

import asyncio
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

from pydantic import TypeAdapter, ValidationError

from index import moment
from index.begun import Begun
from index.errors import BadInput, StoreUnavailable
from index.exchange.arriving import Arrival, Arrived
from index.exchange.checking import fitting
from index.exchange.exporting import export
from index.exchange.lines import Reader, Tell
from index.exchange.planning import Plan, Sheaf, plan
from index.exchange.records import Counts, Header, Line, ShelfName, VersionLine
from index.ledgers import Ledgers
from index.lexicons import Lexicons
from index.model import SHARED
from index.precedence import Precedence
from index.rankings import Rankings
from index.store import shelf_contents
from index.store.database import Database

_LINES = 200  # written between two looks at the file
_CHARACTERS = 1_000_000  # of texts among them
_SHELF: TypeAdapter[str] = TypeAdapter(ShelfName)


class Imported(NamedTuple):
    """What came of an import: from which shelf, onto which, and what became of each thing."""

    origin: str
    shelf: str
    arrived: list[Arrived]


def _tell_nobody(_done: int, _of: int) -> None:
    """Keep how far the work is to itself."""


class Exchange:
    """Writes shelves of a store to files, and takes such files in."""

    def __init__(
        self,
        store: Database,
        rankings: Rankings,
        ledgers: Ledgers,
        lexicons: Lexicons,
        begun: Begun,
        precedence: Precedence,
    ) -> None:
        self._store = store
        self._rankings = rankings
        self._ledgers = ledgers
        self._lexicons = lexicons
        self._begun = begun
        self._precedence = precedence

    async def export(
        self, file: Path, shelf: str = SHARED, *, release: str, overwrite: bool = False, progress: Tell = _tell_nobody
    ) -> Counts:
        """Write all that belongs to a shelf to a file; return how much there is of what.

        That is its sources with all versions, figures and reviews, its deals, what the server has set, its golden
        questions and its audit log; not what people asked, and no drafts. ``release``: which Sourcier this is;
        ``progress`` is told in a thread. Raises ``NotFound`` where there is no such shelf, ``BadInput`` where the file
        is there and not to be overwritten, or cannot be written.
        """
        _refuse_unnamed(shelf)
        return await export(self._store, file, shelf, release, overwrite=overwrite, tell=progress)

    async def import_(
        self, file: Path, shelf: str | None = None, *, by: str, progress: Tell = _tell_nobody
    ) -> Imported:
        """Take a file in that ``export`` wrote, onto the shelf that it comes from or another one: all of it or nothing.

        All of it is checked before anything is written. What is here already stays as it is; what has an id that is
        taken gets another one. It answers when this returns. ``progress`` is told in a thread. Raises ``BadInput``
        where anything in the file is not right, ``StoreUnavailable`` where it cannot be kept.
        """
        if shelf is not None:
            _refuse_unnamed(shelf)
        if not self._store.writable:
            raise StoreUnavailable(f"The store in {self._store.folder} was opened for reading only.")
        terms = Sheaf(self._store.folder)
        try:
            first = await asyncio.to_thread(self._plan, Reader(file, _half(progress, 0)), shelf, terms)
        except BaseException:
            terms.close()  # which ends a reading that nobody waits for any more
            raise
        return await self._begun.through(self._take_in(Reader(file, _half(progress, 1), first.mark), first, by))

    def _plan(self, reader: Reader, shelf: str | None, terms: Sheaf) -> Plan:
        return plan(reader, shelf, self._texts_on, terms, self._precedence.give_way)

    def _texts_on(self, shelf: str) -> AbstractSet[str]:
        with self._store.scan() as connection:
            return shelf_contents.standing_texts(connection, shelf).keys()

    async def _take_in(self, reader: Reader, first: Plan, by: str) -> Imported:
        """Read the file again and write it, which must be the same one; let go of the terms of the first reading."""
        batches = _batches(reader)
        with closing(first.terms):
            async with self._rankings.changing:
                async with self._store.write() as connection:
                    arrival = Arrival(connection, first, at=moment.now(), by=by)
                    await arrival.begin()
                    while (batch := await asyncio.to_thread(next, batches, None)) is not None:
                        for number, line in batch:
                            await arrival.take(number, line)
                    reader.refuse_changed()
                    await arrival.finish()
                for change in arrival.changes:
                    await self._rankings.learn(first.shelf, change)
                self._ledgers.forget(first.shelf)
                self._lexicons.forget(first.shelf)
        return Imported(first.header.shelf, first.shelf, arrival.fates)


def _half(progress: Tell, half: int) -> Tell:
    """Return what one of two readings of a file is told to, so that both together are the whole."""
    return lambda done, of: progress(done + half * of, 2 * of)


def _batches(reader: Reader) -> Iterator[list[tuple[int, Line]]]:
    """Yield the lines after the header, some at a time."""
    batch: list[tuple[int, Line]] = []
    size = 0
    for number, line in fitting(reader):
        if isinstance(line, Header):
            continue
        batch.append((number, line))
        size += len(line.article.text) if isinstance(line, VersionLine) else 0
        if len(batch) >= _LINES or size >= _CHARACTERS:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _refuse_unnamed(shelf: str) -> None:
    try:
        _SHELF.validate_python(shelf)
    except ValidationError:
        raise BadInput(f"“{shelf[:80]}” is no shelf: it is shared, or discord- and the number of a server.") from None
