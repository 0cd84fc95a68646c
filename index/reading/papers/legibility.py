"""Whether a text reads as one, or only looks so: a font that does not say its letters gives others."""

import re

from index.language.stopwords import ENGLISH, FRENCH

_HEAD = 50_000  # characters
_FEWEST = 40  # words: fewer tell nothing
_FEWEST_COMMON = 0.04  # of the words; in French and English texts it is some .4
_MOST_STRANGE = 0.02  # of the characters
_FEWEST_VOWELS, _MOST_VOWELS = 0.28, 0.60  # of the letters
_MOST_MIXED = 0.15  # of the words
_WORD = re.compile(r"\S+")
_LETTERS = re.compile(r"[^\W\d_]+")
_STRANGE = re.compile("[\ufffd\ue000-\uf8ff\x00-\x08\x0e-\x1f\x7f-\x9f]")
_VOWELS = frozenset("aeiouy")
_MIXED = re.compile(r"[^\W\d_][^\w\s'’.,\-/&@:()«»“”\"*+–—…_][^\W\d_]|[^\W\d_]\d[^\W\d_]")


def is_legible(text: str) -> bool:
    """Tell whether the characters of a text are likely those that its pages show."""
    head = text[:_HEAD]
    if len(_STRANGE.findall(head)) > _MOST_STRANGE * len(head):
        return False
    words = _WORD.findall(head)
    if len(words) < _FEWEST:
        return True
    if sum(bool(_MIXED.search(word)) for word in words) > _MOST_MIXED * len(words):
        return False
    parts = [part.casefold() for part in _LETTERS.findall(head)]
    common = sum(len(part) > 1 and (part in FRENCH or part in ENGLISH) for part in parts)
    if common >= _FEWEST_COMMON * len(words):
        return True
    letters = "".join(parts)
    plain = [letter for letter in letters if letter.isascii()]
    if len(plain) * 2 < len(letters):  # another script
        return True
    vowels = sum(letter in _VOWELS for letter in plain)
    return _FEWEST_VOWELS * len(plain) <= vowels <= _MOST_VOWELS * len(plain)
