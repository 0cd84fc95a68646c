"""All dates of a page: found one by one, those that make a stretch joined, and on which side each leaves room."""

from typing import NamedTuple

from index.figures.grammar import days, periods, stretches, years
from index.figures.grammar.pages import Page
from index.figures.grammar.ranges import clause_before
from index.figures.grammar.stretches import Dated, Stretch
from index.figures.grammar.tokens import GLUED, NAME, NUMBER, WORD
from index.figures.kinds import Bound

MOST = 20_000
"""So many dates of one text are read."""

_MOST_ARTICLES = 2
_YEAR = 4  # digits
_DOTTED = range(8, 11)  # characters of 1.6.2024 and 12.06.2024
_DAY_MONTH_YEAR = 3  # numbers
_LONGEST_NAME = 6  # characters of FY2028


class Moment(NamedTuple):
    """A date from one token to before another, with its bound. ``left``: something was moved from it to the next."""

    first: int
    last: int
    stretch: Stretch
    bound: Bound
    left: bool = False


def moments(page: Page) -> list[Moment]:
    """Return the dates of a page in reading order."""
    found: list[Dated] = []
    kinds = page.tokens.kinds
    starters, after_number = page.almanac.starters, page.almanac.after_number
    keys = page.tokens.keys
    place, end = 0, len(kinds)
    while place < end and len(found) < MOST:
        kind, key = kinds[place], keys[place]
        if kind is NUMBER:
            place = days.past_chain(page.tokens, place, least=days.TOO_LONG)
            if kinds[place] is not NUMBER:
                continue
            key = keys[place]
            begins = len(key) == _YEAR or keys[place + 1] in after_number or len(key) in _DOTTED
            if begins and keys[place + 1] == "/":
                begins = _YEAR in (len(key), len(keys[place + 2]), len(keys[place + 4]))
        else:
            begins = key in starters if kind is WORD else kind is NAME and len(key) <= _LONGEST_NAME
        if begins:
            dated = _read(page, place)
            if dated is not None:
                found.append(dated)
                place = dated.last
                continue
            if kind is NUMBER:
                place = days.past_chain(page.tokens, place, least=_DAY_MONTH_YEAR)
        place += 1
    return _joined(page, _with_years(page, found))


def _read(page: Page, place: int) -> Dated | None:
    """Return the date that starts at a place."""
    kind = page.tokens.kinds[place]
    if kind is NUMBER:
        return _from_number(page, place)
    if kind is NAME:
        return periods.lettered(page, place)
    for attempt in (periods.share, days.month_first, periods.season, periods.fiscal, periods.worded):
        found = attempt(page, place)
        if found is not None:
            return found
    return None


def _from_number(page: Page, place: int) -> Dated | None:
    tokens = page.tokens
    found = days.numeric(page, place) or days.day_first(page, place)
    if found is not None:
        return found
    number = tokens.keys[place]
    after = days.past_ordinal(page, place)
    if after is not None and len(number) == 1:
        return periods.period(page, place, after, int(number))
    letter = tokens.keys[place + 1]
    if tokens.gaps[place + 1] == GLUED and len(letter) == 1 and number.isdigit():
        if letter == "s" and periods.is_decade(number):
            return Dated(place, place + 2, stretches.decade(int(number)))
        if len(number) == 1:  # 2T 2026
            return periods.numbered(page, place, place + 2, letter, int(number))
    return years.bare(page, place)


def _with_years(page: Page, found: list[Dated]) -> list[Dated]:
    """Give months and days without a year that of the date that they are joined with: *juin et juillet 2026*."""
    for place in range(len(found) - 2, -1, -1):
        date, following = found[place], found[place + 1]
        if date.month is None or following.month is not None or not _joins(page, date.last, following.first):
            continue
        year = following.stretch.earliest[:4]
        earliest, latest = (f"{year}{written[1:]}" for written in date.stretch)
        found[place] = date._replace(stretch=Stretch(earliest, latest), month=None)
    return found


def _joins(page: Page, first: int, last: int) -> bool:
    """Tell whether only a word that joins dates stands between two places."""
    return last - first == 1 and page.tokens.keys[first] in (
        page.tongue.ranges["list"] | page.tongue.ranges["joining"] | page.almanac.to | {"-"}
    )


def _joined(page: Page, found: list[Dated]) -> list[Moment]:
    """Return dates with their bounds; two with *à* or a dash, or *et* after *entre*, between them are one stretch."""
    made: list[Moment] = []
    place = 0
    while place < len(found):
        date = found[place]
        following = found[place + 1] if place + 1 < len(found) else None
        if following is not None and _is_moved(page, date, following):
            made.append(Moment(date.first, date.last, date.stretch, Bound.EXACT, left=True))
            place += 1
        elif following is not None and _is_stretch(page, date, following):
            stretch = Stretch(date.stretch.earliest, following.stretch.latest)
            made.append(Moment(date.first, following.last, stretch, Bound.BETWEEN))
            place += 2
        else:
            made.append(Moment(date.first, date.last, date.stretch, _bound(page, date.first)))
            place += 1
    return made


def _is_moved(page: Page, date: Dated, following: Dated) -> bool:
    """Tell whether something is moved from a date to the next one: *repoussé de 2026 à 2029*."""
    keys, ranges = page.tokens.keys, page.tongue.ranges
    joined = following.first - date.last == 1 and keys[date.last] in ranges["joining"] | page.almanac.to
    return (
        joined
        and date.first > 0
        and keys[date.first - 1] in ranges["opening_change"]
        and any(key in ranges["moved"] for key in clause_before(page, date.first - 1))
    )


def _is_stretch(page: Page, date: Dated, following: Dated) -> bool:
    tokens, ranges = page.tokens, page.tongue.ranges
    if following.first - date.last != 1 or date.stretch.earliest >= following.stretch.latest:
        return False
    join = tokens.keys[date.last]
    if join == "-" or join in ranges["joining"] or join in page.almanac.to:
        return True
    opened = date.first > 0 and tokens.keys[date.first - 1] in ranges["opening"]
    return opened and join in ranges["joining_opened"]


def _bound(page: Page, first: int) -> Bound:
    """Return what the words before a date say, articles between them passed over."""
    keys = page.tokens.keys
    for _ in range(_MOST_ARTICLES):
        found = page.almanac.bounds.before(keys, first)
        if found is not None:
            return found.meaning
        if not first or keys[first - 1] not in page.almanac.linking:
            break
        first -= 1
    return Bound.EXACT
