"""``kill -9`` at fifty moments of adding and moderating: what was acknowledged is there, nothing half done answers."""

import json
import random
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from index import checkup
from index.library import Library
from index.model import State
from tests.index.store.killed_acts import SHELF, Observed, Seen, after, name, plan

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs SIGKILL and fork")

ROUNDS = 50


def _writers(folder: Path) -> subprocess.Popen[str]:
    program = [sys.executable, "-m", "tests.index.store.killed_writer", str(folder)]
    return subprocess.Popen(program, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


async def test_no_acknowledged_act_is_lost_and_nothing_half_done_answers(tmp_path: Path) -> None:
    chance = random.Random(5)  # noqa: S311
    kept: dict[int, Seen] = {}
    begin = 1
    with _writers(tmp_path) as writers:
        assert writers.stdin is not None
        assert writers.stdout is not None
        for _ in range(ROUNDS):
            asked = {"begin": begin, "acts": chance.randint(1, 6), "delay": chance.randint(0, 300_000)}
            print(json.dumps(asked), file=writers.stdin, flush=True)
            done = Counter(json.loads(writers.stdout.readline()))
            begin = await _check(tmp_path, done, kept, chance)
        writers.stdin.close()
    assert {seen.state for seen in kept.values()} == {None, State.LIVE, State.REMOVED}
    assert sum("import" in plan(number) for number in kept) > 1


async def _check(folder: Path, done: Counter[int], kept: dict[int, Seen], chance: random.Random) -> int:
    """Check what is there after some acts; return the dossier to go on with."""
    report = await checkup.examine(folder)
    assert report is not None
    assert report.problems == []
    async with await Library.open(folder, seeds=False) as library:
        observed = await Observed.of(library)
        for number, acts in done.items():
            kept[number] = await observed.seen(number)
            whole = acts == len(plan(number))
            assert kept[number] in {after(number, acts), after(number, acts if whole else acts + 1)}
        begun = max(kept) + 1
        kept[begun] = await observed.seen(begun)
        assert kept[begun] in {Seen(), after(begun, 1)}
        for number in chance.sample(sorted(kept), min(len(kept), 4)):
            assert await observed.seen(number) == kept[number]
            answers = await library.ask(f"mot{number}x11", SHELF, limit=1)
            found = {citation.source.id for citation in answers.citations}
            assert (name(number) in found) == (kept[number].state is State.LIVE)
    return begun + 1
