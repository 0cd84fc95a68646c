"""A text and a question that say the same thing give the same terms, however they are typed; nothing is ever raised."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.language.analysis import Forms, fold, forms, is_stopword, tokens, words
from index.model import Language

LANGUAGES: tuple[Language, ...] = ("fr", "en")
APOSTROPHES = ["'", "’", "‘", "ʼ", "´", "`", "′", "＇"]

patient = settings(deadline=None, max_examples=60)
languages = st.sampled_from(LANGUAGES)
anything = st.text(st.characters(), max_size=200)  # lone surrogates and NUL included
latin = st.text("abcdefghijklmnopqrstuvwxyzàâçéèêëîïôùûü", min_size=1, max_size=12)


def stems(text: str, language: Language = "fr") -> list[str]:
    return [forms(token, language).stem for token in tokens(text, language)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_several_of_a_model_are_found_as_one(language: Language) -> None:
    assert forms("gb200s", language) == Forms("gb200", "gb200", "gb200s")
    for word in ("1990s", "90s", "mi450", "s3", "5s", "gb200se"):
        assert forms(word, language) == Forms(word, word, word)


@pytest.mark.parametrize("apostrophe", APOSTROPHES)
@pytest.mark.parametrize(
    ("written", "left"),
    [
        ("l'inférence", ["inférence"]),
        ("L'INFÉRENCE", ["inférence"]),
        ("d'OpenAI", ["openai"]),
        ("qu'Oracle", ["oracle"]),
        ("jusqu'Abilene", ["abilene"]),
        ("lorsqu'Oracle", ["oracle"]),
        ("s'étend", ["étend"]),
        ("c'est", []),
        ("d'un", []),
        ("n'y", []),
        ("presqu'île", ["île"]),
    ],
)
def test_elision_leaves_the_word_whatever_the_apostrophe(written: str, left: list[str], apostrophe: str) -> None:
    assert tokens(written.replace("'", apostrophe), "fr") == left


@pytest.mark.parametrize("apostrophe", APOSTROPHES)
def test_aujourdhui_stays_one_word_after_an_elision_too(apostrophe: str) -> None:
    for written in ("aujourd'hui", "Aujourd'hui", "d'aujourd'hui", "jusqu'aujourd'hui", "qu'aujourd'hui"):
        assert tokens(written.replace("'", apostrophe), "fr") == ["aujourd'hui"]


def test_daccord_is_no_deal_and_dabord_no_approach() -> None:
    assert tokens("d'accord", "fr") == ["d'accord"]
    assert tokens("D’abord", "fr") == ["d'abord"]
    assert tokens("l'accord", "fr") == ["accord"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("written", ["Oracle's deal", "Oracle’s deal", "ORACLE'S deal"])
def test_the_possessive_is_dropped(written: str, language: Language) -> None:
    assert list(words(written, language)) == ["oracle", "deal"]


def test_quotation_marks_are_no_apostrophes() -> None:
    assert tokens("'Stargate' ‘Oracle’ l'«IA»", "fr") == ["stargate", "oracle", "ia"]


@given(latin, languages, st.sampled_from(APOSTROPHES))
@patient
def test_an_elided_article_never_changes_the_word(word: str, language: Language, apostrophe: str) -> None:
    assert tokens(f"l{apostrophe}{word}", language) == tokens(word, language)


@pytest.mark.parametrize(
    ("written", "left"),
    [
        ("les modèles d'IALe projet Stargate", ["modèles", "ia", "projet", "stargate"]),
        ("les modèles d’IALe projet Stargate", ["modèles", "ia", "projet", "stargate"]),
        ("la base de donnéesUn centre", ["base", "données", "centre"]),
        ("Les implicationsCet accord", ["implications", "accord"]),
        ("the chipsThe deal", ["chips", "deal"]),
    ],
)
def test_glued_sentences_are_parted(written: str, left: list[str]) -> None:
    assert tokens(written, "fr") == left


@pytest.mark.parametrize("name", ["LinkedIn", "OpenAI", "ChatGPT", "McDonald", "PayPal", "DeLorean", "LaTeX"])
def test_a_name_with_capitals_inside_is_not_parted(name: str) -> None:
    assert tokens(f"{name} a signé, {name}.", "fr")[::2] == [name.casefold()] * 2


def test_a_sentence_of_its_own_is_not_parted() -> None:
    assert list(words("Le projet. Le Monde, l’Un et l'Une", "fr")) == "le projet le monde un et une".split()


@pytest.mark.parametrize("language", LANGUAGES)
def test_function_words_of_both_languages_say_nothing(language: Language) -> None:
    assert tokens("Le contrat de la société avec the company of their customers", language) == [
        *("contrat", "société", "company", "customers"),
    ]


@pytest.mark.parametrize(
    ("word", "kept_in", "dropped_in"),
    [
        ("an", "fr", "en"),
        ("or", "fr", "en"),
        ("car", "en", "fr"),
        ("son", "en", "fr"),
        ("pas", "en", "fr"),
        ("ai", "en", "fr"),
        ("eu", "en", "fr"),
        ("comment", "en", "fr"),
    ],
)
def test_a_word_that_means_something_in_one_language_is_kept_there(
    word: str, kept_in: Language, dropped_in: Language
) -> None:
    assert tokens(word, kept_in) == [word]
    assert tokens(word, dropped_in) == []


@pytest.mark.parametrize("word", ["né", "thé", "maïs", "sûr", "dû", "année", "year", "mûr"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_word_that_only_looks_like_a_function_word_is_kept(word: str, language: Language) -> None:
    assert tokens(word, language) == [word]


def test_function_words_typed_without_accents_say_nothing() -> None:
    assert tokens("ou est la, a cote de, meme tres, etait deja", "fr") == ["cote", "deja"]
    assert is_stopword("etait", "fr")
    assert is_stopword("était", "fr")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["GPU", "CPU", "TPU", "NPU"])
def test_several_processors_are_found_by_the_name_of_one(name: str, language: Language) -> None:
    one, several = (forms(token, language) for token in tokens(f"{name} {name}s", language))
    assert several.stem == one.stem
    assert forms("campus", language).stem != forms("campu", language).stem


@pytest.mark.parametrize("name", ["GB200", "MI450", "H100", "B300", "A100", "GPT4o", "4o", "o3", "Q2", "5G"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_model_name_is_one_term_in_all_forms(name: str, language: Language) -> None:
    token = name.casefold()
    assert tokens(f"des puces {name}, {name}.", language) == ["puces", token, token]
    assert forms(token, language) == Forms(token, token, token)


def test_a_long_model_name_keeps_all_its_letters_in_the_prefix_form() -> None:
    assert forms("mi450xlarge", "en").prefix == "mi450xlarge"


def test_a_word_has_its_stem_its_first_six_letters_and_itself() -> None:
    assert forms("investissements", "fr") == Forms("invest", "invest", "investissements")
    assert forms("announced", "en") == Forms("announc", "announ", "announced")


def test_accents_are_folded_after_stemming() -> None:
    # Snowball takes "é" for an ending and leaves a bare "e": the stem is the one of the accented word, then folded.
    assert forms("négocié", "fr").stem == "negoci"
    assert forms("négocier", "fr").stem == "negoci"
    assert forms("élevées", "fr") == Forms("elev", "elevee", "elevees")


@pytest.mark.parametrize(
    "word", ["énergie", "négociées", "œuvre", "inférence", "où", "Noël", "façade", "ambiguë", "élu"]
)
def test_an_unaccented_question_meets_the_accented_word(word: str) -> None:
    accented, plain = (forms(text.casefold(), "fr") for text in (word, fold(word)))
    assert plain.exact == accented.exact
    assert plain.prefix == accented.prefix


def test_fold_makes_two_letters_of_a_ligature() -> None:
    assert fold("œuvre et cæsium") == "oeuvre et caesium"


@given(anything)
@patient
def test_composed_and_decomposed_text_have_the_same_tokens(text: str) -> None:
    for language in LANGUAGES:
        assert tokens(unicodedata.normalize("NFC", text), language) == tokens(
            unicodedata.normalize("NFD", text), language
        )


@given(st.lists(latin, max_size=8))
@patient
def test_case_makes_no_difference(found: list[str]) -> None:
    text = " ".join(found)
    assert tokens(text.upper(), "fr") == tokens(text, "fr") == tokens(text.title(), "fr")


@pytest.mark.parametrize("name", ["İstanbul", "istanbul", "ISTANBUL"])
def test_a_dotted_capital_i_is_an_i(name: str) -> None:
    assert tokens(name, "en") == ["istanbul"]


def test_a_soft_hyphen_does_not_part_a_word() -> None:
    assert tokens("l’infé\u00adrence", "fr") == ["inférence"]


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("", []),
        ("   \n\t", []),
        ("😀🤖 bonjour 🚀", ["bonjour"]),
        ("مرحبا بالعالم", ["مرحبا", "بالعالم"]),
        ("Привет, 世界", ["привет", "世界"]),
        ("\0abc\0def", ["abc", "def"]),
        ("abc\ud800def\udfff", ["abc", "def"]),
        ("snake_case __init__", ["snake", "case", "init"]),
        ("'''", []),
        ("l'", []),
        ("%€$", ["pourcent", "euro", "dollar"]),
    ],
)
def test_odd_text_gives_its_words(text: str, left: list[str]) -> None:
    assert tokens(text, "fr") == left


@given(anything, languages)
@patient
def test_any_text_gives_clean_tokens_and_forms(text: str, language: Language) -> None:
    for token in words(text, language):
        assert token
        assert len(token) <= 64
        assert token == token.casefold()
        assert not any(c.isspace() for c in token)
        assert not any(unicodedata.combining(c) for form in forms(token, language) for c in form)


def test_a_run_without_a_space_is_known_by_its_head() -> None:
    assert tokens("é" * 1_000_000, "fr") == ["é" * 64]
    assert tokens("a" * 63 + "'bcd", "fr") == ["a" * 63]


@pytest.mark.parametrize("unit", ["7", ".", "x", "\u0301\u0323", " "])
def test_a_very_long_run_of_one_thing_is_read(unit: str) -> None:
    text = unit * (200_000 // len(unit))
    assert all(token and len(token) <= 64 for token in words(f"a{text}é", "fr"))
    assert all(token and len(token) <= 64 for token in words(text, "en"))


@pytest.mark.parametrize(
    "unit",
    [
        *("7.", "7,", "7 ", "777 ", "777.", "7'", "$7", "7%", "7e", "x'", "l’", "Le ", "Le", "-", "\n"),
        *("e\u0301", "\u0323\u0301", "ﷺ", "md", "9usd", "\u00ad", "_"),
    ],
)
def test_a_long_run_of_anything_is_read(unit: str) -> None:
    text = unit * (30_000 // len(unit))
    for hostile in (f"a{text}é", f"7{text}7x"):
        assert all(token and len(token) <= 64 for token in words(hostile, "fr"))


def test_a_pile_of_accents_still_meets_the_letter_below() -> None:
    assert forms(tokens("zalgo e" + "\u0301\u0323" * 100_000, "fr")[-1], "fr").exact == "e"
    assert fold("e" + "\u0301\u0323" * 100_000) == "e"
