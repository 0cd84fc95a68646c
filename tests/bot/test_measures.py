"""Figures are put in words as the language writes them: short, exact, and read back as what they were."""

import re
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.measures import amount, formula, measure
from bot.moments import date_value, moment_words, span
from bot.translation import translator
from index.figures.comparing import relate
from index.figures.kinds import Bound, Metric, Operation
from index.figures.quantities import quantities
from index.model import Figure, Language, Moment
from tests.bot.figures import made_figure

NO_BREAK = str.maketrans({"\u00a0": " ", "\u202f": " "})

METRICS = {
    "W": Metric.CAPACITY,
    "FLOPS": Metric.CAPACITY,
    "Wh": Metric.POWER_USE,
    "USD": Metric.TOTAL_VALUE,
    "EUR": Metric.TOTAL_VALUE,
    "GBP": Metric.TOTAL_VALUE,
    "JPY": Metric.TOTAL_VALUE,
    "percent": Metric.SHARE,
    "times": Metric.GROWTH,
    "count": Metric.UNITS,
    "year": Metric.DURATION,
    "month": Metric.DURATION,
    "day": Metric.DURATION,
    "B": Metric.SIZE,
    "t": Metric.SIZE,
    "m": Metric.SIZE,
    "m2": Metric.SIZE,
}
UNQUOTED = re.compile("«\u00a0|\u00a0»|[“”]")
LARGE = frozenset({"W", "Wh", "FLOPS", "B", "USD", "EUR", "GBP"})


def said(value: str, unit: str, language: Language) -> str:
    return amount(Decimal(value), unit, translator(language)).translate(NO_BREAK)


@pytest.mark.parametrize(
    ("value", "unit", "french", "english"),
    [
        ("4500000000", "W", "4,5 GW", "4.5 GW"),
        ("1000000000", "W", "1 GW", "1 GW"),
        ("999", "W", "999 W", "999 W"),
        ("1234567", "W", "1,234567 MW", "1.234567 MW"),
        ("80000", "Wh", "80 kWh", "80 kWh"),
        ("2e18", "FLOPS", "2 EFLOPS", "2 EFLOPS"),
        ("80000000000", "B", "80 Go", "80 GB"),
        ("30000000000", "USD", "30 Md $", "$30 billion"),
        ("11600000000", "USD", "11,6 Md $", "$11.6 billion"),
        ("1200000000000", "USD", "1 200 Md $", "$1.2 trillion"),
        ("400000000", "EUR", "400 M €", "€400 million"),
        ("950000", "USD", "950 000 $", "$950,000"),
        ("12345678", "USD", "12 345 678 $", "$12,345,678"),
        ("0.02", "USD", "0,02 $", "$0.02"),
        ("-5000000000", "USD", "-5 Md $", "-$5 billion"),
        ("5000000", "JPY", "5 M JPY", "JPY 5 million"),
        ("400000", "count", "400 000", "400,000"),
        ("49", "percent", "49 %", "49%"),
        ("0.5", "percent", "0,5 %", "0.5%"),
        ("0.5", "fraction", "1/2", "1/2"),
        ("0.333333", "fraction", "1/3", "1/3"),
        ("0.4321", "fraction", "0,4321", "0.4321"),
        ("2", "times", "2 fois", "2 times"),
        ("4", "year", "4 ans", "4 years"),
        ("1", "month", "1 mois", "1 month"),
        ("1.5", "hour", "1,5 heure", "1.5 hours"),
        ("525000", "m", "525 km", "525 km"),
        ("0.000000003", "m", "3 nm", "3 nm"),
        ("400000", "m2", "400 000 m²", "400,000 m²"),
        ("0.25", "t", "250 kg", "250 kg"),
    ],
)
def test_an_amount_is_written_as_the_language_writes_it(value: str, unit: str, french: str, english: str) -> None:
    assert (said(value, unit, "fr"), said(value, unit, "en")) == (french, english)


@pytest.mark.parametrize(
    ("bound", "french", "english"),
    [
        (Bound.EXACT, "4,5 GW", "4.5 GW"),
        (Bound.ABOUT, "environ 4,5 GW", "about 4.5 GW"),
        (Bound.AT_LEAST, "au moins 4,5 GW", "at least 4.5 GW"),
        (Bound.AT_MOST, "jusqu’à 4,5 GW", "up to 4.5 GW"),
        (Bound.MORE_THAN, "plus de 4,5 GW", "more than 4.5 GW"),
        (Bound.LESS_THAN, "moins de 4,5 GW", "less than 4.5 GW"),
    ],
)
def test_a_bound_is_said_in_words(bound: Bound, french: str, english: str) -> None:
    figure = made_figure(bound=bound)
    spoken = [measure(figure, translator(language)).translate(NO_BREAK) for language in ("fr", "en")]
    assert spoken == [french, english]


def test_a_range_has_both_its_ends() -> None:
    figure = made_figure(value=None, low=Decimal("4e9"), high=Decimal("5e9"), bound=Bound.BETWEEN)
    assert measure(figure, translator("fr")).translate(NO_BREAK) == "entre 4 GW et 5 GW"
    assert measure(figure, translator("en")).translate(NO_BREAK) == "between 4 GW and 5 GW"


def test_words_of_the_source_are_quoted_and_never_translated() -> None:
    figure = made_figure(
        metric=Metric.UNITS,
        unit="count",
        value=Decimal(50000),
        bound=Bound.AT_MOST,
        counted="puces \x1b[1mBlackwell",
        each="bâtiment",
    )
    assert measure(figure, translator("fr")).translate(NO_BREAK) == (
        "jusqu’à 50 000 « puces ␛[1mBlackwell » par « bâtiment »"
    )
    assert measure(figure, translator("en")) == "up to 50,000 “puces ␛[1mBlackwell” per “bâtiment”"


def test_a_rate_names_its_time() -> None:
    figure = made_figure(metric=Metric.ANNUAL_VALUE, unit="USD", value=Decimal("3e10"), per="year")
    assert measure(figure, translator("fr")).translate(NO_BREAK) == "30 Md $ par an"
    assert measure(figure, translator("en")).translate(NO_BREAK) == "$30 billion a year"


def related(operation: Operation, first: str, second: str) -> Figure:
    figure = relate(operation, made_figure(value=Decimal(first)), made_figure(id="other", value=Decimal(second)))
    assert figure is not None
    return figure


def test_a_quotient_without_end_is_rounded_and_says_so() -> None:
    figure = related(Operation.QUOTIENT, "6e9", "4.5e9")
    assert formula(figure, translator("fr")).translate(NO_BREAK) == "6 GW ÷ 4,5 GW ≈ 1,33"
    assert measure(figure, translator("fr")).translate(NO_BREAK) == "environ 1,33 fois"


def test_a_formula_has_the_units_of_its_operands() -> None:
    speaker = translator("en")
    assert formula(related(Operation.DIFFERENCE, "6e9", "4.5e9"), speaker).translate(NO_BREAK) == (
        "6 GW − 4.5 GW = 1.5 GW"
    )
    assert formula(related(Operation.QUOTIENT, "9e9", "4.5e9"), speaker).translate(NO_BREAK) == "9 GW ÷ 4.5 GW = 2"
    assert formula(made_figure(), speaker) == ""


@pytest.mark.parametrize(
    ("earliest", "latest", "french", "english"),
    [
        ("2028", "2028", "2028", "2028"),
        ("2026-05", "2026-08", "mai–août 2026", "May–August 2026"),
        ("2025-11", "2026-02", "novembre 2025 – février 2026", "November 2025 – February 2026"),
        ("2025-07-02", "2025-07-12", "2–12 juillet 2025", "2–12 July 2025"),
        ("2025-07-01", "2025-07-12", "1er–12 juillet 2025", "1–12 July 2025"),
        ("2025", "2027", "2025 – 2027", "2025 – 2027"),
        ("2025", "2025-07", "2025 – juillet 2025", "2025 – July 2025"),
    ],
)
def test_a_stretch_of_time_is_put_in_words(earliest: str, latest: str, french: str, english: str) -> None:
    assert span(earliest, latest, translator("fr")) == french
    assert span(earliest, latest, translator("en")) == english


def test_what_a_source_writes_stands_beside_the_dates_that_are_meant() -> None:
    speaker = translator("fr")
    middle = Moment(written="à la mi-2026", iso="2026-05/2026-08")
    assert moment_words(middle, speaker).translate(NO_BREAK) == "« à la mi-2026 » (mai–août 2026)"
    assert moment_words(Moment(written="en 2028", iso="2028"), speaker).translate(NO_BREAK) == "« en 2028 »"
    assert moment_words(Moment(written="récemment", relative=True), speaker).translate(NO_BREAK) == "« récemment »"


def test_a_dates_value_is_the_date_that_is_meant() -> None:
    known: dict[str, object] = {"metric": Metric.DATE, "unit": "date", "value": None}
    since = made_figure(since=Moment(written="à compter de 2028", iso="2028"), **known)
    until = made_figure(until=Moment(written="fin 2027"), **known)
    assert date_value(since, translator("en")) == "from 2028"
    assert date_value(until, translator("en")) == "until “fin 2027”"


@pytest.mark.parametrize(
    ("moment", "told"),
    [
        ({"on": Moment(written="à la mi-2026", iso="2026-05/2026-08")}, "“à la mi-2026” (May–August 2026)"),
        ({"on": Moment(written="cette semaine", iso="2024-06", relative=True)}, "“cette semaine” (June 2024)"),
        ({"since": Moment(written="Depuis fin janvier", iso="2025-01")}, "“Depuis fin janvier” (January 2025)"),
        ({"since": Moment(written="mi-2026", iso="2026-05/2026-08")}, "from “mi-2026” (May–August 2026)"),
        ({"on": Moment(written="En juin", iso="2024-06")}, "June 2024"),
    ],
)
def test_a_date_that_a_source_does_not_name_is_told_in_its_own_words_first(
    moment: dict[str, Moment], told: str
) -> None:
    figure = made_figure(metric=Metric.DATE, unit="date", value=None, **moment)
    assert date_value(figure, translator("en")) == told


@pytest.mark.parametrize(
    ("first", "second", "french", "english"),
    [
        ("49", "10", "39 points", "39 points"),
        ("2.5", "1", "1,5 point", "1.5 points"),
        ("11", "10", "1 point", "1 point"),
    ],
)
def test_the_difference_of_percentages_is_in_points(first: str, second: str, french: str, english: str) -> None:
    one, other = (made_figure(metric=Metric.STAKE, unit="percent", value=Decimal(each)) for each in (first, second))
    difference = Decimal(first) - Decimal(second)
    figure = one.model_copy(
        update={
            "value": difference,
            "operation": Operation.DIFFERENCE,
            "formula": f"{first} - {second} = {difference}",
            "operands": (one, other),
        }
    )
    spoken: tuple[tuple[Language, str], ...] = (("fr", french), ("en", english))
    for language, told in spoken:
        speaker = translator(language)
        assert measure(figure, speaker) == told
        assert formula(figure, speaker).endswith(f" = {told}")


@st.composite
def figures(draw: st.DrawFn) -> Figure:
    """A stated figure with up to five significant digits, of any size that people write."""
    unit = draw(st.sampled_from(sorted(METRICS)))
    powers = st.integers(4, 12) if unit in LARGE else st.integers(0, 3)
    value = Decimal(draw(st.integers(2, 99_999))).scaleb(draw(powers))
    if unit != "count" and draw(st.booleans()):
        value = value.scaleb(-1)
    bound = draw(st.sampled_from([bound for bound in Bound if bound is not Bound.BETWEEN]))
    known: dict[str, object] = {"value": value, "unit": unit, "metric": METRICS[unit], "bound": bound}
    if unit == "count":
        known["counted"] = "puces"
    if unit in {"USD", "EUR", "GBP", "W"} and draw(st.booleans()):
        known["per"] = draw(st.sampled_from(["year", "month", "day"]))
    return made_figure(**known)


@settings(deadline=None)
@given(figures(), st.sampled_from(["fr", "en"]))
def test_what_is_said_reads_back_as_the_figure(figure: Figure, language: Language) -> None:
    told = UNQUOTED.sub("", measure(figure, translator(language)))
    read = quantities(f"{told}.", language)
    assert [(one.value, one.unit, one.bound, one.per) for one in read] == [
        (figure.value, figure.unit, figure.bound, figure.per)
    ], told
