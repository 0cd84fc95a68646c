"""Words of questions tell for when something is asked; those for now are not looked for. Partial dates are compared."""

import pytest

from index.answering.timing import Timing, holds_at, is_older, is_within, tells_of_first, timing_of
from index.language.analysis import fold
from index.language.colloquial import is_light
from index.language.dictionary import shipped
from index.model import Language
from index.ranking.formulation import formulate


@pytest.mark.parametrize(
    ("question", "now"),
    [
        ("How many ships come", "today"),
        ("How many ships come", "now"),
        ("How many ships come", "currently"),
        ("How many ships have come", "so far"),
        ("How many ships come", "as of today"),
        ("Combien de navires viennent", "aujourd'hui"),
        ("Combien de navires viennent", "aujourdui"),
        ("Combien de navires viennent", "actuellement"),
        ("Combien de navires viennent", "désormais"),
        ("Combien de navires viennent", "à ce jour"),
        ("Combien de navires viennent", "en ce moment"),
        ("Combien de navires viennent", "maintenant"),
    ],
)
def test_words_for_now_change_nothing_of_what_is_looked_for(question: str, now: str) -> None:
    language: Language = "fr" if question.startswith("Combien") else "en"
    asked = f"{question} {now} ?"
    assert formulate(asked, language, shipped()) == formulate(f"{question} ?", language, shipped())
    assert timing_of(asked, language) == Timing(latest=True)


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "latest newest recent current"), ("fr", "dernier dernière derniers actuel actuelle récent")],
)
def test_no_question_is_refused_for_words_that_ask_for_the_newest(language: Language, words: str) -> None:
    assert all(is_light(fold(word), language) for word in words.split())


def test_what_owns_something_stays_among_the_words_to_look_for() -> None:
    words = {group.word for group in formulate("Does it cover today's demand?", "en", shipped())}
    assert {"today", "demand"} <= words


@pytest.mark.parametrize(
    ("question", "language", "timing"),
    [
        ("What is the latest figure?", "en", Timing(latest=True)),
        ("What has it learnt now that it rains?", "en", Timing()),
        ("Que fait-il maintenant qu'il pleut ?", "fr", Timing()),
        ("Is it larger now than originally?", "en", Timing()),
        ("Combien avant l'accord ?", "fr", Timing(before=True)),
        ("Est-ce prêt avant fin 2026 ?", "fr", Timing()),
        ("Will it open before 2026?", "en", Timing()),
        ("Combien en 2024 ?", "fr", Timing(times=(("2024", "2024"),))),
        ("How many as of June 2025?", "en", Timing(times=(("2025-06", "2025-06"),))),
        ("How many since June 2025?", "en", Timing()),
        ("Combien aujourd\u2019hui ?", "fr", Timing(latest=True)),
    ],
)
def test_words_tell_for_when_something_is_asked(question: str, language: Language, timing: Timing) -> None:
    assert timing_of(question, language) == timing


def test_dates_are_compared_as_far_as_both_tell() -> None:
    assert is_older("2024", "2025-03")
    assert not is_older("2024", "2024-06")
    assert not is_older("2025-03", "2024")
    assert not is_older(None, "2025")
    june = (("2025-06", "2025-06"),)
    assert is_within("2025-06-12", june)
    assert not is_within("2025", june)
    assert not is_within(None, june)
    assert holds_at("In June 2025 it had 3 halls.", "en", "2026", june)
    assert not holds_at("In May 2025 it had 3 halls.", "en", "2025-06", june)
    assert tells_of_first("Initially it had 3 halls.")
    assert not tells_of_first("Initially planned for 3, it now has 5 halls.")
