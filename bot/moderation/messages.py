"""What of somebody's message is read as a source: its file, its link, or what it says."""

import re
from typing import NamedTuple

import discord

from bot.markup import unmark
from bot.moderation.attachments import is_media

_LINK = re.compile(r"https?://[^\s<>\[\]()]+(?:\([^\s<>()]*\)[^\s<>\[\]()]*)*", re.IGNORECASE)
# Custom emoji, commands and guides: Discord draws them, their text says nothing.
# https://discord.com/developers/docs/reference#message-formatting
_DRAWN = re.compile(r"<a?:\w+:\d+>|</[^\n:>]{1,200}:\d+>|<id:\w+>")
_STOPS = ".,;:!?'\"»”’…*_~|"  # what ends a sentence, or a mark, and no address
_LITTLE = 200
"""Characters beside a link up to which the link is what a message is about."""


class Material(NamedTuple):
    """What there is to read in a message: one of the three, or none. ``links``: how many different ones it has.

    ``origin``: the message that it forwards, if it does; that does not say who wrote it.
    """

    file: discord.Attachment | None = None
    link: str | None = None
    text: str = ""
    links: int = 0
    origin: discord.MessageSnapshot | None = None


def material_of(message: discord.Message) -> Material:
    """Return what there is to read in a message, or in the one that it forwards."""
    forwarded = message.message_snapshots[0] if message.message_snapshots else None
    attachments = message.attachments or (forwarded.attachments if forwarded else [])
    file = next((attachment for attachment in attachments if not is_media(attachment)), None)
    if file is not None:
        return Material(file=file)
    written = _DRAWN.sub("", message.clean_content or (forwarded.content if forwarded else ""))
    links = links_in(written)
    text = unmark(written).text.strip()
    beside = len(_LINK.sub("", text).strip())
    if links and beside <= _LITTLE:
        return Material(link=links[0] if len(links) == 1 else None, links=len(links))
    return Material(text=text, links=len(links), origin=None if message.content else forwarded)


def links_in(text: str) -> list[str]:
    """Return the different web links in a text, in its order, without what only ends a sentence."""
    return list(dict.fromkeys(found[0].rstrip(_STOPS) for found in _LINK.finditer(text)))
