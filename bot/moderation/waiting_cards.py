"""What waits for a moderator as neutral cards: drafts, and live sources with figures that nobody has reviewed."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import NamedTuple

from bot.printable import printable
from index.moderating.model import DRAFT_DAYS, Waiting
from index.moderating.reviews import Unreviewed


class WaitingCard(NamedTuple):
    """A draft, which waits ``until`` then, or a live source, which has no such moment. ``place`` is its id.

    ``by``: who made the draft; ``is_version``: it is the next version of a source; ``figures``: how many of a live
    source nobody has reviewed.
    """

    place: str
    title: str
    until: datetime | None = None
    by: str = ""
    is_version: bool = False
    figures: int = 0


def lay_out_waiting(drafts: Iterable[Waiting], unreviewed: Iterable[Unreviewed]) -> list[WaitingCard]:
    """Return the cards of all that waits: the drafts, as they are given, then the sources."""
    cards = [
        WaitingCard(
            place=draft.id,
            title=printable(draft.source.title, fold=True),
            until=draft.at + timedelta(days=DRAFT_DAYS),
            by=printable(draft.by, fold=True),
            is_version=draft.source.version > 1,
        )
        for draft in drafts
    ]
    return cards + [
        WaitingCard(place=source.id, title=printable(source.title, fold=True), figures=figures)
        for source, figures, _ in unreviewed
    ]
