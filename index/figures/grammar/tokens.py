"""Text to the tokens that quantities and dates are read from: numbers, words, names with digits, signs.

All offsets are code points of the text as it is: nothing is normalised but each token's key, by which it is compared.
"""

import re
from functools import lru_cache
from typing import Any, NamedTuple

from index.language.analysis import fold

NUMBER = "number"
WORD = "word"
NAME = "name"
SIGN = "sign"
BREAK = "break"
"""A blank line, or the end of the text."""

GLUED, APART, NEW_LINE = 0, 1, 2
"""What stands before a token: nothing, white space, white space with a line end."""

_LONGEST_WORD = 40  # letters; what is longer is compared with nothing
_PADDING = 8  # tokens after the last one that can be looked at

# Letters, without raised and lowered digits and written fractions, which count as letters or numbers elsewhere.
_LETTER = r"[^\W\d_\u00aa\u00b2\u00b3\u00b9\u00ba\u00bc-\u00be\u2070-\u2089\u2150-\u215e]"
_LETTERS = rf"{_LETTER}++(?:[\u0300-\u036f]++{_LETTER}*+)*+"
_TOKEN = re.compile(
    rf"""
    (?P<address>(?:https?://|www\.)\S++)
    # Groups of three digits told apart by one kind of space or apostrophe; what ends a name is none (GPT-4 500).
    |(?P<number>(?<!{_LETTER}-)[1-9][0-9]{{0,2}}(?P<mark>[\ \u00a0\u202f\u2009'\u2019])[0-9]{{3}}
        (?:(?P=mark)[0-9]{{3}}(?![0-9]))*+(?![0-9])(?:[.,][0-9]++)?+
      |[0-9]++(?:[.,][0-9]++)*+)
    |(?P<currency>(?:US|CA|AU|NZ|HK|SG|NT|[CASR])?\$|[€£¥₹₩₽₪₺])
    |(?P<elided>(?i:[cdjlmnst]|qu|jusqu|lorsqu|puisqu|presqu|quelqu)['\u2019])(?=[\w€$£])
    |(?P<code>(?:USD|EUR|GBP|CHF|CAD|AUD|JPY|CNY|RMB|INR)(?=[0-9]))
    |(?P<name>{_LETTERS}[0-9][^\W_]*+(?:\.[0-9]++)*+)
    |(?P<word>{_LETTERS}(?:['\u2019]{_LETTERS})*+)
    |(?P<raised>[\u00b2\u00b3\u00b9\u2070\u2074-\u207b]++)
    |(?P<part>[\u00bc-\u00be\u2153-\u215e])
    |(?P<other>\w)
    |(?P<sign>[-+\u2010-\u2015\u2212~≈<>≤≥=/×*^()\[\].,:;!?%‰|#@&°№±’'"«»“”…§•·])
    |(?P<rest>[^\w\s]|_)
    """,
    re.VERBOSE,
)
_KINDS: dict[str | None, str] = {
    "number": NUMBER,
    "word": WORD,
    "elided": WORD,
    "code": WORD,
    "name": NAME,
    "address": NAME,
    "other": NAME,
}
_SAME_SIGN = dict.fromkeys("\u2010\u2011\u2012\u2013\u2212", "-") | {"≈": "~", "’": "'"}
_ELIDED = {"d": "de", "l": "le", "qu": "que", "jusqu": "jusque", "presqu": "presque", "quelqu": "quelque"}
_ACCENT_TELLS = {"dès": "dès"}  # from; des: some


class Tokens(NamedTuple):
    """The tokens of a text, as columns of equal length; a few breaks stand after the last token.

    ``keys``: words in lower case without accents, d' and the like as whole words, dashes as hyphens.
    ``texts``: the tokens as they are written. ``gaps``: what stands before each (``GLUED``, ``APART``, ``NEW_LINE``).
    """

    text: str
    kinds: list[str]
    keys: list[str]
    texts: list[str]
    starts: list[int]
    ends: list[int]
    gaps: list[int]

    def written(self, first: int, last: int) -> str:
        """Return the text from a token to before another, as it is written."""
        return self.text[self.starts[first] : self.ends[last - 1]]


def tokenise(text: str, start: int = 0, end: int | None = None) -> Tokens:
    """Return the tokens of a stretch of text. Takes time linear in its length."""
    stop = len(text) if end is None else end
    columns: tuple[list[Any], ...] = ([], [], [], [], [], [])
    # Looked up once: this loop runs for each character of the worst texts.
    add_kind, add_key, add_text, add_start, add_end, add_gap = (column.append for column in columns)
    kind_of, same_sign = _KINDS.get, _SAME_SIGN.get
    last = start
    for match in _TOKEN.finditer(text, start, stop):
        first, after = match.span()
        gap = GLUED
        if first != last:
            space = text[last:first]
            gap = NEW_LINE if "\n" in space else APART
            if gap == NEW_LINE and space.count("\n") > 1:
                for column, value in zip(columns, (BREAK, "", "", last, last, GLUED), strict=True):
                    column.append(value)
        written = match[0]
        kind = kind_of(match.lastgroup, SIGN)
        add_kind(kind)
        add_key(_key(written) if kind is WORD or kind is NAME else same_sign(written, written))
        add_text(written)
        add_start(first)
        add_end(after)
        add_gap(gap)
        last = after
    for column, value in zip(columns, (BREAK, "", "", stop, stop, GLUED), strict=True):
        column.extend([value] * _PADDING)
    return Tokens(text, *columns)


def past_hyphen(tokens: Tokens, place: int) -> int:
    """Return the place after a hyphen that joins two words, if there is one at a place; else that place."""
    joins = tokens.keys[place] == "-" and tokens.gaps[place] == GLUED and tokens.gaps[place + 1] == GLUED
    return place + 1 if joins else place


@lru_cache(maxsize=1 << 14)
def _key(written: str) -> str:
    """Return what a word is compared by; a word too long to be one has an empty key."""
    if len(written) > _LONGEST_WORD:
        return ""
    lower = written.casefold()
    if lower in _ACCENT_TELLS:
        return _ACCENT_TELLS[lower]
    key = fold(lower)
    if key.endswith(("'", "’")):
        return _ELIDED.get(key[:-1], key[:-1])
    return key
