"""The buttons of deals, comparisons and timelines: what they mean stands in their custom id, not in memory.

A custom id comes from a client and is read strictly. It names deals by digests of their ids, so that three fit.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from hashlib import blake2b
from typing import NamedTuple, Self

from discord import ButtonStyle
from discord.ui import Button

from bot.days import partial_date
from bot.translation import Translator
from bot.views.pressing import PressButton


class Kind(StrEnum):
    """What a message shows."""

    DEAL = "deal"
    COMPARISON = "compare"
    TIMELINE = "timeline"


class Part(StrEnum):
    """Which part of it a button opens."""

    CARD = "card"
    QUOTES = "quotes"
    CSV = "csv"
    JSON = "json"


class Subject(NamedTuple):
    """What is shown: of which deals (keys; none: all of them), as it was known on which day (empty: today)."""

    kind: Kind
    deals: tuple[str, ...] = ()
    as_of: str = ""


class Opening(NamedTuple):
    """A pressed button: which part of what, and its page from 0.

    ``turning``: the press changes the message that it stands on, instead of opening a new one.
    """

    subject: Subject
    part: Part
    page: int = 0
    turning: bool = False


TEMPLATE = re.compile(
    r"(?P<kind>deal|compare|timeline):(?P<part>card|quotes|csv|json)"
    r":(?P<deals>(?:[0-9a-f]{12}(?:\.[0-9a-f]{12}){0,2})?)"
    r":(?P<as_of>(?:[0-9]{4}(?:-[0-9]{2}(?:-[0-9]{2})?)?)?):(?P<page>[0-9]{1,3})(?P<turning>:turn)?"
)
"""Discord allows 100 characters; the longest of these has 74."""

_HOW_MANY = {Kind.DEAL: (1, 1), Kind.COMPARISON: (2, 3), Kind.TIMELINE: (0, 1)}


def key_of(deal_id: str) -> str:
    """Return what stands for a deal in a custom id."""
    return blake2b(deal_id.encode(), digest_size=6).hexdigest()


def named(keys: Sequence[str], deal_ids: Iterable[str]) -> list[str] | None:
    """Return the ids of the deals that keys stand for, in the keys' order; None where one is not among ``deal_ids``."""
    known = {key_of(deal_id): deal_id for deal_id in deal_ids} if keys else {}
    return [known[key] for key in keys] if all(key in known for key in keys) else None


def subject(kind: Kind, deal_ids: Iterable[str] = (), as_of: str | None = None) -> Subject:
    """Return what is shown of some deals."""
    return Subject(kind, tuple(key_of(deal_id) for deal_id in deal_ids), as_of or "")


class OpenButton(PressButton, template=TEMPLATE):
    """A button that opens a part of a subject. A press is handed to the client's listeners as ``open_part``."""

    def __init__(
        self,
        opening: Opening,
        label: str,
        *,
        disabled: bool = False,
        style: ButtonStyle = ButtonStyle.secondary,
    ) -> None:
        self.opening = opening
        shown, part, page, turning = opening
        custom_id = f"{shown.kind}:{part}:{'.'.join(shown.deals)}:{shown.as_of}:{page}{':turn' if turning else ''}"
        super().__init__(Button(label=label, custom_id=custom_id, style=style, disabled=disabled))

    @classmethod
    def read(cls, match: re.Match[str], label: str) -> Self:
        """Read a button from its custom id."""
        deals = tuple(match["deals"].split(".")) if match["deals"] else ()
        shown = Subject(Kind(match["kind"]), deals, match["as_of"])
        return cls(
            Opening(shown, Part(match["part"]), int(match["page"]), turning=match["turning"] is not None),
            label,
        )

    def handed_on(self) -> tuple[str, object]:
        """Return the event that a press is, and what it means."""
        return "open_part", self.opening


def is_sound(shown: Subject) -> bool:
    """Tell whether a subject names as many deals as its kind takes, different ones, and a day that there is."""
    fewest, most = _HOW_MANY[shown.kind]
    distinct = fewest <= len(set(shown.deals)) == len(shown.deals) <= most
    return distinct and shown.as_of in {"", partial_date(shown.as_of)}


def files(shown: Subject) -> Iterator[OpenButton]:
    """Yield the buttons that give the figures of a subject as files."""
    yield OpenButton(Opening(shown, Part.CSV), "CSV")
    yield OpenButton(Opening(shown, Part.JSON), "JSON")


def turning(opening: Opening, pages: int) -> Iterator[OpenButton]:
    """Yield the buttons that turn a message's pages back and forth, none where there is one page."""
    if pages > 1:
        page = opening.page
        back = opening._replace(page=max(page - 1, 0), turning=True)
        yield OpenButton(back, "◀", disabled=page == 0)
        yield OpenButton(opening._replace(page=page + 1, turning=True), "▶", disabled=page + 1 == pages)


def row_of(opening: Opening, pages: int, speaker: Translator, *, quoted: bool) -> list[OpenButton]:
    """Return the buttons below a page: those that turn it and, where it has quotes, these and its figures as files."""
    row = list(turning(opening, pages))
    if quoted:
        row += [OpenButton(Opening(opening.subject, Part.QUOTES), speaker.text("Quotes")), *files(opening.subject)]
    return row
