"""Somebody who uses the commands of deals in a server, and what they see."""

from simcord.env import Env
from simcord.results import InteractionResult, ResponseMessage

from bot.client import Sourcier
from bot.rules.places import shelf_of
from tests.bot.discord.reading import buttons, text


class Dealer:
    """Somebody in a channel of a server."""

    def __init__(self, env: Env, bot: Sourcier, name: str) -> None:
        self.env = env
        self.bot = bot
        self.guild = env.create_guild(name)
        self.channel = self.guild.create_text_channel("general")
        self.member = self.guild.add_member(env.create_user(f"ada-{name}"))

    @property
    def shelf(self) -> str:
        """Return the shelf of the server."""
        return shelf_of(self.guild.id)

    async def use(self, command: str, **options: object) -> InteractionResult:
        """Use a command."""
        return await self.member.slash(self.channel, command, **options)

    async def deal(self, name: str, **options: str) -> ResponseMessage:
        """Use /deal."""
        return message_of(await self.use("deal", name=name, **options))

    async def compare(self, a: str, b: str, **options: str) -> ResponseMessage:
        """Use /compare."""
        return message_of(await self.use("compare", a=a, b=b, **options))

    async def timeline(self, **options: str) -> ResponseMessage:
        """Use /timeline."""
        return message_of(await self.use("timeline", **options))

    async def press(self, message: ResponseMessage, label: str) -> ResponseMessage:
        """Press a button; return the message that it opened, or the one that it changed."""
        result = await self.member.click(message, label=label)
        return result.response or message

    async def whole(self, message: ResponseMessage) -> str:
        """Return the text of all pages of a message."""
        shown = [seen(message)]
        while "▶" in buttons(message):
            message = await self.press(message, "▶")
            shown.append(seen(message))
        return "\n".join(shown)

    async def offered(self, typed: str, command: str = "deal", option: str = "name") -> dict[str, str]:
        """Return the values that are offered for what is typed so far, by their names."""
        choices = await self.member.autocomplete(self.channel, command, option, typed)
        return {choice["name"]: choice["value"] for choice in choices}


def seen(message: ResponseMessage | None) -> str:
    """Return the text of a message as its reader sees it, with no-break spaces as plain ones."""
    return text(message).replace("\u00a0", " ").replace("\u202f", " ")


def message_of(result: InteractionResult) -> ResponseMessage:
    """Return the message that an interaction was answered with."""
    assert result.response is not None
    return result.response


async def file_of(message: ResponseMessage) -> tuple[str, bytes]:
    """Return the name and the content of the one file of a message."""
    (attachment,) = message.attachments
    return attachment.filename, await attachment.read()
