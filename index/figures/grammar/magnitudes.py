"""Numbers as people write them, in digits or words, with powers of ten: *2,5 milliards*, *deux cent mille*, *10^26*."""

import re
from decimal import Decimal
from typing import NamedTuple

from index.figures.grammar import abbreviations, digits, spelled
from index.figures.grammar.digits import Follower, Numeral
from index.figures.grammar.tokens import APART, GLUED, NAME, NUMBER, SIGN, WORD, Tokens, past_hyphen
from index.figures.grammar.tongue import Tongue

_ONE = Decimal(1)
_HALF = Decimal("0.5")
_THOUSAND = Decimal(1000)
_MILLION = 6
_MOST_SCALES = 3
_LEAST_PLURAL = 2  # in French
_RESTS = range(100, 1000)  # in digits without groups, after a power of ten: 2 millions 300, not 1 milliard 2026
_TEN = Decimal(10)
_HUNDRED = Decimal(100)
_SHORTENED = Decimal(10) ** 6  # from here on people leave out the last power of ten: un milliard deux
_BILLION = Decimal(10) ** 9
_MOST_POWER = 60
_EXPONENT = re.compile(r"e\+?([0-9]{1,2})")
_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")
_WRITTEN_PARTS = {
    "½": Decimal("0.5"),
    "¼": Decimal("0.25"),
    "¾": Decimal("0.75"),
    "⅓": Decimal("0.333333"),
    "⅔": Decimal("0.666667"),
}
# After a currency sign that stands first, which is the English way to write money, these words are English too.
_ENGLISH_POWERS = {"billion": 9, "billions": 9, "trillion": 12, "trillions": 12}


class Magnitude(NamedTuple):
    """A number from one token to before another.

    ``numeral``: its digits, where what follows may still settle how they are read. ``scale``: what its last word
    multiplies by. ``spelled``: in words; ``article``: it is *un* or *a* alone; ``part``: a sign such as ½; ``of``:
    *de* stands before what is counted; ``about``: *une centaine* says that it is not exact;
    ``more``: a plus follows its digits (*10+ GW*, *$20-plus billion*).
    """

    first: int
    last: int
    value: Decimal
    numeral: Numeral | None = None
    scale: Decimal = _ONE
    spelled: bool = False
    article: bool = False
    part: bool = False
    of: bool = False
    about: bool = False
    more: bool = False

    @property
    def is_scaled(self) -> bool:
        """Tell whether it has a power of ten."""
        return self.scale != _ONE

    @property
    def grouped(self) -> bool:
        """Tell whether its digits stand in groups of three."""
        return self.numeral is not None and self.numeral.grouped

    def settled(self, follower: Follower, tongue: Tongue) -> Decimal:
        """Return its value by what follows it."""
        return self.value if self.numeral is None else digits.settle(self.numeral, follower, tongue.language)


def read(tokens: Tokens, place: int, tongue: Tongue, *, money: bool = False) -> Magnitude | None:
    """Return the number that starts at a place. ``money``: a currency stands before it."""
    group = _group(tokens, place, tongue)
    if group is None:
        return None
    if group.numeral is not None and (scientific := _scientific(tokens, group)) is not None:
        return scientific
    if (end := past_half(tokens, group.last, tongue)) is not None and not tongue.units.after(tokens, group.last):
        group = group._replace(last=end, value=group.value + _HALF, numeral=None, article=False)
    elif tokens.gaps[group.last] == GLUED and (end := _past_plus(tokens, group.last)) is not None:
        group = group._replace(last=end, more=True)
    found = scaled(tokens, group, tongue, money=money)
    if found is None:
        return group
    if (end := past_half(tokens, found.last, tongue)) is not None:
        return found._replace(last=end, value=found.value + _HALF * found.scale)
    return _with_lower(tokens, found, tongue)


def past_half(tokens: Tokens, place: int, tongue: Tongue) -> int | None:
    """Return the place after *et demi* or *and a half*, if that starts at a place."""
    keys = tokens.keys
    place = past_hyphen(tokens, place)
    if keys[place] != tongue.joining:
        return None
    place = past_hyphen(tokens, place + 1)
    if tongue.language == "en":
        if keys[place] not in tongue.articles:
            return None
        place = past_hyphen(tokens, place + 1)
    return place + 1 if keys[place] in tongue.half_after else None


def _past_plus(tokens: Tokens, place: int) -> int | None:
    """Return the place after a plus that stands between digits and their unit: *10+ GW*, *100-plus sites*."""
    if tokens.keys[place] == "+":
        return place + 1 if tokens.gaps[place + 1] == APART else None
    after = past_hyphen(tokens, place)
    return after + 1 if after != place and tokens.keys[after] == "plus" and tokens.kinds[after + 1] is WORD else None


def _group(tokens: Tokens, place: int, tongue: Tongue) -> Magnitude | None:
    """Return a number without a power of ten."""
    key, kind = tokens.keys[place], tokens.kinds[place]
    if kind is NUMBER:
        numeral = digits.read(key)
        if numeral is None:
            return None
        part = _WRITTEN_PARTS.get(tokens.keys[place + 1]) if tokens.gaps[place + 1] == GLUED else None
        if part is not None:
            return Magnitude(place, place + 2, numeral.value + part)
        return Magnitude(place, place + 1, numeral.value, numeral)
    if kind is SIGN:
        part = _WRITTEN_PARTS.get(key)
        return None if part is None else Magnitude(place, place + 1, part, part=True)
    return _in_words(tokens, place, tongue) if kind is WORD else None


def _in_words(tokens: Tokens, place: int, tongue: Tongue) -> Magnitude | None:
    key = tokens.keys[place]
    if key in tongue.half_before:
        return _half(tokens, place, place, tongue)
    if key in tongue.alone and key in tongue.scales:  # mille puces
        return Magnitude(place, place, _ONE, spelled=True)
    word = spelled.read(tokens, place, tongue)
    if word is None:
        return None
    if word.article and tokens.keys[word.place] in tongue.half_before:
        half = _half(tokens, place, word.place, tongue)
        if half is not None:
            return half
    value = Decimal(word.value)
    if tokens.keys[word.place] == tongue.point:
        decimals = spelled.read(tokens, word.place + 1, tongue)
        if decimals is not None and (not decimals.article or tokens.keys[word.place + 1] in tongue.numbers):
            value += Decimal(decimals.value).scaleb(-len(str(decimals.value)))
            return Magnitude(place, decimals.place, value, spelled=True)
    return Magnitude(place, word.place, value, spelled=True, article=word.article)


def _half(tokens: Tokens, first: int, place: int, tongue: Tongue) -> Magnitude | None:
    """Return the half of *un demi-milliard*, *half a billion*, *half an hour*: only before a power of ten or a unit."""
    after = past_hyphen(tokens, place + 1)
    bare = True
    if tongue.language == "en" and first == place and tokens.keys[after] in tongue.articles:
        after = past_hyphen(tokens, after + 1)
        bare = False
    elif tongue.language == "fr" and after == place + 1:
        return None
    key = tokens.keys[after]
    if key in tongue.scales or key in tongue.collections:
        return Magnitude(first, after, _HALF, spelled=True)
    unit = tongue.units.after(tokens, after)
    if unit is None or (bare and first == place and unit.meaning.kind == "time" and tongue.language == "en"):
        return None  # half-year results
    return Magnitude(first, after, _HALF, spelled=True)


def _scientific(tokens: Tokens, group: Magnitude) -> Magnitude | None:
    """Return a number in powers of ten: 10^26, 6 × 10²⁴, 1e26."""
    keys, gaps, place = tokens.keys, tokens.gaps, group.last
    value = group.value
    exponent = _EXPONENT.fullmatch(keys[place]) if tokens.kinds[place] is NAME and gaps[place] == GLUED else None
    if exponent is not None:
        return _powered(group, value, exponent[1], place + 1)
    if keys[place] in ("x", "×", "*", "·") and keys[place + 1] == "10":
        place += 2
    elif keys[place - 1] == "10":
        value = _ONE
    else:
        return None
    if keys[place] == "^" and tokens.kinds[place + 1] is NUMBER:
        return _powered(group, value, keys[place + 1], place + 2)
    if gaps[place] == GLUED and (raised := keys[place].translate(_RAISED)) != keys[place]:
        return _powered(group, value, raised, place + 1)
    return None


def _powered(group: Magnitude, value: Decimal, exponent: str, last: int) -> Magnitude | None:
    if not exponent.isdigit() or len(exponent) > len(str(_MOST_POWER)) or int(exponent) > _MOST_POWER:
        return None
    return group._replace(last=last, value=value.scaleb(int(exponent)), numeral=None, scale=Decimal(10))


class _Scale(NamedTuple):
    """The powers of ten after a number, up to a place. ``plural``: the last word has a plural s, or is none."""

    factor: Decimal
    place: int
    of: bool
    about: bool = False
    plural: bool = True


def scaled(tokens: Tokens, group: Magnitude, tongue: Tongue, *, money: bool = False) -> Magnitude | None:
    """Return a number with the powers of ten that follow it, of which there may be several: *mille milliards*."""
    scale = _Scale(_ONE, group.last, of=False)
    for _ in range(_MOST_SCALES):
        further = _scale(tokens, group, scale, tongue, money=money)
        if further is None:
            break
        scale = further
    if scale.factor == _ONE:
        return None
    value = group.value
    if group.numeral is not None and group.numeral.decimal is not None:
        value = digits.settle(group.numeral, "scale", tongue.language)
        if scale.plural and value < _LEAST_PLURAL and tongue.language == "fr":  # 1,250 millions
            value = group.numeral.value
    return Magnitude(
        first=group.first,
        last=scale.place,
        value=value * scale.factor,
        scale=scale.factor,
        spelled=group.spelled,
        of=scale.of,
        about=scale.about,
        more=group.more,
    )


def _scale(tokens: Tokens, group: Magnitude, scale: _Scale, tongue: Tongue, *, money: bool) -> _Scale | None:
    """Return a scale with the next word that multiplies it, if there is one."""
    place = past_hyphen(tokens, scale.place)
    if scale.of and tokens.keys[place] == "de":
        place += 1
    if tokens.kinds[place] is not WORD:
        return None
    key = tokens.keys[place]
    opening = scale.factor == _ONE
    if opening and key in tongue.between and tokens.keys[place + 1] in tongue.scales:
        place, key = place + 1, tokens.keys[place + 1]  # 2 autres milliards
    if opening and key in tongue.collections:
        return _Scale(Decimal(tongue.collections[key]), place + 1, of=True, about=tongue.language == "fr")
    power = tongue.scales.get(key)
    if power is not None:
        power = _ENGLISH_POWERS.get(key, power) if money else power
        of = power >= _MILLION or key == "milliers"
        return _Scale(scale.factor.scaleb(power), place + 1, of, scale.about, plural=key.endswith("s"))
    if opening and not group.spelled:
        power = abbreviations.power(tokens, place, tongue, money=money)
    return None if power is None else _Scale(scale.factor.scaleb(power), place + 1, of=True)


def _with_lower(tokens: Tokens, found: Magnitude, tongue: Tongue) -> Magnitude:
    """Add what follows a power of ten and is below it: *2 milliards 300 millions*, *deux mille cinq cents*."""
    while found.scale >= _THOUSAND and not found.about and tokens.keys[found.last - 1] in tongue.scales:
        place = past_hyphen(tokens, found.last)
        if tongue.language == "en" and found.spelled and tokens.keys[place] == tongue.joining:
            place += 1
        lower = _group(tokens, place, tongue) if tokens.gaps[place] <= APART else None
        if lower is None or not _continues(found, lower):
            break
        below = scaled(tokens, lower, tongue)
        if below is None:
            if not found.spelled and not lower.grouped and lower.value not in _RESTS:  # 2 millions 3 ...
                break
            if lower.value >= found.scale or (lower.article and found.scale > _THOUSAND):
                break
            if tongue.language == "fr" and (left_out := _left_out(found, lower)) is not None:
                value = found.value + lower.value * left_out
                return found._replace(last=lower.last, value=value, scale=left_out, of=True)
            return found._replace(last=lower.last, value=found.value + lower.value, scale=_THOUSAND, of=False)
        if below.about:
            break
        if below.value >= found.scale:
            thousands = found._replace(last=lower.last, value=found.value + lower.value, scale=_ONE)
            whole = scaled(tokens, thousands, tongue) if found.scale == _THOUSAND > lower.value else None
            return whole or found  # mille deux cents milliards
        found = found._replace(last=below.last, value=found.value + below.value, scale=below.scale, of=below.of)
    return found


def _left_out(found: Magnitude, lower: Magnitude) -> Decimal | None:
    """Return the power of ten that *un milliard deux* and *un milliard deux cents* leave out."""
    if not found.spelled or found.scale < _SHORTENED:
        return None
    if lower.value < _TEN:
        return found.scale / _TEN
    return found.scale / _THOUSAND if found.scale >= _BILLION and lower.value >= _HUNDRED else None


def _continues(found: Magnitude, lower: Magnitude) -> bool:
    """Tell whether a number can be the rest of a larger one: whole, and in digits or words as that is."""
    whole = found.value == found.value.to_integral_value() and lower.value == lower.value.to_integral_value()
    return whole and lower.spelled == found.spelled and not lower.part and lower.value > 0
