"""Who holds which post: read from a sentence, and held against the firm that a question asks about."""

import pytest

from index.answering.posts import answers, firms_of, held_in_sentence, post_asked


@pytest.mark.parametrize(
    ("question", "post"),
    [
        ("qui tient les cordons de la bourse chez openai", "finance"),
        ("who is the finance chief of openai", "finance"),
        ("qui est le directeur technique", "technology"),
        ("qui preside le groupe", "president"),
        ("who chairs the board", "president"),
        ("qui a fonde l'entreprise", "founder"),
        ("who set up the firm", "founder"),
        ("comment s'appelle le maire", "mayor"),
        ("who is the minister", "minister"),
        ("qui est la porte-parole", "speaker"),
        ("qui dirige amd", "head"),
        ("who runs amd", "head"),
        ("qui remplace la directrice", None),
        ("who is the former ceo of amd", None),
        ("qui est l'adjointe au maire", None),
        ("who took over from the boss", None),
        ("combien coute le tram", None),
        ("who builds the trams", None),
    ],
)
def test_a_question_asks_for_the_holder_of_a_post(question: str, post: str | None) -> None:
    assert post_asked(question) == post


def test_the_most_particular_post_is_asked_for() -> None:
    assert post_asked("qui est la directrice financiere") == "finance"
    assert post_asked("qui est la directrice") == "head"


@pytest.mark.parametrize(
    ("sentence", "post", "person", "firm"),
    [
        ("Sam Altman, PDG d'OpenAI, a parlé.", "head", "sam altman", "openai"),
        ("Sam Altman, PDG d\u2019OpenAI, a parlé.", "head", "sam altman", "openai"),
        ("Lisa Su, CEO of AMD, said so.", "head", "lisa su", "amd"),
        ("AMD's CEO Lisa Su said so.", "head", "lisa su", "amd"),
        ("Hier, la directrice financière, Sarah Friar, a parlé.", "finance", "sarah friar", ""),
        ("Solveig Tardanne, présidente du groupe, l'admet.", "president", "solveig tardanne", ""),
        ("Hier, le maire de Pont-Sarvol, Jean de Brey, l'admet.", "mayor", "jean de brey", "pont sarvol"),
        ("Le groupe, fondé par Elon Musk, emprunte.", "founder", "elon musk", ""),
        ("Sa directrice générale, Lisa Su, a parlé.", "head", "lisa su", ""),
        ("Its chief executive, Lisa Su, said so.", "head", "lisa su", ""),
        ("Former CEO Lisa Su said so.", "head", "lisa su", ""),
        ("Intel CEO Lisa Su said so.", "head", "lisa su", "intel"),
    ],
)
def test_a_sentence_gives_a_post_to_a_person_at_a_firm(sentence: str, post: str, person: str, firm: str) -> None:
    held = [each for each in held_in_sentence(sentence) if each.post == post]
    assert [(each.person, each.of) for each in held] == [(frozenset(person.split()), frozenset(firm.split()))]
    assert not any(each.described for each in held)


@pytest.mark.parametrize(
    "sentence",
    ["The training will be run by Lorain Technical College.", "Le fonds est dirigé par la Banque Sarvol Régionale."],
)
def test_an_organisation_holds_no_post(sentence: str) -> None:
    assert held_in_sentence(sentence) == ()


def test_of_several_people_the_nearest_has_the_post() -> None:
    (held,) = held_in_sentence("Larry Ellison a reçu hier dans son bureau Sam Altman, PDG d'OpenAI.")
    assert held.person == {"sam", "altman"}


def test_a_firm_with_the_name_of_a_person_does_not_hold_its_own_post() -> None:
    (held,) = held_in_sentence("Le groupe cite le PDG de Louis Vuitton, Bernard Arnault.")
    assert held.person == {"bernard", "arnault"}
    assert held.of == {"louis", "vuitton"}


def test_a_post_far_from_every_person_is_given_to_nobody() -> None:
    assert held_in_sentence(f"Sam Altman {'parle et ' * 12}le PDG écoute.") == ()
    assert held_in_sentence("Le PDG écoute.") == ()


SU, ALTMAN = "Lisa Su, CEO of AMD, said so.", "Sam Altman, CEO of OpenAI, said so."


def test_the_holder_at_the_firm_that_is_asked_about_answers_and_another_speaks_against_it() -> None:
    assert answers("head", {"amd"}, SU, {"amd", "openai"}, {}) == 1.0
    assert answers("head", {"amd"}, ALTMAN, {"amd", "openai"}, {}) == -1.0
    assert answers("finance", {"amd"}, SU, {"amd"}, {}) == 0.0
    assert answers("head", {"amd", "lisa", "su"}, SU, {"amd"}, {}) == 0.0


def test_a_president_may_be_the_head_and_no_other_post_is_another() -> None:
    chair = "Hier, Lisa Su, présidente d'AMD, a parlé."
    assert answers("head", {"amd"}, chair, {"amd"}, {}) == 0.5
    assert answers("president", {"amd"}, chair, {"amd"}, {}) == 1.0
    assert answers("president", {"amd"}, SU, {"amd"}, {}) == 0.0


def test_who_heads_a_department_does_not_head_the_firm() -> None:
    assert answers("head", {"amd"}, "Lisa Su, directrice des ventes d'AMD, a parlé.", {"amd"}, {}) == 0.0
    assert answers("head", {"amd"}, "Lisa Su, sales director of AMD, said so.", {"amd"}, {}) == 0.0


def test_where_no_firm_is_said_it_is_the_one_of_the_source_unless_another_sentence_says_it() -> None:
    unsaid = "Hier, le PDG Sam Altman a parlé."
    assert answers("head", {"openai"}, unsaid, {"openai"}, {}) == 1.0
    assert answers("head", {"amd"}, unsaid, {"openai"}, {}) == 0.0
    assert answers("head", {"amd"}, unsaid, {"amd", "openai"}, firms_of([ALTMAN])) == -1.0


@pytest.mark.parametrize(
    "sentence",
    [
        "OpenAI loue la puissance de l'entreprise dirigée par Larry Ellison.",
        "OpenAI loue la puissance de l\u2019entreprise dirigée par Larry Ellison.",
        "OpenAI rents from the company led by Larry Ellison.",
    ],
)
def test_the_company_led_by_somebody_is_none_that_the_sentence_names(sentence: str) -> None:
    around = {"openai", "oracle"}
    assert answers("head", {"openai"}, sentence, around, {}) == -1.0
    assert answers("head", {"oracle"}, sentence, around, {}) == 1.0
    assert answers("head", {"oracle"}, sentence, {"openai"}, {}) == 0.0


@pytest.mark.parametrize(
    "piece", ["A", "Aa", "A a ", "Ab ", "PDG ", "PDG de ", "Coach Ab ", "Ab Cd PDG de ", "a ", " "]
)
def test_a_sentence_without_end_is_read(piece: str) -> None:
    """One whose time grew with the square of the length or worse would not come back."""
    sentence = f"{piece * (100_000 // len(piece))}. Lisa Su, CEO of AMD"
    assert (frozenset({"lisa", "su"}), frozenset({"amd"})) in [each[1:3] for each in held_in_sentence(sentence)]
