"""The documentation shows what the program really prints.

Every ``console`` block is run as one shell session; ``SOURCIER_REWRITE=1`` writes what was printed into the file.
"""

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.bot.called_command import CalledCommand
from tests.bot.command_in_shell import run_in_shell
from tests.bot.command_line import CommandLine

ROOT = Path(__file__).parents[1]
DOCUMENTS = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
_BLOCK = re.compile(r"(?<=^```console\n)(?P<session>.*?)(?=^```$)", re.DOTALL | re.MULTILINE)
_QUOTED = re.compile(r""""[^"$`\\]*"|'[^']*'""")
_PLAIN = re.compile(r"sourcier [\w ./:-]*")
_VARIES = (
    (re.compile(r"\d+\.\d+\.\d+ on Python [\d.]+ \([a-z0-9]+\)"), "0.1.0 on Python 3.11.7 (linux)"),
    (re.compile(r"/\S*/documented\b"), "~/.local/share/sourcier"),
    (re.compile(r"\d+\.\d MB"), "0.3 MB"),
    (re.compile(r'"took_ms": [\d.]+'), '"took_ms": 2.1'),
)


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
@pytest.mark.skipif(sys.platform == "win32", reason="needs a POSIX shell")
def test_what_is_shown_is_what_is_printed(document: Path, tmp_path: Path) -> None:
    text = document.read_text("utf-8")
    sessions = list(_BLOCK.finditer(text))
    if not sessions:
        pytest.skip("shows no session")
    printed = _run([command for session in sessions for command in _commands(session["session"])], tmp_path)
    shown = _BLOCK.sub(lambda match: "".join(next(printed) for _ in _commands(match["session"])), text)
    if os.environ.get("SOURCIER_REWRITE"):
        document.write_text(shown, encoding="utf-8")
    assert text == shown


def _commands(session: str) -> list[str]:
    return [line.removeprefix("$ ") for line in session.splitlines() if line.startswith("$ ")]


def _run(commands: list[str], folder: Path) -> Iterator[str]:
    """Run commands one after another in an empty folder with an empty store; yield each with what it printed."""
    installed = CommandLine(folder / "documented", folder)
    installed.environment = {
        "HOME": str(folder),
        "LANG": "C.UTF-8",
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "SOURCIER_DATA": str(installed.data),
    }
    for command in commands:
        if _needs_shell(command):
            printed = run_in_shell(command, folder, installed.environment)
        else:
            printed = _called(command, installed)
        for pattern, usual in _VARIES:
            printed = pattern.sub(usual, printed)
        yield f"$ {command}\n{printed}"


def _needs_shell(command: str) -> bool:
    return _PLAIN.fullmatch(_QUOTED.sub("", command)) is None


def _called(command: str, installed: CommandLine) -> str:
    """Run a command that means the same without a shell, without a process: there are many of them."""
    ended = CalledCommand(installed)(*shlex.split(command)[1:])
    assert not (ended.out and ended.err), "in which order they are printed is not known"
    return ended.out + ended.err


def test_every_command_of_the_program_is_told_of_in_the_readme() -> None:
    program = Path(sys.executable).with_name("sourcier")
    listed = subprocess.run([program, "--help"], capture_output=True, text=True, check=True).stdout
    commands = re.findall(r"^  ([a-z]+)  ", listed.partition("Commands:")[2], re.MULTILINE)
    readme = (ROOT / "README.md").read_text("utf-8")
    assert commands
    assert [name for name in commands if f"sourcier {name}" not in readme and f"`{name}`" not in readme] == []


def test_links_to_files_lead_somewhere() -> None:
    for document in DOCUMENTS:
        for target in re.findall(r"\]\((?!https?://|#)([^)#]+)", document.read_text("utf-8")):
            assert (document.parent / target).exists(), f"{document.name}: {target}"
