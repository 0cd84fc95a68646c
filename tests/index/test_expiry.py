"""What is too old goes, what a server left behind goes with it, and nobody else's things do."""

import asyncio
import gc
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from index import checkup
from index.errors import BadInput, NotFound
from index.library import Library
from index.memory import KEPT_DAYS
from index.model import SHARED, Article, Complaint, Expired, Reason, State

COFFER = "Le coffre de Zanzibar contient dix lingots. Son gardien Melchior dort le mardi."
WHO = "Qui garde le coffre de Zanzibar ?"
CHIPS = "Combien de puces GB200 Oracle a-t-il achetées ?"
NOTHING = Expired(0, ())


def days(count: float) -> datetime:
    return datetime.now(UTC) + timedelta(days=count)


def coffer(title: str = "Coffre") -> Article:
    return Article(text=COFFER, title=title, language="fr")


async def kept(library: Library, shelf: str, question: str = WHO, by: str = "ann") -> str:
    answer = await library.ask(question, shelf)
    return await library.memory.keep(answer, shelf=shelf, by=by, origin=f"{shelf}/{by}/{question}")


async def is_kept(library: Library, answer_id: str, shelf: str) -> bool:
    try:
        await library.memory.recall(answer_id, shelf)
    except NotFound:
        return False
    return True


async def settled(library: Library, shelf: str) -> str:
    """Give a server everything that a server can have; return the id of an answer."""
    await library.add(coffer(), by="mod", shelf=shelf)
    await library.add(coffer("Retiré").model_copy(update={"text": COFFER + " Fin."}), by="mod", shelf=shelf)
    await library.remove("retire", by="mod", shelf=shelf)
    answer_id = await kept(library, shelf)
    await library.memory.report(answer_id, shelf, by="bob", complaint=Complaint.OTHER, words="hm")
    await library.memory.wish(answer_id, shelf, by="bob")
    await library.memory.prefer(shelf, "language", "fr")
    return answer_id


async def rows(library: Library) -> dict[str, int]:
    async with library._store.read() as connection:
        names = await connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'table'"))
        return {
            name: (await connection.execute(text(f'SELECT count(*) FROM "{name}"'))).scalar_one()  # noqa: S608
            for name in names.scalars().all()
            if name != "sqlite_sequence"
        }


async def test_an_answer_goes_after_its_time_with_what_was_said_of_it(library: Library) -> None:
    answer_id = await kept(library, "one")
    await library.memory.wish(answer_id, "one", by="bob")
    assert await library.retention.expire(days(KEPT_DAYS - 0.01)) == NOTHING
    assert await is_kept(library, answer_id, "one")
    assert await library.retention.expire(days(KEPT_DAYS + 0.01)) == Expired(1, ())
    assert not await is_kept(library, answer_id, "one")
    assert await library.memory.wishes("one") == []
    assert not (await library.memory.traces("ann")).questions
    assert await library.retention.expire(days(KEPT_DAYS + 0.01)) == NOTHING


async def test_an_answer_stays_while_a_report_on_it_is_young(library: Library) -> None:
    reported = await kept(library, "one")
    await kept(library, "one", CHIPS)
    await library.memory.report(reported, "one", by="bob", complaint=Complaint.OUTDATED)
    await aged(library, "answers", "asked_at", 20)
    assert await library.retention.expire(days(KEPT_DAYS - 10)) == Expired(1, ())
    assert await is_kept(library, reported, "one")
    assert len(await library.memory.reports("one")) == 1
    assert await library.retention.expire(days(KEPT_DAYS + 0.01)) == Expired(1, ())
    assert await library.memory.reports("one") == []


async def aged(library: Library, table: str, column: str, by_days: int) -> None:
    """Let rows be some days older than they are."""
    async with library._store.write() as connection:
        await connection.execute(
            text(f"UPDATE {table} SET {column} = datetime({column}, '-{by_days} days') || '.000000'")  # noqa: S608
        )


async def test_an_answer_asked_again_in_time_is_not_missed(library: Library) -> None:
    old = await kept(library, "one")
    await aged(library, "answers", "asked_at", 29)
    young = await kept(library, "one", CHIPS)
    assert await library.retention.expire(days(2)) == Expired(1, ())
    assert not await is_kept(library, old, "one")
    assert await is_kept(library, young, "one")


async def test_what_a_server_left_behind_stays_until_its_time_is_over(library: Library) -> None:
    answer_id = await settled(library, "one")
    await library.retention.depart("one")
    await library.memory.report(answer_id, "one", by="cid", complaint=Complaint.OTHER)
    assert await library.retention.expire(days(KEPT_DAYS - 0.01)) == NOTHING
    assert await is_kept(library, answer_id, "one")
    assert (await library.ask(WHO, "one")).reason is Reason.COVERED
    assert await library.retention.expire(days(KEPT_DAYS + 0.01)) == Expired(1, ("one",), sources=1)
    assert await library.retention.departed() == {}
    assert {source.shelf for source in await library.sources("one")} == {SHARED}


async def test_a_server_that_comes_back_in_time_keeps_everything(library: Library) -> None:
    await settled(library, "one")
    await library.retention.depart("one")
    await library.retention.arrive("one")
    await library.retention.arrive("never seen")
    assert await library.retention.departed() == {}
    assert (await library.retention.expire(days(KEPT_DAYS + 1))).shelves == ()
    assert (await library.ask(WHO, "one")).reason is Reason.COVERED


async def test_the_first_departure_counts(library: Library) -> None:
    before = datetime.now(UTC)
    await library.retention.depart("one")
    first = await library.retention.departed()
    await library.retention.depart("one")
    await library.retention.depart("two")
    assert list(await library.retention.departed()) == ["one", "two"]
    assert (await library.retention.departed())["one"] == first["one"]
    assert before <= first["one"] <= datetime.now(UTC)


async def test_erasing_a_shelf_leaves_no_row_of_it_and_all_rows_of_others(library: Library, tmp_path: Path) -> None:
    await settled(library, "two")
    before = await rows(library)
    await settled(library, "one")
    await library.retention.depart("one")
    assert all(count > before[name] for name, count in (await rows(library)).items() if name in MADE)
    await library.retention.erase("one")
    assert await rows(library) | {"settings": 0} == before | {"settings": 0}
    report = await checkup.examine(tmp_path / "data")
    assert report is not None
    assert report.problems == []
    assert (await library.ask(WHO, "two")).reason is Reason.COVERED
    assert await library.retention.shelves() == ["two"]


MADE = {
    *("shelves", "sources", "versions", "labels", "states", "passages", "terms"),
    *("answers", "reports", "wishes", "preferences", "departures"),
}


def remembering(words: str) -> list[str]:
    """Return the functions that remember what they were asked for a text with these words."""
    modules = [module for name, module in sys.modules.items() if name.startswith("index.")]
    functions = {each for module in modules for each in vars(module).values() if hasattr(each, "cache_info")}
    kept = [(each, known) for each in functions for known in gc.get_referents(each) if isinstance(known, dict)]
    return [each.__qualname__ for each, known in kept if words in "".join(map(repr, known))]


async def test_no_function_remembers_a_sentence_that_was_erased(library: Library) -> None:
    await settled(library, "one")
    assert remembering("contient dix lingots")
    await library.retention.erase("one")
    assert remembering("contient dix lingots") == []
    await library.warmed()  # which read the sentences ahead meanwhile
    assert remembering("contient dix lingots") == []


async def test_an_erased_shelf_answers_from_the_shared_sources_alone(library: Library) -> None:
    await settled(library, "one")
    own = (await library.ask(WHO, "one")).citations[0]
    assert own.source.shelf == "one"
    await library.retention.erase("one")
    assert own.passage.key not in library._candidates._known
    answer = await library.ask(WHO, "one")
    assert answer.reason is not Reason.COVERED
    assert {citation.source.shelf for citation in answer.citations} <= {SHARED}
    assert answer.model_dump(exclude={"took_ms"}) == (await library.ask(WHO)).model_dump(exclude={"took_ms"})
    assert await library.memory.preferences("one") == {}


async def test_an_erased_passage_can_be_neither_explained_nor_read(library: Library) -> None:
    await settled(library, "one")
    answer = await library.ask(WHO, "one")
    await library.retention.erase("one")
    with pytest.raises(NotFound):
        await library.explain(answer, answer.citations[0], "one")
    with pytest.raises(NotFound):
        await library.around(answer.citations[0].passage, 1, "one")


async def test_keys_of_erased_passages_are_never_given_to_others(library: Library) -> None:
    await settled(library, "one")
    was = (await library.ask(WHO, "one")).citations[0].passage.key
    await library.retention.erase("one")
    await library.add(coffer(), by="mod", shelf="two")
    assert (await library.ask(WHO, "two")).citations[0].passage.key > was


async def test_a_reader_learns_that_a_shelf_was_erased(library: Library, tmp_path: Path) -> None:
    await settled(library, "one")
    await library.add(coffer(), by="mod", shelf="two")
    async with await Library.open(tmp_path / "data") as reader:
        assert (await reader.ask(WHO, "one")).reason is Reason.COVERED
        await library.retention.erase("one")
        assert (await reader.ask(WHO, "one")).reason is not Reason.COVERED


async def test_the_shared_shelf_cannot_leave_or_be_erased(library: Library) -> None:
    for act in (library.retention.depart, library.retention.erase):
        with pytest.raises(BadInput, match="shared shelf"):
            await act(SHARED)
    assert {source.state for source in await library.sources()} == {State.LIVE}


async def test_erasing_a_shelf_that_never_was_changes_nothing(library: Library) -> None:
    before = await rows(library)
    await library.retention.erase("never seen")
    assert await rows(library) | {"settings": 0} == before | {"settings": 0}


async def test_what_was_erased_or_forgotten_is_nowhere_on_the_disk(library: Library, tmp_path: Path) -> None:
    question = "Que sait Nabuchodonosor de Zanzibar ?"
    await settled(library, "one")
    await kept(library, "two", question, by="ann")
    await library.memory.report(
        await kept(library, "two", CHIPS, by="bob"), "two", by="ann", complaint=Complaint.OTHER, words="Rhododendron"
    )
    assert found_on_disk(tmp_path, "Melchior")
    assert found_on_disk(tmp_path, "Nabuchodonosor")
    await library.retention.erase("one")
    assert not found_on_disk(tmp_path, "Melchior")
    await library.memory.forget("ann")
    assert not found_on_disk(tmp_path, "Nabuchodonosor")
    assert not found_on_disk(tmp_path, "Rhododendron")
    assert found_on_disk(tmp_path, "GB200")
    await kept(library, "two", question, by="ann")
    await library.retention.expire(days(KEPT_DAYS + 1))
    assert not found_on_disk(tmp_path, "Nabuchodonosor")


def found_on_disk(folder: Path, word: str) -> bool:
    return any(word.encode() in path.read_bytes() for path in folder.rglob("*") if path.is_file())


async def test_a_reader_in_the_middle_is_not_disturbed_and_the_rest_is_wiped_later(
    library: Library, tmp_path: Path
) -> None:
    await settled(library, "one")
    async with await Library.open(tmp_path / "data") as reader:
        async with reader._store.read() as connection:
            titles = text("SELECT count(*) FROM versions WHERE text LIKE '%Melchior%'")
            before = (await connection.execute(titles)).scalar_one()
            await library.retention.erase("one")
            assert (await connection.execute(titles)).scalar_one() == before > 0
        assert found_on_disk(tmp_path, "Melchior")
        await library.memory.prefer("two", "language", "fr")
        assert not found_on_disk(tmp_path, "Melchior")
        assert await reader.memory.preferences("two") == {"language": "fr"}


async def test_questions_are_answered_while_shelves_are_erased(library: Library, tmp_path: Path) -> None:
    async def come_and_go(shelf: str) -> None:
        for _ in range(2):
            await settled(library, shelf)
            await library.retention.erase(shelf)

    async def ask(here: Library, shelf: str) -> None:
        for _ in range(8):
            answer = await here.ask(CHIPS, shelf)
            assert "400 000 puces GB200" in answer.citations[0].highlight.quote

    async with await Library.open(tmp_path / "data") as reader:
        await asyncio.gather(
            *(come_and_go(shelf) for shelf in ("one", "two")),
            *(ask(library, shelf) for shelf in ("one", "two", SHARED)),
            ask(reader, "one"),
        )
