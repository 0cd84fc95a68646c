"""The closed lists of the ledger: what figures measure, how certain they are, what deals and relations there are."""

import re
from collections.abc import Mapping
from enum import StrEnum


class Metric(StrEnum):
    """What a figure measures. A figure's unit must fit its metric."""

    CAPACITY = "capacity"
    """Power that is provided, built or rented, electric or for computing: W or FLOPS."""
    POWER_USE = "power use"
    """Power or energy that is consumed: W or Wh."""
    ANNUAL_VALUE = "annual value"
    """What a contract is worth or costs in a year: money."""
    TOTAL_VALUE = "total value"
    """What the whole of it costs, is valued at or is financed with: money."""
    INVESTMENT = "investment"
    """Money that is put in, raised or set aside, now or later: money."""
    PRICE = "price"
    """What one piece of something costs: money."""
    STAKE = "stake"
    """The part of a company that somebody holds or may acquire: percent or fraction."""
    SHARE = "share"
    """Any other part of a whole: percent or fraction."""
    GROWTH = "growth"
    """How many times as much, or by what part more: times, percent or fraction."""
    UNITS = "units"
    """Pieces of equipment, such as chips: count."""
    SITES = "sites"
    """Buildings, data centres, places: count."""
    PEOPLE = "people"
    """Employees, users, inhabitants: count."""
    EQUIVALENT = "equivalent"
    """What the text compares another figure with, such as homes that it could supply: count."""
    DURATION = "duration"
    """How long: second, minute, hour, day, month or year."""
    DATE = "date"
    """When: date; the moment stands in ``on``, ``since`` or ``until``."""
    REVENUE = "revenue"
    """What a company takes in: money."""
    RESULT = "result"
    """What a company gains or loses: money."""
    AMOUNT = "amount"
    """Any other money."""
    SIZE = "size"
    """Any other measure of a thing: length, area, mass, volume, energy, data, speed, temperature."""
    NUMBER = "number"
    """Any other count."""


class Bound(StrEnum):
    """On which side of the value the text leaves room."""

    EXACT = "exact"
    ABOUT = "about"
    AT_LEAST = "at least"
    AT_MOST = "at most"
    MORE_THAN = "more than"
    LESS_THAN = "less than"
    BETWEEN = "between"


class Commitment(StrEnum):
    """How far it has come, from words to deeds."""

    RUMOURED = "rumoured"
    """Said to be possible or likely (*pourrait*, *il s'agirait de*); nobody commits to it."""
    IN_DISCUSSION = "in discussion"
    ANNOUNCED = "announced"
    SIGNED = "signed"
    OPERATING = "operating"
    COMPLETED = "completed"


UNSETTLED = (Commitment.RUMOURED, Commitment.IN_DISCUSSION)
"""What may come to nothing."""


class Unsaid(StrEnum):
    """What the quote does not say itself and the reader of the article concludes."""

    US_DOLLARS = "us dollars"
    """Only "dollars" is written."""
    YEAR = "year"
    """The month is written, its year follows from the article's date."""
    DATE = "date"
    """The date is the article's, or follows from it ("this week")."""
    SUBJECT = "subject"
    """What is measured stands in a sentence before, or may be read in two ways."""
    PARTY = "party"
    """Which company is meant stands in another sentence."""


class Review(StrEnum):
    """Who stands for a figure: those who read the seeds, nobody yet, or a moderator."""

    CURATED = "curated"
    EXTRACTED = "extracted"
    APPROVED = "approved"
    REJECTED = "rejected"


class DealKind(StrEnum):
    """What sort of thing a deal is."""

    CAPACITY_CONTRACT = "capacity contract"
    DATA_CENTRE = "data centre"
    PROGRAMME = "programme"
    PARTNERSHIP = "partnership"
    INVESTMENT = "investment"
    SUPPLY = "supply"
    FUNDING_ROUND = "funding round"
    PLAN = "plan"


class Role(StrEnum):
    """What a party does in a deal."""

    CUSTOMER = "customer"
    PROVIDER = "provider"
    """Lets computing capacity or infrastructure be used."""
    SUPPLIER = "supplier"
    """Sells or makes equipment."""
    BUILDER = "builder"
    COMMISSIONER = "commissioner"
    """Chose the builder."""
    INTERMEDIARY = "intermediary"
    """Rents what it passes on."""
    INVESTOR = "investor"
    RECIPIENT = "recipient"
    """Gets the money."""
    INITIATOR = "initiator"
    PARTNER = "partner"


class FactKind(StrEnum):
    """What a fact without a number is about."""

    PLACE = "place"
    REPORTED_BY = "reported by"
    PERSON = "person"
    PRODUCT = "product"
    STATUS = "status"
    TERM = "term"
    """What the parties may or must do."""
    AMOUNT = "amount"
    """An amount without a number, such as "billions"."""


class RelationKind(StrEnum):
    """How one entry stands to another."""

    SUPERSEDES = "supersedes"
    CONFLICTS_WITH = "conflicts with"
    SAME_AS = "same as"
    COMPUTED_FROM = "computed from"


class ConflictReason(StrEnum):
    """In what two entries differ."""

    VALUE = "value"
    """The numbers or their bounds."""
    PERIOD = "period"
    """The time for which they hold."""
    BASIS = "basis"
    """What is counted: cost, budget, worth."""
    SCOPE = "scope"
    """How much of it is meant: one site, the whole, several deals together."""
    STATUS = "status"
    """How certain it is."""


class Operation(StrEnum):
    """How a figure is computed from others, in their order."""

    SUM = "sum"
    DIFFERENCE = "difference"
    PRODUCT = "product"
    QUOTIENT = "quotient"


_ENERGY_OR_POWER = r"Wh?"
_MONEY = r"[A-Z]{3}"
_PART = r"percent|fraction"
_COUNT = r"count"
_SIZE = r"Wh|m[23]?|t|B|bit|B/s|bit/s|Hz|VA?|J|°[CF]"
_UNITS: Mapping[Metric, str] = {
    Metric.CAPACITY: r"W|FLOPS",
    Metric.POWER_USE: _ENERGY_OR_POWER,
    Metric.ANNUAL_VALUE: _MONEY,
    Metric.TOTAL_VALUE: _MONEY,
    Metric.INVESTMENT: _MONEY,
    Metric.PRICE: _MONEY,
    Metric.STAKE: _PART,
    Metric.SHARE: _PART,
    Metric.GROWTH: rf"times|{_PART}",
    Metric.UNITS: _COUNT,
    Metric.SITES: _COUNT,
    Metric.PEOPLE: _COUNT,
    Metric.EQUIVALENT: _COUNT,
    Metric.DURATION: r"second|minute|hour|day|month|year",
    Metric.DATE: r"date",
    Metric.REVENUE: _MONEY,
    Metric.RESULT: _MONEY,
    Metric.AMOUNT: _MONEY,
    Metric.SIZE: _SIZE,
    Metric.NUMBER: _COUNT,
}


def fits(unit: str, metric: Metric) -> bool:
    """Tell whether a figure of this metric may have this unit."""
    return re.fullmatch(_UNITS[metric], unit) is not None
