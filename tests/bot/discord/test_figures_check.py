""" "Check the figures" in a message's menu: each figure held against the sources, with the quotes that prove it."""

import re

import pytest
from simcord.env import Env
from simcord.results import InteractionResult

from bot.client import Sourcier
from bot.views.check import MOST_MESSAGES
from tests.bot.discord.dealers import Dealer, seen
from tests.bot.discord.locales import again_in
from tests.bot.discord.reading import parts

NAME = "Check the figures"


@pytest.fixture
def here(env: Env, simcord_bot: Sourcier) -> Dealer:
    return Dealer(env, simcord_bot, "here")


async def check(here: Dealer, content: str) -> InteractionResult:
    """Let somebody write a message, and check its figures."""
    message = await here.member.send(here.channel, content)
    return await here.member.context_menu(here.channel, NAME, message)


async def test_each_figure_is_said_to_match_to_differ_or_to_be_unknown_with_the_proof(here: Dealer) -> None:
    said = "OpenAI rents 4.5 GW from Oracle. Microsoft invested $14 billion in OpenAI. Crusoe has 12,000 employees."
    result = await check(here, said)
    shown = seen(result.response)
    assert shown.startswith("**1 figure matches, 1 figure differs, 1 figure is not in the sources.**")
    assert "**✓ “4.5 GW” · matches the sources**\n**4.5 GW** [1]" in shown
    assert "> **OpenAI a loué 4,5 GW de puissance de calcul à Oracle .**\n-# **1** · " in shown
    assert re.search(r"\*\*≠ “\$14 billion” · differs: the sources say\*\*\n\*\*\$13 billion\*\* \[\d\]", shown)
    assert "> **En retour, Microsoft a investi 13 milliards de dollars" in shown
    assert "**? “12,000 employees” · not in the sources**" in shown


async def test_every_quote_is_shown_once_where_its_number_is_first_used(here: Dealer) -> None:
    result = await check(here, "Oracle: 4.5 GW. I repeat, OpenAI rents 4.5 GW from Oracle!")
    shown = seen(result.response)
    for number in set(re.findall(r"\[(\d+)\]", shown)):
        assert shown.count(f"\n-# **{number}** · ") == 1
        assert shown.index(f"[{number}]") < shown.index(f"\n-# **{number}** · ")


async def test_a_check_is_for_who_asked_for_it_in_their_language(env: Env, here: Dealer) -> None:
    assert (await check(here, "OpenAI loue 4,5 GW à Oracle.")).ephemeral
    again = await again_in(env, "fr")
    assert again.ephemeral
    assert "**✓ « 4,5 GW » · conforme aux sources**" in seen(again.response)
    assert not [message for message in here.channel.history() if message.author.bot]


async def test_what_a_message_without_figures_or_without_text_has_is_said(here: Dealer) -> None:
    assert "There is no figure in this text." in seen((await check(here, "Good morning, Oracle!")).response)
    empty = await check(here, "<@99> https://example.org/2028/30-GW")
    assert seen(empty.response) == "There is no text to check in this."


async def test_what_discord_puts_into_a_message_is_no_figure(here: Dealer) -> None:
    result = await check(here, "<t:1700000000:R> <@1456074443980800000> <:gw:4500000000> </deal:30> Hello, Oracle.")
    assert "There is no figure in this text." in seen(result.response)


@pytest.mark.parametrize(
    "content",
    [
        "**30 milliards** ||de dollars|| par an `pour` [Oracle](https://example.org) @everyone <@&7>",
        "# 4,5 GW\n> 30 Md$\n- ~~6 GW~~ *AMD*\n||49 %|| __Microsoft__",
        "30\u202e milliards \u200bde dollars par an à Oracle \x1b[31m",
        "```\n4,5 GW Oracle\n```",
        "9" * 1_900 + " GW pour Oracle",
        "un " * 600 + "GW",
        "10-10-10-" * 200,
    ],
)
async def test_a_hostile_message_is_checked_within_the_limits_and_shows_as_text(here: Dealer, content: str) -> None:
    result = await check(here, content)
    for message in (result.response, *result.followups):
        raw = "\n".join(part["content"] for part in parts(message) if "content" in part)
        assert not {"\u202e", "\u200b", "\x1b"} & set(raw)
        assert "<@&7>" not in raw
        assert "](https://example" not in raw
        assert result.ephemeral


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("> 4.5 GW from Oracle", "✓ “4.5 GW” · matches the sources"),
        (">>> *Oracle*: __4.5 GW__", "✓ “4.5 GW” · matches the sources"),
        (
            "- [Oracle](https://example.org/2_030) pays **$30 billion** a year",
            "✓ “$30 billion a year” · matches the sources",
        ),
        ("AMD: **6** GW", "✓ “6 GW” · matches the sources"),
        ("Oracle 4\u200b.5 GW", "✓ “4.5 GW” · matches the sources"),
        ("Oracle: 4\\.5 ||GW||", "✓ “4.5 GW” · matches the sources"),
        ("```\nOracle: 4.5 GW\n```", "✓ “4.5 GW” · matches the sources"),
        ("Oracle has ~~less~~ less than *4* GW", "≠ “less than 4 GW” · differs: the sources say"),
    ],
)
async def test_marks_of_a_message_do_not_change_its_figures(here: Dealer, content: str, told: str) -> None:
    result = await check(here, content)
    assert f"**{told}**" in seen(result.response)


async def test_neighbours_that_read_the_same_have_lists_of_their_own(here: Dealer) -> None:
    shown = seen((await check(here, "Oracle: 4.5 GW. I repeat, OpenAI rents 4.5 GW from Oracle!")).response)
    assert shown.count("**✓ “4.5 GW” · matches the sources**") == 2


async def test_many_figures_take_a_few_messages_and_the_rest_are_counted(here: Dealer) -> None:
    content = " ".join(f"Oracle: {number} GW." for number in range(100, 220))
    result = await check(here, content)
    whole = [result.response, *result.followups]
    assert 1 < len(whole) <= MOST_MESSAGES
    assert all(message is not None and message.ephemeral for message in whole)
    told = "\n".join(seen(message) for message in whole)
    (left,) = re.findall(r"-# (\d+) more figures? (?:is|are) not shown here\.", told)
    shown = len(set(re.findall(r"“(\d+) GW” ·", told)))
    (summed,) = re.findall(r"^\*\*(.+)\*\*$", told, re.MULTILINE)[:1]
    assert shown + int(left) == sum(map(int, re.findall(r"\d+", summed))) == 120


async def test_a_removed_source_matches_nothing(here: Dealer) -> None:
    await here.bot.library.remove("oracle-4-5-gw", by="test")
    shown = seen((await check(here, "OpenAI pays Oracle $30 billion a year.")).response)
    assert "matches the sources" not in shown
    assert "Punto Informatico" not in shown
