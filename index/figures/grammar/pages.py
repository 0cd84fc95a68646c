"""What figures are read from: the tokens of a text, and the words of its language."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from index.figures.grammar.almanac import Almanac, almanac
from index.figures.grammar.tokens import Tokens, tokenise
from index.figures.grammar.tongue import Tongue, tongue
from index.language.detection import detect
from index.model import Language

_LINE = re.compile(r"[^\n]*\n?")
_TELLING_WORDS = 8  # a shorter line says too little about its language
_TELLING_LENGTH = 3 * _TELLING_WORDS  # characters that so many words have at least
_WORD = re.compile(r"[^\W\d_]{2,}")


class Page(NamedTuple):
    """The tokens of a stretch of text in one language, and what that language says quantities and dates with."""

    tokens: Tokens
    tongue: Tongue
    almanac: Almanac


def pages(text: str, language: Language | None = None) -> Iterator[Page]:
    """Yield a text as pages of one language each; without a ``language``, each long enough line is asked for its own.

    Short lines are in the language of the text as a whole. Reads files the first time.
    """
    if language is not None:
        yield _page(text, 0, len(text), language)
        return
    usual = detect(text)
    start, end, current = 0, 0, usual
    for line in _LINE.finditer(text):
        told = _language(line[0], usual)
        if told != current and end > start:
            yield _page(text, start, end, current)
            start = end
        current, end = told, line.end()
    if end > start:
        yield _page(text, start, end, current)


def _language(line: str, usual: Language) -> Language:
    if len(line) < _TELLING_LENGTH:
        return usual
    words = zip(_WORD.finditer(line), range(_TELLING_WORDS), strict=False)
    return usual if sum(1 for _ in words) < _TELLING_WORDS else detect(line, usual)


def _page(text: str, start: int, end: int, language: Language) -> Page:
    return Page(tokenise(text, start, end), tongue(language), almanac(language))
