"""The names and parties of deals, found in a row of tokens."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from index.figures.deals import Deal
from index.figures.grammar.phrases import Phrases, keys_of
from index.figures.grammar.tokens import Tokens, tokenise
from index.figures.meaning.statements import Hit

Ids = tuple[str, ...]
"""The ids of deals, none twice."""


class Named(NamedTuple):
    """A name, and the deals that have it. ``product``: it is that of a thing that anybody may buy, such as GB200."""

    hit: Hit
    deals: Ids
    product: bool = False


class Names:
    """What deals and their parties are called, whatever the accents and the case."""

    def __init__(self, deals: Sequence[Deal]) -> None:
        self.kinds = {deal.id: deal.kind for deal in deals}
        self._names = _phrases((name, deal.id) for deal in deals for name in deal.names[1:])
        self._parties = _phrases((party.name, deal.id) for deal in deals for party in deal.parties)

    def named(self, tokens: Tokens, first: int, last: int) -> list[Named]:
        """Return the names of deals from one token to before another.

        One that is written in lower case (*levée*, *funding*) is a name only beside one of the deal's parties.
        """
        found = list(_found(self._names, tokens, first, last))
        if not any(_is_common(tokens, named.hit) for named in found):
            return found
        parties = {deal for party in self.parties(tokens, first, last) for deal in party.deals}
        made = []
        for named in found:
            common = _is_common(tokens, named.hit)
            deals = tuple(deal for deal in named.deals if deal in parties) if common else named.deals
            if deals:
                made.append(named._replace(deals=deals))
        return made

    def parties(self, tokens: Tokens, first: int, last: int) -> list[Named]:
        """Return the parties of deals from one token to before another."""
        return list(_found(self._parties, tokens, first, last))

    def in_words(self, words: str) -> Ids:
        """Return the deals that a title or heading names."""
        tokens = tokenise(words)
        return union(named.deals for named in self.named(tokens, 0, len(tokens.kinds)))


def union(groups: Iterable[Ids]) -> Ids:
    """Return what is in any of some groups, in their order."""
    return tuple(dict.fromkeys(deal for group in groups for deal in group))


def _phrases(names: Iterable[tuple[str, str]]) -> Phrases[Ids]:
    owners: dict[tuple[str, ...], list[str]] = {}
    for name, deal in names:
        keys = tuple(_bare(keys_of(name)))
        if any(keys) and deal not in owners.setdefault(keys, []):
            owners[keys].append(deal)
    return Phrases((keys, tuple(deals)) for keys, deals in owners.items())


def _found(phrases: Phrases[Ids], tokens: Tokens, first: int, last: int) -> Iterator[Named]:
    keys = [*_bare(tokens.keys[first:last]), ""]
    place = 0
    while place < len(keys):
        found = phrases.after(keys, place)
        if found is None:
            place += 1
            continue
        hit = Hit(first + place, first + found.place)
        yield Named(hit, found.meaning, any(_is_product(tokens.texts[word]) for word in range(hit.first, hit.last)))
        place = found.place


def _bare(keys: Sequence[str]) -> list[str]:
    """Return keys without the apostrophe of possession."""
    return [key[:-2] if key.endswith(("'s", "’s")) else key for key in keys]


def _is_product(word: str) -> bool:
    """Tell whether a word has letters and digits: *GB200*, *MI450*."""
    return any(letter.isdigit() for letter in word) and any(letter.isalpha() for letter in word)


def _is_common(tokens: Tokens, hit: Hit) -> bool:
    return all(text.islower() for text in tokens.texts[hit.first : hit.last] if text[0].isalpha())
