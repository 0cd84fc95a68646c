"""Numbers below a thousand in words: *soixante et onze*, *two hundred and five*, and the article that may mean one."""

from typing import NamedTuple

from index.figures.grammar.tokens import Tokens, past_hyphen
from index.figures.grammar.tongue import Tongue

_TWENTY = 20
_HUNDRED = 100
_TEENS_AFTER = (60, 80)  # soixante-dix, quatre-vingt-dix


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


def _below_hundred(tokens: Tokens, place: int, tongue: Tongue) -> Spelled | None:  # noqa: PLR0911
    numbers, keys = tongue.numbers, tokens.keys
    value = numbers.get(keys[place])
    if value is None:
        return None
    after = past_hyphen(tokens, place + 1)
    following = numbers.get(keys[after], 0)
    french = tongue.language == "fr"
    if french and value == 4 and following == _TWENTY:  # noqa: PLR2004 - quatre-vingts
        value, place = 80, after
        after = past_hyphen(tokens, place + 1)
        following = numbers.get(keys[after], 0)
    if value < _TWENTY:
        if french and value == 10 and following in (7, 8, 9):  # noqa: PLR2004 - dix-sept
            return Spelled(value + following, after + 1)
        return Spelled(value, place + 1)
    if french and keys[after] == tongue.joining:
        joined = past_hyphen(tokens, after + 1)
        one = numbers.get(keys[joined])
        if one == 1 or (one == 11 and value == 60):  # noqa: PLR2004 - vingt et un, soixante et onze
            return Spelled(value + one, joined + 1)
        return Spelled(value, place + 1)
    if 0 < following < 10 and (following > 1 or not french or after > place + 1):  # noqa: PLR2004 - vingt-deux
        return Spelled(value + following, after + 1)
    if french and value in _TEENS_AFTER and 10 <= following < _TWENTY:  # noqa: PLR2004 - soixante-dix-sept
        teens = _below_hundred(tokens, after, tongue)
        return teens and Spelled(value + teens.value, teens.place)
    return Spelled(value, place + 1)
