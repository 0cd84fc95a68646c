"""Stretches of a year: *mi-2026*, *T2 2026*, *second half of 2026*, *été 2026*, *exercice 2028*, *années 2030*."""

import re

from index.figures.grammar import stretches, years
from index.figures.grammar.days import month_name
from index.figures.grammar.pages import Page
from index.figures.grammar.stretches import Dated, Stretch
from index.figures.grammar.tokens import GLUED, NUMBER, past_hyphen

_DECADE = re.compile(r"[12][0-9]{2}0")
_LETTER_NUMBER = re.compile(r"([a-z])([0-9])")
_SHORT_DECADE = re.compile(r"[1-9]0")
_FISCAL = re.compile(r"fy([0-9]{2}|2[0-9]{3})")
_LAST_CENTURY = 1900
_CENTURY_START = 2000
_SHORT_YEAR = 2  # digits
_QUARTERS = 4
_HALVES = 2
_MOST_LINKS = 3
_LINKS = frozenset({"annee", "exercice", "fiscal", "year", "calendar", "fy"})
_SHARES = {"early": stretches.early, "mid": stretches.middle, "late": stretches.late}


def share(page: Page, place: int) -> Dated | None:
    """Return a part of a year or month: *mi-2026*, *fin janvier*, *early 2026*, *end of the second quarter of 2026*.

    The beginning of a month is the month.
    """
    tokens = page.tokens
    found = page.almanac.shares.after(tokens.keys, place)
    if found is None:
        return None
    after = _past_links(page, past_hyphen(tokens, found.place))
    year = years.at(tokens, after)
    if year is not None:
        made = _SHARES[found.meaning](year)
        return None if years.measured(page, after + 1) else Dated(place, after + 1, made)
    month, end = month_name(page, after)
    if month is not None:
        of_year, end = years.after(page, end)
        return Dated(place, end, stretches.month(month, of_year), month if of_year is None else None)
    whole = worded(page, after) or lettered(page, after) or fiscal(page, after)
    return None if whole is None else whole._replace(first=place)


def season(page: Page, place: int) -> Dated | None:
    """Return a season of a year."""
    months = page.almanac.seasons.get(page.tokens.keys[place])
    if months is None:
        return None
    year, end = years.after(page, place + 1)
    return None if year is None else Dated(place, end, stretches.season(*months, year))


def fiscal(page: Page, place: int) -> Dated | None:
    """Return a fiscal year, which is known by the year in its name: *exercice 2028*, *fiscal 2028*, *2027-2028*."""
    tokens = page.tokens
    found = page.almanac.fiscal.after(tokens.keys, place)
    if found is None:
        return None
    year = years.at(tokens, found.place)
    if year is None:
        return None
    end = found.place + 1
    if tokens.keys[end] in ("-", "/") and tokens.gaps[end + 1] == GLUED and tokens.kinds[end + 1] is NUMBER:
        until = tokens.keys[end + 1]
        if until in (str(year + 1), str(year + 1)[2:]):
            return Dated(place, end + 2, Stretch(str(year), str(year + 1)))
    return Dated(place, end, stretches.year(year))


def worded(page: Page, place: int) -> Dated | None:
    """Return *deuxième trimestre 2026*, *second half of 2026*, *années 2030*."""
    tokens, almanac = page.tokens, page.almanac
    key = tokens.keys[place]
    if key in almanac.decade:
        number = tokens.keys[place + 1]
        if is_decade(number) and not years.measured(page, place + 2):
            return Dated(place, place + 2, stretches.decade(int(number)))
        if _SHORT_DECADE.fullmatch(number):
            return Dated(place, place + 2, stretches.decade(_LAST_CENTURY + int(number)))
        return None
    ordinal = almanac.ordinals.get(key)
    return None if ordinal is None else period(page, place, place + 1, ordinal)


def is_decade(number: str) -> bool:
    """Tell whether digits are the first year of a decade."""
    return _DECADE.fullmatch(number) is not None


def period(page: Page, first: int, place: int, ordinal: int) -> Dated | None:
    """Return the quarter or half of a year whose ordinal ends before a place."""
    tokens, almanac = page.tokens, page.almanac
    place = past_hyphen(tokens, place)
    quarter, half = tokens.keys[place] in almanac.quarter, tokens.keys[place] in almanac.half
    if not (quarter or half):
        return None
    after = _past_links(page, place + 1)
    year = years.at(tokens, after)
    if year is None or not 1 <= ordinal <= _QUARTERS:
        return None
    made = stretches.quarter(ordinal, year) if quarter else stretches.half(min(ordinal, _HALVES), year)
    return Dated(first, after + 1, made)


def lettered(page: Page, place: int) -> Dated | None:
    """Return *Q2 2026*, *T2 2026*, *H1 2026*, *FY2028*, *FY28*."""
    year = _fiscal_name(page.tokens.keys[place])
    if year is not None:
        return Dated(place, place + 1, stretches.year(year))
    found = _LETTER_NUMBER.fullmatch(page.tokens.keys[place])
    return None if found is None else numbered(page, place, place + 1, found[1], int(found[2]))


def numbered(page: Page, first: int, place: int, letter: str, number: int) -> Dated | None:
    """Return the quarter or half of a letter and a number that end before a place, if its year follows."""
    tokens, almanac = page.tokens, page.almanac
    quarter, half = letter in almanac.quarter_letter or letter == "q", letter in almanac.half_letter or letter == "h"
    if not ((quarter and 1 <= number <= _QUARTERS) or (half and 1 <= number <= _HALVES)):
        return None
    after = _past_links(page, past_hyphen(tokens, place))
    year = years.at(tokens, after)
    if year is None:
        year = _fiscal_name(tokens.keys[after])
    if year is None:
        return None
    made = stretches.quarter(number, year) if quarter else stretches.half(number, year)
    return Dated(first, after + 1, made)


def _past_links(page: Page, place: int) -> int:
    """Return the place after the small words before a year: *of the year*, *de l'exercice*."""
    for _ in range(_MOST_LINKS):
        key = page.tokens.keys[place]
        if key not in page.almanac.linking and key not in _LINKS:
            break
        place += 1
    return place


def _fiscal_name(key: str) -> int | None:
    """Return the year of FY2028 or FY28."""
    found = _FISCAL.fullmatch(key)
    return None if found is None else int(found[1]) + (_CENTURY_START if len(found[1]) == _SHORT_YEAR else 0)
