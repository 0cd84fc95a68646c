"""Ids made of titles."""

import re

from index.language.analysis import fold

_LONGEST = 60


def slug(title: str) -> str:
    """Return a title as an id: lower-case ASCII words joined by hyphens, at most 60 characters."""
    plain = re.sub(r"[^a-z0-9]+", "-", fold(title.casefold())).strip("-")
    if len(plain) > _LONGEST:
        plain = plain[: _LONGEST + 1].rpartition("-")[0] or plain[:_LONGEST]
    return plain or "source"
