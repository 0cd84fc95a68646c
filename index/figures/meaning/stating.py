"""Whether a number is stated at all: not what is denied, not an age, not *les trois entreprises*."""

from index.figures.grammar.tokens import GLUED, SIGN
from index.figures.kinds import Metric
from index.figures.meaning.statements import Hit, Statement
from index.figures.meaning.timing import Timed
from index.figures.mentions import Quantity

_SMALL = 12  # a definite article with a number up to this points back to what was named
_NEAR = 14  # tokens from a denial to what is denied
_WITHOUT = 5
_VERB = 3  # tokens of a verb between the two parts of its negation
_INFINITIVE = ("er", "ir", "re")
_BOLD = "*"
_HEAD = 3  # tokens of a counted thing that may be its noun


def is_denied(statement: Statement, place: Hit) -> bool:
    """Tell whether what stands at a place is said not to be so."""
    vocabulary, keys = statement.vocabulary, statement.tokens.keys
    for word in range(place.first - 1, max(statement.first, place.first - _NEAR) - 1, -1):
        if statement.clause(word) != statement.clause(place.first):
            return False
        if vocabulary.denied.after(keys, word) is not None:
            return True
        if statement.segment(word) != statement.segment(place.first):
            continue
        if place.first - word <= _WITHOUT and vocabulary.without.after(keys, word) is not None:
            return True
        if _is_negation(statement, word) and not statement.has(vocabulary.not_denied, word - _VERB, place.last):
            return True
    return False


def _is_negation(statement: Statement, word: int) -> bool:
    """Tell whether a word ends a negation: the *pas* of *n'a pas*, *not*, *won't*."""
    vocabulary, key = statement.vocabulary, statement.tokens.keys[word]
    if vocabulary.language == "en":
        return key.replace("’", "'") in vocabulary.not_first
    return key in vocabulary.not_second and statement.has(vocabulary.not_first, word - _VERB - 1, word)


def is_idle(statement: Statement, place: Hit, quantity: Quantity, metric: Metric) -> bool:
    """Tell whether a number says nothing that one would look up."""
    vocabulary, keys = statement.vocabulary, statement.tokens.keys
    if metric is Metric.DURATION:
        past = vocabulary.ago.before(keys, place.first) or vocabulary.past.after(keys, place.last)
        return past is not None or _is_age(statement, place)
    value = quantity.value if quantity.value is not None else quantity.high
    if quantity.unit != "count" or value is None or abs(value) > _SMALL:
        return False
    if quantity.counted is None or statement.has(vocabulary.idle, place.first, min(place.last, place.first + _HEAD)):
        return True
    definite = place.first > statement.first and keys[place.first - 1] in vocabulary.definite
    return definite and metric is Metric.NUMBER


def _is_age(statement: Statement, place: Hit) -> bool:
    """Tell whether a time is how old somebody is: *âgé de 58 ans*, *Marc Tellier, 58 ans,*, *58-year-old*."""
    keys, vocabulary = statement.tokens.keys, statement.vocabulary
    if statement.has(vocabulary.ages, place.first - 2, place.first) or "old" in keys[place.last : place.last + 2]:
        return True
    aside = place.first > statement.first and keys[place.first - 1] == "," and keys[place.last] == ","
    return aside and statement.tokens.texts[place.first - 2][:1].isupper()


def is_denied_date(statement: Statement, timed: Timed) -> bool:
    """Tell whether it is said that something does not happen at a date; *n'est plus* happens."""
    return timed.field == "on" and is_denied(statement, timed.date)


def is_event(statement: Statement, timed: Timed, *, taken: bool) -> bool:
    """Tell whether the words around a date say what happens then.

    ``taken``: another figure of the sentence holds at that date, so that more is asked of the words.
    """
    vocabulary = statement.vocabulary
    if _is_byline(statement):
        return False
    if _heads_line(statement, timed):
        return True
    segment, clause = statement.segment(timed.date.first), statement.clause(timed.date.first)
    events = vocabulary.strong_events if taken and timed.source == "date" else vocabulary.events
    hits = [
        hit for hit, _ in statement.hits(events) if not (_is_compound(statement, hit) or _is_willing(statement, hit))
    ]
    if any(statement.segment(hit.first) == segment for hit in hits):
        return True
    if not taken and _lasts(statement, timed):
        return True
    framed = timed.whole.first == statement.first or (timed.field == "since" and not taken)
    return framed and any(statement.clause(hit.first) == clause for hit in hits)


def _heads_line(statement: Statement, timed: Timed) -> bool:
    """Tell whether a date stands before a colon at the beginning: *- April 2028: first deliveries*."""
    tokens, end = statement.tokens, timed.date.last
    begins = all(kind == SIGN for kind in tokens.kinds[statement.first : timed.whole.first])
    while tokens.keys[end] == _BOLD:
        end += 1
    return timed.source == "date" and begins and end + 1 < statement.last and tokens.keys[end] == ":"


def _lasts(statement: Statement, timed: Timed) -> bool:
    """Tell whether something is so from a date on, or up to one: *is the provider since 2025*, *runs until 2032*."""
    if timed.source != "date" or timed.field not in ("since", "until"):
        return False
    segment = statement.segment(timed.date.first)
    return any(
        hit.last <= timed.whole.first and statement.segment(hit.first) == segment
        for hit, _ in statement.hits(statement.vocabulary.states)
    )


def _is_compound(statement: Statement, hit: Hit) -> bool:
    """Tell whether a hyphen ties a word to the next one: *start-up*."""
    tokens = statement.tokens
    return tokens.keys[hit.last] == "-" and tokens.gaps[hit.last] == GLUED


def _is_willing(statement: Statement, hit: Hit) -> bool:
    """Tell whether *ready* says what somebody is willing to do: *prêt à payer*, *ready to pay*."""
    keys = statement.tokens.keys
    if keys[hit.last - 1] == "ready":
        return keys[hit.last] == "to"
    return keys[hit.last - 1].startswith("pret") and keys[hit.last] == "a" and keys[hit.last + 1].endswith(_INFINITIVE)


def _is_byline(statement: Statement) -> bool:
    """Tell whether a sentence only says when the text appeared: *Publié le 12 mars 2024 par Jean Dupont*."""
    begins = statement.vocabulary.byline.after(statement.tokens.keys, statement.first) is not None
    return begins and not any(
        statement.is_finite(place) or statement.tense(place) is not None
        for place in range(statement.first, statement.last)
    )
