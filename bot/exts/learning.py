"""What moderators learn from questions: ``/gaps``, what was asked in vain, and ``/golden``, what has to stay right."""

from typing import TYPE_CHECKING

from discord import Permissions, app_commands
from discord.app_commands import AppCommandContext, AppInstallationType, locale_str
from discord.ext import commands

from bot.interaction import Interaction
from bot.moderation import gaps, goldens
from bot.telling import telling
from index.moderating.goldens import LONGEST_QUESTION, LONGEST_SENTENCE, Golden

if TYPE_CHECKING:
    from bot.client import Sourcier

_LONGEST_NAME = 300
_LONGEST_FIGURE = 100

_Question = app_commands.Range[str, 1, LONGEST_QUESTION]


class Learning(commands.Cog):
    """Hands each command to what does it. Who may is asked there, when it is done and at every button."""

    golden = app_commands.Group(
        name=locale_str("golden"),
        description=locale_str("Questions whose right answer you know: held against the sources"),
        guild_only=True,
        allowed_contexts=AppCommandContext(guild=True, dm_channel=False, private_channel=False),
        allowed_installs=AppInstallationType(guild=True, user=False),
        default_permissions=Permissions(manage_guild=True),
    )

    def __init__(self, bot: "Sourcier") -> None:
        self._bot = bot

    @app_commands.command(name=locale_str("gaps"), description=locale_str("See what people asked in vain"))
    @app_commands.guild_only()
    @app_commands.allowed_installs(guilds=True, users=False)
    @app_commands.default_permissions(manage_guild=True)
    async def gaps(self, interaction: Interaction) -> None:
        """Show what was asked in vain, the most asked first."""
        async with telling(interaction):
            await gaps.show_gaps(interaction)

    @golden.command(name=locale_str("add"), description=locale_str("Keep a question and what answers it rightly"))
    @app_commands.rename(
        question=locale_str("question"),
        sentence=locale_str("sentence"),
        source=locale_str("source"),
        figure=locale_str("figure"),
    )
    @app_commands.describe(
        question=locale_str("As somebody would ask it"),
        sentence=locale_str("The sentence that answers it, word for word"),
        source=locale_str("The source that answers it"),
        figure=locale_str("The figure that answers it, such as 4.5 GW"),
    )
    async def add(
        self,
        interaction: Interaction,
        question: _Question,
        sentence: app_commands.Range[str, 1, LONGEST_SENTENCE] | None = None,
        source: app_commands.Range[str, 1, _LONGEST_NAME] | None = None,
        figure: app_commands.Range[str, 1, _LONGEST_FIGURE] | None = None,
    ) -> None:
        """Keep a golden question."""
        async with telling(interaction):
            await goldens.add(interaction, Golden(question=question, sentence=sentence, source=source, figure=figure))

    @golden.command(name=locale_str("list"), description=locale_str("List the golden questions of this server"))
    async def list_all(self, interaction: Interaction) -> None:
        """List the golden questions."""
        async with telling(interaction):
            await goldens.list_all(interaction)

    @golden.command(name=locale_str("remove"), description=locale_str("Forget a golden question"))
    @app_commands.rename(question=locale_str("question"))
    @app_commands.describe(question=locale_str("Which one"))
    async def remove(self, interaction: Interaction, question: _Question) -> None:
        """Forget a golden question."""
        async with telling(interaction):
            await goldens.remove(interaction, question)

    @golden.command(name=locale_str("check"), description=locale_str("See which golden questions are answered rightly"))
    async def check(self, interaction: Interaction) -> None:
        """Hold the golden questions against the sources."""
        async with telling(interaction):
            await goldens.check(interaction)

    @add.autocomplete("source")
    async def offer_sources(self, interaction: Interaction, current: str) -> list[app_commands.Choice[str]]:
        """Offer the sources that what is typed so far may mean."""
        with self._bot.busy():
            return await goldens.offer_sources(interaction, current)

    @remove.autocomplete("question")
    async def offer_questions(self, interaction: Interaction, current: str) -> list[app_commands.Choice[str]]:
        """Offer the golden questions that what is typed so far may mean."""
        with self._bot.busy():
            return await goldens.offer_questions(interaction, current)


async def setup(bot: "Sourcier") -> None:
    """Add the commands to the bot, and the buttons of their answers."""
    gaps.prepare(bot)
    goldens.prepare(bot)
    await bot.add_cog(Learning(bot))
