"""What is read here: ``/sources list`` and ``/sources show``."""

import asyncio
from typing import TYPE_CHECKING

from discord import app_commands
from discord.app_commands import locale_str
from discord.ext import commands

from bot.cards import printable
from bot.delivery import redraw, respond
from bot.interaction import Interaction
from bot.naming import find, near
from bot.rules.patience import lets_through
from bot.rules.places import visible_shelf
from bot.telling import speaker_for, telling
from bot.translation import Translator
from bot.views.markdown import choice_name, escape_line, fitted, truncate
from bot.views.notice import Notice
from bot.views.sources import LONGEST_SEARCH, PAGE, SourcesView, SourceView, Turn, TurnButton, searchable
from index.library import Library
from index.model import SHARED, Listing, Source
from index.passages import split

if TYPE_CHECKING:
    from bot.client import Sourcier

_CHOICES = 25  # as many as Discord shows
_LONGEST_CHOICE = 100
_LONGEST_NAME = 300  # characters of a title
_SHOWN_NAME = 120
_OPENING = 6_000  # characters: the longest passage and more


class Sources(commands.Cog):
    """Shows the sources that a place may see."""

    sources = app_commands.Group(name=locale_str("sources"), description=locale_str("See what I read here"))

    def __init__(self, bot: "Sourcier") -> None:
        self._bot = bot

    @sources.command(name=locale_str("list"), description=locale_str("List the sources that I read here"))
    @app_commands.rename(search=locale_str("search"))
    @app_commands.describe(search=locale_str("Words of a title, a publisher, a credit or an id"))
    async def list_sources(
        self, interaction: Interaction, search: app_commands.Range[str, 0, LONGEST_SEARCH] | None = None
    ) -> None:
        """Show the first page of the sources, or of those that a search finds."""
        async with telling(interaction):
            turn = Turn(0, searchable(search or ""))
            await respond(interaction, await self._page(interaction, turn))

    @sources.command(name=locale_str("show"), description=locale_str("See what is known about a source"))
    @app_commands.rename(source=locale_str("source"))
    @app_commands.describe(source=locale_str("Its title or its id"))
    async def show_source(self, interaction: Interaction, source: app_commands.Range[str, 1, _LONGEST_NAME]) -> None:
        """Show a source in full."""
        async with telling(interaction):
            library, shelf = self._bot.library, visible_shelf(self._bot, interaction.guild_id)
            speaker = await speaker_for(interaction)
            wanted = printable(source, fold=True)
            found = await find(library, shelf, wanted)
            if found is None:
                alike = await near(library, shelf, wanted)
                await respond(interaction, Notice(_unknown(wanted, alike, speaker)))
                return
            opening = await asyncio.to_thread(_opening, await library.text(found.id, shelf))
            await respond(interaction, SourceView(found, opening, speaker))

    @show_source.autocomplete("source")
    async def offer(self, interaction: Interaction, current: str) -> list[app_commands.Choice[str]]:
        """Offer the sources that what is typed so far may mean."""
        with self._bot.busy():
            shelf = visible_shelf(self._bot, interaction.guild_id)
            listing = await self._bot.library.browse(shelf, printable(current, fold=True), limit=_CHOICES)
            return _choices(listing.sources)

    @commands.Cog.listener()
    async def on_turn_sources(self, interaction: Interaction, turn: Turn) -> None:
        """Show another page in place of the one that the button stands on."""
        async with telling(interaction):
            if not self._bot.handled.first(interaction.id) or not await lets_through(interaction):
                return
            view = await self._page(interaction, turn)
            if interaction.message is not None and interaction.message.flags.ephemeral:
                await redraw(interaction, view)
            else:
                await respond(interaction, view)

    async def _page(self, interaction: Interaction, turn: Turn) -> SourcesView | Notice:
        library, shelf = self._bot.library, visible_shelf(self._bot, interaction.guild_id)
        speaker = await speaker_for(interaction)
        listing = await _browse(library, shelf, turn)
        if listing.total and not listing.sources:  # some were removed since the button was drawn
            turn = turn._replace(page=(listing.total - 1) // PAGE)
            listing = await _browse(library, shelf, turn)
        if listing.sources:
            return SourcesView(listing, turn, speaker)
        if not turn.search:
            return Notice(speaker.text("I read nothing here yet: the moderators can add sources."))
        everything = (await library.count(shelf)).sources
        return Notice(_nothing(turn.search, everything, speaker))


async def _browse(library: Library, shelf: str, turn: Turn) -> Listing:
    return await library.browse(shelf, turn.search, offset=turn.page * PAGE, limit=PAGE)


def _choices(sources: list[Source]) -> list[app_commands.Choice[str]]:
    """Return sources as Discord offers them: by title, those that share one by id.

    Where a server's own source has the id of a shared one, that id means its own.
    """
    own_last = sorted(sources, key=lambda source: source.shelf != SHARED)
    sources = list({source.id: source for source in own_last if len(source.id) <= _LONGEST_CHOICE}.values())
    titles = [choice_name(source.title) for source in sources]
    return [
        app_commands.Choice(
            name=title if titles.count(title) == 1 else choice_name(f"{source.id} · {title}"), value=source.id
        )
        for title, source in zip(titles, sources, strict=True)
    ]


def _opening(text: str) -> str:
    """Return a text's first passage, headings and dates before it left out; a text without passages as it is."""
    opening = text[:_OPENING]
    pieces = split(opening)
    return opening[pieces[0].start : pieces[0].end] if pieces else opening


def _nothing(search: str, everything: int, speaker: Translator) -> str:
    """Say that a search finds nothing, and what may help."""
    sought = speaker.quoted(escape_line(search))
    if not everything:
        return speaker.text("No source here has {search}: I read nothing here yet.", search=sought)
    return speaker.plural(
        "No source here has {search}. Try fewer or shorter words; /sources list alone shows {count} source.",
        "No source here has {search}. Try fewer or shorter words; /sources list alone shows {count} sources.",
        everything,
        search=sought,
    )


def _unknown(wanted: str, alike: list[Source], speaker: Translator) -> str:
    """Say that there is no such source, and which ones may be meant."""
    named = speaker.quoted(escape_line(truncate(wanted, _SHOWN_NAME)))
    if not alike:
        return speaker.text("I read no source called {name} here; /sources list shows what I read.", name=named)
    names = [speaker.quoted(fitted(source.title, _SHOWN_NAME)) for source in alike]
    return speaker.text(
        "I read no source called {name} here. Did you mean {near}?", name=named, near=speaker.alternatives(names)
    )


async def setup(bot: "Sourcier") -> None:
    """Add the commands and the buttons of their answers to the bot."""
    bot.add_dynamic_items(TurnButton)
    await bot.add_cog(Sources(bot))
