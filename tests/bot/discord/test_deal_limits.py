"""How often deals may be looked up, by whom, and what an operator reads of it."""

import json
from io import StringIO

import pytest
from simcord.env import Env

from bot.client import Sourcier
from bot.rules.gate import USES
from bot.rules.preferences import Setting
from tests.bot.discord.dealers import Dealer, seen
from tests.bot.discord.forging import button, forge


@pytest.fixture
def here(env: Env, simcord_bot: Sourcier) -> Dealer:
    return Dealer(env, simcord_bot, "here")


async def test_looking_up_counts_as_asking(env: Env, here: Dealer) -> None:
    await here.bot.preferences.set(here.shelf, Setting.PERSON_LIMIT, "3")
    await here.deal("oracle")
    await here.compare("oracle", "amd")
    await here.use("ask", question="How much does OpenAI pay Oracle per year?")
    message = await here.member.send(here.channel, "4.5 GW for Oracle")
    for result in (
        await here.use("timeline"),
        await here.use("deal", name="oracle"),
        await here.member.context_menu(here.channel, "Check the figures", message),
    ):
        assert result.ephemeral
        assert seen(result.response).startswith("Not so fast!")
    await env.advance_time(60)
    assert "**4.5 GW** [1]" in seen(await here.deal("oracle"))


async def test_in_a_crowded_channel_deals_are_shown_to_who_asks_alone(here: Dealer) -> None:
    await here.bot.preferences.set(here.shelf, Setting.CHANNEL_LIMIT, "10")
    shown = [(await here.use("deal", name="oracle")).ephemeral for _ in range(11)]
    assert shown == [False] * 10 + [True]


async def test_too_many_presses_are_asked_for_patience(env: Env, here: Dealer) -> None:
    message = await here.deal("oracle")
    for _ in range(USES):
        here.bot.gate.use(here.member.id)
    result = await here.member.click(message, label="Quotes")
    assert result.ephemeral
    assert seen(result.response).startswith("Not so fast!")
    forged = await forge(env, here.member, message, button("timeline:csv:::0"))
    assert seen(forged.response).startswith("Not so fast!")


async def test_the_log_tells_what_was_shown_and_nothing_that_somebody_typed(here: Dealer, log: StringIO) -> None:
    await here.press(await here.deal("Larry Ellison"), "CSV")
    lines = [json.loads(line) for line in log.getvalue().splitlines()]
    assert [(line["what"], line["part"]) for line in lines if line["message"] == "shown"] == [
        ("deal", "card"),
        ("deal", "csv"),
    ]
    assert "Ellison" not in log.getvalue()
