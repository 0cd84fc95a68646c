"""Units that stand in a table's labels: *Capacity (GW)*, *en milliards d'euros*, *$ millions*."""

import re
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from index.figures.quantities import quantities
from index.model import Language


class Unit(NamedTuple):
    """What a bare number of a table lacks: what stands before it and what comes after it."""

    before: str
    after: str


class Label(NamedTuple):
    """A label without the unit that stands in it, and that unit; ``text`` may be empty."""

    text: str
    unit: Unit | None


_LONGEST = 40  # code points: a longer stretch is no unit
_SAMPLE = "2.5"
_IN_BRACKETS = re.compile(r"[ \u00a0\u202f]*[(\[]([^()\[\]]{1,60})[)\]](?=$|\W)")
_IN_WORDS = re.compile(
    r"(?:,|^|(?<=\w))[ \u00a0\u202f]*\b(?:en|in|unités?\s?:|units?\s?:)[ \u00a0\u202f]+(?P<unit>[^,;:]+)$",
    re.IGNORECASE,
)
_AT_THE_END = re.compile(
    r"(?<=[\w,)])[ \u00a0\u202f]+(?P<unit>[%$€£]|(?=\S*[^\Wa-z])[^\W\d_]{2,3}[$€£]?|[kMG][$€£]|Mds?[ ]?[$€£])$"
)
_EXCEPT = re.compile(r",?\s(?:except|excluding|unless|sauf|hors)\b.*", re.IGNORECASE)
_OPENING = re.compile(r"(?:en|in|unités?\s?:|units?\s?:)[ \u00a0\u202f]+", re.IGNORECASE)
_MONEY_FIRST = re.compile(
    r"(?P<money>(?:[A-Z]{2}\s?)?[$€£¥]|[A-Z]{3})[ \u00a0\u202f]*(?:(?:en|in)\s)?[ \u00a0\u202f]*(?P<scale>[^\W\d_]*)\.?"
)
_SCALE_FIRST = re.compile(r"(?P<scale>[^\W\d_]+)s?[ \u00a0\u202f](?:of|de|d['’])\s?(?P<money>[^\W\d_][^,;:]*)")
_SINGULAR = {"thousands": "thousand", "hundreds": "hundred", "millions": "million", "billions": "billion"}
_SINGULAR |= {"trillions": "trillion"}
_ONE = r"\d(?:[\d.,'’ \u00a0\u202f]*\d)?"
_TO = r"[ \u00a0]?[-–—][ \u00a0]?|[ \u00a0](?:à|to)[ \u00a0]"
_MARK = r"[ \u00a0]?(?:[*†‡¹²³]{1,3}|\([a-z]{1,2}\))?"
_BARE = re.compile(
    rf"(?P<sign>[~≈<>≤≥±+−–-]?[ \u00a0]?)(?P<number>{_ONE}(?:(?:{_TO}){_ONE})?)(?P<mark>{_MARK})",
)
_IN_DEBT = re.compile(rf"\([ \u00a0]?({_ONE})[ \u00a0]?\)")


def read_label(label: str, language: Language) -> Label:
    """Return a label and the unit in it: *Capacity (GW)* is *Capacity* in GW. A label may be a unit and no more."""
    for bracket in _IN_BRACKETS.finditer(label):
        if unit := read_unit(bracket[1], language):
            return Label((label[: bracket.start()] + label[bracket.end() :]).strip(" ,:\u00a0\u202f"), unit)
    for pattern in (_IN_WORDS, _AT_THE_END):
        for words in pattern.finditer(label):
            if unit := read_unit(words["unit"], language):
                return Label(label[: words.start()].rstrip(" ,:\u00a0\u202f"), unit)
    return Label(label, None)


@lru_cache(maxsize=1_000)
def read_unit(text: str, language: Language) -> Unit | None:
    """Return the unit that a text is, if the grammar of figures takes it for one: *GW*, *$bn*, *in millions*."""
    text = _EXCEPT.sub("", text).strip(" .:\u00a0\u202f")
    if not text or len(text) > _LONGEST or text[0].isdigit():
        return None
    text = text[opening.end() :] if (opening := _OPENING.match(text)) else text
    return next((unit for unit in _ways(text, language) if _is_read(unit, language)), None)


def _ways(text: str, language: Language) -> list[Unit]:
    """Return the ways in which a number could be written with a unit, those that read best first."""
    ways = [Unit("", "%" if text == "%" and language == "en" else f" {text}")]
    if language == "en":
        if text in _SINGULAR:
            ways.insert(0, Unit("", f" {_SINGULAR[text]}"))
        elif scaled := _SCALE_FIRST.fullmatch(text):
            ways.insert(0, Unit("", f" {_SINGULAR.get(scaled['scale'], scaled['scale'])} {scaled['money']}"))
    if money := _MONEY_FIRST.fullmatch(text):
        sign, scale = money["money"], money["scale"]
        scale = _SINGULAR.get(scale, scale) if language == "en" else scale
        if sign.isalpha():
            ways[:0] = [Unit("", f" {scale} {sign}"), Unit(f"{sign} ", f" {scale}")] if scale else []
        elif scale or language == "en":
            ways.insert(0, Unit(sign, scale if len(scale) <= len("bn") else f" {scale}"))
    return ways


def _is_read(unit: Unit, language: Language) -> bool:
    """Tell whether a number with this unit is read whole, as a measure or as thousands, millions and so on."""
    written = f"{unit.before}{_SAMPLE}{unit.after}"
    found = quantities(written, language)
    if len(found) != 1 or (found[0].start, found[0].end) != (0, len(written)):
        return False
    return found[0].unit != "count" or (found[0].counted is None and found[0].value != Decimal(_SAMPLE))


def is_bare(value: str) -> bool:
    """Tell whether a value is a number, or a range of numbers, without a unit of its own."""
    return bool(_BARE.fullmatch(value) or _IN_DEBT.fullmatch(value))


def with_unit(value: str, unit: Unit, *, is_loss: bool = False) -> str:
    """Return a bare number with its unit; one in brackets is negative, as accountants write it, unless of a loss."""
    if debt := _IN_DEBT.fullmatch(value):
        return f"{'' if is_loss else '-'}{unit.before}{debt[1]}{unit.after}"
    bare = _BARE.fullmatch(value)
    return f"{bare['sign']}{unit.before}{bare['number']}{unit.after}{bare['mark']}" if bare else value
