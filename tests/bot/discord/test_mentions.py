"""Asking by message: mentions, replies, direct messages, answer channels; and messages that ask nothing."""

from typing import Any

import discord
import pytest
from simcord.builders import ChannelHandle
from simcord.env import Env

from bot.client import Sourcier, create_bot
from bot.rules.places import shelf_of
from bot.settings import Settings
from tests.bot.discord.reading import text

QUESTION = "Combien OpenAI paie-t-elle Oracle par an ?"
PROOF = "30 milliards de dollars par an à compter de 2028"


def _me(env: Env) -> str:
    assert env.bot.user is not None
    return env.bot.user.mention


def _said(channel: ChannelHandle) -> list[discord.Message]:
    """Return what the bot wrote in a channel."""
    return [message for message in channel.history() if message.author.bot]


async def test_a_mention_is_answered_by_a_reply(env: Env) -> None:
    channel = env.create_guild().create_text_channel("general")
    member = env.guild.add_member(env.create_user("ada"))
    asked = await member.send(channel, f"{_me(env)} {QUESTION}")
    (answer,) = _said(channel)
    assert PROOF in text(answer)
    assert f"> {QUESTION}" in text(answer)
    assert answer.reference is not None
    assert answer.reference.message_id == asked.id


async def test_who_names_the_bots_role_is_told_how_to_ask(env: Env) -> None:
    guild = env.create_guild()
    channel = guild.create_text_channel("general")
    assert env.bot.user is not None
    role = {
        "id": "77",
        "name": "Sourcier",
        "color": 0,
        "hoist": False,
        "position": 1,
        "permissions": "0",
        "managed": True,
        "mentionable": False,
        "tags": {"bot_id": str(env.bot.user.id)},
    }
    env.backend.emit("GUILD_ROLE_CREATE", {"guild_id": str(guild.id), "role": role})
    member = guild.add_member(env.create_user("ada"))
    await member.send(channel, f"<@&77> {QUESTION}")
    assert "Ask me something after my name" in text(_said(channel)[0])


async def test_a_mention_in_a_thread_is_answered_there(env: Env) -> None:
    channel = env.create_guild().create_text_channel("general")
    member = env.guild.add_member(env.create_user("ada"))
    seen = env.bot.get_channel(channel.id)
    assert isinstance(seen, discord.TextChannel)
    await seen.create_thread(name="deals", type=discord.ChannelType.public_thread)
    await env.settle()
    (thread,) = channel.threads
    await member.send(thread, f"{_me(env)} {QUESTION}")
    assert PROOF in text(_said(thread)[-1])


async def test_a_bare_mention_in_a_reply_asks_what_was_replied_to(env: Env) -> None:
    channel = env.create_guild().create_text_channel("general")
    ada, bob = (env.guild.add_member(env.create_user(name)) for name in ("ada", "bob"))
    question = await ada.send(channel, QUESTION)
    await bob.send(channel, _me(env), reply_to=question)
    (answer,) = _said(channel)
    assert PROOF in text(answer)


@pytest.mark.simcord(approved_intents=discord.Intents.default())
async def test_where_discord_hides_the_message_replied_to_the_asker_is_told_another_way(env: Env) -> None:
    channel = env.create_guild().create_text_channel("general")
    ada, bob = (env.guild.add_member(env.create_user(name)) for name in ("ada", "bob"))
    question = await ada.send(channel, QUESTION)
    await bob.send(channel, _me(env), reply_to=question)
    assert "Ask the sources" in text(_said(channel)[0])


async def test_a_bare_mention_is_told_how_to_ask(env: Env) -> None:
    channel = env.create_guild().create_text_channel("general")
    member = env.guild.add_member(env.create_user("ada"))
    await member.send(channel, _me(env))
    assert "/help" in text(_said(channel)[0])


async def test_messages_that_do_not_name_the_bot_are_left_alone(env: Env) -> None:
    channel = env.create_guild().create_text_channel("general")
    member = env.guild.add_member(env.create_user("ada"))
    await member.send(channel, QUESTION)
    await member.send(channel, "@everyone " + QUESTION)
    assert not _said(channel)


async def test_other_bots_and_webhooks_are_left_alone(env: Env) -> None:
    guild = env.create_guild()
    channel = guild.create_text_channel("general")
    other = guild.add_member(env.create_user("robot", bot=True))
    await other.send(channel, f"{_me(env)} {QUESTION}")
    await guild.create_webhook(channel).send(f"{_me(env)} {QUESTION}")
    assert all(message.author.id != env.bot.user.id for message in channel.history())  # type: ignore[union-attr]


async def test_a_direct_message_is_answered_from_the_seeds(env: Env) -> None:
    user = env.create_user("ada")
    await user.send_dm(QUESTION)
    last = user.dm_channel.last_message
    assert PROOF in text(last)


async def test_a_message_that_comes_twice_is_answered_once(env: Env, settings: Settings) -> None:
    channel = env.create_guild().create_text_channel("general")
    member = env.guild.add_member(env.create_user("ada"))
    await member.send(channel, f"{_me(env)} {QUESTION}")
    payload = next(p for _, name, p in env.backend.transcript if name == "MESSAGE_CREATE")
    env.backend.emit("MESSAGE_CREATE", payload)
    await env.settle()
    assert len(_said(channel)) == 1
    await env.restart_bot(create_bot(settings))
    env.backend.emit("MESSAGE_CREATE", payload)
    await env.settle()
    assert len(_said(channel)) == 1


async def test_a_question_that_was_deleted_at_once_is_still_answered(env: Env) -> None:
    channel = env.create_guild().create_text_channel("general")
    member = env.guild.add_member(env.create_user("ada"))
    await member.send(channel, f"{_me(env)} {QUESTION}")
    payload = dict(next(p for _, name, p in env.backend.transcript if name == "MESSAGE_CREATE"))
    payload["id"] = str(int(payload["id"]) + 1)  # a message that is not there any more when the answer comes
    env.backend.emit("MESSAGE_CREATE", payload)
    await env.settle()
    assert len(_said(channel)) == 2


async def test_where_the_bot_may_not_write_the_asker_is_told_privately_and_once(env: Env) -> None:
    guild = env.create_guild()
    assert env.bot.user is not None
    silenced: dict[Any, discord.PermissionOverwrite] = {env.bot.user: discord.PermissionOverwrite(send_messages=False)}
    hushed = guild.create_text_channel("hushed", overwrites=silenced)
    user = env.create_user("ada")
    member = guild.add_member(user)
    await member.send(hushed, f"{_me(env)} {QUESTION}")
    await member.send(hushed, f"{_me(env)} {QUESTION}")
    assert not _said(hushed)
    (told,) = [message for message in user.dm_channel.history() if message.author.bot]
    assert hushed.mention in text(told)


class TestAnswerChannels:
    """Channels in which no mention is needed; the operator has switched the message content intent on."""

    @pytest.fixture
    def settings(self, settings: Settings) -> Settings:
        return settings.model_copy(update={"message_content": True})

    async def test_a_question_needs_no_mention_there(self, env: Env, simcord_bot: Sourcier) -> None:
        guild = env.create_guild()
        channel, other = guild.create_text_channel("ask-here"), guild.create_text_channel("general")
        await simcord_bot.preferences.set(shelf_of(guild.id), "channels", str(channel.id))
        member = guild.add_member(env.create_user("ada"))
        await member.send(channel, QUESTION)
        await member.send(other, QUESTION)
        assert PROOF in text(_said(channel)[0])
        assert not _said(other)

    async def test_talk_among_people_is_left_alone_there(self, env: Env, simcord_bot: Sourcier) -> None:
        guild = env.create_guild()
        channel = guild.create_text_channel("ask-here")
        await simcord_bot.preferences.set(shelf_of(guild.id), "channels", str(channel.id))
        member = guild.add_member(env.create_user("ada"))
        await member.send(channel, "good morning everybody, lovely weather")
        await member.send(channel, "🙂")
        assert not _said(channel)


async def test_without_the_operators_leave_an_answer_channel_needs_a_mention(env: Env, simcord_bot: Sourcier) -> None:
    guild = env.create_guild()
    channel = guild.create_text_channel("ask-here")
    await simcord_bot.preferences.set(shelf_of(guild.id), "channels", str(channel.id))
    member = guild.add_member(env.create_user("ada"))
    await member.send(channel, QUESTION)
    assert not _said(channel)
    assert not simcord_bot.intents.message_content
