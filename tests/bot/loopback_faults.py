"""How the loopback Discord fails: a share of the requests is refused, or carried out without the bot learning of it."""

from collections import Counter
from collections.abc import Collection, Sequence
from typing import NamedTuple


class Fault(NamedTuple):
    """A request that fails. ``status`` None: the connection is dropped. ``carried_out``: but what it asks is done."""

    status: int | None
    carried_out: bool


TOO_MANY = Fault(429, carried_out=False)
BROKEN, BAD_GATEWAY, UNAVAILABLE = (Fault(status, carried_out=False) for status in (500, 502, 503))
DROPPED = Fault(None, carried_out=False)
DONE_BUT_DROPPED = Fault(None, carried_out=True)
DONE_BUT_TIMED_OUT = Fault(504, carried_out=True)

ALL = (
    (DONE_BUT_DROPPED,),
    (TOO_MANY, TOO_MANY, TOO_MANY),
    (BROKEN,),
    (DONE_BUT_TIMED_OUT,),
    (UNAVAILABLE,),
    (DROPPED, DROPPED),
    (BAD_GATEWAY, TOO_MANY),
)
"""Faults of every kind, as they are met one after another by a request that is made again."""


class Faults:
    """Which requests fail: of each kind every ``every``th, with one series of faults after another.

    ``kinds``: only these; none means all.
    """

    def __init__(self, series: Sequence[Sequence[Fault]] = (), every: int = 1, kinds: Collection[str] = ()) -> None:
        self._series = series
        self._every = every
        self._kinds = kinds
        self._counted: Counter[str] = Counter()
        self._ahead: dict[tuple[str, str], list[Fault]] = {}
        self.met: Counter[tuple[str, Fault]] = Counter()

    def due(self, kind: str, key: str) -> Fault | None:
        """Return the fault that a request meets, if any. ``key``: the same for the same request made again."""
        if not self._series or (self._kinds and kind not in self._kinds):
            return None
        if (kind, key) not in self._ahead:
            self._counted[kind] += 1
            turn, rest = divmod(self._counted[kind], self._every)
            self._ahead[kind, key] = [] if rest else list(self._series[turn % len(self._series)])
        ahead = self._ahead[kind, key]
        if not ahead:
            return None
        fault = ahead.pop(0)
        self.met[kind, fault] += 1
        return fault
