"""The passages that were cited lately, with their sources and the terms of their sentences, as the store has them."""

from collections import OrderedDict
from collections.abc import Sequence

from index.answering import remembered
from index.preparation import Candidate
from index.store import sources
from index.store.database import Database

_REMEMBERED = 600


class Candidates:
    """Passages out of the store. What a passage says never changes, so it is read once and kept for a while.

    For one thread only, which waits while it reads.
    """

    def __init__(self, store: Database) -> None:
        self._store = store
        self._known: OrderedDict[int, Candidate] = OrderedDict()

    def of(self, keys: Sequence[int]) -> dict[int, Candidate]:
        """Return passages by their keys; one that has been erased is not among them."""
        if unread := [key for key in keys if key not in self._known]:
            with self._store.scan() as connection:
                read = sources.cited(connection, unread)
            self._known |= {key: sources.as_candidate(raw) for key, raw in read.items()}
        found = {}
        for key in keys:
            if key in self._known:
                self._known.move_to_end(key)
                found[key] = self._known[key]
        while len(self._known) > _REMEMBERED:
            self._known.popitem(last=False)
        return found

    def forget(self) -> None:
        """Keep nothing of what was read: something of it has been erased."""
        self._known.clear()
        remembered.forget()
