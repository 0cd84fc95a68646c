"""Backups: of one moment while others write, and examined before they get their name."""

import asyncio
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from filelock import FileLock

from index.errors import BadInput, NotFound, StoreBusy, StoreDamaged
from index.library import Library
from index.model import Article
from index.store.backup import back_up
from index.store.database import FILE
from tests.index.store.damage import DAMAGES, tamper

ARTICLE = Article(text="Le phare de Cordouan fut achevé en 1611.", title="Phare", language="fr")


@pytest.fixture
def data(prepared: Path, tmp_path: Path) -> Path:
    """A data folder of the first day."""
    return shutil.copytree(prepared, tmp_path / "data")


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


async def test_a_backup_has_what_the_store_has_and_is_one_file_for_its_owner_alone(data: Path, tmp_path: Path) -> None:
    async with await Library.open(data, "write") as library:
        await library.add(ARTICLE, by="test")
        await library.remove("amd-6-gw", by="test")
        report = await back_up(data, tmp_path / "backup.sqlite3")
    assert (report.live, report.removed, report.problems) == (5, 1, [])
    assert names(tmp_path) == ["backup.sqlite3", "data"]
    assert (tmp_path / "backup.sqlite3").stat().st_mode & 0o777 == 0o600
    assert report.bytes == (tmp_path / "backup.sqlite3").stat().st_size
    with closing(sqlite3.connect(f"file:{tmp_path / 'backup.sqlite3'}?immutable=1", uri=True)) as copy:
        texts = [text for (text,) in copy.execute("SELECT text FROM versions")]
    assert ARTICLE.text in texts
    assert len(texts) == 6


async def test_a_backup_is_of_one_moment_and_neither_waits_for_writers_nor_keeps_them_waiting(
    data: Path, tmp_path: Path
) -> None:
    tamper(data / FILE, "INSERT INTO settings VALUES ('filler', hex(randomblob(4000000)))")
    steps: list[int] = []

    def write_meanwhile(done: int, _of: int) -> None:
        steps.append(done)
        with closing(sqlite3.connect(data / FILE, timeout=0)) as writer, writer:
            writer.execute("INSERT INTO settings VALUES (?, '')", (f"step {len(steps)}",))

    await back_up(data, tmp_path / "backup.sqlite3", progress=write_meanwhile)
    assert len(steps) > 3
    assert steps == sorted(set(steps))  # it never began again
    with closing(sqlite3.connect(tmp_path / "backup.sqlite3")) as copy:
        assert copy.execute("SELECT count(*) FROM settings WHERE name LIKE 'step%'").fetchone() == (0,)
    with closing(sqlite3.connect(data / FILE)) as store:
        assert store.execute("SELECT count(*) FROM settings WHERE name LIKE 'step%'").fetchone() == (len(steps),)


async def test_a_file_that_is_there_is_only_replaced_on_demand(data: Path, tmp_path: Path) -> None:
    file = tmp_path / "backup.sqlite3"
    file.write_text("a letter")
    with pytest.raises(BadInput, match="is there already"):
        await back_up(data, file)
    assert file.read_text() == "a letter"
    assert (await back_up(data, file, overwrite=True)).live == 5
    assert file.read_bytes().startswith(b"SQLite format 3")


async def test_what_is_no_place_for_a_backup_is_refused_in_a_sentence(data: Path, tmp_path: Path) -> None:
    before = (data / FILE).read_bytes()
    (tmp_path / "second").hardlink_to(data / FILE)
    (tmp_path / "link").symlink_to(data / FILE)
    (tmp_path / "folder").mkdir()
    for file in (data / FILE, data / f"{FILE}-wal", data / "writer.lock", tmp_path / "second", tmp_path / "link"):
        with pytest.raises(BadInput, match="part of the store itself"):
            await back_up(data, file, overwrite=True)
    with pytest.raises(BadInput, match="is not a file"):
        await back_up(data, tmp_path / "folder", overwrite=True)
    with pytest.raises(BadInput, match="there is no folder"):
        await back_up(data, tmp_path / "nowhere" / "backup.sqlite3")
    assert (data / FILE).read_bytes() == before
    assert names(tmp_path) == ["data", "folder", "link", "second"]


async def test_without_a_store_there_is_nothing_to_back_up(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="There is no store"):
        await back_up(tmp_path / "data", tmp_path / "backup.sqlite3")
    assert names(tmp_path) == []


@pytest.mark.parametrize("damage", ["letter", "half", "changed text", "newer"])
async def test_a_store_that_is_not_sound_is_not_backed_up(data: Path, tmp_path: Path, damage: str) -> None:
    DAMAGES[damage](data / FILE)
    (tmp_path / "backup.sqlite3").write_text("the last good one")
    with pytest.raises(StoreDamaged):
        await back_up(data, tmp_path / "backup.sqlite3", overwrite=True)
    assert (tmp_path / "backup.sqlite3").read_text() == "the last good one"
    assert names(tmp_path) == ["backup.sqlite3", "data"]


async def test_one_who_gives_up_leaves_nothing_behind(data: Path, tmp_path: Path) -> None:
    tamper(data / FILE, "INSERT INTO settings VALUES ('filler', hex(randomblob(4000000)))")
    begun, loop = asyncio.Event(), asyncio.get_running_loop()

    def tell(_done: int, _of: int) -> None:
        loop.call_soon_threadsafe(begun.set)

    backing_up = asyncio.create_task(back_up(data, tmp_path / "backup.sqlite3", progress=tell))
    await begun.wait()
    backing_up.cancel()
    with pytest.raises(asyncio.CancelledError):
        await backing_up
    assert names(tmp_path) == ["data"]


async def test_what_an_interrupted_backup_left_is_in_nobody_s_way(data: Path, tmp_path: Path) -> None:
    left = tmp_path / "backup.sqlite3.partial"
    left.mkdir()
    (left / FILE).write_text("half a copy")
    with FileLock(tmp_path / "backup.sqlite3.partial.lock"), pytest.raises(StoreBusy, match="is writing"):
        await back_up(data, tmp_path / "backup.sqlite3")
    await back_up(data, tmp_path / "backup.sqlite3")
    assert names(tmp_path) == ["backup.sqlite3", "data"]
