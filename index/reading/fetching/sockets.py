"""The sockets of a fetch: they connect to the addresses that were checked and to no other, and stop at a limit."""

import socket
from collections.abc import Sequence
from ipaddress import ip_address
from socket import AddressFamily, SocketKind
from typing import TYPE_CHECKING, Any, TypeAlias

from index.reading.fetching.policy import Policy

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer, WriteableBuffer

_Address: TypeAlias = "tuple[Any, ...] | str | ReadableBuffer"

_HEAD = 512 * 1024
"""Bytes that a server may send before the head of its response has arrived: certificates, early hints, headers."""

_FRAMES = 1024 * 1024
"""Bytes, besides a body's own, that may come with it: the frame of each chunk, trailers, encryption."""

_PORTION = 64 * 1024
"""Bytes taken in at once, so that what is made of them never takes long."""


class Gate:
    """What the connections of one fetch may do: where they may go, how many they are, how much they may receive.

    ``policy`` is theirs; ``is_exhausted`` tells whether more came than may,
    ``expects_body`` whether that was after the head of a response.
    """

    def __init__(self, policy: Policy) -> None:
        self.policy = policy
        self._left = 0
        self._open_to: frozenset[tuple[str, int]] = frozenset()
        self._attempts = 0
        self.expects_body = False
        self.is_exhausted = False

    def open_to(self, addresses: Sequence[str], port: int) -> None:
        """Let the next connections go to these addresses only, as often as the policy says."""
        self._open_to = frozenset((address, port) for address in addresses)
        self._attempts = self.policy.attempts
        self._left = _HEAD
        self.expects_body = False

    def expect_body(self) -> None:
        """Let a body of the greatest size come: its head has arrived."""
        self._left = self.policy.raw_bytes + _FRAMES
        self.expects_body = True

    def socket(self, addr_info: tuple[int | AddressFamily, int | SocketKind, int, str, _Address]) -> socket.socket:
        """Return an unconnected socket for what ``getaddrinfo`` says of an address. Raises ``PermissionError``."""
        family, kind, protocol, _name, address = addr_info
        self.admit(address)
        if self._attempts == 0:
            raise PermissionError("No more connections may be tried for this link.")
        self._attempts -= 1
        return _GuardedSocket(self, family, kind, protocol)

    def admit(self, address: _Address) -> None:
        """Raise ``PermissionError`` where no connection may go to a socket's address."""
        if isinstance(address, tuple):
            host, port, *flow_and_scope = address
            is_asked_for = (host, port) in self._open_to and not any(flow_and_scope)
            if is_asked_for and self.policy.permits(ip_address(host), port):
                return
        raise PermissionError("A connection to this address was not asked for or is not permitted.")

    def count(self, received: int) -> None:
        """Count bytes that arrived. Raises ``ConnectionAbortedError`` when they are too many."""
        self._left -= received
        if self._left < 0:
            self.is_exhausted = True
            self._attempts = 0
            raise ConnectionAbortedError("The server sends more than it may.")


class _GuardedSocket(socket.socket):
    """A socket that asks its gate before it connects, and tells it of each byte that arrives.

    Event loops that hand a socket to the operating system as a whole (Windows) only meet the gate when it is made.
    """

    def __init__(self, gate: Gate, family: int, kind: int, protocol: int) -> None:
        super().__init__(family, kind, protocol)
        self._gate = gate

    def connect(self, address: _Address, /) -> None:
        self._gate.admit(address)
        super().connect(address)

    def recv(self, bufsize: int, flags: int = 0, /) -> bytes:
        data = super().recv(min(bufsize, _PORTION), flags)
        self._gate.count(len(data))
        return data

    def recv_into(self, buffer: "WriteableBuffer", nbytes: int = 0, flags: int = 0, /) -> int:
        received = super().recv_into(buffer, min(nbytes or _PORTION, _PORTION, memoryview(buffer).nbytes), flags)
        self._gate.count(received)
        return received
