"""Tenses of verbs, told by their endings: what will be, what would be, what has been."""

from typing import Literal

from index.figures.grammar.tokens import WORD, Tokens
from index.figures.meaning.vocabulary import Vocabulary

Tense = Literal["future", "conditional", "past"]

_BETWEEN = 3  # words between a helping verb and its participle
_ADVERB = ("ment", "ly")
_SHORTEST = 4  # letters of a verb whose ending tells


def tense(tokens: Tokens, vocabulary: Vocabulary, place: int, first: int) -> Tense | None:
    """Return the tense that the ending of a word shows, or a helping verb before it, from the token ``first`` on."""
    if tokens.kinds[place] is not WORD or not tokens.texts[place][0].islower():
        return None
    endings = vocabulary.endings
    word = tokens.texts[place].casefold()
    if len(word) < _SHORTEST and word not in vocabulary.irregular:
        return None
    if word.endswith(endings["conditional"]) and not word.endswith(endings["not_conditional"]):
        return "conditional"
    if word.endswith(endings["future"]) and not word.endswith(endings["not_future"]):
        return "future"
    return "past" if _is_past(tokens, vocabulary, place, first) else None


def _is_past(tokens: Tokens, vocabulary: Vocabulary, place: int, first: int) -> bool:
    word = tokens.texts[place].casefold()
    ends = word.endswith(vocabulary.endings["past"])
    if not ends and word not in vocabulary.irregular:
        return False
    simple = ends and vocabulary.simple_past and _is_simple(tokens, vocabulary, place, first)
    return simple or _is_helped(tokens, vocabulary, place, first)


def is_finite(tokens: Tokens, vocabulary: Vocabulary, place: int, first: int) -> bool:
    """Tell whether a word is surely a verb that a subject stands before."""
    if place > first and tokens.keys[place - 1] in vocabulary.articles:
        return False
    if tokens.texts[place].casefold() in vocabulary.finite:
        return True
    return tense(tokens, vocabulary, place, first) in ("future", "conditional")


def _is_simple(tokens: Tokens, vocabulary: Vocabulary, place: int, first: int) -> bool:
    """Tell whether a word in -ed has a subject before it, as far as its neighbours show."""
    if place == first or tokens.kinds[place - 1] is not WORD:
        return False
    before, after = tokens.keys[place - 1], tokens.keys[place + 1]
    small = vocabulary.articles | vocabulary.prepositions | vocabulary.being
    return before not in small and after not in vocabulary.after_passive


def _is_helped(tokens: Tokens, vocabulary: Vocabulary, place: int, first: int) -> bool:
    """Tell whether a helping verb stands right before a participle, or with an adverb between."""
    for before in range(place - 1, max(first, place - 1 - _BETWEEN) - 1, -1):
        if tokens.texts[before].casefold() in vocabulary.past_helping:
            return True
        if not (tokens.keys[before].endswith(_ADVERB) or tokens.keys[before] in vocabulary.adverbs):
            return False
    return False
