"""Deals side by side: what is alike is computed and says how, what is not alike stays as it is."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import BadInput, NotFound
from index.figures.comparing import Comparison, Obstacle, Row, compare, relate
from index.figures.curated import shipped
from index.figures.holding import Holding
from index.figures.kinds import Bound, Commitment, Metric, Operation, Unsaid
from index.figures.ledger import Ledger
from index.library import Library
from index.model import Figure, Moment
from tests.bot.figures import made_figure, made_source

FOUR_AND_A_HALF = made_figure(id="first", deals=("oracle",), value=Decimal("4.5e9"))
SIX = made_figure(id="second", deals=("amd",), value=Decimal("6e9"))


def row(comparison: Comparison, metric: Metric) -> Row:
    (found,) = (row for row in comparison.rows if row.metric is metric)
    return found


def capacity_of(*figures: Figure) -> Row:
    """The row in which figures of Oracle's and AMD's deals stand, where they are all that is known."""
    held = {place: Holding(figure.source, (figure,)) for place, figure in enumerate(figures)}
    return row(compare(Ledger.empty(shipped()).with_(held), ["oracle", "amd"]), Metric.CAPACITY)


async def test_capacities_of_oracle_and_amd_are_divided_and_subtracted_with_their_formulas(library: Library) -> None:
    capacity = row(await library.known.compare(["oracle", "amd"]), Metric.CAPACITY)
    assert capacity.obstacle is None
    assert [figure.formula for figure in capacity.computed] == [
        "6000000000 / 4500000000 ≈ 1.33333333333",
        "6000000000 - 4500000000 = 1500000000",
    ]
    times, more = capacity.computed
    assert (times.unit, times.metric, times.bound) == ("times", Metric.GROWTH, Bound.ABOUT)
    assert (more.unit, more.metric, more.bound) == ("W", Metric.CAPACITY, Bound.EXACT)
    assert {operand.deals[0] for operand in times.operands} == {"oracle", "amd"}


@pytest.mark.parametrize(
    "names", [["amd", "nvidia"], ["nvidia", "amd"], ["oracle", "amd", "nvidia"], ["nvidia", "oracle"]]
)
async def test_the_23_gw_of_amd_and_nvidia_together_are_never_taken_apart(library: Library, names: list[str]) -> None:
    comparison = await library.known.compare(names)
    computed = [figure for row in comparison.rows for figure in row.computed]
    assert 17 * 10**9 not in {figure.value for figure in computed}
    assert 23 * 10**9 not in {operand.value for figure in computed for operand in figure.operands}
    if "oracle" not in names:
        assert row(comparison, Metric.CAPACITY).obstacle is Obstacle.SHARED


async def test_power_and_money_never_stand_in_one_row(library: Library) -> None:
    comparison = await library.known.compare(["stargate", "oracle"])
    assert row(comparison, Metric.CAPACITY).unit == "W"
    for line in comparison.rows:
        units = {(figure.metric, figure.unit, figure.per) for cell in line.cells for figure in cell}
        assert units == {(line.metric, line.unit, line.per)}
        assert {operand.unit for figure in line.computed for operand in figure.operands} <= {line.unit}


async def test_each_row_has_a_cell_for_each_deal_with_its_own_figures(library: Library) -> None:
    names = ["stargate", "oracle", "amd"]
    comparison = await library.known.compare(names)
    assert [deal.id for deal in comparison.deals] == names
    for line in comparison.rows:
        for deal, cell in zip(names, line.cells, strict=True):
            assert all(deal in figure.deals for figure in cell)
        if line.obstacle is Obstacle.ALONE:
            assert sum(1 for cell in line.cells if cell) == 1
        assert bool(line.computed) == (line.obstacle is None)
    computed = [bool(line.computed) for line in comparison.rows]
    assert computed == sorted(computed, reverse=True)


async def test_dates_stand_side_by_side_without_being_subtracted(library: Library) -> None:
    dates = row(await library.known.compare(["oracle", "azure"]), Metric.DATE)
    assert dates.obstacle in {Obstacle.DATE, Obstacle.SHARED}
    assert dates.computed == ()


async def test_two_or_three_different_deals_are_compared_by_any_of_their_names(library: Library) -> None:
    assert [deal.id for deal in (await library.known.compare(["Larry Ellison", "MI450"])).deals] == ["oracle", "amd"]
    for names in (["oracle"], [], ["oracle", "amd", "azure", "nvidia"]):
        with pytest.raises(BadInput, match=f"two or three deals to compare, not {len(names)}"):
            await library.known.compare(names)
    with pytest.raises(BadInput, match="“oracle” is named twice"):
        await library.known.compare(["oracle", "accord Oracle", "amd"])
    with pytest.raises(NotFound, match="no deal called “google”"):
        await library.known.compare(["oracle", "google"])


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"unit": "FLOPS"}, "another unit"),
        ({"per": "year"}, "another rate"),
        ({"each": "bâtiment"}, "of each of several things"),
        ({"bound": Bound.AT_MOST}, "bounded on one side"),
        ({"bound": Bound.BETWEEN, "value": None, "low": Decimal(1), "high": Decimal(2)}, "a range"),
    ],
)
def test_what_is_not_alike_is_not_computed(changed: dict[str, object], why: str) -> None:
    other = SIX.model_copy(update=changed)
    for operation in (Operation.DIFFERENCE, Operation.QUOTIENT):
        assert relate(operation, other, FOUR_AND_A_HALF) is None, why
        assert relate(operation, FOUR_AND_A_HALF, other) is None, why


@pytest.mark.parametrize(
    ("times", "others", "obstacle"),
    [
        ({"on": "2026"}, {"on": "2028"}, Obstacle.TIME),
        ({"on": "2028"}, {"on": "2028-03"}, None),
        ({"since": "2026"}, {"on": "2028"}, None),
        ({"since": "2028"}, {"on": "2026"}, Obstacle.TIME),
        ({"until": "2027"}, {"since": "2028"}, Obstacle.TIME),
        ({"until": "2028"}, {"since": "2028"}, None),
        ({"on": "2026-12/2027-01"}, {"on": "2027-06"}, None),
        ({"on": "2026"}, {}, None),
        ({"on": None}, {"on": "2028"}, None),
    ],
)
def test_figures_are_computed_with_where_their_times_meet_as_far_as_both_are_told(
    times: dict[str, str | None], others: dict[str, str | None], obstacle: Obstacle | None
) -> None:
    one, other = (
        figure.model_copy(update={name: Moment(written="alors", iso=iso) for name, iso in told.items()})
        for figure, told in ((FOUR_AND_A_HALF, times), (SIX, others))
    )
    found = capacity_of(one, other)
    assert (found.obstacle, bool(found.computed)) == (obstacle, obstacle is None)
    for pair in ((one, other), (other, one)):
        assert (relate(Operation.QUOTIENT, *pair) is not None) == (obstacle is None)


def test_the_figure_of_the_latest_source_stands_for_a_deal_and_older_ones_beside_it() -> None:
    newer = FOUR_AND_A_HALF.model_copy(
        update={"id": "newer", "value": Decimal("7e9"), "source": made_source(id="news", published="2026-04-02")}
    )
    undated = FOUR_AND_A_HALF.model_copy(
        update={"id": "undated", "value": Decimal("9e9"), "source": made_source(id="undated", published=None)}
    )
    found = capacity_of(FOUR_AND_A_HALF, undated, newer, SIX)
    assert [figure.id for figure in found.cells[0]] == ["newer", "first", "undated"]
    assert [figure.formula for figure in found.computed] == [
        "7000000000 / 6000000000 ≈ 1.16666666667",
        "7000000000 - 6000000000 = 1000000000",
    ]


def test_of_one_source_s_figures_that_which_can_be_computed_with_stands_for_the_deal() -> None:
    figures = [
        FOUR_AND_A_HALF.model_copy(update={"id": "a", "value": Decimal("8e9"), "bound": Bound.AT_MOST}),
        FOUR_AND_A_HALF.model_copy(
            update={"id": "b", "value": Decimal("3e9"), "commitment": Commitment.IN_DISCUSSION},
        ),
        FOUR_AND_A_HALF,
    ]
    for order in (figures, figures[::-1]):
        computed = capacity_of(*order, SIX).computed
        assert {operand.id for figure in computed for operand in figure.operands} == {"first", "second"}


def test_a_newer_bound_is_not_passed_over_for_an_older_figure_that_could_be_computed_with() -> None:
    newer = FOUR_AND_A_HALF.model_copy(
        update={"id": "newer", "bound": Bound.AT_MOST, "source": made_source(id="news", published="2026-04-02")}
    )
    found = capacity_of(FOUR_AND_A_HALF, newer, SIX)
    assert (found.obstacle, found.computed) == (Obstacle.BOUND, ())


def test_chips_are_chips_whoever_makes_them_and_no_buildings() -> None:
    chips, other_chips, buildings = (
        made_figure(id=counted, metric=Metric.UNITS, unit="count", value=Decimal(8), counted=counted)
        for counted in ("puces GB200", "puce MI450", "bâtiments")
    )
    assert relate(Operation.QUOTIENT, chips, other_chips) is not None
    assert relate(Operation.QUOTIENT, chips, buildings) is None


def test_what_is_computed_is_as_certain_as_the_least_certain_and_tells_all_that_was_concluded() -> None:
    first = FOUR_AND_A_HALF.model_copy(update={"commitment": Commitment.SIGNED, "inferred": (Unsaid.SUBJECT,)})
    second = SIX.model_copy(update={"commitment": Commitment.ANNOUNCED, "bound": Bound.ABOUT, "attribution": "AMD"})
    found = relate(Operation.DIFFERENCE, second, first)
    assert found is not None
    assert (found.commitment, found.bound) == (Commitment.ANNOUNCED, Bound.ABOUT)
    assert (found.inferred, found.attribution, found.moments) == ((Unsaid.SUBJECT,), None, ())
    assert found.deals == ("amd", "oracle")


def test_nothing_is_divided_by_zero() -> None:
    zero = SIX.model_copy(update={"value": Decimal(0)})
    assert relate(Operation.QUOTIENT, FOUR_AND_A_HALF, zero) is None
    difference = relate(Operation.DIFFERENCE, FOUR_AND_A_HALF, zero)
    assert difference is not None
    assert difference.value == FOUR_AND_A_HALF.value


values = st.decimals(min_value=0, max_value=Decimal("1e40"), allow_nan=False, allow_infinity=False, places=3)


@given(values, values)
def test_a_difference_is_exact_and_a_quotient_says_whether_it_is(one: Decimal, other: Decimal) -> None:
    first, second = (made_figure(id=name, value=value) for name, value in (("first", one), ("second", other)))
    difference = relate(Operation.DIFFERENCE, first, second)
    assert difference is not None
    assert difference.value is not None
    scaled = [int(value * 1000) if value < 10**20 else int(f"{value:.3f}".replace(".", "")) for value in (one, other)]
    assert int(f"{difference.value:.3f}".replace(".", "")) == scaled[0] - scaled[1]
    assert difference.formula is not None
    assert " = " in difference.formula
    assert "E" not in difference.formula
    quotient = relate(Operation.QUOTIENT, first, second)
    if quotient is None:
        assert other == 0
    else:
        assert quotient.formula is not None
        assert (quotient.bound is Bound.EXACT) == (" = " in quotient.formula)
