"""A program that adds, moderates and is killed: it has all modules in memory, and lets copies of itself do the work.

Reads lines of JSON: ``begin`` (the first dossier), ``acts`` (that are waited for) and ``delay`` (some more turns of a
loop). Answers each with the acts that its copy acknowledged before it was killed: numbers of dossiers.
"""

import asyncio
import json
import os
import signal
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from index.figures.kinds import Review
from index.library import Library
from tests.index.store.killed_acts import SHELF, name, plan, reading

BY = "7"


MOST = 200
"""Dossiers of which some can be imported."""


async def moderate(folder: Path, number: int) -> None:
    """Do what is planned with one dossier after another, and acknowledge each act."""
    async with await Library.open(folder, "write", seeds=False) as library:
        while True:
            draft_id = ""
            for act in plan(number):
                draft_id = await do(library, folder, number, act, draft_id)
                acknowledge(str(number))
            number += 1


def exported(folder: Path, number: int) -> Path:
    """Return the file from which a dossier is imported."""
    return folder / f"dossier-{number}.exported"


async def do(library: Library, folder: Path, number: int, act: str, draft_id: str) -> str:
    """Do one act; return the draft with which it goes on."""
    drafts = library.drafts
    match act:
        case "draft":
            return (await drafts.propose(reading(number), by=BY, shelf=SHELF)).id
        case "draft again":
            return (await drafts.propose(reading(number, 2), of=name(number), by=BY, shelf=SHELF)).id
        case "edit":
            await drafts.edit(draft_id, {"author": f"Auteur {number}"}, by=BY, shelf=SHELF)
        case "review":
            found = [figure.id for figure in (await drafts.draft(draft_id, SHELF)).figures if figure.unit == "W"]
            await library.reviews.decide(found, Review.APPROVED, by=BY, shelf=SHELF)
        case "approve" | "approve again":
            await drafts.approve(draft_id, by=BY, shelf=SHELF)
        case "discard":
            await drafts.discard(draft_id, by=BY, shelf=SHELF)
        case _:
            await keep(library, folder, number, act)
    return draft_id


async def keep(library: Library, folder: Path, number: int, act: str) -> None:
    """Do one act that needs no draft."""
    match act:
        case "import":
            await library.exchange.import_(exported(folder, number), SHELF, by=BY)
        case "add":
            await library.add(reading(number).article, by=BY, shelf=SHELF)
        case "remove":
            await library.remove(name(number), by=BY, shelf=SHELF)
        case "restore":
            await library.restore(name(number), by=BY, shelf=SHELF)


def killed(folder: Path, begin: int, acts: int, delay: int) -> list[int]:
    """Let a copy of this process work until it has acknowledged some acts and a while more, and kill it."""
    heard, told = os.pipe()
    copy = os.fork()
    if copy == 0:
        os.dup2(told, 1)
        try:
            asyncio.run(moderate(folder, begin))
        finally:
            os._exit(1)
    os.close(told)
    with os.fdopen(heard) as lines:
        acknowledged = [lines.readline() for _ in range(acts)]
        for _ in range(delay):
            pass
        os.kill(copy, signal.SIGKILL)
        acknowledged += lines.readlines()
    os.waitpid(copy, 0)
    return [int(line) for line in acknowledged if line.endswith("\n")]


async def warm_up(folder: Path) -> None:
    """Load all that the copies need, and make what they import; no thread is left when this returns."""
    with TemporaryDirectory() as elsewhere:
        async with await Library.open(Path(elsewhere), "write", seeds=False) as library:
            draft_id = ""
            for act in plan(1):
                draft_id = await do(library, folder, 1, act, draft_id)
            for number in (number for number in range(MOST) if "import" in plan(number)):
                shelf = f"discord-{number}"
                await library.add(reading(number).article, by=BY, shelf=shelf)
                await library.exchange.export(exported(folder, number), shelf, release="1")


def acknowledge(line: str) -> None:
    """Say that something is done."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    asyncio.run(warm_up(Path(sys.argv[1])))
    for asked in sys.stdin:
        acknowledge(json.dumps(killed(Path(sys.argv[1]), **json.loads(asked))))
