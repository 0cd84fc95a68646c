"""The buttons with which sources are looked after: what they mean stands in their custom id, not in memory.

A custom id comes from a client and is read strictly; who may press one is asked when it is pressed.
"""

import re
from enum import StrEnum
from typing import NamedTuple, Self

from discord import ButtonStyle
from discord.ui import Button

from bot.views.pressing import PressButton


class Care(StrEnum):
    """What a button does."""

    LIST = "list"
    SHOW = "show"
    REFRESH = "refresh"
    REMOVE = "remove"
    RESTORE = "restore"
    HISTORY = "history"


class Cared(NamedTuple):
    """A pressed button: what it does, with what (the id of a source, or nothing), on which page (from 0).

    ``turning``: the press changes the message that it stands on, instead of opening a new one.
    """

    care: Care
    name: str = ""
    page: int = 0
    turning: bool = False


TEMPLATE = re.compile(
    rf"keep:(?P<care>{'|'.join(Care)}):(?P<name>[a-z0-9-]{{0,80}}):(?P<page>[0-9]{{1,4}})(?P<turning>:t)?"
)
"""Discord allows 100 characters, which the longest of these has. The id of a source has at most 80."""


class KeepingButton(PressButton, template=TEMPLATE):
    """A button on what a server keeps. A press is handed to the client's listeners as the event ``care``."""

    def __init__(
        self,
        cared: Cared,
        label: str,
        *,
        disabled: bool = False,
        style: ButtonStyle = ButtonStyle.secondary,
    ) -> None:
        self.cared = cared
        custom_id = f"keep:{cared.care}:{cared.name}:{cared.page}{':t' if cared.turning else ''}"
        super().__init__(Button(label=label, custom_id=custom_id, style=style, disabled=disabled))

    @classmethod
    def read(cls, match: re.Match[str], label: str) -> Self:
        """Read a button from its custom id."""
        turning = match["turning"] is not None
        return cls(Cared(Care(match["care"]), match["name"], int(match["page"]), turning), label)

    def handed_on(self) -> tuple[str, object]:
        """Return the event that a press is, and what it means."""
        return "care", self.cared


def turning(care: Care, name: str, page: int, pages: int) -> list[KeepingButton]:
    """Return the buttons that turn a message's pages back and forth, none where there is one page."""
    if pages <= 1:
        return []
    back, ahead = max(page - 1, 0), page + 1
    return [
        KeepingButton(Cared(care, name, back, turning=True), "◀", disabled=page == 0),
        KeepingButton(Cared(care, name, ahead, turning=True), "▶", disabled=ahead == pages),
    ]
