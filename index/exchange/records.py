"""The lines of an exported shelf: gzip-compressed JSON, one object a line, the first of which is the header.

After it come the shelf's deals, then each source with its versions, each of which has its figures after it, then what
the server has set, its golden questions and what its moderators did. Ids and offsets are checked in ``checking``.
"""

import re
from itertools import pairwise
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, AwareDatetime, Field, NonNegativeInt, PositiveInt, TypeAdapter, model_validator

from index.figures.deals import Deal, FoundFigure, Slug
from index.figures.kinds import Review
from index.model import SHARED, Article, Noun, State
from index.moderating.model import Act, Every, Look

FORMAT = 2
"""Raised whenever an older Sourcier could not read the file any more."""

LONGEST_TEXT = 30_000_000
"""Characters: a page has at most so many bytes, decompressed."""

LONGEST_PASSAGE = 10_000
"""Characters: more than twice what a passage may have today."""

_SHELF = re.compile(r"shared|discord-[1-9]\d{0,19}", re.ASCII)


def _shelf(value: str) -> str:
    if not _SHELF.fullmatch(value):
        raise ValueError(f"expected {SHARED!r} or 'discord-' and the number of a server")
    return value


def _article(value: Article) -> Article:
    if len(value.text) > LONGEST_TEXT:
        raise ValueError(f"its text has more than {LONGEST_TEXT:,} characters")
    return value


ShelfName = Annotated[str, AfterValidator(_shelf)]
SourceId = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=80)]
By = Annotated[str, Field(max_length=200)]
Digest = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
FoundId = Annotated[str, Field(pattern=r"^found-[1-9]\d{0,17}$")]
HeaderValue = Annotated[str, Field(max_length=1_000, pattern=r"^[\x20-\x7e]*$")]
"""What a web server called a page by: it is sent back in a request's header, so it cannot begin another one."""


class Counts(Noun):
    """How many lines of each kind there are."""

    deals: NonNegativeInt = 0
    sources: NonNegativeInt = 0
    versions: NonNegativeInt = 0
    figures: NonNegativeInt = 0
    preferences: NonNegativeInt = 0
    goldens: NonNegativeInt = 0
    acts: NonNegativeInt = 0


class Header(Noun):
    """What the file is. ``rules``: those by which its figures were found (``index.figures.extraction.RULES``)."""

    format: Literal["sourcier shelf"] = "sourcier shelf"
    version: PositiveInt = FORMAT
    sourcier: Annotated[str, Field(max_length=100)]
    shelf: ShelfName
    at: AwareDatetime
    rules: NonNegativeInt
    counts: Counts


class DealLine(Noun):
    """How a deal stood since a moment; without a ``deal``, it was taken away."""

    kind: Literal["deal"] = "deal"
    id: Slug
    at: AwareDatetime
    by: By
    deal: Deal | None

    @model_validator(mode="after")
    def _hangs_together(self) -> Self:
        if self.deal is not None and self.deal.id != self.id:
            raise ValueError("a deal has another id than its line")
        return self


class Standing(Noun):
    """What became of a source at a moment."""

    version: PositiveInt
    state: Literal[State.LIVE, State.REMOVED]
    at: AwareDatetime
    by: By


class PageLine(Noun):
    """The web page that a source is read from, and when it is looked at."""

    url: Annotated[str, Field(max_length=10_000, pattern=r"^https?://\S+$")]
    etag: HeaderValue | None
    last_modified: HeaderValue | None
    seen_at: AwareDatetime
    every: Every
    due_at: AwareDatetime | None
    outcome: Look


class Text(Noun):
    """A version of a source, by its number, and the SHA-256 of its text in UTF-8."""

    number: PositiveInt
    sha256: Digest


class SourceLine(Noun):
    """A source: its versions, which follow in this order, what became of it act by act, and its page."""

    kind: Literal["source"] = "source"
    id: SourceId
    versions: Annotated[tuple[Text, ...], Field(min_length=1)]
    states: Annotated[tuple[Standing, ...], Field(min_length=1)]
    page: PageLine | None = None

    @model_validator(mode="after")
    def _hangs_together(self) -> Self:
        numbers = [version.number for version in self.versions]
        if any(after <= before for before, after in pairwise(numbers)):
            raise ValueError("the versions are not in order")
        if {state.version for state in self.states} - set(numbers):
            raise ValueError("a state is of a version that is not there")
        return self

    @property
    def standing(self) -> Text:
        """Return the version that stands."""
        return next(version for version in self.versions if version.number == self.states[-1].version)


class VersionLine(Noun):
    """A version of the source before it. ``passages``: heading, start and end of each, in code points of the text."""

    kind: Literal["version"] = "version"
    source: SourceId
    number: PositiveInt
    added_at: AwareDatetime
    added_by: By
    article: Annotated[Article, AfterValidator(_article)]
    passages: Annotated[tuple[tuple[str, NonNegativeInt, PositiveInt], ...], Field(min_length=1)]


class Reviewed(Noun):
    """What somebody made of a figure at a moment; ``corrected``: how it reads, where they say otherwise."""

    review: Literal[Review.APPROVED, Review.REJECTED, Review.EXTRACTED]
    at: AwareDatetime
    by: By
    corrected: FoundFigure | None


class FigureLine(Noun):
    """A figure that was found in the version before it, and its reviews, the newest last."""

    kind: Literal["figure"] = "figure"
    id: FoundId
    found: FoundFigure
    reviews: tuple[Reviewed, ...]


class PreferenceLine(Noun):
    """What a server has set."""

    kind: Literal["preference"] = "preference"
    name: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=60)]
    value: Annotated[str, Field(max_length=10_000)]


class GoldenLine(Noun):
    """A question whose right answer a moderator knows. Files of format 1 have no ``sentence``."""

    kind: Literal["golden"] = "golden"
    question: Annotated[str, Field(min_length=1, max_length=20_000)]
    source: Annotated[str, Field(max_length=80)]
    figure: Annotated[str, Field(max_length=1_000)]
    sentence: Annotated[str, Field(max_length=20_000)] = ""
    at: AwareDatetime
    by: By


class ActLine(Noun):
    """What somebody did, and to what."""

    kind: Literal["act"] = "act"
    at: AwareDatetime
    by: By
    act: Act
    subject: Annotated[str, Field(max_length=20_000)]
    detail: dict[str, str | int | list[str]]


Line = DealLine | SourceLine | VersionLine | FigureLine | PreferenceLine | GoldenLine | ActLine

LINES: TypeAdapter[Line] = TypeAdapter(Annotated[Line, Field(discriminator="kind")])
