"""The readers of quantities that the grammar is compared with, each told in base units as kindly as is honest.

A reader is asked in the language of the sentence where it has that. The name that it gives to a unit is looked up in
the grammar's own table, in both languages, so that a *gigawatt*, a *Kilomètre* or a *United States dollar* becomes
base units; what has no unit is a count. The remaining rules:

- quantulum3 knows English only and reads French with that. Its ranges are a mean and an uncertainty, which are made
  low and high again. Of a rate (*dollar per year*) the unit before *per* counts.
- Recognizers-Text is asked for currencies, dimensions, percentages, durations and plain numbers; where they overlap,
  the first of these in this order counts. It has no ranges of its own here.
- price-parser reads one price from a short text: it is told where each expected amount stands, and reads that.
- text2num reads numbers in words only: what stands in digits is taken for it as it stands, with the decimal mark of
  the language.
"""

import re
import warnings
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation, localcontext
from functools import cache
from importlib.metadata import version
from typing import Any, NamedTuple, get_args

from index.figures.grammar.tokens import tokenise
from index.figures.grammar.units import Unit, units
from index.model import Language
from tests.index.figures.development import Reader, Spoken, read

_COUNT = Unit("count", "measure", Decimal(1))
_ALIASES = {
    "percentage": "percent",
    "pound": "pound sterling",
    "metric ton": "tonne",
    "united states dollar": "us dollar",
    "dollar états-unis": "dollar us",
    "chinese yuan": "yuan",
    "yuan chinois": "yuan",
    "japanese yen": "yen",
    "yen japonais": "yen",
    "livre britannique": "livre sterling",
    "floating point operations per second": "flops",
    "units": "",
    "dimensionless": "",
}
_SIGNS = {"euro": "EUR", "$": "$", "€": "€", "£": "£", "¥": "¥"}
_DURATION = re.compile(r"P(T?)([0-9.]+)([YMWDHS])")
_DURATIONS = {"Y": "year", "M": "month", "W": "week", "D": "day", "TH": "hour", "TM": "minute", "TS": "second"}
_WORD = re.compile(r"[^\W_]+|[^\w\s]")
_DIGITS = re.compile(r"[0-9]+(?:[.,][0-9]+)*")


class Reading(NamedTuple):
    """What a reader says of one quantity, in base units."""

    start: int
    end: int
    value: Decimal | None
    low: Decimal | None
    high: Decimal | None
    unit: str


class Peer(NamedTuple):
    """A reader, the package that it is, and whether it has units at all."""

    name: str
    package: str
    reader: Reader
    units: bool = True


def unit_named(name: str) -> Unit | None:
    """Return the unit that a reader's name for it means; nothing if the grammar knows none of that name."""
    name = _ALIASES.get(name.casefold(), name)
    if not name:
        return _COUNT
    tokens = tokenise(name)
    language: Language
    for language in get_args(Language):
        for spelling in (tokens, tokenise(name.lower())):
            found = units(language).after(spelling, 0)
            if found is not None and not spelling.keys[found.place]:
                return found.meaning
    return None


def _reading(start: int, end: int, values: list[Decimal], name: str) -> Reading:
    unit = unit_named(name)
    if unit is None:
        unit = Unit(name, "measure", Decimal(1))
    values = [value * unit.factor for value in values]
    low, high = (min(values), max(values)) if len(values) > 1 else (None, None)
    return Reading(start, end, values[0] if len(values) == 1 else None, low, high, unit.base)


def _quantulum(sentence: Spoken, _: Language) -> list[Reading]:
    from quantulum3 import parser  # type: ignore[import-not-found,unused-ignore]

    readings = []
    for each in parser.parse(sentence.text):
        value = Decimal(str(each.value))
        spread = Decimal(str(each.uncertainty or 0))
        values = [value - spread, value + spread] if spread else [value]
        start, end = each.span
        readings.append(_reading(start, end, values, each.unit.name.split(" per ")[0]))
    return readings


def _recognizers(sentence: Spoken, language: Language) -> list[Reading]:
    with localcontext():  # it sets the precision of all decimals to 15 digits
        recognised = list(_recognised(sentence.text, {"fr": "fr-fr", "en": "en-us"}[language]))
    readings: list[Reading] = []
    for found in recognised:
        start, end = found.start, found.end + 1
        if any(start < other.end and other.start < end for other in readings):
            continue
        said = _resolution(found.resolution or {}, language)
        if said is not None:
            readings.append(_reading(start, end, [said[0]], said[1]))
    return sorted(readings, key=lambda reading: reading.start)


def _recognised(text: str, culture: str) -> Iterator[Any]:
    from recognizers_date_time import recognize_datetime  # type: ignore[import-not-found,unused-ignore]
    from recognizers_number import (  # type: ignore[import-not-found,unused-ignore]
        recognize_number,
        recognize_percentage,
    )
    from recognizers_number_with_unit import (  # type: ignore[import-not-found,unused-ignore]
        recognize_currency,
        recognize_dimension,
    )

    for recognise in (recognize_currency, recognize_dimension, recognize_percentage):
        yield from recognise(text, culture)
    yield from (found for found in recognize_datetime(text, culture) if found.type_name.endswith(".duration"))
    yield from recognize_number(text, culture)


def _resolution(said: dict[str, Any], language: Language) -> tuple[Decimal, str] | None:
    """Return the number and the name of the unit in what Recognizers-Text resolves a text to."""
    if "values" in said:
        duration = _DURATION.fullmatch(said["values"][0]["timex"])
        return None if duration is None else (Decimal(duration[2]), _DURATIONS.get(duration[1] + duration[3], ""))
    if not said.get("value"):
        return None
    written, name = str(said["value"]), said.get("unit") or ""
    if written.endswith("%"):
        written, name = written[:-1], "percent"
    if language == "fr":
        written = written.replace(",", ".")
    try:
        return Decimal(written), name
    except InvalidOperation:
        return None


def _prices(sentence: Spoken, _: Language) -> list[Reading]:
    from price_parser import Price  # type: ignore[import-not-found,unused-ignore]

    readings = []
    for expected in sentence.quantities:
        price = Price.fromstring(expected["text"])
        if price.amount is not None:
            name = _SIGNS.get(price.currency or "", price.currency or "")
            readings.append(_reading(expected["start"], expected["end"], [price.amount], name))
    return readings


class _Token(NamedTuple):
    """A word as text2num asks for it."""

    written: str

    def text(self) -> str:
        return self.written

    def nt_separated(self, _: "_Token") -> bool:
        return False

    def not_a_number_part(self) -> bool:
        return False


def _numbers(sentence: Spoken, language: Language) -> list[Reading]:
    from text_to_num import find_numbers  # type: ignore[import-not-found,unused-ignore]

    words = list(_WORD.finditer(sentence.text))
    readings = [
        _reading(words[found.start].start(), words[found.end - 1].end(), [Decimal(str(found.value))], "")
        for found in find_numbers([_Token(word[0]) for word in words], language, 0.0)
        if not found.is_ordinal
    ]
    for digits in _DIGITS.finditer(sentence.text):
        value = _in_digits(digits[0], language)
        overlaps = any(digits.start() < other.end and other.start < digits.end() for other in readings)
        if value is not None and not overlaps:
            readings.append(_reading(digits.start(), digits.end(), [value], ""))
    return sorted(readings, key=lambda reading: reading.start)


def _in_digits(written: str, language: Language) -> Decimal | None:
    plain = written.replace(",", ".") if language == "fr" else written.replace(",", "")
    try:
        return Decimal(plain)
    except InvalidOperation:
        return None


PEERS = (
    Peer("Sourcier", "", read),
    Peer("Recognizers-Text", "recognizers-text-suite", _recognizers),
    Peer("quantulum3", "quantulum3", _quantulum),
    Peer("price-parser", "price-parser", _prices),
    Peer("text2num", "text2num", _numbers, units=False),
)


@cache
def missing(peer: Peer) -> str:
    """Return why a peer cannot be run here; nothing if it can."""
    if not peer.package:
        return ""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            peer.reader(Spoken("", "4 km", [], [], []), "en")
        except ImportError as error:
            return str(error)
    return ""


def named(peer: Peer) -> str:
    """Return a peer's name with its version."""
    return f"{peer.name} {version(peer.package)}" if peer.package and not missing(peer) else peer.name
