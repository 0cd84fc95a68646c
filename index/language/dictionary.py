"""The English-French lexicon: which terms mean the same, in both directions.

The words stand in plain files, ``lexicon/*.txt``, one entry a line::

    centre de données, datacenter = data center, data centre

French terms, an equals sign, English terms; commas part the terms that mean the same; ``#`` starts a comment. A term
is compared by its stems, stop words left out, so inflections need no entry of their own.
"""

from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from index.errors import BadInput
from index.language.analysis import Language, fold, forms, is_stopword, tokens

Term = tuple[str, ...]
"""The tokens of a term, one or more."""

_OTHER: dict[Language, Language] = {"fr": "en", "en": "fr"}
_LONGEST = 5  # tokens in a term


class Equivalents(NamedTuple):
    """What a term may be called: in the other language, and otherwise in its own."""

    translations: tuple[Term, ...] = ()
    synonyms: tuple[Term, ...] = ()


class Lexicon:
    """Entries by the stems of their terms."""

    def __init__(self, entries: Iterable[tuple[list[str], list[str]]]) -> None:
        self._found: dict[Language, dict[Term, Equivalents]] = {"fr": {}, "en": {}}
        self.entries = 0
        for french, english in entries:
            self.entries += 1
            split: dict[Language, list[Term]] = {
                "fr": list(filter(None, (_split(term, "fr") for term in french))),
                "en": list(filter(None, (_split(term, "en") for term in english))),
            }
            for language, terms in split.items():
                for term in terms:
                    self._learn(language, term, split[_OTHER[language]], [other for other in terms if other != term])

    def find(self, words: list[str], start: int, language: Language) -> tuple[int, Equivalents]:
        """Return how many tokens from ``start`` form the longest term known, and what else it is called.

        An unknown word is 1 token long and has no equivalents.
        """
        known = self._found[language]
        for length in range(min(_LONGEST, len(words) - start), 0, -1):
            term = tuple(words[start : start + length])
            for shape in (_stems(term, language), tuple(map(fold, term))):
                if shape in known:
                    return length, known[shape]
        return 1, Equivalents()

    def knows(self, word: str, language: Language) -> bool:
        """Tell whether a single word stands in the lexicon on this language's side."""
        known = self._found[language]
        return (fold(word),) in known or _stems((word,), language) in known

    def _learn(self, language: Language, term: Term, translations: list[Term], synonyms: list[Term]) -> None:
        known = self._found[language]
        for shape in {_stems(term, language), tuple(map(fold, term))}:
            old = known.get(shape, Equivalents())
            known[shape] = Equivalents(
                tuple(dict.fromkeys((*old.translations, *translations))),
                tuple(dict.fromkeys((*old.synonyms, *synonyms))),
            )


def parse(lines: Iterable[str], name: str) -> Iterator[tuple[list[str], list[str]]]:
    """Yield the entries of a lexicon file as (French terms, English terms).

    Raises ``BadInput`` naming the file and the line where a line is no entry.
    """
    for number, line in enumerate(lines, start=1):
        line = line.strip()
        if not line or line.startswith("#"):
            continue
        french, equals, english = line.partition(" = ")
        sides = [[term.strip() for term in side.split(",") if term.strip()] for side in (french, english)]
        if not equals or not all(sides):
            raise BadInput(f"{name}, line {number}: expected `french, ... = english, ...`, found `{line[:80]}`")
        yield sides[0], sides[1]


@cache
def shipped() -> Lexicon:
    """Return the lexicon that comes with Sourcier, read once."""
    folder = files("index.language") / "lexicon"
    return Lexicon(
        entry
        for file in sorted(folder.iterdir(), key=lambda file: file.name)
        if file.name.endswith(".txt")
        for entry in parse(file.read_text("utf-8").splitlines(), file.name)
    )


def _split(term: str, language: Language) -> Term:
    """Return the tokens of a term that carry meaning; a plain word needs no analysis."""
    if term.isalpha() and term.islower():
        return () if is_stopword(term, language) else (term,)
    return tuple(tokens(term, language))


def _stems(term: Term, language: Language) -> Term:
    return tuple(forms(word, language).stem for word in term)
