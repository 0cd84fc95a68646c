"""What moderators do with sources: the commands below ``/source``, and "Add as source" in a message's menu."""

from typing import TYPE_CHECKING

import discord
from discord import Permissions, app_commands
from discord.app_commands import AppCommandContext, AppInstallationType, locale_str
from discord.ext import commands

from bot.interaction import Interaction
from bot.moderation import adding, keeping, offering, waiting
from bot.moderation.watching import Watch
from bot.telling import telling
from index.moderating.model import Every

if TYPE_CHECKING:
    from bot.client import Sourcier

_LONGEST_LINK = 2_048
_LONGEST_NAME = 300

_Name = app_commands.Range[str, 1, _LONGEST_NAME]


class Moderating(commands.Cog):
    """Hands each command to what does it. Who may is asked there, when it is done and at every button."""

    source = app_commands.Group(
        name=locale_str("source"),
        description=locale_str("Add sources and look after them"),
        guild_only=True,
        allowed_contexts=AppCommandContext(guild=True, dm_channel=False, private_channel=False),
        allowed_installs=AppInstallationType(guild=True, user=False),
        default_permissions=Permissions(manage_guild=True),
    )

    def __init__(self, bot: "Sourcier") -> None:
        self._bot = bot
        self._menu = app_commands.ContextMenu(
            name=locale_str("Add as source"),
            callback=self._add_message,
            allowed_contexts=AppCommandContext(guild=True, dm_channel=False, private_channel=False),
            allowed_installs=AppInstallationType(guild=True, user=False),
        )
        self._menu.guild_only = True
        self._menu.default_permissions = Permissions(manage_guild=True)
        bot.tree.add_command(self._menu)
        self._watch = Watch(bot)

    async def cog_load(self) -> None:
        """Begin to look at pages by schedule."""
        self._watch.start()

    async def cog_unload(self) -> None:
        """Look at no page any more; take the menu's command away, as Discord's library does with the others itself."""
        await self._watch.stop()
        self._bot.tree.remove_command(self._menu.name, type=self._menu.type)

    @source.command(name=locale_str("add"), description=locale_str("Add a source: a link, a file or pasted text"))
    @app_commands.rename(link=locale_str("link"), file=locale_str("file"))
    @app_commands.describe(
        link=locale_str("Where the article can be read"),
        file=locale_str("A text, Markdown, HTML, PDF or DOCX file"),
    )
    async def add(
        self,
        interaction: Interaction,
        link: app_commands.Range[str, 1, _LONGEST_LINK] | None = None,
        file: discord.Attachment | None = None,
    ) -> None:
        """Read a page, a file, or the text that a form asks for, into a draft."""
        async with telling(interaction):
            await adding.add(interaction, link, file)

    async def _add_message(self, interaction: Interaction, message: discord.Message) -> None:
        """Read a message's file, link or text into a draft."""
        async with telling(interaction):
            await adding.add_message(interaction, message)

    @source.command(name=locale_str("review"), description=locale_str("See drafts and figures that wait for you"))
    @app_commands.rename(draft=locale_str("draft"))
    @app_commands.describe(
        draft=locale_str("A draft, or a source whose figures you review; without it, all that waits")
    )
    async def review(self, interaction: Interaction, draft: _Name | None = None) -> None:
        """Show what waits for a moderator."""
        async with telling(interaction):
            await waiting.review(interaction, draft)

    @source.command(name=locale_str("list"), description=locale_str("List this server's own sources, removed ones too"))
    async def list_own(self, interaction: Interaction) -> None:
        """List the server's own sources."""
        async with telling(interaction):
            await keeping.list_own(interaction)

    @source.command(name=locale_str("show"), description=locale_str("See all that is known about one of your sources"))
    @app_commands.rename(source=locale_str("source"))
    @app_commands.describe(source=locale_str("Its title or its id"))
    async def show(self, interaction: Interaction, source: _Name) -> None:
        """Show a source of the server, with what can be done with it."""
        async with telling(interaction):
            await keeping.show(interaction, source)

    @source.command(name=locale_str("refresh"), description=locale_str("Read a source's page again"))
    @app_commands.rename(source=locale_str("source"), every=locale_str("every"))
    @app_commands.describe(
        source=locale_str("Its title or its id"), every=locale_str("How often I look at it from now on")
    )
    @app_commands.choices(
        every=[
            app_commands.Choice(name=locale_str("never"), value=Every.NEVER.value),
            app_commands.Choice(name=locale_str("every day"), value=Every.DAILY.value),
            app_commands.Choice(name=locale_str("every week"), value=Every.WEEKLY.value),
        ]
    )
    async def refresh(self, interaction: Interaction, source: _Name, every: str | None = None) -> None:
        """Read the page of a source again, or say how often that is done."""
        async with telling(interaction):
            await keeping.refresh(interaction, source, None if every is None else Every(every))

    @source.command(name=locale_str("remove"), description=locale_str("Take a source out of all answers at once"))
    @app_commands.rename(source=locale_str("source"))
    @app_commands.describe(source=locale_str("Its title or its id"))
    async def remove(self, interaction: Interaction, source: _Name) -> None:
        """Remove a source."""
        async with telling(interaction):
            await keeping.remove(interaction, source)

    @source.command(name=locale_str("restore"), description=locale_str("Bring a removed source back"))
    @app_commands.rename(source=locale_str("source"))
    @app_commands.describe(source=locale_str("Its title or its id"))
    async def restore(self, interaction: Interaction, source: _Name) -> None:
        """Bring a source back that was removed."""
        async with telling(interaction):
            await keeping.restore(interaction, source)

    @source.command(name=locale_str("history"), description=locale_str("See who did what, and when"))
    @app_commands.rename(source=locale_str("source"))
    @app_commands.describe(source=locale_str("Of one source; without it, of everything"))
    async def history(self, interaction: Interaction, source: _Name | None = None) -> None:
        """Show the audit log, of a source or of the whole server."""
        async with telling(interaction):
            await keeping.history(interaction, source)

    @refresh.autocomplete("source")
    @remove.autocomplete("source")
    async def offer_live(self, interaction: Interaction, current: str) -> list[app_commands.Choice[str]]:
        """Offer the server's own live sources that what is typed so far may mean."""
        with self._bot.busy():
            return await offering.live(interaction, current)

    @restore.autocomplete("source")
    async def offer_removed(self, interaction: Interaction, current: str) -> list[app_commands.Choice[str]]:
        """Offer the server's removed sources."""
        with self._bot.busy():
            return await offering.removed(interaction, current)

    @show.autocomplete("source")
    @history.autocomplete("source")
    async def offer_own(self, interaction: Interaction, current: str) -> list[app_commands.Choice[str]]:
        """Offer all of the server's own sources."""
        with self._bot.busy():
            return await offering.own(interaction, current)

    @review.autocomplete("draft")
    async def offer_waiting(self, interaction: Interaction, current: str) -> list[app_commands.Choice[str]]:
        """Offer the drafts, and the sources with figures to review."""
        with self._bot.busy():
            return await offering.waiting(interaction, current)


async def setup(bot: "Sourcier") -> None:
    """Add the commands to the bot, and the buttons of their answers."""
    adding.prepare(bot)
    waiting.prepare(bot)
    keeping.prepare(bot)
    await bot.add_cog(Moderating(bot))
