"""A person at a terminal: the greeting, the keys, the end."""

import asyncio
import io
import os
import select
import signal
import subprocess
import sys
from collections.abc import AsyncGenerator, Iterator
from pathlib import Path

import pytest

from bot.terminal.chat import Conversation, talk
from bot.terminal.screen import Screen
from index.library import Library
from index.model import Article, Language, Verdict

CHIPS = "How many GB200 chips did Oracle buy?"
CHIPS_QUOTE = "Il a récemment acheté environ 400 000 puces GB200 à NVIDIA"
PATIENCE = 30  # seconds; only a failure waits so long


PROGRAM = """
import asyncio, sys
from pathlib import Path
from bot.terminal.chat import chat
from index.library import Library

async def main():
    async with await Library.open(Path(sys.argv[1])) as library:
        await chat(library, language="en")

asyncio.run(main())
"""
AT_ITS_TERMINAL = f"import fcntl, termios; fcntl.ioctl(0, termios.TIOCSCTTY, 0)\n{PROGRAM}"


async def greeting(library: Library, language: Language) -> list[str]:
    written = io.StringIO()
    await Conversation(library, Screen(written), language=language).greet()
    return written.getvalue().splitlines()


async def test_the_greeting_gives_three_questions_that_are_answered_here(library: Library) -> None:
    languages: tuple[Language, ...] = ("fr", "en")
    for language in languages:
        examples = [line.strip() for line in await greeting(library, language) if line.startswith("  ")]
        assert len(examples) == 3
        for example in examples:
            assert (await library.ask(example)).verdict is Verdict.ANSWERED


async def test_the_greeting_takes_its_questions_from_other_sources_too(empty_library: Library) -> None:
    article = Article(text="Zorglub vend des bananes à Paris.", title="Bananes à Paris", language="fr")
    assert await greeting(empty_library, "en") == [
        "Sourcier has read 0 sources. Ask in French or English.",
        "Commands: :help. To leave: :quit or Ctrl-D.",
        "",
    ]
    await empty_library.add(article, by="a")
    assert await greeting(empty_library, "fr") == [
        "Sourcier a lu 1 source. Demandez, en français ou en anglais.",
        "Par exemple\u00a0:",
        "  Bananes à Paris",
        "Commandes\u00a0: :help. Pour partir\u00a0: :quit ou Ctrl-D.",
        "",
    ]


async def test_an_interrupt_gives_up_an_answer_and_not_the_conversation(library: Library) -> None:
    async def lines() -> AsyncGenerator[str]:
        asyncio.get_running_loop().call_soon(signal.raise_signal, signal.SIGINT)
        yield "When was Stargate unveiled?"
        yield CHIPS

    written = io.StringIO()
    screen = Screen(written)
    before = signal.getsignal(signal.SIGINT)
    await talk(Conversation(library, screen), screen, lines())
    shown = written.getvalue()
    assert f"\n1. «\u00a0{CHIPS_QUOTE}" in shown.partition(" [1] — ")[2]
    assert signal.getsignal(signal.SIGINT) is before


class Terminal:
    """A process at the other end of a pseudo-terminal."""

    def __init__(self, process: subprocess.Popen[bytes], master: int) -> None:
        self.process = process
        self.master = master
        self._unread = b""

    def until(self, awaited: str) -> str:
        """Return what is shown until a text stands on the screen; what comes after it is for the next call."""
        end = awaited.encode()
        while end not in self._unread:
            assert select.select([self.master], [], [], PATIENCE)[0], self._unread
            self._unread += os.read(self.master, 4096)
        shown, found, self._unread = self._unread.partition(end)
        return (shown + found).decode()

    def type(self, keys: str) -> None:
        os.write(self.master, keys.encode())


@pytest.fixture
def terminal(tmp_path: Path) -> Iterator[Terminal]:
    pytest.importorskip("readline")
    pty = pytest.importorskip("pty")
    master, slave = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-c", AT_ITS_TERMINAL, tmp_path],
        stdin=slave,
        stdout=slave,
        stderr=slave,
        start_new_session=True,
        env=os.environ | {"TERM": "xterm", "COLUMNS": "100", "PYTHONUTF8": "1", "INPUTRC": os.devnull},
    ) as process:
        os.close(slave)
        yield Terminal(process, master)
        process.kill()
    os.close(master)


def test_a_person_converses_at_a_terminal(terminal: Terminal) -> None:
    assert terminal.until("\n> ").startswith("\x1b[1mSourcier has read 5 sources.")
    terminal.type(f"{CHIPS}\n")
    shown = terminal.until("more quotes: :more")
    assert f"\x1b[1m«\u00a0{CHIPS_QUOTE}" in shown
    terminal.until("\n> ")
    terminal.type(":context\n")
    assert f"\x1b[1m{CHIPS_QUOTE[:20]}" in terminal.until("\n> ")
    terminal.type(":quit\n")
    assert terminal.process.wait(PATIENCE) == 0


def test_ctrl_c_clears_the_line_and_ctrl_d_ends(terminal: Terminal) -> None:
    import termios

    terminal.until("\n> ")
    interrupt = termios.tcgetattr(terminal.master)[6][termios.VINTR]
    terminal.type(f"Que fait Google ?\x03{CHIPS}\n")
    shown = terminal.until("more quotes: :more")
    assert CHIPS_QUOTE in shown
    terminal.until("\n> ")
    terminal.type("\x04")
    assert terminal.process.wait(PATIENCE) == 0
    assert interrupt != b"\x03"
    assert termios.tcgetattr(terminal.master)[6][termios.VINTR] == b"\x03"


def test_an_interrupt_ends_a_chat_that_waits_for_its_pipe(tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", PROGRAM, tmp_path],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=os.environ | {"PYTHONUTF8": "1"},
    ) as process:
        assert process.stdin
        assert process.stdout
        assert process.stderr
        process.stdin.write(b":help\n")
        process.stdin.flush()
        while b":quit" not in process.stdout.readline():
            assert process.poll() is None
        process.send_signal(signal.SIGINT)
        assert process.wait(PATIENCE) == -signal.SIGINT
        assert b"Fatal" not in process.stderr.read()
