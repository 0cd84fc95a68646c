"""Whatever a source says shows in Discord as it reads; labels are shortened to what Discord takes.

``read`` is a small model of Discord's clients, made after the published rules of their Markdown and not after
``escape``: it reads a message from left to right and tells what each stretch of it becomes.
"""

import re
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from bot.cards import printable
from bot.views.markdown import button_label, choice_name, escape, escape_line, length, shown, truncate

patient = settings(deadline=None)
SEEDS = sorted((Path(__file__).parents[3] / "seeds/articles").glob("*.md"))


class Rule(NamedTuple):
    """What matches at a place becomes ``kind``, showing its group 1, which is read again where it is ``nested``."""

    kind: str
    pattern: re.Pattern[str]
    nested: bool = False
    opens_line: bool = False


def _rule(kind: str, pattern: str, *, nested: bool = False, opens_line: bool = False) -> Rule:
    return Rule(kind, re.compile(pattern, re.IGNORECASE), nested, opens_line)


RULES = (
    _rule("heading", r" *#{1,3}\s+([^\n]+)", nested=True, opens_line=True),
    _rule("subtext", r" *-# +([^\n]+)", nested=True, opens_line=True),
    _rule("list", r" *(?:[-*+]|\d+\.) +([^\n]+)", nested=True, opens_line=True),
    _rule("quote", r" *>>> ([\s\S]+)", nested=True, opens_line=True),
    _rule("quote", r" *> ([^\n]*)", nested=True, opens_line=True),
    _rule("escape", r"\\([^0-9A-Za-z\s])"),
    _rule("code block", r"```([\s\S]+?)```"),
    _rule("code", r"(`+)[\s\S]*?[^`]\1(?!`)"),
    _rule("masked link", r"\[((?:\[[^\[\]]*\]|[^\[\]])*)\]\([^\s()]+\)"),
    _rule("link", r"<([^: >]+:/[^ >]+)>"),
    _rule("link", r"((?:https?|steam|discord)://[^\s<]+)"),
    _rule("invite", r"((?:www\.)?discord(?:app)?\.(?:gg|com|gift|new)/\S+)"),
    _rule("mail", r"<([^\s<>]+@[^\s<>]+\.[^\s<>]+)>"),
    _rule("phone", r"<(\+\d[\d -]+)>"),
    _rule("mention", r"(@everyone|@here|<@[!&]?\d+>|<#\d+>|</[^:\n]{1,100}:\d+>|<id:\w+>)"),
    _rule("emoji", r"(<a?:\w+:\d+>)"),
    _rule("emoji", r":([^\s:]+?(?:::skin-tone-\d)?):"),
    _rule("timestamp", r"(<t:-?\d+(?::\w)?>)"),
    _rule("bold", r"\*\*((?:\\[\s\S]|[^\\])+?)\*\*(?!\*)", nested=True),
    _rule("underline", r"__((?:\\[\s\S]|[^\\])+?)__(?!_)", nested=True),
    _rule("italics", r"\b_((?:__|\\[\s\S]|[^\\_])+?)_\b", nested=True),
    _rule("italics", r"\*(?=\S)((?:\\[\s\S]|\*\*|[^\\*])+?)\*(?!\*)", nested=True),
    _rule("strike", r"~~([\s\S]+?)~~", nested=True),
    _rule("spoiler", r"\|\|([\s\S]+?)\|\|", nested=True),
    _rule("text", r"([\s\S]+?(?=[^0-9A-Za-z\s\u00c0-\uffff]|(?<=\n)|\w+:\S|discord|\Z))"),
)
LINE_START = re.compile(r"(?:^|\n) *\Z")  # what was read last, as simple-markdown looks back


def read(message: str) -> list[tuple[str, str]]:
    """Return what a message becomes: kinds with the text that they show; of nested markup first its own kind."""
    seen: list[tuple[str, str]] = []
    at, last = 0, ""
    while at < len(message):
        for rule in RULES:
            found = rule.pattern.match(message, at)
            if not found or (rule.opens_line and not LINE_START.search(last)):
                continue
            seen += [(rule.kind, ""), *read(found[1])] if rule.nested else [(rule.kind, found[1])]
            at, last = found.end(), found[0]
            break
        else:  # a sign that is nothing here, such as a lone asterisk
            seen.append(("text", message[at]))
            at, last = at + 1, message[at]
    return seen


def markup(message: str) -> set[str]:
    return {kind for kind, _ in read(message)} - {"text", "escape"}


def displayed(message: str) -> str:
    return "".join(text for _, text in read(message))


HOSTILE = {
    "mention": [
        "<@80351110224678912>",
        "<@!803511102246>",
        "<@&165511591545>",
        "<#103735883630>",
        "@everyone",
        "@here",
    ],
    "mention of a command": ["</airhorn:816437322781949972>", "</source add:1>", "<id:customize>", "<id:guide>"],
    "emoji": [
        "<:mmLol:216154654256398347>",
        "<a:b1nzy:392938283556143104>",
        ":smile:",
        ":wave::skin-tone-2:",
        "a:+1:b",
    ],
    "timestamp": ["<t:1618953630>", "<t:1618953630:R>", "<t:-1:d>"],
    "masked link": ["[Oracle](https://example.org)", "[a [b] c](x:y)", "[](https://example.org)"],
    "link": [
        "https://example.org",
        "HTTP://EXAMPLE.ORG",
        "steam://run/1",
        "discord://-/users/1",
        "<https://example.org>",
    ],
    "invite": ["discord.gg/abc", "www.discord.gg/abc", "DISCORD.com/invite/abc", "discordapp.com/invite/abc"],
    "mail or phone": ["<oracle@example.org>", "<+33612345678>"],
    "heading": ["# Titre", "## Titre", "  ### Titre", "Texte\n# Titre"],
    "subtext": ["-# petit", "Texte\n-# petit"],
    "list": ["- a", "* a", "+ a", "1. a", "  12345. a", "Texte\n - a", "* - a"],
    "quote": ["> a", ">>> a\nb", "Texte\n> a"],
    "spoiler": ["||a||", "a||b||c"],
    "emphasis": ["**a**", "__a__", "*a*", "_a_", "***a***", "~~a~~", "**a\n\nb**"],
    "code": ["`a`", "``a ` b``", "```py\na\n```", "```a```"],
}
CASES = [case for cases in HOSTILE.values() for case in cases]
PLAIN = [
    "\\",
    "\\\\",
    "\\*",
    "a \\\\_b_ c",
    "¯\\_(ツ)_/¯",
    "`\\`a`",
    "*",
    "|",
    "a* - b",
    "[a] 1. b",
    "*- # > + 1. a",
    "<# - a",
    "https:\\//example.org",
    "<https://example.org|discord.gg/x>",
    "x:_y_:z",
    "::a::",
    "\n\n- a\n\n1. b",
    "[a]\n(https://example.org)",
]


@pytest.mark.parametrize("case", CASES)
def test_the_model_sees_what_each_hostile_text_would_become_unescaped(case: str) -> None:
    assert markup(case)


@pytest.mark.parametrize("case", CASES + PLAIN)
def test_a_hostile_text_shows_as_it_reads(case: str) -> None:
    assert markup(escape(case)) == set()
    assert displayed(escape(case)) == case
    assert shown(escape(case)) == case


@pytest.mark.parametrize("case", CASES)
def test_nothing_in_an_escaped_text_looks_like_a_mention_or_a_link_to_a_program_that_knows_no_escapes(
    case: str,
) -> None:
    looks = r"<@[!&]?\d|<#\d|</[^:]+:\d|<a?:\w+:|<t:|<id:|\w://|discord(?:app)?\.\w|(?<!\\)(?:@|\]\()"
    assert not re.search(looks, escape(case), re.IGNORECASE)


_SIGNS = [*"\\*_~|`<>[]()@#!&:/-+.,;'\"=", "**", "__", "||", "```", "//", "://", ">>> ", "-# ", "](", "<@", "<#", "<t:"]
_WORDS = [
    "a",
    "Oracle",
    "1",
    "12",
    " ",
    "  ",
    "\n",
    "é",
    "«",
    "»",
    "\u00a0",
    "😀",
    "https",
    "discord",
    "gg",
    "everyone",
]
hostile_texts = st.lists(st.sampled_from(_SIGNS + _WORDS + CASES), max_size=12).map("".join) | st.text(max_size=30)


@patient
@given(hostile_texts.map(printable))
@example("a:\\:b:")
def test_any_printable_text_shows_as_it_reads(text: str) -> None:
    assert shown(escape(text)) == text
    assert markup(escape(text)) == set()
    assert displayed(escape(text)) == text


@pytest.mark.parametrize(
    ("around", "kinds"),
    [
        ("> {}", {"quote"}),
        ("**{}**", {"bold"}),
        ("> **{}**", {"quote", "bold"}),
        ("-# {}", {"subtext"}),
        ("### {}", {"heading"}),
        ("- {}", {"list"}),
        ("**1** {}", {"bold"}),
        ("**1** · {} (*2025*)", {"bold", "italics"}),
    ],
)
@patient
@given(text=hostile_texts)
def test_a_line_shows_as_it_reads_wherever_it_stands(around: str, kinds: set[str], text: str) -> None:
    line = escape_line(text)
    assume(line)
    assert "\n" not in line
    message = around.format(line)
    assert markup(message) == kinds
    frame = displayed(around.format("TITLE"))
    assert displayed(message) == frame.replace("TITLE", shown(line))


@patient
@given(hostile_texts.map(printable))
def test_a_text_of_many_lines_shows_as_it_reads_in_a_block_quote(text: str) -> None:
    lines = [line for line in text.split("\n") if line.strip()]
    assume(lines)
    message = "\n".join(f"> {line}" for line in escape("\n".join(lines)).split("\n"))
    assert markup(message) == {"quote"}
    assert displayed(message) == "\n".join(lines)


def test_a_title_is_one_line_without_control_characters() -> None:
    assert escape_line(" Oracle\n\n-# 4,5 GW\u202e\x1b ") == "Oracle -# 4,5 GW␛"


@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.stem)
def test_the_articles_of_the_first_day_need_no_backslash(path: Path) -> None:
    body = path.read_text("utf-8").split("---\n", 2)[2]
    assert escape(body) == body


@pytest.mark.parametrize(
    "prose",
    [
        "L’accord – 30 Md $ par an (2028) – est signé ; voir p. 12 : « c’est énorme ! » + 5 % & plus.",
        "4.5 GW, 1,5 M de puces GB200 #1, x > y, 50/50, C# et C++, 12:30, 2.5",
        "Discord. Une phrase. Le mot discord seul.",
    ],
)
def test_ordinary_prose_gets_no_backslash(prose: str) -> None:
    assert escape(prose) == prose


def test_a_name_with_an_underscore_costs_one_backslash() -> None:
    assert escape("le modèle gpt_4") == "le modèle gpt\\_4"


@patient
@given(st.text() | hostile_texts, st.integers(1, 100))
def test_a_shortened_text_is_never_empty_and_never_too_long_by_either_count(text: str, limit: int) -> None:
    for short in (truncate(text, limit), button_label(text, limit), choice_name(text, limit)):
        assert short.strip()
        assert len(short) <= limit
        assert length(short) <= limit


@patient
@given(st.text(), st.integers(1, 30))
def test_a_text_that_fits_is_not_shortened(text: str, limit: int) -> None:
    assume(text.strip() and length(text.strip()) <= limit)
    assert truncate(text, limit) == text.strip()


@pytest.mark.parametrize(
    ("text", "limit", "short"),
    [
        ("Oracle paie OpenAI", 11, "Oracle…"),
        ("Oracle paie OpenAI", 12, "Oracle paie…"),
        ("Oracle, OpenAI et AMD", 9, "Oracle…"),
        ("un contrat de 30\u00a0Md\u00a0$ par an", 19, "un contrat de…"),
        ("Anticonstitutionnellement", 10, "Anticonst…"),
        ("e\u0301e\u0301e\u0301", 4, "e\u0301…"),
        ("😀😀😀", 4, "😀…"),
        ("😀😀😀", 2, "…"),
        ("🇫🇷🇫🇷", 6, "🇫🇷…"),
        ("« ab cd »", 3, "…"),
        ("   ", 80, "…"),
        ("", 1, "…"),
    ],
)
def test_a_text_is_shortened_after_a_word_and_between_characters(text: str, limit: int, short: str) -> None:
    assert truncate(text, limit) == short


def test_a_text_cannot_be_shortened_to_nothing() -> None:
    with pytest.raises(ValueError, match="cannot be cut to 0 characters"):
        truncate("Oracle", 0)


def test_labels_and_choices_are_plain_lines_of_the_length_that_discord_takes() -> None:
    assert button_label("Lire\n**Oracle**\u200b") == "Lire **Oracle**"
    assert len(button_label("mot " * 50)) == 80
    assert len(choice_name("mot " * 50)) == 100
