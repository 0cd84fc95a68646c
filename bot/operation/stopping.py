"""How the process is asked to end, and what makes sure that it does."""

import asyncio
import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import NoReturn

LONGEST_END = 9.5
"""Seconds from the first signal to the end of the process, whatever still hangs: supervisors wait ten."""

_SIGNALS = tuple(
    found for name in ("SIGTERM", "SIGINT", "SIGBREAK") if (found := getattr(signal, name, None)) is not None
)


@contextmanager
def asked_to_stop() -> Iterator[asyncio.Event]:
    """Yield an event that is set when a signal asks the process to end; it is then given ``LONGEST_END``.

    A second signal ends the process at once, as the system does it. Needs the main thread and a running loop.
    """
    loop = asyncio.get_running_loop()
    asked = asyncio.Event()

    def hear(_number: int, _frame: FrameType | None) -> None:
        for number in _SIGNALS:
            signal.signal(number, signal.SIG_DFL)
        _end_in(LONGEST_END)
        loop.call_soon_threadsafe(asked.set)

    before = {number: signal.signal(number, hear) for number in _SIGNALS}
    try:
        yield asked
    finally:
        if not asked.is_set():
            for number, handler in before.items():
                signal.signal(number, handler)


@contextmanager
def ended_by_sigterm() -> Iterator[None]:
    """Let SIGTERM end the process with status 0, its contexts left in order, where nothing is under way to finish."""

    def leave(_number: int, _frame: FrameType | None) -> NoReturn:
        raise SystemExit(0)

    before = signal.signal(signal.SIGTERM, leave)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _end_in(seconds: float) -> None:
    """End the process after a while, even where a thread or the event loop hangs; the store takes no harm."""
    timer = threading.Timer(seconds, _end_now)
    timer.daemon = True
    timer.start()


def _end_now() -> None:
    try:
        sys.stderr.write("sourcier: ended without waiting any longer.\n")
        sys.stderr.flush()
    finally:
        os._exit(0)
