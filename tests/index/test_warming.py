"""What answers need is made ready after the first one, and a library that is closed meanwhile does not wait for it."""

import asyncio
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from index.answering import remembered
from index.answering.traits import traits_of
from index.language.dictionary import shipped
from index.library import Library
from index.model import SHARED, Verdict

BEGUN = 0.2  # seconds after the first answer, when it has begun and is not yet done
QUESTION = "Combien de puces chaque bâtiment d'Abilene aura-t-il ?"


@pytest.fixture(autouse=True)
def _as_at_a_start() -> Iterator[None]:
    """Let nothing be ready that another test needed."""
    shipped.cache_clear()
    remembered.forget()
    yield
    shipped.cache_clear()


def warming() -> bool:
    return any(thread.name.startswith("warming") for thread in threading.enumerate())


async def test_after_the_first_answer_the_whole_lexicon_is_made_ready(tmp_path: Path) -> None:
    async with await Library.open(tmp_path, "write") as library:
        first = await library.ask(QUESTION)
        left = sum(1 for _ in zip(shipped().prepare(), range(100), strict=False))
        assert left == 100  # the first answer did not wait for it
        await library.warmed()
        assert list(shipped().prepare()) == []
        assert first.verdict is Verdict.ANSWERED
        assert (await library.ask(QUESTION)).citations == first.citations


async def test_what_the_sentences_of_a_small_shelf_show_is_read_ahead(tmp_path: Path) -> None:
    async with await Library.open(tmp_path, "write") as library:
        await library.ask(QUESTION)
        few = traits_of.cache_info().currsize
        await library.warmed()
        assert traits_of.cache_info().currsize > 2 * few
        before = traits_of.cache_info().misses
        answer = await library.ask("What does Microsoft own of OpenAI?")
        assert answer.citations
        assert traits_of.cache_info().misses == before + 1  # the question itself


async def test_once_something_is_erased_no_more_sentences_are_read_ahead(tmp_path: Path) -> None:
    async with await Library.open(tmp_path, "write") as library:
        await library.ask(QUESTION)
        await library.warmed()

        def read_on() -> tuple[int, int]:
            whole = len(list(library._warming._sentences([SHARED])))
            reading = library._warming._sentences([SHARED])
            next(reading)
            library._warming.forget()
            return whole, 1 + len(list(reading))

        whole, read = await asyncio.to_thread(read_on)
        assert (whole > 1, read) == (True, 1)


async def test_nothing_is_made_ready_before_somebody_asks(tmp_path: Path) -> None:
    async with await Library.open(tmp_path, "write") as library:
        await library.warmed()
        await asyncio.sleep(BEGUN)
        assert not warming()


async def test_a_library_that_is_closed_meanwhile_leaves_the_rest_undone(tmp_path: Path) -> None:
    async with await Library.open(tmp_path, "write") as library:
        await library.ask(QUESTION)
        await asyncio.sleep(BEGUN)
        assert warming()
    assert not warming()
    assert next(shipped().prepare(), "ready") is None


async def test_questions_are_answered_while_the_rest_is_made_ready(tmp_path: Path) -> None:
    async with await Library.open(tmp_path, "write") as library:
        first = await library.ask(QUESTION)
        await asyncio.sleep(BEGUN)
        assert warming()
        for _ in range(10):
            assert (await library.ask(QUESTION)).citations == first.citations
        await library.warmed()
