"""Backups and moved shelves on the command line: made beside the running bot, examined before they count."""

import asyncio
import json
import os
import re
import select
import sys
from pathlib import Path

import pytest

from index.library import Library
from index.model import Article
from index.store.database import FILE
from tests.bot.called_command import CalledCommand
from tests.bot.command_line import CommandLine, one_line

LIGHTHOUSE = Article(text="Le phare de Cordouan fut achevé en 1611.", title="Le phare", language="fr")
SERVER = "discord-1234567890123456789"


async def add(folder: Path, shelf: str = "shared") -> None:
    async with await Library.open(folder, "write") as library:
        await library.add(LIGHTHOUSE, by="test", shelf=shelf)


def titles(called: CalledCommand) -> list[str]:
    return [source["title"] for source in json.loads(called("sources", "--json").out)]


async def test_a_backup_is_made_while_the_bot_runs_and_restored_when_it_does_not(called: CalledCommand) -> None:
    async with await Library.open(called.data, "write") as running:
        await running.add(LIGHTHOUSE, by="test")
        backed_up = called("backup", "backup.sqlite3")
        assert (backed_up.status, backed_up.err) == (0, "")
        assert re.fullmatch(r"Backed up: 6 live sources, 0 removed, 41 passages, 0\.\d MB\n", backed_up.out)
        refused = called("restore-backup", "backup.sqlite3")
        assert (refused.status, refused.out) == (1, "")
        assert one_line(refused.err, "is writing to", str(os.getpid()))
        await running.remove("le-phare", by="test")
        await running.retention.erase(SERVER)
    restored = called("restore-backup", "backup.sqlite3")
    assert (restored.status, restored.err) == (0, "")
    told, kept = restored.out.splitlines()
    assert told.startswith("Restored: 6 live sources, 0 removed, 41 passages, ")
    assert (await source_states(called))["le-phare"] == "live"
    name = kept.removeprefix("The store that was there is kept as ")
    assert called("restore-backup", name).status == 0
    assert (await source_states(called))["le-phare"] == "removed"


async def source_states(called: CalledCommand) -> dict[str, str]:
    async with await Library.open(called.data) as library:
        return {source.id: source.state.value for source in await library.sources()}


def test_a_backup_needs_a_store_and_a_free_name(called: CalledCommand) -> None:
    (called.home / "there.sqlite3").write_text("a letter")
    refused = called("backup", "there.sqlite3")
    assert (refused.status, refused.out) == (1, "")
    assert one_line(refused.err, "there.sqlite3 is there already", "--force")
    assert called("backup", "--force", "there.sqlite3").status == 0
    nothing = called("backup", "other.sqlite3", "--data", "nowhere")
    assert one_line(nothing.err, "There is no store in nowhere")
    assert not (called.home / "nowhere").exists()
    assert sorted(path.name for path in called.home.iterdir()) == ["there.sqlite3"]


def test_what_is_no_backup_is_refused_in_one_line_and_the_store_stays(called: CalledCommand) -> None:
    before = (called.data / FILE).read_bytes()
    (called.home / "letter.sqlite3").write_text("a letter")
    assert called("export", "shelf.jsonl.gz").status == 0
    for name, words in (("letter.sqlite3", "is no backup"), ("shelf.jsonl.gz", "`sourcier import`"), ("x", "no such")):
        refused = called("restore-backup", name)
        assert (refused.status, refused.out) == (1, "")
        assert one_line(refused.err, name, words)
    assert (called.data / FILE).read_bytes() == before


@pytest.mark.skipif(sys.platform == "win32", reason="needs a POSIX terminal")
def test_on_a_terminal_it_asks_before_it_replaces_the_store(sourcier: CommandLine) -> None:
    assert CalledCommand(sourcier)("backup", "backup.sqlite3").status == 0
    asyncio.run(add(sourcier.data))
    said = in_a_terminal(sourcier, b"n\n", "restore-backup", "backup.sqlite3")
    assert "The backup is sound: 5 live sources" in said
    assert "Nothing was changed." in said
    assert len(titles(CalledCommand(sourcier))) == 6


def in_a_terminal(sourcier: CommandLine, typed: bytes, *arguments: str) -> str:
    import pty
    import subprocess

    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [*sourcier.command, *arguments],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        env=sourcier.environment | {"TERM": "dumb", "COLUMNS": "200"},
        cwd=sourcier.home,
    )
    os.close(theirs)
    os.write(ours, typed)
    said = b""
    while select.select([ours], [], [], 60)[0]:
        try:
            said += os.read(ours, 4096)
        except OSError:
            break
    process.wait(60)
    os.close(ours)
    assert process.returncode == 1
    return said.decode()


def test_a_server_s_shelf_is_moved_to_another_installation(called: CalledCommand) -> None:
    asyncio.run(add(called.data, SERVER))
    exported = called("export", "server.jsonl.gz", "--shelf", SERVER)
    assert exported == (0, f"Exported {SERVER}: 1 source, 1 version, 1 figure, 1 act in the audit log\n", "")
    imported = called("import", "server.jsonl.gz", "--data", "other")
    assert imported == (0, f"added: source le-phare\nImported onto {SERVER}, from {SERVER}.\n", "")
    again = called("import", "server.jsonl.gz", "--data", "other", "--json")
    assert json.loads(again.out) == {"kind": "source", "id": "le-phare", "outcome": "already here", "now": "le-phare"}
    assert SERVER in asyncio.run(shelves(called.home / "other"))
    assert called("import", "server.jsonl.gz", "--shelf", "shared", "--data", "other").status == 0
    assert "1611" in called("ask", "Quand le phare fut-il achevé ?", "--data", "other").out


async def shelves(folder: Path) -> list[str]:
    async with await Library.open(folder) as library:
        return await library.retention.shelves()


async def test_an_import_waits_for_no_bot_and_a_shelf_must_be_one(called: CalledCommand) -> None:
    assert called("export", "shelf.jsonl.gz").status == 0
    for arguments in (("export", "x.gz", "--shelf", "phare"), ("import", "shelf.jsonl.gz", "--shelf", "discord-")):
        assert one_line(called(*arguments).err, "is no shelf")
    assert one_line(called("export", "x.gz", "--shelf", SERVER).err, "There is no shelf called", SERVER)
    async with await Library.open(called.data, "write"):
        refused = called("import", "shelf.jsonl.gz")
        assert (refused.status, refused.out) == (1, "")
        assert one_line(refused.err, "is writing to")
        assert called("export", "--force", "shelf.jsonl.gz").status == 0
    (called.home / "shelf.jsonl.gz").write_text("a letter")
    assert one_line(called("import", "shelf.jsonl.gz").err, "no exported shelf", "nothing was imported")
