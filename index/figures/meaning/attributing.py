"""Who says so: *selon X*, *X a annoncé que*, *annoncé par X*, in the words of the text."""

from collections.abc import Sequence
from typing import NamedTuple

from index.figures.grammar.tokens import NAME, NUMBER, SIGN, WORD
from index.figures.meaning.statements import Hit, Statement

_MOST_TOKENS = 14
_ENDS = frozenset(",;:()[]«»“”…!?-—–")
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
        saying.by.last >= tail.last - 3
        and saying.who.first > statement.first
        and statement.tokens.keys[saying.who.first - 1] in (",", "»", "”", '"')
    )


def _after(statement: Statement, place: int, verbs: Sequence[Hit]) -> Hit | None:
    """Return the noun phrase that starts at a place; a verb of saying ends it."""
    tokens = statement.tokens
    stops = {verb.first for verb in verbs}
    end = place
    while end < statement.last and end - place < _MOST_TOKENS:
        if tokens.keys[end] in _ENDS and not (tokens.keys[end] == "-" and tokens.gaps[end] == 0):
            break
        if tokens.keys[end] == "." and end + 1 >= statement.last:
            break
        if tokens.kinds[end] is NUMBER:
            break
        if end > place and (end in stops or statement.is_finite(end) or tokens.keys[end] in statement.vocabulary.stops):
            break
        end += 1
    return _trimmed(statement, place, end)


def _before(statement: Statement, verb: Hit) -> Hit | None:
    """Return the subject that stands before a verb, with an aside between commas."""
    tokens = statement.tokens
    end = verb.first
    if end <= statement.first:
        return None
    first = _back(statement, end)
    if end - 1 >= statement.first and tokens.keys[end - 1] == ",":
        aside = _back(statement, end - 1)
        if aside > statement.first and tokens.keys[aside - 1] == "," and end - aside <= _MOST_ASIDE:
            start = _back(statement, aside - 1)
            return _trimmed(statement, start, aside - 1)
        return None
    if first > statement.first and tokens.keys[first - 1] == "," and _is_name_before(statement, first):
        head = _back(statement, first - 1)
        if (
            head < first - 1
            and not _has_verb(statement, head, first - 1)
            and tokens.keys[head] in statement.vocabulary.articles
        ):
            return _trimmed(statement, head, end)
    cut = first > statement.first and tokens.kinds[first - 1] is NUMBER
    if cut and not (tokens.keys[first] in statement.vocabulary.articles or tokens.texts[first][:1].isupper()):
        return None  # only the end of a phrase with a number: A trial of 2,100 patients
    return _trimmed(statement, first, end)


def _is_name_before(statement: Statement, place: int) -> bool:
    """Tell whether a name follows a comma: *Le PDG d'OpenAI, Sam Altman, a dit*."""
    return statement.tokens.texts[place][:1].isupper()


def _has_verb(statement: Statement, first: int, last: int) -> bool:
    return any(statement.is_finite(place) for place in range(first, last))


def _back(statement: Statement, end: int) -> int:
    """Return where the part that ends before a place begins."""
    tokens = statement.tokens
    first = end
    while first > statement.first and end - first < _MOST_TOKENS:
        key = tokens.keys[first - 1]
        if key in _ENDS and not (key == "-" and tokens.gaps[first - 1] == 0):
            break
        if tokens.kinds[first - 1] is NUMBER or tokens.keys[first - 1] in statement.vocabulary.days:
            break
        if key in (
            "après",
            "after",
            "when",
            "lorsque",
            "quand",
            "que",
            "qui",
            "mais",
            "that",
            "which",
            "but",
            "comme",
            "as",
        ) or statement.is_finite(first - 1):
            break
        first -= 1
    return first


def _inverted(statement: Statement, verb: Hit, verbs: Sequence[Hit]) -> Hit | None:
    """Return the subject that stands after a verb: *..., a indiqué X*, *said X*."""
    tokens = statement.tokens
    before = tokens.keys[verb.first - 1] if verb.first > statement.first else ""
    if before not in (",", "»", "”", '"'):
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
    small = frozenset({"et", "and", "en", "de", "que", "car", "ainsi", "or"})
    while first < last and (tokens.kinds[first] is SIGN or tokens.keys[first] in small):
        first += 1
    while first < last and (
        (tokens.kinds[last - 1] is SIGN and tokens.keys[last - 1] not in ('"', "”", "»"))
        or tokens.keys[last - 1] in small
    ):
        last -= 1
    if first >= last or not any(tokens.kinds[place] in (WORD, NAME) for place in range(first, last)):
        return None
    return Hit(first, last)
