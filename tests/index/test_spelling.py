"""Misspelt words are read as what a source has, and words that are none are left alone."""

from collections.abc import Callable, Sequence
from itertools import islice, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.answering.spelling import LONGEST, MOST_SOUGHT, correct, is_function_word
from index.language.dictionary import shipped
from index.library import Library
from index.model import Article, Language, Verdict

NAMES = frozenset("oracle nvidia crusoe abilene stargate microsoft musk xai".split())
LANGUAGES: tuple[Language, ...] = ("fr", "en")
HAS = frozenset("batiment puces fournisseur".split())
"""What the sources of these tests have beside the names."""


def standing(words: frozenset[str]) -> Callable[[Sequence[str]], list[int]]:
    """Return what tells in how many passages words stand, where each of some words stands in one."""
    return lambda asked: [int(word in words) for word in asked]


def mended(
    question: str, language: Language = "fr", *, names: frozenset[str] = NAMES, has: frozenset[str] = HAS
) -> str:
    missing = [word for word in question.casefold().split() if word not in names | has]
    return correct(question, missing, missing, language, shipped(), names, has.__contains__, standing(names | has))


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("Orcale", "oracle"),
        ("Oralce", "oracle"),
        ("oracl", "oracle"),
        ("Nvdia", "nvidia"),
        ("Abilen", "abilene"),
        ("Abbilene", "abilene"),
        ("Stargaet", "stargate"),
        ("Microsfot", "microsoft"),
        ("Micrsfot", "microsoft"),
    ],
)
def test_a_misspelt_name_of_a_deal_is_read_as_that_name(word: str, meant: str) -> None:
    assert mended(f"combien paie {word} ?") == f"combien paie {meant} ?"
    assert mended(f"how much does {word} pay", "en") == f"how much does {meant} pay"


def test_every_misspelt_word_of_a_question_is_mended_and_the_rest_kept_as_it_is() -> None:
    assert mended("COMBIENT de  l'Orcale (Abilen) ??") == "combien de  l'oracle (abilene) ??"


def test_a_word_of_the_lexicon_is_mended_only_into_one_that_a_source_has() -> None:
    assert mended("une hydrolise", has=frozenset({"hydrolyse"})) == "une hydrolyse"
    assert mended("une hydrolise") == "une hydrolise"
    assert mended("un fourniseur") == "un fournisseur"


def test_a_name_that_no_source_speaks_of_is_no_correction() -> None:
    assert mended("combien paie Orcale ?", names=frozenset()) == "combien paie Orcale ?"


@pytest.mark.parametrize("word", ["mutch", "gigawats", "milliard", "dollers", "combein"])
def test_words_of_asking_need_be_in_no_source(word: str) -> None:
    asking = ("much", "gigawatts", "milliard", "dollars", "combien")
    assert mended(word, has=frozenset(), names=frozenset()) in asking


@pytest.mark.parametrize("word", ["xia", "AMB", "ora", "msk", "puc"])
def test_short_words_are_left_alone(word: str) -> None:
    assert mended(word) == word


@pytest.mark.parametrize("word", ["orange", "miracle", "standard", "Amazon", "Norvège", "crusade", "abalone", "video"])
def test_real_words_and_other_names_are_left_alone(word: str) -> None:
    assert mended(word) == word


@pytest.mark.parametrize("text", ["4500 GW", "2028", "gb201", "6,6", "30 Md$", "orac1e", "", "???", "🎉"])
def test_numbers_and_signs_are_left_alone(text: str) -> None:
    assert mended(text) == text


def test_a_word_that_a_source_has_is_not_taken_for_a_name_that_is_near() -> None:
    assert mended("Stargaze ?") == "stargate ?"
    assert mended("Stargaze ?", has=frozenset({"stargaze"})) == "Stargaze ?"


@given(st.text(max_size=200))
def test_no_text_breaks_it_and_nothing_but_words_changes(text: str) -> None:
    def rest(question: str) -> str:
        return "".join(character for character in question if not character.isalpha())

    assert rest(mended(text)) == rest(text)
    assert mended(mended(text)) == mended(text)


def test_twenty_thousand_characters_of_noise_are_read_once_for_each_word() -> None:
    syllables = ("ba", "co", "du", "fi", "ga", "ko", "lu", "mi", "no", "pa", "qu", "ra", "so", "tu", "vi", "xo", "ze")
    words = ["".join(three) + "kx" for three in islice(product(syllables, repeat=3), 2_500)]
    asked: list[str] = []

    def is_there(word: str) -> bool:
        asked.append(word)
        return False

    def frequencies(words: Sequence[str]) -> list[int]:
        return [int(is_there(word)) for word in words]

    question = " ".join(words)[:20_000]
    assert correct(question, words, words, "fr", shipped(), NAMES, is_there, frequencies) == question
    slips = 54 * 8 + 7  # of a word of 8 letters: left out, changed, put in, swapped
    assert len(asked) <= len(words) + MOST_SOUGHT * (slips + 7)


@pytest.mark.parametrize(
    ("word", "meant", "has"),
    [
        ("hydrolise", "hydrolyse", {"hydrolyse"}),
        ("hydroylse", "hydrolyse", {"hydrolyse"}),
        ("hydrollyse", "hydrolyse", {"hydrolyse"}),
        ("xylophome", "xylophone", {"xylophone"}),
        ("tavernoul", "tavernol", {"tavernol"}),
    ],
)
def test_a_misspelt_word_is_read_as_a_word_of_the_sources(word: str, meant: str, has: set[str]) -> None:
    assert mended(f"quand finit la {word} ?", has=frozenset(has)) == f"quand finit la {meant} ?"
    assert mended(f"when does the {word} end", "en", has=frozenset(has)) == f"when does the {meant} end"
    assert mended(f"quand finit la {word} ?", has=frozenset()) == f"quand finit la {word} ?"


@pytest.mark.parametrize(
    ("word", "meant", "language"),
    [
        ("yaer", "year", "en"),
        ("evry", "every", "en"),
        ("strated", "started", "en"),
        ("geting", "getting", "en"),
        ("witthout", "without", "en"),
        ("persentages", "percentage", "en"),
        ("consomer", "consommer", "fr"),
        ("bource", "bourse", "fr"),
        ("prochian", "prochain", "fr"),
    ],
)
def test_a_usual_word_is_meant_though_no_source_has_it(word: str, meant: str, language: Language) -> None:
    assert mended(f"a {word}", language, has=frozenset()) == f"a {meant}"
    assert mended(f"a {word.title()}", language, has=frozenset()) == f"a {word.title()}"  # a name


@pytest.mark.parametrize("word", ["budgel", "projeb", "deel", "tsmc", "bordeau", "coreweave", "softbank", "perplexity"])
def test_no_usual_word_is_meant_by_one_that_sounds_otherwise_or_is_too_short_to_tell(word: str) -> None:
    for language in LANGUAGES:
        assert mended(f"a {word}", language, has=frozenset()) == f"a {word}"


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("loracle", "l'oracle"),
        ("dabilene", "d'abilene"),
        ("dargent", "d'argent"),
        ("lusine", "l'usine"),
        ("quoracle", "qu'oracle"),
        ("lhydrolyse", "l'hydrolyse"),
    ],
)
def test_a_missing_apostrophe_is_put_in_before_what_is_a_word(word: str, meant: str) -> None:
    assert mended(f"combien {word} ?", has=frozenset({"hydrolyse"})) == f"combien {meant} ?"
    assert mended(f"how much {word} ?", "en", has=frozenset({"hydrolyse"})) != f"how much {meant} ?"


@pytest.mark.parametrize("word", ["lenovo", "siemens", "dell", "nike", "danone", "tui"])
def test_no_apostrophe_is_put_into_a_name(word: str) -> None:
    assert mended(f"combien vaut {word} ?") == f"combien vaut {word} ?"


def test_what_is_written_like_a_name_gets_an_apostrophe_before_a_name_alone() -> None:
    has = frozenset({"aval", "oracle"})
    assert mended("le maire de Laval ?", has=has) == "le maire de Laval ?"
    assert mended("en laval ?", has=has) == "en l'aval ?"
    assert mended("le patron de LOracle ?", has=has) == "le patron de l'oracle ?"


def test_of_likely_slips_that_to_a_word_of_the_sources_is_meant() -> None:
    assert mended("a prvoider", "en", has=frozenset({"provoider", "provider"})) == "a provider"
    assert mended("a stattion", "en", has=frozenset({"station"})) == "a station"


def test_the_likeliest_slip_is_meant_and_of_alike_ones_the_commonest_word() -> None:
    passages = {"tarvenol": 1, "tarvevol": 9, "tarvexol": 5, "tarveaol": 2}

    def frequencies(words: Sequence[str]) -> list[int]:
        return [passages.get(word, 0) for word in words]

    def read(word: str) -> str:
        return correct(word, [word], [word], "fr", shipped(), frozenset(), passages.__contains__, frequencies)

    assert read("tarveonl") == "tarvenol"  # two letters swapped, rather than one changed
    assert read("tarveqol") == "tarvevol"


@pytest.mark.parametrize(
    ("word", "meant"), [("tidekepers", "tidekeepers"), ("tidekeeping", "tidekeeping"), ("tidkepers", "tidkepers")]
)
def test_a_word_that_only_begins_like_one_of_the_sources_is_mended_into_it_where_a_letter_is_wrong(
    word: str, meant: str
) -> None:
    has = frozenset({"tidekeepers"})
    nothing = frozenset[str]()
    question = f"who plays {word} ?"

    assert correct(question, [], [word], "en", shipped(), nothing, has.__contains__, standing(has)) == question.replace(
        word, meant
    )


@pytest.mark.parametrize("word", ["Constuction", "Munch", "Bilion", "Batimant"])
def test_a_name_is_not_mended_into_an_ordinary_word(word: str) -> None:
    has = HAS | {"construction", "much", "billion"}
    assert mended(f"who is {word} really", "en", has=has) == f"who is {word} really"
    assert mended(f"à quoi sert {word}, au juste", has=has) == f"à quoi sert {word}, au juste"
    assert mended(f"who is {word.casefold()} really", "en", has=has) != f"who is {word.casefold()} really"


def test_a_capital_that_begins_a_sentence_or_stands_among_capitals_makes_no_name() -> None:
    has = frozenset({"construction"})
    assert mended("Constuction : quand ?", has=has) == "construction : quand ?"
    assert mended("Bonjour. Combein ?", has=has) == "Bonjour. combien ?"
    assert mended("Bonjour\nCombein ?", has=has) == "Bonjour\ncombien ?"
    assert mended("QUAND FINIT LA CONSTUCTION", has=has) == "QUAND FINIT LA construction"


def test_a_misspelt_name_of_the_sources_is_mended_though_no_deal_has_it() -> None:
    assert mended("qui dirige Tavernoul ?", has=frozenset({"tavernol"})) == "qui dirige tavernol ?"


@pytest.mark.parametrize(("word", "near"), [("piles", "pilles"), ("moisson", "moissons"), ("bridge", "bridgee")])
def test_a_word_that_the_lexicon_knows_is_left_alone(word: str, near: str) -> None:
    assert any(shipped().knows(word, language) for language in LANGUAGES)
    for language in LANGUAGES:
        assert mended(f"a {word}", language, has=frozenset({near})) == f"a {word}"


def test_a_word_that_the_sources_have_is_left_alone() -> None:
    both = frozenset({"tavernol", "tavernoul", "muchh"})
    assert mended("qui dirige tavernoul ?", has=both) == "qui dirige tavernoul ?"
    assert mended("muchh", has=both) == "muchh"


def test_words_of_four_letters_are_left_alone_unless_they_ask() -> None:
    assert mended("xaii amdd musc", has=frozenset({"amd", "amdo"})) == "xaii amdd musc"
    assert mended("how muhc", "en") == "how much"


def test_very_long_words_are_left_alone() -> None:
    meant = "a" + "tavernol" * 3
    assert len(meant) == LONGEST
    assert mended(meant[:-1], has=frozenset({meant})) == meant
    assert mended(meant + "l", has=frozenset({meant})) == meant + "l"


def test_with_very_many_unknown_words_only_the_first_are_sought_in_the_sources() -> None:
    strange = [f"qz{one}{two}q" for one in "bcdfghj" for two in ("ba", "da", "ka")]
    last = " ".join([*strange[: MOST_SOUGHT - 1], "tavernoul"])
    assert mended(last, has=frozenset({"tavernol"})).endswith(" tavernol")
    beyond = " ".join([*strange[:MOST_SOUGHT], "tavernoul Orcale combein"])
    assert mended(beyond, has=frozenset({"tavernol"})).endswith(" tavernoul oracle combien")


async def test_an_answer_keeps_the_question_as_it_was_asked(library: Library) -> None:
    question = "Combient Orcale a t il achté de puce GB200 a Abilen ?"
    answer = await library.ask(question)
    assert (answer.verdict, answer.question) == (Verdict.ANSWERED, question)
    assert answer.figures[0].id == "abilene-chips-bought"


async def test_a_source_s_own_word_is_found_though_a_deal_s_name_is_near(library: Library) -> None:
    stargaze = Article(text="Le télescope Stargaze pèse 41 tonnes.", title="Le télescope", language="fr")
    before = await library.ask("Combien pèse Stargaze ?", "one")
    await library.add(stargaze, by="mod", shelf="one")
    after = await library.ask("Combien pèse Stargaze ?", "one")
    assert before.citations == () or before.citations[0].source.id != "le-telescope"
    assert (after.verdict, after.citations[0].source.id) == (Verdict.ANSWERED, "le-telescope")


async def test_a_name_that_nobody_knows_is_refused_as_it_was_written(library: Library) -> None:
    answer = await library.ask("Combien Gogle paie-t-il Oracle ?")
    assert (answer.verdict, answer.missing) == (Verdict.UNANSWERED, ("Gogle",))


@pytest.mark.parametrize(
    ("word", "language"),
    [("wil", "en"), ("whcih", "en"), ("throug", "en"), ("pourqoi", "fr"), ("qaund", "fr"), ("pluseurs", "fr")],
)
def test_a_function_word_with_a_slip_is_one(word: str, language: Language) -> None:
    assert is_function_word(word, language)


@pytest.mark.parametrize("word", ["sony", "maif", "ab", "turbine", "pqurqoi"])
def test_a_word_that_may_be_another_is_none(word: str) -> None:
    assert not is_function_word(word, "fr")


@pytest.mark.parametrize(
    ("text", "language", "question"),
    [
        ("The Varnholt company planted roses in the castle garden.", "en", "wil thier garden have roses"),
        ("Le meunier de Morvane a construit une roue en 1987.", "fr", "ils on fait qaund pourqoi leurr roue"),
    ],
)
async def test_a_misspelt_function_word_is_no_word_that_the_sources_lack(
    empty_library: Library, text: str, language: Language, question: str
) -> None:
    await empty_library.add(Article(text=text, title="Un article", language=language), by="a test")
    answer = await empty_library.ask(question)
    assert answer.missing == ()
    assert answer.verdict is Verdict.ANSWERED
