"""The store as a file: one writer, many readers, migrations, and clear words when it cannot be used."""

import asyncio
import os
import shutil
import sqlite3
import subprocess
import sys
import traceback
from contextlib import closing
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, text
from sqlalchemy.exc import DBAPIError

import index.store
from index import checkup
from index.errors import SourcierError, StoreBusy, StoreDamaged, StoreUnavailable
from index.library import Library
from index.model import Article
from index.store import database
from index.store.dialect import COMPILED
from index.store.tables import HEAD, metadata

MIGRATIONS = Path(index.store.__file__).parent / "migrations"
ARTICLE = Article(text="Le phare de Cordouan fut achevé en 1611.", title="Phare", language="fr")


def tamper(folder: Path, statement: str) -> None:
    """Change a store behind the program's back."""
    with closing(sqlite3.connect(folder / database.FILE)) as connection, connection:
        connection.execute(statement)


async def test_the_migrations_make_the_tables_that_the_code_uses(tmp_path: Path) -> None:
    async with await Library.open(tmp_path, "write", seeds=False):
        pass
    engine = create_engine(f"sqlite:///{tmp_path / database.FILE}")
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []
    engine.dispose()


def test_the_code_stands_at_the_newest_migration() -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    assert ScriptDirectory.from_config(config).get_current_head() == HEAD


async def test_what_was_compiled_for_one_store_serves_another_which_gives_its_own(tmp_path: Path) -> None:
    async def titles(folder: Path, title: str) -> list[str]:
        async with await Library.open(folder, "write", seeds=False) as library:
            await library.add(ARTICLE.model_copy(update={"title": title}), by="test")
            return [source.title for source in await library.sources()]

    assert await titles(tmp_path / "one", "Phare") == ["Phare"]
    compiled = set(COMPILED)
    assert compiled
    assert await titles(tmp_path / "other", "Tour") == ["Tour"]
    assert set(COMPILED) == compiled


async def test_a_second_writer_is_refused_with_the_first_one_s_process(library: Library, tmp_path: Path) -> None:
    with pytest.raises(StoreBusy, match=rf"process \(process {os.getpid()}\) is writing"):
        await Library.open(tmp_path / "data", "write")
    assert len(await library.sources()) == 5


async def test_readers_work_beside_the_writer_and_see_what_it_committed(library: Library, tmp_path: Path) -> None:
    async with await Library.open(tmp_path / "data") as reader:
        assert (await reader.ask("Combien de puces GB200 ?")).citations
        await library.add(ARTICLE, by="test")
        assert "phare" in {source.id for source in await reader.sources()}


async def test_a_reader_s_next_answer_knows_what_another_process_changed(library: Library, tmp_path: Path) -> None:
    question = "Quand le phare de Cordouan fut-il achevé ?"
    async with await Library.open(tmp_path / "data") as reader:
        assert "phare" not in {citation.source.id for citation in (await reader.ask(question)).citations}
        await library.add(ARTICLE, by="test")
        assert "phare" in {citation.source.id for citation in (await reader.ask(question)).citations}
        await library.remove("phare", by="test")
        assert "phare" not in {citation.source.id for citation in (await reader.ask(question)).citations}


async def test_a_reader_cannot_write(library: Library, tmp_path: Path) -> None:
    assert await library.sources()
    async with await Library.open(tmp_path / "data") as reader:
        with pytest.raises(StoreUnavailable, match="opened for reading only"):
            await reader.add(ARTICLE, by="test")


async def test_the_lock_is_free_again_after_closing(tmp_path: Path) -> None:
    for _ in range(2):
        async with await Library.open(tmp_path, "write", seeds=False):
            pass


async def test_commits_are_made_durable_before_they_are_acknowledged(library: Library) -> None:
    async with library._store.write() as connection:
        assert (await connection.exec_driver_sql("PRAGMA journal_mode")).scalar_one() == "wal"
        assert (await connection.exec_driver_sql("PRAGMA synchronous")).scalar_one() == 2  # FULL
        assert (await connection.exec_driver_sql("PRAGMA foreign_keys")).scalar_one() == 1


async def test_a_store_of_a_newer_sourcier_is_left_alone(tmp_path: Path) -> None:
    async with await Library.open(tmp_path, "write"):
        pass
    tamper(tmp_path, "UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(StoreDamaged, match=r"of a version .9999. that this Sourcier does not know"):
        await Library.open(tmp_path)


async def read_everything(folder: Path) -> None:
    async with await Library.open(folder) as library:
        for source in await library.sources():
            await library.text(source.id)
        await library.ask("Combien de puces GB200 ?")
    report = await checkup.examine(folder)
    if report is not None and report.problems:
        raise StoreDamaged(f"The store is damaged ({report.problems[0]}); nothing was changed.")


@pytest.mark.parametrize("damage", ["garbage", "truncated", "overwritten"])
async def test_a_damaged_store_is_told_and_left_as_it_is(tmp_path: Path, damage: str) -> None:
    async with await Library.open(tmp_path, "write"):
        pass
    path = tmp_path / database.FILE
    whole = path.read_bytes()
    broken = {
        "garbage": b"this is no database, it is a letter. " * 400,
        "truncated": whole[: len(whole) // 3],
        "overwritten": whole[:100] + bytes(4000) + whole[4100:],
    }[damage]
    path.write_bytes(broken)
    with pytest.raises(StoreDamaged, match=r"^The store .* is damaged \(.*\); nothing was changed\..*$"):
        await read_everything(tmp_path)
    assert path.read_bytes() == broken


async def test_checking_a_sound_store_finds_nothing(library: Library, tmp_path: Path) -> None:
    await library.remove("amd-6-gw", by="test")
    report = await checkup.examine(tmp_path / "data")
    assert report is not None
    assert (report.problems, report.live, report.removed, report.outdated) == ([], 4, 1, "")
    assert "another process" in report.writer


async def test_checking_finds_a_text_that_is_not_the_stored_one(tmp_path: Path) -> None:
    async with await Library.open(tmp_path, "write"):
        pass
    tamper(tmp_path, "UPDATE versions SET text = replace(text, '4,5', '9,9')")
    report = await checkup.examine(tmp_path)
    assert report is not None
    assert any("oracle-4-5-gw" in problem for problem in report.problems)


def test_a_folder_without_a_store_has_nothing_to_check_and_stays_empty(tmp_path: Path) -> None:
    assert asyncio.run(checkup.examine(tmp_path)) is None
    assert list(tmp_path.iterdir()) == []


async def test_terms_of_an_older_analysis_are_computed_anew_at_the_next_start(tmp_path: Path) -> None:
    question = "Combien de puces GB200 Oracle a-t-il achetées ?"
    async with await Library.open(tmp_path, "write") as library:
        before = await library.ask(question)
    tamper(tmp_path, "UPDATE terms SET analysis = 0, keys = zeroblob(length(keys))")
    async with await Library.open(tmp_path) as library:
        after = await library.ask(question)
    assert after.citations == before.citations


@pytest.mark.skipif(sys.platform == "win32", reason="needs a limit on the size of files")
def test_a_full_disk_is_told_and_loses_nothing(tmp_path: Path) -> None:
    script = """
import asyncio, resource, signal, sys
from pathlib import Path
from index.errors import SourcierError
from index.library import Library
from index.model import Article

async def main():
    async with await Library.open(Path(sys.argv[1]), "write") as library:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        limit = max(path.stat().st_size for path in Path(sys.argv[1]).iterdir()) + 4096
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
        text = " ".join(f"mot{i} dit la phrase." for i in range(3_000))
        try:
            await library.add(Article(text=text, title="Long", language="fr"), by="test")
        except SourcierError as error:
            print(type(error).__name__, error)
        assert len(await library.sources()) == 5
        answer = await library.ask("Combien de puces GB200 ?")
        assert {citation.source.id for citation in answer.citations} >= {"oracle-4-5-gw"}

asyncio.run(main())
"""
    ran = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path)], capture_output=True, text=True, check=False, timeout=60
    )
    assert ran.returncode == 0, ran.stderr
    assert ran.stdout.startswith("StoreUnavailable")
    assert "nothing was changed" in ran.stdout


def _without_write_permission(*command: str) -> list[str]:
    """Make a command that obeys file permissions, which root otherwise does not."""
    if os.geteuid() != 0:
        return list(command)
    if shutil.which("setpriv") is None:
        pytest.skip("root needs setpriv to give up its rights")
    return ["setpriv", "--bounding-set=-all", "--inh-caps=-all", *command]


@pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX permissions")
def test_a_read_only_folder_answers_and_refuses_to_add(prepared: Path, tmp_path: Path) -> None:
    folder = shutil.copytree(prepared, tmp_path / "data")
    script = """
import asyncio, sys
from pathlib import Path
from index.errors import StoreUnavailable
from index.library import Library

async def main():
    async with await Library.open(Path(sys.argv[1])) as library:
        answer = await library.ask("Combien de puces GB200 ?")
        print(answer.citations[0].source.id)
    try:
        await Library.open(Path(sys.argv[1]), "write")
    except StoreUnavailable as error:
        print(error)

asyncio.run(main())
"""
    for path in folder.iterdir():
        path.chmod(0o444)
    folder.chmod(0o555)
    try:
        ran = subprocess.run(
            _without_write_permission(sys.executable, "-c", script, str(folder)),
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )
    finally:
        folder.chmod(0o755)
    assert ran.returncode == 0, ran.stderr
    answered, refused = ran.stdout.splitlines()
    assert answered == "oracle-4-5-gw"
    assert "cannot be written to" in refused


async def test_a_data_folder_that_is_a_file_is_a_clear_refusal() -> None:
    with pytest.raises(SourcierError, match="cannot be"):
        await Library.open(Path(__file__))


async def test_what_was_asked_is_not_in_the_error_of_a_statement_that_fails(tmp_path: Path) -> None:
    store = await database.connect(tmp_path, "write")
    asked = tmp_path.name * 2
    try:
        with pytest.raises(DBAPIError) as failed:
            async with store.write() as connection:
                await connection.execute(text("INSERT INTO settings VALUES (:question, NULL)"), {"question": asked})
        assert asked not in "".join(traceback.format_exception(failed.value))
    finally:
        await store.close()
