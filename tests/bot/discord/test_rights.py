"""Who may do what with a server's sources is the server's choice, and is asked anew with every interaction."""

import discord
import pytest
from simcord.actors import MemberActor
from simcord.builders import RoleHandle
from simcord.env import Env
from simcord.results import ResponseMessage

from bot.client import Sourcier, create_bot
from bot.delivery import respond
from bot.interaction import Interaction
from bot.rules.preferences import RIGHTS, Setting
from bot.rules.rights import Right, limits, may
from bot.settings import Settings
from bot.views.notice import Notice
from bot.views.settings_pages import SettingsPage
from index.moderating.model import Limits
from tests.bot.discord.forging import button, forge, menu
from tests.bot.discord.moderated import Server, chosen, menus, offer_settings_to
from tests.bot.discord.reading import text

ALL = {"add", "approve", "remove", "audit"}


async def tell(interaction: Interaction) -> None:
    """Answer a press of the button that only these tests have: what its person may do, and how much."""
    if interaction.data is not None and interaction.data.get("custom_id") == "what may I?":
        rights = [right.value for right in Right if await may(interaction, right)]
        await respond(interaction, Notice(" ".join(["I may:", *rights]), (await limits(interaction)).model_dump_json()))


@pytest.fixture
def simcord_bot(settings: Settings) -> Sourcier:
    bot = create_bot(settings)
    bot.add_listener(tell, "on_interaction")
    return bot


@pytest.fixture
def server(env: Env, simcord_bot: Sourcier) -> Server:
    return Server(env, simcord_bot, "one")


class Asked:
    """Asks what members may do, by a button below a message."""

    def __init__(self, env: Env, message: ResponseMessage) -> None:
        self._env = env
        self._message = message

    async def rights(self, member: MemberActor, **more: object) -> set[str]:
        """Return the rights that somebody has; ``more``: other fields of what their client sends."""
        result = await forge(self._env, member, self._message, button("what may I?"), **more)
        return set(text(result.response).splitlines()[0].removeprefix("I may:").split())

    async def limits(self, member: MemberActor) -> Limits:
        """Return how much the server takes."""
        result = await forge(self._env, member, self._message, button("what may I?"))
        return Limits.model_validate_json(text(result.response).splitlines()[1])


def _joined(env: Env, server: Server, name: str, *roles: RoleHandle) -> MemberActor:
    return server.guild.add_member(env.create_user(name), roles=list(roles))


async def test_who_manages_the_server_has_every_right_and_members_have_none(env: Env, server: Server) -> None:
    asked = Asked(env, await server.open())
    admin = server.guild.create_role("admin", permissions=discord.Permissions(administrator=True))
    assert await asked.rights(server.manager) == ALL
    assert await asked.rights(_joined(env, server, "admin", admin)) == ALL
    assert await asked.rights(server.member) == set()
    keeper = server.guild.create_role("keeper", permissions=discord.Permissions(manage_messages=True))
    assert await asked.rights(_joined(env, server, "keeper", keeper)) == set()


async def test_a_right_that_is_given_to_a_role_is_that_roles_and_not_the_moderators(env: Env, server: Server) -> None:
    mods, editors = server.guild.create_role("mods"), server.guild.create_role("editors")
    deputy, editor = _joined(env, server, "deputy", mods), _joined(env, server, "editor", editors)
    message = await server.open()
    asked = Asked(env, message)
    await server.manager.select(message, [mods], custom_id="setting:role")
    assert await asked.rights(deputy) == ALL
    assert await asked.rights(editor) == set()
    await server.manager.click(message, label="Rights")
    assert "Integrations" not in text(message)
    for setting, right in zip(RIGHTS, Right, strict=True):
        await server.manager.select(message, [editors], custom_id=f"setting:{setting}")
        assert f"Saved: {editors.mention} may " in text(message)
        assert "Server Settings → Integrations" in text(message)
        assert chosen(menus(message)[setting]) == [str(editors.id)]
        assert await asked.rights(editor) == {right}
        assert await asked.rights(deputy) == ALL - {right}
        assert await asked.rights(server.manager) == ALL
        await server.manager.select(message, [], custom_id=f"setting:{setting}")
        assert "Saved: the moderators may " in text(message)
        assert await asked.rights(deputy) == ALL
        assert await asked.rights(editor) == set()
    assert len(await server.noted()) == 1 + 2 * len(RIGHTS)


async def test_a_right_ends_when_the_role_is_taken_away_or_deleted_and_does_not_fall_to_the_moderators(
    env: Env, server: Server
) -> None:
    mods, editors = server.guild.create_role("mods"), server.guild.create_role("editors")
    deputy = _joined(env, server, "deputy", mods)
    editor, other = _joined(env, server, "editor", editors), _joined(env, server, "other", editors)
    message = await server.open()
    asked = Asked(env, message)
    await server.manager.select(message, [mods], custom_id="setting:role")
    await server.manager.click(message, label="Rights")
    await server.manager.select(message, [editors], custom_id="setting:may_approve")
    env.backend.remove_member_role(server.guild.id, editor.id, editors.id)
    assert await asked.rights(editor) == set()
    assert await asked.rights(other) == {"approve"}
    env.backend.delete_role(server.guild.id, editors.id)
    assert await asked.rights(other) == set()
    assert await asked.rights(deputy) == ALL - {"approve"}
    assert await asked.rights(server.manager) == ALL
    message = await server.turn(SettingsPage.RIGHTS)
    assert "only those who may manage the server have this right" in text(message)
    assert chosen(menus(message)["may_approve"]) == []
    await server.manager.select(message, [mods], custom_id="setting:may_add")
    assert "only those who may manage the server have this right" in text(message)
    assert await asked.rights(deputy) == ALL - {"approve"}
    await server.manager.select(message, [mods], custom_id="setting:may_approve")
    assert await asked.rights(deputy) == ALL


async def test_moderators_who_do_not_manage_the_server_cannot_take_a_right(env: Env, server: Server) -> None:
    mods, editors = server.guild.create_role("mods"), server.guild.create_role("editors")
    deputy = _joined(env, server, "deputy", mods)
    await server.manager.select(await server.open(), [mods], custom_id="setting:role")
    message = await server.turn(SettingsPage.RIGHTS)
    assert not any(one.get("disabled") for one in menus(message).values())
    await server.manager.select(message, [editors], custom_id="setting:may_remove")
    offer_settings_to(env, server, mods)
    own = (await deputy.slash(server.channel, "settings")).response
    assert own is not None
    await deputy.click(own, label="Rights")
    assert all(one["disabled"] for one in menus(own).values())
    assert "Only those who may manage the server can change this." in text(own)
    for choice in (menu("setting:may_remove", str(mods.id), kind=6), menu("setting:may_remove", kind=6)):
        result = await forge(env, deputy, own, choice)
        assert result.ephemeral
        assert "say who may do what" in text(result.response)
    assert (await server.preferences()).may_remove == editors.id
    await deputy.click(own, label="Limits for sources")
    await deputy.select(own, ["50"], custom_id="setting:sources")
    assert (await server.preferences()).sources == 50


async def test_no_right_can_be_everybodys(env: Env, server: Server) -> None:
    message = await server.turn(SettingsPage.RIGHTS)
    for setting in RIGHTS:
        result = await server.manager.select(message, [server.guild.default_role], custom_id=f"setting:{setting}")
        assert "Everybody has that role" in text(result.response)
    assert await Asked(env, message).rights(server.member) == set()
    assert await server.noted() == []


async def test_one_servers_roles_and_managers_have_no_right_in_another_or_where_the_bot_is_not(
    env: Env, server: Server, simcord_bot: Sourcier
) -> None:
    other = Server(env, simcord_bot, "two")
    guest = server.guild.add_member(other.manager.user)
    message = await server.open()
    asked = Asked(env, message)
    await simcord_bot.preferences.set(server.shelf, Setting.MAY_ADD, str(other.ruling.id))
    assert await asked.rights(guest) == set()
    assert await asked.rights(server.manager) == ALL
    absent = server.guild.id + 1
    elsewhere = {"guild_id": str(absent), "guild": {"id": str(absent), "features": []}}
    assert await asked.rights(server.manager, **elsewhere) == set()


async def test_limits_follow_the_settings_and_are_each_servers_own(
    env: Env, server: Server, simcord_bot: Sourcier
) -> None:
    other = Server(env, simcord_bot, "two")
    message = await server.turn(SettingsPage.LIMITS)
    asked = Asked(env, message)
    assert await asked.limits(server.manager) == Limits()
    for setting, value, said in (
        ("sources", "50", "Saved: at most 50 sources."),
        ("adds_an_hour", "100", "Saved: at most 100 articles an hour."),
        ("characters", "100000", "Saved: at most 100,000 characters."),
    ):
        await server.manager.select(message, [value], custom_id=f"setting:{setting}")
        assert said in text(message)
        assert chosen(menus(message)[setting]) == [value]
    assert await asked.limits(server.member) == Limits(sources=50, adds_an_hour=100, characters=100_000)
    assert await Asked(env, await other.open()).limits(other.manager) == Limits()
