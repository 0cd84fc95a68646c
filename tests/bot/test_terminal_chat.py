"""The conversation: piped questions and commands, on the real library."""

import asyncio
import io
import os
import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.terminal.chat import PAGE, Conversation, chat
from bot.terminal.screen import Screen
from index.library import Library
from index.model import Article, Language, Verdict

CHIPS = "How many GB200 chips did Oracle buy?"
CHIPS_FR = "Combien de puces GB200 Oracle a-t-il achetées ?"
CHIPS_QUOTE = "Il a récemment acheté environ 400 000 puces GB200 à NVIDIA"
STAKE = "What stake may OpenAI take in AMD?"
UNKNOWN = "Que fait Google ?"
DEPTH = 12

NUMBERED = re.compile(r"^(\d+)\. ", re.MULTILINE)


@pytest.fixture(scope="module")
def seeded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a data folder that has the seeds."""
    folder = tmp_path_factory.mktemp("seeded")

    async def make() -> None:
        async with await Library.open(folder, "write"):
            pass

    asyncio.run(make())
    return folder


@pytest.fixture
async def library(seeded: Path) -> AsyncIterator[Library]:
    """The library of the first day, open for reading: made once for all these tests."""
    async with await Library.open(seeded) as library:
        yield library


async def converse(library: Library, *lines: str | bytes, language: Language = "en") -> str:
    """Pipe lines into a chat and return what it says."""
    said = b"".join((line if isinstance(line, bytes) else line.encode()) + b"\n" for line in lines)
    written = io.BytesIO()
    stdout = io.TextIOWrapper(written, encoding="utf-8", write_through=True)
    await chat(library, stdin=io.TextIOWrapper(io.BytesIO(said)), stdout=stdout, language=language)
    return written.getvalue().decode()


async def told(library: Library, *lines: str, language: Language = "en") -> str:
    """Return what a chat says to the last of some lines, without the line itself."""
    return (await converse(library, *lines, language=language)).rpartition(f"> {lines[-1]}\n")[2]


def numbers(text: str) -> list[int]:
    return [int(number) for number in NUMBERED.findall(text)]


# Piped questions


async def test_a_piped_question_is_answered_below_itself_in_plain_text(library: Library) -> None:
    said = await converse(library, CHIPS)
    question, figure, quote, credit = said.splitlines()[:4]
    assert question == f"> {CHIPS}"
    assert figure.startswith("about 400,000 “puces GB200” [1] — equipment")
    assert quote.startswith(f"1. «\u00a0{CHIPS_QUOTE}")
    assert credit.endswith("Punto Informatico, about July 2025 (editor’s estimate) [oracle-4-5-gw]")
    assert "\x1b" not in said
    assert numbers(said) == [1, 2, 3]


async def test_every_piped_line_is_answered_and_empty_ones_are_skipped(library: Library) -> None:
    said = await converse(library, "", CHIPS, "   ", UNKNOWN, "\t", language="en")
    assert [line for line in said.splitlines() if line.startswith("> ")] == [f"> {CHIPS}", f"> {UNKNOWN}"]
    assert f"\n\n> {UNKNOWN}\n" in said


async def test_a_last_line_without_an_end_is_answered(library: Library) -> None:
    written = io.TextIOWrapper(io.BytesIO(), encoding="utf-8")
    await chat(library, stdin=io.TextIOWrapper(io.BytesIO(CHIPS.encode())), stdout=written)
    written.seek(0)
    assert CHIPS_QUOTE in written.read()


async def test_nothing_piped_is_nothing_said(library: Library) -> None:
    assert await converse(library) == ""


@pytest.mark.parametrize(
    "line",
    [
        b"\xff\xfe combien \xc3",
        "\ufeffQui ?".encode(),
        b"a\x00b\x1b[2J\x07",
        "مرحبا 🙂".encode(),
        b"le la les",
        b"x" * 5000,
        b"mot " * 1250,
        b":",
        b":\x1b]0;titre\x07",
        b":context " + b"9" * 5000,
        ":why ²".encode(),
    ],
)
async def test_strange_lines_are_answered_and_nothing_in_them_steers(library: Library, line: bytes) -> None:
    said = await converse(library, line, CHIPS)
    assert CHIPS_QUOTE in said
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\ufeff]", said)


async def test_an_answer_comes_before_the_next_question_is_asked(library: Library) -> None:
    its_stdin, ours = os.pipe()
    theirs, its_stdout = os.pipe()
    with os.fdopen(its_stdin, encoding="utf-8") as stdin, os.fdopen(theirs, encoding="utf-8") as heard:

        async def answer() -> None:
            with os.fdopen(its_stdout, "w", encoding="utf-8") as stdout:
                await chat(library, stdin=stdin, stdout=stdout)

        conversation = asyncio.create_task(answer())
        for question in (CHIPS, CHIPS_FR):
            os.write(ours, question.encode() + b"\n")
            while not (said := await asyncio.to_thread(heard.readline)).startswith("1. "):
                assert said
        os.close(ours)
        await conversation


async def test_a_chat_that_waits_for_a_line_can_be_cancelled(library: Library) -> None:
    its_stdin, ours = os.pipe()
    with os.fdopen(its_stdin, encoding="utf-8") as stdin, os.fdopen(ours, "wb"):
        conversation = asyncio.create_task(chat(library, stdin=stdin, stdout=io.StringIO()))
        await asyncio.sleep(0)
        conversation.cancel()
        with pytest.raises(asyncio.CancelledError):
            await conversation


async def test_a_reader_that_goes_away_ends_the_chat_quietly(library: Library) -> None:
    theirs, its_stdout = os.pipe()
    os.close(theirs)
    with os.fdopen(its_stdout, "w", encoding="utf-8") as stdout:
        await chat(library, stdin=io.TextIOWrapper(io.BytesIO(CHIPS.encode())), stdout=stdout)


# Questions that follow another


async def test_a_question_that_begins_like_a_follow_up_follows_the_one_before(library: Library) -> None:
    said = await converse(library, CHIPS, "and in 2019?", "et AMD ?")
    assert "> and in 2019?\nunderstood as: How many GB200 chips did Oracle buy in 2019?\n" in said
    assert "> et AMD ?\ncompris comme : How many GB200 chips did AMD buy in 2019?\n" in said


async def test_why_explains_what_a_follow_up_asks(library: Library) -> None:
    rows = (await told(library, STAKE, "and the power?", ":why")).splitlines()[2:]
    assert {"power", "amd"} <= {row.split()[1] for row in rows}


@pytest.mark.parametrize("line", ["AMD ?", "2019", CHIPS_FR])
async def test_another_question_follows_none(library: Library, line: str) -> None:
    assert await told(library, CHIPS, line) == await told(library, line)


async def test_a_first_question_follows_none(library: Library) -> None:
    assert "understood as" not in await converse(library, "and in 2028?")


# Commands


async def test_more_shows_the_next_quotes_page_by_page_until_all_were_shown(library: Library) -> None:
    count = len((await library.ask(CHIPS, limit=DEPTH)).citations)
    assert count > PAGE
    pages = -(-count // PAGE)
    said = await converse(library, CHIPS, *[":more"] * pages)
    assert numbers(said) == list(range(1, count + 1))
    assert said.endswith("> :more\nThat was all.\n")


async def test_context_shows_the_quotes_passage_and_its_neighbours(library: Library) -> None:
    citation = (await library.ask(CHIPS)).citations[0]
    alone = await told(library, CHIPS, ":context 1 0")
    around = await told(library, CHIPS, ":context 1")
    assert f">>> {citation.highlight.quote} <<<" in alone
    assert f">>> {citation.highlight.quote} <<<" in around
    for passage in await library.around(citation.passage):
        assert passage.text.splitlines()[0][:60] in around
        assert (passage.text.splitlines()[0][:60] in alone) is (passage.key == citation.passage.key)
    assert "[oracle-4-5-gw]" in around.splitlines()[0]


async def test_context_takes_the_first_quote_unless_told_which(library: Library) -> None:
    first, second = (citation.highlight.quote for citation in (await library.ask(CHIPS)).citations[:2])
    assert f">>> {first} <<<" in await told(library, CHIPS, ":context")
    assert f">>> {second} <<<" in await told(library, CHIPS, ":context 2")


async def test_context_knows_quotes_from_the_pages_that_were_shown(library: Library) -> None:
    assert ">>> " in await told(library, CHIPS, ":more", ":context 4")
    assert await told(library, CHIPS, ":context 4") == "Which quote? The numbers go from 1 to 3.\n"


async def test_context_works_on_the_nearest_passage_of_a_refusal(library: Library) -> None:
    question = "Combien Google paie-t-il Oracle par an ?"
    answer = await library.ask(question)
    assert answer.verdict is Verdict.UNANSWERED
    assert f">>> {answer.citations[0].highlight.quote} <<<" in await told(library, question, ":context 1")


@pytest.mark.parametrize("value", ["0", "-1", "4", "x", "1.0", "١", "9999"])
async def test_a_number_that_no_quote_has_is_refused(library: Library, value: str) -> None:
    for command in (":context", ":why"):
        assert await told(library, CHIPS, f"{command} {value}") == "Which quote? The numbers go from 1 to 3.\n"


@pytest.mark.parametrize("reach", ["6", "-1", "far"])
async def test_a_reach_that_is_too_far_is_refused(library: Library, reach: str) -> None:
    assert await told(library, CHIPS, f":context 1 {reach}") == "The reach is a number from 0 to 5.\n"


async def test_why_shows_what_the_score_is_made_of(library: Library) -> None:
    answer = await library.ask(CHIPS)
    shares = await library.explain(answer, answer.citations[0])
    opening, head, *rows = (await told(library, CHIPS, ":why")).splitlines()
    assert opening == f"The passage of quote 1 scores {sum(share.gain for share in shares):.2f}:"
    assert head.split() == ["gain", "word", "sought", "by", "found", "as"]
    assert [row.split()[:2] for row in rows] == [[f"{share.gain:.2f}", share.word] for share in shares]


async def test_sources_lists_what_is_read_here(library: Library) -> None:
    said = await told(library, ":sources")
    for source in await library.sources():
        assert re.search(rf"^{source.id} .*{re.escape(source.title)}", said, re.MULTILINE)


async def test_help_names_every_command(library: Library) -> None:
    said = await told(library, ":help")
    assert [line.split()[0] for line in said.splitlines()] == [
        ":more", ":context", ":why", ":sources", ":deal", ":compare", ":timeline", ":help", ":quit",
    ]  # fmt: skip


async def test_quit_ends_the_chat(library: Library) -> None:
    said = await converse(library, ":quit", CHIPS)
    assert said == "> :quit\n"


@pytest.mark.parametrize("command", [":more", ":context", ":why 2"])
async def test_a_command_about_an_answer_needs_one(library: Library, command: str) -> None:
    assert await told(library, command) == "Please ask a question first.\n"


async def test_a_refusal_without_a_passage_has_no_context(library: Library) -> None:
    assert not (await library.ask("xyzzy plugh")).citations
    assert await told(library, CHIPS, "xyzzy plugh", ":context") in {
        "The last answer has no quote.\n",
        "La dernière réponse n’a pas de citation.\n",
    }


@pytest.mark.parametrize(
    ("typo", "near"), [(":contxt", ":context"), (":MOER", ":more"), (":sourcs", ":sources"), (":q", ":quit")]
)
async def test_an_unknown_command_is_answered_with_the_nearest(library: Library, typo: str, near: str) -> None:
    said = await told(library, typo)
    assert said == f"There is no {typo.lower()}; did you mean {near}?\n"


async def test_a_command_like_no_other_is_answered_with_a_way_to_help(library: Library) -> None:
    assert await told(library, ":xyz") == "There is no :xyz; :help lists what there is.\n"


async def test_commands_speak_the_language_of_the_last_question(library: Library) -> None:
    assert "publication" in await told(library, CHIPS_FR, ":sources")
    assert "published" in await told(library, CHIPS_FR, CHIPS, ":sources")
    assert "publication" in await told(library, ":sources", language="fr")


async def test_a_refused_request_is_one_sentence_and_the_chat_goes_on(empty_library: Library) -> None:
    kept = await empty_library.add(
        Article(text="Zorglub vend douze bananes à Paris.", title="Bananes", language="fr"), by="a"
    )
    question = "Combien de bananes vend Zorglub à Paris ?"
    written = io.StringIO()
    conversation = Conversation(empty_library, Screen(written))
    assert await conversation.hear(question)
    await empty_library.remove(kept.source.id, by="a")
    before = len(written.getvalue())
    assert await conversation.hear(":why 1")
    assert "Bananes" in written.getvalue()[before:]
    assert written.getvalue()[before:].count("\n") == 1
