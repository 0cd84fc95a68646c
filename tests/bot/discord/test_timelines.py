"""/timeline: what was said when, as text and as a picture."""

import pytest
from simcord.env import Env

from bot.client import Sourcier, create_bot
from bot.settings import Settings
from tests.bot.discord.dealers import Dealer, file_of, seen
from tests.bot.discord.locales import again_in
from tests.bot.discord.reading import buttons, parts

GALLERY = 12


@pytest.fixture
def here(env: Env, simcord_bot: Sourcier) -> Dealer:
    return Dealer(env, simcord_bot, "here")


async def test_a_timeline_says_in_time_order_what_was_said_and_for_when(here: Dealer) -> None:
    shown = seen(await here.timeline(deal="oracle"))
    order = [
        "### Timeline: OpenAI-Oracle computing contract",
        "**Said · October 2024 (editor’s estimate)**",
        "**about 1 GW** [",
        "**Said · July 2025 (editor’s estimate)**",
        "**4.5 GW** [",
        "**From · 2028**",
        "**$30 billion a year** [",
    ]
    places = [shown.index(said) for said in order[:6]] + [shown.rindex(order[6])]
    assert places == sorted(places)


async def test_the_picture_is_attached_shown_and_described_for_those_who_do_not_see_it(here: Dealer) -> None:
    message = await here.timeline(deal="oracle")
    name, picture = await file_of(message)
    assert name == "timeline.png"
    assert picture.startswith(b"\x89PNG")
    (gallery,) = [part for part in parts(message) if part["type"] == GALLERY]
    (item,) = gallery["items"]
    assert 0 < len(item["description"]) <= 1_024
    assert "OpenAI-Oracle" in item["description"]
    sent = [request.json for request in here.env.http_requests if request.json and "attachments" in request.json]
    assert sent[-1]["attachments"][0]["description"] == item["description"]


async def test_without_a_name_the_timeline_is_of_all_deals_and_names_them(env: Env, here: Dealer) -> None:
    shown = await here.whole(await here.timeline())
    assert "### Timeline of all deals" in shown
    for deal in ("OpenAI-Oracle computing contract", "OpenAI-AMD alliance", "Stargate project"):
        assert deal in shown
    await here.timeline()
    assert "### Chronologie de tous les accords" in seen((await again_in(env, "fr")).response)


async def test_later_pages_have_no_picture_and_the_first_has_it_again(here: Dealer) -> None:
    first = await here.timeline()
    page = await here.press(first, "▶")
    assert not page.attachments
    assert not [part for part in parts(page) if part["type"] == GALLERY]
    await here.press(page, "◀")
    assert [attachment.filename for attachment in page.attachments] == ["timeline.png"]
    assert seen(page) == seen(first)


async def test_its_buttons_live_through_a_restart(env: Env, here: Dealer, settings: Settings) -> None:
    message = await here.timeline()
    await env.restart_bot(create_bot(settings))
    assert "4,5 GW de puissance de calcul" in await here.whole(await here.press(message, "Quotes"))
    name, table = await file_of(await here.press(message, "CSV"))
    assert (name, table.count(b"oracle-4-5-gw") > 5) == ("timeline.csv", True)
    assert (await file_of(await here.press(message, "JSON")))[0] == "timeline.json"


async def test_a_removed_source_is_gone_from_the_next_timeline(here: Dealer) -> None:
    await here.bot.library.remove("oracle-4-5-gw", by="test")
    shown = await here.whole(await here.timeline())
    assert "4.5 GW" not in shown
    assert "Punto Informatico" not in shown


async def test_where_nothing_is_known_the_timeline_says_so(here: Dealer) -> None:
    for source in await here.bot.library.sources():
        await here.bot.library.remove(source.id, by="test")
    message = await here.timeline()
    assert "The sources say nothing that stands at a time." in seen(message)
    assert not message.attachments
    assert not buttons(message)


async def test_an_unknown_deal_has_no_timeline_but_buttons_to_those_of_others(here: Dealer) -> None:
    message = await here.timeline(deal="zzz")
    assert seen(message).startswith("I know of no deal called “zzz” here.")
    opened = await here.press(message, "Stargate project")
    assert "### Timeline: Stargate project" in seen(opened)
