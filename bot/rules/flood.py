"""How much one may ask: so many questions a minute for each person and for each channel."""

import time
from collections import OrderedDict, deque
from collections.abc import Hashable

_WINDOW = 60.0  # seconds
_REMEMBERED = 50_000  # keys


class Flood:
    """Counts what came in the last minute, key by key."""

    def __init__(self) -> None:
        self._came: OrderedDict[Hashable, deque[float]] = OrderedDict()

    def wait(self, key: Hashable, limit: int, *, count: bool = True) -> float:
        """Count one more for a key and return 0; over its limit count nothing, and return the seconds to wait.

        With ``count`` false only tell.
        """
        now = time.monotonic()
        self._forget(now - _WINDOW)
        came = self._came.setdefault(key, deque())
        self._came.move_to_end(key)
        while came and came[0] <= now - _WINDOW:
            came.popleft()
        if len(came) >= limit:
            return came[-limit] + _WINDOW - now
        if count:
            came.append(now)
        if len(self._came) > _REMEMBERED:
            self._came.popitem(last=False)
        return 0.0

    def _forget(self, before: float) -> None:
        """Let go of keys that nothing came for since a time: the first in the order were used longest ago."""
        while self._came:
            key, came = next(iter(self._came.items()))
            if came and came[-1] > before:
                return
            del self._came[key]


class Once:
    """Remembers what has been seen, the oldest forgotten first."""

    def __init__(self, remembered: int = 10_000) -> None:
        self._seen: OrderedDict[Hashable, None] = OrderedDict()
        self._remembered = remembered

    def __contains__(self, key: Hashable) -> bool:
        return key in self._seen

    def first(self, key: Hashable) -> bool:
        """Tell whether a key is seen for the first time."""
        if key in self._seen:
            return False
        self._seen[key] = None
        if len(self._seen) > self._remembered:
            self._seen.popitem(last=False)
        return True
