"""A program that has imported all of the command, and lets copies of itself be the command.

An interpreter that starts takes longer than most of what tests let the command do. Started as ``python -m``, with the
number of a socket; for each byte that comes there, with four files, a copy reads a line of JSON from the last of them:
``arguments``, ``environment`` and ``folder``. The first three become the standard streams of a process that is the
command from there on; its number and then its status are told, each in a line.
"""

import gc
import importlib
import json
import os
import pkgutil
import signal
import socket
import sys
from collections.abc import Iterator
from contextlib import suppress
from types import ModuleType

import bot.cli
import index

ELSEWHERE = ("aiosqlite", "babel.dates", "babel.numbers", "yaml")
"""What is imported once it is needed, and always is."""


def main(number: int) -> bool:
    """Make the copies that are asked for, as long as anybody may ask; tell whether this is one, to be the command."""
    _import_all()
    gc.collect()
    gc.freeze()  # what is forked touches less memory
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever started this ends it
    signal.signal(signal.SIGCHLD, _take_leave)
    with socket.socket(fileno=number) as asking:
        while True:
            asked, files, _, _ = socket.recv_fds(asking, 1, 4)
            if not asked:
                return False
            if os.fork() == 0:
                signal.signal(signal.SIGCHLD, signal.SIG_DFL)
                break
            for file in files:
                os.close(file)
    _answer(files[:3], socket.socket(fileno=files[3]))
    return True


def _take_leave(*_: object) -> None:
    """Wait for the copies that have ended: their time is counted then."""
    with suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass


def _import_all() -> None:
    for name in (*_modules(bot), *_modules(index), *ELSEWHERE):
        importlib.import_module(name)


def _modules(package: ModuleType) -> Iterator[str]:
    for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
        if not found.name.endswith("__main__") and ".migrations" not in found.name:
            yield found.name


def _answer(streams: list[int], client: socket.socket) -> None:
    """Let a copy be the command, and tell of it; this returns in the copy."""
    with client, client.makefile("rw", encoding="utf-8", newline="\n") as lines:
        asked = json.loads(lines.readline())
        command = os.fork()
        if command:
            for stream in streams:
                os.close(stream)
            print(command, file=lines, flush=True)
            print(os.waitstatus_to_exitcode(os.waitpid(command, 0)[1]), file=lines, flush=True)
            os._exit(0)
    _become(asked["arguments"], asked["environment"], asked["folder"], streams)


def _become(arguments: list[str], environment: dict[str, str], folder: str, streams: list[int]) -> None:
    """Make of this process what an interpreter is that has just been started with all this."""
    for number, stream in enumerate(streams):
        os.dup2(stream, number)
        os.close(stream)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(folder)
    sys.argv = ["sourcier", *arguments]


if __name__ == "__main__":
    if main(int(sys.argv[1])):
        bot.cli.main()
