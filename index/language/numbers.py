"""Numbers and units in one form, so that ``4,5 GW`` meets ``4.5 gigawatts`` and ``30 Md$`` ``30 milliards de dollars``.

This rewrites text for the index only: what is shown is always the source's own text.
"""

import re
from typing import Literal

# Digits in groups of three, told apart by a space (also no-break or thin), an apostrophe, a full stop or a comma.
_GROUPED = re.compile(r"(?<![\d.,])\d{1,3}(?:(?P<mark>[ \u00a0\u202f\u2009'.,])\d{3})(?:(?P=mark)\d{3})*(?![\d])")
_DECIMAL_COMMA = re.compile(r"(?<=\d),(?=\d)")
_CURRENCY_BEFORE = re.compile(r"(?:us|c|a)?(?P<sign>[$€£])\s?(?P<number>\d[\d.]*)(?P<rest>\s?(?:[a-z]+\b)?)")

_MAGNITUDES = {"md": "milliard", "mds": "milliard", "mrd": "milliard", "mrds": "milliard", "bn": "milliard"}
_CURRENCIES = {"$": " dollar ", "€": " euro ", "£": " livre "}
_UNITS = {
    "w": "watt",
    "kw": "kilowatt",
    "mw": "megawatt",
    "gw": "gigawatt",
    "tw": "terawatt",
    "wh": "wattheure",
    "kwh": "kilowattheure",
    "mwh": "megawattheure",
    "gwh": "gigawattheure",
    "twh": "terawattheure",
    "ko": "kilooctet",
    "mo": "megaoctet",
    "go": "gigaoctet",
    "to": "teraoctet",
    "kb": "kilooctet",
    "mb": "megaoctet",
    "gb": "gigaoctet",
    "tb": "teraoctet",
    "km": "kilometre",
    "kg": "kilogramme",
}
_AFTER_NUMBER = re.compile(
    r"(?<=\d)\s?(?P<word>" + "|".join(sorted((*_MAGNITUDES, *_UNITS), key=len, reverse=True)) + r")\b"
)
# The English words: a billion is a milliard, a trillion a French billion.
_ENGLISH = re.compile(r"\b(?P<word>billions?|trillions?)\b")
_FRENCH_BILLION = re.compile(r"\bbillions?\b")
_PER_CENT = re.compile(r"\s?%|\b(?:per cent|percent|pour cent|pourcents?)\b")
_EURO_CODES = re.compile(r"(?<=\d)\s?(?:eur|usd)\b|\b(?:usd|eur)\s?(?=\d)")
# Units that are no words of either language need no number before them.
_UNIT_WORDS = re.compile(
    r"\b(?P<word>" + "|".join(unit for unit in _UNITS if len(unit) > 1 and unit[-1] in "wh") + r")\b"
)


def normalise(text: str, language: Literal["fr", "en"]) -> str:
    """Return a casefolded text with its numbers, currencies and units in one form."""
    if not any(c.isdigit() or c in "$€£%" for c in text) and not _UNIT_WORDS.search(text):
        return _magnitudes(text, language)
    text = _GROUPED.sub(lambda match: _join(match, language), text)
    text = _DECIMAL_COMMA.sub(".", text)
    text = _EURO_CODES.sub(lambda match: " dollar " if "usd" in match[0] else " euro ", text)
    text = _CURRENCY_BEFORE.sub(lambda match: f"{match['number']}{match['rest']}{_CURRENCIES[match['sign']]}", text)
    text = _AFTER_NUMBER.sub(lambda match: f" {_MAGNITUDES.get(match['word']) or _UNITS[match['word']]} ", text)
    for sign, name in _CURRENCIES.items():
        text = text.replace(sign, name)
    text = _PER_CENT.sub(" pourcent ", text)
    text = _UNIT_WORDS.sub(lambda match: _UNITS[match["word"]], text)
    return _magnitudes(text, language)


def _join(match: re.Match[str], language: str) -> str:
    """Join the groups of a number, unless the mark is the language's decimal mark and stands once."""
    number, mark = match[0], match["mark"]
    if number.count(mark) == 1 and mark == ("," if language == "fr" else "."):
        return number
    return number.replace(mark, "")


def _magnitudes(text: str, language: str) -> str:
    if language == "fr":
        return _FRENCH_BILLION.sub("trillion", text)
    return _ENGLISH.sub(lambda match: "milliard" if match["word"].startswith("b") else "trillion", text)
