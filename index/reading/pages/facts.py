"""What a page says of its article in its head: title, author, date, who published it, where it belongs."""

import json
import re
from collections.abc import Iterable, Iterator
from email.utils import parsedate_to_datetime
from html import unescape
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import SplitResult, urljoin, urlsplit

from pydantic import TypeAdapter, ValidationError

from index.model import PartialDate
from index.reading.cleaning import clean_line

if TYPE_CHECKING:
    from lxml.html import HtmlElement


class Facts(NamedTuple):
    """What is known of a page's article; None where the page does not say it. ``is_paid``: one must pay to read all."""

    title: str | None
    author: str | None
    publisher: str | None
    published: str | None
    url: str | None
    is_paid: bool


_MOST_SCRIPTS = 20
_MOST_SCRIPT = 2_000_000  # code points
_MOST_NODES = 5_000
_MOST_NAMES = 5
_LONGEST_NAME = 100
_LONGEST_TITLE = 300  # what an Article takes
_ARTICLES = re.compile(r"(?:\w*article|blogposting|socialmediaposting|report|liveblogposting|discussionforumposting)$")
_TITLES = ("og:title", "twitter:title", "dc.title", "dcterms.title", "citation_title", "parsely-title", "title")
_AUTHORS = ("author", "article:author", "dc.creator", "dcterms.creator", "parsely-author", "sailthru.author", "byl")
_PUBLISHERS = ("og:site_name", "application-name", "dc.publisher", "dcterms.publisher", "publisher")
_DATES = (
    *("article:published_time", "og:article:published_time", "datepublished", "parsely-pub-date", "sailthru.date"),
    *("dc.date.issued", "dcterms.issued", "dc.date.created", "dcterms.created", "citation_publication_date"),
    *(
        "publication_date",
        "publish_date",
        "publish-date",
        "pubdate",
        "article.published",
        "dc.date",
        "dcterms.date",
        "date",
    ),
)
_TAG = re.compile(r"<[^<>]{0,200}>")
_BY = re.compile(r"(?:par|by|de|écrit par|written by|propos recueillis par)\s*:?\s+(?=\w)", re.IGNORECASE)
_SEPARATOR = re.compile(r"\s+[|–—·•:»«~-]+\s+|\s*[|»]\s*")
_FOLDED = re.compile(r"[\W_]+")
_ISO = re.compile(r"\s*(\d{4})[-/.]?(\d{2})?(?:[-/.]?(\d{2}))?(?!\d)")
_PORTS = {"http": 80, "https": 443}
_EPOCH = "1970-01-01"  # what a page says that has no date
_MOST_SITE_WORDS = 5
_SHORTEST_SITE = 5  # letters of a host by which a name is known as its
_LIKE = 0.5  # of the words of two titles, shared


def read_facts(tree: "HtmlElement", url: str | None) -> Facts:
    """Return what a page says of its article: in JSON-LD, in ``meta`` elements, in its markup.

    ``url`` is where the page was found; its own word on that counts only for the same host.
    """
    meta = _meta(tree)
    nodes = list(_nodes(tree))
    articles = [node for node in nodes if _is_article(node)]
    article = articles[0] if articles else {}
    publisher = _first(_texts(meta, _PUBLISHERS[:1])) or _name(article.get("publisher"))
    publisher = publisher or _first(_texts(meta, _PUBLISHERS[1:])) or _site(nodes)
    titles = [*_of(article, "headline", "name"), *_texts(meta, _TITLES), *_element_texts(tree, "title")]
    sites = _sites(publisher, url)
    parted = [_parted(title, sites) for title in titles]
    publisher = publisher or _first(site for _, site in parted)
    return Facts(
        title=_title([title for title, _ in parted], _element_texts(tree, "h1"), sites),
        author=_author(article, meta, tree),
        publisher=publisher if publisher and len(publisher) <= _LONGEST_NAME else None,
        published=_published(article, meta, tree),
        url=_canonical(tree, meta, url),
        is_paid=str(article.get("isAccessibleForFree")).casefold() in ("false", "no", "0"),
    )


def _meta(tree: "HtmlElement") -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for element in tree.iter("meta"):
        content = clean_line(element.get("content") or "")
        for attribute in ("property", "name", "itemprop"):
            if content and (name := element.get(attribute)):
                found.setdefault(name.strip().casefold(), []).append(content)
    return found


def _nodes(tree: "HtmlElement") -> Iterator[dict[str, object]]:
    """Yield the objects of a page's JSON-LD, outer ones first."""
    scripts = [script for script in tree.iter("script") if "ld+json" in (script.get("type") or "").casefold()]
    level: list[object] = []
    for script in scripts[:_MOST_SCRIPTS]:
        try:
            level.append(json.loads((script.text or "")[:_MOST_SCRIPT], strict=False))
        except (ValueError, RecursionError):  # it is not what it says it is, or nested on purpose
            continue
    seen = 0
    while level and seen < _MOST_NODES:
        inner: list[object] = []
        for value in level[:_MOST_NODES]:
            seen += 1
            if isinstance(value, dict):
                yield value
                inner += value.values()
            elif isinstance(value, list):
                inner += value
        level = [value for value in inner if isinstance(value, dict | list)]


def _is_article(node: dict[str, object]) -> bool:
    kinds = node.get("@type")
    kinds = kinds if isinstance(kinds, list) else [kinds]
    return any(isinstance(kind, str) and _ARTICLES.match(kind.casefold()) for kind in kinds)


def _site(nodes: Iterable[dict[str, object]]) -> str | None:
    return _first(
        _name(node) for node in nodes if node.get("@type") in ("WebSite", "NewsMediaOrganization", "Organization")
    )


def _of(node: dict[str, object], *names: str) -> list[str]:
    return [_plain(value) for name in names if isinstance(value := node.get(name), str)]


def _name(value: object) -> str | None:
    """Return the name of a person or an organisation as JSON-LD gives it: text, an object, or several."""
    if isinstance(value, list):
        return _first(_name(one) for one in value[:_MOST_NAMES])
    if isinstance(value, dict):
        value = value.get("name")
        value = value[0] if isinstance(value, list) and value else value
    return _plain(value) or None if isinstance(value, str) else None


def _plain(text: str) -> str:
    return clean_line(_TAG.sub(" ", unescape(text[:2_000])))


def _texts(meta: dict[str, list[str]], names: Iterable[str]) -> list[str]:
    return [_plain(text) for name in names for text in meta.get(name, ())]


def _element_texts(tree: "HtmlElement", tag: str) -> list[str]:
    found = (clean_line(" ".join(element.itertext())[:2_000]) for element in tree.iter(tag))
    return [text for text in found if text]


def _first(texts: Iterable[str | None]) -> str | None:
    return next((text for text in texts if text), None)


def _sites(publisher: str | None, url: str | None) -> frozenset[str]:
    """Return what a page's site is called, folded: its publisher, the parts of its host."""
    host = (urlsplit(url or "").hostname or "").split(".")
    return frozenset({_fold(name) for name in (publisher or "", *host)} - {"", "www", "com", "fr", "org", "net"})


def _title(titles: list[str], headings: list[str], sites: frozenset[str]) -> str | None:
    """Return the title: the heading that the page's head means, else what stands in the head."""
    for heading in headings:
        if _fold(heading) not in sites and any(_is_like(heading, title) for title in titles):
            return heading[:_LONGEST_TITLE].strip()
    return (_first(titles) or _first(headings) or "")[:_LONGEST_TITLE].strip() or None


def _parted(title: str, sites: frozenset[str]) -> tuple[str, str | None]:
    """Return a title, and the name of its site where that stands after or before it."""
    parts = list(_SEPARATOR.finditer(title))
    if not parts:
        return title, None
    first, last = parts[0], parts[-1]
    for own, other, sign in (
        (title[: last.start()], title[last.end() :], last[0]),
        (title[first.end() :], title[: first.start()], first[0]),
    ):
        name = _fold(other)
        is_named = name in sites or any(site in name for site in sites if len(site) >= _SHORTEST_SITE)
        is_divided = "|" in sign and len(own.split()) > len(other.split())
        if own.strip() and name and (is_named or is_divided) and len(other.split()) <= _MOST_SITE_WORDS:
            return own.strip(), other.strip()
    return title, None


def _is_like(heading: str, title: str) -> bool:
    one, other = (set(_FOLDED.sub(" ", text.casefold()).split()) for text in (heading, title))
    return bool(one and other) and len(one & other) >= _LIKE * max(len(one), len(other))


def _fold(text: str) -> str:
    return _FOLDED.sub("", text.casefold())


def _author(article: dict[str, object], meta: dict[str, list[str]], tree: "HtmlElement") -> str | None:
    people = article.get("author")
    people = people if isinstance(people, list) else [people]
    names = [name for one in people[:_MOST_NAMES] if (name := _name(one))] or _texts(meta, _AUTHORS)
    if not names:
        marked = tree.xpath("//*[@rel='author' or @itemprop='author']")[:_MOST_NAMES]
        names = [clean_line(" ".join(element.itertext())[:500]) for element in marked]
    kept = [without_by(name) for name in names if _is_name(name)]
    return ", ".join(dict.fromkeys(kept)) or None


def without_by(name: str) -> str:
    """Return a name without the word that says that its bearer wrote something."""
    by = _BY.match(name)
    return name[by.end() :] if by else name


def _is_name(text: str) -> bool:
    return bool(text) and len(text) <= _LONGEST_NAME and "://" not in text and "@" not in text and text[:1] != "/"


def _published(article: dict[str, object], meta: dict[str, list[str]], tree: "HtmlElement") -> str | None:
    stated = [*_of(article, "datePublished", "dateCreated"), *_texts(meta, _DATES)]
    for element in tree.xpath("//*[@itemprop='datePublished' or @pubdate]")[:_MOST_NAMES]:
        stated += [element.get("datetime") or element.get("content") or ""]
    return _first(_day(text) for text in stated)


def _day(text: str) -> str | None:
    """Return the year, month or day that a page's head states; None where it states none."""
    found = _ISO.match(text)
    parts = "-".join(filter(None, found.groups())) if found else ""
    if not parts:
        try:
            parts = parsedate_to_datetime(text).date().isoformat()
        except (ValueError, TypeError, IndexError, OverflowError):
            return None
    try:
        day: str = TypeAdapter(PartialDate).validate_python(parts)
    except ValidationError:
        return None
    return None if day == _EPOCH else day


def _canonical(tree: "HtmlElement", meta: dict[str, list[str]], url: str | None) -> str | None:
    """Return the page's own address where it is one of the same host, else where it was found."""
    links = [
        link.get("href") or ""
        for link in tree.iter("link")
        if "canonical" in (link.get("rel") or "").casefold().split()
    ]
    for link in (*links, *meta.get("og:url", ())):
        own = _joined(url, link.strip())
        if own and _machine(urlsplit(own)) is not None and (url is None or _is_same_site(own, url)):
            return own
    return url


def _is_same_site(own: str, url: str) -> bool:
    """Tell whether a page may be at ``own``, too; some templates call every page by the address of the first."""
    there, here = urlsplit(own), urlsplit(url)
    is_first = there.path.strip("/") == "" and here.path.strip("/") != ""
    return _machine(there) == _machine(here) and not is_first


def _machine(address: SplitResult) -> tuple[str | None, int | None] | None:
    """Return the host and the port of an address, None for the usual one; None for an address with a name to log in."""
    try:
        port = None if address.port == _PORTS.get(address.scheme) else address.port
    except ValueError:
        return None
    return None if "@" in address.netloc else (address.hostname, port)


def _joined(url: str | None, link: str) -> str | None:
    try:
        own = urljoin(url or "", link)
        parts = urlsplit(own)
    except ValueError:
        return None
    return own if link and parts.scheme in ("http", "https") and parts.hostname else None
