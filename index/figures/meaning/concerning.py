"""Which deals a sentence is about: by their names and parties, and by what points back to them."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from index.figures.kinds import DealKind
from index.figures.meaning.names import Ids, Named, Names, union
from index.figures.meaning.statements import Hit, Statement

_WITHOUT = 4  # tokens from "sans" to the name that is not meant
_APPOSED = 6  # tokens from a name to what is said of it after a comma
_OF = frozenset({"de", "du", "des", "of"})
_BEFORE_NOUNS = frozenset({"du", "des", "au", "chaque", "each", "every"})
_BACK = 6  # statements that one may point back to
_VERB = 3  # tokens from a subject to its verb
_POINTING = 4  # tokens from a figure back to "ce contrat"


class Pointer(NamedTuple):
    """A noun that points back: the kinds of deals that it may stand for, and whether a verb follows it."""

    kinds: frozenset[DealKind]
    acts: bool


class Concerned(NamedTuple):
    """What a statement is about: the names in it, its deals, and what the next sentences may point back to."""

    names: tuple[Named, ...]
    deals: Ids
    paragraph: int


def concern(statement: Statement, names: Names, before: Sequence[Concerned], title: Ids) -> Concerned:
    """Return what a statement is about. ``before``: what the statements before are about, the nearest last."""
    named = tuple(_meant(statement, names.named(statement.tokens, statement.first, statement.last)))
    own = list(union(each.deals for each in named if not each.product))
    back = [each for each in before if each.deals]
    near = [each for each in back if each.paragraph == statement.paragraph]
    pointed = pointing(statement)
    if own:
        own += _pointed(names, own, [each.kinds for each in pointed if each.acts], back)
        if near and starts_with_pronoun(statement):
            own += near[-1].names[0].deals[:1] if near[-1].names else ()
        return Concerned(named, union([tuple(own)]), statement.paragraph)
    if not pointed and _is_of_another(statement, names):
        return Concerned(named, (), statement.paragraph)
    for deals in (
        _by_cue(statement, names),
        _first_pointed(names, pointed, near),
        near[-1].deals if near else (),
        _of_parties(statement, names),
        _first_pointed(names, pointed, back),
        names.in_words(statement.heading),
        title,
    ):
        if deals:
            return Concerned(named, deals, statement.paragraph)
    return Concerned(named, back[-1].deals if back and pointed else (), statement.paragraph)


def narrow(statement: Statement, place: Hit, concerned: Concerned, before: Sequence[Concerned]) -> Ids:
    """Return the deals of one figure: those of its sentence, unless its own words say which one."""
    tokens, vocabulary = statement.tokens, statement.vocabulary
    first = max(statement.first, place.first - _POINTING)
    demonstrated = any(tokens.keys[word] in vocabulary.demonstrative for word in range(first, place.first))
    if demonstrated and before and tokens.keys[place.first - 1] in _OF:
        near = [each for each in before if each.paragraph == concerned.paragraph and each.deals]
        if near:
            return near[-1].deals
    word = _apposition(statement, place)
    nearest = [each for each in concerned.names if each.hit.last == word - 1]
    products = (each.deals for each in concerned.names if each.product and _is_within(each.hit, place))
    return nearest[-1].deals if nearest else union([*products, concerned.deals])


def _is_within(name: Hit, place: Hit) -> bool:
    """Tell whether a name is of what a figure counts: *400 000 puces GB200*."""
    return place.first <= name.first <= place.last


def is_apposed(statement: Statement, place: Hit) -> bool:
    """Tell whether a figure belongs to a noun before a comma, whichever that is: *le site de X, évalué à*."""
    return _apposition(statement, place) > 0


def _apposition(statement: Statement, place: Hit) -> int:
    """Return where *évalué à* and the like begin between a comma and a figure, or 0."""
    tokens, apposed = statement.tokens, statement.vocabulary.apposed
    for word in range(max(statement.first + 1, place.first - _APPOSED), place.first):
        if tokens.keys[word - 1] == "," and apposed.after(tokens.keys, word) is not None:
            return word
    return 0


def pointing(statement: Statement) -> list[Pointer]:
    """Return what *ce projet*, *le site*, *cet accord* may stand for, in their order."""
    tokens, vocabulary = statement.tokens, statement.vocabulary
    before = vocabulary.definite | vocabulary.demonstrative | _BEFORE_NOUNS
    found = []
    for place in range(statement.first + 1, statement.last):
        kinds = vocabulary.deal_nouns.get(tokens.keys[place])
        if kinds is None or _is_named(statement, place + 1) or _is_excluded(statement, place):
            continue
        adjective = place - 2 >= statement.first and tokens.texts[place - 1].islower()
        if tokens.keys[place - 1] in before or (adjective and tokens.keys[place - 2] in before):
            found.append(Pointer(kinds, _acts(statement, place)))
    return found


def is_pointing(statement: Statement) -> bool:
    """Tell whether a statement begins with what points back: *Ce contrat*, *Cette puissance*, *This deal*."""
    return statement.tokens.keys[statement.first] in statement.vocabulary.demonstrative


def starts_with_pronoun(statement: Statement) -> bool:
    """Tell whether a statement begins with *Il*, *Elle*, *It*: who is meant stands before."""
    return statement.vocabulary.deal_pronouns.after(statement.tokens.keys, statement.first) is not None


def _meant(statement: Statement, found: Sequence[Named]) -> Iterable[Named]:
    """Yield the names that are meant: not *sans X*, and not the owner in *A de B*."""
    tokens = statement.tokens
    ends = {named.hit.last for named in found}
    for named in found:
        first = named.hit.first
        without = _is_excluded(statement, first)
        owner = first - 1 in ends and tokens.keys[first - 1] in _OF
        if not without and not owner:
            yield named


def _is_of_another(statement: Statement, names: Names) -> bool:
    """Tell whether the subject of a sentence is a name that is no deal's: *Mistral a levé*."""
    tokens, vocabulary = statement.tokens, statement.vocabulary
    place = statement.first
    while place < statement.last and tokens.texts[place][:1].isupper():
        if tokens.keys[place] in vocabulary.articles | vocabulary.prepositions | vocabulary.asides:
            return False
        place += 1
    if place == statement.first or not (statement.is_finite(place) or statement.tense(place) is not None):
        return False
    return starts_with_pronoun(statement) is False and not any(
        party.hit.first < place for party in names.parties(statement.tokens, statement.first, statement.last)
    )


def _is_excluded(statement: Statement, place: int) -> bool:
    """Tell whether *sans* stands before what is at a place."""
    keys, without = statement.tokens.keys, statement.vocabulary.without
    return any(without.after(keys, word) is not None for word in range(max(statement.first, place - _WITHOUT), place))


def _is_named(statement: Statement, place: int) -> bool:
    """Tell whether a name follows a noun: *le projet Stargate*, *le centre d'Oracle*."""
    tokens = statement.tokens
    place += tokens.keys[place] in _OF
    return place < statement.last and tokens.texts[place][:1].isupper()


def _pointed(
    names: Names, own: Sequence[str], pointed: Sequence[frozenset[DealKind]], back: Sequence[Concerned]
) -> Ids:
    """Return the deals that sentences before name, where this one points back to them beside its own names."""
    told = {names.kinds[deal] for deal in own}
    return union(_latest(names, kinds, back) for kinds in pointed if not kinds & told)


def _first_pointed(names: Names, pointed: Sequence[Pointer], back: Sequence[Concerned]) -> Ids:
    """Return the deals that the first noun which points to any stands for."""
    return next((deals for pointer in pointed if (deals := _latest(names, pointer.kinds, back))), ())


def _latest(names: Names, kinds: frozenset[DealKind], back: Sequence[Concerned]) -> Ids:
    """Return the deals of the right kinds that were named last."""
    for each in reversed(back[-_BACK:]):
        fitting = tuple(deal for deal in each.deals if names.kinds[deal] in kinds)
        if fitting:
            return fitting
    return ()


def _acts(statement: Statement, place: int) -> bool:
    """Tell whether a verb follows a noun, whose subject it is then."""
    after = range(place + 1, min(place + 1 + _VERB, statement.last))
    return any(statement.is_finite(word) or statement.tense(word) is not None for word in after)


def _by_cue(statement: Statement, names: Names) -> Ids:
    """Return the deals that a verb tells beside a party: *X a levé* is a round of X."""
    tokens, vocabulary = statement.tokens, statement.vocabulary
    kinds = frozenset[DealKind]().union(
        *(vocabulary.deal_cues.get(tokens.keys[place], frozenset()) for place in range(statement.first, statement.last))
    )
    if not kinds:
        return ()
    parties = union(party.deals for party in names.parties(statement.tokens, statement.first, statement.last))
    return tuple(deal for deal in parties if names.kinds[deal] in kinds)


def _of_parties(statement: Statement, names: Names) -> Ids:
    """Return the deal whose party is named, if it is that of one deal only, or two of whose parties are."""
    found = names.parties(statement.tokens, statement.first, statement.last)
    sole = union(party.deals for party in found if len(party.deals) == 1)
    if sole:
        return sole
    sets = {statement.written(party.hit).casefold(): set(party.deals) for party in found}
    if len(sets) > 1:
        shared = set.intersection(*sets.values())
        if len(shared) == 1:
            return tuple(shared)
    return ()
