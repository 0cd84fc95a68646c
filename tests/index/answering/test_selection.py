"""Which passages are read for a question, and how far its names are from the sentence that is chosen."""

import pytest

from index import asking
from index.answering import compose
from index.answering.compose import Study
from index.answering.selection import far
from index.answering.weights import shipped
from index.language import dictionary
from index.library import Library
from index.model import SHARED, Article

TEXT = """Nimbarel a été fondée à Warmont. Elle réalise un chiffre d'affaires de 390 millions d'euros.

Nimbarel loue douze serveurs à sa troisième usine. Le personnel compte 130 personnes.

Un concurrent, Stavelane, avait proposé un prix plus élevé."""


async def studied(library: Library, question: str, limit: int = 3) -> tuple[Study, list[float]]:
    """Return what was found out about a question, and the ranking's scores of the passages that were read for it."""
    ranker = await library._rankings.of(SHARED)
    ledger = await library._ledgers.of(SHARED)
    lexicon = dictionary.shipped()
    asked, found = await library._asking.do(
        asking.prepare, question, ranker, library._candidates, ledger, lexicon, limit
    )
    return compose.study(asked, found, lexicon, shipped()), [score for _, score in found]


@pytest.mark.parametrize(
    ("name", "expected"),
    [("Stavelane", 1 - 1 / 5), ("Nimbarel", 0.0), ("Warmont", 0.0)],
)
async def test_a_name_is_far_where_it_stands_elsewhere_and_as_far_as_it_is_seldom_there(
    empty_library: Library, name: str, expected: float
) -> None:
    await empty_library.add(Article(title="Un contrat", text=TEXT, language="fr"), by="a test")
    study, _ = await studied(empty_library, f"Quel est le chiffre d'affaires de {name} ?")
    assert "390 millions" in study.choices[0].highlight.quote
    assert far({name.casefold()}, study.choices, frozenset()) == pytest.approx(expected)
    assert study.grounds is not None
    assert study.grounds.far == pytest.approx(expected)


async def test_a_name_of_the_title_is_near(empty_library: Library) -> None:
    await empty_library.add(Article(title="Stavelane, un contrat", text=TEXT, language="fr"), by="a test")
    study, _ = await studied(empty_library, "Quel est le chiffre d'affaires de Stavelane ?")
    assert far({"stavelane"}, study.choices, frozenset()) == 0.0


async def test_a_name_that_another_language_writes_otherwise_is_near(empty_library: Library) -> None:
    text = f"{TEXT}\n\nLa Belgique a aidé Nimbarel. Le pays a versé 12 millions d'euros."
    await empty_library.add(Article(title="Un contrat", text=text, language="fr"), by="a test")
    study, _ = await studied(empty_library, "How much did Belgium pay Nimbarel?")
    assert "La Belgique" in study.choices[0].highlight.quote or "12 millions" in study.choices[0].highlight.quote
    assert study.grounds is not None
    assert study.grounds.far == 0.0


@pytest.mark.parametrize(
    ("question", "ground", "expected"),
    [
        ("Nimbarel a-t-elle 130 employés ?", "ungiven", 0.0),
        ("Nimbarel a-t-elle 140 employés ?", "ungiven", 1.0),
        ("Le 1er serveur de Nimbarel, elle le loue ?", "ungiven", 0.0),
        ("les serveurs de Nimbarel : 12 ou moins ?", "ungiven", 0.0),
        ("Nimbarel, usine 3", "ungiven", 0.0),
        ("Quel est le personnel de la troisième usine de Nimbarel ?", "disordered", 0.0),
        ("Combien de personnes compte la troisième usine ?", "disordered", 0.0),
        ("Combien de serveurs loue la deuxième usine de Nimbarel ?", "disordered", 1.0),
        ("Combien de personnes compte la deuxième usine ?", "disordered", 1.0),
    ],
)
async def test_a_number_or_a_rank_that_a_question_gives_is_held_against_the_whole_passage(
    empty_library: Library, question: str, ground: str, expected: float
) -> None:
    await empty_library.add(Article(title="Un contrat", text=TEXT, language="fr"), by="a test")
    study, _ = await studied(empty_library, question)
    assert study.grounds is not None
    assert getattr(study.grounds, ground) == expected


async def test_how_much_of_a_question_a_sentence_has_is_told_at_both_ends(empty_library: Library) -> None:
    await empty_library.add(Article(title="Un contrat", text=TEXT, language="fr"), by="a test")
    whole, _ = await studied(empty_library, "Nimbarel loue douze serveurs à sa troisième usine")
    bare, _ = await studied(empty_library, "Quel peintre a restauré la façade du musée, à part le personnel ?")
    assert whole.grounds is not None
    assert bare.grounds is not None
    assert whole.grounds.whole_alone == whole.grounds.whole == pytest.approx(1.0)
    assert whole.grounds.bare == 0.0
    assert bare.grounds.whole_alone == bare.grounds.whole == 0.0
    assert bare.grounds.bare > 0.5


async def test_passages_far_behind_the_best_one_are_not_read_but_as_many_as_are_to_be_shown(
    empty_library: Library,
) -> None:
    best = "La turbine hydraulique de Valbrune fournit le courant du moulin."
    await empty_library.add(Article(title="La turbine", text=best, language="fr"), by="a test")
    for number in range(9):
        other = f"Le marché numéro {number} se tient devant le moulin chaque samedi, sous les arbres de la place."
        await empty_library.add(Article(title=f"Marché {number}", text=other, language="fr"), by="a test")
    question = "Quelle turbine hydraulique de Valbrune fournit le courant du moulin ?"
    for limit in (1, 3, 5):
        _, scores = await studied(empty_library, question, limit)
        assert len(scores) == limit
    _, scores = await studied(empty_library, "Que se passe-t-il devant le moulin ?", 1)
    assert len(scores) > 5
    assert min(scores) >= 0.4 * max(scores)
