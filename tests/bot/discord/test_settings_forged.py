"""/settings is for moderators only, and takes only what its menus offer, whatever a client sends."""

import json

import pytest
from simcord.env import Env

from bot.client import Sourcier
from bot.rules.preferences import Preferences
from tests.bot.discord.forging import Json, button, forge, menu
from tests.bot.discord.moderated import Server, offer_settings_to
from tests.bot.discord.reading import buttons, text


@pytest.fixture
def server(env: Env, simcord_bot: Sourcier) -> Server:
    return Server(env, simcord_bot, "one")


async def test_without_the_right_the_command_is_not_offered(server: Server) -> None:
    assert "settings" not in server.member.available_commands(server.channel)
    assert "settings" in server.manager.available_commands(server.channel)


async def test_a_server_that_offers_the_command_to_all_does_not_give_the_settings_to_all(
    env: Env, server: Server
) -> None:
    offer_settings_to(env, server, server.guild.default_role)
    result = await server.member.slash(server.channel, "settings")
    assert result.ephemeral
    assert "Only moderators" in text(result.response)
    assert not buttons(result.response)


@pytest.mark.parametrize(
    "choice",
    [
        menu("setting:language", "fr"),
        menu("setting:person_limit", "60"),
        menu("setting:channel_limit", "10"),
        menu("setting:role", "ROLE", kind=6),
        menu("setting:may_approve", "ROLE", kind=6),
        menu("setting:notices", "CHANNEL", kind=8),
        menu("setting:sources", "2000"),
    ],
)
async def test_a_member_who_forges_a_choice_changes_nothing(env: Env, server: Server, choice: Json) -> None:
    message = await server.open()
    before = text(message)
    named = json.dumps(choice).replace("ROLE", str(server.ruling.id)).replace("CHANNEL", str(server.channel.id))
    result = await forge(env, server.member, message, json.loads(named))
    assert "Only moderators" in text(result.response)
    assert await server.preferences() == Preferences()
    assert await server.noted() == []
    assert text(message) == before


async def test_a_member_who_forges_a_turn_sees_no_page(env: Env, server: Server) -> None:
    message = await server.open()
    before = text(message)
    result = await forge(env, server.member, message, button("settings:rights"))
    assert result.ephemeral
    assert "Only moderators" in text(result.response)
    assert text(message) == before


@pytest.mark.parametrize(
    "choice",
    [
        menu("setting:language", "de"),
        menu("setting:language"),
        menu("setting:language", "fr", "en"),
        menu("setting:language", 7),
        menu("setting:person_limit", "0"),
        menu("setting:person_limit", "-1"),
        menu("setting:person_limit", "٣"),
        menu("setting:person_limit", "1000000"),
        menu("setting:channel_limit", "6"),
        menu("setting:channel_limit", "10 10"),
        menu("setting:role", "1", kind=6),
        menu("setting:role", "9" * 5_000, kind=6),
        menu("setting:role", "1 2", kind=6),
        menu("setting:role", "²", kind=6),
        menu("setting:channels", "1", kind=8),
        menu("setting:notices", "1", kind=8),
        menu("setting:may_audit", "1", kind=6),
        menu("setting:may_audit", "ruling", kind=6),
        menu("setting:sources", "501"),
        menu("setting:sources"),
        menu("setting:adds_an_hour", "1000"),
        menu("setting:characters", "1e6"),
        {"custom_id": "setting:language", "component_type": 3, "values": "fr"},
        {"custom_id": "setting:language", "component_type": 3},
        {"custom_id": "setting:language", "component_type": 2},
    ],
)
async def test_a_choice_that_no_menu_offers_is_refused(env: Env, server: Server, choice: Json) -> None:
    message = await server.open()
    result = await forge(env, server.manager, message, choice)
    assert result.ephemeral
    assert "cannot be chosen here" in text(result.response)
    assert await server.preferences() == Preferences()


@pytest.mark.parametrize(
    "custom_id",
    ["setting:", "setting:owner", "setting:language:1", "setting:language\n", "settings:rights:1", "x" * 100],
)
async def test_what_is_no_menu_of_ours_is_left_alone(env: Env, server: Server, custom_id: str) -> None:
    message = await server.open()
    before = len(env.http_requests)
    result = await forge(env, server.manager, message, menu(custom_id, "fr"))
    assert not result.acknowledged
    assert len(env.http_requests) == before


async def test_a_role_of_another_server_cannot_bechosen(env: Env, server: Server, simcord_bot: Sourcier) -> None:
    other = Server(env, simcord_bot, "two")
    message = await server.open()
    for setting in ("role", "may_add"):
        result = await forge(env, server.manager, message, menu(f"setting:{setting}", str(other.ruling.id), kind=6))
        assert "cannot be chosen here" in text(result.response)
    assert await server.preferences() == Preferences()


async def test_where_the_bot_is_no_member_there_is_nothing_to_set(env: Env, server: Server) -> None:
    message = await server.open()
    absent = {"guild_id": str(server.guild.id + 1), "guild": {"id": str(server.guild.id + 1), "features": []}}
    result = await forge(env, server.manager, message, menu("setting:language", "fr"), **absent)
    assert "not a member of this server" in text(result.response)
    assert await server.preferences() == Preferences()
