"""Buttons that live on: what a button means stands in its custom id, not in memory, and a press is an event.

A custom id comes from a client, so each sort of button reads its own as strictly as anything else from outside; what
somebody may do with it is decided where the event is handled.
"""

import re
from abc import abstractmethod
from typing import Self

from discord.ui import Button, DynamicItem, Item, LayoutView

from bot.interaction import Interaction


class PressButton(DynamicItem[Button[LayoutView]], template=r"(?!)"):
    """What such buttons have in common. A press is handed to the client's listeners, as ``handed_on`` says."""

    @classmethod
    @abstractmethod
    def read(cls, match: re.Match[str], label: str) -> Self:
        """Return the button that a custom id stands for, by the ``match`` of its template."""

    @abstractmethod
    def handed_on(self) -> tuple[str, object]:
        """Return the event that a press is, and what it means."""

    @classmethod
    async def from_custom_id(
        cls,
        _interaction: Interaction,  # type: ignore[override]
        item: Item[LayoutView],
        match: re.Match[str],
        /,
    ) -> Self:
        """Read a button from its custom id."""
        return cls.read(match, label_of(item))

    async def callback(self, interaction: Interaction) -> None:  # type: ignore[override]
        """Hand the press on."""
        event, meaning = self.handed_on()
        interaction.client.dispatch(event, interaction, meaning)


def label_of(item: Item[LayoutView]) -> str:
    """Return what stands on a button that came from a message."""
    return item.label if isinstance(item, Button) and item.label else "…"
