"""The words in which people commonly ask and texts answer: in how many lines of the intents each stands."""

from collections import Counter
from collections.abc import Mapping, Sequence

from index.intents.reading import Intent
from index.language.analysis import WORD, plainly
from index.model import Language

_LEAST = 4
"""Lines in which a word stands; one that stands in fewer may be misspelt itself."""

Usual = Mapping[str, int]
"""In how many lines each word stands, in small letters without accents."""


def count_words(intents: Sequence[Intent]) -> dict[Language, Usual]:
    """Return the usual words of each language, without names and numbers, in the order of the alphabet."""
    found: dict[Language, Counter[str]] = {"fr": Counter(), "en": Counter()}
    for intent in intents:
        for text, language in (*intent.asked, *intent.said):
            found[language].update(_words(text))
    return {
        language: {word: often for word, often in sorted(words.items()) if often >= _LEAST}
        for language, words in found.items()
    }


def _words(text: str) -> set[str]:
    """Return the words of a line that are no names, as their capitals tell, nor have a digit."""
    written = (match[0] for match in WORD.finditer(text))
    return {plainly(word) for place, word in enumerate(written) if word.isalpha() and (word.islower() or not place)}
