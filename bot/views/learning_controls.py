"""The buttons of what is learnt from questions: what they mean stands in their custom id, not in memory.

A custom id comes from a client and is read strictly; who may press one is asked when it is pressed.
"""

import re
from enum import StrEnum
from typing import NamedTuple, Self

from discord import ButtonStyle
from discord.ui import Button

from bot.views.pressing import PressButton


class GapAct(StrEnum):
    """What a button does with what was asked in vain."""

    LIST = "list"
    TABLE = "table"
    SHOW = "show"
    SOLVE = "solve"
    CLOSE = "close"
    CLOSE_SURELY = "surely"


class GapPress(NamedTuple):
    """A pressed button: what it does with which gap, which page (from 0) it opens, and of which page of the list."""

    act: GapAct
    gap: str = ""
    page: int = 0
    back: int = 0


class GoldenAct(StrEnum):
    """Which pages of golden questions a button turns."""

    LIST = "list"
    CHECK = "check"


class GoldenPress(NamedTuple):
    """A pressed button: which page (from 0) it opens."""

    act: GoldenAct
    page: int = 0


_GAP = re.compile(
    rf"gap:(?P<act>{'|'.join(GapAct)}):(?P<gap>(?:[0-9a-f]{{12}})?):(?P<page>[0-9]{{1,4}}):(?P<back>[0-9]{{1,4}})"
)
_GOLDEN = re.compile(rf"golden:(?P<act>{'|'.join(GoldenAct)}):(?P<page>[0-9]{{1,4}})")


class GapButton(PressButton, template=_GAP):
    """A button on what was asked in vain. A press is handed to the client's listeners as the event ``gap_press``."""

    def __init__(
        self, press: GapPress, label: str, *, style: ButtonStyle = ButtonStyle.secondary, disabled: bool = False
    ) -> None:
        self.press = press
        custom_id = f"gap:{press.act}:{press.gap}:{press.page}:{press.back}"
        super().__init__(Button(label=label, custom_id=custom_id, style=style, disabled=disabled))

    @classmethod
    def read(cls, match: re.Match[str], label: str) -> Self:
        """Read a button from its custom id."""
        press = GapPress(GapAct(match["act"]), match["gap"], int(match["page"]), int(match["back"]))
        return cls(press, label)

    def handed_on(self) -> tuple[str, object]:
        """Return the event that a press is, and what it means."""
        return "gap_press", self.press


class GoldenButton(PressButton, template=_GOLDEN):
    """A button on golden questions. A press is handed to the client's listeners as the event ``golden_press``."""

    def __init__(self, press: GoldenPress, label: str, *, disabled: bool = False) -> None:
        self.press = press
        super().__init__(Button(label=label, custom_id=f"golden:{press.act}:{press.page}", disabled=disabled))

    @classmethod
    def read(cls, match: re.Match[str], label: str) -> Self:
        """Read a button from its custom id."""
        return cls(GoldenPress(GoldenAct(match["act"]), int(match["page"])), label)

    def handed_on(self) -> tuple[str, object]:
        """Return the event that a press is, and what it means."""
        return "golden_press", self.press
