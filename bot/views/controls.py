"""The buttons that live as long as an answer is kept: what they mean stands in their custom id, not in memory.

A custom id comes from a client, so it is read as strictly as anything else from outside; what one may do with an answer
is decided where the press is handled.
"""

import re
from collections.abc import Iterator, Sequence
from enum import StrEnum
from typing import NamedTuple, Self

from discord import ActionRow as ActionRowComponent
from discord import ButtonStyle, ComponentType, Message
from discord.ui import Button

from bot.views.pressing import PressButton

PAGE = 3
"""Quotes that an answer shows at a time."""


class Act(StrEnum):
    """What a button does with an answer."""

    CONTEXT = "context"
    MORE = "more"
    WHY = "why"
    WRONG = "wrong"
    PUBLISH = "publish"
    WISH = "wish"


class Press(NamedTuple):
    """A pressed button: on which answer, for which quote (0: none), for which page (from 0).

    ``turning``: the press changes the message that it stands on, instead of opening a new one.
    """

    act: Act
    answer_id: str
    at: int
    page: int
    turning: bool


TEMPLATE = re.compile(
    r"answer:(?P<act>context|more|why|wrong|publish|wish):(?P<id>[A-Za-z0-9_-]{16})"
    r":(?P<at>[0-9]{1,2}):(?P<page>[0-9]{1,3})(?P<turning>:turn)?"
)
"""Discord allows 100 characters; the longest of these has 44."""


class AnswerButton(PressButton, template=TEMPLATE):
    """A button on an answer. A press is handed to the client's listeners as the event ``press``."""

    def __init__(
        self,
        act: Act,
        answer_id: str,
        label: str,
        *,
        at: int = 0,
        page: int = 0,
        turning: bool = False,
        disabled: bool = False,
        style: ButtonStyle = ButtonStyle.secondary,
    ) -> None:
        self.press = Press(act, answer_id, at, page, turning)
        custom_id = f"answer:{act}:{answer_id}:{at}:{page}{':turn' if turning else ''}"
        super().__init__(Button(label=label, custom_id=custom_id, style=style, disabled=disabled))

    @classmethod
    def read(cls, match: re.Match[str], label: str) -> Self:
        """Read a button from its custom id."""
        return cls(
            Act(match["act"]),
            match["id"],
            label,
            at=int(match["at"]),
            page=int(match["page"]),
            turning=match["turning"] is not None,
        )

    def handed_on(self) -> tuple[str, object]:
        """Return the event that a press is, and what it means."""
        return "press", self.press


def answer_id_of(message: Message) -> str | None:
    """Return the id of the answer that a message shows, by its buttons; None where it shows none."""
    rows = (row for row in message.components if isinstance(row, ActionRowComponent))
    ids = (button.custom_id for row in rows for button in row.children if button.type is ComponentType.button)
    return next((match["id"] for match in map(TEMPLATE.fullmatch, filter(None, ids)) if match), None)


def turning(act: Act, answer_id: str, at: int, page: int, pages: int) -> Iterator[AnswerButton]:
    """Yield the buttons that turn a message's pages back and forth, none where there is one page."""
    if pages > 1:
        back, ahead = max(page - 1, 0), page + 1
        yield AnswerButton(act, answer_id, "◀", at=at, page=back, turning=True, disabled=page == 0)
        yield AnswerButton(act, answer_id, "▶", at=at, page=ahead, turning=True, disabled=ahead == pages)


def others(act: Act, answer_id: str, at: int, numbers: Sequence[int]) -> Iterator[AnswerButton]:
    """Yield a button for each of the quotes that an answer shows beside quote ``at``, to see the same of that one."""
    near = [number for number in numbers if (number - 1) // PAGE == (at - 1) // PAGE]
    for number in near if len(near) > 1 else ():
        here = number == at
        yield AnswerButton(act, answer_id, str(number), at=number, turning=not here, disabled=here)
