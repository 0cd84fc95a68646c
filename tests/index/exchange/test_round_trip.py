"""A shelf moved as a file is the same shelf: versions, figures, reviews, deals, pages, settings, history."""

import gzip
import shutil
from pathlib import Path
from random import Random

import pytest

from index import checkup
from index.errors import BadInput, NotFound
from index.exchange.records import FORMAT
from index.figures.kinds import Review
from index.library import Library
from index.model import SHARED, Article, Complaint, State
from index.reading.document import Kind, Reading
from tests.index.exchange.moved import HERE, content, export, fill, read

NEWS = Article(
    text="# Nouvelles\n\nOpenAI loue 7 GW de puissance de calcul à Oracle.\n\nLe phare de Cordouan fut achevé en 1611.",
    title="Nouveau contrat",
    language="fr",
    markdown=True,
)
WHEN = "Quand le phare de Cordouan fut-il achevé ?"


@pytest.mark.parametrize("seed", range(5))
async def test_a_shelf_that_was_moved_is_the_same(prepared: Path, tmp_path: Path, seed: int) -> None:
    first, second = (shutil.copytree(prepared, tmp_path / name) for name in ("first", "second"))
    async with await Library.open(first, "write") as library:
        await fill(library, Random(seed))  # noqa: S311
        counts = await library.exchange.export(tmp_path / "first.gz", HERE, release="test")
        answered = await library.ask(WHEN, HERE)
        figures = {figure.text.quote for figure in await library.known.figures(shelf=HERE)}
    async with await Library.open(second, "write") as library:
        await library.exchange.import_(tmp_path / "first.gz", by="test")
        await export(library, tmp_path / "second.gz")
        again = await library.ask(WHEN, HERE)
        assert {figure.text.quote for figure in await library.known.figures(shelf=HERE)} == figures
    assert content(tmp_path / "second.gz") == content(tmp_path / "first.gz")
    assert counts.versions >= counts.sources >= 1
    assert counts.figures
    assert counts.goldens
    assert [(cited.highlight.quote, cited.score) for cited in again.citations] == [
        (cited.highlight.quote, cited.score) for cited in answered.citations
    ]
    report = await checkup.examine(second)
    assert report is not None
    assert (report.problems, report.outdated) == ([], "")


@pytest.fixture
async def origin(empty_library: Library, tmp_path: Path) -> Path:
    """The file of a shelf with one article, one of whose figures is approved."""
    await empty_library.add(NEWS, by="ann", shelf=HERE)
    capacity, *_ = await empty_library.reviews.found_in("nouveau-contrat", HERE)
    await empty_library.reviews.decide([capacity.id], Review.APPROVED, by="ann", shelf=HERE)
    return await export(empty_library, tmp_path / "shelf.jsonl.gz")


@pytest.mark.parametrize("shelf", [HERE, "discord-2", SHARED])
async def test_what_is_imported_is_in_the_next_answer_and_on_no_other_shelf(
    origin: Path, prepared_empty: Path, tmp_path: Path, shelf: str
) -> None:
    async with await Library.open(shutil.copytree(prepared_empty, tmp_path / "new"), "write", seeds=False) as library:
        seeing = {shelf, "discord-3"} if shelf == SHARED else {shelf}
        shelves = (HERE, "discord-2", "discord-3", SHARED)
        for other in shelves:  # rankers and ledgers that must learn of it
            assert not (await library.ask(WHEN, other)).citations
            assert not await library.known.figures(shelf=other)
        await library.exchange.import_(origin, shelf, by="test")
        if shelf == SHARED:
            seeing = set(shelves)
        for other in shelves:
            assert bool((await library.ask(WHEN, other)).citations) == (other in seeing)
            known = {figure.text.quote for figure in await library.known.figures(shelf=other)}
            assert known == ({"7 GW"} if other in seeing else set())


async def test_only_what_belongs_to_the_shelf_is_in_its_file(empty_library: Library, tmp_path: Path) -> None:
    library = empty_library
    for shelf in (HERE, "discord-2", SHARED):
        text = f"Le phare de {shelf} fut achevé en 1611."
        await library.add(Article(text=text, title=f"Titre {shelf}", language="fr"), by=f"mod {shelf}", shelf=shelf)
        answer = await library.ask(f"Qui habite le phare de {shelf} depuis 1920 ?", shelf)
        answer_id = await library.memory.keep(answer, shelf=shelf, by=f"asker {shelf}", origin=shelf)
        await library.memory.report(answer_id, shelf, by=f"asker {shelf}", complaint=Complaint.OTHER, words="bizarre")
        await library.memory.wish(answer_id, shelf, by=f"asker {shelf}")
        await library.memory.prefer(shelf, "commands", f"set {shelf}")
        (gap,) = await library.gaps.open(shelf)
        await library.gaps.solve(gap.id, by=f"mod {shelf}", shelf=shelf)
        reading = Reading(article=NEWS.model_copy(update={"title": f"Brouillon {shelf}"}), kind=Kind.TEXT)
        await library.drafts.propose(reading, by=f"mod {shelf}", shelf=shelf)
    for shelf in (HERE, SHARED):
        file = gzip.decompress((await export(library, tmp_path / "shelf.gz", shelf)).read_bytes()).decode()
        assert f"Titre {shelf}" in file
        assert ("set discord-1" in file) == (shelf == HERE)
        others = {HERE, "discord-2", SHARED} - {shelf}
        for foreign in (*others, "asker", "bizarre", "habite", "1920", "Brouillon", f"set {SHARED}"):
            assert foreign not in file, foreign


async def test_a_file_can_be_looked_into_and_its_header_tells_what_it_is(origin: Path) -> None:
    header, *lines = read(origin)
    assert (header["format"], header["version"], header["sourcier"], header["shelf"]) == (
        "sourcier shelf",
        FORMAT,
        "test",
        HERE,
    )
    assert [line["kind"] for line in lines] == ["source", "version", "figure", "figure", "act", "act"]
    assert header["counts"] == {
        "deals": 0,
        "sources": 1,
        "versions": 1,
        "figures": 2,
        "preferences": 0,
        "goldens": 0,
        "acts": 2,
    }
    text = lines[1]["article"]["text"]
    assert text == NEWS.text
    assert [text[start:end] for _, start, end in lines[1]["passages"]]
    quote = lines[2]["found"]["quote"]
    assert text[quote["start"] : quote["end"]] == quote["quote"]


async def test_a_removed_source_stays_removed_and_can_be_restored(
    empty_library: Library, prepared_empty: Path, tmp_path: Path
) -> None:
    await empty_library.add(NEWS, by="ann", shelf=HERE)
    await empty_library.remove("nouveau-contrat", by="bob", shelf=HERE)
    file = await export(empty_library, tmp_path / "shelf.gz")
    async with await Library.open(shutil.copytree(prepared_empty, tmp_path / "new"), "write", seeds=False) as library:
        await library.exchange.import_(file, by="test")
        assert (await library.source("nouveau-contrat", HERE)).state is State.REMOVED
        assert not (await library.ask(WHEN, HERE)).citations
        await library.restore("nouveau-contrat", by="test", shelf=HERE)
        assert (await library.ask(WHEN, HERE)).citations


async def test_what_is_no_shelf_is_not_exported(empty_library: Library, tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="no shelf called “discord-1”"):
        await export(empty_library, tmp_path / "shelf.gz")
    with pytest.raises(BadInput, match="is no shelf"):
        await export(empty_library, tmp_path / "shelf.gz", "../../etc")
    assert not (tmp_path / "shelf.gz").exists()
