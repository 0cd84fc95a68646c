"""What is remembered of asking: answers found again with their quotes, and what people say of them."""

import asyncio
from pathlib import Path

import pytest
from sqlalchemy import event

from index.errors import NotFound, StoreUnavailable
from index.figures.kinds import Review
from index.library import Library
from index.memory import Memory
from index.model import SHARED, Answer, Article, Complaint, Reason, Traces, Verdict

CHIPS = "Combien de puces GB200 Oracle a-t-il achetées ?"
LIGHTHOUSE = "Le phare de Cordouan fut achevé en 1611 par Louis de Foix. Sa lanterne porte à 41 kilomètres."
WHO = "Qui a achevé le phare de Cordouan ?"
COMPARED = "Compare la capacité d'Oracle et d'AMD"
TOGETHER = "how many blackwell chips could all eight abilene buildings hold together"


def article(text: str = LIGHTHOUSE, title: str = "Le phare de Cordouan") -> Article:
    return Article(text=text, title=title, language="fr")


async def kept(
    library: Library, question: str = CHIPS, *, shelf: str = "one", by: str = "ann", origin: str = ""
) -> tuple[str, Answer]:
    answer = await library.ask(question, shelf)
    origin = origin or f"{shelf}/{by}/{question}"
    return await library.memory.keep(answer, shelf=shelf, by=by, origin=origin), answer


async def assert_same(memory: Memory, answer_id: str, answer: Answer, shelf: str = "one") -> None:
    found = await memory.recall(answer_id, shelf)
    assert found.answer == answer
    assert found.gone == 0


async def test_an_answer_is_recalled_as_it_was_given(library: Library) -> None:
    answer_id, answer = await kept(library)
    found = await library.memory.recall(answer_id, "one")
    assert answer.verdict is Verdict.ANSWERED
    assert found.answer == answer
    assert (found.id, found.shelf, found.asked_by, found.gone) == (answer_id, "one", "ann", 0)
    assert found.asked_at.tzinfo is not None


@pytest.mark.parametrize("question", ["Combien Google paie-t-il Oracle ?", "???", "Oracle \udcff", "prix\0"])
async def test_a_refusal_is_recalled_as_it_was_given(library: Library, question: str) -> None:
    answer_id, answer = await kept(library, question, origin="refused")
    await assert_same(library.memory, answer_id, answer)


@pytest.mark.parametrize("reason", [reason for reason in Reason if reason is not Reason.COVERED])
async def test_a_refusal_is_recalled_with_its_reason(library: Library, reason: Reason) -> None:
    answer = (await library.ask("Combien Google paie-t-il Oracle ?", "one")).model_copy(update={"reason": reason})
    answer_id = await library.memory.keep(answer, shelf="one", by="ann", origin="refused")
    await assert_same(library.memory, answer_id, answer)


async def test_ids_cannot_be_guessed(library: Library) -> None:
    ids = {(await kept(library, origin=str(i)))[0] for i in range(20)}
    assert len(ids) == 20
    assert {len(answer_id) for answer_id in ids} == {16}


async def test_what_is_kept_is_there_after_a_restart(tmp_path: Path) -> None:
    async with await Library.open(tmp_path, "write") as library:
        answer_id, answer = await kept(library)
    async with await Library.open(tmp_path) as library:
        await assert_same(library.memory, answer_id, answer)


async def test_what_keep_acknowledged_another_process_sees(library: Library, tmp_path: Path) -> None:
    async with await Library.open(tmp_path / "data") as reader:
        answer_id, answer = await kept(library)
        await assert_same(reader.memory, answer_id, answer)


async def test_an_answer_is_recalled_from_its_own_shelf_only(library: Library) -> None:
    answer_id, _ = await kept(library, shelf="one")
    for shelf in ("two", SHARED, ""):
        with pytest.raises(NotFound, match="no longer kept here"):
            await library.memory.recall(answer_id, shelf)
        with pytest.raises(NotFound):
            await library.memory.report(answer_id, shelf, by="bob", complaint=Complaint.OTHER)
        with pytest.raises(NotFound):
            await library.memory.wish(answer_id, shelf, by="bob")
    assert await library.memory.reports("one") == []
    assert await library.memory.wishes("one") == []


async def test_an_unknown_answer_is_a_clear_refusal(library: Library) -> None:
    with pytest.raises(NotFound, match="no longer kept here"):
        await library.memory.recall("never-was", "one")


async def test_a_source_that_was_removed_is_quoted_no_more(library: Library) -> None:
    answer_id, answer = await kept(library)
    lost = {citation.source.id for citation in answer.citations[:1]}
    await library.remove(*lost, by="mod")
    found = await library.memory.recall(answer_id, "one")
    left = [citation for citation in answer.citations if citation.source.id not in lost]
    assert list(found.answer.citations) == left
    assert found.gone == len(answer.citations) - len(left) > 0
    await library.restore(*lost, by="mod")
    await assert_same(library.memory, answer_id, answer)


async def test_ranks_keep_their_numbers_when_others_are_gone(library: Library) -> None:
    await library.add(article(), by="mod", shelf="one")
    await library.add(article("Louis de Foix a achevé le phare de Cordouan.", "Foix"), by="mod", shelf="one")
    answer_id, answer = await kept(library, WHO)
    assert [citation.rank for citation in answer.citations[:2]] == [1, 2]
    await library.remove(answer.citations[0].source.id, by="mod", shelf="one")
    found = await library.memory.recall(answer_id, "one")
    assert found.answer.citations[0] == next(c for c in answer.citations if c.source != answer.citations[0].source)
    assert found.answer.citations[0].rank > 1


async def test_a_quote_of_an_earlier_version_is_found_in_that_version(library: Library) -> None:
    await library.add(article(), by="mod", shelf="one", source_id="phare")
    answer_id, answer = await kept(library, WHO)
    await library.add(article("Un tout autre texte sur le phare."), by="mod", shelf="one", source_id="phare")
    await assert_same(library.memory, answer_id, answer)


async def test_only_where_a_quote_stands_is_kept_not_the_quote(library: Library) -> None:
    answer_id, answer = await kept(library)
    async with library._store.read() as connection:
        row = (await connection.exec_driver_sql("SELECT * FROM answers")).one()
    assert answer.citations[0].highlight.quote not in repr(row)
    assert answer_id in repr(row)


async def test_a_quote_that_cannot_be_found_is_left_out(library: Library) -> None:
    answer_id, answer = await kept(library)
    async with library._store.write() as connection:
        await connection.exec_driver_sql("UPDATE versions SET text = substr(text, 1, 10)")
    found = await library.memory.recall(answer_id, "one")
    assert (found.answer.citations, found.gone) == ((), len(answer.citations))


async def test_one_origin_is_kept_once(library: Library) -> None:
    first, answer = await kept(library, origin="message 1")
    again, _ = await kept(library, WHO, by="bob", origin="message 1")
    assert again == first
    await assert_same(library.memory, first, answer)


async def test_whether_an_origin_was_answered_is_known(library: Library) -> None:
    assert not await library.memory.answered("message 1")
    await kept(library, origin="message 1")
    assert await library.memory.answered("message 1")
    assert not await library.memory.answered("message 2")


async def test_two_hundred_answers_at_once_are_all_kept_in_few_commits(library: Library) -> None:
    answer = await library.ask(CHIPS, "one")
    commits: list[object] = []
    assert library._store._writer is not None
    event.listen(library._store._writer.sync_engine, "commit", commits.append)
    ids = await asyncio.gather(
        *(library.memory.keep(answer, shelf=f"s{i % 7}", by=f"p{i}", origin=f"o{i}") for i in range(200))
    )
    assert 1 <= len(commits) <= 2
    assert len(set(ids)) == 200
    for i in (0, 1, 100, 199):
        found = await library.memory.recall(ids[i], f"s{i % 7}")
        assert (found.answer, found.asked_by) == (answer, f"p{i}")


async def test_the_same_origin_many_times_at_once_is_one_answer(library: Library) -> None:
    answer = await library.ask(CHIPS)
    ids = await asyncio.gather(
        *(library.memory.keep(answer, shelf=SHARED, by="ann", origin="one message") for _ in range(20))
    )
    assert len(set(ids)) == 1
    assert len((await library.memory.traces("ann")).questions) == 1


async def test_who_gives_up_waiting_does_not_take_the_others_with_them(library: Library) -> None:
    answer = await library.ask(CHIPS)
    keeping = [
        asyncio.create_task(library.memory.keep(answer, shelf=SHARED, by=f"p{i}", origin=f"o{i}")) for i in range(3)
    ]
    await asyncio.sleep(0)
    keeping[0].cancel()
    kept_ids = await asyncio.gather(*keeping, return_exceptions=True)
    assert isinstance(kept_ids[0], asyncio.CancelledError)
    for answer_id in kept_ids[1:]:
        assert (await library.memory.recall(str(answer_id), SHARED)).answer == answer


async def test_what_is_being_kept_when_the_library_closes_is_kept(tmp_path: Path) -> None:
    async with await Library.open(tmp_path, "write") as library:
        answer = await library.ask(CHIPS)
        keeping = asyncio.create_task(library.memory.keep(answer, shelf=SHARED, by="ann", origin="o"))
        await asyncio.sleep(0)
    async with await Library.open(tmp_path) as library:
        await assert_same(library.memory, await keeping, answer, SHARED)


async def test_a_person_s_newest_report_on_an_answer_counts(library: Library) -> None:
    memory = library.memory
    first, _ = await kept(library)
    second, _ = await kept(library, WHO)
    await memory.report(first, "one", by="ann", complaint=Complaint.OUTDATED, words="vieux")
    await memory.report(second, "one", by="bob", complaint=Complaint.NO_ANSWER)
    await memory.report(first, "one", by="ann", complaint=Complaint.WRONG_FIGURE, words="c’est \udcff faux")
    found = await memory.reports("one")
    assert [(report.answer, report.by, report.complaint, report.words, report.question) for report in found] == [
        (first, "ann", Complaint.WRONG_FIGURE, "c’est ? faux", CHIPS),
        (second, "bob", Complaint.NO_ANSWER, "", WHO),
    ]
    assert await memory.reports("two") == []


async def test_wishes_are_grouped_by_question_whatever_its_spelling(library: Library) -> None:
    memory = library.memory
    plain, _ = await kept(library, "Qui dirige Crusoé ?", by="ann")
    shouted, _ = await kept(library, "qui dirige CRUSOE", by="bob")
    other, _ = await kept(library, "Who runs Crusoe?", by="cid")
    assert await memory.wish(plain, "one", by="ann")
    assert await memory.wish(other, "one", by="cid")
    assert await memory.wish(shouted, "one", by="bob")
    assert not await memory.wish(plain, "one", by="ann")
    assert not await memory.wish(shouted, "one", by="ann")
    found = await memory.wishes("one")
    assert [(wish.question, wish.people, wish.answer) for wish in found] == [
        ("qui dirige CRUSOE", 2, shouted),
        ("Who runs Crusoe?", 1, other),
    ]
    assert await memory.wishes("two") == []


async def test_the_same_wish_on_two_shelves_is_two(library: Library) -> None:
    for shelf in ("one", "two"):
        answer_id, _ = await kept(library, shelf=shelf)
        assert await library.memory.wish(answer_id, shelf, by="ann")
        assert [wish.people for wish in await library.memory.wishes(shelf)] == [1]


async def test_preferences_are_each_shelf_s_own(library: Library) -> None:
    memory = library.memory
    await memory.prefer("one", "language", "fr")
    await memory.prefer("one", "language", "en")
    await memory.prefer("one", "role", "12")
    await memory.prefer("two", "language", "fr")
    await memory.prefer(SHARED, "commands", "abc")
    assert await memory.preferences("one") == {"language": "en", "role": "12"}
    assert await memory.preferences(SHARED) == {"commands": "abc"}
    await memory.prefer("one", "language", None)
    await memory.prefer("three", "language", None)
    assert await memory.preferences("one") == {"role": "12"}
    assert await memory.preferences("two") == {"language": "fr"}
    assert await memory.preferences("three") == {}
    assert await library.retention.shelves() == ["one", "two"]


async def test_a_person_sees_all_that_is_kept_about_them_and_nothing_else(library: Library) -> None:
    memory = library.memory
    mine, _ = await kept(library, by="ann")
    theirs, _ = await kept(library, WHO, by="bob", shelf="two")
    await memory.report(theirs, "two", by="ann", complaint=Complaint.OTHER, words="hm")
    await memory.report(mine, "one", by="bob", complaint=Complaint.OTHER)
    await memory.wish(theirs, "two", by="ann")
    await memory.wish(theirs, "two", by="bob")
    found = await memory.traces("ann")
    assert [question.text for question in found.questions] == [CHIPS]
    assert [(report.answer, report.words) for report in found.reports] == [(theirs, "hm")]
    assert [wish.text for wish in found.wishes] == [WHO]
    assert await memory.traces("stranger") == Traces()


async def test_forgetting_a_person_deletes_what_is_theirs_and_leaves_the_rest(library: Library) -> None:
    memory = library.memory
    mine, _ = await kept(library, by="ann")
    theirs, answer = await kept(library, WHO, by="bob")
    for by in ("ann", "bob"):
        await memory.report(theirs, "one", by=by, complaint=Complaint.OTHER)
        await memory.report(mine, "one", by=by, complaint=Complaint.OTHER)
        await memory.wish(theirs, "one", by=by)
        await memory.wish(mine, "one", by=by)
    was = await memory.traces("ann")
    assert await memory.forget("ann") == was != Traces()
    assert await memory.traces("ann") == Traces() == await memory.forget("ann")
    with pytest.raises(NotFound):
        await memory.recall(mine, "one")
    assert [(report.answer, report.by) for report in await memory.reports("one")] == [(theirs, "bob")]
    assert [(wish.answer, wish.people) for wish in await memory.wishes("one")] == [(theirs, 1)]
    await assert_same(memory, theirs, answer)


async def test_a_reader_recalls_and_keeps_nothing(library: Library, tmp_path: Path) -> None:
    answer_id, answer = await kept(library)
    async with await Library.open(tmp_path / "data") as reader:
        await assert_same(reader.memory, answer_id, answer)
        assert await reader.memory.reports("one") == []
        for writing in (
            reader.memory.keep(answer, shelf="one", by="ann", origin="new"),
            reader.memory.report(answer_id, "one", by="ann", complaint=Complaint.OTHER),
            reader.memory.wish(answer_id, "one", by="ann"),
            reader.memory.prefer("one", "language", "fr"),
            reader.memory.forget("ann"),
            reader.retention.depart("one"),
            reader.retention.arrive("one"),
            reader.retention.expire(),
            reader.retention.erase("one"),
        ):
            with pytest.raises(StoreUnavailable, match="opened for reading only"):
                await writing


@pytest.mark.parametrize(
    ("question", "computed"),
    [
        ("Combien OpenAI paie-t-elle Oracle par an ?", []),
        (COMPARED, ["6000000000 / 4500000000 ≈ 1.33333333333", "6000000000 - 4500000000 = 1500000000"]),
        (TOGETHER, ["8 * 50000 = 400000"]),
    ],
)
async def test_the_figures_of_an_answer_are_recalled_with_it_computed_ones_too(
    library: Library, question: str, computed: list[str]
) -> None:
    answer_id, answer = await kept(library, question)
    assert answer.figures
    assert [figure.formula for figure in answer.figures if figure.formula] == computed
    await assert_same(library.memory, answer_id, answer)


async def test_a_removed_source_s_figure_is_gone_from_a_kept_answer_with_all_that_was_computed_of_it(
    library: Library,
) -> None:
    answer_id, answer = await kept(library, COMPARED)
    assert len(answer.figures) == 4
    await library.remove("amd-6-gw", by="mod")
    left = (await library.memory.recall(answer_id, "one")).answer.figures
    assert [figure.id for figure in left] == ["oracle-capacity-about"]
    await library.restore("amd-6-gw", by="mod")
    await assert_same(library.memory, answer_id, answer)


async def test_a_figure_that_is_rejected_after_all_is_gone_from_a_kept_answer(library: Library) -> None:
    news = article("OpenAI loue 7 GW de puissance de calcul à Oracle.", "Nouveau contrat")
    await library.add(news, by="mod", shelf="one", source_id="news")
    (found,) = await library.reviews.found_in("news", "one")
    await library.reviews.decide([found.id], Review.APPROVED, by="mod", shelf="one")
    answer_id, answer = await kept(library, "Quelle puissance OpenAI loue-t-elle à Oracle ?")
    assert found.id in {figure.id for figure in answer.figures}
    await library.reviews.decide([found.id], Review.REJECTED, by="mod", shelf="one")
    recalled = (await library.memory.recall(answer_id, "one")).answer
    assert recalled.figures == tuple(figure for figure in answer.figures if figure.id != found.id)
    assert recalled.citations == answer.citations


async def test_only_the_names_of_an_answer_s_figures_are_kept_not_their_values(library: Library) -> None:
    await kept(library, COMPARED)
    async with library._store.read() as connection:
        row = repr((await connection.exec_driver_sql("SELECT * FROM answers")).one())
    assert "oracle-capacity" in row
    assert "4500000000" not in row
    assert "1.3333" not in row
