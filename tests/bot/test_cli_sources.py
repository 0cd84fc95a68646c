"""Sources on the command line: adding, removing, restoring, reading and measuring."""

import json
import os
import select
import sys
from pathlib import Path

import pytest

from index.library import Library
from index.model import State
from index.reading.article import read
from tests.bot.called_command import CalledCommand
from tests.bot.command_line import CommandLine, one_line

LIGHTHOUSE = "# Le phare de Cordouan\n\nLe phare de Cordouan fut achevé en 1611 par Louis de Foix.\n"
HOSTILE = '---\ntitle: "\\e[31mRouge\\nfaux"\n---\nLe \x1b[5mmanchot\x1b[0m royal pèse 15 kilogrammes.\r\n'


def outcomes(out: str) -> list[tuple[str, str]]:
    return [(record["outcome"], record["id"]) for record in map(json.loads, out.splitlines())]


def written(folder: Path, name: str, content: str | bytes) -> str:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return str(path)


def test_of_several_files_the_good_ones_are_added_and_each_bad_one_is_told(called: CalledCommand) -> None:
    home = called.home
    (home / "folder.md").mkdir()
    bad = {
        str(home / "folder.md"): "folder.md has no file that can be read",
        str(home / "missing.md"): "missing.md cannot be read: No such file",
        written(home, "binary.md", bytes(range(256)) * 20): "binary.md is not a text",
        written(home, "empty.txt", ""): "empty.txt is empty",
        written(home, "large.txt", b"mot " * 2_800_000): "large.txt is too large: 11.2 MB",
        written(home, "front.md", "---\ntitle: [not closed\n---\nTexte.\n"): "front.md has front matter",
        written(home, "picture.png", "png"): "picture.png is of a kind that cannot be read",
    }
    good = written(home, "phare.md", LIGHTHOUSE)
    first, *others = bad
    ended = called("add", "--json", first, good, *others, good)
    assert ended.status == 1
    assert outcomes(ended.out) == [("added", "le-phare-de-cordouan"), ("present", "le-phare-de-cordouan")]
    told = ended.err.splitlines()
    assert len(told) == len(bad)
    for line, words in zip(told, bad.values(), strict=True):
        assert line.startswith("sourcier: ")
        assert words in line


async def test_a_removed_source_comes_back_when_it_is_restored_or_added_again(called: CalledCommand) -> None:
    async def state() -> State:
        async with await Library.open(called.data) as library:
            return (await library.source("le-phare-de-cordouan")).state

    phare = written(called.home, "phare.md", LIGHTHOUSE)
    async with await Library.open(called.data, "write") as library:
        await library.add(read(LIGHTHOUSE.encode(), "phare.md"), by="test")
    assert called("remove", "le-phare-de-cordouan") == (
        0,
        "Removed: Le phare de Cordouan [le-phare-de-cordouan]\n",
        "",
    )
    assert await state() is State.REMOVED
    assert outcomes(called("add", "--json", phare).out) == [("restored", "le-phare-de-cordouan")]
    async with await Library.open(called.data, "write") as library:
        await library.remove("le-phare-de-cordouan", by="test")
    assert called("restore", "le-phare-de-cordouan").status == 0
    assert await state() is State.LIVE


def test_a_hostile_file_cannot_steer_the_terminal_and_its_text_is_kept_to_the_byte(sourcier: CommandLine) -> None:
    hostile = sourcier.home.as_posix().encode() + b"/\xff.md"
    with open(hostile, "wb") as file:  # noqa: PTH123 - a name in another encoding
        file.write(HOSTILE.encode())
    added = sourcier("add", hostile, "--publisher", b"Caf\xe9")
    assert (added.status, added.err) == (0, "")
    assert added.out.splitlines()[0] == "Added: ␛[31mRouge faux [31mrouge-faux]"
    assert "\x1b" not in added.out
    text = sourcier("source", "text", "31mrouge-faux")
    assert (text.status, text.err) == (0, "")
    assert text.out.encode() == HOSTILE.partition("---\nLe")[2].join(["Le", ""]).encode()


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
async def test_a_text_shown_on_a_terminal_is_made_harmless(sourcier: CommandLine) -> None:
    import pty

    async with await Library.open(sourcier.data, "write") as library:
        await library.add(read(HOSTILE.encode(), "rouge.md"), by="test")
    ours, theirs = pty.openpty()
    shell = ["sh", "-c", 'terminal=$1; shift; exec "$@" >"$terminal"', "sh", os.ttyname(theirs)]
    assert sourcier("source", "text", "31mrouge-faux", before=shell).status == 0
    assert select.select([ours], [], [], 10)[0]
    shown = os.read(ours, 10_000).decode()
    os.close(ours)
    os.close(theirs)
    assert shown.splitlines()[0] == "Le ␛[5mmanchot␛[0m royal pèse 15 kilogrammes."


def test_the_text_of_a_seed_is_its_file_after_the_front_matter_byte_for_byte(called: CalledCommand) -> None:
    seed = Path(__file__).resolve().parents[2] / "seeds/articles/oracle-4-5-gw.md"
    ended = called("source", "text", "oracle-4-5-gw")
    assert (ended.status, ended.err) == (0, "")
    assert ended.out.encode() == seed.read_bytes().split(b"\n---\n", 1)[1]


@pytest.mark.parametrize("arguments", [("remove", b"\xff\x1b[31m\nsourcier: done"), ("source", "text", "x" * 9_000)])
def test_an_unknown_source_is_told_in_one_line(called: CalledCommand, arguments: tuple[str | bytes, ...]) -> None:
    ended = called(*arguments)
    assert (ended.status, ended.out) == (1, "")
    assert one_line(ended.err, "There is no source called", "`sourcier sources`")
    assert "\x1b" not in ended.err
    assert len(ended.err) < 300


def test_a_bad_evaluation_file_is_told_in_one_line(newly_called: CalledCommand) -> None:
    ended = newly_called("eval", written(newly_called.home, "questions.json", "[]"), "--json")
    assert (ended.status, ended.out) == (1, "")
    assert one_line(ended.err, "questions.json is no evaluation file")


def test_answers_are_measured_on_a_file_of_questions(called: CalledCommand) -> None:
    questions = [
        {
            "language": "en",
            "question": "How much does OpenAI pay Oracle a year?",
            "spans": ["30 milliards de dollars par an"],
        },
        {"language": "en", "question": "What does Anthropic pay Oracle?", "answerable": False},
    ]
    path = written(called.home, "questions.jsonl", "\n".join(map(json.dumps, questions)))
    shown = called("eval", path)
    assert (shown.status, shown.err) == (0, "")
    assert shown.out.splitlines()[-1].split() == ["all", "1", "100%", "100%", "100%", "0", "1", "100%"]
    record = json.loads(called("eval", path, "--json").out)
    assert (record["questions"], record["groups"]["all"]["refused"]) == (2, 1.0)


def test_a_bad_file_of_questions_is_told_in_one_line(called: CalledCommand) -> None:
    ended = called("eval", written(called.home, "questions.jsonl", "nothing"))
    assert (ended.status, ended.out) == (1, "")
    assert one_line(ended.err, "questions.jsonl, line 1, is no question")
