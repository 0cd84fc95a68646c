"""What answers would make ready when they first need it, made ready ahead while nobody waits.

The lexicon has thousands of terms, and to analyse them all takes half a second: the first answer must not wait for
that, nor those that follow for a bit of it each.
"""

import asyncio
import threading
from collections.abc import Iterator, Sequence
from itertools import chain

from index.answering import spelling
from index.answering.meaning import Told, about
from index.answering.traits import traits_of
from index.figures.mentioned import mentioned
from index.language.analysis import OTHER
from index.language.dictionary import shipped
from index.precedence import Precedence
from index.store import rankers, sources
from index.store.database import Database
from index.worker import Worker

_REST = 0.1  # seconds after the first answer; a process that asks once ends before
_READ = 400  # passages of a shelf up to which their sentences are read ahead


class Warming:
    """Makes ready once, after the first answer, in a thread that makes way for questions."""

    def __init__(self, store: Database, precedence: Precedence) -> None:
        self._store = store
        self._precedence = precedence
        self._worker = Worker("warming")
        self._closing = threading.Event()
        self._reading = threading.Lock()
        self._is_erased = False
        self._task: asyncio.Task[None] | None = None

    def begin(self, shelf_ids: Sequence[str], passages: int) -> None:
        """Begin, if it has not begun. ``passages``: how many the shelves have that were asked."""
        if self._task is None and not self._closing.is_set():
            self._task = asyncio.create_task(self._warm(shelf_ids if passages <= _READ else ()))

    async def done(self) -> None:
        """Wait until all is ready that has begun to be made."""
        if self._task is not None:
            await asyncio.shield(self._task)

    def forget(self) -> None:
        """Read no more sentences ahead: something of what was to be read has been erased. Waits for the one at hand."""
        with self._reading:
            self._is_erased = True

    async def close(self) -> None:
        """Leave what is not ready yet."""
        self._closing.set()
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
        await self._worker.close()

    async def _warm(self, shelf_ids: Sequence[str]) -> None:
        await asyncio.sleep(_REST)
        await self._worker.do(self._prepare, shelf_ids)

    def _prepare(self, shelf_ids: Sequence[str]) -> None:
        lexicon = shipped()
        for _ in chain(_grammars(), self._sentences(shelf_ids), spelling.prepare(lexicon), lexicon.prepare()):
            if self._closing.is_set():
                return
            self._precedence.give_way()

    def _sentences(self, shelf_ids: Sequence[str]) -> Iterator[None]:
        """Read what the sentences of some shelves show, as it is remembered of each, a passage before each pause."""
        self._is_erased = False  # what is read from here on, of the store as it is now
        with self._store.scan() as connection:
            segments = rankers.segments(connection, shelf_ids, self._precedence.give_way)
            keys = [key for segment in segments for key in segment.identities.tolist()]
            read = sources.cited(connection, keys)
        for raw in read.values():
            candidate = sources.as_candidate(raw)
            lines = [*zip(candidate.texts, (each.terms for each in candidate.sentences), strict=True)]
            with self._reading:
                if self._is_erased:
                    return
                about([Told(line, candidate.source.language, terms) for line, terms in lines])
                for line, _ in lines:
                    traits_of(line).prepare()
            yield


def _grammars() -> Iterator[None]:
    """Read the grammar by which numbers are read, of one language before each pause."""
    for language in OTHER:
        mentioned("1", language)
        yield
