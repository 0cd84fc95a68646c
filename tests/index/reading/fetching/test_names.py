"""Names that take long to look up hold up no others, not even when nobody waits for them any more."""

import asyncio
import socket
import threading

import pytest

from index.reading.fetching.names import Names
from index.reading.fetching.policy import Policy


async def test_slow_names_of_all_who_fetch_leave_threads_for_others(monkeypatch: pytest.MonkeyPatch) -> None:
    answered = threading.Event()
    real = socket.getaddrinfo

    def resolver(name: str, *rest: object, **more: object) -> object:
        if name.endswith(".slow.example"):
            answered.wait()
        return real("127.0.0.1", *rest, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(socket, "getaddrinfo", resolver)
    names = Names()
    under_way = Policy.production().at_once
    left_alone = [asyncio.create_task(names.addresses(f"a{number}.slow.example")) for number in range(under_way)]
    await asyncio.sleep(0)
    for task in left_alone:
        task.cancel()
    hanging = [asyncio.create_task(names.addresses(f"b{number}.slow.example")) for number in range(under_way)]
    try:
        async with asyncio.timeout(5):
            assert await names.addresses("quick.example") == ["127.0.0.1"]
    finally:
        answered.set()
        await asyncio.gather(*left_alone, *hanging, return_exceptions=True)
        names.close()
