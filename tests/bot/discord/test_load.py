"""Two hundred questions at once: each is acknowledged and answered once."""

import copy
from typing import Any

from simcord.builders import ChannelHandle, GuildHandle
from simcord.env import Env

from bot.asking import Question
from bot.client import Sourcier

MANY, SOME = 200, 60
ASKED = (
    ("Combien OpenAI paie-t-elle Oracle par an ?", "30 milliards de dollars par an à compter de 2028"),
    ("How many GB200 chips did Oracle buy?", "400 000 puces GB200"),
)


async def ask_at_once(env: Env, guild: GuildHandle, channel: ChannelHandle, many: int) -> list[int]:
    """Let so many members use /ask in the same moment, before the bot can answer any; return the interactions' ids."""
    template = await _template(env, guild, channel)
    people = [guild.add_member(env.create_user(f"member{number}")) for number in range(many)]
    payloads = []
    for number, person in enumerate(people):
        record = env.backend.new_interaction(2, channel.id, person.id, guild.id)
        payload = copy.deepcopy(template) | {"id": str(record.id), "token": record.token}
        payload["member"]["user"]["id"] = str(person.id)
        payload["data"]["options"][0]["value"] = ASKED[number % len(ASKED)][0]
        payloads.append(payload)
    for payload in payloads:
        env.backend.emit("INTERACTION_CREATE", payload)
    return [int(payload["id"]) for payload in payloads]


async def _template(env: Env, guild: GuildHandle, channel: ChannelHandle) -> dict[str, Any]:
    asker = guild.add_member(env.create_user("first"))
    await asker.slash(channel, "ask", question="?")
    (payload,) = [payload for _, name, payload in env.backend.transcript if name == "INTERACTION_CREATE"]
    return dict(payload)


async def test_two_hundred_questions_at_once_are_each_acknowledged_and_answered_once(
    env: Env, simcord_bot: Sourcier
) -> None:
    guild = env.create_guild()
    channel = guild.create_text_channel("general")
    asked = await ask_at_once(env, guild, channel, MANY)
    await env.settle(timeout=60)
    sent = env.http_requests
    for number, identity in enumerate(asked):
        interaction = env.backend.interactions[identity]
        acknowledged = [one for one in sent if one.path == f"/interactions/{identity}/{interaction.token}/callback"]
        assert len(acknowledged) == 1
        answered = [one for one in sent if one.method == "PATCH" and f"/{interaction.token}/" in one.path]
        assert len(answered) == 1
        assert interaction.message_id is not None
        message = env.backend.get_message(channel.id, interaction.message_id)
        assert ASKED[number % len(ASKED)][1] in str(message.components)
        asked_for = Question(ASKED[number % len(ASKED)][0], "", interaction.user_id, f"interaction {identity}", "ask")
        assert await simcord_bot.library.memory.answered(asked_for.origin)


async def test_all_are_acknowledged_before_the_last_is_answered(env: Env) -> None:
    """Discord gives three seconds for each: nobody's acknowledgement waits for all that others asked before."""
    guild = env.create_guild()
    channel = guild.create_text_channel("general")
    asked = {str(identity) for identity in await ask_at_once(env, guild, channel, SOME)}
    await env.settle(timeout=60)
    order = [one for one in env.http_requests if one.method == "PATCH" or one.path.split("/")[2] in asked]
    last_acknowledged = max(number for number, one in enumerate(order) if one.path.endswith("/callback"))
    answered_before = sum(one.method == "PATCH" for one in order[:last_acknowledged])
    assert answered_before < SOME / 2
