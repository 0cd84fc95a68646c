"""When something is wrong: one line on standard error, the right exit status, nothing lost."""

import asyncio
import os
import shutil
import sys
from pathlib import Path

import pytest

from bot.ending import end
from index.checkup import examine
from index.library import Library
from tests.bot.called_command import CalledCommand
from tests.bot.command_line import CommandLine, one_line, spoil

QUESTION = "Combien de puces GB200 ?"
POSIX = pytest.mark.skipif(sys.platform == "win32", reason="needs a POSIX system")


def contents(folder: Path) -> dict[str, bytes]:
    """Return the bytes of all files but the memory that SQLite's processes share."""
    return {path.name: path.read_bytes() for path in folder.iterdir() if not path.name.endswith("-shm")}


@pytest.mark.parametrize(
    "arguments",
    [
        ["--nope"],
        ["sorces"],
        [b"\xff\x1b[31m"],
        ["ask"],
        ["ask", "Oracle", "--limit", "0"],
        ["ask", "Oracle", "--data"],
        ["ask", "Oracle", "--data", ""],
        ["add", "a.md", "b.md", "--title", "Two"],
        ["source", "nope"],
        ["remove", "a", "b"],
    ],
)
def test_wrong_usage_is_one_line_that_names_the_help(newly_called: CalledCommand, arguments: list[str | bytes]) -> None:
    ended = newly_called(*arguments)
    assert (ended.status, ended.out) == (2, "")
    assert one_line(ended.err, "See `sourcier ", "--help`.")
    assert "\x1b" not in ended.err
    assert not newly_called.data.exists()


def test_a_data_folder_may_have_any_name_and_be_given_before_the_command(newly_called: CalledCommand) -> None:
    name = "é spa ce?mode=memory&x=1#y%41"
    ended = newly_called("--data", name, "ask", QUESTION)
    assert (ended.status, ended.err) == (0, "")
    assert (newly_called.home / name / "sourcier.sqlite3").exists()
    assert sorted(path.name for path in newly_called.home.iterdir()) == [name]
    again = newly_called("--data", "unused", "ask", QUESTION, "--data", f"~/{name}")
    assert again == ended
    assert not (newly_called.home / "unused").exists()


def test_two_first_starts_at_the_same_time_both_answer(new_sourcier: CommandLine) -> None:
    processes = [new_sourcier.start("ask", QUESTION) for _ in range(2)]
    ended = [(*process.communicate(timeout=60), process.returncode) for process in processes]
    assert [(err, status) for _, err, status in ended] == [(b"", 0)] * 2
    assert ended[0][0] == ended[1][0]


def test_a_data_folder_that_is_a_file_is_refused(newly_called: CalledCommand) -> None:
    newly_called.data.write_text("not a folder")
    ended = newly_called("ask", QUESTION)
    assert (ended.status, ended.out) == (1, "")
    assert one_line(ended.err, "The data folder", "is not a folder")
    assert newly_called.data.read_text() == "not a folder"


@pytest.mark.parametrize("damage", ["garbage", "newer"])
def test_a_damaged_or_newer_store_is_told_and_left_as_it_is(called: CalledCommand, damage: str) -> None:
    spoil(called.data, damage)
    before = (called.data / "sourcier.sqlite3").read_bytes()
    asked = called("ask", QUESTION, "--json")
    assert (asked.status, asked.out) == (1, "")
    assert one_line(asked.err, "The store", "start the newer one" if damage == "newer" else "is damaged", "backup")
    assert (called.data / "sourcier.sqlite3").read_bytes() == before


def test_the_doctor_ends_with_status_1_where_the_store_is_not_sound(called: CalledCommand) -> None:
    spoil(called.data, "garbage")
    examined = called("doctor")
    assert (examined.status, examined.err) == (1, "")
    assert "BAD   Store" in examined.out


async def test_beside_a_writer_one_may_ask_and_not_add(sourcier: CommandLine, tmp_path: Path) -> None:
    note = tmp_path / "note.md"
    note.write_text("Le manchot royal pèse 15 kilogrammes.")
    async with await Library.open(sourcier.data, "write"):
        before = contents(sourcier.data)
        assert sourcier("ask", QUESTION).status == 0
        refused = sourcier("add", str(note))
        assert (refused.status, refused.out) == (1, "")
        assert one_line(refused.err, "is writing to", str(os.getpid()))
        assert contents(sourcier.data) == before


@POSIX
def test_a_read_only_data_folder_takes_nothing_and_the_doctor_says_so(sourcier: CommandLine, tmp_path: Path) -> None:
    obedient: list[str] = []
    if os.geteuid() == 0:
        if shutil.which("setpriv") is None:
            pytest.skip("root needs setpriv to give up its rights")
        obedient = ["setpriv", "--bounding-set=-all", "--inh-caps=-all"]
    note = tmp_path / "note.md"
    note.write_text("Le manchot royal pèse 15 kilogrammes.")
    before = contents(sourcier.data)
    sourcier.data.chmod(0o555)
    try:
        refused = sourcier("add", str(note), before=obedient)
        examined = sourcier("doctor", before=obedient)
    finally:
        sourcier.data.chmod(0o755)
    assert refused.status == 1
    assert one_line(refused.err, "cannot be written to: Permission denied")
    assert examined.status == 0
    assert "read-only" in examined.out
    assert contents(sourcier.data) == before


@POSIX
def test_a_full_disk_is_told_and_nothing_is_lost(sourcier: CommandLine, tmp_path: Path) -> None:
    note = tmp_path / "note.md"
    note.write_text("Le manchot royal pèse 15 kilogrammes.")
    ended = sourcier("add", str(note), before=["sh", "-c", 'ulimit -f 40; exec "$@"', "sh"])
    assert (ended.status, ended.out) == (1, "")
    assert one_line(ended.err, "cannot be used", "nothing was changed")
    report = asyncio.run(examine(sourcier.data))
    assert report is not None
    assert (report.problems, report.live) == ([], 5)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
@pytest.mark.parametrize("arguments", [["--help"], ["ask", QUESTION, "--json"]])
def test_an_output_that_cannot_be_written_is_told(sourcier: CommandLine, arguments: list[str]) -> None:
    with Path("/dev/full").open("wb") as full, sourcier.start(*arguments, stdout=full.fileno()) as process:
        _, err = process.communicate(timeout=60)
        assert process.wait(60) == 1
    assert one_line(err.decode(), "The output cannot be written")


@POSIX
def test_closed_standard_streams_are_no_trouble_and_never_become_the_database(sourcier: CommandLine) -> None:
    before = contents(sourcier.data)
    assert sourcier("ask", "-", before=["sh", "-c", 'exec "$@" <&- >&- 2>&-', "sh"]) == (0, "", "")
    assert sourcier("nope", before=["sh", "-c", 'exec "$@" >&- 2>&-', "sh"]) == (2, "", "")
    assert {name: content for name, content in contents(sourcier.data).items() if content} == {
        name: content for name, content in before.items() if content
    }


def test_a_defect_is_one_line_that_says_where_it_is(capsys: pytest.CaptureFixture[str]) -> None:
    def command() -> int:
        known: dict[str, int] = {}
        return known["answer"]

    with pytest.raises(SystemExit) as ended:
        end(command)
    assert ended.value.code == 1
    told = capsys.readouterr()
    assert told.out == ""
    assert one_line(told.err, "defect", "KeyError", f"{Path(__file__).name}:")
