"""What waits to be read: how much of it there may be, and whose turn is next."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from index.reading.fetching.refusals import Reason, Refused


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """How much may wait; what is being read waits no more."""

    each: int = 8
    """Documents of one person."""

    documents: int = 32
    size: int = 64_000_000
    """Bytes."""


@dataclass(eq=False, slots=True)
class Place:
    """The place of one document, from before its bytes are there until its turn comes.

    ``by`` is the person whose it is, None for the operator of the program; ``size`` is in bytes. ``called`` is there
    once its bytes are, and done when its turn comes, which then is counted already.
    """

    by: str | None
    size: int
    called: asyncio.Future[None] | None = None


class Line:
    """The documents that wait, and those that are read, ``at_once`` at a time.

    The turn goes round from person to person, first to those of whom the fewest are being read. Where there is no room,
    a person who has more waiting makes it for one who has less: their last document is refused.
    """

    def __init__(self, at_once: int, room: Room | None = None) -> None:
        self._at_once = at_once
        self._room = room or Room()
        self._places: list[Place] = []
        self._persons: list[str | None] = []
        self._under_way: Counter[str | None] = Counter()

    @asynccontextmanager
    async def place(self, by: str | None, size: int) -> AsyncIterator[Place]:
        """Have a place for a document of about ``size`` bytes while the block runs. Raises ``Refused``."""
        place = Place(by, size)
        self._let_in(place)
        try:
            yield place
        finally:
            self._leave(place)

    @asynccontextmanager
    async def turn(self, place: Place) -> AsyncIterator[None]:
        """Wait for the turn of a document whose bytes are there, and have it while the block runs.

        Raises ``Refused`` where others with less waiting need the room.
        """
        place.called = asyncio.get_running_loop().create_future()
        self._call()
        try:
            await place.called
        except BaseException:
            if not place.called.cancelled() and place.called.exception() is None:
                self._end(place)  # called and broken off at the same moment
            raise
        try:
            yield
        finally:
            self._end(place)

    def resize(self, place: Place, size: int) -> None:
        """Say how many bytes a document has now that they are there. Raises ``Refused`` where that is too much."""
        self._leave(place)
        place.size = size
        self._let_in(place)

    def _let_in(self, place: Place) -> None:
        room = self._room
        own = sum(1 for other in self._places if other.by == place.by)
        if place.by is not None and own >= room.each:
            raise Refused(Reason.CROWDED)
        while len(self._places) >= room.documents:
            self._refuse(self._last_of_most(place, Counter(other.by for other in [*self._places, place])))
        while self._places and sum(other.size for other in self._places) + place.size > room.size:
            sizes: Counter[str | None] = Counter()
            for other in [*self._places, place]:
                sizes[other.by] += other.size
            self._refuse(self._last_of_most(place, sizes))
        self._places.append(place)
        if place.by not in self._persons:
            self._persons.append(place.by)

    def _last_of_most(self, place: Place, amounts: Counter[str | None]) -> Place:
        """Return the last document that waits of whoever has most, which must be more than the person of ``place`` has.

        ``amounts`` are with that place. Raises ``Refused`` where nobody has more.
        """
        more = [
            other
            for other in self._places
            if amounts[other.by] > amounts[place.by] and other.called is not None and not other.called.done()
        ]
        if not more:
            raise Refused(Reason.CROWDED)
        return max(reversed(more), key=lambda other: amounts[other.by])

    def _refuse(self, place: Place) -> None:
        assert place.called is not None  # noqa: S101 - only such a place is chosen
        self._leave(place)
        place.called.set_exception(Refused(Reason.CROWDED))

    def _leave(self, place: Place) -> None:
        if place in self._places:
            self._places.remove(place)
            if not any(other.by == place.by for other in self._places):
                self._persons.remove(place.by)

    def _call(self) -> None:
        """Begin as many turns as are free."""
        while self._under_way.total() < self._at_once and (place := self._next()) is not None:
            assert place.called is not None  # noqa: S101 - only such a place is chosen
            self._step_back(place.by)
            self._leave(place)
            self._under_way[place.by] += 1
            place.called.set_result(None)

    def _next(self) -> Place | None:
        """Return the first document of the person whose turn it is; None where none is ready."""
        ready: dict[str | None, Place] = {}
        for place in self._places:
            if place.called is not None and not place.called.done():
                ready.setdefault(place.by, place)
        persons = [person for person in self._persons if person in ready]
        return ready[min(persons, key=lambda person: self._under_way[person])] if persons else None

    def _end(self, place: Place) -> None:
        self._under_way[place.by] -= 1
        if not self._under_way[place.by]:
            del self._under_way[place.by]
        self._step_back(place.by)  # who came while this was read comes first
        self._call()

    def _step_back(self, by: str | None) -> None:
        if by in self._persons:
            self._persons.remove(by)
            self._persons.append(by)
