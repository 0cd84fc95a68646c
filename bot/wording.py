"""The words of a question as they are looked for: a message without what Discord puts into it for other purposes."""

import re
from typing import TYPE_CHECKING

from bot.markup import unmark

if TYPE_CHECKING:
    from discord import Message

LONGEST = 2_000
"""Characters of a question: as many as a message without a subscription has."""

# Mentions of people, roles, channels, commands and guides; custom emoji; timestamps; web addresses.
# https://discord.com/developers/docs/reference#message-formatting
_NOT_ASKED = re.compile(
    r"<(?:@[!&]?|\#)\d+>|</[^\n:>]{1,200}:\d+>|<id:\w+>|<a?:\w+:\d+>|<t:-?\d+(?::\w)?>"
    r"|<?https?://[^\s>]+>?",
    re.IGNORECASE,
)


def wording(text: str) -> str:
    """Return what a text asks, on one line."""
    return " ".join(_NOT_ASKED.sub(" ", text).split())[:LONGEST]


def wording_of(message: "Message") -> str:
    """Return what a message asks, or the message that it forwards."""
    return wording(_written(message))


def lines_of(message: "Message") -> str:
    """Return what a message says, or the message that it forwards, line by line, without marks such as ``**``."""
    # A link's own text stays, so its address may not be taken away before its brackets are.
    shown = _NOT_ASKED.sub(" ", unmark(_written(message)).text)
    return "\n".join(" ".join(line.split()) for line in shown.splitlines()).strip()


def _written(message: "Message") -> str:
    forwarded = message.message_snapshots[0].content if message.message_snapshots else ""
    return message.content or forwarded
