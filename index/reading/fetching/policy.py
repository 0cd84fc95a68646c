"""What fetching may do and how much of it: one frozen value, whose defaults are those of production."""

from dataclasses import dataclass
from ipaddress import ip_address
from typing import Self

from index.reading.fetching.addresses import Address, is_public

_MEBIBYTE = 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """The limits of fetching.

    ``allowed`` is for tests alone: addresses of this machine, each with its port, that may be opened although they are
    not public. No setting leads to it: a running bot has the policy that ``production`` makes. Raises ``ValueError``
    for an allowed address that is not a loopback address.
    """

    ports: tuple[int, ...] = (80, 443)
    longest_link: int = 2_048
    """Characters."""

    total_seconds: float = 20.0
    """From the first look-up of a name to the last byte, over all redirects."""

    redirects: int = 5
    attempts: int = 4
    """Connections tried for one address of the web, however many machines it has."""

    raw_bytes: int = 10 * _MEBIBYTE
    """As they arrive, compressed or not."""

    inflated_bytes: int = 30 * _MEBIBYTE
    arriving_bytes: int = 96 * _MEBIBYTE
    """Inflated, of all pages that are under way; beyond, those are refused whose person takes most."""

    each: int = 2
    """Fetches under way for one person."""

    at_once: int = 8
    """Fetches under way for all."""

    waiting_each: int = 8
    waiting: int = 32
    patience_seconds: float = 25.0
    """How long a fetch waits for its turn before it is refused: longer than any that is under way can take."""

    allowed: frozenset[tuple[str, int]] = frozenset()

    def __post_init__(self) -> None:
        for address, _port in self.allowed:
            if not ip_address(address).is_loopback:
                raise ValueError(f"{address} is not a loopback address.")

    @classmethod
    def production(cls, ports: tuple[int, ...] = (80, 443)) -> Self:
        """Return the policy of a running bot, which opens public addresses only."""
        return cls(ports=ports)

    def permits_port(self, port: int) -> bool:
        """Tell whether a link may name a port."""
        return port in self.ports or any(port == allowed for _address, allowed in self.allowed)

    def permits(self, address: Address, port: int) -> bool:
        """Tell whether a connection to a port of an address may be opened."""
        return (port in self.ports and is_public(address)) or (str(address), port) in self.allowed

    def permits_text(self, address: str, port: int) -> bool:
        """Tell the same of an address as text; what is none is not permitted."""
        try:
            return self.permits(ip_address(address), port)
        except ValueError:
            return False

    @property
    def raw_megabytes(self) -> int:
        """Return ``raw_bytes`` as people say it."""
        return self.raw_bytes // _MEBIBYTE

    @property
    def inflated_megabytes(self) -> int:
        """Return ``inflated_bytes`` as people say it."""
        return self.inflated_bytes // _MEBIBYTE
