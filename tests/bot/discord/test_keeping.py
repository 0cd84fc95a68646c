"""/source list, show, refresh, remove and restore: a server looks after its own sources, and only after those."""

import re
from collections.abc import AsyncIterator

import pytest
from simcord.env import Env

from bot.client import Sourcier, create_bot
from bot.rules.preferences import Setting
from bot.settings import Settings
from index.model import State
from index.moderating.model import Act, Every
from tests.bot.discord.dealers import seen
from tests.bot.discord.forging import button, forge
from tests.bot.discord.kept_pages import HISTORY, PAGE, POWER, TITLE, WHO, Keeper
from tests.bot.discord.reading import buttons, text
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


async def test_the_list_has_every_own_source_and_how_it_stands(env: Env, here: Keeper, page: ChangingPage) -> None:
    assert "no sources of its own yet" in seen(await here.use("list"))
    for number in range(9):
        await here.paste(f"Article {number} **gras** @everyone")
    await here.bot.library.remove("article-3-gras-everyone", by="1", shelf=here.shelf)
    await here.read(page)
    await here.use("refresh", source=TITLE)
    page.text = PAGE.replace("4,5", "5")
    await here.use("refresh", source=TITLE)
    other = Keeper(env, here.bot, "other")
    await other.paste("Secret des autres")
    shown = await here.use("list")
    assert "-# 1/2" in seen(shown)
    result = await here.manager.click(shown, custom_id="keep:show:article-3-gras-everyone:0")
    assert result.ephemeral
    assert "**Id** · article-3-gras-everyone" in seen(result.response)
    told = await here.whole(shown)
    assert "10 sources of this server" in told
    assert "1 draft waits" in told
    assert f"**{TITLE}**\n-# live · a newer version waits for approval" in told
    assert "~~Article 3 **gras** @everyone~~\n-# removed; it can be restored until <t:" in told
    assert all(f"Article {number} **gras** @everyone" in told for number in range(9))
    assert "Secret" not in told


async def test_a_source_is_shown_with_all_that_is_known_of_it(here: Keeper, page: ChangingPage) -> None:
    source = await here.read(page)
    await here.approve_figure(source, "4,5 GW")
    await here.bot.library.upkeep.schedule(source.id, Every.WEEKLY, by="1", shelf=here.shelf)
    shown = await here.use("show", source="phare cordouan")
    told = seen(shown)
    for fact in (
        "**State** · live",
        "**Figures** · 2 to review · 1 approved",
        "**Read again** · every week · next time <t:",
        f"<@{here.adder.id}>",
        "**Version** · 1",
        f"**Id** · {source.id}",
    ):
        assert fact in told
    assert re.search(r"\*\*Last read\*\* · <t:\d+:f>$", told, re.MULTILINE), "it was read, and nothing else came of it"
    assert list(buttons(shown)) == ["Refresh", "Figures", "Remove", "Who did what"]
    assert "4,5 GW" in seen(await here.press(shown, "Figures"))
    assert "Source added: “Le phare de Cordouan”" in seen(await here.press(shown, "Who did what"))
    assert "Its page says what it said before." in seen(await here.press(shown, "Refresh"))
    pasted = await here.paste("Un texte collé")
    said = await here.paste("Dit par Ada", url=f"https://discord.com/channels/{here.guild.id}/{here.channel.id}/1")
    for one in (pasted, said):
        assert list(buttons(await here.use("show", source=one.id))) == ["Remove", "Who did what"]
        assert "was not read from a web page" in seen(await here.use("refresh", source=one.id))


async def test_refreshing_tells_what_changed_and_opens_the_draft_of_it(here: Keeper, page: ChangingPage) -> None:
    source = await here.read(page)
    await here.approve_figure(source, "4,5 GW")
    assert HISTORY in await here.ask(WHO)
    page.text = PAGE.replace("1611", "1612").replace("4,5 GW", "5 GW")
    shown = await here.use("refresh", source=TITLE)
    told = seen(shown)
    for line in (
        "Its page says something else now.",
        "2 sentences that I have quoted are gone:",
        f"− {HISTORY}",
        "1 approved figure changes:",
        "capacity: 4.5 GW → **5 GW**",
        "2 sentences are gone, 2 are new, 2 stay.",
        f"− {POWER}",
        f"+ {POWER.replace('4,5', '5')}",
        "The draft waits until <t:",
    ):
        assert line in told
    assert HISTORY in await here.ask(WHO), "nothing is live before somebody approves it"
    opened = await here.press(shown, "Open the draft")
    await here.press(opened, "Approve the new version")
    assert "1612" in await here.ask(WHO)


async def test_a_page_in_trouble_leaves_the_last_good_version(here: Keeper, page: ChangingPage) -> None:
    source = await here.read(page)
    page.status = "404 Not Found"
    assert "Its page is gone; the last good version stays." in seen(await here.use("refresh", source=TITLE))
    page.status, page.text = "200 OK", "Cet article n’est plus disponible."
    assert "lost most of its text" in seen(await here.use("refresh", source=TITLE))
    page.text = "…"
    assert "no article any more" in seen(await here.use("refresh", source=TITLE))
    page.status = "503 Busy"
    assert "could not be read" in seen(await here.use("refresh", source=TITLE))
    assert (await here.bot.library.source(source.id, here.shelf)).version == 1
    assert HISTORY in await here.ask(WHO)


async def test_a_schedule_is_set_and_taken_back(here: Keeper, page: ChangingPage) -> None:
    source = await here.read(page)
    assert "every day" in seen(await here.use("refresh", source=TITLE, every="daily"))
    plan = await here.bot.library.upkeep.plan(source.id, here.shelf)
    assert plan is not None
    assert plan.every is Every.DAILY
    assert not page.asked, "saying how often is no reading"
    never = seen(await here.use("refresh", source=TITLE, every="never"))
    assert "only when somebody asks for it" in never
    assert "next" not in never
    await here.paste("Collé")
    for told in (await here.use("refresh", source="Collé"), await here.use("refresh", source="Collé", every="daily")):
        assert "was not read from a web page" in seen(told)


async def test_a_removed_source_is_gone_from_the_next_answer_and_back_with_one_press(
    env: Env, here: Keeper, page: ChangingPage, settings: Settings
) -> None:
    source = await here.read(page)
    await here.bot.library.upkeep.schedule(source.id, Every.WEEKLY, by="1", shelf=here.shelf)
    page.text = PAGE.replace("4,5", "5")
    assert (await here.bot.library.upkeep.look(source.id, by="1", shelf=here.shelf)).draft is not None
    shown = await here.use("remove", source=TITLE)
    assert "Read again" not in seen(shown), "nobody looks at it while it is removed"
    assert "a newer version waits" not in seen(shown) + seen(await here.use("list"))
    assert "Removed: it is in no answer from now on. You can restore it until <t:" in seen(shown)
    assert list(buttons(shown)) == ["Restore", "Who did what"]
    assert HISTORY not in await here.ask(WHO)
    assert "is removed: restore it first" in seen(await here.use("refresh", source=TITLE))
    bot = create_bot(settings, policy=page.policy)
    await env.restart_bot(bot)
    here.bot = bot
    back = await here.press(shown, "Restore")
    assert back.id == shown.id, "where it was pressed"
    assert "Restored: it is in the next answer again." in seen(back)
    assert HISTORY in await here.ask(WHO)
    assert "It is live already." in seen(await here.use("restore", source=source.id))
    await here.use("remove", source=source.id)
    assert "It is removed already." in seen(await here.use("remove", source=source.id))
    assert "Restored" in seen(await here.use("restore", source=TITLE))
    acts = [deed.act for deed in (await bot.library.journal.read(here.shelf, source.id)).deeds]
    assert acts[:4] == [Act.RESTORED, Act.REMOVED, Act.RESTORED, Act.REMOVED]


async def test_restoring_keeps_to_the_limit_on_sources(here: Keeper) -> None:
    await here.bot.preferences.set(here.shelf, Setting.SOURCES, "50")
    for number in range(51):
        await here.paste(f"Article {number}")
    await here.bot.library.remove("article-0", by="1", shelf=here.shelf)
    assert "There are 50 sources and drafts here" in seen(await here.use("restore", source="article-0"))
    await here.bot.library.remove("article-1", by="1", shelf=here.shelf)
    assert "Restored" in seen(await here.use("restore", source="article-0"))


async def test_a_name_that_is_none_of_the_servers_own_sources_is_explained(env: Env, here: Keeper) -> None:
    for title in ("Le parc éolien de Brest", "Le parc éolien de Lorient"):
        await here.paste(title)
    other = Keeper(env, here.bot, "other")
    secret = await other.paste("Secret des autres")
    for command in ("show", "refresh", "remove", "restore"):
        told = seen(await here.use(command, source="oracle-4-5-gw"))
        assert "one of the sources that all servers share" in told
        assert "This server has no source called" in seen(await here.use(command, source=secret.id))
        unclear = seen(await here.use(command, source="parc éolien"))
        assert "Brest" in unclear
        assert "Lorient" in unclear
    assert all(source.state is State.LIVE for source in await here.bot.library.sources(other.shelf))


async def test_every_press_and_command_asks_for_the_right_again(env: Env, here: Keeper, page: ChangingPage) -> None:
    source = await here.read(page)
    other = Keeper(env, here.bot, "other")
    secret = await other.paste("Secret des autres")
    await here.let_add()
    shown = await here.use("show", here.adder, source=TITLE)
    for label in ("Remove", "Who did what"):
        told = seen(await here.press(shown, label, here.adder))
        assert "Only those whom this server lets" in told
        assert "**State**" in text(shown), "what they saw stays"
    for command in ("list", "show", "refresh", "remove", "restore", "history"):
        options = {} if command in {"list", "history"} else {"source": TITLE}
        told = seen(await here.use(command, here.member, **options))
        assert "Only those whom this server lets" in told
        assert TITLE not in told
    for custom_id, said in (
        (f"keep:remove:{source.id}:0:t", "Only those whom"),
        (f"keep:show:{source.id}:0", "Only those whom"),
        ("keep:history::0", "Only those whom"),
    ):
        assert said in seen((await forge(env, here.member, shown, button(custom_id))).response)
    for custom_id in (
        f"keep:remove:{secret.id}:0",
        f"keep:show:{secret.id}:0",
        "keep:restore:oracle-4-5-gw:0",
        "keep:refresh:nothing:0",
        "keep:remove::0",
    ):
        told = seen((await forge(env, here.manager, shown, button(custom_id))).response)
        assert "This server has no such source" in told, custom_id
        assert "Secret" not in told
    for custom_id in ("keep:remove:../x:0", "keep:list::99999", "keep:burn:x:0"):
        assert (await forge(env, here.manager, shown, button(custom_id))).response is None
    assert "10 sources" not in seen((await forge(env, here.manager, shown, button("keep:list::9999"))).response)
    for shelf, kept in ((here.shelf, source), (other.shelf, secret)):
        assert (await here.bot.library.source(kept.id, shelf)).state is State.LIVE


async def test_only_own_sources_are_offered_and_only_to_those_who_may(
    env: Env, here: Keeper, page: ChangingPage
) -> None:
    source = await here.read(page)
    for text_ in ("un", "deux"):
        await here.paste("Le même titre", f"Le même titre, article numéro {text_} de la série.")
    gone = await here.paste("Le vieux phare")
    await here.bot.library.remove(gone.id, by="1", shelf=here.shelf)
    await Keeper(env, here.bot, "other").paste("Le phare des autres")
    for command in ("refresh", "remove"):
        assert await here.offered(command, "phare") == {TITLE: source.id}
    assert await here.offered("restore", "") == {"Le vieux phare": gone.id}
    for command in ("show", "history"):
        assert await here.offered(command, "PHARE") == {"Le vieux phare": gone.id, TITLE: source.id}
    assert set(await here.offered("show", "meme titre")) == {
        "le-meme-titre · Le même titre",
        "le-meme-titre-2 · Le même titre",
    }
    page.text = PAGE.replace("4,5", "5")
    looked = await here.bot.library.upkeep.look(source.id, by="1", shelf=here.shelf)
    assert looked.draft is not None
    assert await here.offered("review", "cordouan") == {f"Draft · {TITLE}": looked.draft.id, TITLE: source.id}
    for command in ("show", "refresh", "remove", "restore", "history", "review"):
        assert await here.offered(command, "", here.member) == {}


async def test_it_speaks_french_where_the_server_does(here: Keeper, page: ChangingPage) -> None:
    source = await here.read(page)
    await here.approve_figure(source, "4,5 GW")
    await here.bot.preferences.set(here.shelf, Setting.LANGUAGE, "fr")
    page.text = PAGE.replace("4,5 GW", "5 GW")
    told = seen(await here.use("refresh", source=TITLE))
    assert "Sa page dit autre chose à présent." in told
    assert "1 chiffre approuvé change :" in told
    assert "puissance : 4,5 GW → 5 GW" in told.replace("**", "")
    assert "1 phrase a disparu, 1 est nouvelle, 3 restent." in told
    told = seen(await here.use("remove", source=TITLE))
    assert "Retirée : elle n’apparaît plus dans aucune réponse. Vous pouvez la rétablir jusqu’au <t:" in told
