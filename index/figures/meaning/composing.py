"""A statement and the quantities and dates in it -> its figures."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain

from index.figures.deals import FoundFigure
from index.figures.grammar.tokens import Tokens
from index.figures.kinds import Bound, Commitment, Metric, Unsaid
from index.figures.meaning import attributing, committing, concerning, measuring, pronouns, stating, subjects, timing
from index.figures.meaning.attributing import Saying
from index.figures.meaning.committing import Sign
from index.figures.meaning.concerning import Concerned
from index.figures.meaning.reporting import reporting
from index.figures.meaning.statements import Hit, Statement, are_words
from index.figures.meaning.timing import Timed
from index.figures.mentions import DateMention, Quantity
from index.model import Moment, Quote

_UP_TO_NOW = frozenset({"depuis", "since"})


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

    @cached_property
    def verbs(self) -> Sequence[Hit]:
        """Its verbs of saying."""
        return reporting(self.statement)

    @cached_property
    def signs(self) -> Sequence[Sign]:
        """What tells how far something has come."""
        named = {place for saying in self.sayings for place in range(*saying.who)}
        signs = committing.signs(self.statement, self.verbs)
        return [sign for sign in signs if sign.hit.first not in named]

    @cached_property
    def sayings(self) -> Sequence[Saying]:
        """Who says something in it."""
        return attributing.sayings(self.statement, self.verbs)

    @cached_property
    def quote(self) -> Quote:
        """Its words."""
        start, end = self.statement.start, self.statement.end
        return Quote(quote=self.statement.tokens.text[start:end], start=start, end=end)


def read(
    statement: Statement,
    about: Concerned,
    before: Sequence[Concerned],
    previous: Statement | None,
    told: Told,
    published: str | None,
) -> Reading:
    """Return a statement made ready: what the sentence before tells counts where this one points back to it."""
    points = concerning.is_pointing(statement)
    return Reading(statement, about, before, previous, told if points else Told(), published)


def compose(
    reading: Reading, quantities: Sequence[Quantity], dates: Sequence[DateMention], seen: frozenset[str]
) -> list[FoundFigure]:
    """Return the figures of a statement in their order.

    ``seen``: words like *cette semaine* that are figures already.
    """
    statement = reading.statement
    counts = [(place, each) for each in quantities if (place := statement.place(each.start, each.end)) is not None]
    mentioned = [(place, each) for each in dates if (place := statement.place(each.start, each.end)) is not None]
    moments = [
        *(timing.dated(statement, place, each, reading.published) for place, each in mentioned),
        *(timing.lasting(statement, place) for place, each in counts if measuring.kind(each.unit) == "time"),
        *timing.relatives(statement, reading.published),
    ]
    timed = [each for each in moments if each is not None]
    places = [place for place, _ in counts]
    measured = []
    thing: str | None = None
    for place, quantity in counts:
        made = _quantity(reading, place, quantity, places, timed, thing)
        if made is not None:
            measured.append(made)
        thing = quantity.counted or thing
    bounds = {place: each.bound for place, each in mentioned}
    used = [(figure, each) for figure, each in measured if each is not None]
    dated = [
        happening
        for moment in timed
        if moment.source != "time" and statement.written(moment.date).casefold() not in seen
        if (happening := _date(reading, moment, used, bounds.get(moment.date, Bound.EXACT))) is not None
    ]
    return sorted(chain((figure for figure, _ in measured), dated), key=lambda figure: figure.text.start)


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
    reading: Reading, place: Hit, quantity: Quantity, places: Sequence[Hit], timed: Sequence[Timed], thing: str | None
) -> tuple[FoundFigure, Timed | None] | None:
    """Return the figure that a quantity is, and the moment that it took. ``thing``: what was counted before it."""
    statement = reading.statement
    others = [each for each in places if each != place]
    measured = measuring.measure(statement, place, quantity, others, reading.previous)
    if measured is None or stating.is_denied(statement, place):
        return None
    if stating.is_idle(statement, place, quantity, measured.metric):
        return None
    moment = timing.choose(statement, place, timed, others) if measured.metric is not Metric.DURATION else None
    each = subjects.each(statement, place, thing)
    unsaid = [Unsaid.US_DOLLARS] if quantity.unit == "USD" and "unit" in quantity.inferred else []
    if measured.by_others:
        unsaid.append(Unsaid.SUBJECT)
    if moment is not None and moment.from_article:
        unsaid.append(Unsaid.YEAR)
    named = quantity.unit == "count" and quantity.counted is not None and are_words(quantity.counted)
    return _figure(
        reading,
        place,
        measured.metric,
        unsaid,
        cue=measured.cue,
        usual=Commitment.ANNOUNCED,
        value=quantity.value,
        low=quantity.low,
        high=quantity.high,
        bound=quantity.bound,
        unit=quantity.unit,
        counted=quantity.counted if named else None,
        per=quantity.per,
        each=each if each is not None and are_words(each) else None,
        **_moments(moment),
    ), moment


def _date(
    reading: Reading, timed: Timed, used: Sequence[tuple[FoundFigure, Timed]], bound: Bound
) -> FoundFigure | None:
    """Return the figure that a date is, where its words say what happens then.

    ``used``: the figures that took a moment, and which; a date is as doubtful as what holds at it.
    """
    statement = reading.statement
    if timed.source == "relative" and timed.meaning in ("", "from"):
        return None
    holding = [figure for figure, each in used if each.date == timed.date]
    taken = bool(holding)
    starts = timed.source == "date" and timed.field == "since" and taken
    if not (starts or stating.is_event(statement, timed, taken=taken)) or stating.is_denied_date(statement, timed):
        return None
    unsaid = [Unsaid.YEAR] if timed.from_article else []
    if timed.source == "relative":
        unsaid.append(Unsaid.DATE)
    field = timed.field if timed.field != "during" else "on"
    lasts = statement.has(_UP_TO_NOW, timed.whole.first, timed.date.first)
    made = _figure(
        reading,
        timed.date,
        Metric.DATE,
        unsaid,
        cue=None,
        usual=Commitment.COMPLETED if lasts else Commitment.ANNOUNCED,
        bound=bound,
        unit="date",
        **_moments(timed._replace(field=field)),
    )
    commitment = made.commitment
    if any(figure.commitment is Commitment.RUMOURED for figure in holding):
        commitment = Commitment.RUMOURED
    elif commitment is Commitment.OPERATING:  # has begun, or will end
        commitment = Commitment.ANNOUNCED if field == "until" else Commitment.COMPLETED
    return made.model_copy(update={"commitment": commitment})


def _figure(
    reading: Reading,
    place: Hit,
    metric: Metric,
    unsaid: list[Unsaid],
    cue: Hit | None,
    usual: Commitment,
    **given: object,
) -> FoundFigure:
    """Return a figure with what every figure has. ``usual``: how far it has come where no word tells."""
    statement = reading.statement
    subject = subjects.subject(statement, place, cue)
    told = _antecedent(reading, subject, metric) if pronouns.is_pronoun(statement, subject) else None
    if told is not None:
        unsaid.append(Unsaid.PARTY if pronouns.is_name(statement, told) else Unsaid.SUBJECT)
    if concerning.is_apposed(statement, place):
        unsaid.append(Unsaid.SUBJECT)
    if concerning.starts_with_pronoun(statement) and reading.about.deals:
        unsaid.append(Unsaid.PARTY)
    return FoundFigure.model_validate(
        {
            **given,
            "metric": metric,
            "text": _quote(statement.tokens, place),
            "subject": told or subject,
            "commitment": committing.commit(statement, place, reading.signs, metric, reading.told.commitment, usual),
            "attribution": _attribution(reading, place),
            "inferred": tuple(dict.fromkeys(unsaid)),
            "deals": concerning.narrow(statement, place, reading.about, reading.before),
            "quote": reading.quote,
        }
    )


def _antecedent(reading: Reading, pronoun: str, metric: Metric) -> str | None:
    """Return what a pronoun for a subject stands for: the subject of the sentence before, in the same paragraph."""
    previous = reading.previous
    if previous is None or previous.paragraph != reading.statement.paragraph:
        return None
    return pronouns.antecedent(previous, pronoun, metric)


def _attribution(reading: Reading, place: Hit) -> str | None:
    """Return who says so: for *Il a annoncé*, the subject of the sentence before, if that is a name."""
    statement, previous = reading.statement, reading.previous
    who = attributing.attribute(statement, place, reading.sayings)
    if who is None:
        return reading.told.attribution
    if not statement.has(statement.vocabulary.pronouns, who.first, who.first + 1):
        return subjects.words_of(statement, who)
    return subjects.named(previous) if previous is not None and previous.paragraph == statement.paragraph else None


def _moments(timed: Timed | None) -> dict[str, Moment]:
    return {timed.field: timed.moment} if timed is not None else {}


def _quote(tokens: Tokens, hit: Hit) -> Quote:
    start, end = tokens.starts[hit.first], tokens.ends[hit.last - 1]
    return Quote(quote=tokens.text[start:end], start=start, end=end)
