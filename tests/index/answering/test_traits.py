"""What a sentence shows by itself: its names, places, numbers and measures, and signs of the kinds of answers."""

import pytest

from index.answering.kinds import Kind
from index.answering.measured import Measure
from index.answering.traits import numbers_in, traits_of
from index.language.analysis import plainly


def test_a_text_is_read_in_small_letters_without_accents_and_with_plain_apostrophes() -> None:
    assert plainly("L\u2019Été À l'ŒUVRE") == "l'ete a l'oeuvre"
    assert traits_of("L\u2019Été coûte").words == {"l", "ete", "coute"}


def test_names_are_words_with_a_capital_beyond_the_beginning_of_the_sentence() -> None:
    assert traits_of("Hier, le groupe Oracle a loué un site à Abilene.").names == {"oracle", "abilene"}
    assert traits_of("Yesterday the firm left.").names == frozenset()


def test_at_the_beginning_a_name_shows_by_its_capitals_or_by_the_name_behind_it() -> None:
    assert traits_of("OpenAI loue un site.").names == {"openai"}
    assert traits_of("Sarah Friar parle.").names == {"sarah", "friar"}


@pytest.mark.parametrize("sentence", ["Zorgatec fournira les batteries.", "Vexolin supplies the pumps."])
def test_the_first_word_is_a_name_where_no_dictionary_has_it(sentence: str) -> None:
    assert traits_of(sentence).names == frozenset()
    assert traits_of(sentence).first == {sentence.split(maxsplit=1)[0].casefold()}


@pytest.mark.parametrize("sentence", ["Chaque bâtiment compte.", "Usine fermée.", "Oui.", "When it rains.", ""])
def test_a_word_of_a_dictionary_is_no_name_at_the_beginning(sentence: str) -> None:
    assert traits_of(sentence).first == frozenset()


def test_places_are_names_behind_a_preposition_of_place() -> None:
    assert traits_of("Le site est à Abilene, dans le Texas.").places == {"abilene", "texas"}
    assert traits_of("The plant is in Wisconsin, built with Oracle.").places == {"wisconsin"}


def test_numbers_are_those_in_digits_with_decimal_points_and_small_ones_in_words() -> None:
    assert numbers_in("6,6 milliards, 8 unites et deux autres") == {"6.6", "8"}
    assert traits_of("It raised 6.6 billion.").numbers == {"6.6"}
    assert traits_of("Une famille de quatre personnes en dépense douze.").numbers == {"4", "12"}


def test_measures_are_those_of_its_numbers() -> None:
    assert traits_of("La capacité est de 1 GW.").measures == {Measure.POWER, Measure.ANY}


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("Le musée ouvre en février.", Kind.DATE),
        ("It opens on Monday.", Kind.DATE),
        ("Le site ouvre à la mi-2026.", Kind.DATE),
        ("Le site a ouvert en 2025.", Kind.DATE),
        ("Le chantier a pris du retard en raison du gel.", Kind.REASON),
        ("It slipped because of frost.", Kind.REASON),
        ("Ce mot désigne un grand centre de calcul.", Kind.DEFINITION),
        ("A hyperscaler is a large operator.", Kind.DEFINITION),
        ("Il y a du fer, du zinc et du plomb.", Kind.LIST),
        ("It has iron, zinc, lead or tin here.", Kind.LIST),
        ("Il faut trois choses : du fer, du zinc.", Kind.LIST),
        ("They use metals such as iron.", Kind.LIST),
    ],
)
def test_words_are_signs_of_a_kind_of_answer(sentence: str, kind: Kind) -> None:
    assert [each for each in Kind if traits_of(sentence).shows(each)] == [kind]


@pytest.mark.parametrize("sentence", ["La rame roule.", "The tram runs.", "Il y a 3000 rames.", "Du fer et du zinc."])
def test_where_there_is_no_sign_there_is_no_kind(sentence: str) -> None:
    assert not any(traits_of(sentence).shows(each) for each in Kind)


@pytest.mark.parametrize(
    ("sentence", "reports"),
    [
        ("« Nous avons perdu un an. »", True),
        ("“We lost a year.”", True),
        ("Le site ouvre, dit-elle.", True),
        ("Selon le maire, le site ouvre.", True),
        ("The mayor said so.", True),
        ("Le site ouvre.", False),
        ("The site opens.", False),
    ],
)
def test_a_sentence_reports_what_somebody_said(sentence: str, reports: bool) -> None:  # noqa: FBT001
    assert traits_of(sentence).reports is reports


@pytest.mark.parametrize(
    ("sentence", "follows"),
    [
        ("Elle ouvre demain.", True),
        ("Grâce à cet apport, le site grandit.", True),
        ("It opens.", True),
        ("Le site, elle le voit.", False),
        ("Italy opens.", False),
    ],
)
def test_a_sentence_that_begins_with_a_pronoun_follows_the_one_before(sentence: str, follows: bool) -> None:  # noqa: FBT001
    assert traits_of(sentence).follows is follows


@pytest.mark.parametrize(
    "piece", ["a", "A", "Ab ", " ", "1", ",", "a,", "a, b et ", ": ", ": a ", "de ", "à la ", "«", "d'"]
)
def test_a_sentence_without_end_is_read(piece: str) -> None:
    """One whose time grew with the square of the length or worse would not come back."""
    sentence = f"{piece * (20_000 // len(piece))}. Il ouvre en mars"
    assert traits_of(sentence).shows(Kind.DATE)
