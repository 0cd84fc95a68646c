"""The rankers of the shelves that are in use, the least recently used dropped first."""

from collections import OrderedDict

from index.ranking.postings import Postings


class ShelfRankers:
    """At most ``capacity`` rankers by shelf. Dropping one loses nothing: the store has all it was built from."""

    def __init__(self, capacity: int) -> None:
        if capacity < 1:
            raise ValueError(f"capacity must be at least 1, not {capacity}")
        self._capacity = capacity
        self._rankers: OrderedDict[str, Postings] = OrderedDict()

    def __len__(self) -> int:
        return len(self._rankers)

    def get(self, shelf: str) -> Postings | None:
        """Return a shelf's ranker where it is in memory, and count it as used."""
        ranker = self._rankers.get(shelf)
        if ranker is not None:
            self._rankers.move_to_end(shelf)
        return ranker

    def put(self, shelf: str, ranker: Postings) -> None:
        """Keep a shelf's ranker, and drop the least recently used ones over the capacity."""
        self._rankers[shelf] = ranker
        self._rankers.move_to_end(shelf)
        while len(self._rankers) > self._capacity:
            self._rankers.popitem(last=False)

    def drop(self, shelf: str) -> None:
        """Drop a shelf's ranker, if it has one here."""
        self._rankers.pop(shelf, None)

    def clear(self) -> None:
        """Drop all rankers."""
        self._rankers.clear()

    def seeing(self, shelf: str, *, everywhere: bool) -> list[Postings]:
        """Return the rankers in memory that must learn of a change on a shelf: its own, or all of them."""
        return [ranker for name, ranker in self._rankers.items() if everywhere or name == shelf]
