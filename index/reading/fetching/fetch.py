"""Fetching one page of the open web that a person asked for, guarded against the page, its server and the person."""

import asyncio
import ssl
from collections import Counter
from collections.abc import Callable, Sequence
from functools import partial
from importlib.metadata import PackageNotFoundError, version
from itertools import zip_longest
from typing import TYPE_CHECKING, Literal, NamedTuple, Self

from index.errors import Phrase
from index.reading.document import Document
from index.reading.fetching.forwarding import forwards, is_forward
from index.reading.fetching.inflating import Inflater
from index.reading.fetching.links import Link, canonical, check, file_name, join
from index.reading.fetching.media import SIGNATURE, declared, is_readable, unreadable_content
from index.reading.fetching.names import LookUp, Names
from index.reading.fetching.policy import Policy
from index.reading.fetching.refusals import Reason, Refused
from index.reading.fetching.responses import (
    NOT_MODIFIED,
    OK,
    REDIRECTS,
    coding,
    length,
    next_link,
    status_refused,
    validator,
)
from index.reading.fetching.sockets import Gate
from index.reading.fetching.turns import Turns

if TYPE_CHECKING:
    import aiohttp

_CHUNK = 64 * 1024  # bytes
_ACCEPT = "text/html,application/xhtml+xml,application/pdf,text/markdown,text/plain;q=0.9,*/*;q=0.5"
_ACCEPT_FEEDS = f"application/atom+xml,application/rss+xml,application/xml;q=0.9,{_ACCEPT}"
_HTML = frozenset({None, "text/html", "application/xhtml+xml"})

Progress = Callable[[int, int | None], None]
"""Is told how many bytes have arrived, of how many, where the server says so."""


def _tell_nobody(_received: int, _of: int | None) -> None:
    """Keep how far a fetch is to itself."""


class Fetched(NamedTuple):
    """What came of a fetch; ``document`` is None where the page is as it was when its validators were noted.

    ``etag`` and ``last_modified`` are the page's validators now, to be given to the next fetch of ``document.url``.
    """

    document: Document | None
    etag: str | None
    last_modified: str | None

    @property
    def status(self) -> Literal["fresh", "unchanged"]:
        """Return whether there is something new to read."""
        return "unchanged" if self.document is None else "fresh"


class _Wanted(NamedTuple):
    """What one fetch is for, besides its link."""

    conditions: dict[str, str]
    feeds: bool
    progress: Progress
    by: str | None


class Fetcher:
    """What fetches pages, within the limits of its policy for all who ask. Ends with ``close`` (or ``async with``).

    ``look_up`` and ``trust`` are for tests: how a name's addresses are found, whose certificates are trusted. By
    default the operating system says both.

    A site's robots.txt is not asked for. It is a rule for programs that find their own way from page to page
    (RFC 9309); here a person names one page, as with a browser or a feed reader, and nothing on it is followed. Sites
    that want no such reader know this one by its ``User-Agent``, and a refusal of theirs is heeded.
    """

    def __init__(self, policy: Policy, *, look_up: LookUp | None = None, trust: ssl.SSLContext | None = None) -> None:
        self._policy = policy
        self._names = Names()
        self._look_up = look_up or self._names.addresses
        self._trust = trust
        self._turns = Turns(policy)
        self._arrived: Counter[str | None] = Counter()  # bytes of bodies that are not there as a whole, by person

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the threads that look up names."""
        self._names.close()

    async def fetch(
        self,
        url: str,
        *,
        by: str | None = None,
        etag: str | None = None,
        last_modified: str | None = None,
        feeds: bool = False,
        progress: Progress = _tell_nobody,
    ) -> Fetched:
        """Return what is at a link, or that it is unchanged since ``etag`` and ``last_modified`` were noted.

        ``by`` is the person who asks (None: who runs the program), ``feeds`` lets RSS and Atom pass too. Redirects are
        followed, each judged anew. Raises ``Refused``, whose reason tells a page that is gone from a site that is busy.
        """
        link = check(url, self._policy)
        conditions = {"If-None-Match": validator(etag), "If-Modified-Since": validator(last_modified)}
        wanted = _Wanted({name: value for name, value in conditions.items() if value}, feeds, progress, by)
        async with self._turns.take(by):
            try:
                async with asyncio.timeout(self._policy.total_seconds):
                    return await self._follow(link, wanted)
            except TimeoutError as error:
                raise Refused(Reason.SLOW, host=link.host.text, seconds=f"{self._policy.total_seconds:g}") from error

    async def _follow(self, link: Link, wanted: _Wanted) -> Fetched:
        """Fetch a link and what it redirects to. Validators are for the machine that gave them, so others get none."""
        from index.reading.fetching.exchange import exchange

        gate = Gate(self._policy)
        first, seen = link, {link.url}
        while True:
            addresses = await self._addresses(link)
            conditions = wanted.conditions if (link.scheme, link.host, link.port) == first[1:] else {}
            headers = _request_headers(feeds=wanted.feeds) | conditions
            async with exchange(link, addresses, headers, gate=gate, trust=self._trust) as response:
                if response.status not in REDIRECTS:
                    return await self._read(response, link, wanted, conditional=bool(conditions))
                link = next_link(response.headers, link, self._policy)
            if link.url in seen or len(seen) > self._policy.redirects:
                raise Refused(Reason.REDIRECTS, host=first.host.text)
            seen.add(link.url)

    async def _addresses(self, link: Link) -> list[str]:
        """Return the addresses to try for a link, each of them permitted, or refuse it.

        One address that is not permitted is enough to refuse them all. The refusal is the same as for a name that does
        not exist, so that nobody learns which names a private network has.
        """
        if link.address is not None:
            return [str(link.address)]
        try:
            found = await self._look_up(link.host.text)
        except (OSError, UnicodeError) as error:
            raise Refused(Reason.UNKNOWN_HOST, host=link.host.text) from error
        if not found or not all(self._policy.permits_text(address, link.port) for address in found):
            raise Refused(Reason.UNKNOWN_HOST, host=link.host.text)
        return _mixed(found)[: self._policy.attempts]

    async def _read(
        self, response: "aiohttp.ClientResponse", link: Link, wanted: _Wanted, *, conditional: bool
    ) -> Fetched:
        etag, last_modified = (validator(response.headers.get(name)) for name in ("ETag", "Last-Modified"))
        if response.status == NOT_MODIFIED and conditional:
            known = wanted.conditions
            return Fetched(None, etag or known.get("If-None-Match"), last_modified or known.get("If-Modified-Since"))
        if response.status != OK:
            raise status_refused(response.status, link)
        is_same = partial(_is_same, link, self._policy)
        if any(is_forward(value, is_same) for value in response.headers.getall("Refresh", [])):
            raise Refused(Reason.FORWARDS)
        media_type, charset = declared(response.headers.get("Content-Type", ""))
        if not is_readable(media_type, feeds=wanted.feeds):
            raise Refused(Reason.MEDIA_TYPE, type=str(media_type))
        data = await self._body(response, link, wanted)
        if media_type in _HTML and forwards(data, is_same):
            raise Refused(Reason.FORWARDS)
        return Fetched(Document(data, file_name(link), media_type, charset, link.url), etag, last_modified)

    async def _body(self, response: "aiohttp.ClientResponse", link: Link, wanted: _Wanted) -> bytes:
        """Read and inflate a body, up to the limits of the policy. Raises ``Refused``."""
        data = bytearray()
        try:
            await self._receive(data, response, link, wanted)
        finally:
            self._arrived[wanted.by] -= len(data)
            if not self._arrived[wanted.by]:
                del self._arrived[wanted.by]
        return bytes(data)

    async def _receive(self, data: bytearray, response: "aiohttp.ClientResponse", link: Link, wanted: _Wanted) -> None:
        """Take a body into ``data`` as it arrives. Raises ``Refused``."""
        expected = length(response.headers, link, self._policy)
        inflater = Inflater(coding(response.headers, link), link.host.text)
        received = 0
        async for chunk in response.content.iter_chunked(_CHUNK):
            received += len(chunk)
            if received > self._policy.raw_bytes:
                raise Refused(Reason.LARGE, megabytes=self._policy.raw_megabytes)
            for piece in inflater.feed(chunk):
                is_start = len(data) < SIGNATURE
                data += piece
                self._arrived[wanted.by] += len(piece)
                self._refuse_most(wanted.by)
                if len(data) > self._policy.inflated_bytes:
                    raise Refused(Reason.LARGE_INFLATED, megabytes=self._policy.inflated_megabytes)
                if is_start and (content := unreadable_content(bytes(data[:SIGNATURE]))):
                    raise Refused(Reason.CONTENT, content=Phrase(content))
                await asyncio.sleep(0)  # inflating is work: others come first
            wanted.progress(received, expected)
        if not received:
            raise Refused(Reason.EMPTY)
        inflater.finish()
        if not data:
            raise Refused(Reason.EMPTY)

    def _refuse_most(self, by: str | None) -> None:
        """Refuse a person who takes most of the room for bodies when there is no more. Raises ``Refused``."""
        if self._arrived.total() > self._policy.arriving_bytes and self._arrived[by] == max(self._arrived.values()):
            raise Refused(Reason.CROWDED)


def _mixed(addresses: Sequence[str]) -> list[str]:
    """Return addresses with those of both families by turns, so that the first few are not all of one out of reach."""
    families = [[address for address in addresses if (":" in address) is is_v6] for is_v6 in (True, False)]
    return [address for pair in zip_longest(*families) for address in pair if address is not None]


def _is_same(link: Link, policy: Policy, target: str) -> bool:
    """Tell whether an address that a page names is the page's own."""
    try:
        return canonical(join(link, target, policy).url) == canonical(link.url)
    except Refused:
        return False


def _request_headers(*, feeds: bool) -> dict[str, str]:
    """Return what is said of ourselves to a site: what reads, and nothing of the machine or the person."""
    try:
        name = f"Sourcier/{version('sourcier')}"
    except PackageNotFoundError:
        name = "Sourcier"
    return {
        "User-Agent": name,
        "Accept": _ACCEPT_FEEDS if feeds else _ACCEPT,
        "Accept-Language": "*",  # the page as its address has it, not a translation
        "Accept-Encoding": "gzip, deflate",
    }
