"""Numbers below a thousand in words: *soixante et onze*, *two hundred and five*, and the article that may mean one."""

from typing import NamedTuple

from index.figures.grammar.tokens import Tokens, past_hyphen
from index.figures.grammar.tongue import Tongue

_FOUR = 4
_TEN = 10
_TWENTY = 20
_HUNDRED = 100
_TEENS_AFTER = (60, 80)  # soixante-dix, quatre-vingt-dix
_AFTER_TEN = (7, 8, 9)  # dix-sept


class Spelled(NamedTuple):
    """A number in words and the place after it. ``article``: it is *un*, *une*, *a*, *an* or *one* alone."""

    value: int
    place: int
    article: bool = False


def read(tokens: Tokens, place: int, tongue: Tongue) -> Spelled | None:
    """Return the number below a thousand (in English, below ten thousand) whose words start at a place."""
    keys = tokens.keys
    key = keys[place]
    if key in tongue.hundred:
        return _with_rest(tokens, Spelled(_HUNDRED, place + 1), tongue) if key in tongue.alone else None
    article = key in tongue.articles
    if article:
        found = Spelled(1, place + 1, article=True)
    else:
        below = _below_hundred(tokens, place, tongue)
        if below is None:
            return None
        found = below
    after = past_hyphen(tokens, found.place)
    if keys[after] in tongue.hundred and found.value:
        return _with_rest(tokens, Spelled(found.value * _HUNDRED, after + 1), tongue)
    return found


def _with_rest(tokens: Tokens, hundreds: Spelled, tongue: Tongue) -> Spelled:
    """Add the tens and ones that follow hundreds."""
    after = past_hyphen(tokens, hundreds.place)
    if tongue.language == "en" and tokens.keys[after] == tongue.joining:
        after += 1
    rest = _below_hundred(tokens, after, tongue)
    return hundreds if rest is None or not rest.value else Spelled(hundreds.value + rest.value, rest.place)


def _below_hundred(tokens: Tokens, place: int, tongue: Tongue) -> Spelled | None:
    value = tongue.numbers.get(tokens.keys[place])
    if value is None:
        return None
    return (_french if tongue.language == "fr" else _english)(tokens, place, value, tongue)


def _english(tokens: Tokens, place: int, value: int, tongue: Tongue) -> Spelled:
    """Return *seven*, *twenty*, *twenty-seven*."""
    after = past_hyphen(tokens, place + 1)
    ones = tongue.numbers.get(tokens.keys[after], 0)
    if value >= _TWENTY and 0 < ones < _TEN:
        return Spelled(value + ones, after + 1)
    return Spelled(value, place + 1)


def _french(tokens: Tokens, place: int, value: int, tongue: Tongue) -> Spelled:
    """Return *sept*, *dix-sept*, *vingt*, *vingt et un*, *quatre-vingt-dix-sept*."""
    keys, numbers = tokens.keys, tongue.numbers
    after = past_hyphen(tokens, place + 1)
    if value == _FOUR and numbers.get(keys[after]) == _TWENTY:
        value, place = _FOUR * _TWENTY, after
        after = past_hyphen(tokens, place + 1)
    joined = past_hyphen(tokens, after + 1) if keys[after] == tongue.joining else after
    ones = numbers.get(keys[joined], 0)
    if joined != after:  # vingt et un, soixante et onze
        fits = value >= _TWENTY and (ones == 1 or (ones == _TEN + 1 and value in _TEENS_AFTER))
    elif value == _TEN:
        fits = ones in _AFTER_TEN
    elif value in _TEENS_AFTER and _TEN <= ones < _TWENTY:
        teens = _french(tokens, joined, ones, tongue)
        return Spelled(value + teens.value, teens.place)
    else:  # "vingt un" without a hyphen is twenty and an article
        fits = value >= _TWENTY and 0 < ones < _TEN and (ones > 1 or after > place + 1)
    return Spelled(value + ones, joined + 1) if fits else Spelled(value, place + 1)
