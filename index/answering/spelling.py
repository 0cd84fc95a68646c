"""Misspelt words of a question, read as the words that were meant.

Only a word that no source has is taken for misspelt, and only for a word that a source has: a name of the ledger, or a
word of the lexicon, with the same first letter and one or two letters changed, left out, put in or swapped
(the optimal string alignment distance).
"""

import re
from collections.abc import Callable, Collection, Iterable
from functools import lru_cache

from index.language.analysis import OTHER, fold
from index.language.dictionary import Lexicon
from index.model import Language

_SHORTEST_NAME, _SHORTEST = 4, 5  # letters
_LONG = 8  # letters, from which on two may be wrong
_TRIED = 3
_WORD = re.compile(r"[^\W\d_]+")
_ASKING = (
    "combien much many what when which where quand pourcentage percent gigawatts gigawatt megawatts milliards milliard"
    " millions billion billions million dollars"
).split()
"""Words by which people ask for figures; no source need have them."""


def correct(
    question: str,
    missing: Iterable[str],
    language: Language,
    lexicon: Lexicon,
    names: Collection[str],
    is_there: Callable[[str], bool],
    is_written: Callable[[str], bool],
) -> str:
    """Return a question with its misspelt words mended: to names, to words of asking, else to one which ``is_there``.

    ``names``: single words in small letters without accents; ``missing``: the words that no source has in any form.
    ``is_written`` tells whether a source has a word just so: then it is no misspelt one.
    """
    lost = {fold(word.casefold()) for word in missing}
    mended = {}
    for word in {fold(match[0].casefold()) for match in _WORD.finditer(question)}:
        if word in names or word in _ASKING or any(lexicon.knows(word, tongue) for tongue in OTHER):
            continue
        meant = _alike(word, _ASKING, 1) if len(word) >= _SHORTEST_NAME else []
        if not meant and len(word) >= _SHORTEST:
            meant = _alike(word, names, _wrong(word))
        if meant and is_written(word):
            continue
        if not meant and word in lost:
            meant = [near for near in _near(word, language, lexicon, names) if is_there(near)]
        if meant:
            mended[word] = meant[0]
    if not mended:
        return question
    return _WORD.sub(lambda match: mended.get(fold(match[0].casefold()), match[0]), question)


def _wrong(word: str) -> int:
    """Return how many letters of a word may be wrong."""
    return 2 if len(word) >= _LONG else 1


def _alike(word: str, known: Iterable[str], wrong: int) -> list[str]:
    """Return the known words with the same first letter and at most so many letters wrong, the nearest first."""
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    same = [other for other in known if other[:1] == word[:1]]
    found = process.extract(word, same, scorer=OSA.distance, score_cutoff=wrong, limit=_TRIED)
    return [other for other, _, _ in found]


def _near(word: str, language: Language, lexicon: Lexicon, names: Collection[str]) -> list[str]:
    """Return the words that one may be, the likeliest first."""
    found = _alike(word, names, _wrong(word)) if len(word) >= _SHORTEST_NAME else []
    if len(word) >= _SHORTEST:
        for tongue in (language, OTHER[language]):
            found += _alike(word, _words(lexicon, tongue).get(word[:1], []), _wrong(word))
    return list(dict.fromkeys(found))


@lru_cache(maxsize=4)
def _words(lexicon: Lexicon, language: Language) -> dict[str, list[str]]:
    """Return the words of one language by their first letter."""
    words: dict[str, list[str]] = {}
    for word in sorted(set(lexicon.words(language))):
        words.setdefault(word[:1], []).append(word)
    return words
