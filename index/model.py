"""The nouns: sources, passages, quotes, figures, answers and what people say of them.

Frozen; offsets are code points in the stored text.
"""

import re
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Literal, NamedTuple, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from index.figures.kinds import Bound, Commitment, ConflictReason, Metric, Operation, RelationKind, Review, Unsaid

Language = Literal["fr", "en"]

SHARED = "shared"
"""The shelf that every server sees: the seeds and what the operator adds."""


def visible(shelf: str) -> list[str]:
    """Return the shelves that one sees: the shared one, then its own."""
    return [SHARED] if shelf == SHARED else [SHARED, shelf]


class Noun(BaseModel):
    """A value that never changes once made."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Basis(StrEnum):
    """How a title or a date is known."""

    TEXT = "text"
    METADATA = "metadata"
    MODERATOR = "moderator"
    EDITOR = "editor"
    ESTIMATE = "estimate"
    FILE_NAME = "file name"
    UNKNOWN = "unknown"


class State(StrEnum):
    """Where a source stands."""

    DRAFT = "draft"
    LIVE = "live"
    REMOVED = "removed"


def _partial_date(value: str) -> str:
    """Check a year, a month or a day: ``2024``, ``2024-06``, ``2024-06-12``."""
    if not re.fullmatch(r"\d{4}(-\d{2}(-\d{2})?)?", value, re.ASCII):
        raise ValueError("expected a date such as 2024, 2024-06 or 2024-06-12")
    year, month, day = (int(part) for part in (value + "-01-01")[:10].split("-"))
    datetime(year, month, day)  # noqa: DTZ001 - only to refuse a 13th month or a 31st of June
    return value


PartialDate = Annotated[str, AfterValidator(_partial_date)]
Words = Annotated[str, Field(min_length=1, max_length=300, pattern=r"^\S(.*\S)?$")]


def _span_of_time(value: str) -> str:
    """Check a partial date, or two with a slash between them (an ISO 8601 interval)."""
    parts = value.split("/")
    try:
        for part in parts:
            _partial_date(part)
    except ValueError as error:
        raise ValueError("expected a date such as 2024, 2024-06 or 2026-05/2026-08") from error
    if len(parts) > 2 or (len(parts) == 2 and not parts[0] < parts[1]):  # noqa: PLR2004 - an interval has two ends
        raise ValueError("expected one date, or an earlier and a later one")
    return value


class Article(Noun):
    """What was read from a file, a page or a message, before it is kept.

    ``credit`` is the line in which the text names where it comes from, word for word; ``publisher`` is who published
    it, ``author`` who wrote it, where that is known. A ``markdown`` text has ``#`` headings.
    """

    text: str = Field(min_length=1)
    title: str = Field(min_length=1, max_length=300)
    title_basis: Basis = Basis.TEXT
    language: Language
    publisher: str | None = None
    author: str | None = None
    credit: str | None = None
    url: str | None = None
    published: PartialDate | None = None
    published_basis: Basis = Basis.UNKNOWN
    markdown: bool = False


class Source(Noun):
    """A kept article: one version of it, and where it stands. ``words`` and ``passages`` count its text."""

    id: str
    shelf: str
    version: int
    state: State
    title: str
    title_basis: Basis
    language: Language
    publisher: str | None
    author: str | None
    credit: str | None
    url: str | None
    published: str | None
    published_basis: Basis
    sha256: str
    added_at: datetime
    added_by: str
    words: int
    passages: int


class Quote(Noun):
    """A verbatim span of a source's stored text: ``text[start:end] == quote``."""

    quote: str
    start: int
    end: int


class Passage(Noun):
    """A run of whole sentences of one source version. ``key`` names it among all passages."""

    key: int
    source: str
    version: int
    ordinal: int
    heading: str
    text: str
    start: int
    end: int


class Citation(Noun):
    """A passage that is quoted in an answer, the sentence in it that answers best, and where both come from.

    ``older``: another citation of the answer, of a later date, takes the place of what the sentence states, or states
    the same thing as of then.
    """

    rank: int
    score: float
    source: Source
    passage: Passage
    highlight: Quote
    older: bool = False


class Moment(Noun):
    """When something holds: as written, and as a year, month, day or ``earliest/latest`` where that is known.

    ``relative``: the words count from the day of writing.
    """

    written: Words
    iso: Annotated[str, AfterValidator(_span_of_time)] | None = None
    relative: bool = False

    @property
    def earliest(self) -> str | None:
        """Return the earliest year, month or day that is meant."""
        return self.iso.split("/")[0] if self.iso else None

    @property
    def latest(self) -> str | None:
        """Return the latest year, month or day that is meant."""
        return self.iso.split("/")[-1] if self.iso else None


class Figure(Noun):
    """A known figure with its proof: a quantity or a date that a source states, or what is computed from such figures.

    ``value``, or ``low`` and ``high`` of a range, are in base units (W, USD, 0-100 for percent); a date has none, its
    moment stands in ``on``, ``since`` or ``until``. ``text`` is the span of number and unit inside the ``quote``;
    ``counted``, ``each``, ``subject`` and ``attribution`` are words of the source. What is computed has its
    ``operation``, a ``formula`` in base units and ``operands``, the first of which lends it quote and source.
    """

    id: str
    deals: tuple[str, ...]
    metric: Metric
    value: Decimal | None
    low: Decimal | None
    high: Decimal | None
    bound: Bound
    unit: str
    counted: str | None
    per: str | None
    each: str | None
    text: Quote
    quote: Quote
    source: Source
    passage: int
    subject: str
    on: Moment | None
    since: Moment | None
    until: Moment | None
    during: Moment | None
    commitment: Commitment
    attribution: str | None
    inferred: tuple[Unsaid, ...]
    review: Review
    operation: Operation | None = None
    formula: str | None = None
    operands: "tuple[Figure, ...]" = ()

    @property
    def moments(self) -> tuple[Moment, ...]:
        """Return when it holds, in all the ways that the text says it."""
        return tuple(moment for moment in (self.on, self.since, self.until, self.during) if moment)


class Relation(Noun):
    """How ``first`` stands to ``second``, both ids of figures or facts.

    A conflict has a reason; what is computed has a formula in plain base units: ``8 * 50000 = 400000``.
    """

    first: str
    kind: RelationKind
    second: str
    reason: ConflictReason | None = None
    formula: str | None = None

    @model_validator(mode="after")
    def _hangs_together(self) -> Self:
        if self.first == self.second:
            raise ValueError("it relates an entry to itself")
        if (self.kind is RelationKind.CONFLICTS_WITH) != (self.reason is not None):
            raise ValueError("a conflict has a reason, and nothing else has one")
        return self


class Verdict(StrEnum):
    """Whether the sources answer."""

    ANSWERED = "answered"
    UNANSWERED = "unanswered"


class Reason(StrEnum):
    """Why a question got its verdict.

    ``NOTHING_FOUND``: no passage has any of its words; ``NOT_COVERED``: what was found is about something else.
    ``NOT_STATED``: the sources speak of what it names, but none states what is asked. ``NO_QUANTITY`` to ``NO_LIST``:
    neither do they in any sentence that has the kind of thing asked for.
    """

    COVERED = "covered"
    NO_WORDS = "no words"
    NOTHING_FOUND = "nothing found"
    UNKNOWN_NAME = "unknown name"
    NOT_COVERED = "not covered"
    NOT_STATED = "not stated"
    NO_QUANTITY = "no quantity"
    NO_DATE = "no date"
    NO_NAME = "no name"
    NO_PLACE = "no place"
    NO_REASON = "no reason"
    NO_DEFINITION = "no definition"
    NO_LIST = "no list"

    @property
    def falls_short(self) -> bool:
        """Tell whether passages were found for a question, none of which is enough to answer it."""
        return self not in {Reason.COVERED, Reason.NO_WORDS, Reason.NOTHING_FOUND, Reason.UNKNOWN_NAME}


class Answer(Noun):
    """What the sources say to a question. Unanswered, ``citations`` holds at most the nearest passage.

    ``missing`` names the question's words that the sources do not have, as the asker wrote them; ``relations`` are
    those among the figures. ``understood``: the whole question, where it was asked after another and lacked something.
    """

    question: str
    understood: str | None = None
    language: Language
    verdict: Verdict
    reason: Reason
    missing: tuple[str, ...] = ()
    figures: tuple[Figure, ...] = ()
    relations: tuple[Relation, ...] = ()
    citations: tuple[Citation, ...] = ()
    took_ms: float

    @property
    def whole_question(self) -> str:
        """What is answered: the question, with what it takes from the one before it."""
        return self.understood or self.question


class Complaint(StrEnum):
    """What a person finds wrong with an answer."""

    WRONG_FIGURE = "wrong figure"
    NO_ANSWER = "no answer"
    OUTDATED = "outdated"
    OTHER = "other"


class Kept(Noun):
    """An answer that was kept, with what its sources say now.

    ``gone``: how many citations are left out, as their source no longer lives on that shelf; the others have the ranks
    that they had.
    """

    id: str
    answer: Answer
    shelf: str
    asked_by: str
    asked_at: datetime
    gone: int


class Report(Noun):
    """What a person says is wrong with an answer. ``answer``: the id under which that is kept."""

    answer: str
    question: str
    by: str
    at: datetime
    complaint: Complaint
    words: str


class Wish(Noun):
    """A question for which ``people`` asked for a source, in the latest wording; ``answer``: what it was answered."""

    question: str
    answer: str
    people: int
    at: datetime


class Question(Noun):
    """What a person asked, and when."""

    text: str
    at: datetime


class Traces(Noun):
    """All that is kept about a person: their questions, their reports and what they asked a source for."""

    questions: tuple[Question, ...] = ()
    reports: tuple[Report, ...] = ()
    wishes: tuple[Question, ...] = ()


class Listing(NamedTuple):
    """Some of the sources that were looked for, and how many there are in all."""

    total: int
    sources: list[Source]


class Counted(NamedTuple):
    """How many live sources a shelf sees, and how many passages they have."""

    sources: int
    passages: int


class Expired(NamedTuple):
    """What was deleted for its age: numbers of answers, drafts and removed sources, and all that some shelves had."""

    answers: int
    shelves: tuple[str, ...]
    drafts: int = 0
    sources: int = 0
