"""Years: four digits that are one, for sure after some words, and else where nothing speaks for an amount."""

import re

from index.figures.grammar import stretches
from index.figures.grammar.pages import Page
from index.figures.grammar.stretches import Dated
from index.figures.grammar.tokens import APART, GLUED, NAME, NUMBER, WORD, Tokens, past_hyphen
from index.figures.kinds import Bound

_YEAR = re.compile(r"[12][0-9]{3}")
_ANY_YEAR = re.compile(r"[1-9][0-9]{3}")
_UNREADABLE = re.compile(r"[0-9]{3}|[0-9]{5,}")
_LIKELY_YEARS = range(1950, 2061)
_YEARS = range(1500, 2200)
_OPENS = frozenset("([«\"“'-/|–—,;:")
_JOINING_MARKS = frozenset("-/")
_CENTURY = 100
_FEWEST_LETTERS = 4
_JOINS = frozenset({"-", "a", "et", "ou", "to", "and", "or"})
_NUMBER_BOUNDS = (Bound.MORE_THAN, Bound.LESS_THAN, Bound.AT_LEAST)


def bare(page: Page, place: int) -> Dated | None:
    """Return a year that stands alone, if what is around it says that it is one."""
    tokens, almanac = page.tokens, page.almanac
    year = at(tokens, place)
    if year is None or measured(page, place + 1) or _is_in_a_name(page, place):
        return None
    before = tokens.keys[place - 1] if place else ""
    unlikely = year not in _LIKELY_YEARS or before in page.tongue.labels or _is_amount(page, place)
    return None if unlikely and before not in almanac.sure else Dated(place, place + 1, stretches.year(year))


def at(tokens: Tokens, place: int) -> int | None:
    """Return the year that four digits may be."""
    key = tokens.keys[place]
    if tokens.kinds[place] is not NUMBER or not _YEAR.fullmatch(key) or int(key) not in _YEARS:
        return None
    glued = tokens.gaps[place + 1] == GLUED and tokens.kinds[place + 1] in (WORD, NAME)
    return None if glued else int(key)


def after(page: Page, place: int) -> tuple[int | None, int]:
    """Return the year that follows a month or season, and the place after it; or no year, and the place itself."""
    tokens = page.tokens
    following = _place_after(page, place)
    year = at(tokens, following)
    if year is None and _ANY_YEAR.fullmatch(tokens.keys[following]) and _ends_date(page, following):
        year = int(tokens.keys[following])
    return (None, place) if year is None else (year, following + 1)


def is_unreadable(page: Page, place: int) -> bool:
    """Tell whether a number that is no year stands where that of a month would: *le 3 mars 987*, *March 10191*."""
    following = _place_after(page, place)
    return bool(_UNREADABLE.fullmatch(page.tokens.keys[following])) and _ends_date(page, following)


def _place_after(page: Page, place: int) -> int:
    """Return the place where the year of a month would stand."""
    following = past_hyphen(page.tokens, place)
    key = page.tokens.keys[following]
    return following + (key in ("de", "of") or (key == "," and page.almanac.language == "en"))


def _ends_date(page: Page, place: int) -> bool:
    """Tell whether nothing after a number on the same line says that it counts or measures something."""
    tokens, after = page.tokens, place + 1
    if tokens.gaps[place] > APART or measured(page, after):
        return False
    return tokens.kinds[after] not in (WORD, NAME, NUMBER) or tokens.keys[after] in page.tongue.function_words


def measured(page: Page, place: int) -> bool:
    """Tell whether a unit or a power of ten follows, so that the number before it is no year."""
    tokens, tongue = page.tokens, page.tongue
    if tokens.keys[place] in tongue.scales:
        return True
    unit = tongue.units.after(tokens, place)
    return unit is not None and unit.meaning.kind != "multiple"


def _is_in_a_name(page: Page, place: int) -> bool:
    """Tell whether four digits are glued to something that makes them a name: GPT-2000, #2000, 2016/679."""
    tokens = page.tokens
    joined = tokens.keys[place + 1] in _JOINING_MARKS and tokens.kinds[place + 2] is NUMBER
    if joined and GLUED == tokens.gaps[place + 1] == tokens.gaps[place + 2] and at(tokens, place + 2) is None:
        return True
    if not place or tokens.gaps[place] != GLUED:
        return False
    before = tokens.keys[place - 1]
    if before == "-" and place > 1 and tokens.gaps[place - 1] == GLUED:
        return tokens.kinds[place - 2] is not NUMBER
    return before not in _OPENS and before not in page.almanac.linking


def _is_amount(page: Page, place: int) -> bool:
    """Tell whether four digits that could be a year count something: *plus de 2000*, *2000 puces*, *2000 à 3000*."""
    tokens, tongue = page.tokens, page.tongue
    bound = tongue.bound_before.before(tokens.keys, place)
    if bound is not None and bound.meaning in _NUMBER_BOUNDS and page.almanac.bounds.before(tokens.keys, place) is None:
        return True
    following = place + 1
    if tokens.keys[following] in _JOINS and tokens.kinds[following + 1] is NUMBER:
        other = tokens.keys[following + 1]
        if not _YEAR.fullmatch(other) or int(other) not in _LIKELY_YEARS:
            opened = place > 0 and tokens.keys[place - 1] in tongue.ranges["opening"]
            return opened or tokens.keys[following] not in ("et", "and")
        following += 2
    if measured(page, following):
        return True
    is_round = int(tokens.keys[place]) % _CENTURY == 0
    return (is_round or page.almanac.language == "fr") and _is_counted(page, following)


def _is_counted(page: Page, place: int) -> bool:
    """Tell whether a noun in the plural stands at a place."""
    tokens, tongue = page.tokens, page.tongue
    key = tokens.keys[place]
    return (
        tokens.kinds[place] is WORD
        and tokens.gaps[place] == APART
        and tokens.texts[place].islower()
        and key.endswith(("s", "x"))
        and len(key) >= _FEWEST_LETTERS
        and key not in tongue.function_words
        and key not in tongue.never
    )
