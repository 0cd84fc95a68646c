"""The command as a process that need not be started anew: a copy of an interpreter that has imported everything.

The copy has its own number, streams, memory and end, as any process has; see ``prepared_interpreter``.
"""

import atexit
import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from threading import Thread
from types import TracebackType
from typing import BinaryIO, Self

_ROOT = Path(__file__).resolve().parents[2]
_READ_AT_START = ("LANG", "LC_", "PYTHON", "TZ", "LD_", "DYLD_")
"""How the names begin of variables that an interpreter reads once, when it starts."""


class ForkedCommand:
    """A command under way, with what the tests need of ``subprocess.Popen``."""

    def __init__(
        self,
        arguments: Sequence[str],
        environment: Mapping[str, str],
        folder: Path,
        stdin: int = subprocess.PIPE,
        stdout: int = subprocess.PIPE,
    ) -> None:
        """Start it; ``stdin`` and ``stdout`` are as ``subprocess`` has them, ``stderr`` is a pipe."""
        self.stdin: BinaryIO | None = None
        self.stdout: BinaryIO | None = None
        if stdin == subprocess.PIPE:
            self.stdin, read = _pipe_to()
        else:
            read = _opened(stdin)
        if stdout == subprocess.PIPE:
            self.stdout, out = _pipe_from()
        else:
            out = _opened(stdout)
        self.stderr, err = _pipe_from()
        ours, theirs = socket.socketpair()
        with theirs:
            socket.send_fds(prepared_interpreter(), [b"."], [read, out, err, theirs.fileno()])
        for file in (read, out, err):
            os.close(file)
        self._told = ours.makefile("r", encoding="utf-8")
        with ours:
            asked = {"arguments": list(arguments), "environment": dict(environment), "folder": str(folder)}
            ours.sendall(json.dumps(asked).encode() + b"\n")
        self.pid = int(self._told.readline())
        self.returncode: int | None = None
        self._waiting = Thread(target=self._wait, name=f"end of {self.pid}", daemon=True)
        self._waiting.start()

    def poll(self) -> int | None:
        return self.returncode

    def wait(self, timeout: float | None = None) -> int:
        """Wait for the end; return how it ended, as ``subprocess`` has it."""
        self._waiting.join(timeout)
        if self.returncode is None:
            raise subprocess.TimeoutExpired("sourcier", timeout or 0)
        return self.returncode

    def communicate(self, timeout: float | None = None) -> tuple[bytes, bytes]:
        """Read what it writes to its end, and close its streams."""
        if self.stdin is not None:
            self.stdin.close()
        said = [b"", b""]

        def read(number: int, pipe: BinaryIO) -> None:
            with pipe:
                said[number] = pipe.read()

        pipes = [(number, pipe) for number, pipe in enumerate((self.stdout, self.stderr)) if pipe is not None]
        reading = [Thread(target=read, args=each, daemon=True) for each in pipes]
        for thread in reading:
            thread.start()
        self.wait(timeout)
        for thread in reading:
            thread.join(timeout)
        return said[0], said[1]

    def send_signal(self, number: int) -> None:
        if self.returncode is None:
            os.kill(self.pid, number)

    def terminate(self) -> None:
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for pipe in (self.stdin, self.stdout, self.stderr):
            if pipe is not None:
                pipe.close()
        self.wait()

    def _wait(self) -> None:
        with self._told:
            self.returncode = int(self._told.readline())


def can_be_forked(environment: Mapping[str, str]) -> bool:
    """Tell whether a copy would be what a start with these variables is."""
    return sys.platform != "win32" and _read_at_start(environment) == _read_at_start(_environment())


def _read_at_start(environment: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in environment.items() if name.startswith(_READ_AT_START)}


def _opened(stream: int) -> int:
    return os.open(os.devnull, os.O_RDWR) if stream == subprocess.DEVNULL else os.dup(stream)


def _pipe_to() -> tuple[BinaryIO, int]:
    theirs, ours = os.pipe()
    return os.fdopen(ours, "wb"), theirs


def _pipe_from() -> tuple[BinaryIO, int]:
    ours, theirs = os.pipe()
    return os.fdopen(ours, "rb"), theirs


@cache
def _environment() -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("SOURCIER_", "PYTHON"))}
    return kept | {"PYTHONPATH": str(_ROOT)}


@cache
def prepared_interpreter() -> socket.socket:
    """Start the interpreter that is copied, and return where it is asked; it ends where this process ends."""
    ours, theirs = socket.socketpair()
    with theirs:
        started = subprocess.Popen(
            [sys.executable, "-P", "-m", "tests.bot.prepared_interpreter", str(theirs.fileno())],
            pass_fds=[theirs.fileno()],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            env=_environment() | {"OPENBLAS_NUM_THREADS": "1"},
        )

    def end() -> None:
        ours.close()
        started.wait()

    atexit.register(end)
    return ours
