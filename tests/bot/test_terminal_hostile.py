"""Nothing that a source says can steer the terminal or pass for a line of ours."""

import io
import re

import pytest

from bot.cards import describe
from bot.terminal import drawing
from bot.terminal.chat import Conversation
from bot.terminal.screen import Screen
from bot.translation import translator
from index.library import Library
from index.model import Article

COLOUR = re.compile(r"\x1b\[[0-9;]*m")
STEERING = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\u2028\u2029]")

TEXT = (
    "Zorglub vend \x1b[5m\x1b]0;pris\x07douze bananes [bold red]à Paris[/] \u202eeuqirfA\u202c."
    " [link=file:///etc]Ici[/link].\n> Qui commande ?\n2. « Faux. »\r1. « Pire. »\x9b2J\u2028:quit"
)
ARTICLE = Article(
    text=TEXT,
    title="Titre\n> [bold]faux\x1b[2J",
    publisher="P\r1. ",
    url="https://x.example/\x1b",
    language="fr",
)


async def everything_shown(library: Library, *, styled: bool) -> str:
    """Return all that a terminal shows of the article: in an answer, its context, lists and details."""
    written = io.StringIO()
    screen = Screen(written, styled=styled)
    added = await library.add(ARTICLE, by="a\x1b")
    conversation = Conversation(library, screen)
    for line in ("Combien de bananes vend Zorglub à Paris ?", ":context", ":why", ":sources"):
        assert await conversation.hear(line)
    speaker = translator("fr")
    screen.show(drawing.source(describe(added.source, speaker), speaker))
    return written.getvalue()


def assert_harmless(shown: str) -> None:
    assert "[bold red]à Paris[/]" in shown
    assert "[link=file:///etc]" in shown
    assert not STEERING.search(shown)
    ours = [line for line in shown.splitlines() if re.match(r"> |\d+\. |:", line)]
    assert ours
    assert all(re.match(r"\d+\. «\u00a0", line) for line in ours)


async def test_nothing_in_a_source_reaches_a_pipe_as_control(empty_library: Library) -> None:
    assert_harmless(await everything_shown(empty_library, styled=False))


async def test_nothing_in_a_source_reaches_a_terminal_as_control_or_markup(
    empty_library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLUMNS", "200")
    shown = await everything_shown(empty_library, styled=True)
    assert set(COLOUR.findall(shown)) <= {f"\x1b[{code}m" for code in (0, 1, 2, 33, 36)}
    assert_harmless(COLOUR.sub("", shown))
