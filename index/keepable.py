"""What of an article may be kept: an address of the web or none, and a title without a NUL."""

import re

_WEB = re.compile(r"https?://\S+", re.IGNORECASE)
_NUL = "\0"


def wrong_with(title: str, url: str | None) -> str:
    """Say what about a title and an address may not be kept; nothing where both may.

    Faces link to addresses, and some programs open any scheme; a NUL ends a text for many others.
    """
    if url is not None and not _WEB.fullmatch(url):
        return "its url does not begin with https:// or http://, or has white space in it"
    return "its title has a NUL character in it" if _NUL in title else ""
