"""A file taken in by a shelf that has something already: nothing twice, nothing overwritten, all names follow."""

import shutil
from collections.abc import AsyncIterator
from pathlib import Path
from random import Random
from typing import Any

import pytest

from index.errors import BadInput
from index.exchange.arriving import Fate
from index.exchange.moving import Imported
from index.figures.deals import Wording
from index.figures.kinds import DealKind, Review
from index.library import Library
from index.model import SHARED, Article, Basis
from index.moderating.goldens import Golden
from index.moderating.model import Act
from tests.index.exchange.moved import HERE, content, export, fill, read, write

TEXT = "OpenAI loue 7 GW de puissance de calcul à Oracle.\n\nLe contrat coûte 40 milliards de dollars par an."
NEWS = Article(text=TEXT, title="Contrat", language="fr", published="2026-04-02", published_basis=Basis.TEXT)
OTHER = NEWS.model_copy(update={"text": "Meta loue 3 GW de puissance de calcul à Google."})
TEX = Wording(fr="Accord texan", en="Texan deal")


@pytest.fixture
async def target(prepared_empty: Path, tmp_path: Path) -> AsyncIterator[Library]:
    """Another library, without the seeds."""
    async with await Library.open(shutil.copytree(prepared_empty, tmp_path / "new"), "write", seeds=False) as opened:
        yield opened


async def add(library: Library, article: Article, *, by: str, shelf: str = HERE) -> str:
    """Add an article whose first figure is approved and tells what a deal is; return that figure's id."""
    source = (await library.add(article, by=by, shelf=shelf)).source.id
    first, *_ = await library.reviews.found_in(source, shelf)
    await library.reviews.make_deal(TEX, DealKind.PLAN, first.id, by=by, shelf=shelf)
    await library.reviews.decide([first.id], Review.APPROVED, by=by, shelf=shelf)
    return first.id


def fates(imported: Imported) -> set[tuple[str, str, Fate, str]]:
    return {(each.kind, each.id, each.fate, each.name) for each in imported.arrived}


async def lines(library: Library, folder: Path, kind: str, shelf: str = HERE) -> list[dict[str, Any]]:
    return [line for line in read(await export(library, folder / "look.gz", shelf)) if line.get("kind") == kind]


async def test_the_same_file_twice_adds_nothing(empty_library: Library, target: Library, tmp_path: Path) -> None:
    await fill(empty_library, Random(3))  # noqa: S311
    file = await export(empty_library, tmp_path / "shelf.gz")
    await target.exchange.import_(file, by="test")
    once = content(await export(target, tmp_path / "once.gz"))
    again = await target.exchange.import_(file, by="test")
    assert {each.fate for each in again.arrived} == {Fate.PRESENT}
    assert content(await export(target, tmp_path / "twice.gz")) == once
    assert sum(deed.act is Act.IMPORTED for deed in (await target.journal.read(HERE, limit=100)).deeds) == 1


async def test_what_has_a_taken_id_gets_another_one_and_all_that_names_it_follows(
    empty_library: Library, target: Library, tmp_path: Path
) -> None:
    await add(empty_library, NEWS, by="ann")
    await empty_library.goldens.add(Golden(question="Combien de GW ?", source="contrat"), by="ann", shelf=HERE)
    file = await export(empty_library, tmp_path / "shelf.gz")
    for line in (changed := read(file)):  # as if its figures and another deal had been put down to the deal
        if line.get("kind") == "figure":
            line["found"]["deals"] = ["oracle", "texan-deal"]
    write(file, changed)
    await add(target, OTHER, by="bob")
    before = await lines(target, tmp_path, "source")
    imported = await target.exchange.import_(file, by="test")
    assert fates(imported) == {
        ("deal", "texan-deal", Fate.RENAMED, "texan-deal-2"),
        ("source", "contrat", Fate.RENAMED, "contrat-2"),
        ("golden question", "Combien de GW ?", Fate.ADDED, "Combien de GW ?"),
    }
    assert (await target.text("contrat", HERE), await target.text("contrat-2", HERE)) == (OTHER.text, NEWS.text)
    mine, theirs = await target.reviews.own_deals(HERE)
    assert (mine.id, mine.about.source) == ("texan-deal", "contrat")
    assert (theirs.id, theirs.about.source) == ("texan-deal-2", "contrat-2")
    assert {figure.deals for figure in await target.reviews.found_in("contrat-2", HERE)} == {("oracle", "texan-deal-2")}
    (golden,) = await target.goldens.all(HERE)
    assert golden.source == "contrat-2"
    done = [(deed.by, deed.act, deed.subject) for deed in (await target.journal.read(HERE, limit=50)).deeds]
    assert {subject for by, act, subject in done if by == "ann" and act is Act.DEAL_MADE} == {"texan-deal-2"}
    assert {subject for by, act, subject in done if by == "ann" and act is Act.FIGURES_APPROVED} == {"contrat-2"}
    assert done[0] == ("test", Act.IMPORTED, HERE)
    assert (await lines(target, tmp_path, "source"))[: len(before)] == before
    again = await target.exchange.import_(file, by="test")
    assert {(each.fate, each.name) for each in again.arrived} == {
        (Fate.PRESENT, name) for name in ("texan-deal-2", "contrat-2", "Combien de GW ?")
    }


async def test_a_text_that_is_here_stays_as_it_is_with_what_was_made_of_it(
    empty_library: Library, target: Library, tmp_path: Path
) -> None:
    await add(empty_library, NEWS, by="ann")
    await empty_library.goldens.add(Golden(question="Combien de GW ?", source="contrat"), by="ann", shelf=HERE)
    file = await export(empty_library, tmp_path / "shelf.gz")
    await target.add(NEWS, by="bob", shelf=HERE, source_id="mine")
    kept = [await lines(target, tmp_path, kind) for kind in ("source", "version", "figure")]
    imported = await target.exchange.import_(file, by="test")
    assert ("source", "contrat", Fate.PRESENT, "mine") in fates(imported)
    assert [await lines(target, tmp_path, kind) for kind in ("source", "version", "figure")] == kept
    assert {figure.review for figure in await target.reviews.found_in("mine", HERE)} == {Review.EXTRACTED}
    assert [golden.source for golden in await target.goldens.all(HERE)] == ["mine"]
    (deal,) = await target.reviews.own_deals(HERE)
    assert deal.about.source == "mine"
    told = {(line["act"], line["subject"]) for line in await lines(target, tmp_path, "act")}
    assert ("added", "contrat") not in told
    assert ("deal made", "texan-deal") in told


async def test_the_sentence_of_a_golden_question_comes_along_where_its_source_here_has_it(
    empty_library: Library, target: Library, tmp_path: Path
) -> None:
    await add(empty_library, NEWS, by="ann")
    sentence = "Le contrat coûte 40 milliards de dollars par an."
    for question in ("Combien coûte-t-il ?", "Et combien ?", "Sans phrase ?", "Ailleurs ?"):
        golden = Golden(question=question, sentence=sentence)
        await empty_library.goldens.add(golden, by="ann", shelf=HERE)
    header, *others = read(await export(empty_library, tmp_path / "shelf.gz"))
    first, changed, older, nowhere = (line for line in others if line["kind"] == "golden")
    assert (first["source"], first["sentence"]) == ("contrat", sentence)
    changed["sentence"] = sentence.replace("40", "50")
    del older["sentence"]  # as files of format 1 are
    nowhere["source"], nowhere["sentence"] = "", sentence
    write(tmp_path / "changed.gz", [header | {"version": 1}, *others])
    await add(target, OTHER, by="bob")
    imported = await target.exchange.import_(tmp_path / "changed.gz", by="test")
    assert await target.goldens.all(HERE) == [
        Golden(question="Combien coûte-t-il ?", source="contrat-2", sentence=sentence),
        Golden(question="Et combien ?", source="contrat-2"),
        Golden(question="Sans phrase ?", source="contrat-2"),
    ]
    assert ("golden question", "Ailleurs ?", Fate.LEFT_OUT, "Ailleurs ?") in fates(imported)


async def test_a_server_does_not_get_again_what_it_sees_on_the_shared_shelf(library: Library, tmp_path: Path) -> None:
    file = await export(library, tmp_path / "shared.gz", SHARED)
    assert {each.fate for each in (await library.exchange.import_(file, by="test")).arrived} == {Fate.PRESENT}
    await library.remove("amd-6-gw", by="test")
    imported = await library.exchange.import_(file, HERE, by="test")
    assert ("source", "amd-6-gw", Fate.RENAMED, "amd-6-gw-2") in fates(imported)
    assert [each.fate for each in imported.arrived].count(Fate.PRESENT) == 4


@pytest.mark.parametrize(("shelf", "expected"), [(HERE, {"language": "en", "role": "12"}), ("discord-2", {})])
async def test_settings_go_to_the_same_server_only_and_never_over_others(
    empty_library: Library, target: Library, tmp_path: Path, shelf: str, expected: dict[str, str]
) -> None:
    for name, value in (("language", "fr"), ("role", "12")):
        await empty_library.memory.prefer(HERE, name, value)
    await target.memory.prefer(HERE, "language", "en")
    imported = await target.exchange.import_(await export(empty_library, tmp_path / "shelf.gz"), shelf, by="test")
    assert await target.memory.preferences(shelf) == expected
    fate = (
        {"language": Fate.PRESENT, "role": Fate.ADDED}
        if shelf == HERE
        else dict.fromkeys(("language", "role"), Fate.LEFT_OUT)
    )
    assert {each.id: each.fate for each in imported.arrived} == fate


async def test_figures_that_other_rules_found_are_found_anew_unless_they_were_reviewed(
    empty_library: Library, target: Library, tmp_path: Path
) -> None:
    await add(empty_library, NEWS, by="ann")
    file = await export(empty_library, tmp_path / "shelf.gz")
    header, *others = read(file)
    for line in others:
        if line["kind"] == "figure":
            line["found"]["subject"] = "Oracle"
    write(file, [header | {"rules": 1}, *others])
    await target.exchange.import_(file, by="test")
    found = await target.reviews.found_in("contrat", HERE)
    assert {(figure.text.quote, figure.review, figure.subject == "Oracle") for figure in found} == {
        ("7 GW", Review.APPROVED, True),
        ("40 milliards de dollars par an", Review.EXTRACTED, False),
    }


async def test_a_file_that_is_another_one_when_it_is_read_again_is_refused(
    empty_library: Library, target: Library, tmp_path: Path
) -> None:
    await add(empty_library, NEWS, by="ann")
    file = await export(empty_library, tmp_path / "shelf.gz")
    await empty_library.goldens.add(Golden(question="Combien ?", source="contrat"), by="ann", shelf=HERE)
    other = await export(empty_library, tmp_path / "other.gz")

    def exchange_them(done: int, of: int) -> None:
        if done * 2 == of and other.exists():
            other.replace(file)

    with pytest.raises(BadInput, match="was changed while it was read; nothing was imported"):
        await target.exchange.import_(file, by="test", progress=exchange_them)
    assert await target.retention.shelves() == []
    assert not await target.sources(HERE)
