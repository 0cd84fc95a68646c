"""What kind of answer a question wants is told from its words, in French and in English, with or without accents."""

import pytest

from index.answering.wanting import Kind, wanted


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("Pourquoi le chantier a-t-il pris du retard ?", Kind.REASON),
        ("how come the plant slipped by a year", Kind.REASON),
        ("Combien OpenAI a-t-elle levé ?", Kind.QUANTITY),
        ("How much does Oracle pay?", Kind.QUANTITY),
        ("Quelle est la puissance du site ?", Kind.QUANTITY),
        ("what is the total cost of the line", Kind.QUANTITY),
        ("que va rapporter le contrat a oracle", Kind.QUANTITY),
        ("what did Microsoft pay for it", Kind.QUANTITY),
        ("ça veut dire quoi PUE ?", Kind.DEFINITION),
        ("What does PUE stand for?", Kind.DEFINITION),
        ("En quelle année ouvre le musée ?", Kind.DATE),
        ("How soon will it open?", Kind.DATE),
        ("Quelle entreprise construit les rames ?", Kind.NAME),
        ("Which company builds the trams?", Kind.NAME),
        ("Dans quelle ville se trouve le site ?", Kind.PLACE),
        ("In which town is the site?", Kind.PLACE),
        ("Quels risques sont cités ?", Kind.LIST),
        ("Which risks are named?", Kind.LIST),
    ],
)
def test_an_expression_that_asks_tells_the_kind(question: str, kind: Kind) -> None:
    assert wanted(question) is kind


def test_of_several_expressions_that_ask_the_first_one_counts() -> None:
    assert wanted("Pourquoi et combien ?") is Kind.REASON
    assert wanted("Combien et pourquoi ?") is Kind.QUANTITY


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("Qui dirige AMD ?", Kind.NAME),
        ("le tunnel est creusé par qui", Kind.NAME),
        ("Who built the trams?", Kind.NAME),
        ("depuis quand le site est-il ouvert", Kind.DATE),
        ("When does it open?", Kind.DATE),
        ("Where is the plant?", Kind.PLACE),
        ("Combien pèse la rame qui roule ?", Kind.QUANTITY),
        ("How much power does the town where it stands use?", Kind.QUANTITY),
    ],
)
def test_a_word_that_may_join_clauses_asks_at_an_edge_and_elsewhere_gives_way(question: str, kind: Kind) -> None:
    assert wanted(question) is kind


def test_where_nothing_else_asks_a_joining_word_asks_wherever_it_stands() -> None:
    assert wanted("dis moi l'entreprise qui construit") is Kind.NAME


def test_ou_without_an_accent_is_where_at_the_edges_of_a_question_and_or_within_it() -> None:
    assert wanted("ou se trouve le site") is Kind.PLACE
    assert wanted("le site d'Abilene il est ou ?") is Kind.PLACE
    assert wanted("Oracle ou Microsoft") is Kind.ANYTHING


@pytest.mark.parametrize(
    ("keywords", "kind"),
    [
        ("crusoe abilene montant", Kind.QUANTITY),
        ("oracle stake", Kind.QUANTITY),
        ("date ouverture musée", Kind.DATE),
        ("plant opening year", Kind.DATE),
        ("retard raisons", Kind.REASON),
        ("usine emplacement", Kind.PLACE),
        ("PUE signification", Kind.DEFINITION),
        ("abilene crusoe", Kind.ANYTHING),
    ],
)
def test_where_nothing_asks_the_things_that_are_named_tell_the_kind(keywords: str, kind: Kind) -> None:
    assert wanted(keywords) is kind


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("C'est quoi un hyperscaler ?", Kind.DEFINITION),
        ("What is Stargate?", Kind.DEFINITION),
        ("C'est quoi le montant ?", Kind.QUANTITY),
        ("Qui est Sarah Friar ?", Kind.DEFINITION),
        ("Who is Sarah Friar?", Kind.DEFINITION),
        ("Qui est le PDG ?", Kind.NAME),
        ("Who is the mayor?", Kind.NAME),
    ],
)
def test_what_or_who_is_that_asks_what_a_name_means_unless_a_role_or_an_amount_is_meant(
    question: str, kind: Kind
) -> None:
    assert wanted(question) is kind


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("Does Oracle say how much it pays?", Kind.QUANTITY),
        ("Can you tell me why it slipped?", Kind.REASON),
        ("Est-ce qu'on sait qui paie ?", Kind.NAME),
    ],
)
def test_a_question_for_a_yes_that_asks_for_something_as_well_is_told_by_that(question: str, kind: Kind) -> None:
    assert wanted(question) is kind


@pytest.mark.parametrize(
    "question", ["Is the total cost above budget?", "Est-ce que le prix a baissé ?", "the price fell, right?"]
)
def test_a_question_for_a_yes_or_a_no_wants_nothing_in_particular(question: str) -> None:
    assert wanted(question) is Kind.ANYTHING


def test_who_has_a_share_is_a_question_for_the_share() -> None:
    assert wanted("chez qui le taux est fixe") is Kind.QUANTITY
    assert wanted("chez qui le site est loué") is Kind.NAME


@pytest.mark.parametrize("piece", ["a", " ", "1", ", ", "qui ", "quel ", "what is ", "what did ", "d'", "est ou "])
@pytest.mark.parametrize("start", ["", "c'est quoi ", "who is ", "what does "])
def test_a_question_without_end_is_read(start: str, piece: str) -> None:
    """One whose time grew with the square of the length or worse would not come back."""
    assert wanted(start + piece * (100_000 // len(piece)) + " a b c d pourquoi") in Kind
