"""Sentences that say what something is, that ask, or that only sign a text: which of them answer."""

import pytest

from index.answering.defining import defined_in
from index.answering.evidence import terms_of
from index.answering.traits import traits_of
from index.library import Library
from index.model import Article, Language


@pytest.mark.parametrize(
    ("sentence", "language", "things"),
    [
        ("Une concession, c'est le droit d'exploiter un équipement.", "fr", ["une concession"]),
        ("Gout is a form of arthritis.", "en", ["gout"]),
        (
            "The measure used is albedo, the share of light that a surface reflects.",
            "en",
            ["the measure used", "albedo"],
        ),
        ("Le port obtient une concession de trente ans.", "fr", []),
    ],
)
def test_what_a_sentence_defines_is_its_subject_or_what_an_aside_explains(
    sentence: str, language: Language, things: list[str]
) -> None:
    found = defined_in(sentence, language)

    assert len(found) == len(things)
    assert all(terms_of((thing,), language) <= terms for thing, terms in zip(things, found, strict=True))


@pytest.mark.parametrize("sentence", ["**Qu'est-ce qu'un péage ?**", "« Qui paie ? »", "Why now?"])
def test_a_question_is_told_by_its_end(sentence: str) -> None:
    assert traits_of(sentence).asks


async def test_the_reply_of_an_interview_answers_and_not_its_question(empty_library: Library) -> None:
    text = """**Qu'est-ce qu'un péage, pour un train ?**

C'est la somme que toute compagnie verse pour avoir le droit de rouler.

**Combien de trains roulent chaque nuit ?**

Quatre trains roulent, dont deux vont jusqu'à la mer."""
    await empty_library.add(Article(title="Entretien", text=text, language="fr", markdown=True), by="a test")

    answer = await empty_library.ask("C'est quoi un péage pour un train ?")
    assert answer.citations[0].highlight.quote.startswith("C'est la somme")

    answer = await empty_library.ask("Combien de trains roulent chaque nuit ?")
    assert answer.citations[0].highlight.quote.startswith("Quatre trains")


async def test_what_says_what_a_thing_is_comes_before_what_mentions_it(empty_library: Library) -> None:
    text = """Lostramar, l'exploitant du terminal, obtient une concession de trente ans au port de Sablevigne.

Une concession, c'est le droit d'exploiter un équipement public et d'en garder les recettes.

La concession de Sablevigne commence en mars."""
    await empty_library.add(Article(title="Le port", text=text, language="fr"), by="a test")

    answer = await empty_library.ask("C'est quoi, une concession ?")

    assert answer.citations[0].highlight.quote.startswith("Une concession, c'est")


@pytest.mark.parametrize(
    ("line", "signs"),
    [
        ("Par Anne Auteur", True),
        ("By Anne Auteur", True),
        ("21 octobre 2026", True),
        ("Published on 21 October 2026", True),
        ("date 2026-10", False),
        ("Par prudence, le port attend.", False),
        ("Le quai ouvre le 21 octobre 2026.", False),
    ],
)
def test_a_byline_says_who_wrote_a_text_or_when_and_nothing_else(line: str, signs: bool) -> None:  # noqa: FBT001
    assert traits_of(line).signs is signs


async def test_a_byline_under_the_title_answers_only_who_asks_for_it(empty_library: Library) -> None:
    text = """Le quai de Morvane sera prolongé
Par Anne Auteur
21 octobre 2026

La région verse 130 millions d'euros pour le quai de Morvane. La traversée vers l'île dure une heure.

La région a signé la concession du quai en mars 2025."""
    await empty_library.add(Article(title="Le quai de Morvane sera prolongé", text=text, language="fr"), by="a test")
    bylines = {"Par Anne Auteur", "21 octobre 2026"}

    for question in ("Qui a construit le quai de Morvane ?", "Quand a-t-on signé la concession du quai de Morvane ?"):
        answer = await empty_library.ask(question)
        assert bylines.isdisjoint(citation.highlight.quote for citation in answer.citations[:1]), question

    answer = await empty_library.ask("Qui a écrit sur le quai de Morvane ?")
    assert answer.citations[0].highlight.quote == "Par Anne Auteur"
