"""Figures in words of a language: values with their unit, bound and rate, and the formulas of what is computed.

Values come in base units (W, USD, 0-100 for percent, ...) and are shown with the prefix or scale that makes them short;
no digit is added, and none is lost but in a quotient that has no end.
"""

import re
from collections.abc import Iterator
from decimal import Decimal, localcontext
from fractions import Fraction

from bot.printable import printable
from bot.translation import Translator
from index.figures.deals import Measure
from index.figures.kinds import Bound, Operation
from index.model import Figure

SPOKEN_SIGNS = {Operation.SUM: "+", Operation.DIFFERENCE: "−", Operation.PRODUCT: "×", Operation.QUOTIENT: "÷"}
"""The sign between the operands of what is computed."""

_GLUE = "\u00a0"
_MOST_DECIMALS = 2  # of a number before million, billion
_ROUNDED = 3  # significant digits of a quotient that has no end
_MOST_PARTS = 20  # of a fraction that is written as one, such as 1/3
_PLURAL = 2  # from here on French has a plural
_NEAR = Decimal("0.00001")
_THOUSAND = Decimal(1000)
_LARGE = (("Y", 24), ("Z", 21), ("E", 18), ("P", 15), ("T", 12), ("G", 9), ("M", 6), ("k", 3))
_SMALL = (("m", -3), ("µ", -6), ("n", -9))
_PREFIXED = frozenset({"W", "Wh", "FLOPS", "B", "B/s", "bit", "bit/s", "Hz", "V", "VA", "J"})
_POWERS = {"m2": "m²", "m3": "m³"}
_SIGNS = {"USD": "$", "EUR": "€", "GBP": "£"}


def measure(figure: Figure | Measure, speaker: Translator) -> str:
    """Return a value in words, all in all: ``environ 400 000 « puces GB200 »``; empty for a date, which has none.

    What is counted and what there is one such value for are words of the source, and quoted.
    """
    if figure.value is not None:
        value = shown_value(figure) if isinstance(figure, Figure) else figure.value
        said = bounded(_result(figure, value, speaker), figure.bound, speaker)
    elif figure.low is not None and figure.high is not None:
        low, high = (amount(end, figure.unit, speaker) for end in (figure.low, figure.high))
        said = speaker.text("between {low} and {high}", low=low, high=high)
    else:
        return ""
    if figure.counted is not None:
        said = f"{said} {quoted(figure.counted, speaker)}"
    if figure.per is not None:
        said = f"{said} {_rate(figure.per, speaker)}"
    if figure.each is not None:
        said = speaker.text("{value} per {thing}", value=said, thing=quoted(figure.each, speaker))
    return said


def quoted(words: str, speaker: Translator) -> str:
    """Return words of a source in the quotation marks of the language that is spoken."""
    return speaker.quoted(printable(words, fold=True))


def bounded(said: str, bound: Bound, speaker: Translator) -> str:
    """Return an amount in words with the side on which it leaves room."""
    if bound is Bound.ABOUT:
        return speaker.text("about {amount}", amount=said)
    if bound is Bound.AT_LEAST:
        return speaker.text("at least {amount}", amount=said)
    if bound is Bound.AT_MOST:
        return speaker.text("up to {amount}", amount=said)
    if bound is Bound.MORE_THAN:
        return speaker.text("more than {amount}", amount=said)
    if bound is Bound.LESS_THAN:
        return speaker.text("less than {amount}", amount=said)
    return said


def amount(value: Decimal, unit: str, speaker: Translator) -> str:
    """Return a value in base units in words: ``4,5 GW``, ``30 Md $``, ``49 %``, ``4 ans``."""
    if unit in {"count", "fraction"}:
        return digits(value, speaker) if unit == "count" else _part(value, speaker)
    if unit == "percent":
        return digits(value, speaker) + (f"{_GLUE}%" if speaker.language == "fr" else "%")
    if unit == "times":
        return speaker.text("{number} times", number=digits(value, speaker))
    if unit in {"second", "minute", "hour", "day", "month", "year"}:
        return _duration(value, unit, speaker)
    if re.fullmatch("[A-Z]{3}", unit):
        return _money(value, unit, speaker)
    return _size(value, unit, speaker)


def digits(value: Decimal, speaker: Translator) -> str:
    """Return a number with all its digits, as the language groups them."""
    from babel.numbers import format_decimal

    plain, places = _plain(value)
    with localcontext() as context:
        context.prec = len(f"{plain:f}") + places + 1
        return str(format_decimal(plain, f"#,##0.{'#' * places}", locale=speaker.language))


def formula(figure: Figure, speaker: Translator) -> str:
    """Return how a figure is computed, in words: ``8 × 50 000 = 400 000``; empty where it is not computed.

    Its operands and its result have their units, a quotient without end is rounded.
    """
    if figure.operation is None or figure.value is None:
        return ""
    operands = [amount(each.value, each.unit, speaker) for each in figure.operands if each.value is not None]
    value = shown_value(figure)
    result = amount(value, "count", speaker) if figure.unit == "times" else _result(figure, value, speaker)
    return f" {SPOKEN_SIGNS[figure.operation]} ".join(operands) + f" {'≈' if is_rounded(figure) else '='} {result}"


def is_rounded(figure: Figure) -> bool:
    """Tell whether a figure is a quotient without end, so that what is shown of it is rounded."""
    return figure.formula is not None and " ≈ " in figure.formula


def shown_value(figure: Figure) -> Decimal:
    """Return a computed figure's value as it is shown: to three digits where it is a quotient without end."""
    value = figure.value or Decimal(0)
    if not is_rounded(figure):
        return value
    with localcontext() as context:
        context.prec = _ROUNDED
        return +value


def _result(figure: Figure | Measure, value: Decimal, speaker: Translator) -> str:
    """Return the value of a figure as an amount; the difference of two percentages is in points."""
    computed = figure.operation if isinstance(figure, Figure) else None
    if computed is not Operation.DIFFERENCE or figure.unit != "percent":
        return amount(value, figure.unit, speaker)
    alone = abs(value) < _PLURAL if speaker.language == "fr" else abs(value) == 1
    number = digits(value, speaker)
    return speaker.plural("{number} point", "{number} points", 1 if alone else _PLURAL, number=number)


def _part(value: Decimal, speaker: Translator) -> str:
    """Return a part of a whole as a fraction with small numbers, or with decimals where it is none."""
    part = Fraction(value).limit_denominator(_MOST_PARTS)
    alike = part != 0 and abs(Decimal(part.numerator) / part.denominator - value) < _NEAR
    return str(part) if alike else digits(value, speaker)


def _rate(per: str, speaker: Translator) -> str:
    return {
        "year": speaker.text("a year"),
        "month": speaker.text("a month"),
        "day": speaker.text("a day"),
        "hour": speaker.text("an hour"),
    }[per]


def _duration(value: Decimal, unit: str, speaker: Translator) -> str:
    from babel.units import format_unit

    plain, places = _plain(value)
    with localcontext() as context:
        context.prec = len(f"{plain:f}") + places + 1
        pattern = f"#,##0.{'#' * places}"
        said = format_unit(plain, f"duration-{unit}", "long", pattern, locale=speaker.language)
    return str(said).replace(" ", _GLUE)


def _money(value: Decimal, currency: str, speaker: Translator) -> str:
    """Return money: ``30 Md $`` in French, ``$30 billion`` in English, with the longest scale that keeps it short."""
    number, scale = next(_scales(value, speaker), (digits(abs(value), speaker), ""))
    minus = "-" if value < 0 else ""
    sign = _SIGNS.get(currency)
    scaled = _GLUE.join(part for part in (number, scale) if part)
    if speaker.language == "fr":
        return f"{minus}{scaled}{_GLUE}{sign or currency}"
    return f"{minus}{sign}{scaled}" if sign else f"{minus}{currency}{_GLUE}{scaled}"


def _scales(value: Decimal, speaker: Translator) -> Iterator[tuple[str, str]]:
    """Yield the number and the scale's name for each scale in which a value has few decimals, the greatest first."""
    names = {"fr": (("Md", 9), ("M", 6)), "en": (("trillion", 12), ("billion", 9), ("million", 6))}[speaker.language]
    for name, power in names:
        scaled, places = _plain(abs(value).scaleb(-power))
        if scaled >= 1 and places <= _MOST_DECIMALS:
            yield digits(scaled, speaker), name


def _size(value: Decimal, unit: str, speaker: Translator) -> str:
    """Return a measure with the SI prefix that leaves one to three digits before the comma."""
    prefix, power = "", 0
    if unit in _PREFIXED or (unit == "m" and abs(value) >= _THOUSAND):
        prefixes = _LARGE if unit != "m" else (("k", 3),)
        prefix, power = next(((name, by) for name, by in prefixes if abs(value) >= Decimal(10) ** by), ("", 0))
    elif unit == "m" and 0 < abs(value) < 1:
        prefix, power = next(((name, by) for name, by in _SMALL if abs(value) >= Decimal(10) ** by), _SMALL[-1])
    elif unit == "t" and 0 < abs(value) < 1:
        unit, power = "kg", -3
    symbol = _POWERS.get(unit, unit)
    if speaker.language == "fr" and unit in {"B", "B/s"}:
        symbol = unit.replace("B", "o")
    return f"{digits(value.scaleb(-power), speaker)}{_GLUE}{prefix}{symbol}"


def _plain(value: Decimal) -> tuple[Decimal, int]:
    """Return a value without zeros at its end, and how many decimals it then has."""
    with localcontext() as context:
        context.prec = max(context.prec, len(value.as_tuple().digits))
        value = value.normalize()
    exponent = value.as_tuple().exponent
    return value, max(0, -exponent) if isinstance(exponent, int) else 0
