"""Whether a number is stated at all: not what is denied, not an age, not *les trois entreprises*."""

from index.figures.kinds import Metric
from index.figures.meaning.statements import Hit, Statement
from index.figures.meaning.timing import Timed
from index.figures.mentions import Quantity

_SMALL = 12  # a definite article with a number up to this points back to what was named
_NEAR = 14  # tokens from a denial to what is denied
_WITHOUT = 5
_HEAD = 3  # tokens of a counted thing that may be its noun


def is_denied(statement: Statement, place: Hit) -> bool:
    """Tell whether what stands at a place is said not to be so."""
    tokens, vocabulary = statement.tokens, statement.vocabulary
    keys = tokens.keys
    segment = statement.segment(place.first)
    for word in range(place.first - 1, max(statement.first, place.first - _NEAR) - 1, -1):
        if statement.clause(word) != statement.clause(place.first):
            return False
        if vocabulary.denied.after(keys, word) is not None and not statement.is_sign(word):
            return True
        if statement.segment(word) != segment:
            continue
        near = place.first - word <= _WITHOUT
        if near and vocabulary.without.after(keys, word) is not None:
            return True
        if vocabulary.language == "fr":
            negated = keys[word] in vocabulary.not_second and statement.has(vocabulary.not_first, word - 4, word)
        else:
            negated = keys[word] in vocabulary.not_first
        if negated and not statement.has(vocabulary.not_denied, word - 3, place.last):
            return True
    return False


def is_idle(statement: Statement, place: Hit, quantity: Quantity, metric: Metric) -> bool:
    """Tell whether a number says nothing that one would look up."""
    tokens, vocabulary = statement.tokens, statement.vocabulary
    keys = tokens.keys
    before = keys[place.first - 1] if place.first > statement.first else ""
    value = quantity.value if quantity.value is not None else quantity.high
    if metric is Metric.DURATION:
        return _is_age(statement, place) or vocabulary.ago.before(keys, place.first) is not None or vocabulary.past.after(keys, place.last) is not None
    if quantity.unit not in ("count", "fraction") or value is None:
        return False
    if quantity.counted is None:
        return abs(value) <= _SMALL and quantity.unit == "count"
    small = abs(value) <= _SMALL
    if small and any(keys[word] in vocabulary.idle for word in range(place.first, min(place.last, place.first + _HEAD))):
        return True
    return small and metric is Metric.NUMBER and before in vocabulary.definite


def _is_age(statement: Statement, place: Hit) -> bool:
    tokens, vocabulary = statement.tokens, statement.vocabulary
    if statement.has(vocabulary.ages, place.first - 2, place.first):
        return True
    following = tokens.keys[place.last : place.last + 2]
    if following[:2] == ["-", "old"] or following[:1] == ["old"]:
        return True
    written = statement.written(place)
    commas = tokens.keys[place.first - 1] == "," and tokens.keys[place.last] == ","
    return commas and ("ans" in written.split() or tokens.keys[place.last - 1].isdigit())


def is_denied_date(statement: Statement, timed: Timed) -> bool:
    """Tell whether it is said that something does not happen at a date; *n'est plus* happens."""
    return timed.field == "on" and is_denied(statement, timed.date)


def is_event(statement: Statement, timed: Timed, *, taken: bool) -> bool:
    """Tell whether the words around a date say what happens then.

    ``taken``: another figure of the sentence holds at that date, so that more is asked of the words.
    """
    vocabulary = statement.vocabulary
    segment, clause = statement.segment(timed.date.first), statement.clause(timed.date.first)
    hits = [hit for hit, _ in statement.hits(vocabulary.strong_events if taken else vocabulary.events)]
    if any(statement.segment(hit.first) == segment for hit in hits):
        return True
    framed = (timed.whole.first == statement.first or timed.field == "since") and not taken
    return framed and any(statement.clause(hit.first) == clause for hit in hits)
