"""Shelves share what they both see, and nothing else."""

from pathlib import Path

import pytest
from sqlalchemy import text

from index.errors import NotFound, StoreDamaged
from index.library import Library
from index.model import SHARED, Article
from index.ranking.postings import Postings
from index.ranking.segment import build
from index.ranking.terms import bag

CHIPS = "Combien de puces GB200 Oracle a-t-il achetées ?"


def article(number: int, title: str = "Note") -> Article:
    return Article(text=f"Puces GB200 et encore des puces, note numéro {number}.", title=title, language="fr")


async def scores(library: Library, shelf: str) -> list[tuple[str, float]]:
    answer = await library.ask(CHIPS, shelf, limit=100)
    return [(citation.highlight.quote, citation.score) for citation in answer.citations]


async def test_a_shelf_built_on_the_shared_ranker_scores_as_one_built_alone(library: Library, tmp_path: Path) -> None:
    for number in range(10):
        await library.add(article(number), by="test", shelf="one")
        await library.add(article(100 + number), by="test", shelf="two")
    await library.ask(CHIPS)
    together = await scores(library, "one")
    async with await Library.open(tmp_path / "data") as reader:
        assert await scores(reader, "one") == together
    assert library.shelves_in_memory == 2


async def test_changes_on_one_shelf_leave_the_others_scores_alone(library: Library) -> None:
    for shelf in (SHARED, "one", "two"):
        await library.ask(CHIPS, shelf)
    before = await scores(library, "two")
    for number in range(10):
        await library.add(article(number), by="test", shelf="one")
    await library.remove("note", by="test", shelf="one")
    assert await scores(library, "two") == before == await scores(library, SHARED)
    assert await scores(library, "one") != before


async def test_a_shared_source_that_goes_is_gone_from_every_shelf(library: Library) -> None:
    await library.add(article(1), by="test")
    for shelf in (SHARED, "one", "two"):
        assert any("note numéro 1" in quote for quote, _ in await scores(library, shelf))
    await library.remove("note", by="test")
    for shelf in (SHARED, "one", "two"):
        assert not any("note numéro 1" in quote for quote, _ in await scores(library, shelf))


async def test_after_a_change_that_could_not_be_learnt_the_rankers_are_built_anew(library: Library) -> None:
    await library.ask(CHIPS)
    await library.remove("oracle-4-5-gw", by="test")
    async with library._store.write() as connection:
        await connection.execute(text("ALTER TABLE terms RENAME TO hidden"))
    with pytest.raises(StoreDamaged):
        await library.restore("oracle-4-5-gw", by="test")
    async with library._store.write() as connection:
        await connection.execute(text("ALTER TABLE hidden RENAME TO terms"))
    assert any("400 000 puces GB200" in quote for quote, _ in await scores(library, SHARED))


async def test_neighbours_are_read_from_where_the_source_lives_only(library: Library) -> None:
    await library.add(article(1), by="test", shelf="one")
    own = next(c for c in (await library.ask(CHIPS, "one", limit=100)).citations if c.source.id == "note")
    shared = next(c for c in (await library.ask(CHIPS, "one")).citations if c.source.shelf == SHARED)
    assert own.passage in await library.around(own.passage, 1, "one")
    for shelf in ("one", "two", SHARED):
        assert shared.passage in await library.around(shared.passage, 1, shelf)
    for shelf in ("two", SHARED):
        with pytest.raises(NotFound, match="no longer among the sources"):
            await library.around(own.passage, 1, shelf)
    await library.remove("note", by="test", shelf="one")
    with pytest.raises(NotFound):
        await library.around(own.passage, 1, "one")
    await library.restore("note", by="test", shelf="one")
    assert own.passage in await library.around(own.passage, 0, "one")


async def test_a_shelf_without_a_source_is_read_once(empty_library: Library) -> None:
    for shelf in ("one", SHARED):
        assert await empty_library._rankings.of(shelf) is await empty_library._rankings.of(shelf)


def test_a_copy_of_an_index_goes_its_own_way() -> None:
    original = Postings()
    original.add_segment(build([1, 2], [bag(["le phare"], "fr"), bag(["la mer"], "fr")]))
    twin = original.copy()
    twin.add_segment(build([3], [bag(["le port"], "fr")]))
    original.remove([1])
    assert (len(original), len(twin)) == (1, 3)
