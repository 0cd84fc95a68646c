"""Which deals a sentence is about: by their names and parties, and by what points back to them."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from index.figures.deals import Deal
from index.figures.grammar.phrases import Phrases, keys_of
from index.figures.kinds import DealKind
from index.figures.meaning.statements import Hit, Statement
from index.language.analysis import fold

Ids = tuple[str, ...]

_WITHOUT = 4  # tokens from "sans" to the name that is not meant
_APPOSED = 6  # tokens from a name to what is said of it after a comma
_OF = frozenset({"de", "du", "des", "of"})
_POINTING = 4  # tokens from a figure back to "ce contrat"


class Named(NamedTuple):
    """A name in a statement, and the deals that have it."""

    hit: Hit
    deals: Ids


class Concerned(NamedTuple):
    """What a statement is about: the names in it, its deals, and what the next sentences may point back to."""

    names: tuple[Named, ...]
    deals: Ids
    paragraph: int


class Names:
    """The names and parties of deals, ready to be found."""

    def __init__(self, deals: Sequence[Deal]) -> None:
        self.kinds = {deal.id: deal.kind for deal in deals}
        self._names = _phrases((name, deal.id) for deal in deals for name in deal.names[1:])
        self._parties = _phrases((party.name, deal.id) for deal in deals for party in deal.parties)
        self._generic = {deal.id for deal in deals if any(_is_generic(name) for name in deal.names[1:])}

    def named(self, statement: Statement) -> list[Named]:
        """Return the names of deals in a statement; those in lower case only beside one of their parties."""
        keys = _bare(statement.tokens.keys[statement.first : statement.last])
        found = list(_found(self._names, keys, statement.first))
        made = []
        for named in found:
            written = statement.written(named.hit)
            deals = named.deals
            if _is_generic(written):
                parties = {deal for party in self.parties(statement) for deal in party.deals}
                deals = tuple(deal for deal in deals if deal in parties)
            if deals:
                made.append(Named(named.hit, deals))
        return made

    def parties(self, statement: Statement) -> list[Named]:
        """Return the parties of deals in a statement."""
        keys = _bare(statement.tokens.keys[statement.first : statement.last])
        return list(_found(self._parties, keys, statement.first))

    def in_words(self, words: str) -> Ids:
        """Return the deals that a title or heading names."""
        keys = _bare(keys_of(words) + [""] * 8) if words.strip() else [""]
        return _union(named.deals for named in _found(self._names, keys, 0))


def concern(statement: Statement, names: Names, before: Sequence[Concerned], title: Ids) -> Concerned:
    """Return what a statement is about. ``before``: what the statements before are about, the nearest last."""
    named = tuple(_meant(statement, names.named(statement)))
    own = list(_union(each.deals for each in named))
    back = [each for each in before if each.deals]
    near = [each for each in back if each.paragraph == statement.paragraph]
    pointed = pointing(statement)
    if own:
        own += _pointed(names, own, pointed, back)
        if near and starts_with_pronoun(statement):
            own += near[-1].names[0].deals[:1] if near[-1].names else ()
        return Concerned(named, _union([tuple(own)]), statement.paragraph)
    if not pointed and _is_of_another(statement, names):
        return Concerned(named, (), statement.paragraph)
    for deals in (
        _by_cue(statement, names),
        near[-1].deals if near else (),
        _of_parties(statement, names),
        _latest(names, frozenset().union(*pointed), back),
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
    return nearest[-1].deals if nearest else concerned.deals


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


def pointing(statement: Statement) -> list[frozenset[DealKind]]:
    """Return the kinds of deals that *ce projet*, *le site*, *cet accord* may stand for, for each of them."""
    tokens, vocabulary = statement.tokens, statement.vocabulary
    before = vocabulary.definite | vocabulary.demonstrative | {"du", "des", "au", "chaque", "each", "every"}
    kinds = []
    for place in range(statement.first + 1, statement.last):
        told = vocabulary.deal_nouns.get(tokens.keys[place])
        if told is None:
            continue
        articled = tokens.keys[place - 1] in before or (
            place - 2 >= statement.first and tokens.keys[place - 2] in before and tokens.texts[place - 1].islower()
        )
        if articled and not _is_named(statement, place + 1) and not _is_excluded(statement, place):
            kinds.append(told)
    return kinds


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
        party.hit.first < place for party in names.parties(statement)
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
    return _union(_latest(names, kinds, back) for kinds in pointed if not kinds & told)


def _latest(names: Names, kinds: frozenset[DealKind], back: Sequence[Concerned]) -> Ids:
    """Return the deal of the right kind that was named last."""
    for each in reversed(back[-6:]):
        fitting = tuple(deal for deal in each.deals if names.kinds[deal] in kinds)
        if fitting:
            return fitting
    return ()


def _by_cue(statement: Statement, names: Names) -> Ids:
    """Return the deals that a verb tells beside a party: *X a levé* is a round of X."""
    tokens, vocabulary = statement.tokens, statement.vocabulary
    kinds = frozenset[DealKind]().union(
        *(vocabulary.deal_cues.get(tokens.keys[place], frozenset()) for place in range(statement.first, statement.last))
    )
    if not kinds:
        return ()
    parties = _union(party.deals for party in names.parties(statement))
    return tuple(deal for deal in parties if names.kinds[deal] in kinds)


def _of_parties(statement: Statement, names: Names) -> Ids:
    """Return the deal whose party is named, if it is that of one deal only, or two of whose parties are."""
    found = names.parties(statement)
    sole = _union(party.deals for party in found if len(party.deals) == 1)
    if sole:
        return sole
    sets = {statement.written(party.hit).casefold(): set(party.deals) for party in found}
    if len(sets) > 1:
        shared = set.intersection(*sets.values())
        if len(shared) == 1:
            return tuple(shared)
    return ()


def _phrases(names: Iterable[tuple[str, str]]) -> Phrases[Ids]:
    owners: dict[tuple[str, ...], list[str]] = {}
    for name, deal in names:
        keys = tuple(_bare(keys_of(name)))
        if keys and deal not in owners.setdefault(keys, []):
            owners[keys].append(deal)
    return Phrases((keys, tuple(deals)) for keys, deals in owners.items() if any(keys))


def _found(phrases: Phrases[Ids], keys: list[str], first: int) -> Iterable[Named]:
    place = 0
    padded = [*keys, ""]
    while place < len(keys):
        found = phrases.after(padded, place)
        if found is None:
            place += 1
            continue
        yield Named(Hit(first + place, first + found.place), found.meaning)
        place = found.place


def _bare(keys: Sequence[str]) -> list[str]:
    """Return keys without the apostrophe of possession."""
    return [key[:-2] if key.endswith(("'s", "’s")) else key for key in keys]


def _is_generic(name: str) -> bool:
    return name == name.casefold() and fold(name).replace(" ", "").isalpha()


def _union(groups: Iterable[Ids]) -> Ids:
    return tuple(dict.fromkeys(deal for group in groups for deal in group))
