"""``kill -9`` at any moment: what was acknowledged is there, once and whole; the rest is there whole or not at all."""

import random
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from index import checkup
from index.library import Library
from index.model import State

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs SIGKILL")

ROUNDS = 10
WRITER = """
import asyncio, sys
from pathlib import Path
from index.library import Library
from index.model import Article

def article(number):
    lines = [f"Le dossier {number} raconte la ligne {line} de son histoire, mot{number}x{line}." for line in range(60)]
    return Article(text="\\n\\n".join(lines), title=f"Dossier {number}", language="fr")

async def main():
    async with await Library.open(Path(sys.argv[1]), "write", seeds=False) as library:
        number = int(sys.argv[2])
        while True:
            added = await library.add(article(number), by="test")
            print("added", added.source.id, flush=True)
            if number % 3 == 0:
                await library.remove(added.source.id, by="test")
                print("removed", added.source.id, flush=True)
            if number % 6 == 0:
                await library.restore(added.source.id, by="test")
                print("restored", added.source.id, flush=True)
            number += 1

asyncio.run(main())
"""


async def test_no_acknowledged_act_is_lost_or_done_by_halves(tmp_path: Path) -> None:
    chance = random.Random(20)  # noqa: S311
    expected: dict[str, State] = {}
    begin = 1
    for _ in range(ROUNDS):
        acts = _run_and_kill(tmp_path, begin, chance.randint(1, 12), chance.randint(0, 200_000))
        for act, source_id in acts:
            expected[source_id] = State.REMOVED if act == "removed" else State.LIVE
        # The next round begins with the last article again, which may be half-way through its acts.
        begin = max(begin, len(expected))
        report = await checkup.examine(tmp_path)
        assert report is not None
        assert report.problems == []
        async with await Library.open(tmp_path, seeds=False) as library:
            sources = {source.id: source for source in await library.sources()}
            assert expected.keys() <= sources.keys()
            assert len(sources) - len(expected) <= 1
            assert len({source.sha256 for source in sources.values()}) == len(sources)
            unsure = max(sources, key=lambda name: int(name.rpartition("-")[2]))
            assert {name: sources[name].state for name in expected if name != unsure} == {
                name: state for name, state in expected.items() if name != unsure
            }
            for source in sources.values():
                answer = await library.ask(f"mot{source.id.rpartition('-')[2]}x59", limit=1)
                found = {citation.source.id for citation in answer.citations}
                assert (source.id in found) == (source.state is State.LIVE)


def _run_and_kill(folder: Path, begin: int, acknowledged: int, delay: int) -> list[tuple[str, str]]:
    """Let a writer work until it has acknowledged some acts and a random moment more; return all it acknowledged."""
    with subprocess.Popen(
        [sys.executable, "-c", WRITER, str(folder), str(begin)], stdout=subprocess.PIPE, text=True
    ) as writer:
        assert writer.stdout is not None
        lines = [writer.stdout.readline() for _ in range(acknowledged)]
        for _ in range(delay):
            pass
        writer.send_signal(signal.SIGKILL)
        lines += writer.stdout.readlines()
    return [(act, source_id) for act, source_id in (line.split() for line in lines if line.endswith("\n"))]
