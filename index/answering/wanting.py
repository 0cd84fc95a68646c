"""What a question wants: a quantity, a date, a person ...

Question words tell it, the first one where there are several, and the noun that follows *what*, *which* or *quel*; but
*who*, *where*, *when*, *qui*, *où* and *quand* in the middle of a sentence rather join clauses (*the firm where he
works*), and count only where nothing else asks. Where nothing asks at all, as in keywords, the thing that is named
tells it. The words are data: ``questions.toml`` and ``forms.toml``, and for the nouns ``nouns.toml``.
"""

import re
from collections.abc import Iterator, Sequence

from index.answering import heads
from index.answering.expressions import Expressions, expressions
from index.answering.heads import Noun, Text
from index.answering.kinds import Kind
from index.answering.measured import Measure, measure_of

_ONE_OF_MANY = frozenset({"name", "named", "place", "located", "list", "thing", "manner"})
"""The tables of nouns whose plural asks for a list; of the others it asks for the same as the singular."""
_TALKED_OF = frozenset({"thing", "named", "located"})
"""The tables of nouns that keywords may only be about."""
_PLAIN = frozenset({"quantity", "date", "reason"})
"""The tables of nouns of which one rather asks than tells."""
_OTHERWISE = {
    "counted": Kind.QUANTITY,
    "named": Kind.NAME,
    "located": Kind.PLACE,
    "list": Kind.ANYTHING,
    "thing": Kind.ANYTHING,
}
"""What the tables of nouns that have no kind's name ask for."""
_FEW = 6  # words of a thing that is to be explained
_SHORT = 3  # letters of a word that is none to be listed
_SHARE = re.compile(r"%|\b(?:taux|parts?|pour ?cent\w*|per ?cent\w*|rate|share|stake)\b")
_OPENLY = re.compile(
    r"(?:qu est ce qu\w*|que|what|how|comment)\b"
    r"(?!.*\b(?:sait|savez|savent|know|says?|dit|disent|tells?|told|mention\w*)\b)"
)
"""How questions begin that ask for anything, unless it is what somebody knows or says."""
_NEAR = 3  # words after a noun in which what belongs to it begins


def wanted(question: str) -> Kind:
    """Return the kind of answer that a question asks for."""
    text = heads.read(question)
    words = expressions()
    text = Text(tuple(words.asides.sub(" ", text.plain).split()), text.language)
    kind = _asked(text, words)
    if kind is Kind.NAME and _SHARE.search(text.plain) and measure_of(text.plain) is Measure.PERCENT:
        return Kind.QUANTITY
    return kind


def _asked(text: Text, words: Expressions) -> Kind:
    """Return the kind that the first of these readings tells; anything where none does."""
    readings = (_form, _before, _sign, _named, _about)
    return next((kind for reading in readings if (kind := reading(text, words))), Kind.ANYTHING)


def _form(text: Text, words: Expressions) -> Kind | None:
    """Return the kind that the form of a whole question tells."""
    plain = text.plain
    if words.either.search(plain):
        return Kind.ANYTHING
    what = words.definition.search(plain)
    who = words.who.search(plain)
    if what and not (words.active.search(what[0]) or _names_a_thing(what[0], text, words)):
        return Kind.DEFINITION
    if who and not (words.roles.search(who[0]) or _names_a_thing(who[0], text, words)):
        return Kind.DEFINITION
    if words.whether.search(plain) and not words.open.search(plain):
        return _requested(text, words) or Kind.ANYTHING
    return None


def _sign(text: Text, words: Expressions) -> Kind | None:
    """Return the kind that the first words that ask tell; after those, a question for a yes goes before others.

    Words that ask for anything go before words that rather join clauses: *what happens when it rains*.
    """
    found = list(_found(text, words))
    if tail := words.tail.search(text.plain):
        found = [each for each in found if each[0] == 0 or each[0] > tail.start()]
        if not found:
            return Kind.ANYTHING
    if not found:
        return None
    place, rank, kind = min(found)
    if place and rank > len(words.signs) and _OPENLY.match(text.plain[:place]):
        return Kind.ANYTHING
    return kind


def _named(text: Text, words: Expressions) -> Kind | None:
    """Return the kind where a unit, a word that asks for anything or a request tells it."""
    plain = text.plain
    if words.units.search(plain):
        return Kind.QUANTITY
    if words.weak.search(plain):
        return Kind.ANYTHING
    return _requested(text, words) or (Kind.ANYTHING if words.whether.search(plain) else None)


def _about(text: Text, words: Expressions) -> Kind | None:
    """Return the kind of what a question without words that ask is about."""
    plain = text.plain
    if words.alternative.search(plain):
        return Kind.ANYTHING
    if kind := _heading(text, words):
        return kind
    joined = [
        (match.start(), asked)
        for asked, sign in words.joining
        if (match := sign.search(plain)) and not words.told.match(plain, match.end())
    ]
    if joined and not words.clause.search(plain):
        return min(joined)[1]
    return _mentioned(text, words)


def _found(text: Text, words: Expressions) -> Iterator[tuple[int, int, Kind]]:
    """Yield the kinds that the words of a question ask for, each with its place and its rank among those there."""
    plain = text.plain
    for rank, (kind, sign) in enumerate(words.signs):
        if match := sign.search(plain):
            yield match.start(), rank, kind
    for match in words.choice.finditer(plain):
        if chosen := _chosen(text, plain[: match.end()].count(" "), match, words):
            yield match.start(), len(words.signs), chosen
            break
    told = words.clause.search(plain)
    for kind, sign in words.edges:
        for match in sign.finditer(plain):
            if not (told and match.start() == 0):
                yield match.start(), len(words.signs) + 1, kind
                break


def _chosen(text: Text, place: int, asks: re.Match[str], expressions: Expressions) -> Kind | None:
    """Return the kind that *which*, *what* or *quel* asks for with the noun after it; none where there is no noun."""
    words = list(text.words)
    whole = asks["be"] is not None
    if place >= len(words) or (not whole and heads.is_article(words[place])):
        return None
    words[place] = heads.amended(words[place], text.language)
    many = asks["many"] is not None
    found = heads.head(words, place, text.language, last=whole)
    if found:
        several = _are_parts(words[found[1] :], expressions)
        return Kind.LIST if several and not whole else _of(found[0], many=many)
    after = heads.unknown(words, place)
    if after and (many or (not whole and text.language == "en" and any(map(_is_plural, after)))):
        return Kind.LIST
    alone = Kind.DEFINITION if asks["thing"] else Kind.NAME if asks["one"] else None
    return alone if after else None


def _of(noun: Noun, *, many: bool) -> Kind:
    """Return the kind that a noun after *which* or *what* asks for: of things that are counted, which one or ones."""
    if many or noun.plural:
        return Kind.LIST if noun.table == "counted" else _kind_of(noun._replace(plural=True))
    if noun.table == "counted":
        return Kind.NAME
    return _kind_of(noun)


def _are_parts(after: Sequence[str], expressions: Expressions) -> bool:
    """Tell whether a plural and its verb follow a noun: *which bus routes are closed*."""
    return len(after) > 1 and _is_plural(after[0]) and expressions.finite.fullmatch(after[1]) is not None


def _is_plural(word: str) -> bool:
    return len(word) > _SHORT and word.endswith("s") and not word.endswith(("ss", "us", "is"))


def _kind_of(noun: Noun) -> Kind:
    if noun.plural and noun.table in _ONE_OF_MANY:
        return Kind.LIST
    if noun.table in _OTHERWISE:
        return _OTHERWISE[noun.table]
    return Kind(noun.table)


def _names_a_thing(phrase: str, text: Text, words: Expressions) -> bool:
    """Tell whether a phrase has a noun that is asked for, and is no thing to be explained."""
    named = phrase.split()
    if not words.indefinite.isdisjoint(named):
        return False
    return any(
        (found := heads.noun(named, place, text.language)) and (found[0].table != "thing" or place > 1)
        for place in range(1, len(named))
    )


def _before(text: Text, words: Expressions) -> Kind | None:
    """Return the kind of what has been named before a question that only asks again for it."""
    match = words.again.search(text.plain)
    if not match:
        return None
    count = text.plain[: match.start()].count(" ")
    named = Text(text.words[:count], text.language)
    kind = _heading(named, words)
    if kind is None and count and len(named.words) <= _FEW:
        return Kind.DEFINITION
    return kind


def _requested(text: Text, words: Expressions) -> Kind | None:
    """Return the kind of the thing that a whole sentence asks for: *could someone tell me the day*."""
    for match in words.requests.finditer(text.plain):
        place = text.plain[: match.end()].count(" ")
        found = heads.head(text.words, place, text.language, last=text.language == "en")
        if found and found[0].table != "thing":
            return _kind_of(found[0])
    return None


def _heading(text: Text, words: Expressions) -> Kind | None:
    """Return the kind of the first clause that is about a thing, as keywords are: *top speed of the train*."""
    return next((kind for clause in text.clauses() if (kind := _headed(clause, words))), None)


def _headed(clause: Text, words: Expressions) -> Kind | None:
    """Return the kind of the noun at the head of a clause, unless more is told of it than belongs to a noun phrase."""
    begin = next((place for place, word in enumerate(clause.words) if not words.joins.fullmatch(word)), 0)
    asked = list(clause.words[begin:])
    if not asked or words.sentence.search(" ".join(asked)):
        return None
    asked[0] = heads.meant(asked[0], clause.language)
    found = heads.head(asked, 0, clause.language, last=clause.language == "en")
    if not found or found[0].table in _TALKED_OF or _is_one(found[0]):
        several = not found or found[0].table != "thing" or found[0].plural
        return Kind.LIST if several and words.several.search(clause.plain) else None
    noun, end = found
    after = asked[end:]
    if _is_told(noun, clause.words[begin - 1 : begin], after, words):
        return None
    if after and after[0] not in words.of and not words.relative.fullmatch(after[0]):
        second = heads.noun(after, 0, clause.language)
        if second and second[0].table == "reason":
            return Kind.REASON
    return _kind_of(noun)


def _is_told(noun: Noun, before: Sequence[str], after: Sequence[str], words: Expressions) -> bool:
    """Tell whether what comes after a noun at the head of a clause makes a sentence of it: *le maire refuse*."""
    if not after or words.relative.fullmatch(after[0]):
        return False
    if noun.table in _PLAIN and noun.language == "en":
        return False
    if words.finite.search(" ".join(after)):
        return True
    one = noun.table == "counted" or (noun.table in {"name", "place"} and not noun.plural)
    return one and not words.definite.isdisjoint(before) and words.of.isdisjoint(after[:_NEAR])


def _is_one(noun: Noun) -> bool:
    """Tell whether a noun names one of what only several are asked for."""
    return noun.table in {"list", "counted"} and not noun.plural


def _mentioned(text: Text, words: Expressions) -> Kind | None:
    """Return the kind of the first thing that keywords mention anywhere."""
    keywords = (
        clause
        for clause in text.clauses()
        if not (
            words.sentence.search(clause.plain)
            or words.finite.search(clause.plain)
            or clause.words[0] in words.definite
        )
    )
    return next((kind for clause in keywords if (kind := _noted(clause))), None)


def _noted(clause: Text) -> Kind | None:
    """Return the kind of the first thing in a clause that rather is asked for than only mentioned."""
    for place in range(len(clause.words)):
        found = heads.noun(clause.words, place, clause.language)
        if not found or found[0].table in {"list", "place", *_TALKED_OF} or _is_one(found[0]):
            continue
        return _kind_of(found[0])
    return None
