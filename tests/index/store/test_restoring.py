"""Backups in the place of a store: examined before, whole at every moment, nothing lost of what was there."""

import asyncio
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from index.errors import BadInput, StoreBusy
from index.library import Library
from index.model import Article
from index.store import database
from index.store.backup import back_up
from index.store.database import FILE
from index.store.restoring import candidate, replace
from index.store.tables import HEAD
from tests.index.store.damage import DAMAGES
from tests.index.store.test_migrations import first_store

ARTICLE = Article(text="Le phare de Cordouan fut achevé en 1611.", title="Phare", language="fr")
SEEDS = {"abilene-crusoe", "amd-6-gw", "azure-on-oracle", "openai-beyond-microsoft", "oracle-4-5-gw"}
REFUSED = {
    "letter": "is no backup of Sourcier",
    "empty": "is no backup of Sourcier",
    "compressed": "is compressed",
    "half": "it is damaged",
    "a page of zeros": "it is damaged",
    "another program's": "it is not a store of Sourcier",
    "changed text": "the text of oracle-4-5-gw, version 1, is not the one that was stored",
    "lost row": "points to a missing row",
    "newer": "comes from a newer Sourcier",
    "unknown": "its version .0000. is not one that this Sourcier knows",
    "trigger": "which is not of Sourcier",
    "another table": "its table 'evil' is not of Sourcier",
    "a scheme that runs": "version 1, is not as articles are kept: its url does not begin with https",
    "a NUL in a title": "is not as articles are kept: its title has a NUL",
    "an endless title": "is not as articles are kept: its title is not right",
    "an unknown language": "is not as articles are kept: its language is not right",
    "an unknown state": "is in a state that there is not: 'zombie'",
    "lost column": "its table 'preferences' is not that of Sourcier",
}


@pytest.fixture
def data(prepared: Path, tmp_path: Path) -> Path:
    """A data folder of the first day."""
    return shutil.copytree(prepared, tmp_path / "data")


@pytest.fixture
async def backup(data: Path, tmp_path: Path) -> Path:
    """A backup of the first day."""
    await back_up(data, tmp_path / "backup.sqlite3")
    return tmp_path / "backup.sqlite3"


def names(folder: Path) -> list[str]:
    """What is in a folder, but for what readers and writers leave there that holds nothing."""
    idle = {f"{FILE}-shm", "writer.lock"}
    found = [path for path in folder.iterdir() if path.name not in idle]
    return sorted(path.name for path in found if path.name != f"{FILE}-wal" or path.stat().st_size)


async def ids(folder: Path) -> set[str]:
    async with await Library.open(folder) as library:
        return {source.id for source in await library.sources()}


async def add(folder: Path) -> None:
    async with await Library.open(folder, "write") as library:
        await library.add(ARTICLE, by="test")


async def restored(folder: Path, file: Path) -> Path | None:
    async with candidate(folder, file) as new:
        return await replace(new)


async def test_a_restored_backup_is_all_there_is_and_what_was_there_is_kept(data: Path, backup: Path) -> None:
    await add(data)
    async with candidate(data, backup) as new:
        assert (new.report.live, new.replaces) == (5, True)
        kept = await replace(new)
    assert await ids(data) == SEEDS
    assert kept is not None
    assert names(data) == sorted([FILE, kept.name])
    again = await restored(data, kept)
    assert await ids(data) == SEEDS | {"phare"}
    assert again is not None
    assert again != kept


async def test_a_new_data_folder_is_made_of_a_backup(backup: Path, tmp_path: Path) -> None:
    assert await restored(tmp_path / "new", backup) is None
    assert names(tmp_path / "new") == [FILE]
    assert await ids(tmp_path / "new") == SEEDS


async def test_what_is_no_sound_backup_replaces_nothing(data: Path, backup: Path, tmp_path: Path) -> None:
    await add(data)
    before = (data / FILE).read_bytes()
    file = tmp_path / "bad.sqlite3"
    for damage, reason in REFUSED.items():
        shutil.copyfile(backup, file)
        DAMAGES[damage](file)
        kept = file.read_bytes()
        with pytest.raises(BadInput, match=reason):
            await restored(data, file)
        assert file.read_bytes() == kept, damage
    for file in (tmp_path / "missing", data, data / FILE):
        with pytest.raises(BadInput):
            await restored(data, file)
    assert (data / FILE).read_bytes() == before
    assert names(data) == [FILE]


async def test_a_backup_that_nobody_wants_in_the_end_changes_nothing(data: Path, backup: Path) -> None:
    before = (data / FILE).read_bytes()
    async with candidate(data, backup):
        with pytest.raises(StoreBusy):
            await Library.open(data, "write")
    assert (data / FILE).read_bytes() == before
    assert names(data) == [FILE]
    await add(data)


async def test_what_a_killed_writer_left_in_its_log_stays_with_the_old_store(
    data: Path, backup: Path, tmp_path: Path
) -> None:
    crashed = tmp_path / "crashed"
    async with await Library.open(data, "write") as library:
        await library.add(ARTICLE, by="test")
        shutil.copytree(data, crashed)  # as a killed process leaves it
    assert (crashed / f"{FILE}-wal").stat().st_size > 0
    kept = await restored(crashed, backup)
    assert kept is not None
    assert names(crashed) == sorted([FILE, kept.name])
    assert await ids(crashed) == SEEDS
    await restored(tmp_path / "old", kept)
    assert await ids(tmp_path / "old") == SEEDS | {"phare"}


@pytest.mark.parametrize("damage", ["letter", "half", "empty", "newer"])
async def test_a_damaged_store_is_replaced_and_kept_with_all_that_lay_beside_it(
    data: Path, backup: Path, damage: str
) -> None:
    DAMAGES[damage](data / FILE)
    damaged, beside = (data / FILE).read_bytes(), []
    if damage == "letter":
        (data / f"{FILE}-wal").write_bytes(b"a log")
        (data / f"{FILE}-journal").write_bytes(b"a journal")
        beside = ["-journal", "-wal"]
    kept = await restored(data, backup)
    assert kept is not None
    if damage != "newer":
        assert kept.read_bytes() == damaged
    assert names(data) == sorted([FILE, kept.name, *(kept.name + suffix for suffix in beside)])
    assert await ids(data) == SEEDS


async def test_a_log_without_its_store_is_not_taken_for_the_backup_s(data: Path, backup: Path, tmp_path: Path) -> None:
    left = tmp_path / "left"
    async with await Library.open(data, "write") as library:
        await library.add(ARTICLE, by="test")
        shutil.copytree(data, left)
    (left / FILE).unlink()
    assert await restored(left, backup) is None
    assert await ids(left) == SEEDS


async def test_nothing_is_replaced_under_one_who_writes_or_reads(
    data: Path, backup: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("index.store.restoring._PATIENCE", 0.05)
    async with await Library.open(data, "write") as library:
        await library.add(ARTICLE, by="test")
        with pytest.raises(StoreBusy, match="is writing to"):
            await restored(data, backup)
    async with await Library.open(data) as reader:
        assert "phare" in {source.id for source in await reader.sources()}
        with pytest.raises(StoreBusy, match="is reading"):
            await restored(data, backup)
        assert "phare" in {source.id for source in await reader.sources()}
    assert names(data) == [FILE]
    assert await ids(data) == SEEDS | {"phare"}


async def test_a_backup_of_an_earlier_version_is_brought_up_to_date_in_its_copy(data: Path, tmp_path: Path) -> None:
    old = await first_store(tmp_path / "old")
    report = await back_up(old, tmp_path / "old.sqlite3")
    assert report.outdated == f"the store is at version 0001 of {HEAD}"
    before = (tmp_path / "old.sqlite3").read_bytes()
    await restored(data, tmp_path / "old.sqlite3")
    assert (tmp_path / "old.sqlite3").read_bytes() == before
    assert database.revision(data) == HEAD
    async with await Library.open(data) as library:
        assert [source.id for source in (await library.browse("one", "phare")).sources] == ["phare"]


KILLED = """
import asyncio, gc, os, random, shutil, signal, sys
from pathlib import Path
from index import checkup
from index.store import database
from index.store.database import FILE
from index.store.restoring import candidate, replace

WATCHED = {"os.link", "os.rename", "os.remove", "os.rmdir", "os.mkdir", "shutil.rmtree", "sqlite3.connect", "open"}
source, backup, folder = map(Path, sys.argv[1:])

def forked(work, *arguments):
    child = os.fork()
    if not child:
        try:
            work(*arguments)
        except BaseException as error:
            print(repr(error), file=sys.stderr, flush=True)
            os._exit(1)
        os._exit(0)
    return os.waitpid(child, 0)[1]

def restore(last):
    steps = []
    def count(event, arguments):
        if event in WATCHED and any(str(folder) in str(each) for each in arguments):
            steps.append(f"{event} {arguments[0]}")
            if len(steps) == last:
                os.kill(os.getpid(), signal.SIGKILL)
    async def run():
        async with candidate(folder, backup) as new:
            await replace(new)
    sys.addaudithook(count)
    asyncio.run(run())
    return steps

def first():
    steps = restore(0)
    opened = next(i for i, step in enumerate(steps, 1) if step.endswith(f"killed/{FILE}?mode=rw"))
    (folder / "steps").write_text(f"{opened} {len(steps)}")

def found():
    report = asyncio.run(checkup.examine(folder))
    assert report is not None and report.problems == [], report
    which = {5: "new", 6: "old"}[report.live]
    kept = [path for path in folder.glob("replaced-*.sqlite3") if not path.samefile(folder / FILE)]
    assert kept or which == "old", kept
    return which

def look(last):
    print(found(), flush=True)
    if last % 3 == 0:
        restore(0)
        assert found() == "new"
        assert not (folder / "restoring").exists()

def prepare():
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(source, folder)

gc.collect()
gc.freeze()  # what is forked touches less memory
prepare()
assert forked(first) == 0
opened, steps = map(int, (folder / "steps").read_text().split())
for last in sorted({*random.Random(7).sample(range(1, opened), 2), *range(opened, steps + 1)}):
    prepare()
    assert forked(restore, last) == 9, last
    assert forked(look, last) == 0, last
"""


@pytest.mark.skipif(sys.platform == "win32", reason="needs SIGKILL and fork")
async def test_killed_at_any_step_the_old_store_is_there_or_the_new_one(
    data: Path, backup: Path, tmp_path: Path
) -> None:
    crashed = tmp_path / "crashed"
    async with await Library.open(data, "write") as library:
        await library.add(ARTICLE, by="test")
        shutil.copytree(data, crashed)  # with its log, as a killed process leaves it
    command = [sys.executable, "-c", KILLED, str(crashed), str(backup), str(tmp_path / "killed")]
    ran = await asyncio.to_thread(subprocess.run, command, capture_output=True, text=True, timeout=100)
    assert ran.returncode == 0, ran.stderr
    found = ran.stdout.split()
    assert len(found) > 12
    assert set(found) == {"old", "new"}
    assert found == sorted(found, reverse=True)  # the old one up to some step, from there on the new one
