"""What draws pictures is loaded where one is drawn and nowhere else, and needs nothing of the machine."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.bot.command_line import CommandLine

ROOT = Path(__file__).parents[2]


def test_no_home_folder_is_needed_and_nothing_is_warned_of() -> None:
    code = "from bot.timeline_picture import draw\nfrom bot.translation import translator\n"
    code += "from index.figures.chronology import Timeline\n"
    code += "print(draw(Timeline(deal=None, entries=(), undated=()), translator('en'))[:4])"
    moved = {"HOME": "/dev/null", "PYTHONPATH": str(ROOT)}
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("MPL", "XDG", "PYTHON"))}
    ran = subprocess.run(
        [sys.executable, "-W", "error", "-c", code], capture_output=True, text=True, check=False, env=kept | moved
    )
    assert (ran.returncode, ran.stdout, ran.stderr) == (0, "b'\\x89PNG'\n", "")


@pytest.mark.parametrize("arguments", [["--help"], ["deal", "oracle"], ["timeline", "oracle"]])
def test_what_shows_no_picture_does_not_load_what_draws_it(sourcier: CommandLine, arguments: list[str]) -> None:
    code = (
        "import atexit, sys; atexit.register(lambda: print({'matplotlib', 'PIL'} & set(sys.modules), file=sys.stderr))"
    )
    sourcier.command = [sys.executable, "-c", f"{code}\nfrom bot.cli import main; main()"]
    ended = sourcier(*arguments)
    assert (ended.status, ended.err) == (0, "set()\n")


def test_the_discord_client_starts_without_what_draws_pictures() -> None:
    code = "import sys, bot.client, bot.timeline_picture; print({'matplotlib', 'PIL'} & set(sys.modules))"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert ran.stdout == "set()\n"
