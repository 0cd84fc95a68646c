"""The manual for running the bot agrees with the program."""

import ast
import configparser
import re
from itertools import dropwhile, takewhile
from pathlib import Path
from typing import get_args

import discord
import pytest

from bot.operation.invitation import PERMISSIONS, SCOPES, invite_url
from bot.operation.metrics import Level, Metrics
from index.memory import KEPT_DAYS

ROOT = Path(__file__).resolve().parents[1]
MANUAL = (ROOT / "docs/operations.md").read_text("utf-8")
NAMES = {"View Channels": "view_channel"}


def rows(heading: str) -> list[list[str]]:
    """Read the body of the first table below a heading."""
    below = dropwhile(lambda line: not line.startswith("|"), MANUAL.partition(f"\n## {heading}\n")[2].splitlines())
    table = list(takewhile(lambda line: line.startswith("|"), below))
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in table[2:]]


def test_each_permission_has_its_number_and_they_add_up_to_the_links() -> None:
    *single, (_, together, _) = rows("2. Invite it")
    asked = discord.Permissions.none()
    for name, number, _ in single:
        permission = discord.Permissions(**{NAMES.get(name, name.lower().replace(" ", "_")): True})
        assert permission.value == int(number), name
        asked |= permission
    assert asked == PERMISSIONS
    assert int(together) == PERMISSIONS.value
    assert invite_url(0).replace("client_id=0", "client_id=APPLICATION_ID") in MANUAL.splitlines()


def test_the_link_asks_for_what_discord_reads_from_it() -> None:
    expected = discord.utils.oauth_url(123, permissions=PERMISSIONS, scopes=SCOPES)
    assert sorted(re.split("[?&]", invite_url(123))) == sorted(re.split("[?&]", expected))


def words_of_the_program() -> str:
    """All string literals of the code, those of an f-string apart."""
    literals = []
    for folder in ("bot", "index"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            tree = ast.parse(path.read_text("utf-8"))
            literals += [
                node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)
            ]
    return "\n".join(literals)


def test_every_sentence_in_the_list_of_troubles_is_one_of_the_program() -> None:
    said = words_of_the_program()
    quoted = [quote for told, _ in rows("Troubleshooting") for quote in re.findall("`([^`]+)`", told)]
    assert len(quoted) > 8
    assert [quote for quote in quoted if quote not in said] == []


async def test_every_metric_of_ours_is_listed_and_no_other() -> None:
    metrics = Metrics()
    for level in get_args(Level):
        metrics.watch(level, lambda: 1.0)
    exposed = set(re.findall(r"^# TYPE (sourcier_\w+)", (await metrics.exposition()).decode(), re.MULTILINE))
    listed = {name for cell, _ in rows("Health and metrics") for name in re.findall(r"`(sourcier_\w+)", cell)}
    assert listed == {name for name in exposed if not name.endswith("_created")}


def test_the_unit_for_systemd_is_one_and_gives_the_bot_time_to_end() -> None:
    (text,) = re.findall(r"```ini\n(.*?)```", MANUAL, re.DOTALL)
    unit = configparser.ConfigParser(strict=False, interpolation=None)
    unit.optionxform = str  # type: ignore[assignment,method-assign]
    unit.read_string(text)
    assert unit["Service"]["ExecStart"].endswith("/bin/sourcier run")
    assert int(unit["Service"]["TimeoutStopSec"]) > 10
    assert unit["Install"]["WantedBy"] == "multi-user.target"


@pytest.mark.parametrize("kept", ["a question with its answer", "everything of a server that removed the bot"])
def test_what_is_kept_for_how_long_is_what_the_store_does(kept: str) -> None:
    (days,) = [days for what, days in rows("Privacy") if what.startswith(kept)]
    assert f"{KEPT_DAYS} days" in days
