"""In what a quantity is measured that a question asks for, and whether a sentence has a number of that measure.

Both are told from words alone, quickly and for all sentences; what exactly a number measures is the ledger's business.
The words are data: ``measured.toml``.
"""

import re
import tomllib
from collections.abc import Iterable, Mapping
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import NamedTuple


class Measure(StrEnum):
    """The sorts of quantities that can be told from the words of a question."""

    MONEY = "money"
    POWER = "power"
    PERCENT = "percent"
    DURATION = "duration"
    LENGTH = "length"
    MASS = "mass"
    COUNT = "count"
    ANY = "any"


# A number in digits, all of it; nothing that follows a number needs a part of it back. What is repeated has bounds, so
# that a text without end is read in linear time.
_DIGITS = r"\d[\d.,\u00a0\u202f' ]{0,100}+"
_ANOTHER_WORD = r"(?:\w{1,40}+ )?"
_MONEY_SIGN = r"[$€£]\s?\d|\d[\d.,\s]{0,100}+(?:bn|m|k|md|mds)?\s?[$€£]"


class _Words(NamedTuple):
    """What to look for: ``asked`` in a question, the rest in a sentence; ``counted``: a number and any word."""

    asked: tuple[tuple[Measure, re.Pattern[str]], ...]
    number: re.Pattern[str]
    measures: Mapping[Measure, re.Pattern[str]]
    counted: re.Pattern[str]


def measure_of(plain: str) -> Measure:
    """Return in what the quantity is measured that a question asks for: in small letters without accents."""
    return next((measure for measure, pattern in _words().asked if pattern.search(plain)), Measure.ANY)


def measures_in(plain: str) -> frozenset[Measure]:
    """Return the measures of the numbers of a sentence, which is in small letters without accents."""
    words = _words()
    if not words.number.search(plain):
        return frozenset({Measure.PERCENT}) if words.measures[Measure.PERCENT].search(plain) else frozenset()
    found = {measure for measure, pattern in words.measures.items() if pattern.search(plain)}
    rest = plain
    for measure in found:
        rest = words.measures[measure].sub(" ", rest)
    if words.counted.search(rest):
        found.add(Measure.COUNT)
    return frozenset({*found, Measure.ANY})


@cache
def _words() -> _Words:
    """Return the words of ``measured.toml``."""
    document = tomllib.loads((files("index.answering") / "measured.toml").read_text("utf-8"))
    asked = ((Measure(entry["measure"]), _any(entry["words"])) for entry in document["asked"])
    numbers = document["numbers"]
    number = rf"(?:{_DIGITS}|\b{_any([*numbers['words'], *numbers['articles']])}\b\W?)"
    large = rf"(?:\s*+{_any(numbers['large'])}\b\.?){{0,4}}"
    units = {Measure(name): _any(words) for name, words in document["units"].items()}
    measures = {
        Measure.MONEY: rf"{_MONEY_SIGN}|{number}{large}\s*+(?:d'|de |d\W)?\s*+{_ANOTHER_WORD}{units[Measure.MONEY]}\b",
        Measure.POWER: rf"{number}\s*+{units[Measure.POWER]}\b",
        Measure.PERCENT: _any(document["shares"]["percent"]),
        Measure.DURATION: rf"{number}\s*+{_ANOTHER_WORD}{units[Measure.DURATION]}\b",
        Measure.LENGTH: rf"{number}\s*+{_ANOTHER_WORD}{units[Measure.LENGTH]}\b",
        Measure.MASS: rf"{number}\s*+{_ANOTHER_WORD}{units[Measure.MASS]}\b",
    }
    return _Words(
        asked=tuple((measure, re.compile(rf"(?<!\w){words}(?!\w)")) for measure, words in asked),
        number=re.compile(rf"\d|\b{_any(numbers['words'])}\b"),
        measures={measure: re.compile(pattern) for measure, pattern in measures.items()},
        counted=re.compile(rf"{number}{large}\s*+(?:d'|de |of )?\s*+[a-z][\w-]"),
    )


def _any(words: Iterable[str]) -> str:
    return f"(?:{'|'.join(words)})"
