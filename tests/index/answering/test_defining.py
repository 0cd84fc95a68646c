"""Sentences that say what something is, and sentences that ask: which of them answer."""

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
