"""What a server has taught is found again in other words, there alone; what is known of the seeds stays with these."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest_asyncio

from index import asking
from index.familiar.points import Recalled
from index.language import dictionary
from index.library import Library
from index.model import SHARED, Article, Reason
from index.moderating.goldens import Golden

ARTICLE = (
    "Le canal de Morvane relie la mer au lac. La régie du canal a posé 42 barrières neuves cet hiver.\n\n"
    "Chaque éclusier touche désormais une indemnité de transport. Les bateliers ont salué cette mesure.\n\n"
    "La fête du canal attire des visiteurs venus de loin."
)
SENTENCE = "Chaque éclusier touche désormais une indemnité de transport."
TAUGHT = "Who refunds the staff for their train tickets?"
AGAIN = "Are the train tickets of the staff refunded?"


@pytest_asyncio.fixture
async def library(tmp_path: Path) -> AsyncIterator[Library]:
    async with await Library.open(tmp_path, "write") as library:
        for shelf in ("discord-1", "discord-2"):
            article = Article(text=ARTICLE, title="Le canal de Morvane", language="fr")
            await library.add(article, by="a test", shelf=shelf, source_id="canal")
        yield library


async def teach(library: Library, shelf: str) -> None:
    await library.goldens.add(Golden(question=TAUGHT, sentence=SENTENCE), by="a test", shelf=shelf)


async def first(library: Library, question: str, shelf: str) -> str | None:
    """Return the first quote of an answer; None where there is none."""
    answer = await library.ask(question, shelf)
    return answer.citations[0].highlight.quote if answer.reason is Reason.COVERED else None


async def recalled(library: Library, question: str, shelf: str) -> Recalled:
    ranker, ledger = await library._rankings.of(shelf), await library._ledgers.of(shelf)
    asked, _ = asking.prepare(question, ranker, library._candidates, ledger, dictionary.shipped(), 3)
    return asked.recalled


async def test_a_question_like_one_that_was_taught_finds_its_sentence_on_that_server_alone(library: Library) -> None:
    assert await first(library, AGAIN, "discord-1") is None
    await teach(library, "discord-1")
    assert await first(library, TAUGHT, "discord-1") == SENTENCE
    assert await first(library, AGAIN, "discord-1") == SENTENCE
    assert await first(library, AGAIN, "discord-2") is None
    assert await first(library, AGAIN, SHARED) is None


async def test_what_is_dropped_is_not_known_any_more(library: Library) -> None:
    await teach(library, "discord-1")
    await library.goldens.drop(TAUGHT, by="a test", shelf="discord-1")
    assert await first(library, AGAIN, "discord-1") is None


async def test_what_was_taught_stays_with_its_sentence_in_the_next_version(library: Library) -> None:
    await teach(library, "discord-1")
    for text, found in ((f"Une nouvelle ligne au début.\n\n{ARTICLE}", SENTENCE), ("Le canal est fermé.", None)):
        article = Article(text=text, title="Le canal de Morvane", language="fr")
        await library.add(article, by="a test", shelf="discord-1", source_id="canal")
        assert await first(library, AGAIN, "discord-1") == found


async def test_what_was_taught_is_known_after_a_restart_and_to_those_who_only_read(
    library: Library, tmp_path: Path
) -> None:
    async with await Library.open(tmp_path, "read") as reader:
        assert await first(reader, AGAIN, "discord-1") is None
        await teach(library, "discord-1")
        assert await first(reader, AGAIN, "discord-1") == SENTENCE
        await library.goldens.drop(TAUGHT, by="a test", shelf="discord-1")
        assert await first(reader, AGAIN, "discord-1") is None


async def test_what_was_taught_says_nothing_of_quite_another_question(library: Library) -> None:
    await teach(library, "discord-1")
    assert (await recalled(library, "Combien de barrières la régie a-t-elle posées ?", "discord-1")).sentences == {}


async def test_what_is_known_of_the_seeds_counts_where_the_question_is_about_them(library: Library) -> None:
    about_seeds = await recalled(library, "Combien de puces dans chaque bâtiment d'Abilene ?", "discord-1")
    assert about_seeds.charted
    assert max(about_seeds.figures, key=lambda name: about_seeds.figures[name]).startswith("abilene")
    assert not (await recalled(library, "Combien de barrières la régie a-t-elle posées ?", "discord-1")).charted


async def test_what_is_known_of_a_removed_seed_is_not_recalled(library: Library) -> None:
    question = "Combien de puces dans chaque bâtiment d'Abilene ?"
    before = await recalled(library, question, SHARED)
    await library.remove("abilene-crusoe", by="a test")
    after = await recalled(library, question, SHARED)
    assert "abilene-chips-each" in before.figures
    assert "abilene-chips-each" not in after.figures


async def test_what_the_seeds_do_not_say_is_told_from_what_they_say(library: Library) -> None:
    said = await recalled(library, "Combien de gigawatts OpenAI loue-t-il à Oracle ?", SHARED)
    unsaid = await recalled(library, "Combien de salariés travaillent chez Oracle ?", SHARED)
    assert said.ahead > 0 > unsaid.ahead


async def test_what_the_seeds_are_known_not_to_say_is_answered_from_a_source_that_says_it(library: Library) -> None:
    question = "Who founded Crusoe?"
    assert await first(library, question, "discord-1") is None
    founded = "Crusoe a été fondée par Chase Lochmiller et Cully Cavness."
    article = Article(text=f"{founded} La société est dirigée depuis Denver.", title="Les dirigeants", language="fr")
    await library.add(article, by="a test", shelf="discord-1")
    assert await first(library, question, "discord-1") == founded
    assert await first(library, question, "discord-2") is None
