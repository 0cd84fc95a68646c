"""When a figure holds: the dates, times and words like *désormais* of its sentence, with their prepositions."""

from collections.abc import Sequence
from typing import Literal, NamedTuple

from index.figures.grammar.phrases import Phrases
from index.figures.grammar.tokens import NEW_LINE
from index.figures.kinds import Bound
from index.figures.meaning import calendar
from index.figures.meaning.statements import Hit, Statement, are_words
from index.figures.meaning.vocabulary import Field
from index.figures.mentions import DateMention
from index.model import Moment

_MOST_PREPOSITIONS = 3
_NEAR = 22  # words: a moment further away is another thing's
_FRAME = 3  # tokens: a moment that starts within so many places the whole sentence in time
_COMPARED = 5  # tokens before a date that may compare with it or deny it
_TOLD = 10  # words: a day of the week rather says when something was told
_OF_TELLING = ("day", "day before", "week")
_ANOTHER = 12  # words: a moment that stands nearer to another figure is this much further away


class Timed(NamedTuple):
    """A moment of a statement: the tokens of the date itself, those with its preposition, and how it limits."""

    date: Hit
    whole: Hit
    field: Field
    moment: Moment
    source: Literal["date", "time", "relative"]
    meaning: str = ""
    from_article: bool = False
    """Whether its year follows from the article's date."""


def dated(statement: Statement, place: Hit, mention: DateMention, published: str | None) -> Timed | None:
    """Return the moment that a date is, with the preposition before it."""
    whole, field = _with_preposition(statement, place, statement.vocabulary.before_date)
    if _is_compared(statement, whole):
        return None
    if field == "until" and _is_negated(statement, whole):
        field = "since"
    if mention.bound is Bound.BETWEEN:
        field = "during"
    earliest, latest = mention.earliest, mention.latest
    inferred = earliest.startswith("-")
    if inferred:
        complete = calendar.complete(earliest, latest, published, future=_is_ahead(statement, place))
        if complete is None:
            return _timed(statement, place, whole, field or "on", None, "date")
        earliest, latest = complete
    iso = earliest if earliest == latest else f"{earliest}/{latest}"
    return _timed(statement, place, whole, field or "on", iso, "date", from_article=inferred)


def lasting(statement: Statement, place: Hit) -> Timed | None:
    """Return the moment that a time is: *sur cinq ans*, *d'ici deux ans*, *il y a dix ans*."""
    tokens, vocabulary = statement.tokens, statement.vocabulary
    whole, field = _with_preposition(statement, place, vocabulary.before_time)
    ahead = any(tokens.keys[word].startswith(("prochain", "next", "coming")) for word in range(*place))
    if vocabulary.ago.before(tokens.keys, place.first) is not None:
        return _timed(statement, place, Hit(place.first - 3, place.last), "on", None, "time", relative=True)
    past = vocabulary.past.after(tokens.keys, place.last)
    if past is not None and past.place <= statement.last:
        return _timed(statement, place, Hit(place.first, past.place), "on", None, "time", relative=True)
    if field is None:
        return None
    return _timed(statement, place, whole, field, None, "time", relative=ahead or field != "during")


def relatives(statement: Statement, published: str | None) -> list[Timed]:
    """Return the moments that count from the day of writing: *cette semaine*, *désormais*."""
    found = []
    for hit, meaning in statement.hits(statement.vocabulary.relative):
        field: Field = "since" if meaning == "from" else "on"
        iso = calendar.relative(meaning, published)
        preposition = meaning == "week" and hit.first > statement.first
        preposition = preposition and statement.tokens.keys[hit.first - 1] in statement.vocabulary.weekday
        timed = _timed(
            statement,
            hit,
            Hit(hit.first - preposition, hit.last),
            field,
            iso,
            "relative",
            relative=True,
            meaning=meaning,
        )
        if timed is not None:
            found.append(timed)
    return found


def choose(statement: Statement, place: Hit, moments: Sequence[Timed], others: Sequence[Hit]) -> Timed | None:
    """Return the moment at which a figure at ``place`` holds. ``others``: the other figures of the statement."""
    if _is_attribute(statement, place) or _is_start(statement, place, others):
        return None
    best: Timed | None = None
    least = float(_NEAR)
    for timed in moments:
        if timed.whole.first < place.last and place.first < timed.whole.last:
            continue
        cost: float = statement.distance(place, timed.whole)
        if statement.segment(timed.date.first) != statement.segment(place.first):
            if timed.date.first - statement.first <= _FRAME and timed.whole.first == statement.first:
                cost = min(cost, _NEAR - 2)
            elif not _is_alone(statement, timed):
                continue
        if timed.meaning in _OF_TELLING:
            cost += _TOLD
        low, high = sorted((place.first, timed.date.first))
        if timed.date.first > place.first and any(low < other.first < high for other in others):
            cost += _ANOTHER
        if cost < least:
            best, least = timed, cost
    return best


def _is_compared(statement: Statement, whole: Hit) -> bool:
    """Tell whether a date is only compared with: *5 % de plus qu'en 2022*, *more than in 2022*."""
    keys, first = statement.tokens.keys, max(statement.first, whole.first - _COMPARED)
    before = keys[first : whole.first]
    return before[-1:] == ["than"] or (before[-1:] == ["que"] and bool({"plus", "moins"} & set(before)))


def _is_negated(statement: Statement, whole: Hit) -> bool:
    """Tell whether something does not happen up to a date, and so does from then on: *will not open before 2027*."""
    vocabulary, first = statement.vocabulary, whole.first - _COMPARED
    if vocabulary.language == "en":
        return statement.has(vocabulary.not_first, first, whole.first)
    return statement.has(vocabulary.not_second, first, whole.first) and statement.has(
        vocabulary.not_first, first - 2, whole.first
    )


def _is_attribute(statement: Statement, place: Hit) -> bool:
    """Tell whether a hyphen makes an adjective of a measure: *the 22-kilometre tunnel*."""
    return "-" in statement.tokens.keys[place.first + 1 : place.last - 1]


def _is_start(statement: Statement, place: Hit, others: Sequence[Hit]) -> bool:
    """Tell whether a figure is what another one comes from: *de 5 à 7 GW*, *from $2.50 to $2.90*."""
    keys = statement.tokens.keys
    changes = keys[place.first - 1] in ("from", "de") and keys[place.last] in ("to", "a")
    return changes and any(other.first in (place.last + 1, place.last + 2) for other in others)


def _is_alone(statement: Statement, timed: Timed) -> bool:
    """Tell whether nothing else stands between the commas around a moment."""
    segment = statement.segment_of(timed.date.first)
    return all(timed.whole.first <= word < timed.whole.last or statement.is_sign(word) for word in range(*segment))


def _with_preposition(statement: Statement, place: Hit, phrases: Phrases[Field]) -> tuple[Hit, Field | None]:
    """Return a date with the words before it that tie it to its sentence, and what they mean."""
    keys = statement.tokens.keys
    first = place.first
    field: Field | None = None
    for _ in range(_MOST_PREPOSITIONS):
        found = phrases.before(keys, first)
        if found is None or found.place < statement.first:
            break
        field, first = found
        if field != "on":
            break
    return Hit(first, place.last), field


def _is_ahead(statement: Statement, place: Hit) -> bool:
    """Tell whether the verbs around a date say that it is to come."""
    segment = statement.segment(place.first)
    tenses = [
        (statement.segment(word) != segment, statement.distance(place, Hit(word, word + 1)), told)
        for word in range(statement.first, statement.last)
        if (told := statement.tense(word)) is not None
    ]
    return bool(tenses) and min(tenses)[2] == "future"


def _timed(
    statement: Statement,
    date: Hit,
    whole: Hit,
    field: Field,
    iso: str | None,
    source: Literal["date", "time", "relative"],
    *,
    relative: bool = False,
    meaning: str = "",
    from_article: bool = False,
) -> Timed | None:
    whole = Hit(max(whole.first, statement.first), whole.last)
    if any(statement.tokens.gaps[word] == NEW_LINE for word in range(whole.first + 1, whole.last)):
        whole = date
    written = statement.written(whole)
    if not are_words(written):
        return None
    moment = Moment(written=written, iso=iso if iso is None or calendar.is_sound(iso) else None, relative=relative)
    return Timed(date, whole, field, moment, source, meaning, from_article and moment.iso is not None)
