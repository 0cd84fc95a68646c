"""The catalogs say everything that the bot says, in both languages, and nothing else."""

import subprocess
import sys
from importlib.resources import files
from io import BytesIO
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

import bot
from bot.translation import Translator, preferred, translator
from index.model import Language

KEYWORDS = {"text": None, "plural": (1, 2), "locale_str": None}
LANGUAGES: tuple[Language, ...] = ("fr", "en")

Texts = tuple[str, ...]


def _texts(message: str | list[str] | Texts | None) -> Texts:
    return (message,) if isinstance(message, str) else tuple(message or ())


def _used() -> set[Texts]:
    found = extract_from_dir(Path(bot.__file__).parent, [("**.py", "python")], keywords=KEYWORDS)
    return {_texts(message) for _, _, message, _, _ in found}


def _catalog(language: Language) -> Catalog:
    text = files("bot").joinpath("catalogs", f"{language}.po").read_bytes()
    return read_po(BytesIO(text), locale=language, abort_invalid=True)


def _entries(language: Language) -> list[Message]:
    return [message for message in _catalog(language) if message.id]


def _placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_catalog_has_every_message_of_the_code_and_no_other(language: Language) -> None:
    assert {_texts(message.id) for message in _entries(language)} == _used()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_entry_is_finished(language: Language) -> None:
    unfinished = [message.id for message in _entries(language) if message.fuzzy or not all(_texts(message.string))]
    assert not unfinished
    assert not _catalog(language).obsolete


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_entry_has_a_text_for_each_plural_form(language: Language) -> None:
    catalog = _catalog(language)
    for message in _entries(language):
        assert len(_texts(message.string)) == (catalog.num_plurals if message.pluralizable else 1), message.id


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_placeholders_of_every_entry_agree(language: Language) -> None:
    for message in _entries(language):
        for text in _texts(message.string):
            assert _placeholders(text) == _placeholders(_texts(message.id)[0]), message.id


def test_the_english_catalog_says_what_the_code_says() -> None:
    for message in _entries("en"):
        assert _texts(message.string) == _texts(message.id)


def test_messages_are_spoken_in_both_languages() -> None:
    assert Translator("fr").text("No source mentions {words}.", words="X") == "Aucune source ne mentionne X."
    assert Translator("en").text("No source mentions {words}.", words="X") == "No source mentions X."


def test_braces_in_a_value_mean_nothing() -> None:
    assert translator("en").text("No source mentions {words}.", words="{0.__class__}") == (
        "No source mentions {0.__class__}."
    )


@pytest.mark.parametrize(
    ("language", "count", "said"),
    [
        ("fr", 0, "0 autre citation\u00a0: :more"),
        ("fr", 1, "1 autre citation\u00a0: :more"),
        ("fr", 9, "9 autres citations\u00a0: :more"),
        ("en", 0, "0 more quotes: :more"),
        ("en", 1, "1 more quote: :more"),
        ("en", 9, "9 more quotes: :more"),
    ],
)
def test_plurals_follow_the_language(language: Language, count: int, said: str) -> None:
    assert translator(language).plural("{count} more quote: :more", "{count} more quotes: :more", count) == said


@pytest.mark.parametrize(
    ("partial", "french", "english"),
    [
        ("2024", "2024", "2024"),
        ("2024-10", "octobre 2024", "October 2024"),
        ("2024-06-12", "12 juin 2024", "12 June 2024"),
        ("2026-01-01", "1er janvier 2026", "1 January 2026"),
    ],
)
def test_partial_dates_are_put_in_words(partial: str, french: str, english: str) -> None:
    assert translator("fr").date(partial) == french
    assert translator("en").date(partial) == english


def test_numbers_are_written_as_the_language_writes_them() -> None:
    assert translator("fr").number(30000, decimals=1) == "30\u202f000,0"
    assert translator("en").number(30000, decimals=1) == "30,000.0"


def test_lists_languages_and_quotations_are_put_in_words() -> None:
    assert translator("fr").alternatives(["a", "b", "c"]) == "a, b ou c"
    assert translator("en").alternatives(["a"]) == "a"
    assert translator("fr").language_name("en") == "anglais"
    assert translator("fr").quoted("oui") == "«\u00a0oui\u00a0»"
    assert translator("en").quoted("yes") == "“yes”"


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({}, "en"),
        ({"LANG": "fr_FR.UTF-8"}, "fr"),
        ({"LANG": "de_DE.UTF-8"}, "en"),
        ({"LANG": "fr_FR.UTF-8", "LC_ALL": "C"}, "en"),
        ({"LANG": "en_GB.UTF-8", "LANGUAGE": "de:fr"}, "fr"),
    ],
)
def test_the_environment_says_which_language_is_preferred(environment: dict[str, str], language: str) -> None:
    assert preferred(environment) == language


def test_babel_is_not_loaded_before_something_is_said() -> None:
    code = "import sys, bot.translation, bot.cards, bot.terminal.render; sys.exit('babel' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
