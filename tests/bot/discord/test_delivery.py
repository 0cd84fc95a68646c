"""Discord stumbles: no question is lost, no answer is doubled, nothing is said where nothing can be."""

from io import StringIO

import pytest
from simcord.env import Env

from bot.client import Sourcier
from bot.delivery import QUICK, acknowledge
from bot.interaction import Interaction
from tests.bot.discord.reading import text

QUESTION = "Combien OpenAI paie-t-elle Oracle par an ?"
PROOF = "30 milliards de dollars par an à compter de 2028"


@pytest.mark.parametrize("status", [429, 500, 502, 503])
@pytest.mark.parametrize(
    ("method", "path"),
    [("POST", "/interactions/*/callback"), ("PATCH", "/webhooks/*/messages/@original")],
    ids=["acknowledging", "answering"],
)
async def test_a_command_is_answered_though_discord_stumbles(env: Env, method: str, path: str, status: int) -> None:
    channel = env.create_guild().create_text_channel("general")
    member = env.guild.add_member(env.create_user("ada"))
    env.inject_error(method, path, status=status)
    result = await member.slash(channel, "ask", question=QUESTION)
    assert PROOF in text(result.response)
    assert len(channel.history()) == 1


@pytest.mark.parametrize("status", [429, 500, 503])
async def test_a_mention_is_answered_though_discord_stumbles(env: Env, status: int) -> None:
    channel = env.create_guild().create_text_channel("general")
    member = env.guild.add_member(env.create_user("ada"))
    env.inject_error("POST", f"/channels/{channel.id}/messages", status=status)
    assert env.bot.user is not None
    await member.send(channel, f"{env.bot.user.mention} {QUESTION}")
    (answer,) = [message for message in channel.history() if message.author.bot]
    assert PROOF in text(answer)


async def test_a_reply_carries_a_nonce_so_that_discord_keeps_one_of_it(env: Env) -> None:
    channel = env.create_guild().create_text_channel("general")
    member = env.guild.add_member(env.create_user("ada"))
    assert env.bot.user is not None
    asked = await member.send(channel, f"{env.bot.user.mention} {QUESTION}")
    (sent,) = [request for request in env.http_requests if request.path == f"/channels/{channel.id}/messages"]
    assert sent.json is not None
    assert sent.json["nonce"] == str(asked.id)
    assert sent.json["enforce_nonce"] is True


async def test_a_button_works_though_discord_stumbles(env: Env) -> None:
    channel = env.create_guild().create_text_channel("general")
    member = env.guild.add_member(env.create_user("ada"))
    answer = await member.slash(channel, "ask", question=QUESTION)
    assert answer.response is not None
    env.inject_error("POST", "/interactions/*/callback", status=503)
    result = await member.click(answer.response, label="Contexte")
    assert PROOF in text(result.response)


async def test_acknowledging_again_what_discord_knows_as_acknowledged_is_no_error(
    env: Env, simcord_bot: Sourcier
) -> None:
    channel = env.create_guild().create_text_channel("general")
    member = env.guild.add_member(env.create_user("ada"))
    seen: list[Interaction] = []

    async def notice(interaction: Interaction) -> None:
        seen.append(interaction)

    simcord_bot.add_listener(notice, "on_interaction")
    await member.slash(channel, "ask", question=QUESTION)
    (payload,) = [payload for _, name, payload in env.backend.transcript if name == "INTERACTION_CREATE"]
    env.backend.emit("INTERACTION_CREATE", payload)
    await env.settle()
    first, second = seen
    assert first.response.is_done()
    assert not second.response.is_done()
    await acknowledge(second, private=False)


async def test_an_acknowledgement_is_tried_again_within_the_three_seconds_that_discord_gives(env: Env) -> None:
    channel = env.create_guild().create_text_channel("general")
    member = env.guild.add_member(env.create_user("ada"))
    env.inject_error("POST", "/interactions/*/callback", status=503, times=len(QUICK))
    result = await member.slash(channel, "ask", question=QUESTION)
    assert PROOF in text(result.response)
    assert sum(QUICK) < 3


async def test_a_reply_is_tried_again_for_minutes_before_it_is_given_up(env: Env) -> None:
    channel = env.create_guild().create_text_channel("general")
    member = env.guild.add_member(env.create_user("ada"))
    env.inject_error("POST", f"/channels/{channel.id}/messages", status=503, times=8)
    assert env.bot.user is not None
    await member.send(channel, f"{env.bot.user.mention} {QUESTION}")
    for _ in range(12):
        await env.advance_time(15)
    (answer,) = [message for message in channel.history() if message.author.bot]
    assert PROOF in text(answer)


async def test_what_discord_never_takes_is_logged_and_counted(env: Env, log: StringIO) -> None:
    channel = env.create_guild().create_text_channel("general")
    member = env.guild.add_member(env.create_user("ada"))
    env.inject_error("POST", f"/channels/{channel.id}/messages", status=503, times=None)
    assert env.bot.user is not None
    await member.send(channel, f"{env.bot.user.mention} {QUESTION}")
    for _ in range(12):
        await env.advance_time(15)
    assert "Discord did not take a reply" in log.getvalue()


async def test_an_answer_nobody_waits_for_any_more_is_no_error(env: Env) -> None:
    channel = env.create_guild().create_text_channel("general")
    member = env.guild.add_member(env.create_user("ada"))
    env.inject_error("PATCH", "/webhooks/*/messages/@original", status=404, code=10008, message="Unknown Message")
    result = await member.slash(channel, "ask", question=QUESTION)
    assert result.acknowledged


@pytest.mark.simcord(check_errors=False)
async def test_a_message_that_discord_refuses_is_told_as_a_failure(env: Env) -> None:
    channel = env.create_guild().create_text_channel("general")
    member = env.guild.add_member(env.create_user("ada"))
    env.inject_error("PATCH", "/webhooks/*/messages/@original", status=400, code=50035, message="Invalid Form Body")
    result = await member.slash(channel, "ask", question=QUESTION)
    assert "reference" in text(result.response)


async def test_a_press_is_acknowledged_before_anything_is_looked_up(env: Env) -> None:
    channel = env.create_guild().create_text_channel("general")
    member = env.guild.add_member(env.create_user("ada"))
    answer = await member.slash(channel, "ask", question=QUESTION)
    assert answer.response is not None
    for label in ("Contexte", "Suite", "Pourquoi\u00a0?"):
        before = len(env.http_requests)
        await member.click(answer.response, label=label)
        first = env.http_requests[before]
        assert first.path.endswith("/callback")
        assert first.json is not None
        assert first.json["type"] == 5


@pytest.mark.simcord(check_errors=False)
async def test_what_fails_for_good_is_told_with_a_reference(env: Env, simcord_bot: Sourcier) -> None:
    channel = env.create_guild().create_text_channel("general")
    member = env.guild.add_member(env.create_user("ada"))
    await simcord_bot.library.close()
    result = await member.slash(channel, "ask", question=QUESTION)
    assert "reference" in text(result.response)
