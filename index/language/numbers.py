"""Numbers and units in one form, so that ``4,5 GW`` meets ``4.5 gigawatts`` and ``30 Md$`` ``30 milliards de dollars``.

This rewrites text for the index only: what is shown is always the source's own text.
"""

import re

from index.model import Language

# Digits in groups of three, told apart by a space (also no-break or thin), an apostrophe, a full stop or a comma.
# What ends a name is no first group (GB200 400, GPT-4 500), nor is a zero (0,125).
_GROUPED = re.compile(
    r"(?<![\w.,])(?<![^\W\d_]-)[1-9]\d{0,2}(?P<mark>[ \u00a0\u202f\u2009'.,])\d{3}(?:(?P=mark)\d{3})*(?!\d)"
)
_DECIMAL_COMMA = re.compile(r"(?<=\d),(?=\d)")
_CODES = re.compile(r"(?<![^\W\d_])(?P<code>usd|eur)(?![^\W\d_])")
_MILLION = re.compile(r"(?<=\d)\s?m(?=\s?[$€£])")
_CURRENCY_BEFORE = re.compile(
    r"(?:\b(?:us|ca|c|au|a|nz|hk|sg))?(?P<sign>[$€£])\s?(?P<number>\d[\d.]*)(?P<rest>\s?(?:[a-z]+\b)?)"
)

_SIGNS = {"usd": "$", "eur": "€"}
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
    "euros": "euro",  # a plural that the French stemmer leaves
}
_ABBREVIATED = _MAGNITUDES | _UNITS
_FRENCH_ONLY = frozenset({"ko", "mo", "go", "to"})  # words of English: from 3 to 5


def _after_number(*words: str) -> re.Pattern[str]:
    return re.compile(r"(?<=\d)\s?(?P<word>" + "|".join(words) + r")\b")


_AFTER_NUMBER = {
    "fr": _after_number(*_ABBREVIATED),
    "en": _after_number(*(word for word in _ABBREVIATED if word not in _FRENCH_ONLY)),
}
# The English words: a billion is a milliard, a trillion a French billion.
_ENGLISH = re.compile(r"\b(?P<word>billions?|trillions?)\b")
_FRENCH_BILLION = re.compile(r"\bbillions?\b")
_PER_CENT = re.compile(r"\s?%|\b(?:per cent|percent|pour cent|pourcents?)\b")
# Units that are no other words in either language need no number before them.
_UNIT_WORDS = re.compile(r"\b(?P<word>[kmgt]wh?|wh|euros)\b")

_TELLING = re.compile(rf"[\d$€£]|{_PER_CENT.pattern}|{_CODES.pattern}|{_UNIT_WORDS.pattern}")


def normalise(text: str, language: Language) -> str:
    """Return a casefolded text with its numbers, currencies and units in one form."""
    if not _TELLING.search(text):
        return _magnitudes(text, language)
    text = _GROUPED.sub(lambda match: match[0].replace(match["mark"], ""), text)
    text = _DECIMAL_COMMA.sub(".", text)
    text = _CODES.sub(lambda match: _SIGNS[match["code"]], text)
    text = _MILLION.sub(" million", text)
    text = _CURRENCY_BEFORE.sub(_sign_last, text)
    text = _AFTER_NUMBER[language].sub(lambda match: f" {_ABBREVIATED[match['word']]} ", text)
    for sign, name in _CURRENCIES.items():
        text = text.replace(sign, name)
    text = _PER_CENT.sub(" pourcent ", text)
    text = _UNIT_WORDS.sub(lambda match: _UNITS[match["word"]], text)
    return _magnitudes(text, language)


def _sign_last(match: re.Match[str]) -> str:
    """Put a currency sign after its amount. A sign that stands first is English, and so is the word after it."""
    rest = " million" if match["rest"].strip() == "m" else _magnitudes(match["rest"], "en")
    return f" {match['number']}{rest}{_CURRENCIES[match['sign']]}"


def _magnitudes(text: str, language: str) -> str:
    if language == "fr":
        return _FRENCH_BILLION.sub("trillion", text)
    return _ENGLISH.sub(lambda match: "milliard" if match["word"].startswith("b") else "trillion", text)
