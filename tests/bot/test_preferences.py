"""What a server has set: read from the store as far as it can be meant, and never older than the last change."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rules.preferences import (
    LIMITS,
    MOST_CHANNELS,
    RIGHTS,
    PreferenceBook,
    Preferences,
    Setting,
    parse,
    spoken,
)
from index.errors import StoreUnavailable
from index.library import Library
from index.memory import Memory
from index.moderating.model import Limits


@pytest.fixture
async def library(tmp_path: Path) -> AsyncIterator[Library]:
    async with await Library.open(tmp_path, "write", seeds=False) as opened:
        yield opened


def test_what_is_not_set_has_a_default() -> None:
    assert parse({}) == Preferences()
    assert all(Preferences().number(setting) in limits for setting, limits in LIMITS.items())


def test_a_server_that_has_set_no_limits_has_those_of_the_library() -> None:
    default = Preferences()
    assert Limits() == Limits(sources=default.sources, adds_an_hour=default.adds_an_hour, characters=default.characters)


def test_what_is_set_is_read() -> None:
    kept = {"role": "7", "language": "fr", "channels": "8 9", "person_limit": "3", "channel_limit": "10"}
    kept |= {"notices": "9", "may_add": "1", "may_approve": "2", "may_remove": "3", "may_audit": "4"}
    kept |= {"sources": "50", "adds_an_hour": "100", "characters": "300000"}
    assert kept.keys() == set(Setting) == set(Preferences._fields)
    assert parse(kept) == Preferences(
        role=7,
        language="fr",
        channels=(8, 9),
        notices=9,
        person_limit=3,
        channel_limit=10,
        may_add=1,
        may_approve=2,
        may_remove=3,
        may_audit=4,
        sources=50,
        adds_an_hour=100,
        characters=300_000,
    )


@pytest.mark.parametrize(
    "kept",
    [
        {"language": "de"},
        {"person_limit": "7"},
        {"channel_limit": "-10"},
        {"role": "٣"},
        {"role": "9" * 5_000},
        {"may_add": "-1"},
        {"notices": "general"},
        {"sources": "501"},
        {"adds_an_hour": "0"},
        {"characters": "10000000000"},
        {"channels": "x 0 "},
        {"unheard of": "1"},
    ],
)
def test_what_cannot_be_meant_is_left_at_its_default(kept: dict[str, str]) -> None:
    assert parse(kept) == Preferences()


@given(st.dictionaries(st.sampled_from([*Setting]), st.text()))
def test_whatever_the_store_holds_the_preferences_are_usable(kept: dict[str, str]) -> None:
    read = parse(kept)
    assert all(read.number(setting) in limits for setting, limits in LIMITS.items())
    assert all(read.number(setting) >= 0 for setting in (Setting.ROLE, Setting.NOTICES, *RIGHTS))
    assert len(read.channels) <= MOST_CHANNELS
    assert read.language in {"auto", "fr", "en"}


def test_a_channel_counts_once_and_no_more_are_read_than_a_menu_holds() -> None:
    assert parse({"channels": "8 8 9"}).channels == (8, 9)
    assert len(parse({"channels": " ".join(map(str, range(1, 40)))}).channels) == MOST_CHANNELS


async def test_a_change_counts_at_once_and_for_its_server_only(library: Library) -> None:
    book = PreferenceBook(library.memory)
    assert await book.of("discord-1") == Preferences()
    assert await book.set("discord-1", Setting.PERSON_LIMIT, "3") == Preferences(person_limit=3)
    assert await book.of("discord-1") == Preferences(person_limit=3)
    assert await book.of("discord-2") == Preferences()


async def test_a_change_outlives_the_process(library: Library) -> None:
    await PreferenceBook(library.memory).set("discord-1", Setting.LANGUAGE, "fr")
    assert (await PreferenceBook(library.memory).of("discord-1")).language == "fr"


async def test_nothing_is_back_to_the_default(library: Library) -> None:
    book = PreferenceBook(library.memory)
    await book.set("discord-1", Setting.ROLE, "7")
    assert await book.set("discord-1", Setting.ROLE, "") == Preferences()
    assert await library.memory.preferences("discord-1") == {}


async def test_what_was_erased_is_read_anew(library: Library) -> None:
    book = PreferenceBook(library.memory)
    await book.set("discord-1", Setting.ROLE, "7")
    await library.retention.erase("discord-1")
    book.forget("discord-1")
    assert await book.of("discord-1") == Preferences()


async def test_a_crowd_that_asks_first_waits_for_one_look_at_the_store(library: Library) -> None:
    class Counting(Memory):
        looks = 0

        async def preferences(self, shelf: str) -> dict[str, str]:
            self.looks += 1
            return await super().preferences(shelf)

    counting = Counting(library._store, library._ledgers)
    book = PreferenceBook(counting)
    assert set(await asyncio.gather(*(book.of("discord-1") for _ in range(50)))) == {Preferences()}
    assert await book.of("discord-1") == Preferences()
    assert counting.looks == 1


async def test_a_look_that_failed_is_taken_again(library: Library) -> None:
    class Failing(Memory):
        fails = True

        async def preferences(self, shelf: str) -> dict[str, str]:
            if self.fails:
                raise StoreUnavailable("The store cannot be read.")
            return await super().preferences(shelf)

    failing = Failing(library._store, library._ledgers)
    book = PreferenceBook(failing)
    with pytest.raises(StoreUnavailable):
        await book.of("discord-1")
    failing.fails = False
    assert await book.of("discord-1") == Preferences()


async def test_a_reading_that_a_change_overtakes_is_not_remembered(library: Library) -> None:
    class Slow(Memory):
        """Hands out what it has read first only when it is told to."""

        read = asyncio.Event()
        go_on = asyncio.Event()

        async def preferences(self, shelf: str) -> dict[str, str]:
            found = await super().preferences(shelf)
            if not self.read.is_set():
                self.read.set()
                await self.go_on.wait()
            return found

    slow = Slow(library._store, library._ledgers)
    book = PreferenceBook(slow)
    overtaken = asyncio.create_task(book.of("discord-1"))
    await slow.read.wait()
    assert (await book.set("discord-1", Setting.PERSON_LIMIT, "3")).person_limit == 3
    slow.go_on.set()
    assert await overtaken == Preferences()
    assert (await book.of("discord-1")).person_limit == 3


@pytest.mark.parametrize(
    ("preferences", "locale", "language"),
    [
        (Preferences(), "fr", "fr"),
        (Preferences(), "en-US", "en"),
        (Preferences(), "de", "en"),
        (Preferences(language="en"), "fr", "en"),
        (Preferences(language="fr"), "en-GB", "fr"),
    ],
)
def test_a_server_may_choose_its_language_else_the_client_does(
    preferences: Preferences, locale: str, language: str
) -> None:
    assert spoken(preferences, locale) == language
