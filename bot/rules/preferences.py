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

SOURCES = (50, 200, 500, 2_000)
ADDS_AN_HOUR = (10, 30, 100)
CHARACTERS = (100_000, 300_000, 1_000_000)
"""Sources and drafts together, articles an hour, and characters of an article: how many a server takes at most."""

MOST_CHANNELS = 25
"""Answer channels: as many as a Discord menu can choose."""

_LONGEST_NUMBER = 20  # digits: Discord's ids have at most these


class Setting(StrEnum):
    """What a server may set, by the name under which it is kept."""

    ROLE = "role"
    LANGUAGE = "language"
    CHANNELS = "channels"
    NOTICES = "notices"
    PERSON_LIMIT = "person_limit"
    CHANNEL_LIMIT = "channel_limit"
    MAY_ADD = "may_add"
    MAY_APPROVE = "may_approve"
    MAY_REMOVE = "may_remove"
    MAY_AUDIT = "may_audit"
    SOURCES = "sources"
    ADDS_AN_HOUR = "adds_an_hour"
    CHARACTERS = "characters"


LIMITS = {
    Setting.PERSON_LIMIT: PERSON_LIMITS,
    Setting.CHANNEL_LIMIT: CHANNEL_LIMITS,
    Setting.SOURCES: SOURCES,
    Setting.ADDS_AN_HOUR: ADDS_AN_HOUR,
    Setting.CHARACTERS: CHARACTERS,
}
"""The settings that are limits, and what may be chosen for each."""

RIGHTS = (Setting.MAY_ADD, Setting.MAY_APPROVE, Setting.MAY_REMOVE, Setting.MAY_AUDIT)
"""The settings that say which role may do something."""


class Preferences(NamedTuple):
    """What a server has set. ``role``: who moderates besides those who manage the server; 0 for nobody.

    ``may_add`` and its like: the role that has a right instead of the moderators; 0: the moderators have it.
    ``notices``: the channel in which moderators are told of pages that changed; 0 for none.
    """

    role: int = 0
    language: Spoken = "auto"
    channels: tuple[int, ...] = ()
    notices: int = 0
    person_limit: int = 20
    channel_limit: int = 240
    may_add: int = 0
    may_approve: int = 0
    may_remove: int = 0
    may_audit: int = 0
    sources: int = 500
    adds_an_hour: int = 30
    characters: int = 1_000_000

    def number(self, setting: Setting) -> int:
        """Return what stands for a setting that is one number: a limit, or the id of a role or a channel."""
        return int(self._asdict()[setting])


def parse(kept: Mapping[str, str]) -> Preferences:
    """Read preferences as the store keeps them; what cannot be meant is left at its default."""
    default = Preferences()
    language = kept.get(Setting.LANGUAGE, default.language)
    channels = [_number(channel, 0) for channel in kept.get(Setting.CHANNELS, "").split()]
    return Preferences(
        role=_number(kept.get(Setting.ROLE), default.role),
        language=language if language in get_args(Spoken) else default.language,  # type: ignore[arg-type]
        channels=tuple(dict.fromkeys(channel for channel in channels if channel))[:MOST_CHANNELS],
        notices=_number(kept.get(Setting.NOTICES), default.notices),
        person_limit=_chosen(kept.get(Setting.PERSON_LIMIT), PERSON_LIMITS, default.person_limit),
        channel_limit=_chosen(kept.get(Setting.CHANNEL_LIMIT), CHANNEL_LIMITS, default.channel_limit),
        may_add=_number(kept.get(Setting.MAY_ADD), default.may_add),
        may_approve=_number(kept.get(Setting.MAY_APPROVE), default.may_approve),
        may_remove=_number(kept.get(Setting.MAY_REMOVE), default.may_remove),
        may_audit=_number(kept.get(Setting.MAY_AUDIT), default.may_audit),
        sources=_chosen(kept.get(Setting.SOURCES), SOURCES, default.sources),
        adds_an_hour=_chosen(kept.get(Setting.ADDS_AN_HOUR), ADDS_AN_HOUR, default.adds_an_hour),
        characters=_chosen(kept.get(Setting.CHARACTERS), CHARACTERS, default.characters),
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
