"""The buttons of drafts: what they mean stands in their custom id, which comes from a client and is read strictly."""

import re
from enum import StrEnum
from hashlib import blake2b
from typing import NamedTuple, Self

from discord import ButtonStyle
from discord.ui import Button

from bot.views.pressing import PressButton


class Act(StrEnum):
    """What a button does with a draft."""

    SHOW = "show"
    APPROVE = "approve"
    APPROVE_ANYWAY = "anyway"
    EDIT = "edit"
    FRENCH = "french"
    ENGLISH = "english"
    REPLACE = "replace"
    """Make it the next version of a source that it is like."""

    PART = "part"
    """Make it a source of its own again."""

    DISCARD = "discard"
    DISCARD_SURELY = "surely"


class Press(NamedTuple):
    """A pressed button: what it does with which draft.

    ``key``: of the source that it is about, or of what was shown of the draft and of the doubts about it.
    """

    act: Act
    draft_id: str
    key: str = ""


TEMPLATE = re.compile(rf"draft:(?P<act>{'|'.join(Act)}):(?P<id>[A-Za-z0-9_-]{{16}})(?::(?P<key>[0-9a-f]{{12}}))?")
"""Discord allows 100 characters; the longest of these has 44."""


FIGURES_TEMPLATE = re.compile(r"figures_of:(?P<place>[A-Za-z0-9_-]{1,80})")
"""The longest of these has 91 characters."""


def source_key(source_id: str) -> str:
    """Return what stands for a source in a custom id."""
    return blake2b(source_id.encode(), digest_size=6).hexdigest()


class DraftButton(PressButton, template=TEMPLATE):
    """A button on a draft. A press is handed to the client's listeners as the event ``draft_press``."""

    def __init__(
        self,
        press: Press,
        label: str,
        *,
        style: ButtonStyle = ButtonStyle.secondary,
        disabled: bool = False,
    ) -> None:
        self.press = press
        custom_id = f"draft:{press.act}:{press.draft_id}{f':{press.key}' if press.key else ''}"
        super().__init__(Button(label=label, custom_id=custom_id, style=style, disabled=disabled))

    @classmethod
    def read(cls, match: re.Match[str], label: str) -> Self:
        """Read a button from its custom id."""
        return cls(Press(Act(match["act"]), match["id"], match["key"] or ""), label)

    def handed_on(self) -> tuple[str, object]:
        """Return the event that a press is, and what it means."""
        return "draft_press", self.press


class FiguresButton(PressButton, template=FIGURES_TEMPLATE):
    """A button that opens the figures of a draft or a source, by its id. Its press is the event ``figures_press``."""

    def __init__(self, place: str, label: str, *, style: ButtonStyle = ButtonStyle.secondary) -> None:
        self.place = place
        super().__init__(Button(label=label, custom_id=f"figures_of:{place}", style=style))

    @classmethod
    def read(cls, match: re.Match[str], label: str) -> Self:
        """Read a button from its custom id."""
        return cls(match["place"], label)

    def handed_on(self) -> tuple[str, object]:
        """Return the event that a press is, and what it means."""
        return "figures_press", self.place
