"""A moderator's correction mends how a sentence was read; it puts no number and no word in its mouth."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import BadInput
from index.figures.deals import FoundFigure
from index.figures.extraction import extract
from index.figures.kinds import Bound, Commitment, Metric, Unsaid
from index.model import Language
from index.moderating.correcting import Correction, correct

SENTENCE = (
    "Selon Oracle, le contrat porte sur environ 4,5 GW et 30 milliards de dollars par an à partir de 2028, "
    "avec 400 000 puces GB200 et entre 49 % et 51 % du site."
)
AFTER = "Un autre site est prévu. "
SAID = {
    ("4,5 GW", Decimal("4.5e9"), "W"),
    ("30 milliards de dollars", Decimal("3e10"), "USD"),
    ("49 %", Decimal(49), "percent"),
    ("400 000 puces", Decimal(400_000), "count"),
    ("1,7 milliard d’euros", Decimal("1.7e9"), "EUR"),
    ("40 MW", Decimal("4e7"), "W"),
    ("25 km", Decimal(25_000), "m"),
    ("18 TWh", Decimal("1.8e13"), "Wh"),
    ("deux tiers", Decimal("0.666667"), "fraction"),
}
WRITTEN = """
    4,5 GW|45 GW|4.5 MW|4,5 TW|4,500 MW|0.45 GW|4500 MW|4 GW|5 GW|-4.5 GW|about 4.5 GW|between 4 and 5 GW|4,5 km
    30 dollars|3 billion dollars|30 billion dollars|300 Md $|$30bn|30 trillion dollars|30 %|30 milliards de dollars
    49 percent|4.9 %|490 %|49 GW|between 49 and 51 %|400 puces|400,000 puces|4 millions de puces|40 puces|400 000 GW
    1.7 billion euros|17 milliards d’euros|1.7 million euros|40 GW|400 MW|25 km|25 m|250 km|25,000 m|18 TWh|18 GWh
    1.8 TWh|18 TW|deux tiers|un tiers|2 tiers|deux milliards d’euros
"""


def found(text: str, unit: str, language: Language = "fr") -> FoundFigure:
    """Return the first figure with a unit that is found in a text."""
    return next(figure for figure in extract(text, "Un titre", language, []) if figure.unit == unit)


def power() -> FoundFigure:
    return found(AFTER + SENTENCE, "W")


@pytest.mark.parametrize(
    ("written", "value", "bound", "where"),
    [
        ("4.5 GW", "4.5e9", Bound.EXACT, "4,5 GW"),
        ("about 4.5 gigawatts", "4.5e9", Bound.ABOUT, "4,5 GW"),
        ("environ 4 500 MW", "4.5e9", Bound.ABOUT, "4,5 GW"),
        ("quatre virgule cinq gigawatts", "4.5e9", Bound.EXACT, "4,5 GW"),
    ],
)
def test_a_measure_is_understood_as_people_write_it_in_either_language(
    written: str, value: str, bound: Bound, where: str
) -> None:
    mended = correct(power(), Correction(measure=written), "fr")
    assert (mended.value, mended.bound, mended.unit, mended.text.quote) == (Decimal(value), bound, "W", where)


def test_another_number_of_the_sentence_may_be_meant_and_is_then_the_one_that_is_marked() -> None:
    figure = power()
    correction = Correction(measure="30 billion dollars a year", metric=Metric.ANNUAL_VALUE)
    mended = correct(figure, correction, "fr")
    assert (mended.value, mended.unit, mended.per, mended.metric) == (Decimal("3e10"), "USD", "year", "annual value")
    text = AFTER + SENTENCE
    assert text[mended.text.start : mended.text.end] == mended.text.quote == "30 milliards de dollars par an"
    assert mended.quote == figure.quote
    assert Unsaid.US_DOLLARS in mended.inferred  # whose dollars they are, nobody says
    canadian = correct(mended, Correction(measure="30 milliards de dollars canadiens par an"), "fr")
    assert (canadian.unit, Unsaid.US_DOLLARS in canadian.inferred) == ("CAD", False)
    share = correct(figure, Correction(measure="between 49 and 51 percent", metric=Metric.STAKE), "fr")
    assert (share.low, share.high, share.bound) == (Decimal(49), Decimal(51), Bound.BETWEEN)


@pytest.mark.parametrize(
    "written",
    [
        *("45 GW", "4.5 MW", "4.5 kW", "4 GW", "5 GW", "4.5", "no number", "", "4.5 GW or 30 GW", "4.5 kg", "$4.5bn"),
        *("2028 GW", "2028 dollars", "200 puces", "49 dollars", "30 dollars", "300 milliards de dollars", "¼ GW"),
        *(
            "-4.5 GW",
            "9" * 200 + " GW",
            "30 milliards d’euros",
            "\u202e4.5 GW\u202c and 7 GW",
            "400 000 moutons",
            "400,000 chips",
        ),
    ],
)
def test_what_the_sentence_does_not_say_is_refused(written: str) -> None:
    with pytest.raises(BadInput):
        correct(power(), Correction(measure=written, metric=Metric.SIZE if "kg" in written else None), "fr")


def test_what_is_counted_is_named_in_the_words_of_the_sentence() -> None:
    chips = found(SENTENCE, "count")
    told = correct(chips, Correction(measure="400 000 puces GB200"), "fr")
    assert told.counted is not None
    assert told.counted in SENTENCE
    for words in ("400 000 moutons", "400,000 chips"):
        with pytest.raises(BadInput, match="own words"):
            correct(chips, Correction(measure=words), "fr")


@given(
    told=st.lists(st.sampled_from(sorted(SAID)), min_size=1, max_size=3, unique=True),
    written=st.one_of(
        st.sampled_from([written.strip() for line in WRITTEN.split("\n") for written in line.split("|")]),
        st.builds(
            "{}{} {}".format,
            st.sampled_from([4, 17, 18, 25, 30, 40, 49, 400]) | st.integers(0, 999),
            st.sampled_from(["", ",5", ".7", " 000", ",000", "e9"]),
            st.sampled_from(["GW", "MW", "milliards de dollars", "%", "puces", "km", "million euros", "TWh"]),
        ),
    ),
)
def test_a_correction_only_says_numbers_that_the_sentence_says(
    told: list[tuple[str, Decimal, str]], written: str
) -> None:
    text = f"Le projet prévoit {', puis '.join(said for said, _, _ in told)}."
    figures = extract(text, "Un titre", "fr", [])
    values = {(value, unit) for _, value, unit in told}
    metrics = {"W": Metric.CAPACITY, "percent": Metric.SHARE, "count": Metric.NUMBER, "m": Metric.SIZE}
    for figure in figures[:1]:
        for metric in {figure.metric, *metrics.values(), Metric.AMOUNT, Metric.POWER_USE}:
            try:
                mended = correct(figure, Correction(measure=written, metric=metric), "fr")
            except BadInput:
                continue
            said = {mended.value, mended.low, mended.high} - {None}
            assert said <= {value for value, unit in values if unit == mended.unit}, (written, text)
            assert text[mended.text.start : mended.text.end] == mended.text.quote
            assert mended.quote.start <= mended.text.start < mended.text.end <= mended.quote.end


@given(written=st.text(max_size=150), language=st.sampled_from(["fr", "en"]))
def test_any_text_is_a_measure_or_politely_none(written: str, language: Language) -> None:
    try:
        mended = correct(power(), Correction(measure=written), language)
    except BadInput as error:
        assert str(error)  # noqa: PT017 - either is right
    else:
        assert mended.text.quote in SENTENCE


@pytest.mark.parametrize(
    ("sentence", "written", "value"),
    [
        ("Capacité (MW) : 40, pour 25 km de ligne.", "40 MW", "4e7"),
        ("La ligne de 25 km coûtera 12 Mds. $ en tout.", "12 milliards de dollars", "1.2e10"),
        ("La ligne de 25 km vaut 12 (en millions d’euros).", "12 million euros", "1.2e7"),
    ],
)
def test_a_number_that_was_not_understood_can_be_read_by_a_moderator(sentence: str, written: str, value: str) -> None:
    metric = Metric.CAPACITY if "MW" in written else Metric.AMOUNT
    mended = correct(found(sentence, "m"), Correction(measure=written, metric=metric), "fr")
    assert mended.value == Decimal(value)
    assert mended.text.quote.startswith(written[:2])
    with pytest.raises(BadInput):
        correct(found(sentence, "m"), Correction(measure="25 MW", metric=Metric.CAPACITY), "fr")


def test_a_sentence_that_is_too_long_to_be_read_again_is_left_as_it_was_read() -> None:
    figure = power()
    endless = figure.quote.model_copy(update={"quote": "4,5 GW, " * 3_000})
    with pytest.raises(BadInput, match="too long"):
        correct(figure.model_copy(update={"quote": endless}), Correction(measure="4.5 GW"), "fr")


def test_how_far_it_has_come_and_its_deals_are_a_moderators_word() -> None:
    figure = power()
    told = correct(figure, Correction(commitment=Commitment.SIGNED, deals=("a", "b", "a")), "fr")
    assert (told.commitment, told.deals) == (Commitment.SIGNED, ("a", "b"))
    assert correct(told, Correction(deals=()), "fr").deals == ()
    assert correct(told, Correction(), "fr") == told


@pytest.mark.parametrize(
    ("correction", "told"),
    [
        (Correction(metric=Metric.PEOPLE), "“4,5 GW” is a power, which does not fit “people”."),
        (Correction(metric=Metric.UNITS), "“4,5 GW” is a power, which does not fit “equipment”."),
        (Correction(measure="30 milliards de dollars", metric=Metric.ANNUAL_VALUE), "per year"),
        (Correction(deals=("Not An Id!",)), "pattern"),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence(correction: Correction, told: str) -> None:
    with pytest.raises(BadInput, match=told):
        correct(power(), correction, "fr")


def test_a_date_has_no_measure() -> None:
    with pytest.raises(BadInput, match="A date has no measure"):
        correct(
            found("Le site ouvrira à Abilene en juin 2026, selon Oracle.", "date"), Correction(measure="2 GW"), "fr"
        )
