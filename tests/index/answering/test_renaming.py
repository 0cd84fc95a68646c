"""What a server calls otherwise is put as the sources say it, where they do not say it so themselves."""

import pytest

from index.answering.renaming import renamed
from index.language.dictionary import Lexicon
from index.language.own_entries import own_entries
from index.model import Language

LEXICON = Lexicon([]).with_entries(
    own_entries(
        """
OAI, la pépite de San Francisco = OpenAI
grand argentier, directeur financier = bean counter, CFO
moulinet, éolienne = windmill, wind turbine
Zig = Zag
"""
    )
)
SOURCES = {"openai", "directeur", "financier", "éolienne", "oracle", "grand"}


def stands(word: str) -> bool:
    return word in SOURCES


@pytest.mark.parametrize(
    ("question", "language", "said"),
    [
        ("Combien OAI paie-t-elle Oracle ?", "fr", "Combien OpenAI paie-t-elle Oracle ?"),
        ("combien oai paie oracle", "fr", "combien OpenAI paie oracle"),
        ("How much does OAI pay?", "en", "How much does OpenAI pay?"),
        ("Le budget de la pépite de San Francisco, en 2025 ?", "fr", "Le budget de la OpenAI, en 2025 ?"),
        ("Qui est le grand argentier d'OAI ?", "fr", "Qui est le directeur financier d'OpenAI ?"),
        ("Who is OAI's bean counter?", "en", "Who is OpenAI's directeur financier?"),
        ("Où sont les moulinets ?", "fr", "Où sont les éolienne ?"),
    ],
)
def test_a_term_that_no_source_has_is_put_as_the_sources_say_it(question: str, language: Language, said: str) -> None:
    assert renamed(question, language, LEXICON, stands) == said


@pytest.mark.parametrize(
    "question",
    [
        "Qui est le directeur financier d'OpenAI ?",  # said by the sources
        "Que fait Zig ?",  # neither of its names is
        "Combien de puces ?",  # in no entry
        "Who has a moulinet?",  # a French word
        "?",
        "",
    ],
)
def test_all_else_stays_as_it_was_asked(question: str) -> None:
    assert renamed(question, "en" if "Who" in question else "fr", LEXICON, stands) == question


def test_without_entries_of_its_own_nothing_is_looked_up() -> None:
    def refuse(word: str) -> bool:
        raise AssertionError(word)

    assert renamed("Combien OAI paie-t-elle ?", "fr", Lexicon([]), refuse) == "Combien OAI paie-t-elle ?"


def test_a_long_question_is_looked_at_in_part() -> None:
    assert renamed("OAI " * 5_000, "fr", LEXICON, stands).count("OpenAI") == 100
