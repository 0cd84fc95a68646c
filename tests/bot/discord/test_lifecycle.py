"""Starting, closing, servers that leave and come back."""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
import simcord
from simcord.env import Env

from bot.client import Sourcier, create_bot
from bot.rules.places import shelf_of
from bot.settings import Settings
from index.errors import StoreBusy
from index.library import Library
from index.model import Article
from index.store.database import FILE
from tests.bot.discord.reading import text
from tests.bot.discord.test_load import ask_at_once

LIGHTHOUSE = Article(
    title="Le phare de Cordouan", text="Le phare de Cordouan fut achevé en 1611 par Louis de Foix.", language="fr"
)
QUESTION = "Qui acheva le phare de Cordouan ?"


async def test_closing_answers_first_what_was_asked(env: Env, simcord_bot: Sourcier) -> None:
    guild = env.create_guild()
    channel = guild.create_text_channel("general")
    asked = await ask_at_once(env, guild, channel, 20)
    await simcord_bot.close()
    for identity in asked:
        interaction = env.backend.interactions[identity]
        assert [one for one in env.http_requests if one.method == "PATCH" and f"/{interaction.token}/" in one.path]


async def test_a_closed_bot_lets_go_of_the_store(env: Env, simcord_bot: Sourcier, settings: Settings) -> None:
    assert env.bot is simcord_bot
    with pytest.raises(StoreBusy):
        await Library.open(settings.data, "write")
    await simcord_bot.close()
    async with await Library.open(settings.data, "write") as library:
        assert await library.count()


async def test_a_server_that_leaves_has_its_sources_erased_after_thirty_days(env: Env, simcord_bot: Sourcier) -> None:
    guild = env.create_guild()
    shelf = shelf_of(guild.id)
    await simcord_bot.library.add(LIGHTHOUSE, by="test", shelf=shelf)
    env.backend.emit("GUILD_DELETE", {"id": str(guild.id)})
    await env.settle()
    now = datetime.now(UTC)
    await simcord_bot.library.retention.expire(now + timedelta(days=29))
    assert (await simcord_bot.library.browse(shelf, "Cordouan")).total == 1
    await simcord_bot.library.retention.expire(now + timedelta(days=31))
    assert (await simcord_bot.library.browse(shelf, "Cordouan")).total == 0
    assert shelf not in await simcord_bot.library.retention.shelves()


async def test_a_server_in_an_outage_has_not_left(env: Env, simcord_bot: Sourcier) -> None:
    guild = env.create_guild()
    shelf = shelf_of(guild.id)
    await simcord_bot.library.add(LIGHTHOUSE, by="test", shelf=shelf)
    env.backend.emit("GUILD_DELETE", {"id": str(guild.id), "unavailable": True})
    await env.settle()
    assert not await simcord_bot.library.retention.departed()


async def test_a_server_that_left_while_the_bot_was_away_is_noticed(env: Env, settings: Settings) -> None:
    guild = env.create_guild()
    channel = guild.create_text_channel("general")
    member = guild.add_member(env.create_user("ada"))
    bot = create_bot(settings)
    await env.restart_bot(bot)
    await bot.library.add(LIGHTHOUSE, by="test", shelf=shelf_of(guild.id))
    await bot.library.add(LIGHTHOUSE, by="test", shelf=shelf_of(4))
    again = create_bot(settings)
    await env.restart_bot(again)
    assert set(await again.library.retention.departed()) == {shelf_of(4)}
    result = await member.slash(channel, "ask", question=QUESTION)
    assert "1611" in text(result.response)


async def test_a_server_that_comes_back_in_time_has_what_it_had(env: Env, settings: Settings) -> None:
    guild = env.create_guild()
    bot = create_bot(settings)
    await env.restart_bot(bot)
    shelf = shelf_of(guild.id)
    await bot.library.add(LIGHTHOUSE, by="test", shelf=shelf)
    await bot.library.retention.depart(shelf)
    again = create_bot(settings)
    await env.restart_bot(again)
    assert not await again.library.retention.departed()
    await again.library.retention.expire(datetime.now(UTC) + timedelta(days=31))
    assert (await again.library.browse(shelf, "Cordouan")).total == 1


async def test_a_store_that_another_process_writes_to_is_an_error_at_the_start(settings: Settings) -> None:
    async with await Library.open(settings.data, "write"):
        with pytest.raises(StoreBusy):
            async with simcord.run(create_bot(settings)):
                pass


async def test_a_second_bot_on_the_same_folder_answers_the_same_question_again(settings: Settings) -> None:
    for _ in range(2):
        bot = create_bot(settings)
        async with simcord.run(bot) as env:
            guild = env.create_guild()
            channel = guild.create_text_channel("general")
            member = guild.add_member(env.create_user("ada"))
            result = await member.slash(channel, "ask", question="When was Stargate unveiled?")
            assert "janvier" in text(result.response)
            assert env.bot.user is not None
            await member.send(channel, f"{env.bot.user.mention} When was Stargate unveiled?")
            assert "janvier" in text(channel.last_message)


async def test_the_same_bot_may_be_started_again(env: Env) -> None:
    channel = env.create_guild().create_text_channel("general")
    member = env.guild.add_member(env.create_user("ada"))
    await env.restart_bot()
    result = await member.slash(channel, "ask", question="When was Stargate unveiled?")
    assert "janvier" in text(result.response)


async def test_a_server_that_came_back_while_the_bot_was_away_keeps_what_it_had(env: Env, settings: Settings) -> None:
    guild = env.create_guild()
    bot = create_bot(settings)
    await env.restart_bot(bot)
    shelf = shelf_of(guild.id)
    await bot.library.add(LIGHTHOUSE, by="test", shelf=shelf)
    await bot.library.retention.depart(shelf)
    with closing(sqlite3.connect(settings.data / FILE)) as store, store:
        store.execute("UPDATE departures SET at = '2025-01-01 00:00:00.000000'")
    again = create_bot(settings)
    await env.restart_bot(again)
    assert (await again.library.browse(shelf, "Cordouan")).total == 1


async def test_housekeeping_that_fails_leaves_the_bot_answering(
    env: Env, simcord_bot: Sourcier, settings: Settings, log: StringIO
) -> None:
    channel = env.create_guild().create_text_channel("general")
    member = env.guild.add_member(env.create_user("ada"))
    with closing(sqlite3.connect(settings.data / FILE)) as store, store:
        store.execute("ALTER TABLE departures RENAME TO elsewhere")
    await simcord_bot._tidy()
    assert "cannot be deleted now" in log.getvalue()
    result = await member.slash(channel, "ask", question="When was Stargate unveiled?")
    assert "janvier" in text(result.response)
