"""Work that goes on to its end once it has begun."""

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

T = TypeVar("T")


class Begun:
    """What was begun and is not yet done."""

    def __init__(self) -> None:
        self._tasks: set[asyncio.Task[Any]] = set()

    async def through(self, change: Coroutine[Any, Any, T]) -> T:
        """Let a change come to its end even where whoever asked for it goes away.

        Else what stands in the store and what is in memory could part.
        """
        task = asyncio.create_task(change)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return await asyncio.shield(task)

    async def close(self) -> None:
        """Wait for all that has begun."""
        await asyncio.gather(*self._tasks, return_exceptions=True)
