"""Text from outside is stored as it can be seen, in one spelling."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.figures.quantities import quantities
from index.reading.cleaning import MOST_MARKS, clean, clean_line, shown

UNSEEN = [
    chr(code) for code in (*range(0x09), *range(0x0E, 0x20), *range(0x7F, 0x85), 0x86, 0xAD, 0x200B, 0x200C, 0x200D)
] + [*"\u200e\u200f\u202a\u202e\u2060\u2066\u2069\ufeff\ufffe\U000e0041\U000e0100\u3164\u061c"]


@pytest.mark.parametrize("character", UNSEEN, ids=ascii)
def test_what_cannot_be_seen_does_not_cut_a_figure(character: str) -> None:
    text = clean(f"{character}Le site aura 4,{character}5 G{character}W.{character}")
    assert text == "Le site aura 4,5 GW."
    assert [quantity.value for quantity in quantities(text, "fr")] == [4_500_000_000]


def test_line_ends_of_all_systems_are_line_feeds() -> None:
    assert clean("a\r\nb\rc\x0bd\x0ce\x85f\u2028g\u2029h") == "a\nb\nc\nd\ne\nf\ng\nh"


def test_empty_lines_and_space_at_line_ends_are_few() -> None:
    assert clean("\n\n a  \n\t\n \n\nb\u00a0\nc\n ") == "a\n\nb\nc"


def test_letters_have_one_spelling() -> None:
    assert clean(unicodedata.normalize("NFD", "Énergie à Nîmes, maïs")) == "Énergie à Nîmes, maïs"


@pytest.mark.parametrize("letter", ["a", "é", "\u0e01", "ب"])
@pytest.mark.parametrize("mark", ["\u0301", "\u20dd", "\u0489", "\u064b", "\u0e34"])
def test_a_pile_of_marks_is_cut(letter: str, mark: str) -> None:
    text = clean(f"{letter}{mark * 100}b")
    assert len(text) <= 2 + MOST_MARKS
    assert text.endswith("b")


@pytest.mark.parametrize(
    "text",
    [
        "👩\u200d💻 et 👨\u200d👩\u200d👧\u200d👦",
        "❤\ufe0f 1\ufe0f⃣ 🏳\ufe0f\u200d🌈",
        "می\u200cخواهم",
        "क\u094d\u200dष",
        "Tiếng Việt ồ",
        "«\u00a030\u202f000\u00a0€\u00a0»",
        "colonne\tcolonne",
        "日本語、한국어",
    ],
)
def test_what_a_script_or_picture_needs_is_kept(text: str) -> None:
    assert clean(text) == text


def test_joiners_between_latin_letters_are_left_out() -> None:
    assert clean("Or\u200da\u200ccle\ufe0f") == "Oracle"


def test_a_lone_surrogate_is_replaced() -> None:
    assert clean("a\ud800b").encode() == "a\ufffdb".encode()


def test_bullets_of_symbol_fonts_are_bullets() -> None:
    assert clean("\uf0b7 un point") == "• un point"


@given(
    st.text(max_size=60)
    | st.text(st.sampled_from("a1 \n\r\t\u00a0\u200d\u200c\ufe0f\u0301é😀\u0644\x00\ufeff"), max_size=40)
)
@settings(deadline=None, max_examples=150)
def test_what_is_clean_stays_as_it_is(text: str) -> None:
    once = clean(text)
    assert clean(once) == once
    assert "\0" not in once


@pytest.mark.parametrize("unit", ["\n", " ", "\n ", "\u0301", "\u200d", "a\u200d", " \n", "\ufe0f", "\x00"])
def test_any_long_run_is_cleaned(unit: str) -> None:
    cleaned = clean(f"é{unit * 300_000}b")
    assert (cleaned[0], cleaned[-1]) == ("é", "b")


def test_a_title_is_one_line() -> None:
    assert clean_line(" Un \r\n titre\u2028sur \u200b deux\tlignes ") == "Un titre sur deux lignes"


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("note.txt", "note.txt"),
        ("a/b\\c.md", "c.md"),
        ("https://example.org/a/page.html/", "page.html"),
        ("", "The document"),
        ("\u202e\n", "The document"),
        ("evil\n@everyone.txt", "evil @everyone.txt"),
    ],
)
def test_a_name_can_stand_in_a_sentence(name: str, said: str) -> None:
    assert shown(name) == said


def test_a_long_name_is_shortened_in_its_middle() -> None:
    said = shown(f"{'x' * 300}.txt")
    assert len(said) <= 80
    assert said.endswith(".txt")
