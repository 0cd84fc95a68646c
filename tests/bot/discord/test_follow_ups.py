"""Questions in replies to the bot's answers take what they lack from the question that was answered."""

from typing import Any

import discord
import pytest
from simcord.actors import MemberActor
from simcord.builders import ChannelHandle
from simcord.env import Env

from bot.client import Sourcier
from bot.rules.places import shelf_of
from tests.bot.discord.reading import buttons, text

STAKE = "What stake may OpenAI take in AMD?"
POWER = "Quelle est la puissance du contrat avec Oracle ?"


@pytest.fixture
def channel(env: Env) -> ChannelHandle:
    return env.create_guild().create_text_channel("general")


@pytest.fixture
def ada(env: Env, channel: ChannelHandle) -> MemberActor:
    assert channel
    return env.guild.add_member(env.create_user("ada"))


def _me(env: Env) -> str:
    assert env.bot.user is not None
    return env.bot.user.mention


def _last(channel: ChannelHandle) -> discord.Message:
    """Return what the bot wrote last in a channel."""
    return [message for message in channel.history() if message.author.bot][-1]


def _kept_id(message: discord.Message) -> str:
    """Return the id that the buttons of an answer carry."""
    return next(iter(buttons(message).values())).split(":")[2]


async def _replay(env: Env, **changed: Any) -> None:
    """Let the last message of a person come once more as another one, changed."""
    said = [payload for _, name, payload in env.backend.transcript if name == "MESSAGE_CREATE"]
    last = next(payload for payload in reversed(said) if not payload["author"].get("bot"))
    env.backend.emit("MESSAGE_CREATE", {**last, "id": str(int(last["id"]) - 10_000), **changed})
    await env.settle()


def _referenced(env: Env) -> dict[str, Any]:
    """Return the message to which the last reply is one, as Discord sends it along."""
    said = [payload for _, name, payload in env.backend.transcript if name == "MESSAGE_CREATE"]
    referenced: dict[str, Any] = next(each for each in reversed(said) if not each["author"].get("bot"))[
        "referenced_message"
    ]
    return referenced


async def test_a_mention_in_a_reply_to_an_answer_follows_its_question(
    env: Env, channel: ChannelHandle, ada: MemberActor
) -> None:
    await ada.send(channel, f"{_me(env)} {POWER}")
    await ada.send(channel, f"{_me(env)} et AMD ?", reply_to=_last(channel))
    said = text(_last(channel))
    assert "> et AMD ?\n-# compris comme : Quelle est la puissance du contrat avec AMD ?" in said
    assert "6\u00a0GW" in said


async def test_anybody_in_the_channel_may_follow_and_follow_again(
    env: Env, channel: ChannelHandle, ada: MemberActor
) -> None:
    bob = env.guild.add_member(env.create_user("bob"))
    await ada.send(channel, f"{_me(env)} {POWER}")
    await bob.send(channel, f"{_me(env)} et AMD ?", reply_to=_last(channel))
    await ada.send(channel, f"{_me(env)} and in 2026?", reply_to=_last(channel))
    assert "understood as: Quelle est la puissance du contrat avec AMD en 2026 ?" in text(_last(channel))


async def test_a_reply_that_only_pings_the_bot_follows_too(env: Env, channel: ChannelHandle, ada: MemberActor) -> None:
    await ada.send(channel, f"{_me(env)} {STAKE}")
    await ada.send(channel, "what about Nvidia?", reply_to=_last(channel))
    await _replay(env, mentions=[_referenced(env)["author"]])
    assert "understood as: What stake may OpenAI take in Nvidia?" in text(_last(channel))


async def test_an_answer_to_a_command_can_be_followed(env: Env, channel: ChannelHandle, ada: MemberActor) -> None:
    await ada.slash(channel, "ask", question=STAKE)
    await ada.send(channel, f"{_me(env)} when?", reply_to=_last(channel))
    assert "understood as: when — OpenAI, AMD?" in text(_last(channel))


async def test_a_direct_message_that_replies_to_an_answer_follows_its_question(env: Env) -> None:
    user = env.create_user("ada")
    await user.send_dm(STAKE)
    answer = user.dm_channel.last_message
    assert answer is not None
    reference = {"channel_id": str(user.dm_channel.id), "message_id": str(answer.id)}
    await user.send_dm("what about Nvidia?", reference=reference)
    assert "understood as: What stake may OpenAI take in Nvidia?" in text(user.dm_channel.last_message)


async def test_a_long_question_can_be_followed(env: Env, channel: ChannelHandle, ada: MemberActor) -> None:
    await ada.send(channel, f"{_me(env)} {POWER[:-1]}{'*_' * 900} ?")
    await ada.send(channel, f"{_me(env)} et AMD ?", reply_to=_last(channel))
    assert "compris comme : Quelle est la puissance du contrat avec AMD" in text(_last(channel))


async def test_a_whole_question_in_a_reply_is_answered_as_it_is(
    env: Env, channel: ChannelHandle, ada: MemberActor
) -> None:
    await ada.send(channel, f"{_me(env)} {STAKE}")
    await ada.send(channel, f"{_me(env)} {POWER}", reply_to=_last(channel))
    assert "compris comme" not in text(_last(channel))
    assert "4,5\u00a0GW" in text(_last(channel))


async def test_the_moderators_see_the_whole_question(
    env: Env, simcord_bot: Sourcier, channel: ChannelHandle, ada: MemberActor
) -> None:
    await ada.send(channel, f"{_me(env)} {POWER}")
    await ada.send(channel, f"{_me(env)} et AMD en 2019 ?", reply_to=_last(channel))
    kept = await simcord_bot.library.memory.recall(_kept_id(_last(channel)), shelf_of(env.guild.id))
    assert kept.answer.question == "Quelle est la puissance du contrat avec AMD en 2019 ?"


async def test_a_reply_to_somebody_elses_message_is_as_before(
    env: Env, channel: ChannelHandle, ada: MemberActor
) -> None:
    bob = env.guild.add_member(env.create_user("bob"))
    question = await bob.send(channel, POWER)
    await ada.send(channel, f"{_me(env)} et AMD ?", reply_to=question)
    assert "compris comme" not in text(_last(channel))


async def test_somebody_elses_message_with_the_same_buttons_is_not_followed(
    env: Env, channel: ChannelHandle, ada: MemberActor
) -> None:
    await ada.send(channel, f"{_me(env)} {POWER}")
    await ada.send(channel, f"{_me(env)} et AMD ?", reply_to=_last(channel))
    assert "compris comme" in text(_last(channel))
    robot = {**_referenced(env)["author"], "id": "4711"}
    await _replay(env, referenced_message={**_referenced(env), "author": robot})
    assert "> et AMD ?" in text(_last(channel))
    assert "compris comme" not in text(_last(channel))


async def test_an_answer_that_is_no_longer_kept_is_not_followed(
    env: Env, simcord_bot: Sourcier, channel: ChannelHandle, ada: MemberActor
) -> None:
    await ada.send(channel, f"{_me(env)} {POWER}")
    answer = _last(channel)
    await simcord_bot.library.memory.forget(str(ada.id))
    await ada.send(channel, f"{_me(env)} et AMD ?", reply_to=answer)
    assert "> et AMD ?" in text(_last(channel))
    assert "compris comme" not in text(_last(channel))


async def test_a_message_that_was_deleted_is_not_followed(env: Env, channel: ChannelHandle, ada: MemberActor) -> None:
    await ada.send(channel, f"{_me(env)} {POWER}")
    await ada.send(channel, f"{_me(env)} et AMD ?", reply_to=_last(channel))
    await _replay(env, referenced_message=None)
    assert "> et AMD ?" in text(_last(channel))
    assert "compris comme" not in text(_last(channel))


async def test_an_answer_of_another_servers_shelf_is_not_followed(
    env: Env, channel: ChannelHandle, ada: MemberActor
) -> None:
    await ada.send(channel, f"{_me(env)} {POWER}")
    await ada.send(channel, f"{_me(env)} et AMD ?", reply_to=_last(channel))
    theirs = _referenced(env)["components"]
    guild = env.create_guild()
    other, bob = guild.create_text_channel("general"), guild.add_member(env.create_user("bob"))
    await bob.send(other, f"{_me(env)} {STAKE}")
    await bob.send(other, f"{_me(env)} et AMD ?", reply_to=_last(other))
    await _replay(env, referenced_message={**_referenced(env), "components": theirs})
    assert "> et AMD ?" in text(_last(other))
    assert "compris comme" not in text(_last(other))
