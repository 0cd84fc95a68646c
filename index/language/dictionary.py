"""The English-French lexicon: which terms mean the same, in both directions.

The words stand in plain files, ``lexicon/*.txt``, one entry a line::

    centre de données, datacenter = data center, data centre

French terms, an equals sign, English terms; commas part the terms that mean the same; ``#`` starts a comment. A term
is compared by its stems, stop words left out, so inflections need no entry of their own.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
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


class Drawers:
    """Entries, found by the stems or by the folded words of their terms.

    Reading thousands of entries must not delay the first answer, so terms are only put in drawers by the first three
    letters of their first word, and a drawer is analysed when a word first looks into it. A stem keeps those letters.

    What is kept of each term is a tuple of plain values, which costs the garbage collector nothing.
    """

    def __init__(self, entries: Iterable[Entry]) -> None:
        self.entries = list(entries)
        self._drawers: dict[Language, dict[str, list[tuple[str, int]]]] = {"fr": {}, "en": {}}
        self._places: dict[tuple[Language, str], dict[Term, tuple[int, ...]]] = {}
        for place, entry in enumerate(self.entries):
            for language in OTHER:
                drawers = self._drawers[language]
                for term in entry.side(language):
                    drawers.setdefault(_drawer(term, language), []).append((term, place))

    def having(self, term: Term, language: Language) -> list[Entry]:
        """Return the entries that have a term on a language's side."""
        drawer = _drawer(term[0], language)
        known = self._places.get((language, drawer))
        if known is None:
            known = self._places[language, drawer] = self._analysed(language, drawer)
        places = next((known[shape] for shape in _shapes(term, language) if shape in known), ())
        return [self.entries[place] for place in places]

    def _analysed(self, language: Language, drawer: str) -> dict[Term, tuple[int, ...]]:
        known: dict[Term, tuple[int, ...]] = {}
        for written, place in self._drawers[language].get(drawer, ()):
            for shape in set(_shapes(_split(written, language), language)):
                places = known.get(shape, ())
                if place not in places:
                    known[shape] = (*places, place)
        return known


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
        for length in range(min(LONGEST, len(words) - start), 0, -1):
            term = tuple(words[start : start + length])
            if entries := self._having(term, language):
                return length, _equivalents(term, entries, language)
        return 1, Equivalents()

    def knows(self, word: str, language: Language) -> bool:
        """Tell whether a single word stands in the lexicon on this language's side, and not as a name."""
        return any(word not in map(str.casefold, entry.names) for entry in self._having((word,), language))

    @property
    def is_extended(self) -> bool:
        """Return whether it has entries besides those that it began with."""
        return len(self._layers) > 1

    def added(self, term: Term, language: Language) -> list[Entry]:
        """Return those of the added entries that have a term."""
        return [entry for layer in self._layers[:-1] for entry in layer.having(term, language)]

    def words(self, language: Language) -> Iterator[str]:
        """Yield the words of one language's terms, in small letters without accents."""
        for layer in self._layers:
            for entry in layer.entries:
                for term in entry.side(language):
                    for word in _PARTS.split(term):
                        yield fold(word.casefold())

    def _having(self, term: Term, language: Language) -> list[Entry]:
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


def _equivalents(term: Term, entries: Iterable[Entry], language: Language) -> Equivalents:
    shapes = set(_shapes(term, language))
    translations: dict[Term, None] = {}
    synonyms: dict[Term, None] = {}
    for entry in entries:
        other = OTHER[language]
        translations |= dict.fromkeys(filter(None, (_split(written, other) for written in entry.side(other))))
        same = filter(None, (_split(written, language) for written in entry.side(language)))
        synonyms |= dict.fromkeys(found for found in same if shapes.isdisjoint(_shapes(found, language)))
    return Equivalents(tuple(translations), tuple(synonyms))


@lru_cache(maxsize=1 << 12)
def _drawer(written: str, language: Language) -> str:
    """Return the first letters of a term's first word that carries meaning."""
    for word in _PARTS.split(written):
        if word and not is_stopword(word, language):
            return fold(word)[:_LETTERS]
    return ""


@lru_cache(maxsize=1 << 14)
def _split(written: str, language: Language) -> Term:
    """Return the tokens of a term that carry meaning; a plain word needs no analysis."""
    if written.isalpha() and written.islower():
        return () if is_stopword(written, language) else (written,)
    return tuple(tokens(written, language))


def _shapes(term: Term, language: Language) -> tuple[Term, Term]:
    """Return what a term is found by: its stems, and its words without accents."""
    found = [forms(word, language) for word in term]
    return tuple([shape.stem for shape in found]), tuple([shape.exact for shape in found])
