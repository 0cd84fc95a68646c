"""Who says so: *selon X*, *X a annoncé que*, *annoncé par X*, in the words of the text."""

from collections.abc import Sequence
from typing import NamedTuple

from index.figures.grammar.tokens import GLUED, NAME, NUMBER, SIGN, WORD
from index.figures.meaning.statements import Hit, Statement

_MOST_TOKENS = 14
_ENDS = frozenset(",;:()[]«»“”…!?-—–")
_QUOTES = frozenset(',»”"')
_CLOSING = frozenset('»”"')
_SMALL = frozenset({"et", "and", "en", "de", "que", "car", "ainsi", "or"})
_TAIL = 3  # tokens that may stand after a verb of saying at the end of its part of a sentence
_MOST_NAME = 4  # tokens of a name in a list
_MOST_ASIDE = 12  # tokens between the commas of X, director of Y, said


class Saying(NamedTuple):
    """Who says something: their words, and the verb or preposition that tells so."""

    who: Hit
    by: Hit
    verb: bool


def sayings(statement: Statement, verbs: Sequence[Hit]) -> list[Saying]:
    """Return who says something in a statement. ``verbs``: its verbs of saying."""
    found = []
    for phrases in (statement.vocabulary.according, statement.vocabulary.by):
        for hit, _ in statement.hits(phrases):
            who = _after(statement, hit.last, verbs)
            if who is not None:
                found.append(Saying(who, hit, verb=False))
    for verb in verbs:
        who = _inverted(statement, verb, verbs) or _before(statement, verb)
        if who is not None:
            found.append(Saying(who, verb, verb=True))
    return [each for each in found if not any(_holds(other.who, each.by) for other in found if other is not each)]


def _holds(who: Hit, by: Hit) -> bool:
    return who.first <= by.first and by.last <= who.last


def attribute(statement: Statement, place: Hit, found: Sequence[Saying]) -> Hit | None:
    """Return the words for who says what stands at ``place``, if the statement tells."""
    best: Saying | None = None
    least = 1000
    for saying in found:
        if _holds(saying.who, place) or (saying.verb and _is_before(statement, place, saying)):
            continue
        cost = statement.distance(place, saying.by)
        if cost < least:
            best, least = saying, cost
    return best.who if best is not None else None


def _is_before(statement: Statement, place: Hit, saying: Saying) -> bool:
    """Tell whether something stands before a sentence that somebody says: it is not what is said."""
    if not place.last <= saying.who.first < saying.by.first or _closes(statement, saying):
        return False
    return not (place.last == saying.who.first - 1 and statement.tokens.keys[place.last] == ",")


def _closes(statement: Statement, saying: Saying) -> bool:
    """Tell whether a verb of saying stands after what is said: *it fell, X said*."""
    tail = statement.segment_of(saying.by.first)
    return (
        saying.by.last >= tail.last - _TAIL
        and saying.who.first > statement.first
        and statement.tokens.keys[saying.who.first - 1] in _QUOTES
    )


def _after(statement: Statement, place: int, verbs: Sequence[Hit]) -> Hit | None:
    """Return the noun phrase that starts at a place; a verb of saying ends it."""
    tokens, vocabulary = statement.tokens, statement.vocabulary
    stops = {verb.first for verb in verbs}
    end = place
    while end < statement.last and end - place < _MOST_TOKENS:
        if _ends_phrase(statement, end) or (tokens.keys[end] == "." and end + 1 == statement.last):
            break
        if end > place and (end in stops or tokens.keys[end] in vocabulary.stops or statement.is_finite(end)):
            break
        end += 1
    return _trimmed(statement, place, end)


def _before(statement: Statement, verb: Hit) -> Hit | None:
    """Return the subject that stands before a verb, with an aside between commas that says who that is."""
    tokens = statement.tokens
    end = verb.first
    if end == statement.first:
        return None
    if tokens.keys[end - 1] in statement.vocabulary.days:
        end -= 1 + (tokens.keys[end - 2] in statement.vocabulary.weekday)  # X on Tuesday announced
    if end > statement.first and tokens.keys[end - 1] == ",":
        return _with_aside(statement, end)
    first = _listed(statement, _back(statement, end))
    if first > statement.first and tokens.keys[first - 1] == "," and _is_name(statement, first):
        head = _back(statement, first - 1)
        if head < first - 1 and tokens.keys[head] in statement.vocabulary.articles:
            return _trimmed(statement, head, end)  # Le PDG d'OpenAI, Sam Altman
    cut = first > statement.first and tokens.kinds[first - 1] is NUMBER
    if cut and not (tokens.keys[first] in statement.vocabulary.articles or _is_name(statement, first)):
        return None  # only the end of a phrase with a number: A trial of 2,100 patients
    return _trimmed(statement, first, end)


def _with_aside(statement: Statement, end: int) -> Hit | None:
    """Return the subject before an aside between commas, with the aside if that is a name or what somebody is."""
    tokens = statement.tokens
    aside = _back(statement, end - 1)
    if aside == statement.first or tokens.keys[aside - 1] != "," or end - aside > _MOST_ASIDE:
        return None
    tells = _is_name(statement, aside) or tokens.keys[aside] in statement.vocabulary.roles
    return _trimmed(statement, _back(statement, aside - 1), end if tells else aside - 1)


def _listed(statement: Statement, first: int) -> int:
    """Return where a list of names begins that ends in what starts at a place: *OpenAI, Oracle and SoftBank*."""
    tokens, vocabulary = statement.tokens, statement.vocabulary
    joined = range(first, min(first + _MOST_NAME, statement.last))
    if not any(tokens.keys[place] in vocabulary.joins for place in joined):
        return first
    while first > statement.first and tokens.keys[first - 1] == ",":
        before = _back(statement, first - 1)
        if first - 1 - before > _MOST_NAME or before == first - 1 or not _is_name(statement, before):
            break
        first = before
    return first


def _is_name(statement: Statement, place: int) -> bool:
    return statement.tokens.texts[place][:1].isupper()


def _back(statement: Statement, end: int) -> int:
    """Return where the part that ends before a place begins."""
    tokens, vocabulary = statement.tokens, statement.vocabulary
    first = end
    while first > statement.first and end - first < _MOST_TOKENS:
        before = first - 1
        if _ends_phrase(statement, before) or tokens.keys[before] in vocabulary.openers or statement.is_finite(before):
            break
        first = before
    return first


def _ends_phrase(statement: Statement, place: int) -> bool:
    """Tell whether a token is no part of what somebody is called: most signs, a number, a day."""
    tokens = statement.tokens
    if tokens.kinds[place] is NUMBER or tokens.keys[place] in statement.vocabulary.days:
        return True
    return tokens.keys[place] in _ENDS and not (tokens.keys[place] == "-" and tokens.gaps[place] == GLUED)


def _inverted(statement: Statement, verb: Hit, verbs: Sequence[Hit]) -> Hit | None:
    """Return the subject that stands after a verb: *..., a indiqué X*, *said X*."""
    tokens = statement.tokens
    before = tokens.keys[verb.first - 1] if verb.first > statement.first else ""
    if before not in _QUOTES:
        return None
    if tokens.keys[verb.last] in ("que", "that") or any(
        tokens.kinds[place] is NUMBER for place in range(verb.last, min(statement.last, verb.last + _MOST_TOKENS))
    ):
        return None
    who = _after(statement, verb.last, verbs)
    return _with_role(statement, who, verbs) if who is not None else None


def _with_role(statement: Statement, who: Hit, verbs: Sequence[Hit]) -> Hit:
    """Return a name with what its bearer is: *Claire Vasseur, directrice générale de Plastor*."""
    tokens = statement.tokens
    if tokens.keys[who.last] != "," or tokens.keys[who.last + 1] not in statement.vocabulary.roles:
        return who
    role = _after(statement, who.last + 1, verbs)
    return Hit(who.first, role.last) if role is not None else who


def _trimmed(statement: Statement, first: int, last: int) -> Hit | None:
    """Return a phrase without the signs and small words at its ends, if a name or a noun is left."""
    tokens = statement.tokens
    while first < last and (tokens.kinds[first] is SIGN or tokens.keys[first] in _SMALL):
        first += 1
    while first < last and tokens.keys[last - 1] not in _CLOSING and _is_small(statement, last - 1):
        last -= 1
    return Hit(first, last) if any(tokens.kinds[place] in (WORD, NAME) for place in range(first, last)) else None


def _is_small(statement: Statement, place: int) -> bool:
    return statement.is_sign(place) or statement.tokens.keys[place] in _SMALL
