"""What Discord sends, as far as discord.py reads it: people, servers, channels, messages, interactions.

See https://discord.com/developers/docs/resources and .../interactions/receiving-and-responding.
"""

import time
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

APPLICATION = "123456789012345678"

Payload = dict[str, Any]

_EPOCH = 1_420_070_400_000  # Discord's, in Unix milliseconds
_SINCE = "2025-07-02T10:00:00+00:00"
_MAY = str(0x8000 | 0x800 | 0x10000 | 0x400)  # attach files, send messages, read their history, view channels
_COMMAND, _COMPONENT = 2, 3
_BUTTON = 2
_IN_SERVER, _IN_DIRECT_MESSAGE = 0, 1
_TEXT, _DIRECT_MESSAGE = 0, 1
_REPLY = 19
_WITHOUT_LEGACY_CONTENT = 1 << 15

BOT: Payload = {
    "id": APPLICATION,
    "username": "Sourcier",
    "discriminator": "0",
    "global_name": None,
    "avatar": None,
    "bot": True,
}


class Place(NamedTuple):
    """Where something is asked; without a server it is a direct message."""

    channel: str
    server: str | None = None


DIRECT_MESSAGE = Place("77")


def snowflake(number: int) -> str:
    """Return an id that begins with the time of now, as Discord's do."""
    return str((int(time.time() * 1000) - _EPOCH << 22) + number)


def person(number: int) -> Payload:
    return {"id": str(number), "username": f"p{number}", "discriminator": "0", "global_name": None, "avatar": None}


def server(number: str, channels: Iterable[str]) -> Payload:
    """Return a server as GUILD_CREATE has it: everybody may write in its channels, the bot is its only known member."""
    everyone = {"id": number, "name": "@everyone", "color": 0, "hoist": False, "position": 0, "permissions": _MAY}
    return {
        "id": number,
        "name": f"Server {number}",
        "owner_id": "1",
        "preferred_locale": "en-US",
        "roles": [{**everyone, "managed": False, "mentionable": False}],
        "channels": [_text_channel(Place(channel, number)) for channel in channels],
        "members": [{"user": BOT, **_membership()}],
        "member_count": 300,
        "large": True,
        "unavailable": False,
        **{name: [] for name in ("emojis", "stickers", "features", "threads", "voice_states", "presences")},
    }


def message(number: str, place: Place, author: Payload, said: Payload) -> Payload:
    """Return a message; ``said``: what its sender gave of it, its content or its components."""
    reference = said.get("message_reference")
    return {
        "id": number,
        "channel_id": place.channel,
        "author": author,
        "content": said.get("content") or "",
        "timestamp": _SINCE,
        "edited_timestamp": None,
        "tts": False,
        "mention_everyone": False,
        **{name: [] for name in ("mentions", "mention_roles", "attachments", "embeds")},
        "pinned": False,
        "type": _REPLY if reference else 0,
        **({"message_reference": reference} if reference else {}),
        "flags": said.get("flags", 0),
        "components": said.get("components", []),
    }


def mention(number: str, place: Place, author: Payload, question: str) -> Payload:
    """Return MESSAGE_CREATE of a message in a server that names the bot and asks something."""
    plain = message(number, place, author, {"content": f"<@{APPLICATION}> {question}"})
    return {**plain, "guild_id": place.server, "member": _membership(), "mentions": [{**BOT, "member": _membership()}]}


def command(number: str, token: str, place: Place, user: Payload, question: str) -> Payload:
    """Return INTERACTION_CREATE of /ask."""
    options = [{"name": "question", "type": 3, "value": question}]
    data = {"id": "900", "name": "ask", "type": 1, "options": options}
    return {**_interaction(number, token, place, user), "type": _COMMAND, "data": data}


def press(number: str, token: str, place: Place, user: Payload, shown: Payload, custom_id: str) -> Payload:
    """Return INTERACTION_CREATE of a pressed button on a message of the bot."""
    data = {"component_type": _BUTTON, "custom_id": custom_id}
    return {**_interaction(number, token, place, user), "type": _COMPONENT, "data": data, "message": shown}


def custom_ids(components: Sequence[Payload]) -> list[str]:
    """Return the custom ids of the buttons among components that can be pressed, in their order."""
    found = []
    for component in components:
        if component.get("custom_id") and not component.get("disabled"):
            found.append(component["custom_id"])
        found += custom_ids(component.get("components", []))
    return found


def _interaction(number: str, token: str, place: Place, user: Payload) -> Payload:
    common = {
        "id": number,
        "application_id": APPLICATION,
        "channel_id": place.channel,
        "token": token,
        "version": 1,
        "locale": "en-US",
        "entitlements": [],
        "authorizing_integration_owners": {"0": place.server or "0"},
        "app_permissions": _MAY,
        "attachment_size_limit": 10_000_000,
    }
    if place.server is None:
        channel = {"id": place.channel, "type": _DIRECT_MESSAGE, "recipients": [user], "last_message_id": None}
        return {**common, "channel": channel, "user": user, "context": _IN_DIRECT_MESSAGE}
    return {
        **common,
        "channel": _text_channel(place),
        "guild_id": place.server,
        "guild": {"id": place.server, "locale": "en-US", "features": []},
        "guild_locale": "en-US",
        "member": {"user": user, "permissions": _MAY, **_membership()},
        "context": _IN_SERVER,
    }


def _text_channel(place: Place) -> Payload:
    plain = {"id": place.channel, "type": _TEXT, "guild_id": place.server, "name": f"channel-{place.channel}"}
    return {**plain, "position": 0, "permission_overwrites": [], "nsfw": False, "parent_id": None, "permissions": _MAY}


def _membership() -> Payload:
    return {"roles": [], "joined_at": _SINCE, "deaf": False, "mute": False, "flags": 0, "nick": None, "avatar": None}
