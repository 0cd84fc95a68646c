"""Powers of ten in short after digits: *30 Md*, *$12bn*, *2,5 M€*, *100k GPUs*, *70B parameters*."""

import re

from index.figures.grammar.tokens import APART, GLUED, NAME, NUMBER, WORD, Tokens, past_hyphen
from index.figures.grammar.tongue import Tongue

_MILLION = 6
_THOUSAND = 3
_FEWEST_LETTERS = 4
_PLAN = "401"  # 401k: how Americans save for old age
_YEAR = re.compile("(?:19|20)[0-9]{2}")
_APART_AFTER_MONEY = ("B", "M")  # $5 B
_BEFORE_NOUNS = {"fr": ("B", "T"), "en": ("B", "T", "b", "m", "mn")}


def power(tokens: Tokens, place: int, tongue: Tongue, *, money: bool) -> int | None:
    """Return the power of ten that the letters at a place stand for. ``money``: a currency stands before the number.

    Letters that may mean something else (k, m, B, T) need money around them or, glued to the digits, a noun in the
    plural after them. A small k glued to the digits is also one where no noun follows: *100k of them*, *and 5k*.
    """
    written = tokens.texts[place]
    sure = tongue.short_scales.get(written)
    if (sure is None and written not in tongue.short_money) or tokens.gaps[place] > APART:
        return None
    glued = tokens.gaps[place] == GLUED
    meant = (
        (sure is not None and len(written) > 1)
        or (money and (glued or written in _APART_AFTER_MONEY))
        or _is_money(tokens, place + 1, tongue)
        or (sure == _MILLION and (glued or tokens.keys[place + 1] == "de") and not _is_year(tokens, place + 1))
        or (glued and (sure or written in _BEFORE_NOUNS[tongue.language]) and _is_plural(tokens, place + 1, tongue))
        or (glued and sure == _THOUSAND and written == "k" and _is_alone(tokens, place, tongue))
    )
    return (sure or tongue.short_money[written]) if meant else None


def _is_year(tokens: Tokens, place: int) -> bool:
    """Tell whether a year follows, so that letters are those of a period: *9M 2025*, nine months."""
    return tokens.gaps[place] == APART and _YEAR.fullmatch(tokens.keys[place]) is not None


def _is_alone(tokens: Tokens, place: int, tongue: Tongue) -> bool:
    """Tell whether nothing that it could belong to follows a letter after digits, and these are no name: not *401k*."""
    after = place + 1
    ends = tokens.kinds[after] not in (WORD, NAME, NUMBER) or tokens.keys[after] in tongue.function_words
    return ends and tokens.keys[place - 1] != _PLAN


def _is_money(tokens: Tokens, place: int, tongue: Tongue) -> bool:
    """Tell whether a currency follows."""
    unit = tongue.units.after(tokens, place + 1 if tokens.keys[place] == "de" else place)
    return unit is not None and unit.meaning.kind == "money"


def _is_plural(tokens: Tokens, place: int, tongue: Tongue) -> bool:
    """Tell whether something that can be counted follows."""
    if past_hyphen(tokens, place) != place:  # 70B-parameter
        return tokens.kinds[place + 1] is WORD
    if tokens.keys[place] == "de":
        place += 1
    if tokens.gaps[place] != APART:
        return False
    if tokens.kinds[place] is NAME:
        return True
    key = tokens.keys[place]
    return key in tongue.plural or (
        tokens.kinds[place] is WORD and key.endswith("s") and len(key) >= _FEWEST_LETTERS and key not in tongue.never
    )
