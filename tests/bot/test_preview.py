"""An answer as it looks in Discord, drawn without Discord: as text, as a picture, as the message itself."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from bot.preview.glyphs import width
from bot.preview.markup import Line, Run, read
from bot.preview.message import Box, Button, Part, Row, Rule, Section, Style, Text, parts
from bot.preview.picture import Panel, Picture, Words, lay_out
from bot.preview.svg import svg
from bot.preview.text_drawing import Page, draw
from bot.preview.wrapping import wrap
from bot.terminal.screen import Screen
from bot.views.answer import bold
from bot.views.markdown import escape
from index.errors import BadInput
from tests.bot.called_command import CalledCommand
from tests.bot.command_line import CommandLine, one_line

QUESTION = "How much does OpenAI pay Oracle per year?"
SHOWN = Path(__file__).parents[2] / "docs" / "answer.svg"
SVG = "{http://www.w3.org/2000/svg}"

HOSTILE = 'A <b>&amp;</b> ]]> "x" **not bold** > no quote \\ `code` @everyone \ufffe\U0001f389'
LONG_WORD = "Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichenfabrikantengattinnenverein" * 2
PROSE = f"{HOSTILE} {LONG_WORD} " + "Le contrat de 30\u00a0milliards de dollars court dès 2028. WWW MMM 漢字 " * 8


def message(*contents: str, buttons: tuple[Button, ...] = ()) -> tuple[Part, ...]:
    """A box with texts parted by rules, the last one beside a link, and buttons below."""
    texts = [Text(read(content)) for content in contents]
    link = Section((texts[-1],), Button("Read", Style.LINK, disabled=False))
    within: list[Part] = [part for text in texts[:-1] for part in (text, Rule(drawn=True, large=False))]
    return Box(0x5B6EE1, (*within, link)), Row(buttons)


MESSAGE = message(
    f"> {escape(HOSTILE)}",
    f"## {escape(HOSTILE)} [1]\n-# {escape(PROSE)}",
    f"> {escape(PROSE)}{bold(PROSE)}\n-# **1** · {escape(PROSE)}",
    buttons=tuple(Button(f"Button {style.name}", style, disabled=style > 3) for style in Style) * 3,
)


# What is written in a message


def test_quotes_bold_and_small_print_are_read_as_discord_reads_them() -> None:
    assert read("> before **the sentence** after\n-# **1** · Title") == (
        Line((Run("before "), Run("the sentence", bold=True), Run(" after")), quoted=True),
        Line((Run("1", bold=True), Run(" · Title")), small=True),
    )


def test_a_heading_is_one_line_in_bold_of_its_size() -> None:
    assert read("## 4,5 GW [1]\n### next\nplain # text") == (
        Line((Run("4,5 GW [1]", bold=True),), heading=2),
        Line((Run("next", bold=True),), heading=3),
        Line((Run("plain # text"),)),
    )


def test_bold_goes_on_in_the_next_line_of_a_quote() -> None:
    assert read("> **one\n> two** three") == (
        Line((Run("one", bold=True),), quoted=True),
        Line((Run("two", bold=True), Run(" three")), quoted=True),
    )


def test_bold_does_not_reach_from_one_line_of_small_print_into_another() -> None:
    assert read("-# **one\n-# two**") == (Line((Run("**one"),), small=True), Line((Run("two**"),), small=True))


@given(st.text(st.characters(exclude_categories=("Cs", "Cc")) | st.sampled_from("*\\_`>-# .\n"), max_size=60))
def test_escaped_text_reads_as_it_was_written(text: str) -> None:
    assert "\n".join("".join(run.text for run in line.runs) for line in read(escape(text))) == text
    assert not any(
        run.bold or line.quoted or line.small or line.heading for line in read(escape(text)) for run in line.runs
    )


def test_a_component_that_cannot_be_drawn_is_named() -> None:
    with pytest.raises(BadInput, match="type 3"):
        parts([{"type": 3, "custom_id": "x", "options": []}])


# Lines


@given(
    st.lists(st.builds(Run, st.text("ab W\u00a0é漢\u0301", max_size=20), st.booleans()), max_size=5),
    st.integers(1, 30),
)
def test_wrapped_lines_fit_and_lose_nothing_but_spaces(runs: list[Run], room: int) -> None:
    def measure(run: Run) -> float:
        return cell_len(run.text)

    lines = wrap(runs, room, measure)
    for line in lines:
        whole = "".join(run.text for run in line)
        assert sum(map(measure, line)) <= room or len(whole.replace("\u0301", "")) == 1
    letters = [(letter, run.bold) for run in runs for letter in run.text if letter != " "]
    assert [(letter, run.bold) for line in lines for run in line for letter in run.text if letter != " "] == letters


def test_lines_break_at_spaces_and_not_at_no_break_spaces() -> None:
    lines = wrap([Run("un contrat de 30\u00a0Md\u00a0$ par an")], 15, lambda run: len(run.text))
    assert ["".join(run.text for run in line) for line in lines] == ["un contrat de", "30\u00a0Md\u00a0$ par an"]


def test_a_word_that_is_bold_in_part_is_not_broken_there() -> None:
    lines = wrap([Run("aaa bb"), Run("bb ccc", bold=True)], 6, lambda run: len(run.text))
    assert lines == [(Run("aaa"),), (Run("bb"), Run("bb", bold=True)), (Run("ccc", bold=True),)]


# The picture


def panels(picture: Picture) -> list[Panel]:
    return [shape for shape in picture.shapes if isinstance(shape, Panel)]


def span(words: Words) -> tuple[float, float]:
    """Where a line of text begins and ends, as estimated."""
    wide = sum(width(run, words.face.size) for run in words.runs)
    return (words.x - wide / 2, words.x + wide / 2) if words.anchor == "middle" else (words.x, words.x + wide)


def test_no_text_leaves_what_it_stands_in() -> None:
    picture = lay_out(MESSAGE)
    ground, *within = panels(picture)
    texts = [shape for shape in picture.shapes if isinstance(shape, Words)]
    assert len(texts) > 20
    for panel in within:
        assert ground.x <= panel.x
        assert panel.x + panel.width <= ground.x + ground.width
        assert ground.y <= panel.y
        assert panel.y + panel.height <= ground.y + ground.height
    for words in texts:
        start, end = span(words)
        room = [panel for panel in within if panel.x <= words.x < panel.x + panel.width]
        around = [panel for panel in room if panel.y <= words.y - 1 < panel.y + panel.height]
        if around and around[-1].width > 8:  # the bar of a quote holds nothing
            assert around[-1].x <= start
            assert end <= around[-1].x + around[-1].width
        assert ground.x <= start
        assert end <= ground.x + ground.width


def test_no_two_texts_stand_upon_each_other() -> None:
    texts = [shape for shape in lay_out(MESSAGE).shapes if isinstance(shape, Words)]
    for place, one in enumerate(texts):
        for other in texts[place + 1 :]:
            beside = span(one)[1] <= span(other)[0] or span(other)[1] <= span(one)[0]
            assert beside or abs(one.y - other.y) >= min(one.face.size, other.face.size)


def test_letters_are_never_estimated_narrower_in_bold() -> None:
    letters = [chr(code) for code in range(0x20, 0x180)]
    narrower = [letter for letter in letters if width(Run(letter, bold=True), 1) < width(Run(letter), 1)]
    assert narrower == []
    assert all(width(Run(letter), 1) > 0 for letter in letters)


def test_a_higher_message_makes_a_higher_picture() -> None:
    assert lay_out(message("> One.")).height < lay_out(message("> One.", "> Two.")).height


def parsed(drawn: str) -> ET.Element:
    return ET.fromstring(drawn)  # noqa: S314 - what it parses was written here


def texts_in(picture: ET.Element) -> Iterator[str]:
    return ("".join(text.itertext()) for text in picture.iter(f"{SVG}text"))


def test_a_picture_is_xml_that_stands_alone_whatever_the_text() -> None:
    drawn = svg(lay_out(MESSAGE), "A <title> & more", PROSE)
    root = parsed(drawn)
    assert root.tag == f"{SVG}svg"
    assert {element.tag for element in root.iter()} == {
        f"{SVG}{name}" for name in ("svg", "title", "desc", "rect", "path", "text", "tspan")
    }
    outside = re.compile(r"href|url\(|@import|^on", re.IGNORECASE)
    assert not any(outside.search(key + value) for element in root.iter() for key, value in element.attrib.items())
    assert root.findtext(f"{SVG}title") == "A <title> & more"
    assert HOSTILE.replace("\ufffe", "\ufffd") in " ".join(texts_in(root))


def test_the_sentence_that_answers_is_bold_in_the_picture() -> None:
    root = parsed(svg(lay_out(message("> before **the sentence** after")), "", ""))
    assert [span.text for span in root.iter(f"{SVG}tspan")] == ["S", "Sourcier", "APP", "the sentence"]


# The text


def drawn_as_text(page: Page) -> str:
    stdout = StringIO()
    Screen(stdout, styled=page.styled).show(draw(MESSAGE, page))
    return stdout.getvalue()


@pytest.mark.parametrize("columns", [24, 60, 80])
def test_drawn_lines_are_as_wide_as_the_page_at_most_and_boxes_are_straight(columns: int) -> None:
    lines = drawn_as_text(Page(columns, styled=False)).splitlines()
    within = lines[1 : next(place for place, line in enumerate(lines) if line.startswith("┖")) + 1]
    assert {cell_len(line) for line in within} == {columns}
    assert max(map(cell_len, lines)) <= columns


def test_bold_is_marked_by_signs_only_where_there_are_no_bold_letters(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "100")
    bare = draw(message("> **the sentence**"), Page(60, styled=False))
    rich = draw(message("> **the sentence**"), Page(60, styled=True))
    for blocks, styled, marked in ((bare, False, "**the sentence**"), (rich, True, "\x1b[1mthe sentence\x1b[0m")):
        stdout = StringIO()
        Screen(stdout, styled=styled).show(blocks)
        assert marked in stdout.getvalue()
        assert ("**" in stdout.getvalue()) is not styled


# The command


def components(payload: dict[str, Any]) -> str:
    """The components of a message, without the answer's id."""
    return re.sub(r"(?<=answer:)(\w+):[\w-]{16}:", r"\1:", json.dumps(payload["components"]))


def test_the_command_shows_the_message_as_text(sourcier: CommandLine) -> None:
    ended = sourcier("preview", *QUESTION.split())
    assert (ended.status, ended.err) == (0, "")
    lines = ended.out.splitlines()
    assert lines[0] == "Sourcier APP"
    assert lines[2].startswith(f"┃ ▎ {QUESTION} ")
    assert "**Oracle avait annoncé un contrat de 30 milliards" in ended.out
    assert lines[-1] == "[ Context ]  [ More ]  [ Why this? ]  [ Wrong? ]"
    assert "preview-preview" not in ended.out


def test_a_refusal_is_shown_in_the_language_of_the_question(called: CalledCommand) -> None:
    ended = called("preview", "Combien Google paie-t-il à Oracle ?")
    assert (ended.status, ended.err) == (0, "")
    assert "**Aucune source ne mentionne «\u00a0Google\u00a0».**" in ended.out
    assert "[ Demander une source ]" in ended.out


def test_the_picture_in_the_documents_is_what_the_command_draws(called: CalledCommand) -> None:
    ended = called("preview", QUESTION, "--svg", "answer.svg")
    assert ended == (0, "Drawn: answer.svg\n", "")
    drawn = (called.home / "answer.svg").read_bytes()
    if os.environ.get("SOURCIER_REWRITE"):
        SHOWN.write_bytes(drawn)
    assert SHOWN.read_bytes() == drawn
    assert b"preview-preview" not in drawn


def test_a_picture_and_the_message_can_be_had_at_once(called: CalledCommand) -> None:
    ended = called("preview", QUESTION, "--json", "--svg", "answer.svg")
    assert json.loads(ended.out)["components"]
    parsed((called.home / "answer.svg").read_text("utf-8"))


def test_a_file_that_cannot_be_written_is_named(called: CalledCommand) -> None:
    ended = called("preview", QUESTION, "--svg", "missing/answer.svg")
    assert (ended.status, ended.out) == (1, "")
    assert one_line(ended.err, "missing/answer.svg cannot be written: No such file or directory.")


def test_wrong_usage_and_refused_questions_end_as_everywhere(called: CalledCommand) -> None:
    ended = called("preview")
    assert ended.status == 2
    assert one_line(ended.err, "QUESTION")
    ended = called("preview", "Oracle " * 4_000)
    assert (ended.status, ended.out) == (1, "")
    assert one_line(ended.err, "A question has at most")


def test_nothing_is_kept_of_what_was_previewed(called: CalledCommand) -> None:
    before = {path: path.read_bytes() for path in called.data.glob("*.sqlite3")}
    assert called("preview", QUESTION).status == 0
    assert {path: path.read_bytes() for path in called.data.glob("*.sqlite3")} == before != {}


@pytest.mark.parametrize(("command", "needed"), [("ask", "False"), ("preview", "True")])
def test_discords_library_is_imported_by_no_other_command(sourcier: CommandLine, command: str, needed: str) -> None:
    code = """
import sys
from bot.cli import main
try:
    main()
finally:
    print("discord" in sys.modules, file=sys.stderr)
"""
    ran = subprocess.run(
        [sys.executable, "-c", code, command, QUESTION],
        env=sourcier.environment,
        cwd=sourcier.home,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (ran.returncode, ran.stderr) == (0, f"{needed}\n")
