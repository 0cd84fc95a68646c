"""What a sentence shows by itself, whatever is asked: names, numbers, dates, reasons ... Read once for each sentence.

The words that show it are data: ``traits.toml``.
"""

import re
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache, cached_property
from importlib.resources import files
from typing import NamedTuple

from index.answering.kinds import Kind
from index.answering.measured import Measure, measures_in
from index.answering.ordinary import is_ordinary
from index.answering.remembered import remembered
from index.figures.grammar.tongue import load
from index.language.analysis import OTHER, WORD, fold, plainly
from index.lines import Span
from index.passages import is_byline


class Traits:
    """What a sentence shows, read when it is first asked for; all words in small letters without accents.

    ``words``: all its words; ``asks``: whether it is a question.
    """

    def __init__(self, sentence: str) -> None:
        self._sentence = sentence
        self._plain = plainly(sentence)
        self._shown: dict[Kind, bool] = {}
        self.words = frozenset(WORD.findall(self._plain))
        self.asks = sentence.rstrip(_CLOSING).endswith("?")

    @cached_property
    def names(self) -> frozenset[str]:
        """The words of its names: those with a capital, but for the first one, which has it anyway."""
        return _folded(match[0] for match in _NAME.finditer(self._sentence))

    @cached_property
    def first(self) -> frozenset[str]:
        """Its first word, where that is a name: where no dictionary has it."""
        return _first(self._sentence)

    @cached_property
    def places(self) -> frozenset[str]:
        """Its words with a capital after a preposition of place."""
        return _folded(match[1] for match in _PLACE.finditer(self._sentence))

    @cached_property
    def numbers(self) -> frozenset[str]:
        """Its numbers as digits, small ones in words, too."""
        spelled = _spelled()
        return numbers_in(self._plain).union(spelled[word] for word in self.words & spelled.keys())

    @cached_property
    def measures(self) -> frozenset[Measure]:
        """What its numbers measure."""
        return measures_in(self._plain)

    def shows(self, kind: Kind) -> bool:
        """Tell whether it shows a sign of a kind of answer."""
        shown = self._shown.get(kind)
        if shown is None:
            sign = _words().signs.get(kind)
            shown = self._shown[kind] = sign is not None and sign.search(self._plain) is not None
        return shown

    @cached_property
    def reports(self) -> bool:
        """Whether it tells what somebody said."""
        return bool(_words().reports.search(self._plain))

    @cached_property
    def follows(self) -> bool:
        """Whether it takes up the sentence before it with a pronoun."""
        return bool(_words().follows.match(self._plain))

    @cached_property
    def signs(self) -> bool:
        """Whether it only says who wrote the text, or when it appeared; not where it calls that a date itself."""
        line = self._sentence.strip()
        if line.endswith(_STOPS) or line.casefold().startswith("date"):
            return False
        return is_byline(line, Span(0, len(line)))

    def prepare(self) -> None:
        """Read all of it, before somebody waits for it."""
        _ = (self.names, self.first, self.places, self.numbers, self.measures)
        for kind in _words().signs:
            self.shows(kind)
        _ = (self.reports, self.follows, self.signs)


_STOPS = (".", "!", "?", "…", ":", ";", ",")
_CLOSING = " *_»”\"')\u00a0\u202f\n"
_NUMBER = re.compile(r"\d+(?:[.,]\d+)?")
_NAME = re.compile(
    r"(?:(?<=[^.!?:»\s]\s)|(?<=['\u2019(«“\"]))[A-ZÀ-Þ][\w&.-]+"
    r"|^[A-ZÀ-Þ][\w&-]*[A-Z][\w&-]*|^[A-ZÀ-Þ][a-zß-ÿ]+(?= [A-ZÀ-Þ])"
)
_BEGINNING = re.compile(r"[A-ZÀ-Þ][a-zß-ÿ]{3,}(?=\s[a-zß-ÿ])")
_PLACE = re.compile(
    r"\b(?:[àÀ]|au|aux|en|dans|in|at|near|from|de|d['\u2019])\s*(?:(?:le|la|les|l['\u2019]|the)\s*)?([A-ZÀ-Þ][\w-]+)"
)
_YEAR = r"\b(?:1[5-9]|20)\d{2}\b|\bmi-\d{4}"
_THING = "[^,.;:]"
_QUOTATION = '[«“"]'


class _Words(NamedTuple):
    """What to look for: signs of the kinds of answers, of telling what somebody said, of taking up what was before."""

    signs: Mapping[Kind, re.Pattern[str]]
    reports: re.Pattern[str]
    follows: re.Pattern[str]


@remembered(1 << 13)
def traits_of(sentence: str) -> Traits:
    """Return what a sentence shows, which is remembered for a while."""
    return Traits(sentence)


def _first(sentence: str) -> frozenset[str]:
    """Return the first word of a sentence where it is a name: one that no dictionary has."""
    match = _BEGINNING.match(sentence)
    if match is None or is_ordinary(match[0].casefold()):
        return frozenset()
    return _folded([match[0]])


def numbers_in(plain: str) -> frozenset[str]:
    """Return the numbers of a text that stand in digits, with decimal points."""
    return frozenset(match.replace(",", ".") for match in _NUMBER.findall(plain))


def _folded(found: Iterable[str]) -> frozenset[str]:
    return frozenset(word for name in found for word in WORD.findall(fold(name.casefold())))


@cache
def _spelled() -> Mapping[str, str]:
    """Return the numbers that are one word, in either language, as digits; but for one, which may be an article."""
    numbers = (load(language)["numbers"] for language in OTHER)
    return {word: str(value) for own in numbers for word, value in own.items() if value > 1}


@cache
def _words() -> _Words:
    """Return the words of ``traits.toml``."""
    document = tomllib.loads((files("index.answering") / "traits.toml").read_text("utf-8"))
    words = {name: f"(?:{'|'.join(entry['words'])})" for name, entry in document.items()}
    listing = document["list"]
    signs = {
        Kind.DATE: rf"{_YEAR}|\b{words['date']}\b",
        Kind.REASON: rf"\b{words['reason']}",
        Kind.DEFINITION: rf"\b{words['definition']}\b",
        Kind.LIST: "|".join(
            (
                rf"{_THING},{_THING}+,{_THING}+ (?:{'|'.join(listing['last'])}) ",
                rf"{_THING},{_THING}+ (?:{'|'.join(listing['last_of_two'])}) ",
                r":\s.[^\n;,]{0,1000}[;,]",
                words["list"],
            )
        ),
    }
    return _Words(
        signs={kind: re.compile(pattern) for kind, pattern in signs.items()},
        reports=re.compile(rf"{_QUOTATION}|\b{words['reports']}\b"),
        follows=re.compile(rf"{words['follows']}\b"),
    )
