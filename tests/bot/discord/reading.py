"""What a person sees of a message: its text, its buttons and links."""

from collections.abc import Iterable
from typing import Any

import discord
from simcord.results import ResponseMessage

from bot.views.markdown import shown
from tests.bot.discord.limits import walk

Seen = discord.Message | ResponseMessage | None


def parts(message: Seen) -> list[dict[str, Any]]:
    """Return all components of a message, as Discord sends them."""
    assert message is not None, "there is no message"
    whole = message.message if isinstance(message, ResponseMessage) else message
    return list(walk(component.to_dict() for component in whole.components))  # type: ignore[misc]


def text(message: Seen) -> str:
    """Return the text of a message as its reader sees it, but for the signs of bold, quotes and small print."""
    return shown(
        "\n".join(
            part["content"] for part in parts(message) if part["type"] == discord.ComponentType.text_display.value
        )
    )


def buttons(message: Seen) -> dict[str, str]:
    """Return the custom ids of the buttons that can be pressed, by their labels."""
    return {
        part["label"]: part["custom_id"]
        for part in parts(message)
        if part.get("custom_id") and not part.get("disabled") and part["type"] == 2
    }


def links(message: Seen) -> list[str]:
    """Return the addresses that the buttons of a message lead to."""
    return [part["url"] for part in parts(message) if part.get("url")]


def all_texts(messages: Iterable[Seen]) -> list[str]:
    """Return the texts of some messages."""
    return [text(message) for message in messages]
