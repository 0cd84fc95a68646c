"""Looking up the addresses of a name, in threads of its own."""

import asyncio
import socket
from collections.abc import Awaitable, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TypeAlias

LookUp: TypeAlias = Callable[[str], Awaitable[Sequence[str]]]
"""From a name in ASCII to its addresses as text, best first; raises ``OSError`` or returns none where it has none."""


class Names:
    """The names that this machine can look up.

    A look-up cannot be broken off, only left alone: the operating system ends it when it likes, usually within half a
    minute. So that slow ones never hold up anything else, they have threads of their own, more than there can be
    fetches under way with those that were left alone before; those that wait for one are broken off at once.
    """

    def __init__(self, threads: int = 32) -> None:
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix="names")

    async def addresses(self, name: str) -> list[str]:
        """Return the addresses of a name, best first (RFC 6724). Raises ``OSError`` where it has none."""
        found = await asyncio.get_running_loop().run_in_executor(self._threads, _look_up, name)
        return list(dict.fromkeys(found))

    def close(self) -> None:
        """Start no further look-up, and wait for none."""
        self._threads.shutdown(wait=False, cancel_futures=True)


def _look_up(name: str) -> list[str]:
    found = socket.getaddrinfo(name, None, type=socket.SOCK_STREAM)
    return [str(address[0]) for _family, _kind, _protocol, _name, address in found]
