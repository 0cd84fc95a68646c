"""Fixed phrases, found in a row of tokens from a place on or up to a place, the longest first."""

from collections.abc import Iterable, Iterator
from typing import Generic, NamedTuple, TypeVar

from index.figures.grammar.tokens import BREAK, tokenise

_T = TypeVar("_T")

_TAKES_ARTICLE = {"de": ("de", "du", "des"), "a": ("a", "au", "aux")}


class _Step(Generic[_T]):
    """What may follow in a phrase, and what it means if it ends here."""

    __slots__ = ("meaning", "steps")

    def __init__(self) -> None:
        self.steps: dict[str, _Step[_T]] = {}
        self.meaning: _T | None = None


class Found(NamedTuple, Generic[_T]):
    """A phrase that was found: its meaning, and the place after it (or, read backwards, of its first token)."""

    meaning: _T
    place: int


class Phrases(Generic[_T]):
    """Phrases and what they mean. Looking one up takes as many steps as the longest has tokens."""

    def __init__(self, phrases: Iterable[tuple[Iterable[str], _T]]) -> None:
        self._forwards: _Step[_T] = _Step()
        self._backwards: _Step[_T] = _Step()
        for keys, meaning in phrases:
            listed = list(keys)
            _put(self._forwards, listed, meaning)
            _put(self._backwards, reversed(listed), meaning)

    @property
    def openings(self) -> frozenset[str]:
        """Return the keys that a phrase may begin with."""
        return frozenset(self._forwards.steps)

    def after(self, keys: list[str], place: int) -> Found[_T] | None:
        """Return the longest phrase that starts at a place."""
        step = self._forwards.steps.get(keys[place])
        found = None
        while step is not None:
            place += 1
            if step.meaning is not None:
                found = Found(step.meaning, place)
            step = step.steps.get(keys[place])
        return found

    def before(self, keys: list[str], place: int) -> Found[_T] | None:
        """Return the longest phrase that ends before a place."""
        if not place:
            return None
        place -= 1
        step = self._backwards.steps.get(keys[place])
        found = None
        while step is not None:
            if step.meaning is not None:
                found = Found(step.meaning, place)
            if not place:
                break
            place -= 1
            step = step.steps.get(keys[place])
        return found


def keys_of(phrase: str) -> list[str]:
    """Return the keys of a phrase as the words of a text have them."""
    tokens = tokenise(phrase)
    return tokens.keys[: tokens.kinds.index(BREAK)]


def texts_of(phrase: str) -> list[str]:
    """Return the tokens of a phrase as they are written."""
    tokens = tokenise(phrase)
    return tokens.texts[: tokens.kinds.index(BREAK)]


def spellings(phrase: str) -> Iterator[list[str]]:
    """Yield the ways to write a phrase: *de* and *à* at its end also joined with an article, hyphens also left out."""
    keys = keys_of(phrase)
    for last in _TAKES_ARTICLE.get(keys[-1], (keys[-1],)) if len(keys) > 1 else (keys[-1],):
        spelling = [*keys[:-1], last]
        yield spelling
        if "-" in spelling and len(spelling) > 1:
            yield [key for key in spelling if key != "-"]


def _put(step: "_Step[_T]", keys: Iterable[str], meaning: _T) -> None:
    for key in keys:
        step = step.steps.setdefault(key, _Step())
    step.meaning = meaning
