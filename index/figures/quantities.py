"""The quantities of a text."""

from collections.abc import Iterable
from decimal import Decimal

from index.figures.grammar import amounts, compounds, naming, portions, ranges, sharing
from index.figures.grammar.amounts import Amount
from index.figures.grammar.dating import Moment, moments
from index.figures.grammar.pages import Page, pages
from index.figures.grammar.ranges import Reading
from index.figures.grammar.tokens import APART, NUMBER, SIGN, WORD
from index.figures.kinds import Bound
from index.figures.mentions import Part, Quantity
from index.model import Language

MOST = 20_000
"""So many numbers of one text are read: one that has more is a table, and its beginning has to do."""

_COUNT = "count"
_LARGE = 1000
_NEAR = 3
_MOST_ARTICLES = 2
_SIDES = (Bound.AT_LEAST, Bound.AT_MOST, Bound.MORE_THAN, Bound.LESS_THAN)
_ARTICLE_TIMES = {
    "fr": frozenset({"an", "mois", "semaine", "heure"}),
    "en": frozenset({"year", "month", "week", "hour"}),
}


def quantities(text: str, language: Language | None = None) -> list[Quantity]:
    """Return the quantities of a text in reading order, none overlapping; takes time linear in its length.

    ``language``: of the whole text; by default it is told line by line. Of the numbers in one language, the first
    20,000 are read.
    """
    return [quantity for page in pages(text, language) for quantity in on(page, moments(page))]


def on(page: Page, dated: Iterable[Moment]) -> list[Quantity]:
    """Return the quantities of a page, of which the dates are known."""
    readings = ranges.join(page, compounds.join(page, _amounts(page, dated)))
    sharing.share(page, readings)
    found: list[Quantity] = []
    before: Reading | None = None
    for reading in readings:
        quantity = None if _is_price_of(before, reading) else _quantity(page, reading, before)
        if quantity is not None:
            found.append(quantity)
        before = reading
    return found


def _is_price_of(before: Reading | None, reading: Reading) -> bool:
    """Tell whether *a gallon* only says what a price right before it is for."""
    if before is None or not reading.amounts[0].one or before.last != reading.first:
        return False
    return before.unit is not None and before.unit.kind == "money"


def _amounts(page: Page, dated: Iterable[Moment]) -> list[Amount]:
    """Return the amounts of a page in reading order, numbers alone included; dates are passed over."""
    kinds, keys = page.tokens.kinds, page.tokens.keys
    starters, openers, after_opener = page.tongue.starters, page.tongue.openers, page.tongue.after_opener
    dates = {moment.first: moment.last for moment in dated}
    found: list[Amount] = []
    place, end = 0, len(kinds)
    while place < end and len(found) < MOST:
        kind = kinds[place]
        if place in dates:
            place = dates[place]
            continue
        if kind is NUMBER:
            after = naming.skip_chain(page, place)
            if after != place:
                place = after
                continue
        elif not ((kind is WORD or kind is SIGN) and keys[place] in starters) or (
            keys[place] in openers and keys[place + 1] not in after_opener and keys[place + 2] not in after_opener
        ):
            place += 1
            continue
        amount = (portions.read(page, place) if kind is not SIGN else None) or amounts.read(page, place)
        if amount is None:
            place += 1
        else:
            found.append(amount)
            place = max(amount.last, place + 1)
    return found


def _quantity(page: Page, reading: Reading, before: Reading | None) -> Quantity | None:
    """Return the quantity that a reading is, if its surroundings let it be one."""
    bound = _bound(page, reading, before)
    if not _counts(page, reading, bound):
        return None
    unit = reading.unit
    inferred: list[Part] = list(reading.taken)
    if unit is not None and unit.inferred and "unit" not in inferred:
        inferred.append("unit")
    tokens = page.tokens
    between = len(reading.values) > 1
    low, high = (_plain(value) for value in reading.values) if between else (None, None)
    return Quantity(
        start=tokens.starts[reading.first],
        end=tokens.ends[reading.last - 1],
        value=None if between else _plain(reading.values[0]),
        low=low,
        high=high,
        bound=Bound.BETWEEN if between else bound,
        unit=unit.base if unit is not None else _COUNT,
        per=reading.per,
        counted=tokens.written(*reading.counted) if reading.counted is not None else None,
        inferred=tuple(inferred),
    )


def _plain(value: Decimal) -> Decimal:
    """Return a value without an exponent and without zeros after its decimals."""
    value = value.normalize()
    return Decimal(int(value)) if value == value.to_integral_value() else value


def _bound(page: Page, reading: Reading, previous: Reading | None) -> Bound:
    """Return what the words around a reading say of the side on which it leaves room."""
    tokens, tongue = page.tokens, page.tongue
    after = tongue.bound_after.after(tokens.keys, reading.last)
    before = _before(page, reading, previous)
    if before in _SIDES:
        return before
    if after is not None and not _opens_amount(page, after.place):
        return after.meaning
    if before is not None:
        return before
    if reading.amounts[-1].number.more:
        return Bound.AT_LEAST
    return Bound.ABOUT if any(amount.number.about for amount in reading.amounts) else Bound.EXACT


def _before(page: Page, reading: Reading, before: Reading | None) -> Bound | None:
    tokens, tongue = page.tokens, page.tongue
    place = reading.first
    for _ in range(_MOST_ARTICLES):
        found = tongue.bound_before.before(tokens.keys, place)
        if found is not None:
            if tokens.keys[place - 1] in tongue.spread and _is_spread(reading, place - 1, before):
                return None
            if _is_only(page, place):
                return None
            if found.meaning is Bound.ABOUT:
                further = tongue.bound_before.before(tokens.keys, found.place)
                if further is not None and further.meaning in _SIDES:
                    return further.meaning
            return found.meaning
        if not place or tokens.keys[place - 1] not in tongue.articles_before:
            break
        place -= 1
    return None


def _is_only(page: Page, place: int) -> bool:
    """Tell whether the words before a place mean *only*: *ils ne sont plus que 300*."""
    keys = page.tokens.keys
    only = page.tongue.only.before(keys, place)
    return only is not None and any(
        key in page.tongue.negation for key in keys[max(only.place - _NEAR, 0) : only.place]
    )


def _is_spread(reading: Reading, place: int, before: Reading | None) -> bool:
    """Tell whether *over* before an amount means along it: *over five years*, *1,400 MW over 525 km*."""
    if reading.unit is None:
        return False
    return reading.unit.kind == "time" or (before is not None and before.last == place)


def _opens_amount(page: Page, place: int) -> bool:
    """Tell whether another number follows, whose bound it is then."""
    tokens = page.tokens
    if tokens.gaps[place] > APART:
        return False
    return (
        tokens.kinds[place] is NUMBER
        or tokens.keys[place] in page.tongue.numbers
        or page.tongue.units.before(tokens, place) is not None
    )


def _counts(page: Page, reading: Reading, bound: Bound) -> bool:
    """Tell whether a reading is a quantity where it stands."""
    amount = reading.amounts[0]
    if reading.unit is not None:
        return not naming.is_clock(page, reading.amounts) and (not amount.one or _is_one(page, reading, bound))
    if naming.is_name(page, reading.amounts):
        return False
    if reading.counted is not None:
        return _is_whole(reading) and reading.values[0] > 0
    return _stands_alone(page, reading, bound)


def _is_whole(reading: Reading) -> bool:
    return all(
        value == value.to_integral_value() or amount.number.is_scaled
        for value, amount in zip(reading.values, reading.amounts, strict=False)
    )


def _is_one(page: Page, reading: Reading, bound: Bound) -> bool:
    """Tell whether an article before a unit is the number one."""
    unit = reading.unit
    if unit is None or unit.kind != "time":
        return True
    key = page.tokens.keys[reading.first]
    if bound is not Bound.EXACT:
        return True
    return key not in ("a", "an") and page.tokens.keys[reading.first + 1] in _ARTICLE_TIMES[page.tongue.language]


def _stands_alone(page: Page, reading: Reading, bound: Bound) -> bool:
    """Tell whether a number without unit or noun is an amount all the same."""
    number = reading.amounts[-1].number
    if number.part or reading.amounts[0].one:
        return False
    large = number.is_scaled or number.grouped or (number.spelled and number.value >= _LARGE)
    if large or reading.opened:
        return True
    if _is_hour(page, reading.last):
        return False
    return bound is not Bound.EXACT or len(reading.values) > 1 or _is_told(page, reading)


def _is_hour(page: Page, place: int) -> bool:
    """Tell whether *pm*, *p.m.* or *o'clock* follows."""
    key = page.tokens.keys[place]
    return key in page.tongue.clock_after or (key in ("a", "p") and page.tokens.keys[place + 1] == ".")


def _is_told(page: Page, reading: Reading) -> bool:
    """Tell whether the words around a number alone show that it is an amount: *ils sont 300*, *deux d'entre eux*."""
    tokens, tongue = page.tokens, page.tongue
    place = reading.last
    if tongue.bare_after.after(tokens.keys, place) is not None:
        return True
    before = tokens.keys[reading.first - 1] if reading.first else ""
    if before in tongue.ranges["opening_change"] and ranges.change(page, reading.first - 1) is not None:
        return True
    ends = tokens.kinds[place] is not WORD or tokens.keys[place] in tongue.function_words
    ranges_to = reading.first > 1 and tokens.kinds[reading.first - 2] is NUMBER  # on a scale of 1 to 10
    return before in tongue.bare_before and ends and not ranges_to
