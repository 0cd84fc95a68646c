"""The English-French lexicon: which terms mean the same, in both directions.

The words stand in plain files, ``lexicon/*.txt``, one entry a line::

    centre de données, datacenter = data center, data centre

French terms, an equals sign, English terms; commas part the terms that mean the same; ``#`` starts a comment. A term
is compared by its stems, stop words left out, so inflections need no entry of their own.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple

from index.errors import BadInput
from index.language.analysis import OTHER, fold, forms, is_stopword, tokens
from index.model import Language

Term = tuple[str, ...]
"""The tokens of a term, one or more."""

LONGEST = 5
"""Tokens in a term."""

_LETTERS = 3
_PARTS = re.compile(r"[\s'-]+")


class Equivalents(NamedTuple):
    """What a term may be called: in the other language, and otherwise in its own."""

    translations: tuple[Term, ...] = ()
    synonyms: tuple[Term, ...] = ()


class Entry(NamedTuple):
    """The terms of one line, as they are written; ``names`` are those of them that are words of no language."""

    fr: tuple[str, ...]
    en: tuple[str, ...]
    names: tuple[str, ...] = ()

    def side(self, language: Language) -> tuple[str, ...]:
        """Return the terms of one language."""
        return self.fr if language == "fr" else self.en


class _Drawer(NamedTuple):
    """Terms that begin alike: the places of their entries, and the most words that one of them has."""

    places: dict[Term, tuple[int, ...]]
    longest: int


class Drawers:
    """Entries, found by the stems or by the folded words of their terms.

    Reading thousands of entries must not delay the first answer, so terms are only put in drawers by the first three
    letters of their first word, and a drawer is analysed when a word first looks into it, or ahead (``prepare``). A
    stem keeps those letters.

    What is kept of each term is a tuple of plain values, which costs the garbage collector nothing.
    """

    def __init__(self, entries: Iterable[Entry]) -> None:
        self.entries = list(entries)
        self._written: dict[Language, dict[str, list[tuple[str, int]]]] = {"fr": {}, "en": {}}
        self._drawers: dict[tuple[Language, str], _Drawer] = {}
        for place, entry in enumerate(self.entries):
            for language in OTHER:
                drawers = self._written[language]
                for term in entry.side(language):
                    drawers.setdefault(_drawer(term, language), []).append((term, place))

    def having(self, term: Term, language: Language) -> list[Entry]:
        """Return the entries that have a term on a language's side."""
        drawer = self._drawer_of(term[0], language)
        if len(term) > drawer.longest:
            return []
        known = drawer.places
        for shape in _shapes(term, language):
            if shape in known:
                return [self.entries[place] for place in known[shape]]
        return []

    def longest(self, word: str, language: Language) -> int:
        """Return the most words that a term has which begins like a word."""
        return self._drawer_of(word, language).longest

    def prepare(self) -> Iterator[None]:
        """Analyse what nobody has looked for yet, some terms before each pause."""
        for language, drawers in self._written.items():
            for letters in drawers:
                if (language, letters) not in self._drawers:
                    self._drawers[language, letters] = self._analysed(language, letters)
                    yield

    def _drawer_of(self, word: str, language: Language) -> _Drawer:
        letters = _drawer(word, language)
        drawer = self._drawers.get((language, letters))
        if drawer is None:
            drawer = self._drawers[language, letters] = self._analysed(language, letters)
        return drawer

    def _analysed(self, language: Language, letters: str) -> _Drawer:
        places: dict[Term, tuple[int, ...]] = {}
        longest = 0
        for written, place in self._written[language].get(letters, ()):
            term = _split(written, language)
            longest = max(longest, len(term))
            for shape in set(_shapes(term, language)):
                known = places.get(shape, ())
                if place not in known:
                    places[shape] = (*known, place)
        return _Drawer(places, longest)


class Lexicon:
    """Which terms mean the same. ``below``: what it has besides its entries."""

    def __init__(self, entries: Iterable[Entry], below: Sequence[Drawers] = ()) -> None:
        self._layers = (Drawers(entries), *below)

    def with_entries(self, entries: Iterable[Entry]) -> "Lexicon":
        """Return a lexicon with some entries more. It shares what is here, which is neither read anew nor changed."""
        return Lexicon(entries, self._layers)

    def __len__(self) -> int:
        return sum(len(layer.entries) for layer in self._layers)

    def find(self, words: list[str], start: int, language: Language) -> tuple[int, Equivalents]:
        """Return how many tokens from ``start`` form the longest term known, and what else it is called.

        An unknown word is 1 token long and has no equivalents.
        """
        longest = max(layer.longest(words[start], language) for layer in self._layers)
        for length in range(min(LONGEST, longest, len(words) - start), 0, -1):
            found = _called(self, tuple(words[start : start + length]), language)
            if found is not None:
                return length, found
        return 1, Equivalents()

    def knows(self, word: str, language: Language) -> bool:
        """Tell whether a single word stands in the lexicon on this language's side, and not as a name."""
        return _is_word(self, word, language)

    def is_ordinary(self, word: str) -> bool:
        """Tell whether a single word stands in it, not as a name, or is a stop word, in either language."""
        return any(is_stopword(word, language) or self.knows(word, language) for language in OTHER)

    def prepare(self) -> Iterator[None]:
        """Make ready what questions may look for, a little before each pause."""
        for layer in self._layers:
            yield from layer.prepare()

    @property
    def is_extended(self) -> bool:
        """Return whether it has entries besides those that it began with."""
        return len(self._layers) > 1

    def added(self, term: Term, language: Language) -> list[Entry]:
        """Return those of the added entries that have a term."""
        return [entry for layer in self._layers[:-1] for entry in layer.having(term, language)]

    def words(self, language: Language) -> set[str]:
        """Return the words of one language's terms, in small letters without accents."""
        written = {term for layer in self._layers for entry in layer.entries for term in entry.side(language)}
        return {fold(word.casefold()) for word in set(_PARTS.split(" ".join(written)))}

    def having(self, term: Term, language: Language) -> list[Entry]:
        """Return the entries that have a term on a language's side."""
        return [entry for layer in self._layers for entry in layer.having(term, language)]


def parse(lines: Iterable[str], name: str) -> Iterator[Entry]:
    """Yield the entries of a lexicon file one by one.

    Raises ``BadInput`` naming the file and the line where a line is no entry.
    """
    for number, line in numbered(lines):
        entry = read(line)
        if entry is None:
            raise BadInput(f"{name}, line {number}: expected `french, ... = english, ...`, found `{line[:80]}`")
        yield entry


def numbered(lines: Iterable[str]) -> Iterator[tuple[int, str]]:
    """Yield the lines that are to be entries, with their numbers: not the empty ones, nor the comments."""
    for number, line in enumerate(lines, start=1):
        plain = line.strip()
        if plain and not plain.startswith("#"):
            yield number, plain


def read(line: str) -> Entry | None:
    """Return what a line says; None where it is no entry."""
    sides = [tuple(term.strip() for term in side.split(",") if term.strip()) for side in line.split(" = ")]
    return Entry(*sides) if len(sides) == 2 and all(sides) else None  # noqa: PLR2004 - French and English


@cache
def shipped() -> Lexicon:
    """Return the lexicon that comes with Sourcier, read once."""
    folder = files("index.language") / "lexicon"
    named = sorted((file.name, file) for file in folder.iterdir() if file.name.endswith(".txt"))
    return Lexicon(entry for name, file in named for entry in parse(file.read_text("utf-8").splitlines(), name))


@lru_cache(maxsize=1 << 13)
def _called(lexicon: Lexicon, term: Term, language: Language) -> Equivalents | None:
    """Return what a term of a lexicon is called otherwise; None where it has no such term."""
    entries = lexicon.having(term, language)
    return _equivalents(term, entries, language) if entries else None


@lru_cache(maxsize=1 << 13)
def _is_word(lexicon: Lexicon, word: str, language: Language) -> bool:
    return any(word not in map(str.casefold, entry.names) for entry in lexicon.having((word,), language))


def _equivalents(term: Term, entries: Iterable[Entry], language: Language) -> Equivalents:
    shapes = set(_shapes(term, language))
    translations: dict[Term, None] = {}
    synonyms: dict[Term, None] = {}
    for entry in entries:
        for written in entry.side(OTHER[language]):
            if other := _split(written, OTHER[language]):
                translations[other] = None
        for written in entry.side(language):
            other = _split(written, language)
            if other and other not in synonyms and not _is_called(shapes, other, len(term), language):
                synonyms[other] = None
    return Equivalents(tuple(translations), tuple(synonyms))


def _is_called(shapes: AbstractSet[Term], other: Term, length: int, language: Language) -> bool:
    """Tell whether a term has one of some shapes of this length."""
    return len(other) == length and not shapes.isdisjoint(_shapes(other, language))


@lru_cache(maxsize=1 << 12)
def _drawer(written: str, language: Language) -> str:
    """Return the first letters of a term's first word that carries meaning."""
    for word in _PARTS.split(written):
        if word and not is_stopword(word, language):
            return fold(word)[:_LETTERS]
    return ""


@lru_cache(maxsize=1 << 16)
def _split(written: str, language: Language) -> Term:
    """Return the tokens of a term that carry meaning; a plain word needs no analysis."""
    if written.isalpha() and written.islower():
        return () if is_stopword(written, language) else (written,)
    return tuple(tokens(written, language))


def _shapes(term: Term, language: Language) -> tuple[Term, Term]:
    """Return what a term is found by: its stems, and its words without accents."""
    found = [forms(word, language) for word in term]
    return tuple([shape.stem for shape in found]), tuple([shape.exact for shape in found])
