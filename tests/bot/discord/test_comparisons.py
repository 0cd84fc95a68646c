"""/compare: deals side by side, what follows from figures that are alike, and nothing from those that are not."""

import csv
import io
import json

import pytest
from simcord.env import Env

from bot.client import Sourcier, create_bot
from bot.settings import Settings
from tests.bot.discord.dealers import Dealer, file_of, seen
from tests.bot.discord.locales import again_in
from tests.bot.discord.reading import buttons, parts


@pytest.fixture
def here(env: Env, simcord_bot: Sourcier) -> Dealer:
    return Dealer(env, simcord_bot, "here")


async def test_figures_that_are_alike_are_related_with_the_formula(here: Dealer) -> None:
    shown = seen(await here.compare("oracle", "amd"))
    assert "### OpenAI-Oracle computing contract / OpenAI-AMD alliance" in shown
    assert "**1.5 GW**" in shown
    assert "-# computed: 6 GW − 4.5 GW = 1.5 GW" in shown
    assert "-# computed: 6 GW ÷ 4.5 GW ≈ 1.33" in shown


async def test_what_is_not_alike_stands_in_small_print_with_the_reason_and_is_not_computed(here: Dealer) -> None:
    shown = await here.whole(await here.compare("oracle", "amd"))
    annual = shown.partition("**Annual value**")[2].partition("\n\n")[0].partition("**Stake**")[0]
    assert "-# **$30 billion a year**" in annual
    assert "__OpenAI-AMD alliance__\n-# —" in annual
    assert "-# Only one of the deals has such a figure." in annual
    assert "computed" not in annual


async def test_three_deals_stand_side_by_side(env: Env, here: Dealer) -> None:
    message = await here.compare("oracle", "amd", c="nvidia")
    assert "contract / OpenAI-AMD alliance / Agreements with NVIDIA" in seen(message)
    french = (await again_in(env, "fr")).response
    assert "### Contrat de calcul OpenAI-Oracle / Alliance OpenAI-AMD / Accords avec NVIDIA" in seen(french)


async def test_one_deal_named_twice_gets_one_sentence(env: Env, here: Dealer) -> None:
    message = await here.compare("oracle", "Larry Ellison")
    assert seen(message) == "Two of these names mean the same deal: name different ones."
    assert seen((await again_in(env, "fr")).response).startswith("Deux de ces noms désignent le même accord : ")


async def test_a_button_of_an_unknown_name_compares_with_that_deal(here: Dealer) -> None:
    message = await here.compare("amd", "openai")
    assert "Did you mean “OpenAI-Oracle computing contract”" in seen(message)
    opened = await here.press(message, "OpenAI-Oracle computing contract")
    assert "### OpenAI-AMD alliance / OpenAI-Oracle computing contract" in seen(opened)


async def test_of_two_unknown_names_the_first_is_asked_about(here: Dealer) -> None:
    message = await here.compare("zzz", "yyy")
    assert seen(message).startswith("I know of no deal called “zzz” here.")
    assert not buttons(message)


async def test_the_buttons_of_a_comparison_live_through_a_restart(env: Env, here: Dealer, settings: Settings) -> None:
    message = await here.compare("oracle", "amd", c="nvidia")
    await env.restart_bot(create_bot(settings))
    assert "4,5 GW de puissance de calcul" in await here.whole(await here.press(message, "Quotes"))
    assert "-# 2/" in seen(await here.press(message, "▶"))
    name, table = await file_of(await here.press(message, "CSV"))
    assert name == "comparison.csv"
    rows = list(csv.DictReader(io.StringIO(table.decode("utf-8-sig"), newline="")))
    assert len({row["id"] for row in rows}) == len(rows)
    assert "6000000000 - 4500000000 = 1500000000" in {row["computed"] for row in rows}
    _, record = await file_of(await here.press(message, "JSON"))
    assert [deal["id"] for deal in json.loads(record)["deals"]] == ["oracle", "amd", "nvidia"]


async def test_a_removed_source_is_gone_from_an_older_comparison(here: Dealer) -> None:
    message = await here.compare("oracle", "amd")
    await here.bot.library.remove("oracle-4-5-gw", by="test")
    assert "4,5 GW" not in await here.whole(await here.press(message, "Quotes"))
    assert "$30 billion" not in await here.whole(await here.press(message, "▶"))


async def test_all_deals_compare_with_each_other_within_the_limits_of_a_message(here: Dealer) -> None:
    deals = [deal.id for deal in await here.bot.library.known.deals()]
    for first, second, third in zip(deals, deals[1:], deals[2:], strict=False):
        message = await here.compare(first, second, c=third)
        assert len(parts(message)) <= 40
        await here.whole(await here.press(message, "Quotes"))
