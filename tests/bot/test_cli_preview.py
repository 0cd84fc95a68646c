"""An article on a terminal: it is shown before it is added, and nothing of it stays where it is not wanted."""

import os
import select
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from index.library import Library
from index.model import Article, State
from tests.bot.command_line import CommandLine

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")

LIGHTHOUSE = "Le phare de Cordouan fut achevé en 1611. La société Océane y loue 7 GW de puissance de calcul à Oracle."
HARBOUR = "Le port de Pauillac accueille les navires de la Gironde. Son quai mesure 350 mètres."
PATIENCE = 20  # seconds; only a failure waits so long
PROGRAM = """
import fcntl, termios
from bot.cli import main

fcntl.ioctl(0, termios.TIOCSCTTY, 0)
main()
"""


class Terminal:
    """What a person sees of a command and types to it."""

    def __init__(self, screen: int) -> None:
        self._screen = screen
        self.seen = ""

    def wait_for(self, words: str) -> str:
        """Return what has come on the screen up to some words, since the last time."""
        while words not in self.seen:
            assert select.select([self._screen], [], [], PATIENCE)[0], self.seen
            self.seen += os.read(self._screen, 65_536).decode("utf-8", "replace").replace("\r\n", "\n")
        shown, _, self.seen = self.seen.partition(words)
        return shown

    def type(self, keys: str) -> None:
        os.write(self._screen, keys.encode())


@contextmanager
def at_a_terminal(sourcier: CommandLine, *arguments: str) -> Iterator[tuple[Terminal, subprocess.Popen[bytes]]]:
    import pty

    ours, theirs = pty.openpty()
    environment = sourcier.environment | {"TERM": "dumb", "COLUMNS": "200", "LANG": "C.UTF-8"}
    with subprocess.Popen(
        [sys.executable, "-c", PROGRAM, *arguments],
        stdin=theirs,
        stdout=theirs,
        stderr=subprocess.DEVNULL,
        env=environment,
        cwd=sourcier.home,
        start_new_session=True,
    ) as process:
        try:
            yield Terminal(ours), process
            assert process.wait(PATIENCE) is not None
        finally:
            process.kill()
            os.close(ours)
            os.close(theirs)


async def stored(data: Path) -> tuple[dict[str, State], int]:
    """The sources that are no seeds, and how many drafts wait."""
    async with await Library.open(data) as library:
        own = {source.id: source.state for source in await library.own() if source.added_by != "seeds"}
        return own, len(await library.drafts.waiting())


async def test_each_article_is_shown_and_only_what_is_wanted_is_added(sourcier: CommandLine) -> None:
    removed = Article(text="Il y avait ici un sémaphore, que la mer a pris.", title="Sémaphore", language="fr")
    async with await Library.open(sourcier.data, "write") as library:
        await library.add(removed, by="test")
        await library.remove("semaphore", by="test")
    articles = {
        "a.md": f"---\ntitle: Le phare\npublished: 2024-03\n---\n{LIGHTHOUSE}\n",
        "b.md": f"# Le port\n\n{HARBOUR}\n",
        "c.md": f"---\ntitle: Copie\n---\n{LIGHTHOUSE} Et plus.\n",
        "d.txt": removed.text,
        "e.md": "# Jamais\n\nVu.\n",
    }
    for name, text in articles.items():
        (sourcier.home / name).write_text(text, "utf-8")

    with at_a_terminal(sourcier, "add", *articles) as (terminal, process):
        shown = terminal.wait_for("Add it? [Y/n]:")
        assert shown.startswith("Le phare")
        for words in (
            "March 2024",
            "21 words in 1 passage",
            "! It is very short.",
            LIGHTHOUSE,
            "Figures found: 2, of which nobody has looked at 2",
            "   7\u00a0GW — capacity → OpenAI-Oracle computing contract",
        ):
            assert words in shown
        terminal.type("y\n")
        assert "Added: Le phare [le-phare]\n   Figures to review: 2" in terminal.wait_for("Le port")
        terminal.wait_for("Add it? [Y/n]:")
        terminal.type("n\n")
        assert "! 100% of its text" not in terminal.wait_for("Copie")
        assert "of its text is here already, which it may correct: “Le phare”." in terminal.wait_for("Add it? [Y/n]:")
        terminal.type("n\n")
        assert "state      removed" in terminal.wait_for("It was removed. Bring it back? [Y/n]:")
        terminal.type("\n")
        assert "Had been removed; restored: Sémaphore" in terminal.wait_for("Jamais")
        terminal.wait_for("Add it? [Y/n]:")
        terminal.type("\x03")
        terminal.wait_for("1 added, 1 restored, 2 declined, 1 left: the same command goes on there")
        assert process.wait(PATIENCE) == 130
    assert await stored(sourcier.data) == ({"semaphore": State.LIVE, "le-phare": State.LIVE}, 0)
