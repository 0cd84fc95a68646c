"""Pages are looked at by schedule, and moderators hear of what is new where they chose to, without a ping."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from io import StringIO

import discord
import pytest
from simcord.actors import MemberActor
from simcord.env import Env
from sqlalchemy import text as sql

from bot.client import Sourcier, create_bot
from bot.moderation.watching import look_at_due
from bot.rules.preferences import Setting
from bot.settings import Settings
from index.model import SHARED, Article, Source
from index.moderating.model import Every, Look
from index.moderating.upkeep import Looked
from tests.bot.discord.kept_pages import HISTORY, PAGE, Keeper
from tests.bot.discord.reading import buttons, links, text
from tests.index.moderating.changing_pages import ChangingPage, serving

pytestmark = pytest.mark.simcord(settle_timeout=60)


@pytest.fixture
async def page() -> AsyncIterator[ChangingPage]:
    async with serving(PAGE) as page:
        yield page


@pytest.fixture
def simcord_bot(settings: Settings, page: ChangingPage) -> Sourcier:
    return create_bot(settings, policy=page.policy)


@pytest.fixture
def here(env: Env, simcord_bot: Sourcier) -> Keeper:
    return Keeper(env, simcord_bot, "here")


async def watched(server: Keeper, page: ChangingPage, by: int | None = None) -> Source:
    """Let a source of a server be looked at every day, as somebody wished."""
    source = await server.read(page)
    person = str(by or server.manager.id)
    await server.bot.library.upkeep.schedule(source.id, Every.DAILY, by=person, shelf=server.shelf)
    return source


async def a_round(env: Env, bot: Sourcier, days: float = 2, most: int = 5) -> list[Looked]:
    """Look at what is due by then."""
    looked = await look_at_due(bot, datetime.now(UTC) + timedelta(days=days), most)
    await env.settle()
    return looked


def told_directly(member: MemberActor) -> list[discord.Message]:
    """Return what somebody was told where nobody else is."""
    return member.user.dm_channel.history()


async def test_news_are_told_in_the_channel_for_notices_and_lead_to_the_draft(
    env: Env, here: Keeper, page: ChangingPage
) -> None:
    await watched(here, page)
    notices = here.guild.create_text_channel("notices")
    await here.bot.preferences.set(here.shelf, Setting.NOTICES, str(notices.id))
    await here.bot.preferences.set(here.shelf, Setting.LANGUAGE, "en")
    assert [looked.look for looked in await a_round(env, here.bot, 0)] == [], "nothing is due yet"
    assert [looked.look for looked in await a_round(env, here.bot)] == [Look.UNCHANGED]
    assert not notices.history(), "what is as it was is no news"
    assert HISTORY in await here.ask("Qui acheva le phare de Cordouan ?")
    page.text = PAGE.replace("1611", "1612")
    await a_round(env, here.bot, 4)
    told = notices.last_message
    assert told is not None
    assert "Its page says something else now." in text(told)
    assert "1 sentence that I have quoted is gone:" in text(told)
    assert not told.mentions
    refused = await here.member.click(told, label="Open the draft")
    assert refused.ephemeral
    assert "Only those whom this server lets" in text(refused.response)
    opened = await here.manager.click(told, label="Open the draft")
    assert opened.ephemeral
    assert "Approve the new version" in buttons(opened.response)
    assert "Its page says something else" in text(told), "the notice stays as it is for the others"
    assert (await here.manager.click(told, label="Show the source")).ephemeral
    before = len(notices.history())
    await a_round(env, here.bot, 8)
    assert len(notices.history()) == before, "the same change is told once"


async def test_without_a_channel_who_looks_after_a_source_hears_of_it(
    env: Env, here: Keeper, page: ChangingPage
) -> None:
    await here.let_add()
    await watched(here, page, here.adder.id)
    page.status = "404 Not Found"
    await a_round(env, here.bot)
    (message,) = told_directly(here.adder)
    assert "Its page is gone; the last good version stays." in text(message)
    assert "-# In here\n" in text(message)
    assert not buttons(message), "what asks for a server's rights stands only in that server"
    assert f"https://discord.com/channels/{here.guild.id}" in links(message)
    assert not told_directly(here.manager)


async def test_nobody_outside_hears_of_a_servers_sources(env: Env, here: Keeper, page: ChangingPage) -> None:
    await here.let_add()
    await watched(here, page, here.adder.id)
    await here.bot.preferences.set(here.shelf, Setting.MAY_ADD, str(here.ruling.id))
    page.text = PAGE.replace("4,5", "5")
    (looked,) = await a_round(env, here.bot)
    assert looked.news
    assert not told_directly(here.adder), "they lost the right"
    await here.bot.library.drafts.discard(looked.draft.id if looked.draft else "", by="1", shelf=here.shelf)
    await here.bot.preferences.set(here.shelf, Setting.MAY_ADD, str(here.adding.id))
    here.guild.remove_member(here.adder)
    page.text = PAGE.replace("4,5", "6")
    (looked,) = await a_round(env, here.bot, 4)
    assert looked.news
    assert not told_directly(here.adder), "they left"
    (waiting,) = await here.waiting()
    assert looked.draft is not None
    assert waiting.id == looked.draft.id


async def test_a_channel_where_the_bot_may_not_write_is_none(env: Env, here: Keeper, page: ChangingPage) -> None:
    await watched(here, page)
    me = discord.PermissionOverwrite(send_messages=False)
    silent = here.guild.create_text_channel("silent", overwrites={here.guild.default_role: me})
    for channel in (silent.id, 1):
        await here.bot.preferences.set(here.shelf, Setting.NOTICES, str(channel))
    page.text = PAGE.replace("4,5", "5")
    await a_round(env, here.bot)
    assert not silent.history()
    assert len(told_directly(here.manager)) == 1


async def test_no_page_keeps_another_from_its_turn(env: Env, here: Keeper, page: ChangingPage, log: StringIO) -> None:
    upkeep = here.bot.library.upkeep
    source = await watched(here, page)
    away = Keeper(env, here.bot, "away")
    other = await watched(away, page)
    for shelf, name in ((away.shelf, other.id), (here.shelf, source.id)):
        await upkeep.postpone(name, shelf)  # so that they are due in this order
    env.backend.emit("GUILD_DELETE", {"id": str(away.guild.id), "unavailable": True})
    await env.settle()
    in_a_while = 0.1  # days
    assert await upkeep.due(datetime.now(UTC) + timedelta(days=in_a_while), 1) == [(away.shelf, other.id)]
    assert await a_round(env, here.bot, in_a_while, most=1) == [], "the server is away for a moment"
    (looked,) = await a_round(env, here.bot, in_a_while, most=1)
    assert looked.source.id == source.id
    assert await upkeep.due(datetime.now(UTC) + timedelta(days=in_a_while)) == [(away.shelf, other.id)]
    assert len(page.asked) == 1
    async with here.bot.library._store.write() as connection:  # what no version of the program writes
        await connection.execute(sql("UPDATE pages SET every = 'now and then'"))
    await upkeep.postpone(source.id, here.shelf)
    assert await a_round(env, here.bot, in_a_while, most=5) == []
    assert "looking at a page failed" in log.getvalue()
    soon = datetime.now(UTC) + timedelta(hours=1)
    assert await upkeep.due(soon) == [], "what fails is put off"


async def test_the_operators_pages_are_looked_at_and_told_to_nobody(env: Env, here: Keeper, page: ChangingPage) -> None:
    library = here.bot.library
    shared = Article(text=PAGE, title="Commun", language="fr", url=page.url)
    source = (await library.add(shared, by="operator")).source
    await library.upkeep.schedule(source.id, Every.WEEKLY, by="operator")
    page.text = PAGE.replace("4,5", "5")
    (looked,) = await a_round(env, here.bot, 8)
    assert (looked.source.shelf, looked.look, looked.news) == (SHARED, Look.CHANGED, True)
    assert not await here.waiting()
    assert len(await library.drafts.waiting(SHARED)) == 1


async def test_the_loop_ends_with_the_bot(env: Env, simcord_bot: Sourcier) -> None:
    def running() -> list[str]:
        return [task.get_name() for task in asyncio.all_tasks() if task.get_name() == "watching pages"]

    assert env.bot is simcord_bot
    assert len(running()) == 1
    await simcord_bot.unload_extension("bot.exts.moderating")
    assert not running()
