"""A store of an earlier Sourcier is brought up to date with all that is in it."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine
from sqlalchemy.pool import NullPool

import index.store
from index import checkup
from index.errors import NotFound
from index.library import Library
from index.model import Article, State
from index.moderating.goldens import Golden
from index.store import database
from index.store.tables import HEAD

MIGRATIONS = Path(index.store.__file__).parent / "migrations"
FIRST = ("shelves", "sources", "versions", "states", "passages", "terms", "settings")
LIGHTHOUSE = Article(
    text="Le phare de Cordouan fut achevé en 1611.", title="L’Été au phare", language="fr", credit="Via Écho"
)
WHEN = "Quand le phare de Cordouan fut-il achevé ?"


def migrated(folder: Path, revision: str) -> None:
    """Bring a store to a revision, up or down."""
    folder.mkdir(exist_ok=True)
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    engine = create_engine(f"sqlite:///{folder / database.FILE}", poolclass=NullPool)
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        move = command.upgrade if revision > (database.revision(folder) or "") else command.downgrade
        move(config, revision)
    engine.dispose()


async def first_store(folder: Path) -> Path:
    """Make a store as the first migration makes it, with what a first Sourcier would have put there."""
    today, first = folder / "today", folder / "first"
    async with await Library.open(today, "write") as library:
        await library.add(LIGHTHOUSE, by="mod", shelf="one", source_id="phare")
        await library.add(LIGHTHOUSE.model_copy(update={"title": "Ôtée"}), by="mod", shelf="two", source_id="otee")
        await library.remove("otee", by="mod", shelf="two")
    migrated(first, "0001")
    with closing(sqlite3.connect(first / database.FILE)) as connection, connection:
        connection.execute("ATTACH ? AS today", (str(today / database.FILE),))
        for table in FIRST:
            columns = ", ".join(row[1] for row in connection.execute(f"PRAGMA main.table_info({table})"))
            connection.execute(f"INSERT INTO {table} ({columns}) SELECT {columns} FROM today.{table}")  # noqa: S608
    return first


@pytest.mark.parametrize("access", ["read", "write"])
async def test_a_first_store_answers_lists_and_remembers(tmp_path: Path, access: database.Access) -> None:
    folder = await first_store(tmp_path)
    assert database.revision(folder) == "0001"
    async with await Library.open(folder, access) as library:
        answer = await library.ask(WHEN, "one")
        assert answer.citations[0].highlight.quote == LIGHTHOUSE.text
        assert [source.id for source in (await library.browse("one", "ete phare echo")).sources] == ["phare"]
        assert (await library.browse("two", "otee")).total == 0
        assert (await library.source("otee", "two")).state is State.REMOVED
        assert (await library.browse("one", limit=20)).total == 6
        with pytest.raises(NotFound):
            await library.memory.recall("none", "one")
    assert database.revision(folder) == HEAD
    report = await checkup.examine(folder)
    assert report is not None
    assert (report.problems, report.outdated, report.live, report.removed) == ([], "", 6, 1)


async def test_a_first_store_goes_on_where_it_was(tmp_path: Path) -> None:
    folder = await first_store(tmp_path)
    async with await Library.open(folder, "write") as library:
        answer = await library.ask(WHEN, "one")
        answer_id = await library.memory.keep(answer, shelf="one", by="ann", origin="message")
        assert (await library.memory.recall(answer_id, "one")).answer == answer
        assert await library.retention.shelves() == ["one", "two"]
        await library.restore("otee", by="mod", shelf="two")
        assert (await library.browse("two", "otee")).total == 1
        await library.retention.erase("one")
        assert await library.retention.shelves() == ["two"]


async def test_golden_questions_of_before_have_no_sentence_and_get_one(tmp_path: Path) -> None:
    sentence, asked = LIGHTHOUSE.text, Golden(question=WHEN, source="phare")
    async with await Library.open(tmp_path / "store", "write") as library:
        await library.add(LIGHTHOUSE, by="mod", shelf="one", source_id="phare")
        await library.goldens.add(asked, by="mod", shelf="one")
    migrated(tmp_path / "store", "0004")
    with closing(sqlite3.connect(tmp_path / "store" / database.FILE)) as connection:
        columns = [row[1] for row in connection.execute("PRAGMA table_info(goldens)")]
    assert "sentence" not in columns
    async with await Library.open(tmp_path / "store", "write") as library:
        assert await library.goldens.all("one") == [asked]
        await library.goldens.add(asked.model_copy(update={"sentence": sentence}), by="mod", shelf="one")
    async with await Library.open(tmp_path / "store") as library:
        assert [golden.sentence for golden in await library.goldens.all("one")] == [sentence]


def test_each_migration_undoes_what_it_did(tmp_path: Path) -> None:
    def tables() -> set[tuple[str, str]]:
        with closing(sqlite3.connect(tmp_path / "store" / database.FILE)) as connection:
            found = connection.execute("SELECT type, name FROM sqlite_master WHERE name NOT LIKE 'sqlite_%'")
            return set(found.fetchall())

    migrated(tmp_path / "store", "0001")
    first = tables()
    migrated(tmp_path / "store", HEAD)
    assert tables() > first
    migrated(tmp_path / "store", "0001")
    assert tables() == first
