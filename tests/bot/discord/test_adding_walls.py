"""Adding is for those who may, draft by draft and server by server, whatever a client sends."""

import json

import pytest
from simcord.actors import MemberActor
from simcord.env import Env
from simcord.interactions import base_payload
from simcord.results import InteractionResult

from bot.client import Sourcier
from bot.rules.preferences import Setting
from bot.views.draft_controls import Act, source_key
from index.model import Article
from tests.bot.discord.adding_server import ASKED, PROOF, Newsroom, preview
from tests.bot.discord.dealers import message_of, seen
from tests.bot.discord.forging import Json, button, forge
from tests.bot.discord.reading import buttons, parts

TEXT = f"""Hélionord a signé avec la commune de Valbrune un accord pour un centre de calcul, annonce l’entreprise.

{PROOF}, selon la directrice. Des riverains demandent une étude sur le bruit."""
GONE = "This draft does not wait here any more"


@pytest.fixture
def server(env: Env, simcord_bot: Sourcier) -> Newsroom:
    return Newsroom(env, simcord_bot, "one")


def presses(draft_id: str, source: str = "valbrune") -> list[Json]:
    """Return all buttons that a draft may have."""
    key = source_key(source)
    return [button(f"draft:{act}:{draft_id}{f':{key}' if act is Act.REPLACE else ''}") for act in Act]


async def submit(server: Newsroom, member: MemberActor, custom_id: str, **fields: str) -> InteractionResult:
    """Send in a form that was never opened."""
    labels = [
        {"type": 18, "id": at, "component": {"type": 4, "id": 100 + at, "custom_id": name, "value": value}}
        for at, (name, value) in enumerate(fields.items(), 1)
    ]
    record, payload = base_payload(
        server.env.backend,
        type=5,
        channel_id=server.channel.id,
        guild_id=member.guild.id,
        user_id=member.id,
        data={"custom_id": custom_id, "components": labels},
    )
    server.env.backend.emit("INTERACTION_CREATE", payload)
    await server.env.settle()
    return InteractionResult(server.env, record)


def said(result: InteractionResult) -> str:
    """Return all that an interaction was answered with; nobody else sees it."""
    messages = [one for one in (result.response, *result.followups) if one is not None]
    assert messages
    assert all(one.ephemeral for one in messages)
    return "\n".join(seen(one) for one in messages)


async def test_without_the_right_to_nothing_can_be_added_seen_or_changed(env: Env, server: Newsroom) -> None:
    sent = await server.member.send(server.channel, TEXT)
    draft = await server.propose(TEXT)
    before = await server.draft()
    message = message_of(await server.member.slash(server.channel, "ask", question="Qui ?", private=True))
    start = len(env.http_requests)
    attempts = [
        await server.add(server.member, link="https://example.org/"),
        await server.add(server.member, file=("a.txt", TEXT.encode())),
        await server.add(server.member),
        *[await forge(env, server.member, message, press) for press in presses(draft.id)],
        await forge(env, server.member, message, button(f"figures_of:{draft.id}")),
        await submit(server, server.member, f"draft_details:{draft.id}", title="Pris"),
        await submit(server, server.member, "source_text", title="Pris", text=TEXT),
    ]
    for attempt in attempts:
        assert attempt.modal is None
        assert "Only those whom this server lets" in said(attempt)
    told = json.dumps([request.json for request in env.http_requests[start:]], ensure_ascii=False)
    assert "Hélionord" not in told
    assert await server.draft() == before
    assert not await server.bot.library.own(server.shelf)
    assert "Add as source" not in server.member.available_commands(server.channel)
    result = await server.manager.context_menu(server.channel, "Add as source", sent)
    assert "Edit details" in buttons(result.response)


async def test_who_may_only_add_does_all_but_let_it_live(env: Env, server: Newsroom) -> None:
    await server.let_add()
    form = await server.add(server.adder)
    message = preview(await server.adder.submit_modal(form, {"title": "Valbrune", "text": TEXT}))
    told = seen(message)
    assert f"A draft (<@{server.adder.id}>)" in told
    assert "Those whom this server lets approve sources find it with" in told
    assert not {"Approve", "Figures"} & set(buttons(message))
    assert [part["disabled"] for part in parts(message) if part.get("label") == "Approve"] == [True]
    draft = await server.draft()
    for act in (Act.APPROVE, Act.APPROVE_ANYWAY):
        result = await forge(env, server.adder, message, button(f"draft:{act}:{draft.id}"))
        assert "lets approve sources" in said(result)
    assert not await server.bot.library.own(server.shelf)
    await server.adder.click(message, label="It is in English")
    assert "Language** · English" in seen(message)

    await server.bot.preferences.set(server.shelf, Setting.MAY_ADD, str(server.ruling.id))
    result = await server.adder.click(message, label="It is in French")
    assert "lets add sources" in said(result)
    assert "lets add sources" in said(await server.adder.click(message, label="Discard"))
    assert (await server.draft()).source.language == "en"


async def test_a_draft_of_another_server_is_as_good_as_none(env: Env, server: Newsroom, simcord_bot: Sourcier) -> None:
    other = Newsroom(env, simcord_bot, "two")
    theirs = await server.bot.library.add(
        Article(title="Valbrune", text=TEXT, language="fr"), by="1", shelf=other.shelf
    )
    draft = await other.propose(TEXT + "\n\nEncore une phrase.", title="Secret de Valbrune")
    before = await other.draft()
    assert [alike.source.id for alike in draft.alike] == [theirs.source.id]
    message = message_of(await server.manager.slash(server.channel, "settings"))
    start = len(env.http_requests)
    for press in presses(draft.id, theirs.source.id):
        result = await forge(env, server.manager, message, press)
        assert GONE in said(result), press
    result = await submit(server, server.manager, f"draft_details:{draft.id}", title="Pris")
    assert GONE in said(result)
    told = json.dumps([request.json for request in env.http_requests[start:]], ensure_ascii=False)
    assert "Secret" not in told
    assert await other.draft() == before

    mine = preview(await submit(server, server.manager, "source_text", title="Valbrune", text=TEXT))
    assert "is here already" not in seen(mine)
    own = await server.draft()
    await forge(env, server.manager, mine, button(f"draft:replace:{own.id}:{source_key(theirs.source.id)}"))
    assert (await server.draft()).replaces is None
    await server.manager.click(mine, label="Approve")
    assert PROOF in await server.ask(ASKED)
    assert "Secret" not in await server.ask(ASKED)


async def test_what_is_no_button_of_ours_is_left_alone(env: Env, server: Newsroom) -> None:
    message = message_of(await server.manager.slash(server.channel, "settings"))
    before = len(env.http_requests)
    for custom_id in (
        "draft:",
        "draft:approve",
        "draft:approve:short",
        "draft:approve:AAAAAAAAAAAAAAAA\n",
        "draft:destroy:AAAAAAAAAAAAAAAA",
        "draft:replace:AAAAAAAAAAAAAAAA:g00000000000",
        "draft:approve:ÀAAAAAAAAAAAAAAA",
        "figures_of:",
        "figures_of:../../etc",
    ):
        result = await forge(env, server.manager, message, button(custom_id))
        assert not result.acknowledged, custom_id
    assert len(env.http_requests) == before


async def test_forms_that_no_client_sends_change_nothing(server: Newsroom) -> None:
    draft = await server.propose(TEXT, author="Maud Terrier")
    for fields in ({"title": ""}, {"title": " \u200b "}, {"published": "\u0661\u0662"}, {"url": "//evil"}):
        result = await submit(server, server.manager, f"draft_details:{draft.id}", **fields)
        assert "\n" not in said(result), fields
    assert "The text is empty" in said(await submit(server, server.manager, "source_text", title="T"))
    await submit(server, server.manager, f"draft_details:{draft.id}", shelf="shared", text="Autre chose.")
    assert await server.draft() == draft
    long = preview(await submit(server, server.manager, "source_text", title="é" * 9_000, text=f"{TEXT} " * 100))
    assert len(seen(long)) < 4_000
    newest = (await server.waiting())[0].source
    assert len(newest.title) == 300
    assert newest.words < 1_000


async def test_where_the_bot_is_no_member_there_is_nothing_to_moderate(env: Env, server: Newsroom) -> None:
    draft = await server.propose(TEXT)
    message = message_of(await server.manager.slash(server.channel, "settings"))
    absent = {"guild_id": str(server.guild.id + 1), "guild": {"id": str(server.guild.id + 1), "features": []}}
    for act in (Act.SHOW, Act.APPROVE):
        result = await forge(env, server.manager, message, button(f"draft:{act}:{draft.id}"), **absent)
        assert "I am not a member of this server" in said(result)
    assert len(await server.waiting()) == 1
