"""What was said when, and for when: every figure at the times that its source gives, and no other ones."""

import pytest

from index.errors import NotFound
from index.figures.chronology import Sort, Timeline
from index.figures.kinds import Metric, Review
from index.library import Library
from index.model import Article, Basis

UNDATED = Article(text="OpenAI loue 7 GW de puissance de calcul à Oracle.", title="Sans date", language="fr")


def entries_of(timeline: Timeline, figure: str) -> list[tuple[str, str, Sort, bool]]:
    return [(e.earliest, e.latest, e.sort, e.estimated) for e in timeline.entries if e.figure.id == figure]


async def test_entries_come_in_time_order_and_every_known_figure_is_among_them(library: Library) -> None:
    timeline = await library.known.timeline()
    times = [(entry.earliest, entry.latest) for entry in timeline.entries]
    assert times == sorted(times)
    stated = [figure for figure in await library.known.figures() if figure.formula is None]
    assert {entry.figure.id for entry in timeline.entries} == {figure.id for figure in stated}
    assert timeline.deal is None
    assert timeline.undated == ()


async def test_a_deal_s_timeline_has_its_figures_only(library: Library) -> None:
    timeline = await library.known.timeline("contrat oracle")
    assert timeline.deal is not None
    assert timeline.deal.id == "oracle"
    assert {entry.figure.id for entry in timeline.entries} == {
        figure.id for figure in (await library.known.deal("oracle")).figures
    }
    with pytest.raises(NotFound):
        await library.known.timeline("google")


async def test_a_figure_is_told_when_it_was_said_and_from_when_it_holds(library: Library) -> None:
    timeline = await library.known.timeline("oracle")
    assert entries_of(timeline, "oracle-annual-value-announced") == [
        ("2025-07", "2025-07", Sort.SAID, True),
        ("2028", "2028", Sort.SINCE, False),
    ]
    assert entries_of(timeline, "abilene-capacity") == [
        ("2024-10", "2024-10", Sort.SAID, True),
        ("2026-05", "2026-08", Sort.SINCE, False),
    ]


async def test_a_date_is_told_for_itself_and_not_when_it_was_said(library: Library) -> None:
    timeline = await library.known.timeline()
    dates = [entry for entry in timeline.entries if entry.figure.metric is Metric.DATE]
    assert dates
    assert Sort.SAID not in {entry.sort for entry in dates}
    assert entries_of(timeline, "oracle-contract-start") == [("2028", "2028", Sort.SINCE, False)]


async def test_a_time_that_an_editor_or_a_reader_concluded_is_marked(library: Library) -> None:
    for entry in (await library.known.timeline()).entries:
        if entry.sort is Sort.SAID:
            assert entry.estimated == (entry.figure.source.published_basis is Basis.ESTIMATE)
    assert entries_of(await library.known.timeline("azure"), "azure-announced-week") == [
        ("2024-06", "2024-06", Sort.ON, True)
    ]


async def test_figures_of_a_source_without_a_date_are_kept_apart(library: Library) -> None:
    await library.add(UNDATED, by="test", shelf="one", source_id="undated")
    found = [figure for figure in await library.reviews.found_in("undated", "one") if figure.metric is Metric.CAPACITY]
    await library.reviews.decide([figure.id for figure in found], Review.APPROVED, by="test", shelf="one")
    timeline = await library.known.timeline("oracle", "one")
    assert [figure.id for figure in timeline.undated] == [figure.id for figure in found]
    assert not {entry.figure.id for entry in timeline.entries} & {figure.id for figure in found}


async def test_a_removed_source_is_gone_from_the_timeline(library: Library) -> None:
    await library.remove("oracle-4-5-gw", by="test")
    timeline = await library.known.timeline()
    assert "oracle-4-5-gw" not in {entry.figure.source.id for entry in timeline.entries}
    assert entries_of(timeline, "oracle-contract-start") == []


async def test_a_timeline_as_of_a_day_has_only_what_was_published_by_then(library: Library) -> None:
    whole = await library.known.timeline("oracle")
    then = await library.known.timeline("oracle", as_of="2024-12")
    assert {entry.figure.source.published for entry in then.entries} == {"2024-06", "2024-10"}
    assert then.entries == tuple(entry for entry in whole.entries if (entry.figure.source.published or "") <= "2024-12")
