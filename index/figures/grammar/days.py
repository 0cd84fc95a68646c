"""Days and months: *12 juin 2024*, *June 12-15*, *en juin*, *2024-06-12*, *12/06/2024*."""

import re

from index.figures.grammar import stretches, years
from index.figures.grammar.pages import Page
from index.figures.grammar.stretches import Dated, Stretch
from index.figures.grammar.tokens import APART, GLUED, NUMBER, WORD, Tokens, past_hyphen

_DOTTED = re.compile(r"([0-9]{1,2})\.([0-9]{1,2})\.([0-9]{4})")
_CHAINS = frozenset("-/")
TOO_LONG = 4  # numbers that are no date any more
_MONTHS = 12
_DAYS = 31
_DAY_DIGITS = 2
_CENTURIES = ("19", "20")
_CENTURY = 100


def numeric(page: Page, place: int) -> Dated | None:
    """Return a date all in digits: 2024-06-12, 2024-06, 12/06/2024, 06/2024, 12.06.2024."""
    tokens = page.tokens
    parts = _chain(tokens, place)
    if parts == 1:
        dotted = _DOTTED.fullmatch(tokens.keys[place])
        return dotted and _dated(place, place + 1, stretches.day(int(dotted[1]), int(dotted[2]), int(dotted[3])))
    numbers = [tokens.keys[place + 2 * part] for part in range(parts)]
    if not all(number.isdigit() and len(number) <= len("2024") for number in numbers):
        return None
    stretch = _stretch(numbers, tokens.keys[place + 1], first_is_day=page.almanac.language == "fr")
    return _dated(place, place + 2 * parts - 1, stretch)


def _stretch(numbers: list[str], mark: str, *, first_is_day: bool) -> Stretch | None:
    """Return the day, month or two years that joined numbers mean."""
    lengths = [len(number) for number in numbers]
    first, second, *rest = (int(number) for number in numbers)
    if lengths == [4, 2, 2]:
        return stretches.day(rest[0], second, first)
    if len(lengths) == len("dmy") and lengths[2] == len("2024") and max(lengths[:2]) <= len("12"):
        as_written = stretches.day(first, second, rest[0])
        turned = stretches.day(second, first, rest[0])
        return as_written or turned if first_is_day else turned or as_written
    if lengths == [4, 2] and numbers[0].startswith(_CENTURIES):
        if second == (first + 1) % _CENTURY:
            return Stretch(numbers[0], str(first + 1))
        return stretches.month(second, first) if mark == "-" and 1 <= second <= _MONTHS else None
    if lengths == [2, 4] and mark == "/" and numbers[1].startswith(_CENTURIES) and 1 <= first <= _MONTHS:
        return stretches.month(first, second)
    return None


def day_first(page: Page, place: int) -> Dated | None:
    """Return *12 juin 2024*, *1er juin*, *12th of June*, *12-15 juin 2024*, *12 au 15 juin*."""
    tokens, almanac = page.tokens, page.almanac
    first = _day(tokens.keys[place])
    if first is None:
        return None
    after = past_ordinal(page, place) or place + 1
    last = None
    if (tokens.keys[after] == "-" or tokens.keys[after] in almanac.to) and tokens.kinds[after + 1] is NUMBER:
        last = _day(tokens.keys[after + 1])
        if last is None:
            return None
        after += 2
    after = past_hyphen(tokens, after)
    if almanac.language == "en" and tokens.keys[after] == "of":
        after += 1
    month, after = month_name(page, after)
    if month is None or tokens.gaps[place + 1] > APART:
        return None
    year, end = years.after(page, after)
    if year is None and years.is_unreadable(page, after):
        return None
    start = stretches.day(first, month, year)
    finish = start if last is None else stretches.day(last, month, year)
    if start is None or finish is None:
        return None
    return Dated(place, end, Stretch(start.earliest, finish.latest), month if year is None else None)


def month_first(page: Page, place: int) -> Dated | None:
    """Return *June 12, 2024*, *juin 2024*, *en juin*."""
    month, after = month_name(page, place)
    if month is None:
        return None
    year, end = years.after(page, after)
    if year is not None:
        return Dated(place, end, stretches.month(month, year))
    if years.is_unreadable(page, after):
        return None
    if page.almanac.language == "en" and page.tokens.kinds[after] is NUMBER and page.tokens.texts[place][0].isupper():
        found = _after_month(page, place, month, after)
        if found is not None:
            return found
    return Dated(place, after, stretches.month(month, None), month) if _is_month(page, place) else None


def _is_month(page: Page, place: int) -> bool:
    """Tell whether the name of a month without a day or year means the month: English ones have a capital letter."""
    tokens, almanac = page.tokens, page.almanac
    key, capital = tokens.keys[place], tokens.texts[place][0].isupper()
    ambiguous, english = key in almanac.ambiguous, almanac.language == "en"
    if key not in almanac.months or (ambiguous and english and not capital):
        return False
    named = place > 0 and tokens.keys[place - 1] in almanac.month_after
    return named or (not ambiguous and capital == english)


def month_name(page: Page, place: int) -> tuple[int | None, int]:
    """Return the month named at a place and the place after it; a short name may have a full stop."""
    tokens, almanac = page.tokens, page.almanac
    key = tokens.keys[place]
    if tokens.kinds[place] is not WORD:
        return None, place
    month = almanac.months.get(key)
    if month is not None:
        return month, place + 1
    month = almanac.short_months.get(key)
    if month is None or (almanac.language == "en" and not tokens.texts[place][0].isupper()):
        return None, place
    after = place + 2 if tokens.keys[place + 1] == "." and tokens.gaps[place + 1] == GLUED else place + 1
    return month, after


def past_ordinal(page: Page, place: int) -> int | None:
    """Return the place after the ending of an ordinal in digits: *1er*, *2e*, *12th*."""
    after = place + 1
    ends = page.tokens.gaps[after] == GLUED and page.tokens.keys[after] in page.almanac.ordinal_endings
    return after + 1 if ends and page.tokens.keys[place].isdigit() else None


def _after_month(page: Page, place: int, month: int, after: int) -> Dated | None:
    """Return the English date whose day follows its month."""
    tokens = page.tokens
    first = _day(tokens.keys[after])
    if first is None or page.tongue.units.after(tokens, after + 1) is not None:
        return None
    end = past_ordinal(page, after) or after + 1
    last = first
    if (tokens.keys[end] == "-" or tokens.keys[end] in page.almanac.to) and tokens.kinds[end + 1] is NUMBER:
        until = _day(tokens.keys[end + 1])
        if until is not None and until > first:
            last, end = until, end + 2
    year, end = years.after(page, end)
    if year is None and years.is_unreadable(page, end):
        return None
    start, finish = stretches.day(first, month, year), stretches.day(last, month, year)
    if start is None or finish is None:
        return None
    return Dated(place, end, Stretch(start.earliest, finish.latest), month if year is None else None)


def past_chain(tokens: Tokens, place: int, *, least: int) -> int:
    """Return the place after so many numbers that dashes or slashes join, or more; with fewer, the place itself."""
    if tokens.keys[place + 1] not in _CHAINS or _chain(tokens, place) < least:
        return place
    while _chain(tokens, place) > 1:
        place += 2
    return place + 1


def _chain(tokens: Tokens, place: int) -> int:
    """Return how many numbers are joined by one mark without spaces, at most four."""
    mark = tokens.keys[place + 1]
    if mark not in _CHAINS:
        return 1
    parts = 1
    while parts < TOO_LONG and tokens.keys[place + 1] == mark and tokens.kinds[place + 2] is NUMBER:
        if tokens.gaps[place + 1] != GLUED or tokens.gaps[place + 2] != GLUED:
            break
        parts, place = parts + 1, place + 2
    return parts


def _day(written: str) -> int | None:
    return int(written) if written.isdigit() and len(written) <= _DAY_DIGITS and 1 <= int(written) <= _DAYS else None


def _dated(first: int, last: int, stretch: Stretch | None) -> Dated | None:
    return None if stretch is None else Dated(first, last, stretch)
