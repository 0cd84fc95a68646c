"""The doctor says how things stand, and touches nothing."""

import asyncio
import json
import shutil
from pathlib import Path

import pytest

from bot.operation.doctor import Finding, examine
from index.library import Library
from tests.bot.command_line import CommandLine, spoil


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def said(findings: list[Finding], about: str) -> list[tuple[str, str]]:
    return [(finding.level, finding.says) for finding in findings if finding.about == about]


def test_a_sound_store_is_examined_without_a_change(prepared: Path, tmp_path: Path) -> None:
    folder = tmp_path / "store"
    shutil.copytree(prepared, folder)
    before = contents(folder)
    findings = asyncio.run(examine(folder))
    assert contents(folder) == before
    ((level, says),) = said(findings, "Store")
    assert level == "good"
    assert says.startswith("sound: 5 live sources, 0 removed, ")
    assert not [finding for finding in findings if finding.level == "bad"]


def test_where_nothing_is_yet_nothing_is_made(tmp_path: Path) -> None:
    for folder in (tmp_path, tmp_path / "not" / "yet"):
        findings = asyncio.run(examine(folder))
        assert [level for level, _ in said(findings, "Store")] == ["note"]
    assert list(tmp_path.iterdir()) == []


async def test_what_a_writer_has_not_yet_moved_into_the_file_is_examined_too(tmp_path: Path) -> None:
    async with await Library.open(tmp_path, "write") as library:
        await library.remove("amd-6-gw", by="test")
        findings = await examine(tmp_path)
    assert said(findings, "Store")[0][1].startswith("sound: 4 live sources, 1 removed")
    assert len(said(findings, "Writer")) == 1


@pytest.mark.parametrize("damage", ["garbage", "truncated", "tableless", "newer"])
def test_a_store_that_is_not_sound_is_bad_and_left_as_it_is(prepared: Path, tmp_path: Path, damage: str) -> None:
    folder = tmp_path / "store"
    shutil.copytree(prepared, folder)
    spoil(folder, damage)
    before = contents(folder)
    assert {level for level, _ in said(asyncio.run(examine(folder)), "Store")} == {"bad"}
    assert contents(folder) == before


def test_a_home_folder_that_is_nobodys_is_bad() -> None:
    assert [level for level, _ in said(asyncio.run(examine(Path("~nobody-of-this-name/data"))), "Settings")] == ["bad"]


@pytest.mark.parametrize("place", ["file", "file/below", "x" * 300])
def test_a_data_folder_that_cannot_be_one_is_bad(tmp_path: Path, place: str) -> None:
    (tmp_path / "file").write_text("not a folder")
    findings = asyncio.run(examine(tmp_path / place))
    assert [level for level, _ in said(findings, "Data folder")] == ["good", "bad"]
    assert said(findings, "Store") == []


def test_it_says_where_each_setting_comes_from(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "own"))
    monkeypatch.delenv("SOURCIER_DATA", raising=False)
    said_of = []
    for _ in range(2):
        said_of += said(asyncio.run(examine(None)), "Data folder")
        (tmp_path / ".env").write_text("SOURCIER_DATA=named\n")
    monkeypatch.setenv("SOURCIER_DATA", str(tmp_path / "env"))
    said_of += said(asyncio.run(examine(None)), "Data folder")
    said_of += said(asyncio.run(examine(tmp_path / "given")), "Data folder")
    origins = [says.rpartition(" (")[2] for _, says in said_of]
    assert origins == [
        "from the default)",
        "from SOURCIER_DATA in .env)",
        "from SOURCIER_DATA)",
        "from --data)",
    ]


def test_settings_that_cannot_be_read_are_bad(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("SOURCIER_DATA", raising=False)
    (tmp_path / ".env").write_bytes(b"SOURCIER_DATA=\xff\xfe\n")
    ((level, says),) = said(asyncio.run(examine(None)), "Settings")
    assert level == "bad"
    assert ".env" in says


def test_a_program_gets_the_findings_as_json(sourcier: CommandLine) -> None:
    ended = sourcier("doctor", "--json")
    assert (ended.status, ended.err) == (0, "")
    findings = json.loads(ended.out)
    assert {frozenset(finding) for finding in findings} == {frozenset({"level", "about", "says"})}
    assert {finding["level"] for finding in findings} <= {"good", "note", "bad"}
