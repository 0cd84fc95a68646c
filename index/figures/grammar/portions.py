"""Parts of a whole and multiples: *un tiers*, *la moitié*, *two-thirds*, *one in five*, *doubler*, *twice*."""

from decimal import Decimal

from index.figures.grammar import amounts, magnitudes, spelled
from index.figures.grammar.amounts import Amount
from index.figures.grammar.magnitudes import Magnitude
from index.figures.grammar.pages import Page
from index.figures.grammar.tokens import APART, GLUED, NUMBER, WORD, past_hyphen
from index.figures.grammar.units import Unit

FRACTION = Unit("fraction", "share", Decimal(1))
TIMES = Unit("times", "multiple", Decimal(1))

_HALF = Decimal("0.5")
_PLACES = Decimal("0.000001")
_MOST_OF = 1000
_ORDINALS_FROM = 5  # French fractions from a fifth on are ordinals too, English ones from a third on
_QUARTER = 4
_LARGEST_WRITTEN = 20
_OF = frozenset({"de", "du", "des", "of"})


def read(page: Page, place: int) -> Amount | None:
    """Return the part or multiple whose words start at a place."""
    key = page.tokens.keys[place]
    tongue = page.tongue
    if key in tongue.multiples:
        return _multiple(page, place)
    if key in tongue.half:
        return _half(page, place)
    keys = page.tokens.keys
    if keys[place + 1] in tongue.after_portion or key in tongue.the or key in tongue.articles:
        found = _part(page, place) or _one_of(page, place) or _written(page, place)
        if found is not None:
            return found
    elif keys[place + 2] in tongue.after_portion:
        found = _part(page, place) or _one_of(page, place)
        if found is not None:
            return found
    return _factor(page, place) if place and keys[place - 1] in tongue.before_factor else None


def _part(page: Page, place: int) -> Amount | None:
    """Return *un tiers*, *les deux tiers*, *three quarters*, *a quarter of a billion*."""
    tokens, tongue = page.tokens, page.tongue
    first = place
    if tokens.keys[place] in tongue.the:
        if tokens.keys[place + 1] not in tongue.parts:
            return None
        count, place = 1, place + 1
    else:
        number = spelled.read(tokens, place, tongue)
        if number is not None:
            count, place = number.value, number.place
            if number.article and tokens.keys[place] in tongue.between:  # un bon tiers
                place += 1
        elif tokens.kinds[place] is NUMBER and tokens.keys[place].isdigit() and len(tokens.keys[place]) == 1:
            count, place = int(tokens.keys[place]), place + 1
        else:
            return None
    place = past_hyphen(tokens, place)
    whole = tongue.parts.get(tokens.keys[place])
    if whole is None or not 0 < count < whole or tokens.gaps[place] > APART:
        return None
    place += 1
    value = (Decimal(count) / whole).quantize(_PLACES).normalize()
    of_unit = _of_unit(page, Magnitude(first, place, value, spelled=True))
    if of_unit is not None:
        return of_unit
    return _fraction(first, place, value) if _is_fraction(page, first, place, whole) else None


def _of_unit(page: Page, number: Magnitude) -> Amount | None:
    """Return *un quart de milliard*, *three quarters of an hour*: a part of a unit or power of ten."""
    tokens, tongue = page.tokens, page.tongue
    place = number.last
    if tokens.keys[place] not in ("de", "of"):
        return None
    place += 1
    if tongue.language == "en" and tokens.keys[place] in tongue.articles:
        place += 1
    key = tokens.keys[place]
    if key in tongue.scales:
        scaled = magnitudes.scaled(tokens, number._replace(last=place), tongue)
        return None if scaled is None else amounts.with_unit(page, number.first, scaled)
    unit = tongue.units.after(tokens, place)
    if unit is None or unit.meaning.kind == "multiple":
        return None
    return amounts.with_unit(page, number.first, number._replace(last=place))


def _is_fraction(page: Page, first: int, place: int, whole: int) -> bool:
    """Tell whether what could be an ordinal or a quarter of a year is a part: what follows must be its whole."""
    tokens, tongue = page.tokens, page.tongue
    key = tokens.keys[place]
    if tongue.language == "fr":
        if key == "de" and tokens.keys[place + 1] in tongue.not_whole:
            return False
        sure = whole < _ORDINALS_FROM
    else:
        sure = (tokens.keys[place - 1].endswith("s") and whole != _QUARTER) or tokens.keys[first] == "one"
    if sure or key in _OF:
        return True
    if tokens.kinds[place] is WORD and tokens.gaps[place] <= APART:
        return key in tongue.compared
    if tongue.language == "fr":
        return True
    return first > 0 and (tokens.keys[first - 1] in tongue.part_after or _is_bound(page, first))


def _is_bound(page: Page, first: int) -> bool:
    return page.tongue.bound_before.before(page.tokens.keys, first) is not None


def _half(page: Page, place: int) -> Amount | None:
    """Return *la moitié*, *half of*, *half the*; *un demi-milliard* and *half a billion* are numbers."""
    tokens, tongue = page.tokens, page.tongue
    if tongue.language == "fr":
        if place and tokens.keys[place - 1] == "a":  # à moitié vide
            return None
        first = place - 1 if place and tokens.keys[place - 1] in tongue.the else place
        return _fraction(first, place + 1, _HALF)
    if magnitudes.read(tokens, place, tongue) is not None or tokens.keys[place + 1] == "-":
        return None
    before = tokens.keys[place - 1] if place else ""
    followed = tokens.keys[place + 1] in tongue.half_of
    if followed or before in tongue.part_after or _is_bound(page, place):
        return _fraction(place, place + 1, _HALF)
    return None


def _one_of(page: Page, place: int) -> Amount | None:
    """Return *un sur cinq*, *un Français sur trois*, *one in five*, *two out of three*."""
    tokens, tongue = page.tokens, page.tongue
    some = _small(page, place)
    if some is None or (place and tokens.keys[place - 1] in tongue.labels):
        return None
    count, after = some
    if tongue.language == "fr" and tokens.keys[after] != "sur" and tokens.kinds[after] is WORD:
        after += 1
    link = tongue.one_in.after(tokens.keys, after)
    if link is None or tokens.gaps[after] > APART:
        return None
    of = _small(page, link.place)
    if of is None:
        return None
    whole, end = of
    if not count < whole <= _MOST_OF or _goes_on(page, end):
        return None
    return _fraction(place, end, (Decimal(count) / whole).quantize(_PLACES).normalize())


def _goes_on(page: Page, place: int) -> bool:
    """Tell whether the second number of *2 sur 10* has a unit or more digits: *2 sites sur 10 ans*, *sur 10 %*."""
    tokens, tongue = page.tokens, page.tongue
    if tokens.keys[place] in tongue.scales or tongue.units.after(tokens, place) is not None:
        return True
    return tokens.gaps[place] == GLUED and (tokens.kinds[place] in (WORD, NUMBER) or tokens.keys[place] in ("/", "-"))


def _small(page: Page, place: int) -> tuple[int, int] | None:
    """Return a number below a thousand in digits or words, and the place after it."""
    tokens = page.tokens
    if tokens.kinds[place] is NUMBER:
        key = tokens.keys[place]
        return (int(key), place + 1) if key.isdigit() and key[0] != "0" and int(key[:5]) <= _MOST_OF else None
    if tokens.keys[place] in ("a", "an"):
        return None
    word = spelled.read(tokens, place, page.tongue)
    return None if word is None else (word.value, word.place)


def _written(page: Page, place: int) -> Amount | None:
    """Return *1/3 du capital*, *2/3 of the capital*."""
    tokens = page.tokens
    if tokens.keys[place + 1] != "/" or tokens.gaps[place + 1] != GLUED or tokens.gaps[place + 2] != GLUED:
        return None
    some, of = _small(page, place), _small(page, place + 2)
    if some is None or of is None or not some[0] < of[0] <= _LARGEST_WRITTEN:
        return None
    if tokens.keys[of[1]] not in _OF or (place and tokens.gaps[place] == GLUED):
        return None
    return _fraction(place, of[1], (Decimal(some[0]) / of[0]).quantize(_PLACES).normalize())


def _factor(page: Page, place: int) -> Amount | None:
    """Return the number of *multiplié par quatre* or *a factor of 10*; what is divided by two is half as much."""
    tokens, tongue = page.tokens, page.tongue
    found = tongue.factors.before(tokens.keys, place)
    if found is None:
        return None
    number = magnitudes.read(tokens, place, tongue)
    if number is None or number.article or not number.value or tongue.units.after(tokens, number.last) is not None:
        return None
    value = number.settled("count", tongue)
    if found.meaning == "divided":
        value = (1 / value).quantize(_PLACES).normalize()
    return Amount(found.place, number.last, number, value, TIMES)


def _multiple(page: Page, place: int) -> Amount | None:
    """Return *doubler*, *a triplé*, *twice*; *double* before a noun is none."""
    tokens, tongue = page.tokens, page.tongue
    key, following = tokens.keys[place], tokens.keys[place + 1]
    value = Decimal(tongue.multiples[key])
    if following == "-" and tokens.gaps[place + 1] == GLUED:
        return None
    plain = tokens.texts[place].lower() in tongue.ambiguous_multiples
    if plain and not _is_verb_or_noun(page, place):
        return None
    if following in tongue.not_after_double:
        return None
    return Amount(place, place + 1, Magnitude(place, place + 1, value, spelled=True), value, TIMES)


def _is_verb_or_noun(page: Page, place: int) -> bool:
    """Tell whether *double* is the verb or *le double*, not an adjective: no noun follows."""
    tokens, tongue = page.tokens, page.tongue
    before = tokens.keys[place - 1] if place else ""
    if before in tongue.before_double:
        return True
    return tokens.kinds[place + 1] is not WORD or tokens.keys[place + 1] in tongue.function_words


def _fraction(first: int, last: int, value: Decimal) -> Amount:
    return Amount(first, last, Magnitude(first, last, value, spelled=True), value, FRACTION)
