"""Links that open a source at a sentence: URLs with a text directive.

The directive is that of https://wicg.github.io/scroll-to-text-fragment/. Browsers that do not know it open the page.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from ipaddress import IPv4Address
from urllib.parse import quote, urlsplit, urlunsplit

from yarl import URL

_MOST_WORDS = 8  # at each end of a long sentence
_FEWEST_WORDS = 2
_REFUSED = frozenset({"Cc", "Cs", "Zs", "Zl", "Zp"})
_STRAY_PERCENT = re.compile("%(?![0-9A-Fa-f]{2})")
_PATH = "%!$&'()*+,;=:@/"  # RFC 3986, and "%" of what is encoded already
_QUERY = _PATH + "?"
# Discord refuses a message with a link to a host without a top-level domain.
_HOST = re.compile(r"(?=.{4,253}\Z)(?:(?!-)[a-z0-9_-]{1,63}(?<!-)\.)+(?:[a-z]{2,63}|xn--[a-z0-9-]{1,58}[a-z0-9])")


def deep_link(url: str | None, sentence: str, limit: int = 512) -> str | None:
    """Return the URL of a page with a directive to a sentence on it, in ASCII and at most ``limit`` long.

    A long sentence is given by its first and last words; where these have no room either, the URL comes without a
    directive. A fragment is kept, a directive of the URL's own is replaced. What is encoded stays as it is.

    ``None`` where there is no URL, or none that Discord links: another scheme than http and https, credentials, white
    space or control characters, a malformed host or port, a host without a top-level domain, no room.
    """
    address = _encoded(url or "")
    if address is None or len(address) > limit:
        return None
    mark = ":~:text=" if "#" in address else "#:~:text="
    for directive in _directives(sentence.split()):
        link = f"{address}{mark}{directive}"
        if len(link) <= limit:
            return link
    return address


def _directives(words: Sequence[str]) -> Iterator[str]:
    """Yield what may stand for a sentence, the longest first. White space counts as one space on pages."""
    if words:
        yield _part(words)
    for count in range(min(_MOST_WORDS, len(words) // 2), _FEWEST_WORDS - 1, -1):
        yield f"{_part(words[:count])},{_part(words[-count:])}"


def _part(words: Sequence[str]) -> str:
    """Encode a part of a directive, in which ``-``, ``,`` and ``&`` have a meaning of their own."""
    return quote(" ".join(words), safe="", errors="replace").replace("-", "%2D")


def _encoded(url: str) -> str | None:
    """Return a URL in ASCII, without a text directive; ``None`` for what is not to be linked."""
    if any(unicodedata.category(sign) in _REFUSED for sign in url):
        return None
    try:
        parts = urlsplit(url)
        port = "" if parts.port is None else f":{parts.port}"
        host = _host(parts.hostname or "")
    except ValueError:
        return None
    if parts.scheme not in {"http", "https"} or "@" in parts.netloc or "[" in parts.netloc or not host:
        return None
    fragment = parts.fragment.partition(":~:")[0]
    texts = (_requoted(parts.path, _PATH), _requoted(parts.query, _QUERY), _requoted(fragment, _QUERY))
    return urlunsplit((parts.scheme, host + port, *texts))


def _host(name: str) -> str | None:
    """Return a host in ASCII (IDNA); ``None`` for one that Discord does not link. Raises ``ValueError``, too."""
    host = (URL.build(scheme="https", host=name).raw_host or "").removesuffix(".")
    if host.replace(".", "").isdigit():
        return str(IPv4Address(host))
    return host if _HOST.fullmatch(host) else None


def _requoted(text: str, safe: str) -> str:
    return quote(_STRAY_PERCENT.sub("%25", text), safe=safe)
