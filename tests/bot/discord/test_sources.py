"""/sources list: what is read here, page by page, in one server and the other."""

import discord
import pytest
from simcord.env import Env
from simcord.results import ResponseMessage

from bot.client import Sourcier, create_bot
from bot.settings import Settings
from bot.views.markdown import length
from bot.views.sources import LONGEST_SEARCH, PAGE, Turn, TurnButton, searchable
from tests.bot.discord.limits import walk
from tests.bot.discord.locales import again_in
from tests.bot.discord.readers import SEEDS, Reader, raw, reader
from tests.bot.discord.reading import buttons, text


@pytest.fixture
def here(env: Env, simcord_bot: Sourcier) -> Reader:
    return reader(env, simcord_bot, "here")


@pytest.fixture
def elsewhere(env: Env, simcord_bot: Sourcier) -> Reader:
    return reader(env, simcord_bot, "elsewhere")


async def test_the_list_says_of_each_source_what_it_is(here: Reader) -> None:
    own = await here.add("Le phare de Cordouan", publisher="Sud Ouest", published="2023-02-04")
    listed = text(await here.list())
    assert f"{SEEDS + 1} sources are read here" in listed
    assert "OpenAI et AMD annoncent une alliance stratégique de 6 gigawatts" in listed
    assert "(editor’s title)\n-# about October 2025 (editor’s estimate) · shared · amd-6-gw" in listed
    assert f"Sud Ouest · 4 February 2023 · this server’s own · {own.id}" in listed
    assert "Punto Informatico · about July 2025 (editor’s estimate) · shared" in listed


async def test_the_list_speaks_the_language_of_the_reader(env: Env, here: Reader) -> None:
    await here.list()
    listed = text((await again_in(env, "fr")).response)
    assert f"{SEEDS} sources sont lues ici" in listed
    assert "(estimation de l’éditeur) · partagée" in listed


async def test_the_pages_are_turned_in_place_and_show_every_source_once(here: Reader) -> None:
    for number in range(18):
        await here.add(f"Carnet de bord numéro {number:02}")
    message = await here.list()
    assert buttons(message).keys() == {"▶"}
    seen = [text(message)]
    while "▶" in buttons(message):
        result = await here.member.click(message, label="▶")
        assert result.response is None or result.response.id == message.id
        seen.append(text(message))
    assert len(seen) == 3
    assert "3/3" in seen[-1]
    assert buttons(message).keys() == {"◀"}
    whole = "\n".join(seen)
    for number in range(18):
        assert whole.count(f"numéro {number:02}") == 1
    assert [page.count("\n-# ") - 1 for page in seen] == [PAGE, PAGE, SEEDS + 18 - 2 * PAGE]
    await here.member.click(message, label="◀")
    assert text(message) == seen[1]


async def test_a_few_sources_have_no_pages(here: Reader) -> None:
    assert not buttons(await here.list())


async def test_a_search_finds_by_title_publisher_credit_and_id_whatever_the_accents(here: Reader) -> None:
    own = await here.add("Énergie du Médoc", publisher="Les Échos", credit="via : Éole")
    for search in ("energie medoc", "ECHOS", "éole", own.id):
        listed = text(await here.list(search))
        assert "1 source has" in listed
        assert "Énergie du Médoc" in listed


async def test_the_pages_of_a_search_stay_in_the_search(here: Reader) -> None:
    for number in range(12):
        await here.add(f"Carnet de bord numéro {number:02}")
    message = await here.list("carnet de  bord")
    await here.member.click(message, label="▶")
    assert "12 sources have “carnet de bord”" in text(message)
    assert "numéro 11" in text(message)
    assert "2/2" in text(message)
    assert "OpenAI" not in text(message)


async def test_a_search_that_finds_nothing_says_so_and_what_helps(env: Env, here: Reader) -> None:
    found = text(await here.list("zeppelin <@1> **x**"))
    assert "No source here has “zeppelin <@1> **x**”" in found
    assert f"shows {SEEDS} sources" in found
    assert "“zeppelin \\<\\@1> \\*\\*x\\*\\*”" in raw(await here.list("zeppelin <@1> **x**"))
    french = text((await again_in(env, "fr")).response)
    assert "Aucune source ne contient «\u00a0zeppelin <@1> **x**\u00a0»" in french


async def test_where_nothing_is_read_the_list_says_so(here: Reader) -> None:
    for source in await here.bot.library.sources():
        await here.bot.library.remove(source.id, by="test")
    assert "I read nothing here yet" in text(await here.list())
    assert "I read nothing here yet" in text(await here.list("oracle"))
    assert "I read no source called" in text(await here.show("oracle-4-5-gw"))


async def test_a_removed_source_is_gone_from_the_list_the_choices_and_the_cards(here: Reader) -> None:
    own = await here.add("Le phare de Cordouan")
    await here.bot.library.remove(own.id, by="test", shelf=own.shelf)
    assert "Cordouan" not in text(await here.list())
    assert not await here.offered("cordouan")
    card = text(await here.show(own.id))
    assert "I read no source called" in card
    assert "Rien de plus" not in card


async def test_a_page_that_is_not_there_any_more_is_the_last_one(here: Reader) -> None:
    own = [await here.add(f"Carnet de bord numéro {number}") for number in range(6)]
    message = await here.list()
    for source in own:
        await here.bot.library.remove(source.id, by="test", shelf=source.shelf)
    await here.member.click(message, label="▶")
    assert f"{SEEDS} sources are read here" in text(message)
    assert not buttons(message)


async def test_page_buttons_live_through_a_restart(env: Env, here: Reader, settings: Settings) -> None:
    for number in range(12):
        await here.add(f"Carnet de bord numéro {number:02}")
    message = await here.list("carnet")
    await env.restart_bot(create_bot(settings))
    await here.member.click(message, label="▶")
    assert "2/2" in text(message)
    assert "numéro 11" in text(message)


@pytest.mark.parametrize(
    "custom_id",
    [
        "sources:99999:",
        "sources:00000:",
        "sources:1:%' OR 1=1 --",
        "sources:0:" + "🙂" * LONGEST_SEARCH,
        "sources:3:**x** <@&1> @everyone",
        "sources:0:\u202e\x1b[31m",
        "sources:0: ::: ",
    ],
)
async def test_a_forged_page_button_shows_some_page_and_nothing_else(here: Reader, custom_id: str) -> None:
    await _many(here)
    message = _forged(here, await here.list(), custom_id)
    await here.member.click(message, custom_id=custom_id)
    shown = text(message)
    assert "No source here has" in shown or "sources are read here" in shown
    assert not {"\u202e", "\x1b"} & set(shown)


@pytest.mark.parametrize(
    "custom_id",
    [
        "sources:100000:",
        "sources:-1:",
        "sources:1:a\nb",
        "sources:²:",
        "sources:0:" + "x" * 41,
        "sources:",
        "sources:1",
    ],
)
async def test_what_is_no_page_button_of_ours_is_left_alone(env: Env, here: Reader, custom_id: str) -> None:
    await _many(here)
    message = _forged(here, await here.list(), custom_id)
    before = len(env.http_requests)
    await here.member.click(message, custom_id=custom_id)
    assert len(env.http_requests) == before


async def test_a_page_button_on_a_message_for_all_shows_the_page_to_whoever_pressed(here: Reader) -> None:
    await _many(here)
    message = await here.list()
    stored = here.env.backend.get_message(here.channel.id, message.id)
    stored.flags &= ~discord.MessageFlags(ephemeral=True).value
    result = await here.member.click(message, label="▶")
    assert result.ephemeral
    assert result.response is not None
    assert result.response.id != message.id
    assert "2/2" in text(result.response)
    assert "1/2" in text(message)


@pytest.mark.parametrize("search", ["🙂" * 60, "x" * 60, "a:b:c", "a\nb\r\nc", "\x00", "\ud800", "  é  è  ", ""])
def test_whatever_is_searched_for_fits_the_buttons(search: str) -> None:
    button = TurnButton(Turn(99_999, searchable(search)), "▶")
    assert length(str(button.custom_id)) <= 100


async def test_a_server_sees_its_own_sources_and_never_anothers(here: Reader, elsewhere: Reader) -> None:
    own = await here.add("Le phare de Cordouan")
    await elsewhere.add("Le viaduc de Millau")
    assert "Cordouan" in text(await here.list())
    for message in (
        await elsewhere.list(),
        await elsewhere.list("cordouan"),
        await elsewhere.show(own.id),
        await elsewhere.show("Le phare de Cordouen"),
    ):
        assert "Le phare de Cordouan" not in text(message)
        assert f"{SEEDS + 2} sources" not in text(message)
    assert await elsewhere.offered("cordouan") == {}
    assert list((await elsewhere.offered("millau")).values()) == ["le-viaduc-de-millau"]


async def test_direct_messages_see_the_seeds_only(env: Env, here: Reader) -> None:
    await here.add("Le phare de Cordouan")
    user = env.create_user("bob")
    listed = text((await user.slash("sources list")).response)
    assert f"{SEEDS} sources are read here" in listed
    assert "Cordouan" not in listed
    assert "I read no source called" in text((await user.slash("sources show", source="le-phare-de-cordouan")).response)
    assert await user.autocomplete("sources show", "source", "cordouan") == []


async def test_a_removed_shared_source_is_no_more_anybodys(here: Reader, elsewhere: Reader) -> None:
    await here.bot.library.remove("amd-6-gw", by="operator")
    for place in (here, elsewhere):
        assert "AMD" not in text(await place.list())


async def _many(here: Reader) -> None:
    for number in range(PAGE):
        await here.add(f"Carnet de bord numéro {number}")


def _forged(here: Reader, message: ResponseMessage, custom_id: str) -> ResponseMessage:
    """Return a message on which the button ahead has another custom id, as a tampered client would send it."""
    stored = here.env.backend.get_message(here.channel.id, message.id)
    for part in walk(stored.components):
        if part.get("label") == "▶":
            part["custom_id"] = custom_id
    return message
