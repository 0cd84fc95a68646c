"""What a server has set, held against the roles and channels that it still has."""

from collections.abc import Iterator
from typing import NamedTuple

import discord

from bot.rules.preferences import RIGHTS, Preferences, Setting


class Standing(NamedTuple):
    """What a server has set, and what of that does not exist any more.

    ``gone``: the settings of one role or one channel whose choice was deleted. ``channels``: the answer channels that
    are still there. ``mute``: the bot may not write in the channel for notices.
    """

    preferences: Preferences
    gone: frozenset[Setting]
    channels: tuple[int, ...]
    channels_gone: int
    mute: bool = False


def survey(preferences: Preferences, guild: discord.Guild) -> Standing:
    """Return what a server has set, apart from roles and channels that were deleted since.

    While Discord does not tell of the server, everything in it is taken to exist.
    """
    if guild.unavailable:
        return Standing(preferences, gone=frozenset(), channels=preferences.channels, channels_gone=0)
    channels = tuple(channel for channel in preferences.channels if guild.get_channel(channel) is not None)
    notices = guild.get_channel(preferences.notices)
    return Standing(
        preferences,
        gone=frozenset(_gone(preferences, guild)),
        channels=channels,
        channels_gone=len(preferences.channels) - len(channels),
        mute=notices is not None and not _may_write(notices),
    )


def _gone(preferences: Preferences, guild: discord.Guild) -> Iterator[Setting]:
    for setting in (Setting.ROLE, *RIGHTS):
        role = preferences.number(setting)
        if role and guild.get_role(role) is None:
            yield setting
    if preferences.notices and guild.get_channel(preferences.notices) is None:
        yield Setting.NOTICES


def _may_write(channel: discord.abc.GuildChannel) -> bool:
    granted = channel.permissions_for(channel.guild.me)
    return granted.view_channel and granted.send_messages
