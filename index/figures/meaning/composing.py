"""A statement and the quantities and dates in it -> its figures."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

from index.figures.deals import FoundFigure
from index.figures.grammar.tokens import Tokens
from index.figures.kinds import Bound, Commitment, Metric, Unsaid
from index.figures.meaning import attributing, committing, concerning, measuring, stating, subjects, timing
from index.figures.meaning.attributing import Saying
from index.figures.meaning.committing import Sign
from index.figures.meaning.concerning import Concerned
from index.figures.meaning.statements import Hit, Statement, hit_of
from index.figures.meaning.timing import Timed
from index.figures.mentions import DateMention, Quantity
from index.model import Moment, Quote


@dataclass(frozen=True)
class Told:
    """What a sentence tells the next one, where that points back to it: how far things are, and who says so."""

    commitment: Commitment | None = None
    attribution: str | None = None


@dataclass(frozen=True)
class Reading:
    """A statement with all that is known when its figures are read.

    ``before``: what the statements before are about, the nearest last; ``previous``: the one before, if any.
    """

    statement: Statement
    about: Concerned
    before: Sequence[Concerned]
    previous: Statement | None
    told: Told
    published: str | None
    verbs: Sequence[Hit]
    signs: Sequence[Sign]
    sayings: Sequence[Saying]
    quote: Quote


def read(
    statement: Statement,
    about: Concerned,
    before: Sequence[Concerned],
    previous: Statement | None,
    told: Told,
    published: str | None,
) -> Reading:
    """Return a statement made ready: its verbs of saying, its signs of commitment, who says something in it."""
    verbs = attributing.reporting(statement)
    return Reading(
        statement=statement,
        about=about,
        before=before,
        previous=previous,
        told=told if concerning.is_pointing(statement) else Told(),
        published=published,
        verbs=verbs,
        signs=committing.signs(statement, verbs),
        sayings=attributing.sayings(statement, verbs),
        quote=_quote(statement.tokens, Hit(statement.first, statement.last)),
    )


def compose(
    reading: Reading, quantities: Sequence[Quantity], dates: Sequence[DateMention], seen: frozenset[str]
) -> list[FoundFigure]:
    """Return the figures of a statement in their order. ``seen``: words like *cette semaine* that are figures already."""
    statement = reading.statement
    places = [hit_of(statement.tokens, each.start, each.end) for each in quantities]
    mentioned = [(hit_of(statement.tokens, each.start, each.end), each) for each in dates]
    moments = [
        *(timing.dated(statement, place, each, reading.published) for place, each in mentioned),
        *(
            timing.lasting(statement, place)
            for place, each in zip(places, quantities, strict=True)
            if measuring.kind(each.unit) == "time"
        ),
        *timing.relatives(statement, reading.published),
    ]
    timed = [each for each in moments if each is not None]
    measured = [
        each
        for place, quantity in zip(places, quantities, strict=True)
        if (each := _quantity(reading, place, quantity, places, timed)) is not None
    ]
    bounds = {place: each.bound for place, each in mentioned}
    used = [each for _, each in measured if each is not None]
    happening = [
        each
        for moment in timed
        if moment.source != "time" and moment.moment.written.casefold() not in seen
        if (each := _date(reading, moment, used, bounds.get(moment.date, Bound.EXACT))) is not None
    ]
    return sorted(chain((figure for figure, _ in measured), happening), key=lambda figure: figure.text.start)


def tell(reading: Reading, figures: Sequence[FoundFigure]) -> Told:
    """Return what a statement tells the next one."""
    statement = reading.statement
    end, start = Hit(statement.last - 1, statement.last), Hit(statement.first, statement.first + 1)
    who = attributing.attribute(statement, end, [each for each in reading.sayings if each.verb])
    mood = committing.commit(statement, start, reading.signs, Metric.NUMBER, reading.told.commitment)
    return Told(
        figures[-1].commitment if figures else mood,
        subjects.words_of(statement, who) if who is not None else reading.told.attribution,
    )


def _quantity(
    reading: Reading, place: Hit, quantity: Quantity, places: Sequence[Hit], timed: Sequence[Timed]
) -> tuple[FoundFigure, Timed | None] | None:
    """Return the figure that a quantity is, and the moment that it took."""
    statement = reading.statement
    others = [each for each in places if each != place]
    previous = [reading.previous] if reading.previous is not None else []
    measured = measuring.measure(statement, place, quantity, others, previous)
    if measured is None or stating.is_denied(statement, place):
        return None
    if stating.is_idle(statement, place, quantity, measured.metric):
        return None
    moment = timing.choose(statement, place, timed, others) if measured.metric is not Metric.DURATION else None
    each = subjects.each(statement, place)
    unsaid = [Unsaid.US_DOLLARS] if quantity.unit == "USD" and "unit" in quantity.inferred else []
    if moment is not None and moment.from_article:
        unsaid.append(Unsaid.YEAR)
    counted = quantity.counted
    if counted is not None and (len(counted.splitlines()) != 1 or counted != counted.strip()):
        counted = None
    return _figure(
        reading,
        place,
        measured.metric,
        unsaid,
        cue=measured.cue,
        value=quantity.value,
        low=quantity.low,
        high=quantity.high,
        bound=quantity.bound,
        unit=quantity.unit,
        counted=counted if quantity.unit == "count" else None,
        per=quantity.per,
        each=subjects.words_of(statement, each) if each is not None else None,
        **_moments(moment),
    ), moment


def _date(reading: Reading, timed: Timed, used: Sequence[Timed], bound: Bound) -> FoundFigure | None:
    """Return the figure that a date is, where its words say what happens then."""
    statement = reading.statement
    if timed.source == "relative" and timed.meaning in ("", "from"):
        return None
    taken = any(each.date == timed.date for each in used)
    starts = timed.source == "date" and timed.field == "since" and taken
    if not (starts or stating.is_event(statement, timed, taken=taken)) or stating.is_denied_date(statement, timed):
        return None
    unsaid = [Unsaid.YEAR] if timed.from_article else []
    if timed.source == "relative":
        unsaid.append(Unsaid.DATE)
    field = timed.field if timed.field != "during" else "on"
    return _figure(
        reading,
        timed.date,
        Metric.DATE,
        unsaid,
        cue=None,
        bound=bound,
        unit="date",
        **{field: timed.moment},
    )


def _figure(reading: Reading, place: Hit, metric: Metric, unsaid: list[Unsaid], cue: Hit | None, **given: object) -> FoundFigure:
    """Return a figure with what every figure has."""
    statement = reading.statement
    who = attributing.attribute(statement, place, reading.sayings)
    attribution = subjects.words_of(statement, who) if who is not None else reading.told.attribution
    if concerning.starts_with_pronoun(statement) and reading.about.deals:
        unsaid.append(Unsaid.PARTY)
    return FoundFigure.model_validate(
        {
            **given,
            "metric": metric,
            "text": _quote(statement.tokens, place),
            "subject": subjects.subject(statement, place, cue),
            "commitment": committing.commit(statement, place, reading.signs, metric, reading.told.commitment),
            "attribution": attribution,
            "inferred": tuple(dict.fromkeys(unsaid)),
            "deals": concerning.narrow(statement, place, reading.about, reading.before),
            "quote": reading.quote,
        }
    )


def _moments(timed: Timed | None) -> dict[str, Moment]:
    return {timed.field: timed.moment} if timed is not None else {}


def _quote(tokens: Tokens, hit: Hit) -> Quote:
    start, end = tokens.starts[hit.first], tokens.ends[hit.last - 1]
    return Quote(quote=tokens.text[start:end], start=start, end=end)
