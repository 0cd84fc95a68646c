"""What is in memory for the shelves that are in use, the least recently used dropped first."""

from collections import OrderedDict
from typing import Generic, TypeVar

T = TypeVar("T")


class ByShelf(Generic[T]):
    """At most ``capacity`` values by shelf. Dropping one loses nothing: the store has all it was built from."""

    def __init__(self, capacity: int) -> None:
        if capacity < 1:
            raise ValueError(f"capacity must be at least 1, not {capacity}")
        self._capacity = capacity
        self._values: OrderedDict[str, T] = OrderedDict()

    def __len__(self) -> int:
        return len(self._values)

    def get(self, shelf: str) -> T | None:
        """Return a shelf's value where it is in memory, and count it as used."""
        value = self._values.get(shelf)
        if value is not None:
            self._values.move_to_end(shelf)
        return value

    def put(self, shelf: str, value: T) -> None:
        """Keep a shelf's value, and drop the least recently used ones over the capacity."""
        self._values[shelf] = value
        self._values.move_to_end(shelf)
        while len(self._values) > self._capacity:
            self._values.popitem(last=False)

    def replace(self, shelf: str, value: T) -> None:
        """Change a shelf's value where it has one, which is no use of it."""
        if shelf in self._values:
            self._values[shelf] = value

    def drop(self, shelf: str) -> None:
        """Drop a shelf's value, if it has one here."""
        self._values.pop(shelf, None)

    def clear(self) -> None:
        """Drop all values."""
        self._values.clear()

    def seeing(self, shelf: str, *, everywhere: bool) -> dict[str, T]:
        """Return the values in memory that must learn of a change on a shelf: its own, or all of them."""
        return {name: value for name, value in self._values.items() if everywhere or name == shelf}
