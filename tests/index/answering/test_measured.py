"""In what a quantity is measured: told from the words of a question, and from the numbers of a sentence."""

import pytest

from index.answering.measured import Measure, measure_of, measures_in


@pytest.mark.parametrize(
    ("question", "measure"),
    [
        ("quel pourcentage du capital", Measure.PERCENT),
        ("what share of the capital", Measure.PERCENT),
        ("combien de temps dure le contrat", Measure.DURATION),
        ("how many years does it last", Measure.DURATION),
        ("combien de gw a abilene", Measure.POWER),
        ("how much power does it draw", Measure.POWER),
        ("quelle est la hauteur du pont", Measure.LENGTH),
        ("how tall is it", Measure.LENGTH),
        ("combien pese la rame", Measure.MASS),
        ("how heavy is it", Measure.MASS),
        ("combien de batiments", Measure.COUNT),
        ("how many buildings", Measure.COUNT),
        ("combien coute le tram", Measure.MONEY),
        ("how much did they raise", Measure.MONEY),
        ("ca fait combien", Measure.MONEY),
        ("quelle est la couleur du tram", Measure.ANY),
        ("what colour is the tram", Measure.ANY),
    ],
)
def test_the_words_of_a_question_tell_the_measure(question: str, measure: Measure) -> None:
    assert measure_of(question) is measure


def test_the_more_particular_measure_comes_first() -> None:
    assert measure_of("quel pourcentage du budget") is Measure.PERCENT
    assert measure_of("combien de tonnes de batteries") is Measure.MASS
    assert measure_of("combien de sa fortune a-t-il investi") is Measure.MONEY


def test_only_whole_words_tell_the_measure() -> None:
    assert measure_of("the sale") is Measure.MONEY
    assert measure_of("the salesman") is measure_of("wholesale") is Measure.ANY


def test_how_long_asks_for_a_length_of_what_is_built_and_else_for_a_time_or_nothing_in_particular() -> None:
    assert measure_of("how long does it take") is Measure.DURATION
    assert measure_of("how long is the wait") is Measure.DURATION
    assert measure_of("how long is the bridge") is Measure.LENGTH
    assert measure_of("how long was the new tunnel ?") is Measure.LENGTH
    assert measure_of("how long is the story") is Measure.ANY


@pytest.mark.parametrize(
    ("sentence", "measure"),
    [
        ("un apport de 11,6 milliards de dollars", Measure.MONEY),
        ("it raised $6.6 billion", Measure.MONEY),
        ("une facture de 412 m€", Measure.MONEY),
        ("une capacite proche de 1 gw", Measure.POWER),
        ("some 400 megawatts", Measure.POWER),
        ("un quart des rames", Measure.PERCENT),
        ("40 % des parts", Measure.PERCENT),
        ("one in five homes", Measure.PERCENT),
        ("un contrat de quinze ans", Measure.DURATION),
        ("a delay of fourteen months or two long years", Measure.DURATION),
        ("un tunnel de 3,4 km", Measure.LENGTH),
        ("on 40 acres", Measure.LENGTH),
        ("1\u00a0200 tonnes d'acier", Measure.MASS),
        ("it weighs 30 kg", Measure.MASS),
    ],
)
def test_a_number_with_a_unit_has_that_measure(sentence: str, measure: Measure) -> None:
    assert measures_in(sentence) >= {measure, Measure.ANY}


@pytest.mark.parametrize("price", ["90 pence", "50 centimes", "20 couronnes", "300 roubles", "5 rupees"])
def test_small_coins_and_the_money_of_other_countries_are_money(price: str) -> None:
    assert Measure.MONEY in measures_in(f"elle coute {price} par an")


def test_a_number_of_things_is_a_count_and_one_of_units_is_none() -> None:
    assert Measure.COUNT in measures_in("le site a huit batiments")
    assert Measure.COUNT in measures_in("it has 23 stations")
    assert Measure.COUNT not in measures_in("400 mw")
    assert measures_in("400 mw et 23 stations") == {Measure.POWER, Measure.COUNT, Measure.ANY}


@pytest.mark.parametrize(
    "sentence",
    [
        "elle a leve 70 millions.",
        "70 millions pour la premiere tranche",
        "it raised 70 million to build it",
        "une enveloppe de 2 milliards (dont la moitie publique)",
        "they paid 12 million.",
    ],
)
def test_millions_of_nothing_are_money(sentence: str) -> None:
    assert Measure.MONEY in measures_in(sentence)


@pytest.mark.parametrize("sentence", ["70 millions d'habitants", "2 million cubic metres", "3 milliards de tonnes"])
def test_millions_of_a_thing_are_no_money(sentence: str) -> None:
    assert Measure.MONEY not in measures_in(sentence)


@pytest.mark.parametrize(
    ("sentence", "measure"),
    [
        ("trois nuits sur place", Measure.DURATION),
        ("over two centuries", Measure.DURATION),
        ("quatre trimestres de suite", Measure.DURATION),
        ("12 centimetres de pluie", Measure.LENGTH),
        ("six inches of rain", Measure.LENGTH),
    ],
)
def test_nights_centuries_and_inches_are_units(sentence: str, measure: Measure) -> None:
    assert measure in measures_in(sentence)


@pytest.mark.parametrize(
    "sentence",
    ["elle n'en compte plus que 11 300", "il en reste 40", "the number of branches fell from 9,400 to 7,000"],
)
def test_a_number_of_what_is_told_before_it_is_a_count(sentence: str) -> None:
    assert Measure.COUNT in measures_in(sentence)


@pytest.mark.parametrize(
    ("question", "measure"),
    [
        ("a contrat de combien", Measure.MONEY),
        ("la filiale est en perte de combien", Measure.MONEY),
        ("the stake was valued at what", Measure.MONEY),
        ("how far has the price come down", Measure.ANY),
        ("how many euros worth of damage", Measure.MONEY),
    ],
)
def test_more_ways_of_asking_tell_the_measure(question: str, measure: Measure) -> None:
    assert measure_of(question) is measure


def test_a_unit_without_a_number_measures_nothing() -> None:
    assert measures_in("les dollars, les annees et les kilometres") == frozenset()
    assert measures_in("some dollars, years and miles") == frozenset()


def test_a_share_in_words_needs_no_number() -> None:
    assert measures_in("la moitie du capital") == {Measure.PERCENT}


@pytest.mark.parametrize(
    "sentence",
    [
        "rationing three times in ten years",
        "demand grows by 31 per cent a year until 2030",
        "un foyer sur trois ans",
    ],
)
def test_what_several_measures_share_counts_nothing_besides(sentence: str) -> None:
    assert Measure.COUNT not in measures_in(sentence)


def test_digits_stand_for_one_number_however_their_thousands_are_parted() -> None:
    for number in ("1350", "1 350", "1\u00a0350", "1\u202f350", "1,350", "1'350"):
        assert measures_in(f"{number} km") == {Measure.LENGTH, Measure.ANY}


@pytest.mark.parametrize(
    ("question", "measure"),
    [
        ("combien de kilos de dechets", Measure.MASS),
        ("how many tons of sand", Measure.MASS),
        ("combien de chevaux sous le capot", Measure.POWER),
        ("combien de prison", Measure.DURATION),
        ("how many dollars was the ransom", Measure.MONEY),
        ("combien de litres dans la cuve", Measure.ANY),
        ("how many times has she won", Measure.ANY),
        ("how many homes could 4.5 gw power", Measure.COUNT),
        ("ils etaient combien au defile", Measure.COUNT),
        ("le theatre aura une jauge de combien", Measure.COUNT),
        ("la tonne de cacao est a combien", Measure.MONEY),
        ("ca roule a combien", Measure.ANY),
        ("le vaccin est efficace a combien", Measure.PERCENT),
        ("how badly did the stock drop", Measure.PERCENT),
        ("how big a stake did they take", Measure.PERCENT),
        ("what slice of the market", Measure.PERCENT),
        ("the contract, how much is it in gw", Measure.POWER),
        ("combien ca pese en euros", Measure.MONEY),
        ("wait time for an appointment", Measure.DURATION),
        ("for what length of time", Measure.DURATION),
        ("superficie du vignoble", Measure.LENGTH),
        ("penalty for the spill", Measure.MONEY),
        ("downloads of the app", Measure.COUNT),
        ("quelle temperature fait il", Measure.ANY),
        ("combien y a t il de candidats", Measure.COUNT),
        ("how many houses lost power", Measure.COUNT),
        ("how powerful is the turbine", Measure.POWER),
        ("length of the sentence", Measure.DURATION),
        ("length of the pool", Measure.LENGTH),
        ("on est a combien de la mer", Measure.LENGTH),
        ("what sort of price is that", Measure.MONEY),
        ("how likely is rain", Measure.PERCENT),
        ("by how much did the rents rise", Measure.ANY),
        ("by how much did the rents rise, in percent", Measure.PERCENT),
    ],
)
def test_what_is_counted_and_the_noun_that_is_asked_for_tell_the_measure(question: str, measure: Measure) -> None:
    assert measure_of(question) is measure


@pytest.mark.parametrize(
    "sentence",
    [
        "un accord avec une entreprise",
        "a deal with an airline and one of its banks",
        "en 2024 oracle a signe",
        "it opened in march 2024 after a delay",
        "un contrat de six semaines",
        "42 to 45 euros",
        "entre 42 et 45 euros",
        "les gb200 arrivent",
        "le 14 juillet",
    ],
)
def test_an_article_a_year_and_the_number_of_a_unit_count_no_things(sentence: str) -> None:
    assert Measure.COUNT not in measures_in(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "huit batiments",
        "some 2,000 people",
        "deux mille personnes",
        "un million de foyers",
        "dozens of boats",
        "12 rames",
    ],
)
def test_a_numeral_and_a_thing_are_a_count(sentence: str) -> None:
    assert Measure.COUNT in measures_in(sentence)


def test_a_number_with_a_sign_of_money_before_or_after_it_is_money() -> None:
    assert measures_in("$4 bn") == measures_in("3 bn €") == measures_in("12,5 €") == {Measure.MONEY, Measure.ANY}


def test_a_range_has_the_measure_of_its_unit() -> None:
    assert Measure.MONEY in measures_in("42 to 45 euros")
    assert Measure.MASS in measures_in("de 10 a 12 tonnes")
    assert Measure.DURATION in measures_in("entre six et huit semaines")


def test_an_article_alone_is_no_number() -> None:
    assert measures_in("un accord avec une entreprise") == frozenset()
    assert measures_in("it took a year") == {Measure.DURATION, Measure.ANY}


@pytest.mark.parametrize(
    "piece", ["a", " ", "1", "1 ", "1,", "1a", "1\n", "$1", "mille ", "un ", "un a ", "1 m ", "d "]
)
@pytest.mark.parametrize("start", ["", "1 ", "un ", "5 millions "])
def test_a_sentence_without_end_is_read(start: str, piece: str) -> None:
    """One whose time grew with the square of the length or worse would not come back."""
    sentence = start + piece * (20_000 // len(piece))
    assert measures_in(f"{sentence} / 3 km") >= ({Measure.LENGTH} if piece != "1" else set())
    assert measure_of(sentence) in Measure
