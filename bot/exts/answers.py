"""What can be done with an answer: see a quote's context, more quotes, why; report it, publish it, ask for a source."""

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

import discord
from discord.ext import commands

from bot.cards import AnswerCard, describe, lay_out, surround
from bot.delivery import acknowledge, inquire, respond, show, take
from bot.interaction import Interaction
from bot.rules.flood import Once
from bot.rules.patience import lets_through
from bot.rules.places import visible_shelf
from bot.telling import speaker_for, telling
from bot.translation import translator
from bot.views.answer import AnswerView, QuotesView
from bot.views.context import ContextView
from bot.views.controls import Act, Press
from bot.views.explanation import ExplanationView
from bot.views.notice import CALM, Notice
from bot.views.report import ReportForm, is_report, read
from index.errors import NotFound
from index.model import Citation, Kept

if TYPE_CHECKING:
    from bot.client import Sourcier

_REACH = 1  # passages on each side of a quote's own

_LOOKED_UP = frozenset({Act.CONTEXT, Act.MORE, Act.WHY})

_Handler = Callable[[Interaction, Press], Awaitable[None]]


class Answers(commands.Cog):
    """Serves the buttons of answers, however long ago they were given."""

    def __init__(self, bot: "Sourcier") -> None:
        self._bot = bot
        self._published = Once()
        self._acts: dict[Act, _Handler] = {
            Act.CONTEXT: self._context,
            Act.MORE: self._more,
            Act.WHY: self._why,
            Act.WRONG: self._wrong,
            Act.PUBLISH: self._publish,
            Act.WISH: self._wish,
        }

    @commands.Cog.listener()
    async def on_press(self, interaction: Interaction, press: Press) -> None:
        """Do what a button says; what has to be looked up first is acknowledged first."""
        async with telling(interaction):
            if not self._bot.handled.first(interaction.id) or not await lets_through(interaction):
                return
            if press.act in _LOOKED_UP:
                await (take(interaction) if _changes(interaction, press) else acknowledge(interaction, private=True))
            await self._acts[press.act](interaction, press)

    @commands.Cog.listener()
    async def on_interaction(self, interaction: Interaction) -> None:
        """Keep a report that was sent in; the form may have been opened before a restart."""
        if interaction.type is not discord.InteractionType.modal_submit or interaction.data is None:
            return
        custom_id = str(interaction.data.get("custom_id", ""))
        if not is_report(custom_id):
            return
        async with telling(interaction):
            report = read(custom_id, interaction.data.get("components"))
            if report is None:
                speaker = await speaker_for(interaction)
                await respond(interaction, Notice(speaker.text("Please choose a reason.")))
                return
            shelf = visible_shelf(self._bot, interaction.guild_id)
            by = str(interaction.user.id)
            await self._bot.library.memory.report(
                report.answer_id, shelf, by=by, complaint=report.complaint, words=report.words
            )
            speaker = await speaker_for(interaction)
            await respond(interaction, Notice(speaker.text("Thank you: the moderators will see it."), colour=CALM))

    async def _kept(self, interaction: Interaction, answer_id: str) -> Kept:
        return await self._bot.library.memory.recall(answer_id, visible_shelf(self._bot, interaction.guild_id))

    async def _context(self, interaction: Interaction, press: Press) -> None:
        kept = await self._kept(interaction, press.answer_id)
        citation = _cited(kept, press.at)
        speaker = translator(kept.answer.language)
        passages = await self._bot.library.around(citation.passage, _REACH, kept.shelf)
        card = surround(citation, passages, speaker)
        if card is None:
            raise NotFound("This quote is no longer in its source.")
        numbers = [known.rank for known in kept.answer.citations]
        await show(interaction, ContextView(card, press.answer_id, press.at, press.page, numbers, speaker))

    async def _more(self, interaction: Interaction, press: Press) -> None:
        kept = await self._kept(interaction, press.answer_id)
        card = _card(kept)
        if not card.quotes:
            raise NotFound("The quotes of this answer are no longer in their sources.")
        await show(interaction, QuotesView(card, press.answer_id, press.page))

    async def _why(self, interaction: Interaction, press: Press) -> None:
        kept = await self._kept(interaction, press.answer_id)
        citation = _cited(kept, press.at)
        shares = await self._bot.library.explain(kept.answer, citation, kept.shelf)
        speaker = translator(kept.answer.language)
        numbers = [known.rank for known in kept.answer.citations]
        source = describe(citation.source, speaker)
        await show(interaction, ExplanationView(shares, source, press.answer_id, press.at, numbers, speaker))

    async def _wrong(self, interaction: Interaction, press: Press) -> None:
        kept = await self._kept(interaction, press.answer_id)
        await inquire(interaction, ReportForm(kept.id, await speaker_for(interaction)))

    async def _publish(self, interaction: Interaction, press: Press) -> None:
        kept = await self._kept(interaction, press.answer_id)
        if kept.asked_by != str(interaction.user.id):
            raise NotFound("Only who asked may publish an answer.")
        refused = await self._unpublishable(kept, interaction)
        if refused:
            await respond(interaction, Notice(refused))
            return
        self._published.first(kept.id)
        await respond(interaction, AnswerView(_card(kept), kept.id), private=False)

    async def _unpublishable(self, kept: Kept, interaction: Interaction) -> str:
        """Return why an answer is not shown to others now; nothing where it may be."""
        speaker = await speaker_for(interaction)
        if await self._is_outdated(kept):
            return speaker.text("The sources of this answer have changed since; please ask again.")
        if kept.id in self._published:
            return speaker.text("You have published this answer already.")
        if not await self._bot.gate.publish(kept.shelf, interaction.channel_id):
            return speaker.text("There have been many answers here just now; please wait a minute.")
        return ""

    async def _is_outdated(self, kept: Kept) -> bool:
        """Tell whether a quote of an answer is gone, or is from a version of its source that has been replaced."""
        standing: dict[str, int] = {}
        for citation in kept.answer.citations:
            name = citation.passage.source
            if name not in standing:
                standing[name] = (await self._bot.library.source(name, kept.shelf)).version
            if citation.passage.version != standing[name]:
                return True
        return kept.gone > 0

    async def _wish(self, interaction: Interaction, press: Press) -> None:
        speaker = await speaker_for(interaction)
        shelf = visible_shelf(self._bot, interaction.guild_id)
        new = await self._bot.library.memory.wish(press.answer_id, shelf, by=str(interaction.user.id))
        if new:
            said = speaker.text(
                "The moderators will see that you would like a source on this; I write to you once when they have one. "
                "Thank you."
            )
        else:
            said = speaker.text("You have asked for a source on this already; the moderators will see it.")
        await respond(interaction, Notice(said, colour=CALM))


def _card(kept: Kept) -> AnswerCard:
    return lay_out(kept.answer)


def _cited(kept: Kept, number: int) -> Citation:
    """Return the citation with a number. Raises ``NotFound`` where its source does not stand any more."""
    for citation in kept.answer.citations:
        if citation.rank == number:
            return citation
    raise NotFound("This quote is no longer in its source.")


def _changes(interaction: Interaction, press: Press) -> bool:
    """Tell whether a press changes the message that it is on, which its person sees alone, or opens another."""
    return press.turning and interaction.message is not None and interaction.message.flags.ephemeral


async def setup(bot: "Sourcier") -> None:
    """Add the listeners to the bot."""
    await bot.add_cog(Answers(bot))
