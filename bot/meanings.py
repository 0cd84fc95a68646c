"""The closed lists of the ledger in words of a language: what is measured, how certain it is, in what texts differ."""

from bot.translation import Translator
from index.figures.chronology import Sort
from index.figures.comparing import Obstacle
from index.figures.kinds import Commitment, ConflictReason, DealKind, FactKind, Metric, Review, Role, Unsaid


def metric_name(metric: Metric, speaker: Translator) -> str:
    """Return what a figure measures."""
    return {
        Metric.CAPACITY: speaker.text("capacity"),
        Metric.POWER_USE: speaker.text("power use"),
        Metric.ANNUAL_VALUE: speaker.text("annual value"),
        Metric.TOTAL_VALUE: speaker.text("total value"),
        Metric.INVESTMENT: speaker.text("investment"),
        Metric.PRICE: speaker.text("price"),
        Metric.STAKE: speaker.text("stake"),
        Metric.SHARE: speaker.text("share"),
        Metric.GROWTH: speaker.text("growth"),
        Metric.UNITS: speaker.text("equipment"),
        Metric.SITES: speaker.text("sites"),
        Metric.PEOPLE: speaker.text("people"),
        Metric.EQUIVALENT: speaker.text("equivalent"),
        Metric.DURATION: speaker.text("duration"),
        Metric.DATE: speaker.text("date"),
        Metric.REVENUE: speaker.text("revenue"),
        Metric.RESULT: speaker.text("result"),
        Metric.AMOUNT: speaker.text("amount"),
        Metric.SIZE: speaker.text("size"),
        Metric.NUMBER: speaker.text("number"),
    }[metric]


def certainty(commitment: Commitment, speaker: Translator) -> str:
    """Return how far something has come, from words to deeds."""
    return {
        Commitment.RUMOURED: speaker.text("said to be possible"),
        Commitment.IN_DISCUSSION: speaker.text("in discussion"),
        Commitment.ANNOUNCED: speaker.text("announced"),
        Commitment.SIGNED: speaker.text("signed"),
        Commitment.OPERATING: speaker.text("in operation"),
        Commitment.COMPLETED: speaker.text("completed"),
    }[commitment]


def kind_of_deal(kind: DealKind, speaker: Translator) -> str:
    """Return what sort of thing a deal is."""
    return {
        DealKind.CAPACITY_CONTRACT: speaker.text("capacity contract"),
        DealKind.DATA_CENTRE: speaker.text("data centre"),
        DealKind.PROGRAMME: speaker.text("programme"),
        DealKind.PARTNERSHIP: speaker.text("partnership"),
        DealKind.INVESTMENT: speaker.text("investment"),
        DealKind.SUPPLY: speaker.text("supply"),
        DealKind.FUNDING_ROUND: speaker.text("funding round"),
        DealKind.PLAN: speaker.text("plan"),
    }[kind]


def role_name(role: Role, speaker: Translator) -> str:
    """Return what a party does in a deal."""
    return {
        Role.CUSTOMER: speaker.text("customer"),
        Role.PROVIDER: speaker.text("provider"),
        Role.SUPPLIER: speaker.text("supplier"),
        Role.BUILDER: speaker.text("builder"),
        Role.COMMISSIONER: speaker.text("commissioner"),
        Role.INTERMEDIARY: speaker.text("intermediary"),
        Role.INVESTOR: speaker.text("investor"),
        Role.RECIPIENT: speaker.text("recipient"),
        Role.INITIATOR: speaker.text("initiator"),
        Role.PARTNER: speaker.text("partner"),
    }[role]


def kind_of_fact(kind: FactKind, speaker: Translator) -> str:
    """Return what a fact is about."""
    return {
        FactKind.PLACE: speaker.text("place"),
        FactKind.REPORTED_BY: speaker.text("reported by"),
        FactKind.PERSON: speaker.text("person"),
        FactKind.PRODUCT: speaker.text("product"),
        FactKind.STATUS: speaker.text("status"),
        FactKind.TERM: speaker.text("term"),
        FactKind.AMOUNT: speaker.text("amount"),
    }[kind]


def difference(reason: ConflictReason, speaker: Translator) -> str:
    """Return in what two statements differ."""
    return {
        ConflictReason.VALUE: speaker.text("the numbers or their bounds are not the same"),
        ConflictReason.PERIOD: speaker.text("they are not for the same time"),
        ConflictReason.BASIS: speaker.text("what is counted is not the same (cost, budget, worth)"),
        ConflictReason.SCOPE: speaker.text("the scope is not the same"),
        ConflictReason.STATUS: speaker.text("they are not equally certain"),
    }[reason]


def obstacle_sentence(obstacle: Obstacle, speaker: Translator) -> str:
    """Return why nothing is computed of a row."""
    return {
        Obstacle.ALONE: speaker.text("Only one of the deals has such a figure."),
        Obstacle.BOUND: speaker.text("A figure is a range or leaves room on one side: nothing is computed."),
        Obstacle.COUNTED: speaker.text("Not the same things are counted: nothing is computed."),
        Obstacle.DATE: speaker.text("Dates stand side by side: nothing is computed."),
        Obstacle.CERTAINTY: speaker.text("They are not equally certain: nothing is computed."),
        Obstacle.WHOLE: speaker.text("They are parts of different wholes: nothing is computed."),
        Obstacle.TIME: speaker.text("They hold at different times: nothing is computed."),
        Obstacle.SHARED: speaker.text("Only one of the deals has such a figure of its own: nothing is computed."),
    }[obstacle]


def sort_of_entry(sort: Sort, speaker: Translator) -> str:
    """Return what an entry of a timeline tells."""
    return {
        Sort.SAID: speaker.text("said"),
        Sort.ON: speaker.text("for"),
        Sort.SINCE: speaker.text("from"),
        Sort.UNTIL: speaker.text("until"),
    }[sort]


def unsaid_note(unsaid: Unsaid, speaker: Translator) -> str:
    """Return what a quote does not say itself; of dollars, `dollars_note` tells more."""
    return {
        Unsaid.US_DOLLARS: speaker.text("which dollars are meant is not written"),
        Unsaid.YEAR: speaker.text("the year follows from the article’s date"),
        Unsaid.DATE: speaker.text("the date is the article’s or follows from it"),
        Unsaid.SUBJECT: speaker.text("what is measured follows from the sentences around"),
        Unsaid.PARTY: speaker.text("who is meant follows from another sentence"),
    }[unsaid]


def review_note(review: Review, speaker: Translator) -> str:
    """Return who does not stand for a figure; empty where somebody does."""
    return {
        Review.CURATED: "",
        Review.APPROVED: "",
        Review.EXTRACTED: speaker.text("found by rule, not reviewed"),
        Review.REJECTED: speaker.text("rejected"),
    }[review]
