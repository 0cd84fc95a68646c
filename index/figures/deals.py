"""The nouns of the ledger: deals, their parties, the figures and facts that prove them, and how these relate.

Frozen; what each quotes is a verbatim span of a source, with offsets in code points of its stored text. ``subject``,
``attribution``, ``each`` and ``written`` are words of the source too: the ledger has no prose of its own.
"""

import re
from decimal import Decimal
from typing import Annotated, Self

from pydantic import AfterValidator, BeforeValidator, Field, TypeAdapter, ValidationError, model_validator

from index.figures.kinds import (
    Bound,
    Commitment,
    ConflictReason,
    DealKind,
    FactKind,
    Metric,
    Operation,
    RelationKind,
    Role,
    Unsaid,
    fits,
)
from index.model import Noun, PartialDate, Quote


def _decimal_string(value: object) -> object:
    """Refuse TOML's own numbers: a float has already lost digits."""
    if isinstance(value, Decimal) or (isinstance(value, str) and re.fullmatch(r"-?\d+(\.\d+)?", value, re.ASCII)):
        return value
    raise ValueError('expected a decimal number as text, such as "4500000000" or "6.6"')


def _span_of_time(value: str) -> str:
    """Check a partial date, or two with a slash between them (an ISO 8601 interval)."""
    parts = value.split("/")
    try:
        for part in parts:
            TypeAdapter(PartialDate).validate_python(part)
    except ValidationError as error:
        raise ValueError("expected a date such as 2024, 2024-06 or 2026-05/2026-08") from error
    if len(parts) > 2 or (len(parts) == 2 and not parts[0] < parts[1]):  # noqa: PLR2004 - an interval has two ends
        raise ValueError("expected one date, or an earlier and a later one")
    return value


Exact = Annotated[Decimal, BeforeValidator(_decimal_string)]
Slug = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]
Words = Annotated[str, Field(min_length=1, max_length=300, pattern=r"^\S(.*\S)?$")]


class Wording(Noun):
    """A name in both languages."""

    fr: Words
    en: Words


class Aliases(Noun):
    """What else people call it, by language."""

    fr: tuple[Words, ...] = ()
    en: tuple[Words, ...] = ()


class Proof(Noun):
    """A verbatim quote of a source."""

    source: str
    quote: Quote


class Party(Noun):
    """Who takes part, as what, and the sentence that says so."""

    name: Words
    role: Role
    proof: Proof


class Part(Noun):
    """The larger deal that one belongs to, and the sentence that says so."""

    deal: Slug
    proof: Proof


class Deal(Noun):
    """Something that was agreed or planned. ``about`` is the sentence that says what it is."""

    id: Slug
    kind: DealKind
    name: Wording
    aliases: Aliases = Aliases()
    about: Proof
    parties: tuple[Party, ...] = ()
    part_of: Part | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """Return everything that it is called, its id first."""
        return (self.id, self.name.fr, self.name.en, *self.aliases.fr, *self.aliases.en)


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


class Measure(Noun):
    """A value in base units (W, Wh, ISO 4217 codes, percent 0-100, ...), or ``low`` and ``high`` of a range.

    ``counted`` names what a count counts, as written; ``per`` is the time that a rate refers to; ``each`` names the
    thing that there is one such value for.
    """

    id: Slug
    deals: tuple[Slug, ...] = Field(min_length=1)
    metric: Metric
    value: Exact | None = None
    low: Exact | None = None
    high: Exact | None = None
    bound: Bound
    unit: str
    counted: Words | None = None
    per: Annotated[str, Field(pattern=r"^(year|month|day|hour)$")] | None = None
    each: Words | None = None

    @model_validator(mode="after")
    def _hangs_together(self) -> Self:
        if not fits(self.unit, self.metric):
            raise ValueError(f"the unit {self.unit!r} does not fit the metric {self.metric.value!r}")
        if (self.unit == "count") != (self.counted is not None):
            raise ValueError("what is counted is named where the unit is a count, and only there")
        if len(set(self.deals)) < len(self.deals):
            raise ValueError("a deal is listed twice")
        given = (self.value is not None, self.low is not None, self.high is not None)
        if self.metric is Metric.DATE:
            if any(given):
                raise ValueError("a date has no value: its moment stands in on, from or until")
        elif self.bound is Bound.BETWEEN:
            if given != (False, True, True) or not (self.low or 0) < (self.high or 0):
                raise ValueError("a range has low and high, low the smaller, and no value")
        elif given != (True, False, False):
            raise ValueError("expected a value, and low and high only with the bound 'between'")
        if self.metric is Metric.ANNUAL_VALUE and self.per != "year":
            raise ValueError("an annual value is per year")
        return self


class CuratedFigure(Measure):
    """A figure of a source, read by hand. ``text`` is the span of its number and unit, inside the quote.

    ``since`` is called ``from`` in the file.
    """

    text: Quote
    proof: Proof
    subject: Words
    on: Moment | None = None
    since: Moment | None = Field(default=None, validation_alias="from")
    until: Moment | None = None
    during: Moment | None = None
    commitment: Commitment
    attribution: Words | None = None
    inferred: tuple[Unsaid, ...] = ()

    @property
    def moments(self) -> tuple[Moment, ...]:
        """Return when it holds, in all the ways that the text says it."""
        return tuple(moment for moment in (self.on, self.since, self.until, self.during) if moment)

    @model_validator(mode="after")
    def _says_when(self) -> Self:
        if self.metric is Metric.DATE and not any(
            self.text.quote in moment.written for moment in (self.on, self.since, self.until) if moment
        ):
            raise ValueError("a date says when: on, from or until, with its text in what is written")
        return self


class ComputedFigure(Measure):
    """A figure that no source states: what follows from others, which are named by their ids."""

    operation: Operation
    of: tuple[Slug, ...] = Field(min_length=2)


class Fact(Noun):
    """What a sentence says without a number. ``names`` are the words that matter, spans of the quote in its order."""

    id: Slug
    deals: tuple[Slug, ...] = Field(min_length=1)
    kind: FactKind
    names: tuple[Quote, ...] = Field(min_length=1)
    proof: Proof
    commitment: Commitment | None = None
    attribution: Words | None = None
    inferred: tuple[Unsaid, ...] = ()


class Relation(Noun):
    """How ``first`` stands to ``second``, both ids of figures or facts.

    A conflict has a reason; what is computed has a formula in plain base units: ``8 * 50000 = 400000``.
    """

    first: Slug
    kind: RelationKind
    second: Slug
    reason: ConflictReason | None = None
    formula: str | None = None

    @model_validator(mode="after")
    def _hangs_together(self) -> Self:
        if self.first == self.second:
            raise ValueError("it relates an entry to itself")
        if (self.kind is RelationKind.CONFLICTS_WITH) != (self.reason is not None):
            raise ValueError("a conflict has a reason, and nothing else has one")
        return self


class Ignored(Noun):
    """A number or date in a source that is no figure, and why not."""

    text: Quote
    proof: Proof
    reason: Words
