"""What a shelf knows of deals follows its sources and reviews at once, and owes nothing to another server's."""

import asyncio
import sqlite3
from contextlib import closing
from decimal import Decimal
from pathlib import Path

import pytest

from index import checkup, seeding
from index.errors import NotFound, StoreUnavailable
from index.figures.curated import shipped
from index.figures.holding import found_id, found_key
from index.figures.kinds import Metric, Review
from index.figures.ledger import Ledger
from index.library import Library
from index.model import Article, Figure
from index.store import database
from index.store.tables import HEAD
from tests.index.store.test_migrations import migrated

NEWS = Article(
    text="OpenAI loue 7 GW de puissance de calcul à Oracle.\n\nLe contrat coûte 40 milliards de dollars par an.",
    title="Nouveau contrat",
    language="fr",
    published="2026-04-02",
)
SEVEN = Decimal(7 * 10**9)
SECOND = (
    *("shelves", "sources", "versions", "states", "passages", "terms", "labels"),
    *("departures", "preferences", "answers", "reports", "wishes", "settings"),
)


async def add_news(library: Library, shelf: str = "one", article: Article = NEWS) -> Figure:
    """Add the news and return its capacity, found and not yet reviewed."""
    added = await library.add(article, by="mod", shelf=shelf, source_id=f"news-{shelf}")
    (found,) = [
        figure
        for figure in await library.reviews.found_in(added.source.id, shelf)
        if figure.metric is Metric.CAPACITY and figure.value is not None
    ]
    return found


async def approve(library: Library, figure: Figure, shelf: str = "one", review: Review = Review.APPROVED) -> None:
    await library.reviews.decide([figure.id], review, by="mod", shelf=shelf)


async def capacities(library: Library, shelf: str = "one") -> set[Decimal | None]:
    return {figure.value for figure in (await library.known.deal("oracle", shelf)).figures if figure.unit == "W"}


async def everything(library: Library, shelf: str) -> str:
    """Return all that a shelf is told of deals, as one text."""
    known = library.known
    told: list[object] = [await known.deals(shelf), await known.figures(None, shelf), await known.timeline(None, shelf)]
    told += [await known.complete("", shelf), await known.compare(["oracle", "amd"], shelf)]
    told += [await known.deal(deal.id, shelf) for deal in await known.deals(shelf)]
    return repr(told)


async def test_a_found_figure_counts_when_it_is_approved_and_no_longer_when_it_is_rejected(library: Library) -> None:
    figure = await add_news(library)
    assert figure.review is Review.EXTRACTED
    assert SEVEN not in await capacities(library)
    await approve(library, figure)
    assert SEVEN in await capacities(library)
    assert (await library.reviews.found_in("news-one", "one"))[0].review is Review.APPROVED
    await approve(library, figure, review=Review.REJECTED)
    assert SEVEN not in await capacities(library)
    await approve(library, figure)
    assert SEVEN in await capacities(library)


async def test_an_approved_figure_is_shown_with_its_sentence_before_older_ones(library: Library) -> None:
    await approve(library, await add_news(library))
    first = (await library.known.deal("oracle", "one")).figures[0]
    assert (first.value, first.quote.quote) == (SEVEN, "OpenAI loue 7 GW de puissance de calcul à Oracle.")
    assert (first.source.id, first.source.published) == ("news-one", "2026-04-02")
    assert (await library.text("news-one", "one"))[first.text.start : first.text.end] == "7 GW"


async def test_a_server_sees_the_shared_deals_and_never_another_server_s_figures(library: Library) -> None:
    before = {shelf: await everything(library, shelf) for shelf in ("shared", "two")}
    await approve(library, await add_news(library))
    assert "news-one" in await everything(library, "one")
    assert {shelf: await everything(library, shelf) for shelf in ("shared", "two")} == before
    assert [deal.id for deal in await library.known.deals("two")] == [deal.id for deal in await library.known.deals()]


async def test_a_shelf_cannot_look_at_or_review_the_figures_of_another_one(library: Library) -> None:
    figure = await add_news(library)
    for shelf in ("two", "shared"):
        with pytest.raises(NotFound):
            await library.reviews.found_in("news-one", shelf)
        with pytest.raises(NotFound, match="no such figure"):
            await approve(library, figure, shelf)
    assert SEVEN not in await capacities(library)


async def test_a_server_reviews_nothing_of_the_shared_shelf(library: Library) -> None:
    figure = await add_news(library, "shared")
    with pytest.raises(NotFound):
        await approve(library, figure, "one")
    await approve(library, figure, "shared")
    for shelf in ("shared", "one", "two"):
        assert SEVEN in await capacities(library, shelf)


@pytest.mark.parametrize("wrong", ["oracle-capacity", "found-999999", "found-0", "found-x", "", "found-" + "9" * 40])
async def test_with_a_figure_that_is_none_nothing_is_reviewed(library: Library, wrong: str) -> None:
    figure = await add_news(library)
    with pytest.raises(NotFound):
        await library.reviews.decide([figure.id, wrong], Review.APPROVED, by="mod", shelf="one")
    assert SEVEN not in await capacities(library)


async def test_a_figure_that_is_named_twice_is_reviewed_once(library: Library) -> None:
    figure = await add_news(library)
    await library.reviews.decide([figure.id, figure.id], Review.APPROVED, by="mod", shelf="one")
    assert SEVEN in await capacities(library)


async def test_the_approved_figures_of_a_removed_source_vanish_and_come_back(library: Library) -> None:
    await approve(library, await add_news(library))
    for _ in range(2):
        await library.remove("news-one", by="mod", shelf="one")
        assert SEVEN not in await capacities(library)
        await library.restore("news-one", by="mod", shelf="one")
        assert SEVEN in await capacities(library)


async def test_a_figure_reviewed_while_its_source_is_removed_counts_when_it_comes_back(library: Library) -> None:
    figure = await add_news(library)
    await library.remove("news-one", by="mod", shelf="one")
    await approve(library, figure)
    assert SEVEN not in await capacities(library)
    await library.restore("news-one", by="mod", shelf="one")
    assert SEVEN in await capacities(library)


async def test_a_new_version_s_figures_wait_for_a_review_of_their_own(library: Library) -> None:
    await approve(library, await add_news(library))
    changed = NEWS.model_copy(update={"text": NEWS.text.replace("7 GW", "9 GW")})
    figure = await add_news(library, article=changed)
    assert not {SEVEN, Decimal(9 * 10**9)} & await capacities(library)
    await approve(library, figure)
    assert Decimal(9 * 10**9) in await capacities(library)
    assert SEVEN not in await capacities(library)


async def test_a_seed_whose_text_was_changed_keeps_only_the_quotes_that_still_stand_there(library: Library) -> None:
    before = {figure.id for figure in await library.known.figures("amd")}
    text = await library.text("amd-6-gw")
    source = await library.source("amd-6-gw")
    changed = text.replace("23 gigawatts", "24 gigawatts")
    assert changed != text
    article = Article(text=changed, title=source.title, language="fr", published=source.published)
    await library.add(article, by="mod", source_id="amd-6-gw")
    after = {figure.id: figure for figure in await library.known.figures("amd")}
    assert before - after.keys() == {"amd-nvidia-capacity"}
    assert {figure.source.version for figure in after.values()} == {2}
    for figure in after.values():
        assert changed[figure.quote.start : figure.quote.end] == figure.quote.quote


async def test_a_source_of_a_server_does_not_become_a_seed_by_its_name(empty_library: Library) -> None:
    amd = dict(seeding.articles())["amd-6-gw"]
    await empty_library.add(amd, by="mod", shelf="one", source_id="amd-6-gw")
    assert await empty_library.known.deals("one") == []
    await empty_library.add(amd, by="mod", source_id="amd-6-gw")
    assert "amd" in {deal.id for deal in await empty_library.known.deals("two")}


async def test_shelves_in_use_learn_of_a_shared_source_that_comes_and_goes(library: Library) -> None:
    assert SEVEN not in await capacities(library, "one")
    await approve(library, await add_news(library, "shared"), "shared")
    assert SEVEN in await capacities(library, "one")
    await library.remove("news-shared", by="mod")
    assert SEVEN not in await capacities(library, "one")


async def test_figures_are_read_while_sources_come_and_go(library: Library) -> None:
    async def change() -> None:
        for _ in range(5):
            await library.remove("oracle-4-5-gw", by="mod")
            await library.restore("oracle-4-5-gw", by="mod")

    async def read(shelf: str) -> None:
        for _ in range(20):
            dossier = await library.known.deal("oracle", shelf)
            live = {figure.source.id for figure in dossier.figures}
            assert ("oracle-4-5-gw" in live) == (dossier.about is not None)

    await asyncio.gather(change(), read("shared"), read("one"))


async def test_another_process_reads_reviews_and_removals_at_once(tmp_path: Path) -> None:
    async with await Library.open(tmp_path, "write") as writer, await Library.open(tmp_path) as reader:
        figure = await add_news(writer)
        assert SEVEN not in await capacities(reader)
        await approve(writer, figure)
        assert SEVEN in await capacities(reader)
        await approve(writer, figure, review=Review.REJECTED)
        assert SEVEN not in await capacities(reader)
        await approve(writer, figure)
        await writer.remove("news-one", by="mod", shelf="one")
        assert SEVEN not in await capacities(reader)
        with pytest.raises(StoreUnavailable):
            await approve(reader, figure)


async def test_reviews_are_there_after_a_restart(tmp_path: Path) -> None:
    async with await Library.open(tmp_path, "write") as library:
        await approve(library, await add_news(library))
        await library.remove("oracle-4-5-gw", by="mod")
        await library.restore("oracle-4-5-gw", by="mod")
        before = await everything(library, "one")
    async with await Library.open(tmp_path) as library:
        assert await everything(library, "one") == before
        assert SEVEN in await capacities(library)


async def test_erasing_a_server_erases_its_figures_and_reviews_and_no_other_ones(
    library: Library, tmp_path: Path
) -> None:
    await approve(library, await add_news(library, "one"), "one")
    await approve(library, await add_news(library, "two"), "two")
    await library.retention.erase("one")
    assert SEVEN not in await capacities(library, "one")
    assert SEVEN in await capacities(library, "two")
    with closing(sqlite3.connect(tmp_path / "data" / database.FILE)) as connection:
        (reviews,) = connection.execute("SELECT count(*) FROM reviews").fetchone()
        (orphans,) = connection.execute(
            "SELECT count(*) FROM figures WHERE version NOT IN (SELECT key FROM versions)"
        ).fetchone()
    assert (reviews, orphans) == (1, 0)
    report = await checkup.examine(tmp_path / "data")
    assert report is not None
    assert report.problems == []


async def test_a_store_from_before_figures_is_given_those_of_its_sources(tmp_path: Path) -> None:
    today, second = tmp_path / "today", tmp_path / "second"
    async with await Library.open(today, "write") as library:
        await library.add(NEWS, by="mod", shelf="one", source_id="news-one")
        found = await library.reviews.found_in("news-one", "one")
        before = await everything(library, "one")
    migrated(second, "0002")
    with closing(sqlite3.connect(second / database.FILE)) as connection, connection:
        connection.execute("ATTACH ? AS today", (str(today / database.FILE),))
        kept = {name for (name,) in connection.execute("SELECT name FROM main.sqlite_master WHERE type = 'table'")}
        for table in SECOND:
            assert table in kept
            connection.execute(f"DELETE FROM {table}")  # noqa: S608
            columns = ", ".join(row[1] for row in connection.execute(f"PRAGMA main.table_info({table})"))
            connection.execute(f"INSERT INTO {table} ({columns}) SELECT {columns} FROM today.{table}")  # noqa: S608
        connection.execute("DELETE FROM settings WHERE name LIKE '%figure%'")
    assert database.revision(second) == "0002"
    async with await Library.open(second, "write") as library:
        assert await library.reviews.found_in("news-one", "one") == found
        assert await everything(library, "one") == before
    assert database.revision(second) == HEAD


async def test_a_ledger_with_and_without_a_version_is_the_ledger_it_was(library: Library) -> None:
    ledger = await library._ledgers.of("shared")
    for version, holding in ledger.holdings.items():
        again = ledger.without([version]).with_({version: holding})
        for name in ("figures", "facts", "holdings", "by_passage", "by_deal"):
            assert getattr(again, name) == getattr(ledger, name)
        assert ledger.with_({version: holding}).by_deal == ledger.by_deal
    nothing = ledger.without(ledger.holdings)
    assert nothing == Ledger.empty(shipped())
    assert dict(nothing.known) == {}


def test_only_the_id_of_a_found_figure_has_a_key() -> None:
    assert [found_key(found_id(key)) for key in (1, 10**17)] == [1, 10**17]
    assert [found_key(name) for name in ("found-01", "found-", "found--1", "found-١", "1", "unfound-1")] == [None] * 6
