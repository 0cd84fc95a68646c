"""The command, called in this process: what it reads and writes is real, only the interpreter is not started anew."""

import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import chdir, contextmanager
from io import TextIOWrapper
from tempfile import TemporaryFile
from threading import Thread
from typing import BinaryIO

from bot.cli import main
from tests.bot.command_line import CommandLine, Ended

_PATIENCE = 120  # seconds; only a failure waits so long


class CalledCommand:
    """Calls the command line's ``main`` as the installed command would, on a data folder and in a home of its own.

    It is for commands that end by themselves; signals, closed streams and rights need a process.
    """

    def __init__(self, installed: CommandLine) -> None:
        self.data = installed.data
        self.home = installed.home
        self.environment = installed.environment

    def __call__(
        self, *arguments: str | bytes, stdin: bytes = b"", environment: Mapping[str, str] | None = None
    ) -> Ended:
        """Call a command and wait for its end. It has a thread of its own, for the event loop that it runs."""
        with (
            TemporaryFile() as read,
            TemporaryFile() as out,
            TemporaryFile() as err,
            _surroundings(self.environment | dict(environment or {})),
            chdir(self.home),
        ):
            read.write(stdin)
            read.seek(0)
            with _command_line(["sourcier", *map(os.fsdecode, arguments)], read, out, err):
                status = _status_of_main()
            out.seek(0)
            err.seek(0)
            return Ended(status, out.read().decode(), err.read().decode())


def _status_of_main() -> int:
    ended: list[BaseException] = []

    def call() -> None:
        try:
            main()
        except BaseException as error:  # noqa: BLE001 - whoever called the thread is told
            ended.append(error)

    thread = Thread(target=call, name="called command", daemon=True)
    thread.start()
    thread.join(_PATIENCE)
    assert not thread.is_alive(), "the command did not end"
    (error,) = ended
    if not isinstance(error, SystemExit):
        raise error
    assert error.code is None or isinstance(error.code, int)
    return error.code or 0


@contextmanager
def _surroundings(environment: Mapping[str, str]) -> Iterator[None]:
    before = dict(os.environ)
    os.environ.clear()
    os.environ.update(environment)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)


@contextmanager
def _command_line(arguments: list[str], read: BinaryIO, out: BinaryIO, err: BinaryIO) -> Iterator[None]:
    before = sys.argv, sys.stdin, sys.stdout, sys.stderr
    streams = [TextIOWrapper(file, "utf-8", write_through=file is err) for file in (read, out, err)]
    sys.argv = arguments
    sys.stdin, sys.stdout, sys.stderr = streams
    try:
        yield
    finally:
        sys.argv, sys.stdin, sys.stdout, sys.stderr = before
        for stream in streams:
            stream.detach()  # flushes; the files are read and closed by who opened them
