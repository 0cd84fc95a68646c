"""The language of a text, a question or a few keywords; the default where nothing tells."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.language.analysis import fold
from index.language.detection import detect
from index.language.dictionary import shipped
from index.model import Language

LANGUAGES: tuple[Language, ...] = ("fr", "en")

FRENCH = [
    "OpenAI a loué 4,5 GW de puissance de calcul à Oracle.",
    "Combien OpenAI paie-t-elle à Oracle chaque année ?",
    "Qui dirige Crusoe ?",
    "Où est le datacenter ?",
    "Pourquoi Microsoft n'est plus seul",
    "À quoi sert Stargate ?",
    "L’accord OpenAI",
    "quand ouvre Abilene",
    "cb de puces gb200",
]
ENGLISH = [
    "OpenAI has rented 4.5 GW of computing power from Oracle.",
    "How much does OpenAI pay Oracle each year?",
    "Who runs Crusoe?",
    "Where is the data center?",
    "Why is Microsoft no longer alone",
    "What is Stargate for?",
    "When does Abilene open",
    "how many gpus in abilene",
]
KEYWORDS: list[tuple[str, Language]] = [
    ("combien openai paie oracle", "fr"),
    ("prix contrat oracle", "fr"),
    ("puissance abilene", "fr"),
    ("financement crusoe", "fr"),
    ("énergie nucléaire", "fr"),
    ("openai oracle deal value", "en"),
    ("abilene power", "en"),
    ("crusoe funding", "en"),
    ("stock price", "en"),
    ("nuclear energy", "en"),
]
UNTOLD = ["", "   ", "?!", "OpenAI", "4,5 GW", "2024", "Stargate Texas", "😀", "مرحبا", "\ud800", "\0", "世界"]


@pytest.mark.parametrize("text", FRENCH)
def test_french_is_told(text: str) -> None:
    assert [detect(text, default) for default in LANGUAGES] == ["fr", "fr"]


@pytest.mark.parametrize("text", ENGLISH)
def test_english_is_told(text: str) -> None:
    assert [detect(text, default) for default in LANGUAGES] == ["en", "en"]


@pytest.mark.parametrize("text", FRENCH)
def test_french_is_told_without_its_accents_and_capitals(text: str) -> None:
    assert detect(fold(text.casefold()), "en") == "fr"


@pytest.mark.parametrize(("text", "language"), KEYWORDS)
def test_keywords_are_told_by_the_lexicon(text: str, language: Language) -> None:
    assert [detect(text, default, shipped()) for default in LANGUAGES] == [language, language]


@pytest.mark.parametrize("text", ["cout total", "total cost"])
def test_keywords_that_nothing_but_the_lexicon_tells(text: str) -> None:
    assert [detect(text, default) for default in LANGUAGES] == ["fr", "en"]
    assert len({detect(text, default, shipped()) for default in LANGUAGES}) == 1


@pytest.mark.parametrize("text", UNTOLD)
@pytest.mark.parametrize("default", LANGUAGES)
def test_the_default_counts_where_nothing_tells(text: str, default: Language) -> None:
    assert detect(text, default) == default
    assert detect(text, default, shipped()) == default


def test_french_is_the_default() -> None:
    assert detect("") == "fr"


def test_a_quote_in_the_other_language_does_not_turn_an_article() -> None:
    article = "Sam Altman l'a dit dans la presse cette semaine : « {} ». Le projet avance, selon le groupe."
    assert detect(article.format("We will build it in Texas")) == "fr"
    assert detect("He calls it « le plus grand projet du monde », and the market agrees with him on this.") == "en"


def test_only_the_head_of_a_long_article_is_read() -> None:
    assert detect("The deal is done. " * 1_000 + "Le contrat est signé. " * 2_000) == "en"


@given(st.text(st.characters(), max_size=200), st.sampled_from(LANGUAGES))
@settings(deadline=None, max_examples=60)
def test_any_text_has_a_language(text: str, default: Language) -> None:
    assert detect(text, default) in LANGUAGES
    assert detect(text, default, shipped()) in LANGUAGES


@pytest.mark.parametrize("unit", ["7", ".", "x", "é", "l'", "d’a", "e\u0301", "le "])
def test_a_million_characters_of_one_thing_are_read(unit: str) -> None:
    assert detect(unit * (1_000_000 // len(unit)), "fr", shipped()) in LANGUAGES
