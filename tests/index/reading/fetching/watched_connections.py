"""Where a test's process connects and which names it looks up, by the audit events of the interpreter."""

import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

_TO_AN_ADDRESS = frozenset({"socket.connect", "socket.sendto", "socket.sendmsg"})
_BY_NAME = frozenset({"socket.getaddrinfo", "socket.gethostbyname"})
_HERE = frozenset({"127.0.0.1", "::1"})


class Watched(NamedTuple):
    """What was seen: machines with their ports, names looked up."""

    connections: list[object]
    names: list[object]


_watching: list[Watched] = []


def _see(event: str, arguments: tuple[object, ...]) -> None:
    if not _watching:
        return
    if event in _TO_AN_ADDRESS:
        place = arguments[1]
        if isinstance(place, tuple):
            _watching[-1].connections.append(place[:2])
            if place[0] in _HERE:
                return
        raise ConnectionRefusedError("Nothing leaves this machine in a test.")
    if event in _BY_NAME:
        _watching[-1].names.append(arguments[0])
        raise socket.gaierror(socket.EAI_NONAME, "No name is looked up in a test.")


sys.addaudithook(_see)


@contextmanager
def watched() -> Iterator[Watched]:
    """Note every connection and look-up that begins while the block runs, and let neither leave this machine."""
    seen = Watched([], [])
    _watching.append(seen)
    try:
        yield seen
    finally:
        _watching.remove(seen)
