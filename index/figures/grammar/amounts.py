"""A number with what it measures or counts, as it stands in one place, before its surroundings are asked."""

from decimal import Decimal
from typing import NamedTuple

from index.figures.grammar import counted, magnitudes
from index.figures.grammar.counted import Phrase
from index.figures.grammar.digits import Follower
from index.figures.grammar.magnitudes import Magnitude
from index.figures.grammar.pages import Page
from index.figures.grammar.phrases import Found
from index.figures.grammar.tokens import APART, GLUED, NUMBER, SIGN, past_hyphen
from index.figures.grammar.units import Unit
from index.figures.mentions import Per

_MOST_BETWEEN = 2
_MOST_UNTIL_PER = 4
_HALF = Decimal("0.5")
_INDEFINITE = frozenset({"B", "bit", "t"})
_FOLLOWERS: dict[str, Follower] = {"measure": "measure", "percent": "percent", "money": "money"}
_BEFORE_A_SIGN = frozenset('([«*"“|')
_OF = frozenset({"de", "of", "in", "en"})


class Amount(NamedTuple):
    """An amount from one token to before another.

    ``value``: in base units of ``unit`` (none: a count, or a number alone). ``counted``: the first token of what it
    counts and the one after it. ``one``: its number is an article, which not every text means as a number.
    """

    first: int
    last: int
    number: Magnitude
    value: Decimal
    unit: Unit | None = None
    counted: Phrase | None = None
    per: Per | None = None
    one: bool = False

    @property
    def is_bare(self) -> bool:
        """Tell whether it is a number with nothing after it."""
        return self.unit is None and self.counted is None


def read(page: Page, place: int) -> Amount | None:
    """Return the amount that starts at a place: with a sign, a currency or a number."""
    tokens, tongue = page.tokens, page.tongue
    kind = tokens.kinds[place]
    if kind is NUMBER:
        number = magnitudes.read(tokens, place, tongue, money=_ends_money(page, place))
        return None if number is None else with_unit(page, place, number)
    if kind is SIGN and tokens.keys[place] in ("-", "+"):
        return _signed(page, place)
    money = tongue.units.before(tokens, place)
    if money is None:
        number = magnitudes.read(tokens, place, tongue)
        return None if number is None else with_unit(page, place, number)
    if tokens.kinds[money.place] is not NUMBER or tokens.gaps[money.place] > APART:
        return None
    number = magnitudes.read(tokens, money.place, tongue, money=True)
    return None if number is None else _with_money(page, place, number, money)


def _ends_money(page: Page, place: int) -> bool:
    """Tell whether a number is the higher end of a range whose lower one has a currency before it: *$5-6m*."""
    tokens = page.tokens
    if place < len("$5-") or tokens.keys[place - 1] not in page.tongue.joins or tokens.kinds[place - 2] is not NUMBER:
        return False
    money = page.tongue.units.before(tokens, place - 3)
    return money is not None and money.place == place - 2


def with_unit(page: Page, start: int, number: Magnitude) -> Amount | None:
    """Return a number with the unit or the counted things after it, or alone; *un* alone only before *et* or *à*."""
    tokens, tongue = page.tokens, page.tongue
    place = _past_between(page, number)
    unit = tongue.units.after(tokens, place)
    if unit is not None and not _opens_number(page, place, unit.place) and _suits(unit.meaning, number):
        return _measured(page, start, number, unit)
    if number.article:
        joined = tokens.keys[number.last] in tongue.joins
        return Amount(start, number.last, number, number.value, one=True) if joined else None
    things = counted.read(page, number, number.last)
    if things is not None:
        value = number.settled("count", tongue)
        return _with_per(page, Amount(start, things[1], number, value, None, things))
    amount = Amount(start, number.last, number, number.settled("nothing", tongue))
    return _with_per(page, amount) if number.is_scaled else amount


def _suits(unit: Unit, number: Magnitude) -> bool:
    return not unit.decimals or number.value != number.value.to_integral_value()


def _measured(page: Page, start: int, number: Magnitude, unit: Found[Unit]) -> Amount | None:
    """Return a number with its unit, and with *et demi* and *par an* after that."""
    if number.article and _is_article(page, number, unit.meaning):
        return None
    value = number.settled(_FOLLOWERS.get(unit.meaning.kind, "count"), page.tongue)
    last = unit.place
    half = magnitudes.past_half(page.tokens, last, page.tongue)
    if half is not None:
        value, last = value + _HALF * number.scale, half
    value *= unit.meaning.factor
    return _with_per(page, Amount(start, last, number, value, unit.meaning, one=number.article))


def _signed(page: Page, place: int) -> Amount | None:
    """Return an amount with a sign before its number or currency; nobody counts below nothing."""
    tokens = page.tokens
    if tokens.gaps[place + 1] != GLUED:
        return None
    if place and tokens.gaps[place] == GLUED and tokens.keys[place - 1] not in _BEFORE_A_SIGN:
        return None
    if tokens.kinds[place + 1] is SIGN and tokens.keys[place + 1] in ("-", "+"):
        return None
    amount = read(page, place + 1)
    if amount is None or amount.unit is None:
        return amount
    return amount._replace(first=place, value=-amount.value if tokens.keys[place] == "-" else amount.value)


def _with_money(page: Page, start: int, number: Magnitude, money: Found[Unit]) -> Amount:
    """Return an amount whose currency stands before it; it may be said again after it."""
    tokens, tongue = page.tokens, page.tongue
    unit = money.meaning
    last = past_hyphen(tokens, number.last)
    if tokens.keys[last] == "de":
        last += 1
    again = tongue.units.after(tokens, last)
    if again is not None and again.meaning.kind == "money" and not _opens_number(page, last, again.place):
        unit = again.meaning if unit.inferred else unit
        last = again.place
    else:
        last = number.last
    return _with_per(page, Amount(start, last, number, number.settled("money", tongue) * unit.factor, unit))


def _opens_number(page: Page, place: int, last: int) -> bool:
    """Tell whether a currency sign belongs to the number after it."""
    tokens = page.tokens
    return tokens.kinds[place] is SIGN and tokens.kinds[last] is NUMBER and tokens.gaps[last] == GLUED


def _past_between(page: Page, number: Magnitude) -> int:
    """Return the place where a number's unit would start, words such as *prochaines* and a *de* passed over."""
    tokens, tongue = page.tokens, page.tongue
    place = past_hyphen(tokens, number.last)
    if number.of and tokens.keys[place] == "de":
        return place + 1
    if tokens.keys[place] not in tongue.between:
        return place
    skipped = place
    while skipped - place < _MOST_BETWEEN and tokens.keys[skipped] in tongue.between:
        skipped += 1
    unit = tongue.units.after(tokens, skipped)
    return place if unit is None or not tokens.texts[unit.place - 1].endswith("s") else skipped


def _is_article(page: Page, number: Magnitude, unit: Unit) -> bool:
    """Tell whether *un* or *a* before a unit is only an article: *une fois*, *a ton of*, *une livre*."""
    if unit.kind == "multiple":
        return True
    if unit.kind == "money":
        return unit.inferred and unit.base != "USD"
    return unit.base in _INDEFINITE and page.tokens.keys[number.first] != "one"


def _with_per(page: Page, amount: Amount) -> Amount:
    """Add the time that an amount refers to: right after it, or after a few words that say of what it is."""
    tokens, tongue = page.tokens, page.tongue
    per = tongue.per.after(tokens.keys, past_hyphen(tokens, amount.last))
    if per is None:
        far = tokens.keys[amount.last] in _OF and not amount.is_bare
        per = _further(page, amount.last + 1) if far else None
    if per is None or tokens.keys[per.place] in tongue.not_per:
        return amount
    return amount._replace(last=per.place, per=per.meaning)


def _further(page: Page, place: int) -> Found[Per] | None:
    """Return the *par an* of *1,2 million de tonnes de CO2 par an*."""
    tokens = page.tokens
    for _ in range(_MOST_UNTIL_PER):
        if tokens.kinds[place] in (NUMBER, SIGN) or tokens.gaps[place] > APART:
            return None
        place += 1
        per = page.tongue.per.after(tokens.keys, place)
        if per is not None:
            return per
    return None
