"""Finding something by one of its names, however it was typed."""

import re
from collections.abc import Iterable, Sequence
from functools import cached_property, lru_cache
from itertools import chain
from typing import NamedTuple

from index.language.analysis import fold

MOST_TYPED = 100
"""Characters that count of what was typed."""

MOST_READ = 2_000
"""Characters of a text in which names are sought."""

_ALIKE = 75.0  # per cent, of the letters of two names
_SURE = 80.0
_SHORTEST_GUESSED = 3  # characters


class Guess(NamedTuple):
    """What was meant for sure, if anything; else what is nearest, the likeliest first."""

    sure: str | None
    near: tuple[str, ...]


class Names:
    """Names of things, several for each. Case, accents and punctuation make no difference; typos are forgiven."""

    def __init__(self, named: Iterable[tuple[str, Sequence[str]]]) -> None:
        self._spelt: list[str] = []
        self._owners: list[str] = []
        self._exact: dict[str, str] = {}
        self._longest = 0  # words
        for owner, names in named:
            for spelt in dict.fromkeys(_kept(name) for name in names):
                self._spelt.append(spelt)
                self._owners.append(owner)
                self._exact.setdefault(spelt, owner)
                self._longest = max(self._longest, spelt.count(" ") + 1)

    def find(self, typed: str) -> Guess:
        """Return what somebody means by a name."""
        wanted = plain(typed)
        if wanted in self._exact:
            return Guess(self._exact[wanted], ())
        near = self.complete(typed, 3)
        told = self.mentioned(typed)
        if told:
            return Guess(told[0], ()) if len(told) == 1 else Guess(None, tuple(told[:3]))
        alike = self._alike(wanted, _SURE) if len(wanted) >= _SHORTEST_GUESSED else []
        owners = dict.fromkeys(owner for _, owner in alike)
        if owners and (len(owners) == 1 or alike[0][0] > max(score for score, owner in alike if owner != alike[0][1])):
            return Guess(alike[0][1], ())
        holding = self._holding(wanted, 2) if len(wanted) >= _SHORTEST_GUESSED else {}
        return Guess(next(iter(holding)), ()) if len(holding) == 1 else Guess(None, tuple(near))

    @cached_property
    def words(self) -> frozenset[str]:
        """All words of the names."""
        return frozenset(word for spelt in self._exact for word in spelt.split())

    def mentioned(self, text: str) -> list[str]:
        """Return the things that a text names, in its order; where several names begin, the longest counts."""
        words = plain(text, MOST_READ).split()
        found: dict[str, None] = {}
        place = 0
        while place < len(words):
            for length in range(min(self._longest, len(words) - place), 0, -1):
                if (owner := self._exact.get(" ".join(words[place : place + length]))) is not None:
                    found.setdefault(owner)
                    place += length
                    break
            else:
                place += 1
        return list(found)

    def complete(self, typed: str, limit: int) -> list[str]:
        """Return at most ``limit`` things with a name that has, or is like, what was typed, the likeliest first."""
        wanted = plain(typed)
        if not wanted:
            return list(dict.fromkeys(self._owners))[:limit]
        found = self._holding(wanted, limit)
        if len(found) < limit and len(wanted) >= _SHORTEST_GUESSED:
            found |= dict.fromkeys(owner for _, owner in self._alike(wanted, _ALIKE))
        return list(found)[:limit]

    def _holding(self, wanted: str, most: int) -> dict[str, None]:
        """Return at most ``most`` things with what was typed in a name at each place in it: first whole names.

        Then come those at a name's beginning, at a word's, and inside one.
        """
        inside = f" {wanted}"
        ordered: list[dict[str, None]] = [{}, {}, {}, {}]
        whole, first, word, within = ordered
        for spelt, owner in zip(self._spelt, self._owners, strict=True):
            if wanted in spelt:
                begins = spelt.startswith(wanted)
                found = whole if spelt == wanted else first if begins else word if inside in spelt else within
                if len(found) < most:
                    found[owner] = None
        return dict.fromkeys(chain.from_iterable(ordered))

    def _alike(self, wanted: str, least: float) -> list[tuple[float, str]]:
        """Return the things with a name like what was typed, and how like it is, the likeliest first."""
        from rapidfuzz import fuzz, process

        found = process.extract(wanted, self._spelt, scorer=fuzz.ratio, score_cutoff=least, limit=50)
        return [(score, self._owners[place]) for _, score, place in found]


@lru_cache(maxsize=1 << 17)
def _kept(name: str) -> str:
    """Return a name as it is compared, remembered: names are looked through anew whenever sources come or go."""
    return plain(name)


def plain(name: str, most: int = MOST_TYPED) -> str:
    """Return a name as it is compared: small letters and digits without accents, one space between words."""
    return " ".join(re.findall(r"\w+", fold(name[:most].casefold())))
