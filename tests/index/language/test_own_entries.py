"""A server's own entries: laid over the lexicon without changing it, and refused with the line that is none."""

import re

import pytest

from index.errors import BadInput
from index.language.analysis import tokens
from index.language.detection import detect
from index.language.dictionary import Entry, Equivalents, Lexicon, shipped
from index.language.own_entries import LONGEST, LONGEST_LINE, MOST, own_entries
from index.model import Language
from index.ranking.formulation import formulate

BELOW = [Entry(("puce",), ("chip",)), Entry(("centre de calcul",), ("data center",))]


def laid(text: str) -> Lexicon:
    return Lexicon(BELOW).with_entries(own_entries(text))


def others(lexicon: Lexicon, text: str, language: Language) -> tuple[int, set[str]]:
    length, known = lexicon.find(tokens(text, language), 0, language)
    return length, {" ".join(term) for term in (*known.translations, *known.synonyms)}


def test_an_entry_is_found_from_each_of_its_terms() -> None:
    lexicon = laid("# our own\n\n  grand argentier, trésorier=bean counter\n")
    assert others(lexicon, "grands argentiers", "fr") == (2, {"trésorier", "bean counter"})
    assert others(lexicon, "bean counters", "en") == (2, {"grand argentier", "trésorier"})
    assert others(lexicon, "trésorier", "en") == (1, set())


@pytest.mark.parametrize("line", ["OAI = OpenAI", "OAI=OpenAI", "OAI, OpenAI = OAI, OpenAI", "OpenAI = OAI"])
def test_names_are_the_same_in_both_languages_and_words_of_none(line: str) -> None:
    lexicon = laid(line)
    for language in ("fr", "en"):
        assert "openai" in others(lexicon, "OAI", language)[1]
        assert "oai" in others(lexicon, "openai", language)[1]
        assert not lexicon.knows("oai", language)
        assert not lexicon.knows("openai", language)
    for default in ("fr", "en"):
        assert detect("OAI OpenAI Oracle", default, lexicon) == default


def test_a_name_may_be_called_by_ordinary_words() -> None:
    lexicon = laid("la pépite = OpenAI")
    assert others(lexicon, "pépite", "fr") == (1, {"openai"})
    assert others(lexicon, "OpenAI", "fr") == others(lexicon, "OpenAI", "en") == (1, {"openai", "pépite"})
    assert lexicon.knows("pépite", "fr")
    assert not lexicon.knows("pépite", "en")


@pytest.mark.parametrize("term", ["(GPU)", "l’usine", "M. Dupont", "ÉOLIENNE", "aujourd'hui"])
def test_a_term_is_found_however_it_is_written(term: str) -> None:
    lexicon = laid(f"{term} = windmill")
    words = tokens(term, "fr")
    length, known = lexicon.find(words, 0, "fr")
    assert length == len(words)
    assert ("windmill",) in known.translations


def test_what_is_added_comes_besides_what_was_known_and_the_longer_term_wins() -> None:
    lexicon = laid("puce, galette = wafer\ncentre = hub")
    assert others(lexicon, "puce", "fr") == (1, {"chip", "wafer", "galette"})
    assert others(lexicon, "centre de calcul", "fr") == (2, {"data center"})
    assert others(lexicon, "centre", "fr") == (1, {"hub"})
    assert len(lexicon) == 4
    assert {"galette", "puce"} <= set(lexicon.words("fr"))


def test_the_lexicon_below_is_neither_changed_nor_read_anew() -> None:
    before = len(shipped())
    own = shipped().with_entries(own_entries("Zorgatec = ZRG"))
    other = shipped().with_entries([])
    assert others(own, "ZRG", "fr")[1] == {"zorgatec", "zrg"}
    for lexicon in (shipped(), other):
        assert others(lexicon, "ZRG", "fr") == (1, set())
        assert lexicon.find(["zorgatec"], 0, "en") == (1, Equivalents())
    assert len(shipped()) == before
    assert own.find(["puces"], 0, "fr") == shipped().find(["puces"], 0, "fr")


def test_a_query_is_that_of_its_own_lexicon_whatever_was_asked_before() -> None:
    """What is kept at hand of a word must not pass from one server to another."""
    own, other = laid("moulinet = windmill"), laid("moulinet = reel")
    asked = [formulate("moulinet", "fr", lexicon) for lexicon in (own, other, Lexicon(BELOW), own)]
    assert asked[0] == asked[3]
    assert len({asked[0], asked[1], asked[2]}) == 3


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "puce = chip\n\nbase lunaire",
            "Line 3 is not written like “puce, processeur = chip, processor”: “base lunaire”.",
        ),
        ("puce = ", "Line 1 is not written like"),
        ("puce = chip = processor", "Line 1 is not written like"),
        ("puce == chip", "Line 1 is not written like"),
        ("# a\nle, puce = chip", "Line 2: “le” has no word to look for."),
        ("puce = C++", "Line 1: “C++” has no word to look for."),
        ("un deux trois quatre cinq six puces = chip", "has more than 5 words."),
        ("# " + "x" * LONGEST_LINE, "Line 1 is longer than 1,000 characters."),
        ("a" * 79 + "é" * 50, "Line 1 is not written like"),
        ("puce = chip\n" * (MOST + 1), "There are 201 entries, and there is room for 200."),
        ("#\n" * (LONGEST // 2 + 1), "The entries have 8,002 characters together, and there is room for 8,000."),
    ],
)
def test_what_is_no_entry_is_refused_in_one_short_sentence(text: str, said: str) -> None:
    with pytest.raises(BadInput, match=re.escape(said)) as refused:
        own_entries(text)
    assert len(str(refused.value)) < 200


def test_as_much_as_there_is_room_for_is_taken() -> None:
    text = "\n".join(f"mot{number} = word{number}" for number in range(MOST))
    assert len(own_entries(text.ljust(LONGEST, "\n"))) == MOST
    assert own_entries("") == own_entries("# nothing\n\n") == []
