"""Feeds: which articles a site names in its RSS or Atom file, and when it published them."""

from calendar import timegm
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from io import BytesIO
from typing import Any

from index.errors import BadInput
from index.model import Noun, PartialDate
from index.reading.cleaning import clean_line, shown
from index.reading.document import Document

MOST_ENTRIES = 1_000
"""Of a feed; what stands after them is left out."""

_LONGEST_LINK = 2_048
_LONGEST_TITLE = 300


class Entry(Noun):
    """An article that a feed names: its address, what the feed calls it, and the day on which it was published."""

    url: str
    title: str = ""
    published: PartialDate | None = None


class Feed(Noun):
    """A feed, its entries the newest first; those without a day stand last, in the feed's own order."""

    title: str
    entries: tuple[Entry, ...]


def read_feed(document: Document) -> Feed:
    """Return what a feed names. Raises ``BadInput`` where there is none, or it names no article.

    For untrusted bytes: it runs in a process of its own (``index.reading.apart``). Nothing is fetched.
    """
    import feedparser

    # From a stream: of a text the library would think that it is an address or the name of a file.
    parsed: Any = feedparser.parse(BytesIO(document.data), response_headers=_headers(document), sanitize_html=False)
    name = shown(document.name)
    if not parsed.version and not parsed.entries:
        raise BadInput("{name} is no feed: it is neither RSS nor Atom.", name=name)
    entries = list(_entries(parsed.entries))
    if not entries:
        raise BadInput("{name} is a feed that names no article.", name=name)
    entries.sort(key=lambda entry: entry.published or "", reverse=True)
    return Feed(title=clean_line(parsed.feed.get("title", ""))[:_LONGEST_TITLE], entries=tuple(entries))


def _headers(document: Document) -> dict[str, str]:
    """Return what the sender said of a feed: where it was, for addresses without a host, and its encoding."""
    said = {}
    if document.url:
        said["content-location"] = document.url
    if document.charset:
        said["content-type"] = f"application/xml; charset={document.charset}"
    return said


def _entries(found: Iterable[Mapping[str, Any]]) -> Iterator[Entry]:
    """Yield the entries that have an address, each address once."""
    seen: set[str] = set()
    for entry in found:
        url = _address(entry)
        if url in seen or not 0 < len(url) <= _LONGEST_LINK:
            continue
        seen.add(url)
        yield Entry(url=url, title=clean_line(entry.get("title", ""))[:_LONGEST_TITLE], published=_day(entry))
        if len(seen) >= MOST_ENTRIES:
            return


def _address(entry: Mapping[str, Any]) -> str:
    """Return an entry's address; of one that leads through a counter of readers, the address behind that."""
    return str(entry.get("feedburner_origlink") or entry.get("link") or "").strip()


def _day(entry: Mapping[str, Any]) -> str | None:
    """Return the day on which an entry was published, else the one on which it was last changed."""
    field = "published" if entry.get("published") else "updated"
    written, moment = str(entry.get(field) or ""), entry.get(f"{field}_parsed")
    for read in (parsedate_to_datetime, datetime.fromisoformat):
        try:
            return read(written.strip()).date().isoformat()  # the day where it was written, not in UTC
        except ValueError:
            continue
    try:
        return datetime.fromtimestamp(timegm(moment), UTC).date().isoformat() if moment else None
    except (ValueError, OverflowError, OSError):
        return None
