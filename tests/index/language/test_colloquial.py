"""Short spellings become words, and what is said around a question is left out, but never what it asks."""

import re
import tomllib
from collections import Counter
from collections.abc import Callable, Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import BadInput
from index.language.analysis import fold, tokens
from index.language.colloquial import (
    is_light,
    parse_asides,
    parse_light,
    parse_shorthand,
    spelled_out,
    without_asides,
)
from index.model import Language

LANGUAGES: tuple[Language, ...] = ("fr", "en")
LINES = {
    name: (files("index.language") / name).read_text("utf-8").splitlines()
    for name in ("asides.txt", "shorthand.txt", "light.txt")
}
ASIDES = list(parse_asides(LINES["asides.txt"], "asides.txt"))
SHORTHAND = list(parse_shorthand(LINES["shorthand.txt"], "shorthand.txt"))
LIGHT = list(parse_light(LINES["light.txt"], "light.txt"))
SEEDS = Path(__file__).parents[3] / "seeds" / "deals.toml"
CHAT = st.lists(
    st.one_of(
        st.sampled_from([" ".join(expression) for _, expression in ASIDES]),
        st.sampled_from([short for _, short, _ in SHORTHAND]),
        st.text(max_size=8),
        st.sampled_from(["Oracle", "GW", "4,5", "-", "'", "?", " ", "\n"]),
    ),
    max_size=12,
).map(" ".join)
"""Questions of asides, short spellings, names and noise."""


def heart(question: str, language: Language) -> list[str]:
    """Return the words that are left of a question without its asides."""
    return tokens(without_asides(question, language), language)


@pytest.mark.parametrize(
    ("question", "language", "words"),
    [
        ("cb de gw pr le site", "fr", "combien de gw pour le site"),
        ("Qd ouvre l'élec ?", "fr", "quand ouvre l'électricité ?"),
        ("qd ouvre l'elec ?", "fr", "quand ouvre l'électricité ?"),
        ("30 Md de dollars", "fr", "30 milliards de dollars"),
        ("how mch did u pay, 3 bn?", "en", "how much did you pay, 3 billion?"),
        ("CB DE GW, KOI", "fr", "combien DE GW, quoi"),
        ("Salut. Koi de neuf", "fr", "Salut. quoi de neuf"),
        ("GW/yr", "en", "GW/year"),
    ],
)
def test_short_spellings_become_words(question: str, language: Language, words: str) -> None:
    assert spelled_out(question, language) == words


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["NVDA", "nvda", "Nvda"])
def test_short_names_are_read_in_both_languages_however_they_are_written(name: str, language: Language) -> None:
    assert spelled_out(f"combien vaut {name}", language) == "combien vaut nvidia"


def test_a_short_spelling_counts_for_its_own_language_alone() -> None:
    assert spelled_out("u r qd", "fr") == "u r quand"
    assert spelled_out("u r qd", "en") == "you are qd"


@pytest.mark.parametrize(
    "question",
    [
        "How many U.S. data centers",
        "how many u.s. data centers",
        "Who pays for R&D",
        "who pays for r&d",
        "the r_ratio",
        "Where is the DC Comics office",
        "DC Comics in Washington, DC",
        "Did Wen Jiabao visit",
        "bc-3 or 3-bc",
    ],
)
def test_names_abbreviations_and_parts_of_words_are_no_short_spellings(question: str) -> None:
    assert spelled_out(question, "en") == question


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("question", ["2 4 1", "2028", "4,5 GW", "b200 gb200", "1er 2nd", "24/7", "² ³", "٤"])
def test_numbers_are_no_short_spellings(question: str, language: Language) -> None:
    assert spelled_out(question, language) == question


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("how much does it cost 2 build it", "how much does it cost to build it"),
        ("how many chips 4 texas", "how many chips for texas"),
        ("who turned up 4 the march", "who turned up for the march"),
        ("is it worth 4 reactors", "is it worth 4 reactors"),
        ("phase 2 of the site", "phase 2 of the site"),
        ("can they run 2 new sites", "can they run 2 new sites"),
        ("does it need 4 gw", "does it need 4 gw"),
        ("Does it need 4 drivers", "Does it need 4 drivers"),
        ("they hired 4 drivers", "they hired 4 drivers"),
    ],
)
def test_a_digit_is_a_word_only_where_no_number_may_stand(question: str, words: str) -> None:
    assert spelled_out(question, "en") == words


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("when is the site gonna b open", "when is the site gonna be open"),
        ("what cud b built 2 power it", "what could be built to power it"),
        ("y did they leave", "why did they leave"),
        ("chips n power for the site", "chips and power for the site"),
        ("is it tru they put 13 bil in2 it", "is it true they put 13 billion into it"),
        ("what is plan b", "what is plan b"),
        ("the train from a to b", "the train from a to b"),
        ("Who leads Y Combinator", "Who leads Y Combinator"),
        ("the n in n-type", "the n in n-type"),
    ],
)
def test_a_letter_is_a_word_only_where_that_word_stands(question: str, words: str) -> None:
    assert spelled_out(question, "en") == words


def test_letters_of_english_chats_are_no_words_in_french() -> None:
    assert spelled_out("y a quoi dans le plan b", "fr") == "y a quoi dans le plan b"


def test_no_short_spelling_is_a_number() -> None:
    assert [short for _, short, _ in SHORTHAND if not (short.isalnum() and short[0].isalpha())] == []


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("Bonjour, combien de gigawatts ?", "fr"),
        ("bonjour quelqu'un sait combien de gigawatts", "fr"),
        ("Est-ce que quelqu'un sait combien de gigawatts svp ?", "fr"),
        ("Combien de gigawatts, s’il vous plaît ?", "fr"),
        ("combien de gigawatts s'il vous plait", "fr"),
        ("J'AIMERAIS SAVOIR COMBIEN DE GIGAWATTS, MERCI D'AVANCE", "fr"),
        ("Mon collègue soutient que c’est combien de gigawatts, vraiment ?", "fr"),
        ("mon collegue pretend que c'est combien de gigawatts", "fr"),
        ("combien, à votre avis, de gigawatts", "fr"),
        ("Il paraît que... combien de gigawatts, ça ?", "fr"),
        ("Hi guys, how many gigawatts?", "en"),
        ("Does anyone know how many gigawatts, please?", "en"),
        ("how many gigawatts btw", "en"),
        ("how many, to be honest, gigawatts thx", "en"),
        ("I’ve heard that... how many gigawatts, is that true?", "en"),
        ("Salut, how many gigawatts stp", "en"),
        ("Hello, combien de gigawatts please", "fr"),
    ],
)
def test_asides_go_and_what_is_asked_stays(question: str, language: Language) -> None:
    assert heart(question, language) == ["gigawatts"]


def test_the_longest_aside_is_left_out() -> None:
    assert heart("un ami m'a dit que Crusoe paie", "fr") == ["crusoe", "paie"]
    assert heart("un ami de Musk paie", "fr") == ["ami", "musk", "paie"]


@pytest.mark.parametrize(
    ("question", "language", "kept"),
    [
        ("une boîte like-minded", "en", "like-minded"),
        ("le yo-yo des prix", "fr", "yo-yo"),
        ("quel CA pour Nvidia", "fr", "CA"),
        ("qui gère la cité des sciences", "fr", "cité"),
        ("quelle est l'histoire de Nvidia", "fr", "histoire"),
        ("combien de votes pour le non", "fr", "non"),
        ("inégalités de genre", "fr", "genre"),
        ("selon l'article 49", "fr", "article"),
        ("how many oil wells, and which well leaks", "en", "well"),
        ("what is the internet of things", "en", "things"),
        ("who is the man in the car", "en", "man"),
        ("how much do DSL lines cost", "en", "DSL"),
    ],
)
def test_words_that_questions_about_the_news_are_about_are_no_asides(
    question: str, language: Language, kept: str
) -> None:
    assert kept in without_asides(question, language)


@pytest.mark.parametrize(
    "question", ["Bonjour !", "merci d'avance", "svp, ça ?", "Anyone?", "hi, thanks a lot", "truc"]
)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_question_of_asides_alone_stays_as_it_is(question: str, language: Language) -> None:
    assert without_asides(question, language) == question


@pytest.mark.parametrize("question", ["", " ", "???", "🎉", "Combien paie  Oracle ?", "\ud800", "é\u0301\u0301"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_question_without_asides_stays_as_it_is(question: str, language: Language) -> None:
    assert without_asides(question, language) == question
    assert spelled_out(question, language) == question


@given(st.one_of(CHAT, st.text(max_size=120)), st.sampled_from(LANGUAGES))
def test_nothing_is_added_and_something_that_carries_meaning_is_left(question: str, language: Language) -> None:
    left = without_asides(question, language)
    assert not Counter(left.replace(" ", "")) - Counter(question.replace(" ", ""))
    assert bool(tokens(left, language)) == bool(tokens(question, language))


@given(st.one_of(CHAT, st.text(max_size=120)), st.sampled_from(LANGUAGES))
def test_only_words_are_spelled_out_and_only_once(question: str, language: Language) -> None:
    def rest(text: str) -> list[str]:
        return re.findall(r"[^\w\s'’-]", text)

    words = spelled_out(question, language)
    assert rest(words) == rest(question)
    assert [part for part in question.split() if part.isdecimal()] == [
        part for part in words.split() if part.isdecimal()
    ]


def test_a_long_question_is_read_in_steps_that_grow_with_it() -> None:
    """Were it otherwise, 50,000 characters would take minutes."""
    for part in ("j'ai lu quelque part ", "CA ", "Wen ", "a-", "cb"):
        question = (part * 50_000)[:50_000]
        for language in LANGUAGES:
            assert len(without_asides(question, language)) <= len(question)
            assert spelled_out(question, language)


def test_light_words_are_told_without_accents_by_language() -> None:
    assert is_light("voudrait", "fr")
    assert is_light("cote", "fr")
    assert is_light("gonna", "en")
    assert not is_light("voudrait", "en")
    assert not is_light("gigawatts", "fr")


@pytest.mark.parametrize("name", LINES)
def test_lines_are_typed_plainly_in_small_letters(name: str) -> None:
    assert LINES[name][0].startswith("# ")
    lines = [line for line in LINES[name] if line and not line.startswith("#")]
    assert [line for line in lines if line != line.strip() or "  " in line or "\t" in line] == []
    assert [line for line in lines if line != line.casefold() or any(c in line for c in "’\u00a0\u202f\ufeff;")] == []
    assert [line for line in LINES[name] if len(line) > 120] == []


def test_every_expression_short_spelling_and_light_word_stands_once() -> None:
    assert twice(expression for _, expression in ASIDES) == []
    assert twice((section, short) for section, short, _ in SHORTHAND) == []
    assert {short for section, short, _ in SHORTHAND if section == "names"}.isdisjoint(
        short for section, short, _ in SHORTHAND if section != "names"
    )
    assert twice(LIGHT) == []


def twice(entries: Iterator[Any] | list[Any]) -> list[Any]:
    return [entry for entry, times in Counter(entries).items() if times > 1]


def test_every_short_spelling_is_other_than_its_words() -> None:
    assert [short for _, short, words in SHORTHAND if fold(words) == short] == []


def test_no_aside_nor_light_word_is_a_name_of_a_deal() -> None:
    deals = tomllib.loads(SEEDS.read_text("utf-8"))["deal"]
    written = [name for deal in deals for field in ("name", "aliases") for name in flat(deal[field])]
    written += [party["name"] for deal in deals for party in deal["parties"]]
    names = {tuple(re.findall(r"[^\W_]+", fold(name.casefold()))) for name in written}
    assert len(names) >= 40
    assert names.isdisjoint(expression for _, expression in ASIDES)
    assert names.isdisjoint((word,) for _, word in LIGHT)
    for name in written:
        for language in LANGUAGES:
            assert without_asides(name, language) == name


def flat(value: dict[str, str | list[str]]) -> list[str]:
    """Return the names of both languages."""
    return [name for names in value.values() for name in ([names] if isinstance(names, str) else names)]


@pytest.mark.parametrize(
    ("parse", "lines", "number"),
    [
        (parse_asides, ["# greetings", "fr: bonjour, , merci"], 2),
        (parse_asides, ["fr: bonjour", "", "de: hallo"], 3),
        (parse_asides, ["bonjour, merci"], 1),
        (parse_asides, ["fr:"], 1),
        (parse_shorthand, ["cb = combien"], 1),
        (parse_shorthand, ["[fr]", "cb combien"], 2),
        (parse_shorthand, ["[fr]", "cb = "], 2),
        (parse_shorthand, ["[fr]", "c b = combien"], 2),
        (parse_shorthand, ["[fr]", "2 = deux"], 2),
        (parse_shorthand, ["[fr]", "cb = combien", "[de]"], 3),
        (parse_light, ["veux"], 1),
        (parse_light, ["[fr]", "veux veut", "existe-t-"], 3),
        (parse_light, ["[names]", "veux"], 1),
    ],
)
def test_a_bad_line_is_named(parse: Callable[[list[str], str], Iterator[Any]], lines: list[str], number: int) -> None:
    with pytest.raises(BadInput, match=rf"^words\.txt, line {number}: expected `"):
        list(parse(lines, "words.txt"))
