"""One request and its response, over a connection of its own to addresses that were checked."""

import socket
import ssl
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from ipaddress import IPv6Address, ip_address

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult
from yarl import URL

from index.reading.fetching.links import Link
from index.reading.fetching.refusals import Reason, Refused
from index.reading.fetching.sockets import Gate

_MOST_HEADERS = 128
_LONGEST_HEADER = 8_190  # bytes

# What OpenSSL says of a certificate (x509_vfy.h).
_EXPIRED = 10
_OTHER_NAMES = frozenset({62, 64})


@asynccontextmanager
async def exchange(
    link: Link, addresses: Sequence[str], headers: Mapping[str, str], *, gate: Gate, trust: ssl.SSLContext | None
) -> AsyncIterator[aiohttp.ClientResponse]:
    """Ask for a link and give its response while the block runs; its body is still to be read.

    ``trust``: whose certificates are trusted; None for those whom the operating system trusts.

    No proxy, cookie, credential or connection is taken from anywhere or kept. Redirects are not followed, nothing is
    decompressed. What goes wrong on the way, in the block too, raises ``Refused``.
    """
    gate.open_to(addresses, link.port)
    connector = aiohttp.TCPConnector(
        resolver=_Known(addresses),
        use_dns_cache=False,
        force_close=True,
        ssl=trust or True,
        socket_factory=gate.socket,
    )
    session = aiohttp.ClientSession(
        connector=connector,
        cookie_jar=aiohttp.DummyCookieJar(),
        trust_env=False,
        auto_decompress=False,
        timeout=aiohttp.ClientTimeout(total=None, sock_connect=None),
        max_line_size=_LONGEST_HEADER,
        max_field_size=_LONGEST_HEADER,
        max_headers=_MOST_HEADERS,
    )
    async with session:
        try:
            response = await session.get(URL(link.url, encoded=True), headers=headers, allow_redirects=False)
            gate.expect_body()
            try:
                yield response
            finally:
                response.close()
        except (aiohttp.ClientError, OSError) as error:
            raise _refusal(error, link, gate) from error


class _Known(AbstractResolver):
    """Answers with the addresses that were checked, whatever is asked."""

    def __init__(self, addresses: Sequence[str]) -> None:
        self._addresses = addresses

    async def resolve(
        self,
        host: str,
        port: int = 0,
        family: socket.AddressFamily = socket.AF_INET,  # noqa: ARG002  what an aiohttp resolver takes
    ) -> list[ResolveResult]:
        return [
            ResolveResult(
                hostname=host,
                host=address,
                port=port,
                family=socket.AF_INET6 if isinstance(ip_address(address), IPv6Address) else socket.AF_INET,
                proto=0,
                flags=socket.AI_NUMERICHOST,
            )
            for address in self._addresses
        ]

    async def close(self) -> None:
        """Do nothing: there is nothing to close."""


def _refusal(error: aiohttp.ClientError | OSError, link: Link, gate: Gate) -> Refused:
    """Return what a failed exchange is for whoever gave the link."""
    host = link.host.text
    if gate.is_exhausted:
        is_body = gate.expects_body
        return (
            Refused(Reason.LARGE, megabytes=gate.policy.raw_megabytes) if is_body else Refused(Reason.BROKEN, host=host)
        )
    if isinstance(error, aiohttp.ClientConnectorCertificateError):
        code = getattr(error.certificate_error, "verify_code", None)
        if code == _EXPIRED:
            return Refused(Reason.CERTIFICATE_EXPIRED, host=host)
        return Refused(Reason.CERTIFICATE_NAME if code in _OTHER_NAMES else Reason.CERTIFICATE, host=host)
    if isinstance(error, aiohttp.ClientConnectorSSLError):
        return Refused(Reason.ENCRYPTION, host=host)
    if isinstance(error, aiohttp.ClientConnectorError):
        return Refused(Reason.UNREACHABLE, host=host)
    return Refused(Reason.BROKEN, host=host)
