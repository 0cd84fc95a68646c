"""From a question to a query: which terms to look for, and what each is worth."""

from functools import lru_cache
from typing import NamedTuple

from index.language.analysis import OTHER, forms, tokens
from index.language.colloquial import without_asides
from index.language.dictionary import Equivalents, Lexicon, Term
from index.model import Language
from index.ranking.query import Group, Plain, Query
from index.ranking.terms import token_keys


class Weights(NamedTuple):
    """What the parts of a query are worth; found on the tuning half of the retrieval set (docs/benchmarks.md)."""

    stem: float = 1.0
    prefix: float = 0.6
    exact: float = 0.3
    translation: float = 0.3
    synonym: float = 0.2
    phrase: float = 0.5


_AS_FOUND = Weights()

PREFIX = "prefix"
EXACT = "exact"
SPACES = ("stem", PREFIX, EXACT)
PHRASE = "phrase"


def formulate(question: str, language: Language, lexicon: Lexicon, weights: Weights | None = None) -> Query:
    """Return the query for a question: for each of its words, one group in each term space.

    What is said around it without asking anything is left out. A word is sought under both languages' stemmers,
    with its translations and synonyms as alternatives. A term of several words that the lexicon knows (``data
    center``) is sought as a whole besides.
    """
    weights = weights or _AS_FOUND
    words = tokens(without_asides(question, language), language)
    groups: dict[Term, list[Group]] = {}  # a word or a term asked for twice counts once
    for place, word in enumerate(words):
        length, whole = lexicon.find(words, place, language)
        term = tuple(words[place : place + length])
        if length > 1 and term not in groups:
            groups[term] = [_phrase(term, language, whole, weights)]
        if (word,) not in groups:
            groups[word,] = _word(word, language, lexicon, weights)
    return tuple(group for found in groups.values() for group in found)


def _others(known: Equivalents, language: Language, weights: Weights) -> list[tuple[Term, Language, float]]:
    """Return the equivalents of a term with their language and what one occurrence of each counts."""
    found = [(term, OTHER[language], weights.translation) for term in known.translations]
    found += [(term, language, weights.synonym) for term in known.synonyms]
    return [other for other in found if other[2]]


def _word(word: str, language: Language, lexicon: Lexicon, weights: Weights) -> list[Group]:
    """Return a word's groups: by stem, by prefix, whole."""
    plain = _spaces(word, language, lexicon, weights)
    spaces = zip(SPACES, (weights.stem, weights.prefix, weights.exact), plain, strict=True)
    return [Group(space, weight, word, name) for name, weight, space in spaces if weight]


@lru_cache(maxsize=1 << 11)
def _spaces(word: str, language: Language, lexicon: Lexicon, weights: Weights) -> tuple[tuple[Plain, ...], ...]:
    """Return what meets a word in each term space."""
    spaces: tuple[dict[tuple[int, ...], Plain], ...] = ({}, {}, {})
    itself = [((word,), tongue, 1.0) for tongue in (language, OTHER[language])]
    known = lexicon.find([word], 0, language)[1]
    for term, tongue, factor in [*itself, *_others(known, language, weights)]:
        if len(term) == 1:
            shape = forms(term[0], tongue)
            for space, one, form in zip(spaces, token_keys(term[0], tongue), shape, strict=True):
                space.setdefault((one,), ((one,), factor, form))
            continue
        shapes = [forms(part, tongue) for part in term]
        found = [token_keys(part, tongue) for part in term]
        for place, space in enumerate(spaces):
            terms = tuple(dict.fromkeys([each[place] for each in found]))
            if terms not in space:
                space[terms] = terms, factor, " ".join([shape[place] for shape in shapes])
    return tuple(tuple(space.values()) for space in spaces)


def _phrase(term: Term, language: Language, known: Equivalents, weights: Weights) -> Group:
    """Return the group of a term of several words, sought by their stems."""
    alternatives: dict[tuple[int, ...], Plain] = {}
    for other, tongue, factor in [(term, language, 1.0), *_others(known, language, weights)]:
        terms = tuple(dict.fromkeys(token_keys(part, tongue)[0] for part in other))
        alternatives.setdefault(terms, (terms, factor, " ".join(other)))
    return Group(tuple(alternatives.values()), weights.phrase, " ".join(term), PHRASE)
