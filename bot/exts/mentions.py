"""Asking by message: a mention of the bot, a direct message, or any message in a channel that is set for answers."""

import re
from typing import TYPE_CHECKING

import discord
import structlog
from discord.ext import commands

from bot.asking import Question, answer
from bot.delivery import QUICK, insist, is_passing, reply
from bot.rules.flood import Flood, Once
from bot.rules.patience import slow_down
from bot.rules.places import visible_shelf
from bot.rules.preferences import spoken
from bot.telling import bind_reference, failed
from bot.translation import Translator, translator
from bot.views.answer import AnswerView
from bot.views.controls import answer_id_of
from bot.views.help import written
from bot.views.notice import Notice
from bot.wording import wording_of
from index.errors import NotFound, SourcierError
from index.language.detection import detect

if TYPE_CHECKING:
    from bot.client import Sourcier

_KINDS = (discord.MessageType.default, discord.MessageType.reply)

_LATER = 100  # messages after a question among which its reply is looked for

_log = structlog.get_logger(__name__)


class Mentions(commands.Cog):
    """Answers questions that are asked in messages."""

    def __init__(self, bot: "Sourcier") -> None:
        self._bot = bot
        self._told = Once()
        self._patience = Flood()

    @commands.Cog.listener()
    async def on_message(self, message: discord.Message) -> None:
        """Answer a message that asks the bot something; leave all others alone."""
        if message.author.bot or message.webhook_id is not None or message.type not in _KINDS:
            return
        way = await self._way(message)
        if way is None or not self._bot.handled.first(message.id):
            return
        with self._bot.busy():
            await self._hear(message, way)

    async def _way(self, message: discord.Message) -> str | None:
        """Return how a message asks the bot: ``mention``, ``dm``, ``channel``; or None where it does not."""
        if message.guild is None:
            return "dm"
        if _is_mentioned(self._bot, message):
            return "mention"
        if not self._bot.settings.message_content:
            return None
        preferences = await self._bot.preferences.of(visible_shelf(self._bot, message.guild.id))
        place = message.channel
        parent = place.parent_id if isinstance(place, discord.Thread) else None
        return "channel" if {place.id, parent} & set(preferences.channels) and message.content.strip() else None

    async def _hear(self, message: discord.Message, way: str) -> None:
        reference = bind_reference()
        shelf = visible_shelf(self._bot, message.guild.id if message.guild else None)
        speaker = await self._speaker(message, shelf)
        if not _may_write(message):
            await self._tell_privately(message, speaker)
            return
        entry = await self._bot.gate.enter(shelf, message.author.id, message.channel.id, alone=False, can_hide=False)
        if entry.wait or entry.crowded:
            await self._hold_back(message, entry.wait, speaker, way)
            return
        text = await self._asked(message)
        if not text:
            await self._reply(message, Notice(self._how_to_ask(message, speaker)), speaker)
            return
        after = await self._followed(message, shelf)
        question = Question(text, shelf, message.author.id, f"message {message.id}", way, after)
        if await self._bot.library.memory.answered(question.origin) and await self._is_replied_to(message):
            return
        try:
            replied = await answer(self._bot, question)
        except SourcierError as error:
            _log.error("the library refuses", error=str(error))
            self._bot.metrics.failed("store")
            await self._reply(message, Notice(failed(speaker, reference)), speaker)
            return
        except Exception:
            await self._reply(message, Notice(failed(speaker, reference)), speaker)
            raise
        if way == "channel" and replied.card.refusal is not None and "?" not in text:
            return  # people talk to each other here, too
        await self._reply(message, AnswerView(replied.card, replied.answer_id), speaker)

    async def _speaker(self, message: discord.Message, shelf: str) -> Translator:
        """Return who speaks to an asker: in what the server has set, else as it prefers; directly, as they write."""
        if message.guild is None:
            return translator(detect(message.content, "en"))
        return translator(spoken(await self._bot.preferences.of(shelf), message.guild.preferred_locale.value))

    async def _asked(self, message: discord.Message) -> str:
        """Return the question in a message; where it only mentions the bot, the one in the message it replies to."""
        text = wording_of(message)
        if text or message.reference is None:
            return text
        replied_to = message.reference.resolved
        if isinstance(replied_to, discord.Message) and (text := wording_of(replied_to)):
            return text
        # Without the message content intent the gateway hides what does not name the bot; asked for, Discord may tell.
        fetched = await _fetch(message, message.reference.message_id)
        return wording_of(fetched) if fetched is not None else ""

    async def _followed(self, message: discord.Message, shelf: str) -> str | None:
        """Return the question whose answer a message replies to; None where it replies to none that is kept here."""
        replied_to = message.reference.resolved if message.reference else None
        if not isinstance(replied_to, discord.Message) or replied_to.author != self._bot.user:
            return None
        answer_id = answer_id_of(replied_to)
        try:
            return (await self._bot.library.memory.recall(answer_id, shelf)).answer.question if answer_id else None
        except NotFound:
            return None

    async def _is_replied_to(self, message: discord.Message) -> bool:
        """Tell whether the bot's reply to a message is there; where that cannot be seen, take it to be."""
        try:
            async for later in message.channel.history(after=message, limit=_LATER, oldest_first=True):
                if later.author == self._bot.user and later.reference and later.reference.message_id == message.id:
                    return True
        except discord.HTTPException:
            return True
        return False

    async def _reply(self, message: discord.Message, view: discord.ui.LayoutView, speaker: Translator) -> None:
        try:
            await reply(message, view)
        except discord.Forbidden:
            await self._tell_privately(message, speaker)
        except discord.NotFound:
            _log.info("the channel is gone")
        except discord.HTTPException as error:
            self._bot.metrics.failed("discord")
            if not is_passing(error):
                await insist(lambda: message.channel.send(view=Notice(failed(speaker, bind_reference()))))
                raise
            _log.error("Discord did not take a reply", error=str(error))

    async def _tell_privately(self, message: discord.Message, speaker: Translator) -> None:
        """Tell the asker, once for each channel, that the bot may not write there."""
        if not self._told.first((message.author.id, message.channel.id)):
            return
        cannot = speaker.text(
            "I may not write in {channel}, so I cannot answer there. Its moderators can let me, or use {ask} there: "
            "only you see that answer if you like.",
            channel=f"<#{message.channel.id}>",
            ask=written("ask", self._bot.command_ids),
        )
        try:
            await insist(lambda: message.author.send(view=Notice(cannot)))
        except discord.HTTPException as error:
            _log.info("the asker cannot be told", error=str(error))

    async def _hold_back(self, message: discord.Message, wait: int, speaker: Translator, way: str) -> None:
        """Ask for patience, once a minute for each person and channel, so that asking for it is no flood."""
        self._bot.metrics.refused_by_limit("person" if wait else "channel")
        if way == "channel" or self._patience.wait((message.author.id, message.channel.id), 1):
            return
        if wait:
            words = slow_down(speaker, wait)
        else:
            words = speaker.text(
                "Many people are asking here just now. With {ask} you get your answer alone, at once.",
                ask=written("ask", self._bot.command_ids),
            )
        await self._reply(message, Notice(words), speaker)

    def _how_to_ask(self, message: discord.Message, speaker: Translator) -> str:
        if message.reference is not None:
            return speaker.text(
                "I cannot read that message. Its menu has “Ask the sources” under “Apps”; "
                "or write the question after my name."
            )
        return speaker.text(
            "Ask me something after my name, or reply to a message with my name. {help} shows examples.",
            help=written("help", self._bot.command_ids),
        )


def _is_mentioned(bot: "Sourcier", message: discord.Message) -> bool:
    """Tell whether a message names the bot, or replies to it with something that looks like a question.

    Some name the bot's own role, which looks alike; then Discord hides the text, and they are told how to ask.
    """
    if bot.user is None:
        return False
    if re.search(f"<@!?{bot.user.id}>", message.content):
        return True
    role = message.guild.self_role if message.guild else None
    if role is not None and role in message.role_mentions:
        return True
    replied_to = message.reference.resolved if message.reference else None
    to_us = isinstance(replied_to, discord.Message) and replied_to.author.id == bot.user.id
    return to_us and bot.user in message.mentions and "?" in message.content


def _may_write(message: discord.Message) -> bool:
    """Tell whether the bot may write where a message is; in a channel that it does not know it tries."""
    if message.guild is None or isinstance(message.channel, discord.PartialMessageable):
        return True
    allowed = message.channel.permissions_for(message.guild.me)
    writing = allowed.send_messages_in_threads if isinstance(message.channel, discord.Thread) else allowed.send_messages
    return writing and allowed.view_channel


async def _fetch(message: discord.Message, message_id: int | None) -> discord.Message | None:
    if message_id is None:
        return None
    try:
        return await insist(lambda: message.channel.fetch_message(message_id), QUICK)
    except discord.HTTPException as error:
        _log.info("a message that was replied to cannot be read", error=str(error))
        return None


async def setup(bot: "Sourcier") -> None:
    """Add the listener to the bot."""
    await bot.add_cog(Mentions(bot))
