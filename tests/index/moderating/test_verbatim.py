"""What somebody copied is found in a text word for word, whatever became of its spaces, quotation marks and dashes."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.moderating.verbatim import count_words, find_words, longest_run, same_words

TEXT = (
    "Le   phare.\n\nLe «\u00a0centre\u00a0» de Valbrune – ou\u202f: “l’usine” –\n  aura 320\u00a0MW, selon "
    "Jean\u2011Paul. Aucune centrale n'est prévue ; une centrale suffit."
)


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("Le phare.", "Le   phare."),
        ("  phare. Le", "phare.\n\nLe"),
        ('Le "centre" de Valbrune', "Le «\u00a0centre\u00a0» de Valbrune"),
        ("Le « centre » de Valbrune", "Le «\u00a0centre\u00a0» de Valbrune"),
        ("Le «centre» de", "Le «\u00a0centre\u00a0» de"),
        ("“centre”", "«\u00a0centre\u00a0»"),
        ('Valbrune - ou : "l\'usine" — aura', "Valbrune – ou\u202f: “l’usine” –\n  aura"),
        ("320 MW, selon Jean-Paul", "320\u00a0MW, selon Jean\u2011Paul"),
        ("centrale n’est prévue", "centrale n'est prévue"),
        ("une centrale", "une centrale"),
        (TEXT, TEXT),
    ],
)
def test_what_is_found_is_what_the_text_has(said: str, found: str) -> None:
    assert find_words(TEXT, said) == found
    assert longest_run(said) in TEXT


@pytest.mark.parametrize(
    "said",
    ["", " \n", "le phare.", "Le phare ", "Le phar", "hare.", "320 M", "Le centre de", "phare, Le", "aura 321 MW"],
)
def test_other_words_parts_of_words_and_nothing_at_all_are_not_found(said: str) -> None:
    assert find_words(TEXT, said) == ("Le   phare" if said == "Le phare " else None)


def test_a_word_that_is_first_a_part_of_another_one_is_found_where_it_is_whole() -> None:
    assert TEXT.index("une centrale") < TEXT.index(" une centrale")
    assert find_words("chacune est là, une est là.", "une est là.") == "une est là."
    assert find_words("aucune", "une") is None


@given(st.text(alphabet="ab«»“”\"'’–- \u00a0\n", max_size=60), st.data())
def test_every_run_of_whole_words_is_found_as_it_stands(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    found = find_words(text, text[start:end])
    assert found is None or found in text
    if (words := text.split()) and (first := text.find(words[0])) >= 0:
        assert find_words(text, " ".join(words)) == text[first:].rstrip()


def test_quotes_are_the_same_where_one_has_the_other() -> None:
    assert same_words("Il aura «\u00a0320\u00a0MW\u00a0».", 'aura "320 MW"')
    assert same_words("320 MW", "Il aura\n320 MW.")
    assert not same_words("Il aura 320 MW.", "Il aura 350 MW.")


def test_words_are_counted_that_have_a_letter_or_a_digit() -> None:
    assert [count_words(said) for said in ("", "« – »", "l’été 2025", "un _ deux !", "1 2 3")] == [0, 0, 2, 2, 3]
    assert (longest_run("l’usine_neuve de Paris"), longest_run("« … »")) == ("usine", "")


def test_a_long_text_is_searched_at_once() -> None:
    text = "aucune centrale " * 200_000 + "une centrale ici"
    start = time.perf_counter()
    assert find_words(text, "une centrale ici") == "une centrale ici"
    assert find_words(text, "une centrale") == "une centrale"
    assert time.perf_counter() - start < 5
