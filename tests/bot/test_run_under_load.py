"""Many questions at once, Discord failing or the process ending meanwhile: none is lost, none is answered twice."""

import asyncio
import json
import signal
import sys
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from typing import NamedTuple

import pytest

from tests.bot.command_line import CommandLine
from tests.bot.loopback_discord import Interaction, LoopbackDiscord, loopback_discord
from tests.bot.loopback_faults import ALL, DONE_BUT_DROPPED, Faults
from tests.bot.loopback_payloads import Payload, Place, custom_ids
from tests.bot.started_bot import PATIENCE, Running, run

COMMANDS, MENTIONS = 200, 50
SERVER = "5000"
CROWD, *QUIETER = "5001", "5002", "5003", "5004", "5005", "5006"
ASKED = (
    ("Combien OpenAI paie-t-elle Oracle par an ?", "30 milliards de dollars par an à compter de 2028"),
    ("How many GB200 chips did Oracle buy?", "400 000 puces GB200"),
)

LATER = 5  # the kind of a first response that only acknowledges

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals are POSIX's")


class Asked(NamedTuple):
    """What was asked: by command with what came of it, by mention with the message's id."""

    commands: list[Interaction]
    mentions: list[str]


@pytest.fixture
async def discord() -> AsyncIterator[LoopbackDiscord]:
    async with loopback_discord() as opened:
        opened.add_server(SERVER, CROWD, *QUIETER)
        yield opened


@asynccontextmanager
async def start(sourcier: CommandLine, discord: LoopbackDiscord) -> AsyncIterator[Running]:
    """Start a bot and wait until it is ready."""
    async with run(sourcier, SOURCIER_DISCORD_API=discord.api) as running:
        await running.until("may invite the bot")
        yield running


async def ask_at_once(discord: LoopbackDiscord, commands: Iterable[int], mentions: Iterable[int] = ()) -> Asked:
    """Let as many different people ask at once, those with commands in one channel."""
    crowd = Place(CROWD, SERVER)
    quieter = [Place(channel, SERVER) for channel in QUIETER]
    return Asked(
        [await discord.ask(ASKED[number % 2][0], crowd, by=1_000 + number) for number in commands],
        [await discord.mention(ASKED[number % 2][0], quieter[number % 5], by=2_000 + number) for number in mentions],
    )


async def until_answered(discord: LoopbackDiscord, asked: Asked) -> None:
    await discord.until(
        lambda: all(one.edits for one in asked.commands) and all(discord.replies(one) for one in asked.mentions)
    )


async def end(running: Running) -> None:
    """End the bot, so that nothing more can come of it."""
    running.process.terminate()
    assert await running.end() == 0
    assert '"level": "error"' not in running.log


def assert_answered_once(discord: LoopbackDiscord, asked: Asked) -> None:
    """Check what people see: one acknowledgement and one answer, the right one, for each who asked."""
    for number, one in enumerate(asked.commands):
        assert [said["type"] for said in one.callbacks] == [LATER]
        assert all(edit == one.edits[0] for edit in one.edits)
        assert ASKED[number % 2][1] in words(one.message)
        assert one.followups == []
    for number, message_id in enumerate(asked.mentions):
        (reply,) = discord.replies(message_id)
        assert ASKED[number % 2][1] in words(reply)
    assert len(discord.messages) == len(asked.mentions)


def words(message: Payload) -> str:
    """Return a message's texts, without the signs that escape."""
    return json.dumps(message["components"], ensure_ascii=False).replace("\\", "").replace("\u00a0", " ")


def answers(running: Running) -> int:
    """Return how many questions the bot worked on, whatever became of the answers."""
    return running.log.count('"message": "answered"')


async def test_a_crowd_is_answered_each_once(sourcier: CommandLine, discord: LoopbackDiscord) -> None:
    async with start(sourcier, discord) as running:
        asked = await ask_at_once(discord, range(COMMANDS), range(MENTIONS))
        await until_answered(discord, asked)
        await end(running)
    assert_answered_once(discord, asked)
    assert all(len(one.edits) == 1 for one in asked.commands)
    assert answers(running) == COMMANDS + MENTIONS


async def test_a_crowd_is_answered_each_once_though_the_gateway_is_cut_and_repeats_itself(
    sourcier: CommandLine, discord: LoopbackDiscord
) -> None:
    gateway = discord.gateway
    async with start(sourcier, discord) as running:
        gateway.may_resume.clear()
        heard = await ask_at_once(discord, range(80), range(20))
        await gateway.until_read()
        gateway.cut()
        missed = await ask_at_once(discord, range(80, COMMANDS), range(20, MENTIONS))
        gateway.repeated = 60
        gateway.may_resume.set()
        async with asyncio.timeout(PATIENCE):
            assert await gateway.resumed.get() == 60 + 120 + 30
        asked = Asked(heard.commands + missed.commands, heard.mentions + missed.mentions)
        await until_answered(discord, asked)
        await gateway.until_read()
        await end(running)
    assert_answered_once(discord, asked)
    assert all(len(one.edits) == 1 for one in asked.commands)
    assert answers(running) == COMMANDS + MENTIONS


async def test_a_crowd_is_answered_each_once_though_discord_stumbles(
    sourcier: CommandLine, discord: LoopbackDiscord
) -> None:
    async with start(sourcier, discord) as running:
        discord.faults = Faults(ALL, every=5)
        asked = await ask_at_once(discord, range(COMMANDS), range(MENTIONS))
        await until_answered(discord, asked)
        await end(running)
    kinds = ("callback", "edit", "message")
    assert discord.faults.met.keys() == {(kind, fault) for kind in kinds for series in ALL for fault in series}
    assert_answered_once(discord, asked)
    assert answers(running) == COMMANDS + MENTIONS


async def test_what_was_asked_before_the_end_is_answered_before_the_end(
    sourcier: CommandLine, discord: LoopbackDiscord
) -> None:
    async with start(sourcier, discord) as running:
        discord.may_acknowledge.clear()
        asked = await ask_at_once(discord, range(80), range(20))
        await discord.gateway.until_read()
        running.process.send_signal(signal.SIGTERM)
        await running.until("stopping")
        discord.may_acknowledge.set()
        assert await running.end() == 0
    assert_answered_once(discord, asked)


async def test_a_session_that_cannot_be_resumed_is_followed_by_another(
    sourcier: CommandLine, discord: LoopbackDiscord
) -> None:
    default = f"discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL({discord.gateway_address!r})"
    code = f"import discord, yarl; {default}; from bot.cli import main; main()"
    sourcier.command = [sys.executable, "-c", code]
    async with start(sourcier, discord) as running:
        before = await ask_at_once(discord, range(10), range(5))
        await discord.gateway.until_read()
        discord.gateway.resumable = False
        await discord.gateway.hang_up(4000)
        async with asyncio.timeout(PATIENCE):
            for _ in range(2):
                await discord.gateway.identified.get()
        after = await ask_at_once(discord, range(10, 20), range(5, 10))
        asked = Asked(before.commands + after.commands, before.mentions + after.mentions)
        await until_answered(discord, asked)
        await end(running)
    assert_answered_once(discord, asked)


async def test_an_event_that_nobody_understands_does_not_end_the_bot(
    sourcier: CommandLine, discord: LoopbackDiscord
) -> None:
    async with start(sourcier, discord) as running:
        await discord.gateway.tell("MESSAGE_CREATE", {"id": "1"})
        await running.until("a defect ends the connection")
        await running.until("may invite the bot")
        asked = await ask_at_once(discord, range(5))
        await until_answered(discord, asked)
        running.process.terminate()
        assert await running.end() == 0
    assert_answered_once(discord, asked)


async def test_the_buttons_of_answers_given_before_a_crash_work_after_it(
    sourcier: CommandLine, discord: LoopbackDiscord
) -> None:
    async with start(sourcier, discord) as running:
        asked = await ask_at_once(discord, range(40))
        await discord.until(lambda: sum(bool(one.edits) for one in asked.commands) >= 20)
        running.process.kill()
        assert await running.end() == -signal.SIGKILL
    given = [(number, one) for number, one in enumerate(asked.commands) if one.edits]
    async with start(sourcier, discord) as running:
        pressed = []
        for number, one in given:
            (context,) = [found for found in custom_ids(one.message["components"]) if ":context:" in found]
            pressed.append((number, await discord.press(one.message, context, one.place, by=3_000 + number)))
        await discord.until(lambda: all(press.shown for _, press in pressed))
        await end(running)
    for number, press in pressed:
        assert len(press.callbacks) == 1
        assert ASKED[number % 2][1] in words(press.message)


async def test_who_was_acknowledged_without_the_bot_learning_of_it_is_still_told_what_is_wrong(
    sourcier: CommandLine, discord: LoopbackDiscord
) -> None:
    async with start(sourcier, discord) as running:
        (asked, *_), _ = await ask_at_once(discord, range(1))
        await discord.until(lambda: asked.shown)
        context = custom_ids(asked.message["components"])[0]
        unknown = context.replace(context.split(":")[2], "A" * 16)
        message = json.loads(json.dumps(asked.message).replace(context, unknown))
        discord.faults = Faults([[DONE_BUT_DROPPED]], kinds=["callback"])
        presses = [await discord.press(message, unknown, asked.place) for _ in range(2)]
        await discord.until(lambda: all(press.shown for press in presses))
        await end(running)
    assert discord.faults.met["callback", DONE_BUT_DROPPED] == len(presses)
    for press in presses:
        assert len(press.callbacks) == 1
        (told,) = press.followups
        assert "not kept any more" in words(told)
