"""Somebody who uses /sources in a server, and what they see."""

from typing import Any

from simcord.actors import MemberActor
from simcord.builders import ChannelHandle
from simcord.env import Env
from simcord.results import ResponseMessage

from bot.client import Sourcier
from bot.rules.places import shelf_of
from index.model import Article, Source
from tests.bot.discord.reading import parts

SEEDS = 5
"""Sources of the first day."""


class Reader:
    """Somebody in a channel of a server."""

    def __init__(self, env: Env, bot: Sourcier, channel: ChannelHandle, member: MemberActor) -> None:
        self.env = env
        self.bot = bot
        self.channel = channel
        self.member = member

    async def add(self, title: str, **more: Any) -> Source:
        """Add a source of this server's own."""
        body = more.pop("text", f"Rien de plus que ceci : {title}.")
        article = Article(title=title, text=body, language="fr", **more)
        added = await self.bot.library.add(article, by="moderator 4711", shelf=shelf_of(self.member.guild.id))
        return added.source

    async def list(self, search: str | None = None) -> ResponseMessage:
        """Use /sources list."""
        options = {} if search is None else {"search": search}
        result = await self.member.slash(self.channel, "sources list", **options)
        assert result.ephemeral
        assert result.response is not None
        return result.response

    async def show(self, source: str) -> ResponseMessage:
        """Use /sources show."""
        result = await self.member.slash(self.channel, "sources show", source=source)
        assert result.ephemeral
        assert result.response is not None
        return result.response

    async def offered(self, typed: str) -> dict[str, str]:
        """Return the values that are offered for what is typed so far, by their names."""
        choices = await self.member.autocomplete(self.channel, "sources show", "source", typed)
        return {choice["name"]: choice["value"] for choice in choices}


def reader(env: Env, bot: Sourcier, name: str) -> Reader:
    """Return somebody in a server of a name."""
    guild = env.create_guild(name)
    return Reader(env, bot, guild.create_text_channel("general"), guild.add_member(env.create_user(f"ada-{name}")))


def raw(message: ResponseMessage) -> str:
    """Return the text of a message as Discord is sent it."""
    return "\n".join(part["content"] for part in parts(message) if "content" in part)
