"""The articles that come with Sourcier."""

import hashlib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import PurePath

from index.model import Article


@cache
def fingerprint() -> str:
    """Return a digest of all the seeds, by which a store knows whether it was given these ones."""
    digest = hashlib.sha256()
    for file in _files():
        data = file.read_bytes()
        digest.update(f"{file.name}\0{len(data)}\0".encode() + data)
    return digest.hexdigest()


def articles() -> Iterator[tuple[str, Article]]:
    """Yield each seed's id, which is its file's name, and its article."""
    from index.reading.article import read

    for file in _files():
        yield PurePath(file.name).stem, read(file.read_bytes(), file.name)


def _files() -> list[Traversable]:
    folder = files("seeds") / "articles"
    return sorted((file for file in folder.iterdir() if file.name.endswith(".md")), key=lambda file: file.name)
