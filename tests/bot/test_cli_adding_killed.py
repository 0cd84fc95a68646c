"""``kill -9`` while many files are added: what was told is there, whole and once, and the same command goes on."""

import asyncio
import json
import random
import signal
import sys
from pathlib import Path

import pytest

from index import checkup
from index.library import Library
from index.model import State
from tests.bot.called_command import CalledCommand
from tests.bot.command_line import CommandLine

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs SIGKILL")

FILES = 16
ROUNDS = 3


def write(folder: Path) -> None:
    folder.mkdir()
    for number in range(FILES):
        lines = [f"Le dossier {number} dit, ligne {line}, mot{number}x{line} et {line + 3} GW." for line in range(6)]
        (folder / f"{number:02}.md").write_text(f"# Dossier {number}\n\n" + "\n\n".join(lines), "utf-8")


def add_and_kill(sourcier: CommandLine, folder: Path, told: int, delay: int) -> list[str]:
    """Add a folder until some articles were told and a random moment more; return the ids of all that were told."""
    with sourcier.start("add", "--json", "--yes", str(folder)) as adding:
        assert adding.stdout is not None
        lines = [adding.stdout.readline() for _ in range(told)]
        for _ in range(delay):
            pass
        adding.send_signal(signal.SIGKILL)
        lines += adding.stdout.readlines()
    return [json.loads(line)["id"] for line in lines if line.endswith(b"\n")]


async def check(data: Path, told: set[str], chance: random.Random) -> None:
    report = await checkup.examine(data)
    assert report is not None
    assert report.problems == []
    async with await Library.open(data, seeds=False) as library:
        found = {source.id: source for source in await library.own() if source.added_by != "seeds"}
        assert told <= found.keys()
        assert {source.state for source in found.values()} <= {State.LIVE}
        assert len({source.sha256 for source in found.values()}) == len(found)
        for name in chance.sample(sorted(found), min(len(found), 4)):
            answer = await library.ask(f"mot{name.rpartition('-')[2]}x5", limit=1)
            assert [citation.source.id for citation in answer.citations] == [name]
        assert {(source.version, source.words, source.passages) for source in found.values()} == {(1, 63, 1)}
        for name in told:
            assert {figure.review for figure in await library.reviews.found_in(name)} <= {"approved"}


def test_nothing_that_was_told_is_lost_and_the_next_run_goes_on(sourcier: CommandLine) -> None:
    folder = sourcier.home / "articles"
    write(folder)
    chance = random.Random(5)  # noqa: S311
    told: set[str] = set()
    for _ in range(ROUNDS):
        told |= set(add_and_kill(sourcier, folder, len(told) + chance.randint(1, 4), chance.randint(0, 400_000)))
        asyncio.run(check(sourcier.data, told, chance))
    assert len(told) < FILES
    ended = CalledCommand(sourcier)("add", "--yes", str(folder))
    assert (ended.status, ended.err) == (0, "")
    asyncio.run(check(sourcier.data, {f"dossier-{number}" for number in range(FILES)}, chance))
