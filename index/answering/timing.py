"""When what a question asks for is so: now, before something else was so, or at a time that it names.

The words are data: ``timing.toml``.
"""

import re
import tomllib
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple

from index.figures.dates import dates
from index.figures.kinds import Bound
from index.figures.mentioned import mentioned
from index.figures.mentions import DateMention, Quantity
from index.language.analysis import fold
from index.model import Language
from index.partial_dates import meet

Times = tuple[tuple[str, str], ...]
"""Stretches of time, each by its earliest and its latest partial ISO date."""

_AT = (Bound.EXACT, Bound.ABOUT, Bound.BETWEEN)
_WORD = re.compile(r"\w+")
_A_DATE = " 0 "  # what stands for a date where only words are looked at


class Timing(NamedTuple):
    """When what a question asks for is so: now (``latest``), ``before`` something else was so, or at ``times``."""

    latest: bool = False
    before: bool = False
    times: Times = ()


class _Words(NamedTuple):
    latest: re.Pattern[str]
    before: re.Pattern[str]
    before_what: re.Pattern[str]
    as_of: re.Pattern[str]


def timing_of(question: str, language: Language) -> Timing:
    """Return when what a question asks for is so: at the times that it names, else now or before, if not both."""
    named = _named(question, language)
    if times := times_in(question, named):
        return Timing(times=times)
    plain = _plain(_with(_A_DATE, question, named))
    latest, before = bool(_words().latest.search(plain)), asks_before(plain)
    return Timing(latest and not before, before and not latest)


def asks_before(plain: str) -> bool:
    """Tell whether a question in small letters without accents asks for what was so before something else was."""
    return says_first(plain) or bool(_words().before_what.search(plain))


def says_first(plain: str) -> bool:
    """Tell whether a text in small letters without accents says what was so at first."""
    return bool(_words().before.search(plain))


def says_now(text: str) -> bool:
    """Tell whether a text says *now* and nothing else."""
    return _words().latest.fullmatch(_plain(text)) is not None


def tells_of_first(sentence: str) -> bool:
    """Tell whether a sentence says what was so at first, and not what is so now."""
    plain = _plain(sentence)
    return says_first(plain) and not _words().latest.search(plain)


def times_in(question: str, named: Iterable[DateMention]) -> Times:
    """Return at which times something is asked for, of all dates that a question names: *as of 2024* is one, too."""
    return tuple(
        (date.earliest, date.latest)
        for date in named
        if (date.bound in _AT or _is_as_of(question, date)) and date.earliest[0] != "-"
    )


def _is_as_of(question: str, date: DateMention) -> bool:
    return date.bound is Bound.AT_LEAST and bool(_words().as_of.search(_plain(question[: date.end])))


def untimed(question: str, language: Language) -> str:
    """Return a question without the dates that it names."""
    return " ".join(_with(" ", question, _named(question, language)).split())


def words_of_time(question: str, language: Language) -> frozenset[str]:
    """Return the words by which a question names dates or asks for what was so before, small and without accents."""
    named = [question[date.start : date.end] for date in _named(question, language)]
    before = (match[0] for match in _words().before.finditer(_plain(question)))
    return frozenset(_WORD.findall(_plain(" ".join([*named, *before]))))


def holds_at(sentence: str, language: Language, published: str | None, times: Times) -> bool:
    """Tell whether a sentence is of one of some times: it names it, or no time at all and was published then."""
    if not times:
        return False
    named = [date for date in dates(sentence, language) if date.earliest[0] != "-"]
    if named:
        return any(meet(*time, date.earliest, date.latest) for date in named for time in times)
    return is_within(published, times)


def is_within(published: str | None, times: Times) -> bool:
    """Tell whether something was published at one of some times; a year alone does not tell that of a month."""
    if published is None:
        return False
    told = (time for time in times if len(published) >= max(map(len, time)))
    return any(meet(published, published, *time) for time in told)


def is_older(one: str | None, other: str | None) -> bool:
    """Tell whether a partial date is before another one, as far as both tell; never where one is unknown."""
    if one is None or other is None:
        return False
    shared = min(len(one), len(other))
    return one[:shared] < other[:shared]


@lru_cache(maxsize=1 << 6)
def given_in(question: str, language: Language) -> tuple[Sequence[Quantity], Sequence[DateMention]]:
    """Return the quantities and dates of a question, which several ask for before its answer is there."""
    given, named = mentioned(question, language)
    return tuple(given), tuple(named)


def _named(question: str, language: Language) -> Sequence[DateMention]:
    """Return the dates that a question names."""
    return given_in(question, language)[1]


def _with(instead: str, question: str, named: Sequence[DateMention]) -> str:
    """Return a question with something else in the places of its dates."""
    for date in reversed(named):
        question = f"{question[: date.start]}{instead}{question[date.end :]}"
    return question


def _plain(text: str) -> str:
    return fold(text.casefold()).replace("\u2019", "'")


@cache
def _words() -> _Words:
    document = tomllib.loads((files("index.answering") / "timing.toml").read_text("utf-8"))
    found = {name: rf"(?<!\w)(?:{'|'.join(words)})(?!\w)" for name, words in document["words"].items()}
    found["before_what"] += r"(?!\W{1,3}(?:\w{1,9}\W){0,2}\d)"
    return _Words(**{name: re.compile(pattern) for name, pattern in found.items()})
