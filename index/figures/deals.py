"""The nouns of the ledger: deals, their parties, the figures and facts that prove them, and how these relate.

Frozen; what each quotes is a verbatim span of a source, with offsets in code points of its stored text. ``subject``,
``attribution``, ``each`` and ``written`` are words of the source too: the ledger has no prose of its own.
"""

import re
from decimal import Decimal
from typing import Annotated, Self, TypeVar

from pydantic import AfterValidator, AliasChoices, BeforeValidator, Field, PlainSerializer, model_validator

from index.figures.kinds import (
    Bound,
    Commitment,
    DealKind,
    FactKind,
    Metric,
    Operation,
    Role,
    Unsaid,
    fits,
)
from index.model import Moment, Noun, Quote, Words


def _decimal_string(value: object) -> object:
    """Refuse TOML's own numbers: a float has already lost digits."""
    if isinstance(value, Decimal) or (isinstance(value, str) and re.fullmatch(r"-?\d+(\.\d+)?", value, re.ASCII)):
        return value
    raise ValueError('expected a decimal number as text, such as "4500000000" or "6.6"')


Exact = Annotated[
    Decimal,
    BeforeValidator(_decimal_string),
    PlainSerializer(lambda value: f"{value:f}", when_used="json-unless-none"),
]
"""A number as it is written, with all its digits and without an exponent."""

Slug = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]


def _distinct(deals: tuple[str, ...]) -> tuple[str, ...]:
    if len(set(deals)) < len(deals):
        raise ValueError("a deal is listed twice")
    return deals


Deals = Annotated[tuple[Slug, ...], Field(min_length=1), AfterValidator(_distinct)]


Measured = TypeVar("Measured", bound="Measure")


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

    @property
    def proofs(self) -> tuple[Proof, ...]:
        """Return all quotes that tell what it is: its line, its parties', what it is part of."""
        proofs = (self.about, *(party.proof for party in self.parties))
        return (*proofs, self.part_of.proof) if self.part_of else proofs


class Measure(Noun):
    """A value in base units (W, Wh, ISO 4217 codes, percent 0-100, ...), or ``low`` and ``high`` of a range.

    ``counted`` names what a count counts, as written; ``per`` is the time that a rate refers to; ``each`` names the
    thing that there is one such value for.
    """

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
        if self.unit != "count" and self.counted is not None:
            raise ValueError("what is counted is named only where the unit is a count")
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


class Stated(Measure):
    """A measure that a source states. ``text`` is the span of its number and unit.

    ``subject`` and ``attribution`` are words of the source; ``since`` is called ``from`` in the file.
    """

    text: Quote
    subject: Words
    on: Moment | None = None
    since: Moment | None = Field(default=None, validation_alias=AliasChoices("since", "from"))
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


class CuratedFigure(Stated):
    """A figure of a source, read by hand. Its text is inside its quote."""

    id: Slug
    deals: Deals
    proof: Proof

    @model_validator(mode="after")
    def _names_what_it_counts(self) -> Self:
        return _naming_what_it_counts(self)


class FoundFigure(Stated):
    """A figure that was read from an article by rule, and what deals it seems to be about; nobody has checked it."""

    deals: tuple[Slug, ...] = ()
    quote: Quote


class ComputedFigure(Measure):
    """A figure that no source states: what follows from others, which are named by their ids."""

    id: Slug
    deals: Deals
    operation: Operation
    of: tuple[Slug, ...] = Field(min_length=2)

    @model_validator(mode="after")
    def _names_what_it_counts(self) -> Self:
        return _naming_what_it_counts(self)


def _naming_what_it_counts(measure: Measured) -> Measured:
    """Refuse a count by hand that does not say of what."""
    if measure.unit == "count" and measure.counted is None:
        raise ValueError("a count names what it counts")
    return measure


class Fact(Noun):
    """What a sentence says without a number. ``names`` are the words that matter, spans of the quote in its order."""

    id: Slug
    deals: Deals
    kind: FactKind
    names: tuple[Quote, ...] = Field(min_length=1)
    proof: Proof
    commitment: Commitment | None = None
    attribution: Words | None = None
    inferred: tuple[Unsaid, ...] = ()


class Ignored(Noun):
    """A number or date in a source that is no figure, and why not."""

    text: Quote
    proof: Proof
    reason: Words
