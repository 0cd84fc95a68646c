"""Who goes first: long work in a thread makes way for questions."""

import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

_LONGEST = 0.005  # seconds
_TURN = 0.0005  # seconds that a thread may compute while another one waits


class Precedence:
    """Between a thread that works for long and something short for which somebody waits.

    Threads of Python take turns, so what is short would wait for a turn again and again, as often as it reads from the
    database or computes with arrays. That they change places ten times as often as by default makes each wait short.
    """

    def __init__(self) -> None:
        sys.setswitchinterval(_TURN)
        self._urgent = 0
        self._free = threading.Event()
        self._free.set()

    @contextmanager
    def urgent(self) -> Iterator[None]:
        """Let long work make way while the block runs. For one thread only: that of the event loop."""
        self._urgent += 1
        self._free.clear()
        try:
            yield
        finally:
            self._urgent -= 1
            if not self._urgent:
                self._free.set()

    def give_way(self) -> None:
        """Wait while anything urgent is under way, some milliseconds at most. Called between steps of long work."""
        self._free.wait(_LONGEST)
