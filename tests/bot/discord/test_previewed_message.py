"""What a preview draws is what Discord is sent."""

import json
import re
from typing import Any

import pytest
from simcord.env import Env

from bot.asking import MOST_QUOTES
from bot.preview.payload import ANSWER_ID, payload
from bot.views.controls import TEMPLATE, Act

ID = re.compile(r"(?<=:)[\w-]{16}(?=:\d+:\d+)")


def without_id(components: Any) -> Any:
    return json.loads(ID.sub("id", json.dumps(components)))


@pytest.mark.parametrize("question", ["How much does OpenAI pay Oracle per year?", "Combien Google paie-t-il ?"])
async def test_a_preview_has_the_message_that_is_sent_in_a_channel(env: Env, question: str) -> None:
    channel = env.create_guild().create_text_channel("general")
    member = env.guild.add_member(env.create_user("ada"))
    assert env.bot.user is not None
    await member.send(channel, f"{env.bot.user.mention} {question}")
    (sent,) = (
        request.json for request in env.http_requests if request.method == "POST" and request.path.endswith("/messages")
    )
    assert sent is not None
    previewed = await payload(await env.bot.library.ask(question, limit=MOST_QUOTES))  # type: ignore[attr-defined]
    assert without_id(previewed["components"]) == without_id(sent["components"])
    assert previewed["flags"] == sent["flags"]
    assert previewed["allowed_mentions"]["parse"] == sent["allowed_mentions"]["parse"] == []


def test_what_stands_for_an_answers_id_is_read_as_one() -> None:
    assert all(TEMPLATE.fullmatch(f"answer:{act}:{ANSWER_ID}:0:0") for act in Act)
