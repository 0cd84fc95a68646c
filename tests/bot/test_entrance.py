"""What ends the bot and what it waits out, and how long it waits."""

import random
from itertools import islice, pairwise
from types import SimpleNamespace
from typing import Any

import aiohttp
import discord
import pytest

from bot.operation.entrance import NotLetIn, passing_trouble
from bot.operation.running import waits
from index.errors import StoreBusy


def answered(status: int, words: str = "") -> discord.HTTPException:
    response: Any = SimpleNamespace(status=status, reason="Because")
    return discord.HTTPException(response, words)


@pytest.mark.parametrize(
    "error",
    [
        answered(500),
        answered(503, "<html>\nsorry\n</html>"),
        answered(429),
        discord.GatewayNotFound(),  # type: ignore[no-untyped-call]
        ConnectionRefusedError("refused"),
        OSError("no address associated with hostname"),
        TimeoutError(),
        aiohttp.ServerDisconnectedError(),
        RecursionError("maximum recursion depth exceeded"),
    ],
)
def test_trouble_that_passes_is_put_into_a_few_words(error: Exception) -> None:
    words = passing_trouble(error)
    assert words
    assert "\n" not in words


@pytest.mark.parametrize("error", [answered(400), answered(403), answered(404, "wrong address")])
def test_what_discord_will_not_have_is_not_tried_again(error: Exception) -> None:
    with pytest.raises(NotLetIn, match=r"^Discord refuses what the bot asks for at its start: 4\d\d Because"):
        passing_trouble(error)


def test_a_defect_is_not_taken_for_trouble_of_discord() -> None:
    with pytest.raises(NotLetIn, match=r"^This is a defect of Sourcier \(KeyError\)"):
        passing_trouble(KeyError("name"))


def test_an_error_of_the_store_stays_what_it_is() -> None:
    busy = StoreBusy("Another process writes.")
    with pytest.raises(StoreBusy) as raised:
        passing_trouble(busy)
    assert raised.value is busy


def test_waits_grow_from_a_second_to_five_minutes_and_no_two_bots_wait_alike() -> None:
    for seed in range(50):
        found = list(islice(waits(random.Random(seed)), 20))  # noqa: S311 - no secret
        assert 1 <= found[0] <= 2
        assert all(1 <= wait <= 300 for wait in found)
        assert all(later <= 4 * earlier for earlier, later in pairwise(found))
        assert min(found[-5:]) >= 150
    assert len({next(waits(random.Random(seed))) for seed in range(50)}) == 50  # noqa: S311


def test_a_defect_ends_a_bot_that_never_worked_and_only_the_connection_of_one_that_did() -> None:
    with pytest.raises(NotLetIn):
        passing_trouble(KeyError("name"))
    assert "KeyError" in passing_trouble(KeyError("name"), was_ready=True)
