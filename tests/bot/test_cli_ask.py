"""Questions on the command line and on standard input, answered for people and for programs."""

import asyncio
import json
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from index.library import LONGEST_QUESTION, Library
from tests.bot.called_command import CalledCommand
from tests.bot.command_line import CommandLine

KEYS = {
    "question": str,
    "language": str,
    "verdict": str,
    "reason": str,
    "figures": list,
    "passages": list,
    "took_ms": float,
}
PASSAGE_KEYS = {
    "rank": int,
    "source": str,
    "title": str,
    "published": str,
    "older": bool,
    "score": float,
    "text": str,
    "start": int,
    "end": int,
    "highlight": dict,
}
ODD = {
    b"Combien de puces GB200 Oracle a-t-il achet\xc3\xa9es ?\r\n": "Combien de puces GB200 Oracle a-t-il achetées ?",
    b"\xef\xbb\xbfCombien de gigawatts OpenAI loue-t-elle ?\n": "Combien de gigawatts OpenAI loue-t-elle ?",
    b"Ora\0cle\n": "Ora\0cle",
    b"\xff\xfe Oracle \xe9\n": "\ufffd\ufffd Oracle \ufffd",
    b"le la les de the of\n": "le la les de the of",
    "🎉🎉\n".encode(): "🎉🎉",
    "كم تدفع OpenAI؟\n".encode(): "كم تدفع OpenAI؟",
    b"\x1b[31mOracle\x0b\x0c?\n": "\x1b[31mOracle\x0b\x0c?",
    "Oracle\u2028Texas\n".encode(): "Oracle\u2028Texas",
    b"Oracle et OpenAI, " * 300 + b"\n": "Oracle et OpenAI, " * 299 + "Oracle et OpenAI,",
    b"no line end: Stargate": "no line end: Stargate",
}


def records(out: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in out.removesuffix("\n").split("\n")]


async def stored_texts(folder: Path) -> dict[str, str]:
    async with await Library.open(folder) as library:
        return {source.id: await library.text(source.id) for source in await library.sources()}


def test_every_question_gets_one_record_of_the_same_shape_whatever_it_is(called: CalledCommand) -> None:
    ended = called("ask", "-", "--json", stdin=b"\n  \r\n".join(ODD))
    assert (ended.status, ended.err) == (0, "")
    found = records(ended.out)
    assert [record["question"] for record in found] == list(ODD.values())
    texts = asyncio.run(stored_texts(called.data))
    for record in found:
        assert {key: type(value) for key, value in record.items()} == KEYS
        assert record["verdict"] in {"answered", "unanswered"}
        assert (record["reason"] == "") == (record["verdict"] == "answered")
        for passage in record["passages"]:
            assert {key: type(value) for key, value in passage.items()} == PASSAGE_KEYS
            text, highlight = texts[passage["source"]], passage["highlight"]
            assert text[passage["start"] : passage["end"]] == passage["text"]
            assert text[highlight["start"] : highlight["end"]] == highlight["quote"]
    assert {record["verdict"] for record in found} == {"answered", "unanswered"}


def test_a_refusal_says_why_in_text_and_as_json(called: CalledCommand) -> None:
    question, why = "Who is the CEO of AMD?", "The sources speak of what you name, but none states what you ask."
    assert called("ask", question).out.startswith(f"{why}\n")
    (record,) = records(called("ask", question, "--json").out)
    assert record["reason"] == why


def test_each_of_many_answers_stands_below_its_question(called: CalledCommand) -> None:
    ended = called("ask", "-", "--limit", "1", stdin=b"Combien de puces GB200 ?\nQui dirige Crusoe ?\n")
    assert (ended.status, ended.err) == (0, "")
    asked = [line for line in ended.out.splitlines() if line.startswith("> ")]
    assert asked == ["> Combien de puces GB200 ?", "> Qui dirige Crusoe ?"]
    assert "400\u00a0000" in ended.out or "400 000" in ended.out


def test_nothing_on_standard_input_is_no_question(called: CalledCommand) -> None:
    assert called("ask", "-", "--json") == (0, "", "")


def test_an_argument_is_utf8_in_any_locale_and_words_need_no_quotation_marks(sourcier: CommandLine) -> None:
    posix = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    words: list[str | bytes] = ["Combien", "de", b"puces", "achetées".encode(), b"\xff", "?"]
    ended = sourcier("ask", "--json", *words, environment=posix)
    assert (ended.status, ended.err) == (0, "")
    (record,) = records(ended.out)
    assert record["question"] == "Combien de puces achetées \ufffd ?"
    assert record["passages"][0]["source"] == "oracle-4-5-gw"


def test_a_question_of_ten_megabytes_is_refused_and_the_next_one_answered(called: CalledCommand) -> None:
    ended = called("ask", "-", "--json", stdin=b"Oracle " * 1_500_000 + b"\nCombien de puces GB200 ?\n")
    assert ended.status == 1
    assert ended.err.startswith(f"sourcier: A question has at most {LONGEST_QUESTION:,} characters")
    assert ended.err.count("\n") == 1
    assert [record["question"] for record in records(ended.out)] == ["Combien de puces GB200 ?"]


@pytest.mark.skipif(sys.platform == "win32", reason="pipes end otherwise there")
def test_a_reader_who_has_read_enough_ends_the_command_in_silence(sourcier: CommandLine) -> None:
    questions = sourcier.home / "questions.txt"
    questions.write_text("Combien de puces GB200 ?\n" * 10_000)
    with questions.open("rb") as stdin, sourcier.start("ask", "-", "--json", stdin=stdin.fileno()) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        first = json.loads(process.stdout.readline())
        process.stdout.close()
        assert (process.wait(60), process.stderr.read()) == (0, b"")
    assert first["verdict"] == "answered"


@pytest.mark.skipif(sys.platform == "win32", reason="signals are POSIX's")
def test_ctrl_c_ends_the_command_at_once_with_status_130(sourcier: CommandLine) -> None:
    with sourcier.start("ask", "-", "--json", stdin=subprocess.PIPE) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdin.write(b"Combien de puces GB200 ?\n")
        process.stdin.flush()
        assert process.stdout.readline().startswith(b'{"question"')
        process.send_signal(signal.SIGINT)  # it waits for the next line now
        assert process.wait(60) == 130
        assert process.stderr.read() == b""
