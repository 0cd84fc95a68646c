"""The lexicons of the shelves in use: what comes with Sourcier, with the entries that moderators have added."""

import asyncio
from collections.abc import Iterable
from contextlib import suppress
from typing import NamedTuple

from index.errors import BadInput
from index.language.dictionary import Lexicon, shipped
from index.language.own_entries import own_entries
from index.model import SHARED, visible
from index.shelves import ByShelf
from index.store import preferences
from index.store.database import Database

SYNONYMS = "synonyms"
"""The preference in which a shelf's own entries stand, as they were written."""

_LEXICONS = 64


class _Made(NamedTuple):
    """A lexicon, and the texts that it was made with."""

    texts: list[str]
    lexicon: Lexicon


class Lexicons:
    """The lexicons in memory. A shelf has its own entries and those of the shared one, as it has sources.

    ``changing`` is held by whoever changes what stands in the store, until the lexicons have learnt of it.
    """

    def __init__(self, store: Database, changing: asyncio.Lock) -> None:
        self._store = store
        self._changing = changing
        self._lexicons = ByShelf[_Made](_LEXICONS)

    async def of(self, shelf: str) -> Lexicon:
        """Return a shelf's lexicon. A reader looks each time whether another process has changed what stands there."""
        made = self._lexicons.get(shelf)
        if made is not None and self._store.writable:
            return made.lexicon
        async with self._changing:
            async with self._store.peek() as connection:
                texts = await preferences.everywhere(connection, visible(shelf), SYNONYMS)
            if made is None or made.texts != texts:
                made = _Made(texts, await asyncio.to_thread(_make, texts))
                self._lexicons.put(shelf, made)
        return made.lexicon

    def forget(self, shelf: str) -> None:
        """Drop a shelf's lexicon, or all that see it, to be made anew. The caller holds ``changing``."""
        if shelf == SHARED:
            self._lexicons.clear()
        else:
            self._lexicons.drop(shelf)


def _make(texts: Iterable[str]) -> Lexicon:
    """Return the shipped lexicon with the entries of some texts; a text that is none, from another hand, adds none."""
    entries = []
    for text in texts:
        with suppress(BadInput):
            entries += own_entries(text)
    return shipped().with_entries(entries) if entries else shipped()
