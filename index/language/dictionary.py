"""The English-French lexicon: which terms mean the same, in both directions.

The words stand in plain files, ``lexicon/*.txt``, one entry a line::

    centre de données, datacenter = data center, data centre

French terms, an equals sign, English terms; commas part the terms that mean the same; ``#`` starts a comment. A term
is compared by its stems, stop words left out, so inflections need no entry of their own.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple, overload

from index.errors import BadInput
from index.language.analysis import OTHER, fold, forms, is_stopword, tokens
from index.model import Language

Term = tuple[str, ...]
"""The tokens of a term, one or more."""

LONGEST = 5
"""Tokens in a term."""

_LETTERS = 3
_AT_ONCE = 100
"""Entries read before each pause, while all of them are."""
_PARTS = re.compile(r"[\s'-]+")
_EQUALS = " = "


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


class Written(Sequence[Entry]):
    """Entries as they stand in files, each read when it is looked at."""

    def __init__(self, sides: Sequence[tuple[str, str]]) -> None:
        self._sides = sides

    def __len__(self) -> int:
        return len(self._sides)

    @overload
    def __getitem__(self, place: int) -> Entry: ...
    @overload
    def __getitem__(self, place: slice) -> "Written": ...
    def __getitem__(self, place: int | slice) -> "Entry | Written":
        if isinstance(place, slice):
            return Written(self._sides[place])
        fr, en = self._sides[place]
        return Entry(_terms(fr), _terms(en))

    def side(self, language: Language) -> Iterator[str]:
        """Yield what the entries have on one language's side."""
        place = 0 if language == "fr" else 1
        return (sides[place] for sides in self._sides)


_Place = tuple[str, int]
"""A term as it is written, and the place of its entry."""


class _Drawer(NamedTuple):
    """Terms that begin alike: the places of their entries, and the most words that one of them has."""

    places: dict[Term, tuple[int, ...]]
    longest: int


class Drawers:
    """Entries, found by the stems or by the folded words of their terms.

    Reading thousands of entries must not delay the first answer. Terms that begin with the same three letters share a
    drawer, as a stem keeps those letters; a drawer is filled when a word first looks into it, with the lines that have
    a word that begins so, or ahead (``prepare``).

    What is kept of each term is a tuple of plain values, which costs the garbage collector nothing.
    """

    def __init__(self, entries: Iterable[Entry]) -> None:
        self.entries = entries if isinstance(entries, Written) else list(entries)
        self._drawers: dict[tuple[Language, str], _Drawer] = {}
        self._lines: dict[Language, str] = {language: _searchable(self._sides(language)) for language in OTHER}

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

    def words(self, language: Language) -> set[str]:
        """Return the words of one language's terms, in small letters without accents."""
        return {fold(word.casefold()) for word in set(_PARTS.split(" ".join(self._sides(language)).replace(",", " ")))}

    def prepare(self) -> Iterator[None]:
        """Fill the drawers that nobody has looked into yet, a little before each pause."""
        for language in tuple(self._lines):
            drawers: defaultdict[str, list[_Place]] = defaultdict(list)
            for place, entry in enumerate(self.entries):
                for term in entry.side(language):
                    drawers[_drawer(term, language)].append((term, place))
                if not place % _AT_ONCE:
                    yield
            for letters, found in drawers.items():
                if (language, letters) not in self._drawers:
                    self._drawers[language, letters] = _filled(found, language)
                    yield
            self._lines.pop(language, None)  # whatever is sought from here on is in a drawer or nowhere

    def _drawer_of(self, word: str, language: Language) -> _Drawer:
        letters = _drawer(word, language)
        drawer = self._drawers.get((language, letters))
        if drawer is None:
            found = self._beginning(letters, language)
            drawer = self._drawers.setdefault((language, letters), _filled(found, language))
        return drawer

    def _beginning(self, letters: str, language: Language) -> Iterator[_Place]:
        """Yield the terms that belong into the drawer with some letters."""
        for place in _lines_having(letters, self._lines.get(language, "")):
            for term in self.entries[place].side(language):
                if (letters in term or not term.isascii()) and _drawer(term, language) == letters:
                    yield term, place

    def _sides(self, language: Language) -> Iterable[str]:
        """Return what stands on one language's side of each entry."""
        if isinstance(self.entries, Written):
            return self.entries.side(language)
        return [",".join(entry.side(language)) for entry in self.entries]


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
        return {word for layer in self._layers for word in layer.words(language)}

    def having(self, term: Term, language: Language) -> list[Entry]:
        """Return the entries that have a term on a language's side."""
        return [entry for layer in self._layers for entry in layer.having(term, language)]


def parse(lines: Iterable[str], name: str) -> Iterator[Entry]:
    """Yield the entries of a lexicon file one by one.

    Raises ``BadInput`` naming the file and the line where a line is no entry.
    """
    for fr, en in parted(lines, name):
        yield Entry(_terms(fr), _terms(en))


def parted(lines: Iterable[str], name: str) -> Iterator[tuple[str, str]]:
    """Yield the two sides of each entry of a lexicon file, as they are written. Raises what ``parse`` does."""
    for number, line in numbered(lines):
        fr, equals, en = line.partition(_EQUALS)
        if not equals or _EQUALS in en or not all(side.replace(",", "").strip() for side in (fr, en)):
            raise BadInput(f"{name}, line {number}: expected `french, ... = english, ...`, found `{line[:80]}`")
        yield fr, en


def numbered(lines: Iterable[str]) -> Iterator[tuple[int, str]]:
    """Yield the lines that are to be entries, with their numbers: not the empty ones, nor the comments."""
    for number, line in enumerate(lines, start=1):
        plain = line.strip()
        if plain and not plain.startswith("#"):
            yield number, plain


def read(line: str) -> Entry | None:
    """Return what a line says; None where it is no entry."""
    sides = [_terms(side) for side in line.split(_EQUALS)]
    return Entry(*sides) if len(sides) == 2 and all(sides) else None  # noqa: PLR2004 - French and English


@cache
def shipped() -> Lexicon:
    """Return the lexicon that comes with Sourcier, read once."""
    folder = files("index.language") / "lexicon"
    named = sorted((file.name, file) for file in folder.iterdir() if file.name.endswith(".txt"))
    sides = [pair for name, file in named for pair in parted(file.read_text("utf-8").splitlines(), name)]
    return Lexicon(Written(sides))


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


def _terms(side: str) -> tuple[str, ...]:
    """Return the terms of one side of a line."""
    return tuple(filter(None, map(str.strip, side.split(","))))


def _filled(found: Iterable[_Place], language: Language) -> _Drawer:
    """Return a drawer of some terms."""
    places: dict[Term, tuple[int, ...]] = {}
    longest = 0
    for written, place in found:
        term = _split(written, language)
        longest = max(longest, len(term))
        for shape in set(_shapes(term, language)):
            known = places.get(shape, ())
            if place not in known:
                places[shape] = (*known, place)
    return _Drawer(places, longest)


def _searchable(sides: Iterable[str]) -> str:
    """Return one side of all entries, a line each, folded, a space before each part of a word."""
    text = "\n ".join(sides)
    for sign in set(text):  # faster by far than one character after the other
        plain = " " if sign == "," or (_PARTS.match(sign) and sign != "\n") else fold(sign)
        if plain != sign:
            text = text.replace(sign, plain)
    return f" {text}"


def _lines_having(letters: str, lines: str) -> Iterator[int]:
    """Yield the numbers of those lines that have a part of a word which begins with some letters."""
    sought = f" {letters}"
    number = before = 0
    at = lines.find(sought) if letters else -1
    while at >= 0:
        number += lines.count("\n", before, at)
        yield number
        before, end = at, lines.find("\n", at)
        at = lines.find(sought, end) if end >= 0 else -1


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
