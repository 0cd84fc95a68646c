"""The nouns of moderating: drafts, what they are like, pages that are looked at again, and what was done by whom."""

from datetime import datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

from index.model import Figure, Noun, Source
from index.reading.document import Caution, Kind

DRAFT_DAYS = 7
"""How long a draft waits."""

REMOVED_DAYS = 30
"""How long what was removed from a server's shelf can be restored."""


class Page(Noun):
    """A web page as it was read: where it was found in the end, and by what its server knows it again."""

    url: str
    etag: str | None = None
    last_modified: str | None = None


class Likeness(StrEnum):
    """In what way a draft is like a source that is there."""

    SAME_TEXT = "same text"
    SAME_ADDRESS = "same address"
    NEARLY = "nearly the same text"
    TRANSLATION = "same figures in another language"


class Alike(Noun):
    """A source that a draft is like; ``share`` is how much of the draft's text (or figures) is in it, 0 to 1."""

    likeness: Likeness
    source: Source
    share: float


class Draft(Noun):
    """An article that waits for a moderator.

    ``source``: what it will be; ``replaces``: the version that stands now, where it is a next one; ``twins``: what the
    other drafts with the very same text will be. ``opening`` is the beginning of its text; ``mark`` is another one
    whenever something of it has changed.
    """

    id: str
    source: Source
    kind: Kind
    cautions: tuple[Caution, ...]
    replaces: Source | None
    alike: tuple[Alike, ...]
    twins: tuple[Source, ...] = ()
    figures: tuple[Figure, ...]
    opening: str
    page: Page | None
    at: datetime
    by: str
    mark: str

    @property
    def until(self) -> datetime:
        """Return when it is discarded unless somebody approves it."""
        return self.at + timedelta(days=DRAFT_DAYS)


class Waiting(NamedTuple):
    """A draft in short: its id, what it will be, when and by whom it was made."""

    id: str
    source: Source
    at: datetime
    by: str


class Every(StrEnum):
    """How often a page is looked at again."""

    NEVER = "never"
    DAILY = "daily"
    WEEKLY = "weekly"


class Look(StrEnum):
    """What came of looking at a page again."""

    READ = "read"
    UNCHANGED = "unchanged"
    CHANGED = "changed"
    GONE = "gone"
    EMPTIED = "emptied"
    FAILED = "failed"


class Act(StrEnum):
    """What somebody did."""

    DRAFTED = "drafted"
    EDITED = "edited"
    DISCARDED = "discarded"
    EXPIRED = "expired"
    ADDED = "added"
    UPDATED = "updated"
    REMOVED = "removed"
    RESTORED = "restored"
    ERASED = "erased"
    LOOKED = "looked"
    SCHEDULED = "scheduled"
    FIGURES_APPROVED = "figures approved"
    FIGURES_REJECTED = "figures rejected"
    FIGURE_CORRECTED = "figure corrected"
    DEAL_MADE = "deal made"
    DEAL_DROPPED = "deal dropped"
    GOLDEN_ADDED = "golden question added"
    GOLDEN_DROPPED = "golden question dropped"
    GAP_SOLVED = "gap solved"
    SETTING = "setting changed"
    IMPORTED = "imported"


class Deed(Noun):
    """One entry of the audit log. ``subject`` is the id of what it was done to, ``detail`` some plain facts more."""

    at: datetime
    by: str
    act: Act
    subject: str
    detail: dict[str, str | int | list[str]]


class Deeds(NamedTuple):
    """Some entries of the audit log, the newest first, and how many there are."""

    total: int
    deeds: list[Deed]


class Limits(Noun):
    """How much one shelf may take: live sources and drafts together, articles an hour, characters of an article."""

    sources: int = 500
    adds_an_hour: int = 30
    characters: int = 1_000_000
