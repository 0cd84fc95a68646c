"""The buttons below figures to be reviewed: what they mean stands in their custom id, which is read strictly.

A button names its figure, and how that read and stood when it was shown: what was changed meanwhile is shown again
before somebody approves it unseen.
"""

import re
from enum import StrEnum
from typing import NamedTuple, Self

from discord import ButtonStyle
from discord.ui import Button

from bot.views.pressing import PressButton
from index.figures.holding import found_id, found_key


class Act(StrEnum):
    """What a button does."""

    SHOW = "show"
    BACK = "back"
    NEXT = "next"
    """These three show a figure by itself."""

    LIST = "list"
    LIST_BACK = "up"
    LIST_NEXT = "down"
    """These three show the page of the list that has a figure."""

    APPROVE = "approve"
    REJECT = "reject"
    CORRECT = "correct"
    DEALS = "deals"
    NEW_DEAL = "new"
    JOIN = "join"
    NO_DEAL = "none"
    ALL = "all"
    """Approve all that wait."""


class Press(NamedTuple):
    """A pressed button. ``place``: the id of a draft or a source, empty where only the figure leads there.

    ``figure_id``: the figure that it is about; ``mark``: how that stood (for ``ALL``: what waited); ``deal``: the
    beginning of a deal's key, for ``JOIN``.
    """

    act: Act
    place: str
    figure_id: str
    mark: str = ""
    deal: str = ""


DEAL_KEY = 8
"""Characters of a deal's key that a button has."""

_LONGEST_PLACE = 66
_PLACE = rf"[A-Za-z0-9_-]{{0,{_LONGEST_PLACE}}}"
_TEMPLATE = re.compile(
    rf"fig:(?P<act>{'|'.join(Act)}):(?P<place>{_PLACE}):(?P<key>[1-9][0-9]{{0,9}})"
    rf":(?P<mark>(?:[0-9a-f]{{4}})?)(?::(?P<deal>[0-9a-f]{{{DEAL_KEY}}}))?"
)
"""Discord allows 100 characters; the longest that are made have 100."""

_FORM = re.compile(
    rf"figform:(?P<act>correct|deals|new):(?P<place>{_PLACE}):(?P<key>[1-9][0-9]{{0,9}}):(?P<mark>[0-9a-f]{{4}})"
)


class FigureButton(PressButton, template=_TEMPLATE):
    """A button of a review. A press is handed to the client's listeners as the event ``figure_press``."""

    def __init__(
        self, press: Press, label: str, *, style: ButtonStyle = ButtonStyle.secondary, disabled: bool = False
    ) -> None:
        self.press = press
        deal = f":{press.deal}" if press.deal else ""
        super().__init__(Button(label=label, custom_id=f"fig:{_named(press)}{deal}", style=style, disabled=disabled))

    @classmethod
    def read(cls, match: re.Match[str], label: str) -> Self:
        """Read a button from its custom id."""
        return cls(_read(match, match["deal"] or ""), label)

    def handed_on(self) -> tuple[str, object]:
        """Return the event that a press is, and what it means."""
        return "figure_press", self.press


def form_id(press: Press) -> str:
    """Return the custom id of the form that a button opens."""
    return f"figform:{_named(press)}"


def opened_by(custom_id: str) -> Press | None:
    """Return the press that opened a form which was sent in; None where it is another form."""
    match = _FORM.fullmatch(custom_id)
    return None if match is None else _read(match)


def _named(press: Press) -> str:
    place = press.place if re.fullmatch(_PLACE, press.place) else ""
    return f"{press.act}:{place}:{found_key(press.figure_id)}:{press.mark}"


def _read(match: re.Match[str], deal: str = "") -> Press:
    return Press(Act(match["act"]), match["place"], found_id(int(match["key"])), match["mark"], deal)
