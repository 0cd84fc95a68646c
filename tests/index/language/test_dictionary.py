"""The lexicon: the longest term is found, however it is inflected or typed, and gives its names in both languages."""

from itertools import zip_longest

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.errors import BadInput
from index.language.analysis import fold, tokens
from index.language.dictionary import Entry, Equivalents, Lexicon, Written, parse, parted
from index.model import Language

LINES = """
# What a deal is about.
centre de données, datacenter = data center, data centre

centre = centre, center
données = data
négocier, négociation = negotiate
accord, contrat = deal, agreement, contract
intelligence artificielle, ia = artificial intelligence, ai
parole d'honneur = word of honour
d'abord = at first, first
an, année = year
prise de courant = socket
tour de table de financement privé = private round
"""


@pytest.fixture
def lexicon() -> Lexicon:
    return Lexicon(parse(LINES.splitlines(), "test.txt"))


def look_up(lexicon: Lexicon, text: str, language: Language) -> tuple[int, Equivalents]:
    return lexicon.find(tokens(text, language), 0, language)


def translations(lexicon: Lexicon, text: str, language: Language) -> set[str]:
    return {" ".join(term) for term in look_up(lexicon, text, language)[1].translations}


def synonyms(lexicon: Lexicon, text: str, language: Language) -> set[str]:
    return {" ".join(term) for term in look_up(lexicon, text, language)[1].synonyms}


def test_a_term_has_translations_and_synonyms_in_both_directions(lexicon: Lexicon) -> None:
    assert translations(lexicon, "contrat", "fr") == {"deal", "agreement", "contract"}
    assert synonyms(lexicon, "contrat", "fr") == {"accord"}
    assert translations(lexicon, "deal", "en") == {"accord", "contrat"}
    assert synonyms(lexicon, "deal", "en") == {"agreement", "contract"}


def test_the_longest_term_wins(lexicon: Lexicon) -> None:
    length, known = look_up(lexicon, "centre de données d'Abilene", "fr")
    assert length == 2
    assert set(known.translations) == {("data", "center"), ("data", "centre")}
    assert known.synonyms == (("datacenter",),)
    assert look_up(lexicon, "centre de calcul", "fr") == (1, Equivalents((("centre",), ("center",))))


def test_a_term_is_found_where_it_stands(lexicon: Lexicon) -> None:
    words = tokens("Oracle data center deal", "en")
    assert [lexicon.find(words, place, "en")[0] for place in range(len(words))] == [1, 2, 1, 1]
    assert lexicon.find(words, 3, "en")[1].translations == (("accord",), ("contrat",))


def test_function_words_in_a_term_make_no_difference(lexicon: Lexicon) -> None:
    for written in ("centres de données", "centre des données", "centre données", "Le centre de la donnée"):
        assert translations(lexicon, written, "fr") == {"data center", "data centre"}


@pytest.mark.parametrize("written", ["négocier", "négocié", "négociations", "negocier", "negociation", "NÉGOCIATION"])
def test_an_inflected_or_unaccented_word_is_found(lexicon: Lexicon, written: str) -> None:
    assert translations(lexicon, written, "fr") == {"negotiate"}


@pytest.mark.parametrize("written", ["deals", "Deal", "contracts", "agreements"])
def test_an_inflected_english_word_is_found(lexicon: Lexicon, written: str) -> None:
    assert translations(lexicon, written, "en") == {"accord", "contrat"}


@pytest.mark.parametrize("written", ["parole d'honneur", "parole d’honneur", "paroles d'honneur"])
def test_a_term_with_an_elision_is_found(lexicon: Lexicon, written: str) -> None:
    assert translations(lexicon, written, "fr") == {"word honour"}


def test_a_word_that_keeps_its_apostrophe_is_found(lexicon: Lexicon) -> None:
    assert translations(lexicon, "d’abord", "fr") == {"first"}


def test_an_unknown_word_is_one_word_without_equivalents(lexicon: Lexicon) -> None:
    assert look_up(lexicon, "Stargate", "fr") == (1, Equivalents())
    assert look_up(Lexicon([]), "centre de données", "fr") == (1, Equivalents())


def test_a_word_is_sought_in_its_own_language_only(lexicon: Lexicon) -> None:
    assert look_up(lexicon, "deal", "fr") == (1, Equivalents())
    assert lexicon.knows("deal", "en")
    assert not lexicon.knows("deal", "fr")
    assert lexicon.knows("contrats", "fr")
    assert not lexicon.knows("stargate", "fr")


def test_the_terms_of_two_lines_come_together() -> None:
    lexicon = Lexicon([Entry(("marché",), ("market",)), Entry(("marché", "contrat"), ("deal", "market"))])
    assert look_up(lexicon, "marchés", "fr") == (1, Equivalents((("market",), ("deal",)), (("contrat",),)))


def test_a_term_is_no_synonym_of_itself() -> None:
    lexicon = Lexicon([Entry(("accord", "accords", "contrat"), ("deal",))])
    assert synonyms(lexicon, "accord", "fr") == {"contrat"}


def test_a_lexicon_counts_its_entries(lexicon: Lexicon) -> None:
    assert len(lexicon) == 11


def test_what_is_made_ready_ahead_is_found_as_what_is_sought_first(lexicon: Lexicon) -> None:
    ready = Lexicon(parse(LINES.splitlines(), "test.txt"))
    assert set(ready.prepare()) == {None}
    assert list(ready.prepare()) == []
    languages: tuple[Language, ...] = ("fr", "en")
    for entry in parse(LINES.splitlines(), "test.txt"):
        for language in languages:
            for term in entry.side(language):
                found = look_up(ready, f"{term} de Paris", language)
                assert found == look_up(lexicon, f"{term} de Paris", language)
                assert found[1] != Equivalents()


def test_it_may_be_made_ready_by_several_at_the_same_time() -> None:
    lexicon = Lexicon(Written([*parted(LINES.splitlines(), "test.txt")] * 100))
    pauses = [*zip_longest(lexicon.prepare(), lexicon.prepare())]
    assert (None, None) in pauses  # both were at it
    assert look_up(lexicon, "centre de données", "fr")[0] == 2
    assert look_up(lexicon, "jamais lu", "fr") == (1, Equivalents())


@pytest.mark.parametrize("term", ["l'accord", "d' accord", "un\u00a0accord", "très-accord", "un accord"])
def test_entries_in_files_are_found_by_what_entries_at_hand_are_found_by(term: str) -> None:
    line = f"contrat ,{term}, pacte = deal"
    words = [*tokens(term, "fr"), "accord"]
    read, given = Lexicon(Written([*parted([line], "x.txt")])), Lexicon(parse([line], "x.txt"))
    assert read.words("fr") == given.words("fr")
    for word in words:
        assert read.find([word], 0, "fr") == given.find([word], 0, "fr")
    assert read.find(words[:-1], 0, "fr") == given.find(words[:-1], 0, "fr") != (1, Equivalents())


def test_an_added_entry_may_be_longer_than_all_that_begin_like_it(lexicon: Lexicon) -> None:
    extended = lexicon.with_entries([Entry(("accord de paix",), ("peace",))])
    assert look_up(extended, "accord de paix", "fr") == (2, Equivalents((("peace",),)))
    assert look_up(extended, "centre de données", "fr")[0] == 2
    assert look_up(lexicon, "accord de paix", "fr")[0] == 1


def test_comments_and_empty_lines_are_passed_over() -> None:
    assert list(parse(["# a = b", "", "   ", "  # c = d", " un accord ,contrat =  deal , ,agreement "], "x.txt")) == [
        Entry(("un accord", "contrat"), ("deal", "agreement"))
    ]


@pytest.mark.parametrize(
    "line",
    ["accord", "accord=deal", "accord = ", " = deal", "accord, = ,", "accord = deal = agreement", "accord : deal"],
)
def test_a_malformed_line_is_refused_with_its_file_and_number(line: str) -> None:
    with pytest.raises(BadInput, match=r"^words\.txt, line 3: expected .*$") as refusal:
        list(parse(["# words", "contrat = contract", line], "words.txt"))
    assert line.strip() in str(refusal.value)


def test_a_malformed_line_is_quoted_in_part_only() -> None:
    with pytest.raises(BadInput) as refusal:
        list(parse(["x" * 10_000], "words.txt"))
    assert len(str(refusal.value)) < 200


plain = st.text("abcdefghilmnopqrstuvwxyzéèàç", min_size=3, max_size=9)


@given(st.lists(st.tuples(plain, plain), min_size=1, max_size=20))
@settings(deadline=None, max_examples=50)
def test_every_word_finds_its_translation_and_back(pairs: list[tuple[str, str]]) -> None:
    lexicon = Lexicon(Entry((french,), (english,)) for french, english in pairs)
    for french, english in pairs:
        if tokens(french, "fr") != [french] or tokens(english, "en") != [english]:
            continue  # a stop word, or one that is written otherwise before it is looked up: billion, milliard
        assert english in translations(lexicon, french, "fr")
        assert french in translations(lexicon, english, "en")
        if tokens(fold(french), "fr") and tokens(english, "en"):  # without its accents it may be a stop word: àux, aux
            assert english in translations(lexicon, fold(french), "fr")


@given(st.lists(st.text(st.characters(), max_size=12), max_size=6), st.integers(0, 5))
@settings(deadline=None, max_examples=50)
def test_any_words_can_be_looked_up(words: list[str], start: int) -> None:
    lexicon = Lexicon(parse(LINES.splitlines(), "test.txt"))
    for language in ("fr", "en"):
        found = [token for word in words for token in tokens(word, language)]
        if start < len(found):
            length, _ = lexicon.find(found, start, language)
            assert 1 <= length <= len(found) - start
