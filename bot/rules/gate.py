"""Who may ask now: questions are counted for each person and each channel, against what the server has set."""

import math
from typing import NamedTuple

from bot.rules.flood import Flood
from bot.rules.preferences import PreferenceBook

USES = 60
"""Commands and buttons that one person may use in a minute; questions have tighter limits of their own."""


class Entry(NamedTuple):
    """Whether a question may be asked. ``wait``: seconds until this person may ask again, 0 where they may now.

    ``crowded``: the channel has had its share; an answer that only the asker sees does not crowd it more.
    """

    wait: int
    crowded: bool


class Gate:
    """Counts the questions of the last minute."""

    def __init__(self, preferences: PreferenceBook) -> None:
        self._preferences = preferences
        self._flood = Flood()

    def use(self, person: int) -> float:
        """Count a command or a button; return 0, or the seconds to wait where there were too many."""
        return self._flood.wait(("uses", person), USES)

    async def enter(self, shelf: str, person: int, channel: int | None, *, alone: bool, can_hide: bool) -> Entry:
        """Count a question. ``alone``: only the asker will see the answer, so it does not count for the channel.

        ``can_hide``: where the channel is crowded, the answer can still be one for the asker alone. What is not
        answered is not counted.
        """
        preferences = await self._preferences.of(shelf)
        asker = ("person", shelf, person)
        if wait := self._flood.wait(asker, preferences.person_limit, count=False):
            return Entry(math.ceil(wait), crowded=False)
        crowded = not alone and not self._admits(channel, preferences.channel_limit)
        if can_hide or not crowded:
            self._flood.wait(asker, preferences.person_limit)
        return Entry(0, crowded=crowded)

    async def publish(self, shelf: str, channel: int | None) -> bool:
        """Count an answer that somebody shows to a channel; return False where the channel has had its share."""
        return self._admits(channel, (await self._preferences.of(shelf)).channel_limit)

    def _admits(self, channel: int | None, limit: int) -> bool:
        return not self._flood.wait(("channel", channel), limit)
