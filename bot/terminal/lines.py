"""Lines from people and from pipes, read in a thread of their own so that the event loop goes on."""

import asyncio
import io
import os
import signal
import socket
import sys
import threading
from collections.abc import AsyncGenerator, Callable, Iterator
from contextlib import contextmanager, suppress
from typing import BinaryIO, TypeVar

PROMPT = "> "

_T = TypeVar("_T")


async def piped(stream: BinaryIO) -> AsyncGenerator[str]:
    """Yield the lines of a byte stream until its end; what is not UTF-8 in them is replaced."""
    own = _own(stream)
    while line := await _in_thread(own.readline):
        yield line.decode("utf-8", "replace").removeprefix("\ufeff")


async def typed() -> AsyncGenerator[str]:
    """Yield the lines typed at the process's terminal until Ctrl-D, editable where there is readline.

    With GNU readline Ctrl-C clears the line; without, it interrupts as ever.
    """
    if isinstance(sys.stdin, io.TextIOWrapper):
        sys.stdin.reconfigure(errors="replace")
    while True:
        with _interrupt_key_clears():
            try:
                line = await _in_thread(lambda: input(PROMPT))
            except EOFError:
                return
        yield line


def _own(stream: BinaryIO) -> BinaryIO:
    """Return a reader of our own on a stream's descriptor, where it has one.

    A thread that still waits for a line when the process ends keeps the reader's lock, and the interpreter
    needs that of ``sys.stdin`` then. For the same reason the reader is not closed here.
    """
    try:
        return open(stream.fileno(), "rb", closefd=False)
    except io.UnsupportedOperation:
        return stream


@contextmanager
def _interrupt_key_clears() -> Iterator[None]:
    """Let Ctrl-C reach readline as a key that clears the line, instead of interrupting the process.

    A signal would come to the main thread and leave the one that waits in readline as it is. Afterwards the
    terminal is as before, even if that thread is still waiting.
    """
    try:
        import readline
        import termios
    except ImportError:
        yield
        return
    if "libedit" in (readline.__doc__ or ""):
        yield
        return
    readline.parse_and_bind(r'"\C-c": kill-whole-line')
    terminal = sys.stdin.fileno()
    before, changed = termios.tcgetattr(terminal), termios.tcgetattr(terminal)
    changed[6][termios.VINTR] = bytes([os.fpathconf(terminal, "PC_VDISABLE")])
    termios.tcsetattr(terminal, termios.TCSANOW, changed)
    try:
        yield
    finally:
        termios.tcsetattr(terminal, termios.TCSADRAIN, before)


async def _in_thread(read: Callable[[], _T]) -> _T:
    """Return what a call that blocks returns. Its thread does not keep the process from ending."""
    loop = asyncio.get_running_loop()
    waited_for: asyncio.Future[_T] = loop.create_future()

    def settle(result: _T | None, error: Exception | None) -> None:
        if waited_for.done():
            return
        if error is None:
            waited_for.set_result(result)  # type: ignore[arg-type]
        else:
            waited_for.set_exception(error)

    def work() -> None:
        result, error = None, None
        try:
            result = read()
        except Exception as raised:  # noqa: BLE001 - whoever awaits it gets it
            error = raised
        with suppress(RuntimeError):  # the loop has ended meanwhile
            loop.call_soon_threadsafe(settle, result, error)

    threading.Thread(target=work, name="lines", daemon=True).start()
    with _waking_for_signals(loop):
        return await waited_for


@contextmanager
def _waking_for_signals(loop: asyncio.AbstractEventLoop) -> Iterator[None]:
    """Let a signal wake the event loop, whatever it is about to do.

    A signal that comes just before the loop goes to sleep would be handled only when something else wakes it, and
    nothing else may come: Ctrl-C would seem to do nothing.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    reader, writer = socket.socketpair()
    with reader, writer:
        reader.settimeout(0)
        writer.settimeout(0)
        loop.add_reader(reader, lambda: reader.recv(4096))
        before = signal.set_wakeup_fd(writer.fileno(), warn_on_full_buffer=False)
        try:
            yield
        finally:
            signal.set_wakeup_fd(before)
            loop.remove_reader(reader)
