"""What a server's moderators have set: read from the store, checked, kept at hand."""

import asyncio
from collections.abc import Mapping
from enum import StrEnum
from typing import Literal, NamedTuple, get_args

from index.memory import Memory
from index.model import Language

Spoken = Literal["auto", "fr", "en"]

PERSON_LIMITS = (3, 6, 12, 20, 60)
CHANNEL_LIMITS = (10, 30, 60, 120, 240)
"""Questions a minute that a server may choose from."""

MOST_CHANNELS = 25
"""Answer channels: as many as a Discord menu can choose."""

_LONGEST_NUMBER = 20  # digits: Discord's ids have at most these


class Setting(StrEnum):
    """What a server may set, by the name under which it is kept."""

    ROLE = "role"
    LANGUAGE = "language"
    CHANNELS = "channels"
    PERSON_LIMIT = "person_limit"
    CHANNEL_LIMIT = "channel_limit"


class Preferences(NamedTuple):
    """What a server has set. ``role``: who moderates besides those who manage the server; 0 for nobody."""

    role: int = 0
    language: Spoken = "auto"
    channels: tuple[int, ...] = ()
    person_limit: int = 20
    channel_limit: int = 240


def parse(kept: Mapping[str, str]) -> Preferences:
    """Read preferences as the store keeps them; what cannot be meant is left at its default."""
    default = Preferences()
    language = kept.get(Setting.LANGUAGE, default.language)
    channels = [_number(channel, 0) for channel in kept.get(Setting.CHANNELS, "").split()]
    return Preferences(
        role=_number(kept.get(Setting.ROLE), default.role),
        language=language if language in get_args(Spoken) else default.language,  # type: ignore[arg-type]
        channels=tuple(dict.fromkeys(channel for channel in channels if channel))[:MOST_CHANNELS],
        person_limit=_chosen(kept.get(Setting.PERSON_LIMIT), PERSON_LIMITS, default.person_limit),
        channel_limit=_chosen(kept.get(Setting.CHANNEL_LIMIT), CHANNEL_LIMITS, default.channel_limit),
    )


def _number(text: str | None, default: int) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) <= _LONGEST_NUMBER else default


def _chosen(text: str | None, choices: tuple[int, ...], default: int) -> int:
    number = _number(text, default)
    return number if number in choices else default


class PreferenceBook:
    """The preferences of all servers; what was read once is kept at hand, as this process alone changes it."""

    def __init__(self, memory: Memory) -> None:
        self._memory = memory
        self._read: dict[str, asyncio.Task[Preferences]] = {}

    async def of(self, shelf: str) -> Preferences:
        """Return what a server has set. Those who ask at the same time wait for one and the same look at the store."""
        reading = self._read.get(shelf)
        if reading is None or _failed(reading):
            reading = self._read[shelf] = asyncio.create_task(self._parse(shelf))
        return await asyncio.shield(reading)

    async def _parse(self, shelf: str) -> Preferences:
        return parse(await self._memory.preferences(shelf))

    async def set(self, shelf: str, setting: str, value: str) -> Preferences:
        """Change a ``Setting`` (empty: back to its default); return all of them."""
        await self._memory.prefer(shelf, setting, value or None)
        self.forget(shelf)
        return await self.of(shelf)

    def forget(self, shelf: str) -> None:
        """Read a server's preferences anew when they are next asked for."""
        self._read.pop(shelf, None)


def _failed(reading: asyncio.Task[Preferences]) -> bool:
    return reading.done() and (reading.cancelled() or reading.exception() is not None)


def spoken(preferences: Preferences, locale: str) -> Language:
    """Return the language to speak to somebody whose client is in ``locale``, as far as the server leaves it open."""
    if preferences.language != "auto":
        return preferences.language
    return "fr" if locale.startswith("fr") else "en"
