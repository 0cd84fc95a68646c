"""Whose turn it is: how many fetches are under way, for one person and in all."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import NamedTuple

from index.reading.fetching.policy import Policy
from index.reading.fetching.refusals import Reason, Refused


class _Waiting(NamedTuple):
    """One who waits; ``called`` is done when it is their turn, which then is counted already."""

    by: str | None
    called: asyncio.Future[None]


class Turns:
    """The fetches that are under way and the line of those that wait. One who asks for many waits for their own.

    A free turn goes to the person who has the fewest under way. Where the line is full, a person who has more in it
    makes room for one who has less: their last fetch is refused.
    """

    def __init__(self, policy: Policy) -> None:
        self._policy = policy
        self._under_way: Counter[str | None] = Counter()
        self._line: list[_Waiting] = []

    @asynccontextmanager
    async def take(self, by: str | None) -> AsyncIterator[None]:
        """Have a turn while the block runs; ``by``: the person whose it is, None for the operator of the program.

        Raises ``Refused`` when too many wait already, or when it does not come in time.
        """
        await self._begin(by)
        try:
            yield
        finally:
            self._end(by)

    async def _begin(self, by: str | None) -> None:
        if self._is_free(by):
            self._under_way[by] += 1
            return
        self._make_room(by)
        waiting = _Waiting(by, asyncio.get_running_loop().create_future())
        self._line.append(waiting)
        try:
            async with asyncio.timeout(self._policy.patience_seconds):
                await waiting.called
        except BaseException as error:
            if waiting in self._line:
                self._line.remove(waiting)
            elif not waiting.called.cancelled() and waiting.called.exception() is None:
                self._end(by)  # called and broken off at the same moment
            if isinstance(error, TimeoutError):
                raise Refused(Reason.CROWDED) from error
            raise

    def _end(self, by: str | None) -> None:
        self._under_way[by] -= 1
        if not self._under_way[by]:
            del self._under_way[by]
        while free := [waiting for waiting in self._line if self._is_free(waiting.by) and not waiting.called.done()]:
            first = min(free, key=lambda waiting: self._under_way[waiting.by])
            self._line.remove(first)
            self._under_way[first.by] += 1
            first.called.set_result(None)

    def _make_room(self, by: str | None) -> None:
        """Let the line have a place for one more fetch of a person. Raises ``Refused``."""
        own = Counter(waiting.by for waiting in self._line)
        if by is not None and own[by] >= self._policy.waiting_each:
            raise Refused(Reason.CROWDED)
        if len(self._line) < self._policy.waiting:
            return
        more = [waiting for waiting in self._line if own[waiting.by] > own[by] + 1 and not waiting.called.done()]
        if not more:
            raise Refused(Reason.CROWDED)
        last = max(reversed(more), key=lambda waiting: own[waiting.by])
        self._line.remove(last)
        last.called.set_exception(Refused(Reason.CROWDED))

    def _is_free(self, by: str | None) -> bool:
        own = self._under_way[by] if by is not None else 0
        return self._under_way.total() < self._policy.at_once and own < self._policy.each
