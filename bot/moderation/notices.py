"""Telling a server's moderators of what became of a page: in the channel that they chose, else who looks after it."""

from typing import TYPE_CHECKING

import discord
import structlog

from bot.delivery import post
from bot.moderation.keeping_cards import lay_out_looked
from bot.rules.preferences import Preferences, spoken
from bot.rules.rights import Right, may_now
from bot.translation import translator
from bot.views.refreshed import RefreshedView
from bot.views.stamps import is_person
from index.moderating.model import Act
from index.moderating.upkeep import Looked

if TYPE_CHECKING:
    from bot.client import Sourcier

_DEEDS = 200  # of a source, among which is who looks after it
_CLOSED = 50007  # Discord's code for a person who takes no messages from this bot
_ADDING = frozenset({Act.ADDED, Act.UPDATED, Act.DRAFTED})

_log = structlog.get_logger(__name__)


async def tell(bot: "Sourcier", guild: discord.Guild, shelf: str, looked: Looked) -> bool:
    """Tell of a page that was looked at, pinging nobody; return whether there was anybody to tell.

    What is told outside of the server goes only to a member who may add sources there.
    """
    preferences = await bot.preferences.of(shelf)
    speaker = translator(spoken(preferences, guild.preferred_locale.value))
    card = lay_out_looked(looked, speaker)
    channel = _channel(guild, preferences)
    try:
        if channel is not None:
            await post(channel, RefreshedView(card, speaker))
            return True
        member = await _keeper(bot, guild, shelf, looked.source.id, preferences)
        if member is not None:
            address = f"https://discord.com/channels/{guild.id}"
            await post(member, RefreshedView(card, speaker, place=(guild.name, address)))
            return True
    except discord.Forbidden as error:
        _log.info("nobody could be told of a page", code=error.code, closed=error.code == _CLOSED, server=guild.id)
    return False


def _channel(guild: discord.Guild, preferences: Preferences) -> discord.abc.Messageable | None:
    """Return the channel for notices, where the bot may write there."""
    channel = guild.get_channel_or_thread(preferences.notices) if preferences.notices else None
    if not isinstance(channel, discord.abc.Messageable) or channel is None:
        return None
    granted = channel.permissions_for(guild.me)
    return channel if granted.view_channel and granted.send_messages else None


async def _keeper(
    bot: "Sourcier", guild: discord.Guild, shelf: str, source_id: str, preferences: Preferences
) -> discord.Member | None:
    """Return who last said how often a source is read, else who added it, where they may still look after it."""
    deeds = (await bot.library.journal.read(shelf, source_id, limit=_DEEDS)).deeds
    people = [deed for deed in deeds if is_person(deed.by)]
    acts = [deed.by for deed in people if deed.act is Act.SCHEDULED] + [
        deed.by for deed in people if deed.act in _ADDING
    ]
    for person in dict.fromkeys(acts):
        try:
            member = await guild.fetch_member(int(person))
        except discord.NotFound:
            continue
        if may_now(member, Right.ADD, preferences):
            return member
    return None
