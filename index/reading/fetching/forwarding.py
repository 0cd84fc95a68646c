"""Pages that are no articles: they only send their readers on, by a header or by an element of HTML."""

import html
import re
from collections.abc import Callable

_SOON = 15  # seconds; pages that reload or go home when nobody reads them any more take minutes
_START = 64 * 1024  # bytes: the element stands at the head of a page
_LONGEST = 2_500  # characters of what is read as such a header
_DELAY = re.compile(r"(\d{0,6})(?:\.\d*)?")
_URL = re.compile(r"url\s*=", re.IGNORECASE)
_PIECE = re.compile(rb"<!--|-->|<(/?)noscript\b|<meta\b([^<>]{1,2500})>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"([a-z-]{1,20})\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))", re.IGNORECASE)


def is_forward(refresh: str, is_same: Callable[[str], bool]) -> bool:
    """Tell whether a ``Refresh`` header sends readers on to another page soon; ``is_same`` knows the page's own."""
    delay, *rest = re.split(r"[;,\s]", refresh.strip()[:_LONGEST], maxsplit=1)
    seconds = _DELAY.fullmatch(delay)
    if seconds is None or int(seconds[1] or 0) > _SOON:
        return False
    target = _URL.sub("", "".join(rest).strip(" \t\r\n;,"), count=1).strip(" \t\r\n\"'")
    return bool(target) and not is_same(target)


def forwards(page: bytes, is_same: Callable[[str], bool]) -> bool:
    """Tell whether a page of HTML has an element that does as such a header. What is for other readers is left out."""
    is_comment = is_without_scripts = False
    for piece in _PIECE.finditer(page[:_START]):
        found = piece[0].lower()
        if found in {b"<!--", b"-->"}:
            is_comment = found == b"<!--"
        elif is_comment:
            continue
        elif piece[2] is None:
            is_without_scripts = not piece[1]
        elif not is_without_scripts:
            attributes = {
                name.lower(): html.unescape(quoted or single or bare)
                for name, quoted, single, bare in _ATTRIBUTE.findall(piece[2].decode("utf-8", "replace"))
            }
            if attributes.get("http-equiv", "").strip().lower() == "refresh":
                return is_forward(attributes.get("content", ""), is_same)
    return False
