"""What a server calls otherwise than its sources do: set in a form of /settings, in answers from then on."""

import json

import pytest
from simcord.env import Env
from simcord.results import InteractionResult

from bot.client import Sourcier, create_bot
from bot.rules.places import shelf_of
from bot.settings import Settings
from bot.translation import translator
from bot.views.synonym_forms import SynonymsForm, read_synonyms
from index.model import Article
from tests.bot.discord.dealers import file_of, message_of, seen
from tests.bot.discord.forging import button, forge
from tests.bot.discord.moderated import Server
from tests.bot.discord.reading import text

QUESTION = "Que fournira ZRG ?"
BATTERIES = "Zorgatec fournira les batteries"
NAMED = "ZRG = Zorgatec"


@pytest.fixture
async def server(env: Env, simcord_bot: Sourcier) -> Server:
    return await _with_source(Server(env, simcord_bot, "one"))


async def _with_source(server: Server) -> Server:
    article = Article(title="Valbrune", text=f"{BATTERIES} de la turbine de Valbrune.", language="fr")
    await server.bot.library.add(article, by="test", shelf=shelf_of(server.guild.id))
    return server


async def edit(server: Server) -> InteractionResult:
    """Let the manager open the form."""
    return await server.manager.click(await server.open(), custom_id="synonyms:edit")


def written(form: InteractionResult) -> list[str | None]:
    """Return what stands in the fields of the form."""
    assert form.modal is not None
    return [part["component"].get("value") for part in form.modal["components"]]


async def answer(server: Server) -> str:
    return seen(message_of(await server.member.slash(server.channel, "ask", question=QUESTION)))


async def test_a_question_that_failed_is_answered_after_an_entry_and_only_there(env: Env, server: Server) -> None:
    other = await _with_source(Server(env, server.bot, "two"))
    for each in (server, other):
        assert BATTERIES not in (await answer(each)).split("proche", 1)[0]
    message = await server.open()
    assert "**Synonyms**: what you call otherwise here than the sources do." in text(message)
    assert "0 entries" in text(message)
    form = await server.manager.click(message, custom_id="synonyms:edit")
    assert written(form) == [None, None]
    await server.manager.submit_modal(form, {"text-0": NAMED})
    assert "Saved: 1 entry." in text(message)
    assert BATTERIES in (await answer(server)).split("proche", 1)[0]
    assert BATTERIES not in (await answer(other)).split("proche", 1)[0]
    assert "0 entries" in text(await other.open())
    assert written(await edit(other)) == [None, None]
    assert written(await edit(server)) == [NAMED, None]


async def test_a_bad_line_is_named_and_nothing_is_lost(server: Server) -> None:
    await server.manager.submit_modal(await edit(server), {"text-0": NAMED})
    sent = {"text-0": f"{NAMED}\n# plus", "text-1": "**base** lunaire"}
    result = await server.manager.submit_modal(await edit(server), sent)
    returned, refused = result.followups
    assert "Your text is not lost: here it is again." in seen(returned)
    assert await file_of(returned) == ("text.txt", f"{NAMED}\n# plus\n**base** lunaire".encode())
    assert "Line 3 is not written like" in text(refused)
    assert "“**base** lunaire”" in text(refused)
    assert returned.ephemeral
    assert refused.ephemeral
    assert await server.bot.library.synonyms.of(server.shelf) == NAMED
    assert BATTERIES in await answer(server)


async def test_a_long_text_comes_back_whole_in_several_fields(server: Server) -> None:
    lines = [f"mot{number} {'x' * 30} = word{number}" for number in range(170)]
    whole = "\n".join(lines)
    assert 7_500 < len(whole) < 8_000
    await server.bot.library.synonyms.put(whole, by="test", shelf=server.shelf)
    form = await edit(server)
    parts = [part for part in written(form) if part]
    assert len(parts) == 2
    assert all(len(part) <= 4_000 for part in parts)
    assert "\n".join(parts) == whole
    await server.manager.submit_modal(form, {"text-0": parts[0], "text-1": f"{parts[1]}\n{NAMED}"})
    assert await server.bot.library.synonyms.of(server.shelf) == f"{whole}\n{NAMED}"


def test_any_text_that_may_be_kept_has_room_in_a_form_and_is_read_from_it() -> None:
    whole = "\n".join("x" * 1_000 for _ in range(7))
    form = SynonymsForm(whole, translator("fr")).to_dict()
    assert len(form["components"]) == 3
    assert read_synonyms(form["components"]) == whole
    odd_ones: tuple[object, ...] = (None, [], [1, {"component": 2}, {"component": {"value": 3}}], {"component": {}})
    for odd in odd_ones:
        assert read_synonyms(odd) == ""


async def test_only_moderators_open_the_form_and_send_it_in(env: Env, server: Server) -> None:
    message = await server.open()
    refused = await forge(env, server.member, message, button("synonyms:edit"))
    assert refused.modal is None
    assert "Only moderators" in text(refused.response)
    form = await edit(server)
    env.backend.remove_member_role(server.guild.id, server.manager.id, server.ruling.id)
    result = await server.manager.submit_modal(form, {"text-0": NAMED})
    assert "Only moderators" in text(result.response)
    assert await server.bot.library.synonyms.of(server.shelf) == ""


async def test_the_form_and_its_entries_live_through_a_restart(env: Env, server: Server, settings: Settings) -> None:
    await server.manager.submit_modal(await edit(server), {"text-0": NAMED})
    form = await edit(server)
    restarted = create_bot(settings)
    await env.restart_bot(restarted)
    assert BATTERIES in await answer(server)
    await server.manager.submit_modal(form, {"text-0": "", "text-1": ""})
    assert await restarted.library.synonyms.of(server.shelf) == ""


async def test_who_changed_them_stands_in_the_history(server: Server) -> None:
    await server.manager.submit_modal(await edit(server), {"text-0": NAMED})
    history = message_of(await server.manager.slash(server.channel, "source history"))
    assert "Synonyms: 1 entry now" in seen(history)
    assert str(server.manager.id) in json.dumps(history.components)
