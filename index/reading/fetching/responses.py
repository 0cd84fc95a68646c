"""What the head of a response says: read it, follow it, or why not."""

import re
from typing import TYPE_CHECKING

from index.reading.fetching.inflating import Coding
from index.reading.fetching.links import Link, join
from index.reading.fetching.policy import Policy
from index.reading.fetching.refusals import Reason, Refused

if TYPE_CHECKING:
    from multidict import CIMultiDictProxy

OK = 200
NOT_MODIFIED = 304
REDIRECTS = frozenset({301, 302, 303, 307, 308})
_REASONS = {
    401: Reason.NOT_ALLOWED,
    402: Reason.NOT_ALLOWED,
    403: Reason.NOT_ALLOWED,
    404: Reason.GONE,
    407: Reason.NOT_ALLOWED,
    410: Reason.GONE,
    429: Reason.SITE_BUSY,
    451: Reason.NOT_ALLOWED,
    500: Reason.SITE_FAILS,
    502: Reason.SITE_FAILS,
    503: Reason.SITE_BUSY,
    504: Reason.SITE_FAILS,
}
_CODINGS = {"gzip": Coding.GZIP, "x-gzip": Coding.GZIP, "deflate": Coding.DEFLATE}
_ASCII = range(0x80)
_VALIDATOR = re.compile(r"[\x21-\x7e][\x20-\x7e]{0,499}")


def status_refused(status: int, link: Link) -> Refused:
    """Return why a response of another status than 200 is not read. No site is waited for until it has time."""
    return Refused(_REASONS.get(status, Reason.STATUS), host=link.host.text, status=status)


def next_link(headers: "CIMultiDictProxy[str]", link: Link, policy: Policy) -> Link:
    """Return where a redirect leads to. Raises ``Refused``.

    From https to http is refused: whoever gave an https link wants the page as its publisher wrote it.
    """
    locations = headers.getall("Location", [])
    if len(set(locations)) != 1:
        raise Refused(Reason.REDIRECT, host=link.host.text)
    target = join(link, _decoded(locations[0]), policy)
    if link.scheme == "https" and target.scheme == "http":
        raise Refused(Reason.DOWNGRADE, host=link.host.text)
    return target


def coding(headers: "CIMultiDictProxy[str]", link: Link) -> Coding:
    """Return how a body is compressed. Raises ``Refused`` for a way that was not asked for, and for two at once."""
    named = [part.strip().lower() for value in headers.getall("Content-Encoding", []) for part in value.split(",")]
    applied = [part for part in named if part not in {"", "identity"}]
    if not applied:
        return Coding.IDENTITY
    if len(applied) > 1 or applied[0] not in _CODINGS:
        raise Refused(Reason.COMPRESSION, host=link.host.text)
    return _CODINGS[applied[0]]


def length(headers: "CIMultiDictProxy[str]", link: Link, policy: Policy) -> int | None:
    """Return how many bytes a body has, where its head says so. Raises ``Refused`` for too many, and for no number."""
    lengths = set(headers.getall("Content-Length", []))
    if not lengths:
        return None
    written = lengths.pop()
    if lengths or not (written.isascii() and written.isdigit()):
        raise Refused(Reason.BROKEN, host=link.host.text)
    if len(written) > len(str(policy.raw_bytes)) or int(written) > policy.raw_bytes:
        raise Refused(Reason.LARGE, megabytes=policy.raw_megabytes)
    return int(written)


def validator(value: str | None) -> str | None:
    """Return an ``ETag`` or ``Last-Modified`` that may be sent back as it is; None for anything else."""
    return value if value is not None and _VALIDATOR.fullmatch(value) else None


def _decoded(location: str) -> str:
    """Return a header as text, given with each byte beyond ASCII and UTF-8 as a lone surrogate.

    Where it is not UTF-8 its bytes are sent back as they came, percent-encoded.
    """
    raw = location.encode("utf-8", "surrogateescape")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return "".join(chr(byte) if byte in _ASCII else f"%{byte:02X}" for byte in raw)
