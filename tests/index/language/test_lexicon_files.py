"""The words that come with Sourcier: every line is an entry of use."""

from collections import Counter
from importlib.resources import files

import pytest

from index.language.analysis import tokens
from index.language.dictionary import Entry, parse, shipped
from index.language.numbers import normalise
from index.model import Language

LANGUAGES: tuple[Language, ...] = ("fr", "en")
FILES = {
    file.name: file.read_text("utf-8")
    for file in (files("index.language") / "lexicon").iterdir()
    if file.name.endswith(".txt")
}


def entries(name: str) -> list[Entry]:
    return list(parse(FILES[name].splitlines(), name))


def lines() -> list[tuple[str, str]]:
    return [
        (name, line) for name, text in FILES.items() for line in text.splitlines() if line and not line.startswith("#")
    ]


def test_there_are_thousands_of_entries() -> None:
    assert sum(len(entries(name)) for name in FILES) == len(lines()) == len(shipped()) >= 2_500


@pytest.mark.parametrize("name", FILES)
def test_a_file_says_first_what_it_is_about(name: str) -> None:
    assert FILES[name].startswith("# ")
    assert FILES[name].endswith("\n")


def test_no_line_stands_twice() -> None:
    assert [line for line, times in Counter(line for _, line in lines()).items() if times > 1] == []


def test_lines_are_typed_plainly() -> None:
    assert [(name, line) for name, line in lines() if line != line.strip() or "\t" in line or "  " in line] == []
    assert [(name, line) for name, line in lines() if any(c in line for c in "’\u00a0\u202f\ufeff#()/;")] == []


@pytest.mark.parametrize("name", FILES)
def test_terms_are_lower_case_and_stand_once_in_a_line(name: str) -> None:
    for entry in entries(name):
        for side in entry:
            assert side == tuple(term.casefold() for term in side)
            assert len(set(side)) == len(side), entry


@pytest.mark.parametrize("name", FILES)
def test_both_sides_of_an_entry_have_a_word_that_carries_meaning(name: str) -> None:
    empty = [
        entry
        for entry in entries(name)
        for language in LANGUAGES
        if not any(tokens(term, language) for term in entry.side(language))
    ]
    assert empty == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_term_is_found_whole_by_its_own_words(language: Language) -> None:
    """But for abbreviated units and large numbers, which have one form in both languages already."""
    lost = []
    for name in FILES:
        for entry in entries(name):
            for term in entry.side(language):
                words = tokens(term, language)
                known = not words or shipped().find(words, 0, language)[0] == len(words)
                if not known and normalise(term, language) == term:
                    lost.append((name, term))
    assert lost == []


@pytest.mark.parametrize(
    ("question", "language", "translation"),
    [
        ("data center", "en", ("centre", "données")),
        ("centre de données", "fr", ("data", "center")),
        ("deals", "en", ("accord",)),
        ("accords", "fr", ("deal",)),
        ("AI", "en", ("ia",)),
        ("IA", "fr", ("artificial", "intelligence")),
        ("stake", "en", ("participation",)),
        ("puce", "fr", ("chip",)),
        ("years", "en", ("an",)),
        ("gold", "en", ("or",)),
        ("or", "fr", ("gold",)),
        ("EU", "en", ("union", "européenne")),
    ],
)
def test_words_of_the_field_are_known(question: str, language: Language, translation: tuple[str, ...]) -> None:
    _, known = shipped().find(tokens(question, language), 0, language)
    assert translation in known.translations


@pytest.mark.parametrize(
    ("word", "language", "other"),
    [("pipe", "en", "tuyaux"), ("tuyau", "fr", "tuyaux"), ("noyau", "fr", "noyaux"), ("bus", "en", "buses")],
)
def test_a_form_that_the_stemmers_do_not_unite_is_found_by_the_other(word: str, language: Language, other: str) -> None:
    called = shipped().find([word], 0, language)[1]
    assert (other,) in called.translations + called.synonyms
