"""Golden questions that name the very sentence that answers them: found word for word, kept as it stands, held to."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from index.errors import BadInput, NotFound
from index.library import Library
from index.model import SHARED, Article
from index.moderating.goldens import LONGEST_SENTENCE, Golden
from index.moderating.model import REMOVED_DAYS
from index.reading.document import Kind, Reading
from index.store.tables import goldens

HERE, THERE = "discord-1", "discord-2"
POWER = "Quelle puissance aura le centre de calcul de Valbrune ?"
CENTRE = "Le «\u00a0centre de calcul\u00a0» de Valbrune aura une puissance de 320\u00a0MW, selon l’élue."
TYPED = 'Le "centre de calcul" de Valbrune  aura une puissance\nde 320 MW, selon l\'élue.'
NOISE = "La mairie promet une étude sur le bruit pour le printemps."
PAID = "Combien OpenAI paie-t-elle Oracle par an ?"
YEARLY = "Ce contrat de 30 milliards de dollars par an représente une expansion majeure du projet Stargate ."


def article(*sentences: str, title: str = "Un centre à Valbrune") -> Article:
    return Article(text="\n\n".join(sentences), title=title, language="fr")


async def put(
    library: Library,
    sentence: str,
    question: str = POWER,
    *,
    source: str | None = None,
    figure: str | None = None,
    shelf: str = HERE,
) -> Golden:
    golden = Golden(question=question, source=source, figure=figure, sentence=sentence)
    return await library.goldens.add(golden, by="7", shelf=shelf)


async def add(library: Library, *sentences: str, title: str = "Un centre à Valbrune", shelf: str = HERE) -> str:
    return (await library.add(article(*sentences, title=title), by="7", shelf=shelf)).source.id


async def right(library: Library, shelf: str = HERE, draft_id: str | None = None) -> list[tuple[bool, bool]]:
    return [(one.now, one.then) for one in await library.goldens.hold(shelf, draft_id)]


async def test_a_sentence_is_kept_as_its_source_has_it_and_the_source_with_it(library: Library) -> None:
    source = await add(library, NOISE, CENTRE, NOISE)
    expected = Golden(question=POWER, source=source, sentence=CENTRE)
    assert await put(library, TYPED) == expected
    assert await library.goldens.all(HERE) == [expected]
    assert await put(library, f"  {TYPED} ", source=source, figure="320 MW") == expected.model_copy(
        update={"figure": "320 MW"}
    )
    assert await put(library, "puissance de 320 MW", "Une partie ?") == Golden(
        question="Une partie ?", source=source, sentence="puissance de 320\u00a0MW"
    )
    assert await put(library, YEARLY, PAID) == Golden(question=PAID, source="oracle-4-5-gw", sentence=YEARLY)
    await library.goldens.add(Golden(question=PAID, source="oracle-4-5-gw"), by="7", shelf=HERE)
    assert (await library.goldens.all(HERE))[-1].sentence is None


async def test_a_shelf_s_own_sources_are_searched_first_and_the_newest_of_them(library: Library) -> None:
    await library.add(article(NOISE, CENTRE, title="Partagée"), by="7")
    assert (await put(library, TYPED)).source == "partagee"
    await add(library, CENTRE, title="Ancienne")
    await add(library, CENTRE, NOISE, title="Nouvelle")
    await add(library, CENTRE, title="Ailleurs", shelf=THERE)
    await library.add(article(CENTRE, NOISE, NOISE, title="Partagée hier"), by="7")
    assert (await put(library, TYPED)).source == "nouvelle"
    assert (await put(library, TYPED, source="ancienne")).source == "ancienne"
    assert (await put(library, TYPED, shelf=SHARED)).source == "partagee-hier"
    await library.remove("nouvelle", by="7", shelf=HERE)
    assert (await put(library, TYPED)).source == "ancienne"


async def test_a_sentence_that_stands_nowhere_is_refused_and_nothing_is_kept(library: Library) -> None:
    source = await add(library, CENTRE)
    await add(library, NOISE, shelf=THERE, title="Ailleurs")
    removed = await add(library, "Une phrase qui fut retirée hier.", title="Retirée")
    await library.remove(removed, by="7", shelf=HERE)
    reading = Reading(article=article("Une phrase qui attend encore un peu.", title="Brouillon"), kind=Kind.TEXT)
    await library.drafts.propose(reading, by="7", shelf=HERE)
    nowhere = "This sentence does not stand word for word in any source here."
    for sentence in (
        TYPED.replace("320", "350"),
        TYPED.replace("centre", "Centre"),
        NOISE,
        "Une phrase qui fut retirée hier.",
        "Une phrase qui attend encore un peu.",
        "e «\u00a0centre de calcul",
    ):
        with pytest.raises(BadInput) as refused:
            await put(library, sentence)
        assert str(refused.value) == nowhere, sentence
    with pytest.raises(BadInput) as refused:
        await put(library, YEARLY, source=source)
    assert str(refused.value) == "This sentence does not stand word for word in “Un centre à Valbrune”."
    for sentence in ("de calcul", "« – » de calcul", "un " * (LONGEST_SENTENCE // 3 + 2)):
        with pytest.raises(BadInput, match="at least 3 words and at most 2,000 characters"):
            await put(library, sentence)
    for unknown in ("ailleurs", removed, "nothing"):
        with pytest.raises(NotFound, match="no source called"):
            await put(library, "Une phrase qui fut retirée hier.", source=unknown)
    with pytest.raises(BadInput, match="needs the source"):
        await put(library, " \u200b\n")
    assert await library.goldens.all(HERE) == []


async def test_an_answer_is_right_that_highlights_the_sentence(library: Library) -> None:
    source = await add(library, f"{CENTRE} Le maire dort. {NOISE}")
    for sentence, figure, is_right in (
        (TYPED, None, True),
        (f"{TYPED} Le maire dort.", None, True),
        ("une puissance de 320 MW", None, True),
        (TYPED, "321 MW", False),
    ):
        await put(library, sentence, figure=figure)
        assert await right(library) == [(is_right, is_right)], sentence
    await put(library, "Le maire dort.")
    await library.add(article(f"{CENTRE} {NOISE}"), by="7", shelf=HERE, source_id=source)
    assert (await library.ask(POWER, HERE)).citations[0].source.id == source
    assert await right(library) == [(False, False)], "its source answers, by another sentence"


async def test_a_draft_without_the_sentence_is_told_of_before_it_lives(library: Library) -> None:
    source = await add(library, CENTRE)
    await put(library, TYPED)
    reading = Reading(article=article(CENTRE.replace("320", "350")), kind=Kind.TEXT)
    draft = await library.drafts.propose(reading, by="7", shelf=HERE, of=source)
    assert await right(library, draft_id=draft.id) == [(True, False)]


@pytest.mark.parametrize("shelf", [HERE, SHARED])
async def test_what_is_known_on_a_shelf_is_read_anew_where_a_sentence_comes_or_goes(
    library: Library, shelf: str
) -> None:
    source = await add(library, CENTRE, shelf=shelf)

    async def is_read_anew(*, by_keeping: Golden | None) -> bool:
        before = [await library._ledgers.of(seeing) for seeing in (shelf, HERE)]
        if by_keeping is None:
            await library.goldens.drop(POWER, by="7", shelf=shelf)
        else:
            await library.goldens.add(by_keeping, by="7", shelf=shelf)
        after = [await library._ledgers.of(seeing) for seeing in (shelf, HERE)]
        changed = {one is not other for one, other in zip(before, after, strict=True)}
        assert len(changed) == 1, "whoever sees the shelf learns of it"
        return changed == {True}

    with_sentence = Golden(question=POWER, sentence=TYPED)
    without = Golden(question=POWER, source=source)
    assert not await is_read_anew(by_keeping=without)
    assert await is_read_anew(by_keeping=with_sentence)
    assert await is_read_anew(by_keeping=without), "it takes the place of one with a sentence"
    assert not await is_read_anew(by_keeping=None)
    await library.goldens.add(with_sentence, by="7", shelf=shelf)
    assert await is_read_anew(by_keeping=None)


async def test_people_are_answered_while_a_sentence_is_looked_for(library: Library) -> None:
    for number in range(30):
        await add(library, *(f"{number} fois {place}, {NOISE}" for place in range(300)), title=f"Titre {number}")
    await library.ask(PAID, HERE)
    searching = asyncio.create_task(put(library, "Il aura bruit 350 MW de puissance."))
    turns = 0
    while not searching.done():
        await asyncio.sleep(0)
        turns += 1
    with pytest.raises(BadInput, match="any source here"):
        await searching
    assert turns > 1  # a search in the loop itself would be over in the first one


async def test_the_words_of_an_erased_source_are_gone_from_its_golden_questions_alone(library: Library) -> None:
    source = await add(library, CENTRE)
    await add(library, CENTRE, shelf=THERE)
    for shelf in (HERE, THERE):
        await put(library, TYPED, shelf=shelf)
    await put(library, YEARLY, PAID)
    await library.remove(source, by="7", shelf=HERE)
    assert (await library.goldens.all(HERE))[0].sentence == CENTRE
    await library.retention.expire(datetime.now(UTC) + timedelta(days=REMOVED_DAYS + 1))
    assert await library.goldens.all(HERE) == [
        Golden(question=POWER, source=source),
        Golden(question=PAID, source="oracle-4-5-gw", sentence=YEARLY),
    ]
    assert [golden.sentence for golden in await library.goldens.all(THERE)] == [CENTRE]
    await library.retention.erase(THERE)
    async with library._store.read() as connection:
        kept = (await connection.execute(select(goldens.c.sentence))).scalars().all()
    assert sorted(kept) == sorted(["", YEARLY])
