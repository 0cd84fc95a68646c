"""Figures of one deal that nobody has related: those that say the same and those that differ are told apart."""

from decimal import Decimal
from itertools import permutations

import pytest

from index.figures.kinds import Bound, Commitment, ConflictReason, Metric, RelationKind, Review
from index.figures.relating import derive
from index.library import Library
from index.model import Article, Figure, Moment
from tests.bot.figures import made_figure

FOUR = Decimal("4.5e9")


def approved(name: str, **known: object) -> Figure:
    return made_figure(**{"id": name, "review": Review.APPROVED} | known)


def related(*figures: Figure) -> list[tuple[str, str, str, str | None]]:
    return [(each.first, each.kind.value, each.second, each.reason) for each in derive(figures)]


def test_two_figures_with_the_same_value_say_the_same() -> None:
    assert related(approved("new"), approved("old")) == [("new", "same as", "old", None)]


def test_two_figures_with_other_values_conflict() -> None:
    found = related(approved("new", value=Decimal(7 * 10**9)), approved("old"))
    assert found == [("new", "conflicts with", "old", "value")]


@pytest.mark.parametrize(
    "other",
    [
        {"deals": ("amd",)},
        {"deals": ("oracle", "abilene")},
        {"metric": Metric.POWER_USE},
        {"unit": "FLOPS"},
        {"per": "year"},
        {"each": "bâtiment"},
        {"counted": "puces"},
    ],
)
def test_figures_of_different_things_are_not_related(other: dict[str, object]) -> None:
    assert related(approved("new", value=Decimal(7), **other), approved("old")) == []
    assert related(approved("new", **other), approved("old")) == []


def test_deals_in_another_order_and_a_plural_are_the_same_things() -> None:
    one = approved("new", deals=("oracle", "abilene"), metric=Metric.UNITS, unit="count", counted="puces GB200")
    other = approved("old", deals=("abilene", "oracle"), metric=Metric.UNITS, unit="count", counted="puce Blackwell")
    assert related(one, other) == [("new", "same as", "old", None)]


def test_dates_are_not_related() -> None:
    dates = [
        approved(name, metric=Metric.DATE, value=None, unit="date", on=Moment(written=year, iso=year))
        for name, year in (("new", "2027"), ("old", "2028"))
    ]
    assert related(*dates) == []


def test_figures_for_different_times_differ_in_their_time() -> None:
    next_year, this_year = (Moment(written=year, iso=year) for year in ("2029", "2028"))
    new, old = approved("new", value=Decimal(7), on=next_year), approved("old", on=this_year)
    assert related(new, old) == [("new", "conflicts with", "old", "period")]
    assert related(new, approved("old")) == [("new", "conflicts with", "old", "period")]
    same = approved("old", value=Decimal(8), on=Moment(written="en 2029", iso="2029"))
    assert related(new, same) == [("new", "conflicts with", "old", "value")]


@pytest.mark.parametrize(
    ("bound", "kind"),
    [
        (Bound.ABOUT, RelationKind.SAME_AS),
        (Bound.AT_MOST, RelationKind.CONFLICTS_WITH),
        (Bound.MORE_THAN, RelationKind.CONFLICTS_WITH),
    ],
)
def test_about_as_much_is_as_much_but_up_to_as_much_is_not(bound: Bound, kind: RelationKind) -> None:
    for pair in permutations((approved("exact"), approved("bounded", bound=bound))):
        (relation,) = derive(pair)
        assert relation.kind is kind
        assert relation.reason is (ConflictReason.VALUE if kind is RelationKind.CONFLICTS_WITH else None)
    both = derive([approved("new", bound=bound), approved("old", bound=bound)])
    assert [relation.kind for relation in both] == [RelationKind.SAME_AS]


@pytest.mark.parametrize("unsettled", [Commitment.RUMOURED, Commitment.IN_DISCUSSION])
def test_what_is_only_talked_of_conflicts_with_what_is_settled(unsettled: Commitment) -> None:
    talk, signed = approved("talk", commitment=unsettled), approved("signed")
    assert related(talk, signed) == [("talk", "conflicts with", "signed", "status")]
    assert related(signed, approved("done", commitment=Commitment.COMPLETED)) == [("signed", "same as", "done", None)]


def test_ranges_are_the_same_where_both_ends_are() -> None:
    ranged = {"value": None, "bound": Bound.BETWEEN, "low": Decimal(4), "high": Decimal(5)}
    assert related(approved("new", **ranged), approved("old", **ranged))[0][1] == "same as"
    assert related(approved("new", **ranged), approved("old", **ranged | {"high": Decimal(6)}))[0][1:] == (
        "conflicts with",
        "old",
        "value",
    )


def test_each_figure_is_related_to_the_latest_that_says_the_same_else_to_the_latest_of_all() -> None:
    seven = Decimal(7 * 10**9)
    figures = [approved("a", value=seven), approved("b"), approved("c"), approved("d", value=seven)]
    assert related(*figures) == [
        ("a", "conflicts with", "b", "value"),
        ("b", "same as", "c", None),
        ("a", "same as", "d", None),
    ]
    assert related(*figures, approved("e", value=Decimal(1)))[-1] == ("a", "conflicts with", "e", "value")


def test_two_curated_figures_are_left_to_those_who_curated_them() -> None:
    curated = [made_figure(id=name, value=value) for name, value in (("new", Decimal(7)), ("old", FOUR))]
    assert related(*curated) == []
    assert related(approved("news", value=Decimal(9)), *curated) == [
        ("news", "conflicts with", "new", "value"),
        ("news", "conflicts with", "old", "value"),
    ]


def test_one_figure_alone_and_none_at_all_have_no_relations() -> None:
    assert related(approved("one")) == []
    assert related() == []


async def test_an_approved_figure_stands_beside_the_seeds_one_that_it_contradicts(library: Library) -> None:
    news = Article(
        text="OpenAI loue 7 GW de puissance de calcul à Oracle.",
        title="Nouveau contrat",
        language="fr",
        published="2026-04",
    )
    await library.add(news, by="mod", shelf="one", source_id="news")
    (found,) = await library.reviews.found_in("news", "one")

    async def conflicts() -> set[tuple[str, str, str | None]]:
        dossier = await library.known.deal("oracle", "one")
        return {
            (relation.first, relation.second, relation.reason)
            for relation in dossier.relations
            if relation.kind is RelationKind.CONFLICTS_WITH and found.id in (relation.first, relation.second)
        }

    assert await conflicts() == set()
    await library.reviews.decide([found.id], Review.APPROVED, by="mod", shelf="one")
    assert (found.id, "oracle-capacity", "value") in await conflicts()
    answer = await library.ask("Quelle puissance OpenAI loue-t-elle à Oracle ?", "one")
    assert {found.id, "oracle-capacity"} <= {figure.id for figure in answer.figures}
    await library.reviews.decide([found.id], Review.REJECTED, by="mod", shelf="one")
    assert await conflicts() == set()
