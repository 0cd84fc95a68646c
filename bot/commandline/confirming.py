"""A question to the person at the terminal, which Ctrl-C answers at once."""

import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import typer


def somebody_is_there() -> bool:
    """Tell whether a person sees what is printed and can answer."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def confirm(question: str, *, default: bool = True) -> bool:
    """Ask for a yes or no; the event loop stands still meanwhile. Raises ``Abort`` on Ctrl-C and Ctrl-D."""
    with _interrupting():
        return typer.confirm(question, default=default)


@contextmanager
def _interrupting() -> Iterator[None]:
    """Let Ctrl-C break off what waits for a key: an event loop keeps it for when it is its turn again."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
