"""``kill -9`` while a file is imported: all of it is there afterwards, or nothing."""

import asyncio
import shutil
import subprocess
import sys
import threading
from pathlib import Path
from random import Random

import pytest

from index.library import Library
from tests.index.exchange.moved import HERE, export, fill

KILLED = """
import asyncio, gc, os, random, shutil, signal, sys
from pathlib import Path
from sqlalchemy import event
from index import checkup
from index.library import Library
from tests.index.exchange.moved import HERE, content, export

file, prepared, folder = map(Path, sys.argv[1:])
expected = content(file)

def forked(work, *arguments):
    child = os.fork()
    if not child:
        try:
            asyncio.run(work(*arguments))
        except BaseException as error:
            print(repr(error), file=sys.stderr, flush=True)
            os._exit(1)
        os._exit(0)
    return os.waitpid(child, 0)[1]

async def take_in(last):
    statements = 0
    def count(*_):
        nonlocal statements
        statements += 1
        if statements == last:
            os.kill(os.getpid(), signal.SIGKILL)
    async with await Library.open(folder, "write", seeds=False) as library:
        event.listen(library._store._writer.sync_engine, "before_cursor_execute", count)
        await library.exchange.import_(file, by="test")
        if last < 0:
            os.kill(os.getpid(), signal.SIGKILL)
    (folder / "statements").write_text(str(statements))

async def look(last):
    report = await checkup.examine(folder)
    assert report is not None and report.problems == [], report
    async with await Library.open(folder, "write", seeds=False) as library:
        if not await library.retention.shelves():
            assert not await library.sources(HERE)
            print("nothing", flush=True)
        else:
            assert content(await export(library, folder / "found.gz")) == expected
            print("all", flush=True)
        if last == statements:
            await library.exchange.import_(file, by="test")
            assert content(await export(library, folder / "found.gz")) == expected

def prepare():
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(prepared, folder)

gc.collect()
gc.freeze()  # what is forked touches less memory
prepare()
assert forked(take_in, 0) == 0
statements = int((folder / "statements").read_text())
for last in [*sorted(random.Random(4).sample(range(1, statements), 6)), statements, -1]:
    prepare()
    assert forked(take_in, last) == 9, last
    assert forked(look, last) == 0, last
    assert not list(folder.glob("tmp*")), last
"""


@pytest.mark.skipif(sys.platform == "win32", reason="needs SIGKILL and fork")
async def test_a_killed_import_has_imported_all_or_nothing(
    empty_library: Library, prepared_empty: Path, tmp_path: Path
) -> None:
    await fill(empty_library, Random(6))  # noqa: S311
    file = await export(empty_library, tmp_path / "shelf.gz")
    command = [sys.executable, "-c", KILLED, str(file), str(prepared_empty), str(tmp_path / "killed")]
    ran = await asyncio.to_thread(subprocess.run, command, capture_output=True, text=True, timeout=100)
    assert ran.returncode == 0, ran.stderr
    assert ran.stdout.split() == [*["nothing"] * 7, "all"]


async def test_an_import_that_is_given_up_while_the_file_is_checked_writes_nothing(
    empty_library: Library, prepared_empty: Path, tmp_path: Path
) -> None:
    await fill(empty_library, Random(6))  # noqa: S311
    file = await export(empty_library, tmp_path / "shelf.gz")
    loop, given_up = asyncio.get_running_loop(), threading.Event()
    async with await Library.open(shutil.copytree(prepared_empty, tmp_path / "new"), "write", seeds=False) as library:

        def give_up(_done: int, _of: int) -> None:
            loop.call_soon_threadsafe(importing.cancel)
            given_up.wait(60)

        importing = asyncio.create_task(library.exchange.import_(file, by="test", progress=give_up))
        with pytest.raises(asyncio.CancelledError):
            await importing
        given_up.set()
        assert await library.retention.shelves() == []
        await library.exchange.import_(file, by="test")
        assert await library.retention.shelves() == [HERE]
