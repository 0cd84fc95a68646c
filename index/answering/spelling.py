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


def correct(
    question: str,
    missing: Iterable[str],
    language: Language,
    lexicon: Lexicon,
    names: Collection[str],
    is_there: Callable[[str], bool],
) -> str:
    """Return a question with those of the ``missing`` words mended that are nearly a word which ``is_there``.

    ``names``: single words in small letters without accents.
    """
    mended = {}
    for word in missing:
        plain = fold(word.casefold())
        if not plain.isalpha() or lexicon.knows(word, language):
            continue
        meant = next((near for near in _near(plain, language, lexicon, names) if is_there(near)), None)
        if meant is not None:
            mended[plain] = meant
    if not mended:
        return question
    return re.sub(r"[^\W\d_]+", lambda match: mended.get(fold(match[0].casefold()), match[0]), question)


def _near(word: str, language: Language, lexicon: Lexicon, names: Collection[str]) -> list[str]:
    """Return the words that one may be, the likeliest first."""
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    wrong = 2 if len(word) >= _LONG else 1
    found: list[str] = []
    if len(word) >= _SHORTEST_NAME:
        known = [name for name in names if name[:1] == word[:1]]
        near = process.extract(word, known, scorer=OSA.distance, score_cutoff=wrong, limit=_TRIED)
        found += [other for other, _, _ in near]
    if len(word) >= _SHORTEST:
        for tongue in (language, OTHER[language]):
            known = _words(lexicon, tongue, word[:1])
            near = process.extract(word, known, scorer=OSA.distance, score_cutoff=wrong, limit=_TRIED)
            found += [other for other, _, _ in near]
    return list(dict.fromkeys(found))


@lru_cache(maxsize=64)
def _words(lexicon: Lexicon, language: Language, initial: str) -> list[str]:
    return sorted({word for word in lexicon.words(language) if word[:1] == initial})
