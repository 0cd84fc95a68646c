"""What is called otherwise on a shelf: questions are understood so there, at once, and nowhere else."""

from pathlib import Path

import pytest

from index.errors import BadInput, StoreUnavailable
from index.library import Library
from index.model import SHARED, Answer, Article, Verdict
from index.moderating.goldens import Golden
from index.moderating.model import Act

HERE, THERE = "discord-1", "discord-2"
TEXT = """Hélionord construira une éolienne de 12 mégawatts à Valbrune.

La turbine sera livrée en mars. Zorgatec fournira les batteries.

Le maire de Valbrune, Jean Dupré, a promis une étude sur le bruit."""
NAMED = "ZRG = Zorgatec"
QUESTIONS = ("Que fournira ZRG ?", "What will ZRG supply?", "que fournira zrg ?")
BATTERIES = "Zorgatec fournira les batteries."


@pytest.fixture
async def two(library: Library) -> Library:
    """A library with the same source on two shelves."""
    for shelf in (HERE, THERE):
        await library.add(Article(title="Valbrune", text=TEXT, language="fr"), by="test", shelf=shelf)
    return library


def told(answer: Answer) -> str:
    """Return the first quote of an answer; empty where there is none."""
    return answer.citations[0].highlight.quote if answer.verdict is Verdict.ANSWERED else ""


async def test_a_question_that_failed_is_answered_once_the_entry_is_there_and_on_that_shelf_alone(two: Library) -> None:
    assert [told(await two.ask(question, HERE)) for question in QUESTIONS] == ["", "", ""]
    assert await two.synonyms.put(NAMED, by="7", shelf=HERE) == 1
    assert [told(await two.ask(question, HERE)) for question in QUESTIONS] == [BATTERIES] * 3
    for shelf in (THERE, SHARED):
        assert [told(await two.ask(question, shelf)) for question in QUESTIONS] == ["", "", ""]
    await two.synonyms.put("", by="7", shelf=HERE)
    assert [told(await two.ask(question, HERE)) for question in QUESTIONS] == ["", "", ""]


@pytest.mark.parametrize(
    ("entry", "question", "value"),
    [
        ("Jupiter = OpenAI", "Combien Jupiter paie-t-elle Oracle par an ?", 30_000_000_000),
        ("Jupiter = OpenAI", "How much does Jupiter pay Oracle per year?", 30_000_000_000),
        ("la pépite de San Francisco = OpenAI", "Combien a levé la pépite de San Francisco ?", 6_600_000_000),
    ],
)
async def test_a_figure_is_found_by_what_else_its_party_is_called(
    library: Library, entry: str, question: str, value: int
) -> None:
    before = await library.ask(question, HERE)
    await library.synonyms.put(entry, by="7", shelf=HERE)
    after = await library.ask(question, HERE)
    assert before.verdict is Verdict.UNANSWERED
    assert value in {figure.value for figure in after.figures}
    assert after.question == question


async def test_what_the_sources_say_themselves_is_not_put_otherwise(two: Library) -> None:
    question = "Qui fournira les batteries ?"
    before = await two.ask(question, HERE)
    await two.synonyms.put("batterie = noise\nbruit = battery", by="7", shelf=HERE)
    assert told(await two.ask(question, HERE)) == told(before) == BATTERIES


async def test_another_shelf_neither_sees_nor_feels_an_entry(two: Library) -> None:
    asked = (*QUESTIONS, "Quand la turbine sera-t-elle livrée ?", "Who is the mayor of Valbrune?")

    async def answers(shelf: str) -> list[dict[str, object]]:
        """Return all there is to answers, the scores to the last digit; but for the time that they took."""
        return [(await two.ask(question, shelf, 12)).model_dump(exclude={"took_ms"}) for question in asked]

    here, there = await answers(HERE), await answers(THERE)
    await two.synonyms.put(f"{NAMED}\nturbine, maire = battery, mayor, noise\nlivrer = know", by="7", shelf=HERE)
    changed = await answers(HERE)
    assert all(after != before for after, before in zip(changed, here, strict=True))
    assert await answers(THERE) == there
    assert await two.synonyms.of(THERE) == await two.synonyms.of(SHARED) == ""
    assert Act.SETTING not in {deed.act for deed in (await two.journal.read(THERE)).deeds}


async def test_entries_of_the_shared_shelf_hold_on_every_shelf_beside_its_own(two: Library) -> None:
    await two.synonyms.put("Hélios = Hélionord", by="7", shelf=HERE)
    await two.synonyms.put(NAMED, by="operator", shelf=SHARED)
    for shelf in (HERE, THERE):
        assert told(await two.ask(QUESTIONS[0], shelf)) == BATTERIES
    built = "Que construira Hélios ?"
    assert told(await two.ask(built, HERE)).startswith("Hélionord construira")
    assert told(await two.ask(built, THERE)) == ""


async def test_how_a_passage_was_found_is_told_with_the_entry(two: Library) -> None:
    await two.synonyms.put(NAMED, by="7", shelf=HERE)
    answer = await two.ask(QUESTIONS[0], HERE)
    shares = await two.explain(answer, answer.citations[0], HERE)
    assert "zorgatec" in {share.word for share in shares}


async def test_golden_questions_are_held_with_the_shelf_s_own_entries(two: Library) -> None:
    (source,) = await two.own(HERE)
    for shelf in (HERE, THERE):
        await two.goldens.add(Golden(question=QUESTIONS[0], source=source.id), by="7", shelf=shelf)
    await two.synonyms.put(NAMED, by="7", shelf=HERE)
    assert [[one.now for one in await two.goldens.hold(shelf)] for shelf in (HERE, THERE)] == [[True], [False]]


async def test_entries_are_kept_as_they_were_written_and_who_changed_them_is_noted(two: Library) -> None:
    written = "# Noms\n\nZRG =  Zorg\u200batec  \nbase lunaire = moon base\n\n"
    assert await two.synonyms.put(written, by="7", shelf=HERE) == 2
    assert await two.synonyms.of(HERE) == "# Noms\n\nZRG = Zorgatec\nbase lunaire = moon base"
    assert await two.synonyms.count(HERE) == 2
    assert await two.synonyms.count(THERE) == 0
    (deed, *_) = (await two.journal.read(HERE)).deeds
    assert (deed.act, deed.subject, deed.by, deed.detail) == (Act.SETTING, "synonyms", "7", {"entries": 2})


async def test_a_bad_line_changes_nothing(two: Library) -> None:
    await two.synonyms.put(NAMED, by="7", shelf=HERE)
    with pytest.raises(BadInput, match=r"^Line 2 is not written like"):
        await two.synonyms.put("puce = chip\nZRG", by="8", shelf=HERE)
    assert await two.synonyms.of(HERE) == NAMED
    assert told(await two.ask(QUESTIONS[0], HERE)) == BATTERIES
    assert "8" not in {deed.by for deed in (await two.journal.read(HERE)).deeds}


async def test_a_reader_learns_of_what_another_process_changes(two: Library, tmp_path: Path) -> None:
    async with await Library.open(tmp_path / "data") as reader:
        assert told(await reader.ask(QUESTIONS[0], HERE)) == ""
        await two.synonyms.put(NAMED, by="7", shelf=HERE)
        assert told(await reader.ask(QUESTIONS[0], HERE)) == BATTERIES
        await two.synonyms.put("", by="7", shelf=HERE)
        assert told(await reader.ask(QUESTIONS[0], HERE)) == ""
        with pytest.raises(StoreUnavailable):
            await reader.synonyms.put(NAMED, by="7", shelf=HERE)


async def test_entries_go_with_the_shelf_and_come_back_with_its_file(two: Library, tmp_path: Path) -> None:
    file = tmp_path / "shelf.jsonl.gz"
    await two.synonyms.put(NAMED, by="7", shelf=HERE)
    await two.exchange.export(file, HERE, release="test")
    assert told(await two.ask(QUESTIONS[0], HERE)) == BATTERIES
    await two.retention.erase(HERE)
    await two.add(Article(title="Valbrune", text=TEXT, language="fr"), by="test", shelf=HERE)
    assert await two.synonyms.of(HERE) == ""
    assert told(await two.ask(QUESTIONS[0], HERE)) == ""
    await two.exchange.import_(file, by="test")
    assert await two.synonyms.of(HERE) == NAMED
    assert told(await two.ask(QUESTIONS[0], HERE)) == BATTERIES


async def test_entries_that_another_hand_has_spoilt_leave_the_shipped_lexicon(two: Library) -> None:
    await two.memory.prefer(HERE, "synonyms", f"{NAMED}\nno entry")
    assert told(await two.ask("Quand la turbine sera-t-elle livrée ?", HERE)) == "La turbine sera livrée en mars."
    assert told(await two.ask(QUESTIONS[0], HERE)) == ""
