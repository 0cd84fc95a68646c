"""A server with somebody who may manage it, and what its settings show."""

import discord
from simcord.builders import RoleHandle
from simcord.env import Env
from simcord.results import ResponseMessage

from bot.client import Sourcier
from bot.rules.places import shelf_of
from bot.rules.preferences import Preferences
from bot.views.settings_pages import SettingsPage
from index.moderating.model import Act
from tests.bot.discord.forging import Json
from tests.bot.discord.reading import parts


class Server:
    """A server with somebody who may manage it and somebody who may not."""

    def __init__(self, env: Env, bot: Sourcier, name: str) -> None:
        self.bot = bot
        self.guild = env.create_guild(name)
        self.channel = self.guild.create_text_channel("general")
        ruling = self.guild.create_role("ruling", permissions=discord.Permissions(manage_guild=True))
        self.ruling = ruling
        self.manager = self.guild.add_member(env.create_user(f"boss-{name}"), roles=[ruling])
        self.member = self.guild.add_member(env.create_user(f"ada-{name}"))

    @property
    def shelf(self) -> str:
        """Return the shelf of the server."""
        return shelf_of(self.guild.id)

    async def open(self) -> ResponseMessage:
        """Let the manager open the settings."""
        result = await self.manager.slash(self.channel, "settings")
        assert result.ephemeral
        assert result.response is not None
        return result.response

    async def turn(self, page: SettingsPage) -> ResponseMessage:
        """Let the manager open the settings and turn to a page."""
        message = await self.open()
        await self.manager.click(message, custom_id=f"settings:{page}")
        return message

    async def preferences(self) -> Preferences:
        """Return what the server has set."""
        return await self.bot.preferences.of(self.shelf)

    async def noted(self) -> list[tuple[str, str, str]]:
        """Return what the audit log says of settings, the oldest first: which, what was chosen, by whom."""
        deeds = (await self.bot.library.journal.read(self.shelf, limit=100)).deeds
        return [(deed.subject, str(deed.detail["value"]), deed.by) for deed in deeds if deed.act is Act.SETTING][::-1]


def menus(message: ResponseMessage) -> dict[str, Json]:
    """Return the menus of the settings by what they set."""
    found = {str(part.get("custom_id", "")): part for part in parts(message)}
    of_menus = {custom_id: part for custom_id, part in found.items() if custom_id.startswith("setting:")}
    return {custom_id.removeprefix("setting:"): part for custom_id, part in of_menus.items()}


def chosen(menu: Json) -> list[str]:
    """Return what a menu shows as the present choice."""
    known = [option["value"] for option in menu.get("options") or [] if option.get("default")]
    return known + [str(default["id"]) for default in menu.get("default_values") or []]


def offer_settings_to(env: Env, server: Server, role: RoleHandle) -> None:
    """Let a role use /settings, as a server's own integration settings can."""
    (command,) = [known for known in env.backend.commands[None].values() if known["name"] == "settings"]
    server.guild.set_command_permissions(int(command["id"]), {role: True})
