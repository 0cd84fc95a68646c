"""The intents that come with Sourcier: what was counted ahead is what the files come to, and they tell texts apart."""

import json
from pathlib import Path

import numpy as np
import pytest

from index.answering.meaning import Meant, Told, about
from index.answering.remembered import forget
from index.answering.wanting import wanted
from index.intents.reading import read, written
from index.intents.shipped import as_file, counted_now, shipped, usual
from index.intents.usual import count_words
from index.model import Language
from index.ranking.terms import bag

ROOT = Path(__file__).parents[3]

HEAD = "Sa directrice générale, Ada Morel, n'a pas souhaité répondre."
HIRED = "La coopérative compte recruter 130 personnes d'ici à deux ans."
EMPLOYED = "Elle fait travailler 870 personnes, pour moitié à Brest."
COST = "La facture atteint 58 millions d'euros, études comprises."
START = "Les premiers coups de pioche sont attendus en septembre."
WHY = "Le conseil a préféré cette rive parce que le sol y est plus ferme."
FOUNDER = "Lancée en 1998 par deux frères, la marque a trois ateliers."
SENTENCES = (HEAD, HIRED, EMPLOYED, COST, START, WHY, FOUNDER)


def folded(question: str) -> str:
    return " ".join("".join(sign if sign.isalnum() else " " for sign in question.casefold()).split())


def told(text: str, language: Language = "fr") -> Told:
    return Told(text, language, frozenset(bag([text], language).tolist()))


def test_what_was_counted_is_what_the_files_come_to_today() -> None:
    kept, (now, words) = shipped(), counted_now()
    assert np.allclose(kept.kinds, now.kinds, atol=1e-6), "python -m index.intents"
    for old, new in ((kept.asked, now.asked), (kept.said, now.said)):
        assert np.array_equal(old.terms, new.terms), "python -m index.intents"
        assert np.array_equal(old.starts, new.starts), "python -m index.intents"
        assert np.array_equal(old.intents, new.intents), "python -m index.intents"
        assert np.allclose(old.weights, new.weights, rtol=1e-2), "python -m index.intents"
    assert {language: usual(language) for language in words} == words, "python -m index.intents"
    assert as_file(kept, words) == as_file(shipped(), words)


def test_names_numbers_and_rare_words_of_the_lines_are_no_usual_words() -> None:
    intents = read(
        """# opening-date
?fr Quand ouvre le musée de Brest ?
?fr Quand ouvrira le musée ?
?fr Le MUSÉE, quand ?
?fr Quand visiter le musée ?
?en When does the museum open?
=fr Le musée de Brest ouvre le 3 mai.
=en It opens in May.""".splitlines(),
        "lines",
    )
    assert count_words(list(intents)) == {"fr": {"le": 5, "musee": 4, "quand": 4}, "en": {}}


def test_no_question_of_the_files_for_measuring_is_among_them() -> None:
    known = {folded(text.text) for intent in written() for text in intent.asked}
    for path in sorted((ROOT / "tests" / "questions").glob("*.jsonl")):
        lines = map(json.loads, path.read_text("utf-8").splitlines())
        assert not [line.get("id") for line in lines if folded(line["question"]) in known], path.name


@pytest.mark.parametrize(
    ("question", "language", "answer"),
    [
        ("Who is the boss?", "en", HEAD),
        ("Qui est à la tête de l'entreprise ?", "fr", HEAD),
        ("How many people will be hired?", "en", HIRED),
        ("Combien de salariés aujourd'hui ?", "fr", EMPLOYED),
        ("What is the total price tag?", "en", COST),
        ("Quand débute le chantier ?", "fr", START),
        ("Why was this place chosen?", "en", WHY),
        ("Who founded the company?", "en", FOUNDER),
    ],
)
def test_a_sentence_suits_the_question_that_it_answers_without_a_word_in_common(
    question: str, language: Language, answer: str
) -> None:
    suits = Meant(question, language, wanted(question)).suits([told(each) for each in SENTENCES])
    assert SENTENCES[int(np.argmax(suits))] == answer


def test_what_a_text_is_about_is_likely_in_parts_that_add_up_whether_remembered_or_not() -> None:
    forget()
    first = about([told(HEAD), told(COST), told(HEAD)])
    again = about([told(COST), told(START), told(HEAD)])
    assert np.array_equal(first[0], first[2])
    assert np.array_equal(first[0], again[2])
    assert np.array_equal(first[1], again[0])
    assert not np.array_equal(first[0], again[1])
    assert [float(row.astype(float).sum()) for row in [*first, *again]] == pytest.approx([1.0] * 6, abs=0.01)


def test_the_same_words_of_another_language_are_read_as_words_of_that_language() -> None:
    both = about([told("Son but, on or comment.", "fr"), told("Son but, on or comment.", "en")])
    assert not np.array_equal(both[0], both[1])


def test_nothing_suits_where_nothing_is_told() -> None:
    assert Meant("Who?", "en", wanted("Who?")).suits([]).size == 0
