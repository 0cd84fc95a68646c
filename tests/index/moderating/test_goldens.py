"""Golden questions: what the right answer comes from, held against a shelf as it is and as a draft would make it."""

import asyncio

import pytest

from index.errors import BadInput, NotFound
from index.figures.kinds import Review
from index.library import Library
from index.model import SHARED, Article
from index.moderating import goldens
from index.moderating.goldens import Golden, Held
from index.moderating.model import Act
from index.reading.document import Kind, Reading

HERE, THERE = "discord-1", "discord-2"
PAID = "Combien OpenAI paie-t-elle Oracle par an ?"
POWER = "Quelle puissance aura le centre de calcul de Valbrune ?"
CENTRE = "Le centre de calcul de Valbrune aura une puissance de 320 MW, selon sa directrice."
NOISE = "La mairie promet une étude sur le bruit pour le printemps."


def article(*sentences: str, title: str = "Un centre à Valbrune") -> Article:
    return Article(text="\n\n".join(sentences), title=title, language="fr")


async def put(library: Library, golden: Golden, shelf: str = HERE) -> Golden:
    return await library.goldens.add(golden, by="7", shelf=shelf)


async def held(library: Library, draft_id: str | None = None, shelf: str = HERE) -> dict[str, tuple[bool, bool, str]]:
    """Return of each golden question whether it is right now, whether it would be, and what it comes from."""
    found: list[Held] = await library.goldens.hold(shelf, draft_id)
    return {one.golden.question: (one.now, one.then, one.got) for one in found}


async def draft(library: Library, *sentences: str, of: str | None = None, shelf: str = HERE) -> str:
    reading = Reading(article=article(*sentences), kind=Kind.TEXT)
    return (await library.drafts.propose(reading, by="7", shelf=shelf, of=of)).id


async def test_golden_questions_are_each_shelf_s_own_and_noted(library: Library) -> None:
    kept = await put(library, Golden(question="  Combien\u200b OpenAI paie\n Oracle ? ", source="oracle-4-5-gw"))
    assert kept == Golden(question="Combien OpenAI paie Oracle ?", source="oracle-4-5-gw")
    await put(library, Golden(question="Combien ?", figure=" 4,5 GW "))
    await put(library, Golden(question="Combien OpenAI paie Oracle ?", figure="30 milliards de dollars"))
    assert await library.goldens.all(HERE) == [
        Golden(question="Combien ?", figure="4,5 GW"),
        Golden(question="Combien OpenAI paie Oracle ?", figure="30 milliards de dollars"),
    ]
    assert await library.goldens.all(THERE) == await library.goldens.all(SHARED) == []
    with pytest.raises(NotFound):
        await library.goldens.drop("Combien ?", by="8", shelf=THERE)
    await library.goldens.drop("Combien ? ", by="8", shelf=HERE)
    with pytest.raises(NotFound):
        await library.goldens.drop("Combien ?", by="8", shelf=HERE)
    deeds = (await library.journal.read(HERE)).deeds
    assert [(deed.act, deed.subject, deed.by) for deed in deeds] == [
        (Act.GOLDEN_DROPPED, "Combien ?", "8"),
        (Act.GOLDEN_ADDED, "Combien OpenAI paie Oracle ?", "7"),
        (Act.GOLDEN_ADDED, "Combien ?", "7"),
        (Act.GOLDEN_ADDED, "Combien OpenAI paie Oracle ?", "7"),
    ]


async def test_what_cannot_be_held_to_anything_is_refused(library: Library) -> None:
    for golden, said in (
        (Golden(question=" \u200b\n", source="oracle-4-5-gw"), "1 to 500 characters"),
        (Golden(question="a" * 501, source="oracle-4-5-gw"), "1 to 500 characters"),
        (Golden(question=PAID), "needs the source"),
        (Golden(question=PAID, source="", figure=" "), "needs the source"),
        (Golden(question=PAID, figure="beaucoup"), "“beaucoup” is not one number"),
        (Golden(question=PAID, figure="4 GW et 5 GW"), "not one number"),
        (Golden(question=PAID, figure="9" * 5_000), "“9{100}” is not one number"),
    ):
        with pytest.raises(BadInput, match=said):
            await put(library, golden)
    theirs = (await library.add(article(CENTRE), by="7", shelf=THERE)).source.id
    waiting = await library.drafts.draft(await draft(library, NOISE), HERE)
    for unknown in (theirs, waiting.source.id, "nothing"):
        with pytest.raises(NotFound, match="no source called"):
            await put(library, Golden(question=PAID, source=unknown))
    assert await library.goldens.all(HERE) == []
    assert Act.GOLDEN_ADDED not in {deed.act for deed in (await library.journal.read(HERE)).deeds}


async def test_there_is_a_limit_which_replacing_does_not_meet(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(goldens, "MOST", 2)
    for question in ("Une ?", "Deux ?", "Deux ?"):
        await put(library, Golden(question=question, source="oracle-4-5-gw"))
    with pytest.raises(BadInput, match="2 golden questions"):
        await put(library, Golden(question="Trois ?", source="oracle-4-5-gw"))
    await put(library, Golden(question="Trois ?", source="oracle-4-5-gw"), THERE)


async def test_an_answer_is_right_by_its_source_its_figure_or_both(library: Library) -> None:
    assert await held(library) == {}
    expected = {
        PAID: (Golden(question=PAID, source="oracle-4-5-gw"), True),
        f"{PAID} ": (Golden(question=f"1 {PAID}", source="amd-6-gw"), False),
        "2": (Golden(question="Combien OpenAI paie Oracle ?", figure="30 milliards de dollars par an"), True),
        "3": (Golden(question="How much does OpenAI pay Oracle?", figure="$30 billion"), True),
        "4": (Golden(question="How much does OpenAI pay Oracle a year?", figure="$30 billion a month"), False),
        "5": (Golden(question="Combien paie OpenAI à Oracle ?", figure="31 milliards de dollars"), False),
        "6": (Golden(question="OpenAI paie combien Oracle ?", source="oracle-4-5-gw", figure="30 GW"), False),
        "7": (Golden(question="Qui dirige la boulangerie Google ?", source="oracle-4-5-gw"), False),
    }
    kept = {(await put(library, golden)).question: right for golden, right in expected.values()}
    found = await held(library)
    assert {question: now for question, (now, _, _) in found.items()} == kept
    assert all(now == then for now, then, _ in found.values())
    assert found[PAID][2] == "oracle-4-5-gw"
    assert found["Qui dirige la boulangerie Google ?"] == (False, False, "")


async def test_what_a_draft_would_change_is_told_before_it_lives_and_nothing_is_changed_by_asking(
    library: Library,
) -> None:
    added = await library.add(article(CENTRE, NOISE), by="7", shelf=HERE)
    await put(library, Golden(question=POWER, source=added.source.id))
    await put(library, Golden(question=PAID, source="oracle-4-5-gw"))
    shorter = await draft(library, NOISE, of=added.source.id)
    for _ in range(2):
        assert await held(library, shorter) == {
            POWER: (True, False, ""),
            PAID: (True, True, "oracle-4-5-gw"),
        }
        assert (await held(library))[POWER] == (True, True, added.source.id)
    (changed,) = [one for one in await library.goldens.hold(HERE, shorter) if one.changes]
    assert changed.golden.question == POWER
    await library.drafts.approve(shorter, by="8", shelf=HERE)
    assert (await held(library))[POWER] == (False, False, "")
    with pytest.raises(NotFound):
        await held(library, shorter)


async def test_a_draft_that_answers_makes_its_golden_question_right_with_its_approved_figures_alone(
    library: Library,
) -> None:
    await put(library, Golden(question=POWER, figure="320 MW"))
    new = await draft(library, CENTRE)
    assert await held(library, new) == {POWER: (False, False, "un-centre-a-valbrune")}
    figures = [figure.id for figure in (await library.drafts.draft(new, HERE)).figures]
    await library.reviews.decide(figures, Review.APPROVED, by="8", shelf=HERE)
    assert await held(library, new) == {POWER: (False, True, "un-centre-a-valbrune")}
    assert (await held(library))[POWER] == (False, False, "")


async def test_another_server_s_draft_is_not_held_against(library: Library) -> None:
    await put(library, Golden(question=POWER, figure="320 MW"))
    theirs = await draft(library, CENTRE, shelf=THERE)
    for unknown in (theirs, "nothing"):
        with pytest.raises(NotFound):
            await library.goldens.hold(HERE, unknown)


async def test_a_removed_source_s_golden_question_is_not_right_any_more(library: Library) -> None:
    await put(library, Golden(question=PAID, source="oracle-4-5-gw"))
    await library.remove("oracle-4-5-gw", by="operator")
    assert not (await held(library))[PAID][0]
    await library.restore("oracle-4-5-gw", by="operator")
    assert (await held(library))[PAID][0]


async def test_people_are_answered_while_many_golden_questions_are_held(library: Library) -> None:
    for number in range(40):
        await put(library, Golden(question=f"{PAID} {number}", source="oracle-4-5-gw"))
    holding = asyncio.create_task(library.goldens.hold(HERE))
    answered = 0
    while not holding.done():
        assert (await library.ask(PAID, HERE)).citations
        answered += 1
    assert answered > 1
    assert len(await holding) == 40
