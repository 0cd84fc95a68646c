"""Several things to read at once: the files of a folder, the addresses of a list, the articles that a feed names."""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from index.errors import BadInput
from index.reading.article import SUFFIXES
from index.reading.charsets import decode
from index.reading.feeds import Feed
from index.reading.fetching.links import canonical
from index.reading.kinds import ENDINGS, READABLE

TEXTS = frozenset(SUFFIXES)
"""How the names of files end that need no process of their own to be read."""

_COMMENT = "#"


class File(NamedTuple):
    """A file of this machine, which whoever runs the program names or has in a folder."""

    path: Path


class Address(NamedTuple):
    """A page of the web. ``feed``: a feed names it, not a person; then ``published`` is the day it gives."""

    url: str
    feed: bool = False
    published: str | None = None


class Typed(NamedTuple):
    """Bytes from standard input."""

    data: bytes


Item = File | Address | Typed


def name_of(item: Item) -> str:
    """Return what a sentence calls an item."""
    if isinstance(item, File):
        return os.fsencode(item.path).decode("utf-8", "replace")
    return item.url if isinstance(item, Address) else "standard input"


def is_address(written: str) -> bool:
    """Tell whether somebody means an address of the web rather than a file."""
    return "://" in written or written.casefold().startswith(("http:", "https:"))


def is_folder(path: Path) -> bool:
    """Tell whether there is a folder at a path."""
    try:
        return path.is_dir()
    except OSError:
        return False


def in_folder(folder: Path) -> Iterator[File | BadInput]:
    """Yield the readable files of a folder and of the folders in it, by name, and what cannot be looked into.

    What is hidden (its name begins with a dot) is left alone. Links to folders are not followed, nor links to files
    elsewhere: whoever made one in the folder could otherwise have any file read that the operator may read.
    """
    refused: list[OSError] = []
    root, found, outside = folder.resolve(), False, 0
    for place, folders, names in os.walk(folder, onerror=refused.append):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            path = Path(place, name)
            if path.suffix.casefold() in ENDINGS and not name.startswith(".") and _is_regular(path):
                if path.is_symlink() and not path.resolve().is_relative_to(root):
                    outside += 1
                    continue
                found = True
                yield File(path)
    for error in refused:
        yield BadInput("{path} cannot be read: {reason}.", path=error.filename, reason=error.strerror or error)
    name = name_of(File(folder))
    if outside:
        told = "Links in {name} that lead to files elsewhere are passed over: {count}."
        yield BadInput(told, name=name, count=outside)
    elif not found and not refused:
        yield BadInput("{name} has no file that can be read: {readable}.", name=name, readable=READABLE)


def in_list(data: bytes, name: str) -> Iterator[Address]:
    """Yield the addresses of a list, one a line; lines that begin with # say nothing. Raises ``BadInput``."""
    lines = (line.strip() for line in decode(data, name).splitlines())
    yield from (Address(line) for line in lines if line and not line.startswith(_COMMENT))


def in_feed(feed: Feed, most: int | None = None) -> Iterator[Address]:
    """Yield the addresses of the newest ``most`` articles of a feed (None: of all), the newest first."""
    for entry in feed.entries[:most]:
        yield Address(entry.url, feed=True, published=entry.published)


def distinct(items: Iterable[Item | BadInput]) -> list[Item | BadInput]:
    """Return items without those whose page is named a second time."""
    seen: set[str] = set()
    left: list[Item | BadInput] = []
    for item in items:
        if isinstance(item, Address):
            page = canonical(item.url)
            if page in seen:
                continue
            seen.add(page)
        left.append(item)
    return left


def _is_regular(path: Path) -> bool:
    """Tell whether there is a file at a path whose bytes come to an end."""
    try:
        return path.is_file()
    except OSError:
        return False
