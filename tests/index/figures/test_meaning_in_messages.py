"""What single sentences mean, as people write them in messages: levels, dates said alone, pronouns, joined clauses."""

import pytest

from index.figures.deals import FoundFigure
from index.figures.extraction import extract
from index.figures.kinds import Commitment, Metric, Unsaid
from index.model import Language

PUBLISHED = "2025-10"


def read(text: str, language: Language) -> list[FoundFigure]:
    """The figures of a message."""
    return extract(text, "", language, [], PUBLISHED)


def one(text: str, language: Language) -> FoundFigure:
    """The only figure of a message."""
    (figure,) = read(text, language)
    return figure


@pytest.mark.parametrize(
    ("text", "language", "metric"),
    [
        ("Its stake fell to 27%.", "en", Metric.STAKE),
        ("Its stake was cut to about 27%.", "en", Metric.STAKE),
        ("Sa participation recule à 27 %.", "fr", Metric.STAKE),
        ("Its market share rose to 27%.", "en", Metric.SHARE),
        ("Sa part de marché a bondi à 27 %.", "fr", Metric.SHARE),
        ("Its stake fell by 27%.", "en", Metric.GROWTH),
        ("Ses ventes ont chuté de 27 %.", "fr", Metric.GROWTH),
        ("Sales rose to 27%.", "en", Metric.GROWTH),
    ],
)
def test_what_a_part_became_is_measured_as_that_part_and_a_change_as_a_change(
    text: str, language: Language, metric: Metric
) -> None:
    assert one(text, language).metric is metric


def test_both_ends_of_a_change_are_parts_of_the_same_thing() -> None:
    figures = read("Its stake dropped from 32.5% to 27%.", "en")
    assert [(figure.metric, figure.subject) for figure in figures] == [(Metric.STAKE, "Its stake")] * 2


@pytest.mark.parametrize(
    ("text", "language"), [("Oracle détient 5 % du capital.", "fr"), ("Oracle owns 5% of the capital.", "en")]
)
def test_a_stake_that_is_held_has_been_taken(text: str, language: Language) -> None:
    figure = one(text, language)
    assert (figure.metric, figure.commitment) == (Metric.STAKE, Commitment.COMPLETED)


@pytest.mark.parametrize(
    ("text", "language", "subject", "unsaid"),
    [
        ("Le site compte 1 GW. Il pourrait atteindre 3 GW d’ici fin 2028.", "fr", "Le site", Unsaid.SUBJECT),
        ("Abilene has 1 GW. It could reach 3 GW by 2028.", "en", "Abilene", Unsaid.PARTY),
        ("OpenAI a 1 GW et signe un contrat. Il porte sur 3 GW.", "fr", "un contrat", Unsaid.SUBJECT),
        ("Oracle a 1 GW et signe un contrat. Elle loue 3 GW.", "fr", "Oracle", Unsaid.PARTY),
    ],
)
def test_a_pronoun_stands_for_what_the_sentence_before_names(
    text: str, language: Language, subject: str, unsaid: Unsaid
) -> None:
    figure = read(text, language)[-1]
    assert (figure.text.quote, figure.subject, figure.inferred) == ("3 GW", subject, (unsaid,))


def test_a_pronoun_that_fits_nothing_stays_as_it_is() -> None:
    assert one("Il pourrait atteindre 3 GW d’ici fin 2028.", "fr").subject == "Il"
    assert read("La centrale fournit 1 GW. Il a loué 3 GW.", "fr")[-1].subject == "Il"


def test_what_is_said_in_the_second_half_of_a_sentence_has_the_subject_of_that_half() -> None:
    text = "Up to 60,000 chips will be installed, and Mistral is in talks to raise between 1 and 2 billion euros."
    assert [figure.subject for figure in read(text, "en")] == ["Up to 60,000 chips", "Mistral"]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Selon la presse, l’accord, annoncé lundi, vaudrait 2 Md € par an à partir de 2027.", "fr"),
        ("The deal could be worth $2bn a year from 2027.", "en"),
    ],
)
def test_a_date_is_as_doubtful_as_the_money_that_is_paid_from_then_on(text: str, language: Language) -> None:
    told = {figure.metric: figure.commitment for figure in read(text, language) if figure.text.quote != "lundi"}
    assert told == {Metric.ANNUAL_VALUE: Commitment.RUMOURED, Metric.DATE: Commitment.RUMOURED}


@pytest.mark.parametrize(
    ("text", "language", "subject", "field", "iso", "commitment"),
    [
        ("Abilene sera prêt à la mi-2026.", "fr", "Abilene", "on", "2026-05/2026-08", Commitment.ANNOUNCED),
        ("Le contrat commence en 2029.", "fr", "Le contrat", "on", "2029", Commitment.ANNOUNCED),
        ("Le contrat débute en 2029.", "fr", "Le contrat", "on", "2029", Commitment.ANNOUNCED),
        ("Le site démarre en 2029.", "fr", "Le site", "on", "2029", Commitment.ANNOUNCED),
        ("Le site ouvre en 2029.", "fr", "Le site", "on", "2029", Commitment.ANNOUNCED),
        ("Le site entre en service en 2029.", "fr", "Le site", "on", "2029", Commitment.ANNOUNCED),
        ("Azure est le seul fournisseur depuis 2019.", "fr", "Azure", "since", "2019", Commitment.COMPLETED),
        ("The contract with Oracle starts in 2027.", "en", "The contract with Oracle", "on", "2027", "announced"),
        ("Azure is the only provider since 2019.", "en", "Azure", "since", "2019", Commitment.COMPLETED),
        ("The contract runs until 2032.", "en", "The contract", "until", "2032", Commitment.ANNOUNCED),
    ],
)
def test_a_date_said_alone_is_when_something_begins_or_from_or_up_to_when_it_lasts(
    text: str, language: Language, subject: str, field: str, iso: str, commitment: Commitment
) -> None:
    figure = one(text, language)
    moment = getattr(figure, field)
    assert (figure.metric, figure.subject, figure.commitment) == (Metric.DATE, subject, commitment)
    assert moment is not None
    assert moment.iso == iso


@pytest.mark.parametrize(
    ("text", "language"), [("Borée est prêt à payer en 2026.", "fr"), ("Borea is ready to pay in 2026.", "en")]
)
def test_what_somebody_is_ready_to_do_is_no_date_of_its_own(text: str, language: Language) -> None:
    assert not read(text, language)


@pytest.mark.parametrize(
    ("text", "language", "each"),
    [
        ("The site holds 50,000 chips in each building.", "en", "building"),
        ("Le site aura 50 000 puces dans chaque bâtiment.", "fr", "bâtiment"),
        ("Le site aura 50 000 puces dans chaque mois.", "fr", None),
        ("The site holds 50,000 chips, as each building knows.", "en", None),
    ],
)
def test_what_there_are_so_many_in_each_of_is_named_after_them_too(
    text: str, language: Language, each: str | None
) -> None:
    assert one(text, language).each == each


def test_an_old_year_is_never_taken_for_the_year_of_the_message() -> None:
    signed = one("Le contrat a été signé le 3 mars 1066.", "fr").on
    assert signed is not None
    assert signed.iso == "1066-03-03"
    assert not read("Le contrat a été signé le 3 mars 10191.", "fr")


def test_what_may_be_supplied_is_doubted_and_what_it_corresponds_to_is_not() -> None:
    text = "La puissance correspond à quatre réacteurs nucléaires et pourrait alimenter trois millions de foyers."
    figures = [figure for figure in read(text, "fr") if figure.metric is Metric.EQUIVALENT]
    assert [figure.commitment for figure in figures] == [Commitment.ANNOUNCED, Commitment.RUMOURED]
