"""What is known of deals: ``/deal``, ``/compare``, ``/timeline`` and the buttons of their answers."""

import asyncio
from collections.abc import Sequence
from typing import TYPE_CHECKING

import structlog
from discord import app_commands
from discord.app_commands import locale_str
from discord.ext import commands
from discord.ui import ActionRow

from bot.cards import printable
from bot.days import LONGEST as LONGEST_DAY
from bot.days import partial_date
from bot.deal_messages import deal_message, show_message
from bot.delivery import acknowledge, respond, show, take
from bot.interaction import Interaction
from bot.rules.admission import admit
from bot.rules.patience import lets_through
from bot.rules.places import is_private_by_default, visible_shelf
from bot.telling import speaker_for, telling
from bot.translation import Translator
from bot.views.deal_controls import Kind, OpenButton, Opening, Part, Subject, is_sound, named, subject
from bot.views.markdown import button_label, choice_name, fitted
from bot.views.notice import Notice
from index.errors import NotFound
from index.figures.deals import Deal
from index.figures.names import Guess
from index.worker import Worker

if TYPE_CHECKING:
    from bot.client import Sourcier

_log = structlog.get_logger(__name__)

_CHOICES = 25  # as many as Discord shows
_LONGEST_CHOICE = 100
_LONGEST_NAME = 100
_SHOWN_NAME = 120
_QUICK = 1.0  # seconds in which names are looked up before Discord is told anything
_OFFERED = 5  # deals in place of one that is not known: as many as a row has buttons

_Name = app_commands.Range[str, 1, _LONGEST_NAME]


class Deals(commands.Cog):
    """Shows deals, and serves the buttons of what was shown, however long ago."""

    def __init__(self, bot: "Sourcier") -> None:
        self._bot = bot
        self._artist = Worker("pictures")

    async def cog_unload(self) -> None:
        """Finish the picture that is being drawn."""
        await self._artist.close()

    @app_commands.command(name=locale_str("deal"), description=locale_str("See what the sources say of a deal"))
    @app_commands.rename(name=locale_str("name"), as_of=locale_str("as_of"))
    @app_commands.describe(
        name=locale_str("The deal or one of its parties"),
        as_of=locale_str("As it was known then: 2025, 2025-07 or 2025-07-12"),
    )
    async def deal(
        self, interaction: Interaction, name: _Name, as_of: app_commands.Range[str, 1, LONGEST_DAY] | None = None
    ) -> None:
        """Show a deal's card."""
        async with telling(interaction):
            day = None if as_of is None else partial_date(as_of)
            if as_of is not None and day is None:
                speaker = await speaker_for(interaction)
                await respond(interaction, Notice(_no_day(as_of, speaker)))
                return
            await self._show_named(interaction, Kind.DEAL, [name], day)

    @app_commands.command(name=locale_str("compare"), description=locale_str("See two or three deals side by side"))
    @app_commands.rename(a=locale_str("a"), b=locale_str("b"), c=locale_str("c"))
    @app_commands.describe(
        a=locale_str("The first deal"), b=locale_str("Another deal"), c=locale_str("A third deal, if you like")
    )
    async def compare(self, interaction: Interaction, a: _Name, b: _Name, c: _Name | None = None) -> None:
        """Show deals side by side."""
        async with telling(interaction):
            await self._show_named(interaction, Kind.COMPARISON, [a, b] if c is None else [a, b, c])

    @app_commands.command(name=locale_str("timeline"), description=locale_str("See what was said when"))
    @app_commands.rename(deal=locale_str("deal"))
    @app_commands.describe(deal=locale_str("The deal; without it, all of them"))
    async def timeline(self, interaction: Interaction, deal: _Name | None = None) -> None:
        """Show the timeline of a deal, or of all."""
        async with telling(interaction):
            await self._show_named(interaction, Kind.TIMELINE, [] if deal is None else [deal])

    @deal.autocomplete("name")
    @compare.autocomplete("a")
    @compare.autocomplete("b")
    @compare.autocomplete("c")
    @timeline.autocomplete("deal")
    async def offer(self, interaction: Interaction, current: str) -> list[app_commands.Choice[str]]:
        """Offer the deals that what is typed so far may mean."""
        with self._bot.busy():
            shelf = visible_shelf(self._bot, interaction.guild_id)
            found = await self._bot.library.known.complete(printable(current, fold=True), shelf, _CHOICES)
            return as_choices(found, await speaker_for(interaction))

    @commands.Cog.listener()
    async def on_open_part(self, interaction: Interaction, opening: Opening) -> None:
        """Open what a button says, or turn the page of the message that it stands on."""
        async with telling(interaction):
            if not self._bot.handled.first(interaction.id) or not await lets_through(interaction):
                return
            await (take(interaction) if _changes(interaction, opening) else acknowledge(interaction, private=True))
            shelf = visible_shelf(self._bot, interaction.guild_id)
            deal_ids = await self._standing(opening, shelf)
            await self._show(interaction, opening, deal_ids, shelf)

    async def _standing(self, opening: Opening, shelf: str) -> list[str]:
        """Return the deals that a button means. Raises ``NotFound`` where one is not known here any more."""
        known = await self._bot.library.known.deals(shelf)
        deal_ids = await asyncio.to_thread(named, opening.subject.deals, [deal.id for deal in known])
        if deal_ids is None or not is_sound(opening.subject):
            raise NotFound("There is no such deal here any more.")
        return deal_ids

    async def _show_named(
        self, interaction: Interaction, kind: Kind, names: Sequence[str], as_of: str | None = None
    ) -> None:
        """Show what a command asks for, of deals by the names that people gave; what is not clear only to its asker."""
        known, shelf = self._bot.library.known, visible_shelf(self._bot, interaction.guild_id)
        finding = asyncio.gather(*(known.find(printable(name, fold=True), shelf) for name in names))
        await asyncio.wait(
            {finding}, timeout=_QUICK
        )  # Discord waits for three seconds; what takes longer is shown to all
        unclear = finding.done() and not _is_clear(await finding)
        if not await admit(interaction, alone=unclear or is_private_by_default(interaction)):
            finding.cancel()
            return
        guesses = await finding
        deal_ids = [guess.sure for guess in guesses if guess.sure is not None]
        clear = _is_clear(guesses)
        if clear:
            await self._show(interaction, Opening(subject(kind, deal_ids, as_of), Part.CARD), deal_ids, shelf)
            return
        speaker = await speaker_for(interaction)
        if len(deal_ids) == len(names):
            await show(interaction, Notice(speaker.text("Two of these names mean the same deal: name different ones.")))
            return
        deals = {deal.id: deal for deal in await known.deals(shelf)}
        vague = [(name, guess.near) for name, guess in zip(names, guesses, strict=True) if guess.sure is None]
        name, near = vague[0]
        offered = [deals[deal_id] for deal_id in near or deals if deal_id in deals and deal_id not in deal_ids]
        meant = [subject(kind, _with(guesses, deal.id), as_of) for deal in offered] if len(vague) == 1 else []
        await show(interaction, _asking_back(name, offered[:_OFFERED], meant, speaker, near=bool(near)))

    async def _show(self, interaction: Interaction, opening: Opening, deal_ids: Sequence[str], shelf: str) -> None:
        speaker = await speaker_for(interaction)
        message = await deal_message(self._bot.library.known, self._artist, opening, deal_ids, shelf, speaker)
        await show_message(interaction, message)
        _log.info("shown", what=opening.subject.kind.value, part=opening.part.value)


def _is_clear(guesses: Sequence[Guess]) -> bool:
    """Tell whether each name means a deal, and each another one."""
    return len({guess.sure for guess in guesses if guess.sure is not None}) == len(guesses)


def _with(guesses: Sequence[Guess], deal_id: str) -> list[str]:
    """Return the deals that are meant, with one in the place of what was unclear."""
    return [guess.sure or deal_id for guess in guesses]


def _asking_back(
    name: str, offered: Sequence[Deal], meant: Sequence[Subject], speaker: Translator, *, near: bool
) -> Notice:
    """Say that there is no deal of a name here, and which ones are ``near``, or are here.

    A button for each of them shows what was asked for, of that one.
    """
    wanted = speaker.quoted(fitted(name, _SHOWN_NAME))
    if not offered:
        return Notice(speaker.text("I know of no deal called {name} here.", name=wanted))
    names = [speaker.quoted(fitted(_title(deal, speaker), _SHOWN_NAME)) for deal in offered]
    if near:
        said = speaker.text(
            "I know of no deal called {name} here. Did you mean {near}?",
            name=wanted,
            near=speaker.alternatives(names),
        )
    else:
        told = ", ".join(names)
        said = speaker.text("I know of no deal called {name} here. Some that I know: {deals}.", name=wanted, deals=told)
    notice = Notice(said)
    if meant:
        notice.add_item(
            ActionRow(
                *(
                    OpenButton(Opening(shown, Part.CARD), button_label(_title(deal, speaker)))
                    for deal, shown in zip(offered, meant, strict=False)
                )
            )
        )
    return notice


def _title(deal: Deal, speaker: Translator) -> str:
    return deal.name.fr if speaker.language == "fr" else deal.name.en


def _no_day(written: str, speaker: Translator) -> str:
    day = speaker.quoted(fitted(written, _SHOWN_NAME))
    return speaker.text(
        "I cannot take {day} as a date: write a day, a month or a year from 1900 on, such as 2025-07-12 or July 2025.",
        day=day,
    )


def as_choices(deals: Sequence[Deal], speaker: Translator) -> list[app_commands.Choice[str]]:
    """Return deals as Discord offers them: by name, those that share one by id too."""
    deals = [deal for deal in deals if len(deal.id) <= _LONGEST_CHOICE]
    names = [choice_name(_title(deal, speaker)) for deal in deals]
    return [
        app_commands.Choice(name=name if names.count(name) == 1 else choice_name(f"{deal.id} · {name}"), value=deal.id)
        for deal, name in zip(deals, names, strict=True)
    ]


def _changes(interaction: Interaction, opening: Opening) -> bool:
    """Tell whether a press changes the message that it is on, which its person sees alone, or opens another."""
    return opening.turning and interaction.message is not None and interaction.message.flags.ephemeral


async def setup(bot: "Sourcier") -> None:
    """Add the commands and the buttons of their answers to the bot."""
    bot.add_dynamic_items(OpenButton)
    await bot.add_cog(Deals(bot))
