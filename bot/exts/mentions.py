"""Asking by message: a mention of the bot, a direct message, or any message in a channel that is set for answers."""

import re
from typing import TYPE_CHECKING

import discord
import structlog
from discord.ext import commands

from bot.asking import LONGEST, Question, answer
from bot.delivery import insist, reply
from bot.rules.flood import Flood, Once
from bot.rules.patience import slow_down
from bot.rules.places import visible_shelf
from bot.rules.preferences import spoken
from bot.telling import bind_reference, failed
from bot.translation import Translator, translator
from bot.views.answer import AnswerView
from bot.views.markdown import escape_line
from bot.views.notice import Notice
from index.errors import SourcierError

if TYPE_CHECKING:
    from bot.client import Sourcier

_KINDS = (discord.MessageType.default, discord.MessageType.reply)

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
        preferences = await self._bot.preferences.of(shelf)
        locale = message.guild.preferred_locale.value if message.guild else "en"
        speaker = translator(spoken(preferences, locale))
        if message.guild is not None and not _may_reply(message):
            await self._tell_privately(message, speaker)
            return
        if await self._bot.library.memory.answered(_origin(message)):
            return
        entry = await self._bot.gate.enter(shelf, message.author.id, message.channel.id, alone=False, can_hide=False)
        if entry.wait or entry.crowded:
            await self._hold_back(message, entry.wait, speaker, way)
            return
        text = await self._asked(message)
        if not text:
            await self._reply(message, Notice(_how_to_ask(speaker, replying=message.reference is not None)), speaker)
            return
        try:
            replied = await answer(self._bot, Question(text, shelf, message.author.id, _origin(message), way))
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

    async def _asked(self, message: discord.Message) -> str:
        """Return the question in a message; where it only mentions the bot, the one in the message it replies to."""
        text = _without_mention(message)
        if text or message.reference is None:
            return text
        replied_to = message.reference.resolved
        if isinstance(replied_to, discord.Message) and replied_to.content:
            return replied_to.clean_content.strip()
        # Without the message content intent the gateway hides what does not name the bot; asked for, Discord may tell.
        fetched = await _fetch(message, message.reference.message_id)
        return fetched.clean_content.strip() if fetched is not None else ""

    async def _reply(self, message: discord.Message, view: discord.ui.LayoutView, speaker: Translator) -> None:
        try:
            await reply(message, view)
        except discord.Forbidden:
            await self._tell_privately(message, speaker)
        except discord.NotFound:
            _log.info("the channel is gone")

    async def _tell_privately(self, message: discord.Message, speaker: Translator) -> None:
        """Tell the asker, once for each channel, that the bot may not write there."""
        if not self._told.first((message.author.id, message.channel.id)):
            return
        cannot = speaker.text(
            "I may not write in {channel}, so I cannot answer there. Its moderators can let me, or use /ask there: "
            "only you see that answer if you like.",
            channel=f"#{escape_line(getattr(message.channel, 'name', ''))}",
        )
        try:
            await insist(lambda: message.author.send(view=Notice(cannot)))
        except discord.Forbidden:
            _log.info("the asker takes no direct messages")

    async def _hold_back(self, message: discord.Message, wait: int, speaker: Translator, way: str) -> None:
        """Ask for patience, once a minute for each person and channel, so that asking for it is no flood."""
        self._bot.metrics.refused_by_limit("person" if wait else "channel")
        if way == "channel" or self._patience.wait((message.author.id, message.channel.id), 1):
            return
        if wait:
            words = slow_down(speaker, wait)
        else:
            words = speaker.text("Many people are asking here just now. With /ask you get your answer alone, at once.")
        await self._reply(message, Notice(words), speaker)


def _origin(message: discord.Message) -> str:
    return f"message {message.id}"


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


def _without_mention(message: discord.Message) -> str:
    """Return a message's text without the bot's name; other people's names as they read."""
    text = message.clean_content
    if message.guild is not None:
        role = message.guild.self_role
        for name in {message.guild.me.display_name, role.name if role is not None else ""} - {""}:
            text = text.replace(f"@{name}", " ")
    return " ".join(text.split())[:LONGEST]


def _may_reply(message: discord.Message) -> bool:
    if message.guild is None:
        return True
    allowed = message.channel.permissions_for(message.guild.me)
    writing = allowed.send_messages_in_threads if isinstance(message.channel, discord.Thread) else allowed.send_messages
    return writing and allowed.view_channel and allowed.read_message_history


async def _fetch(message: discord.Message, message_id: int | None) -> discord.Message | None:
    if message_id is None:
        return None
    try:
        return await insist(lambda: message.channel.fetch_message(message_id))
    except (discord.NotFound, discord.Forbidden):
        return None


def _how_to_ask(speaker: Translator, *, replying: bool) -> str:
    if replying:
        return speaker.text(
            "I cannot read that message. Its menu has “Ask the sources” under “Apps”; "
            "or write the question after my name."
        )
    return speaker.text("Ask me something after my name, or reply to a message with my name. /help shows examples.")


async def setup(bot: "Sourcier") -> None:
    """Add the listener to the bot."""
    await bot.add_cog(Mentions(bot))
