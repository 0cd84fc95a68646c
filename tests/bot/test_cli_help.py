"""Help, versions and completion: quick, complete and true."""

import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import typer
from typer.core import TyperGroup

from bot.cli import app
from bot.version import release
from index.store.glance import source_ids
from tests.bot.called_command import CalledCommand

if TYPE_CHECKING:
    from typer._click.core import Command

HEAVY = ["alembic", "asyncio", "babel", "numpy", "pydantic", "rich", "sqlalchemy"]
IMPORTED = """
import sys
from bot.cli import main
try:
    main()
finally:
    print(*(name for name in {heavy!r} if name in sys.modules), file=sys.stderr)
"""
PROGRAM = typer.main.get_command(app)


def commands(command: "Command" = PROGRAM, called: str = "") -> dict[str, "Command"]:
    """All commands by how they are called, groups included."""
    found = {called: command}
    if isinstance(command, TyperGroup):
        for name, below in command.commands.items():
            found |= commands(below, f"{called} {name}".strip())
    return found


@pytest.mark.parametrize("option", ["--help", "--version"])
def test_help_and_version_import_nothing_heavy(option: str, tmp_path: Path) -> None:
    code = IMPORTED.format(heavy=HEAVY)
    root = str(Path(__file__).resolve().parents[2])
    ran = subprocess.run(
        [sys.executable, "-c", code, option],
        capture_output=True,
        text=True,
        check=False,
        cwd=tmp_path,
        env={"PYTHONPATH": root, "HOME": str(tmp_path)},
    )
    assert (ran.returncode, ran.stderr) == (0, "\n")
    assert ran.stdout.startswith("Usage: sourcier") or ran.stdout == f"sourcier {release()}\n"


def test_the_command_alone_shows_its_help_and_makes_nothing(newly_called: CalledCommand) -> None:
    for group in ((), ("source",)):
        ended = newly_called(*group)
        assert (ended.status, ended.err) == (0, "")
        assert ended.out.startswith(" ".join(["Usage: sourcier", *group]))
    assert list(newly_called.home.iterdir()) == []


@pytest.mark.parametrize("called", commands())
def test_every_command_shows_examples_one_a_line_that_it_would_accept(called: str) -> None:
    command = commands()[called]
    shown = command.get_help(typer.Context(command, info_name=f"sourcier {called}".strip()))
    examples = re.findall(r"^    sourcier (.*)$", shown.partition("Examples:\n")[2], re.MULTILINE)
    assert examples, shown
    for example in examples:
        words = shlex.split(re.sub(r" [<>] \S+$", "", example))
        name = max((name for name in commands() if shlex.split(name) == words[: len(shlex.split(name))]), key=len)
        assert name.startswith(called)
        arguments = words[len(shlex.split(name)) :]
        commands()[name].make_context(name, arguments, parent=typer.Context(PROGRAM))


@pytest.mark.parametrize("called", commands())
def test_help_fits_a_terminal_of_eighty_columns(called: str) -> None:
    command = commands()[called]
    shown = command.get_help(typer.Context(command, info_name="sourcier", terminal_width=80))
    assert max(map(len, shown.splitlines())) <= 80


def complete(called: CalledCommand, line: str) -> list[str]:
    place = len(line.split()) - (not line.endswith(" "))
    asked = {"COMP_WORDS": line, "COMP_CWORD": str(place), "_SOURCIER_COMPLETE": "complete_bash"}
    ended = called(environment=asked)
    assert (ended.status, ended.err) == (0, "")
    return ended.out.split()


def test_the_shell_completes_the_ids_of_sources(called: CalledCommand) -> None:
    assert called("remove", "amd-6-gw").status == 0
    assert complete(called, "sourcier source text o") == ["openai-beyond-microsoft", "oracle-4-5-gw"]
    assert complete(called, "sourcier restore ") == ["amd-6-gw"]
    assert complete(called, "sourcier remove a") == ["abilene-crusoe", "azure-on-oracle"]
    assert complete(called, f"sourcier --data {called.home} remove a") == []
    assert list(called.home.iterdir()) == []
    assert "_SOURCIER_COMPLETE=complete_bash" in called("--show-completion", "bash").out


def test_a_store_that_cannot_be_read_completes_nothing(tmp_path: Path) -> None:
    assert source_ids(tmp_path, {"live"}) == []
    (tmp_path / "sourcier.sqlite3").write_bytes(b"a letter" * 1_000)
    assert source_ids(tmp_path, {"live"}) == []
