"""What a question wants: a quantity, a date, a person ...

Question words tell it, the first one where there are several; but *who*, *where*, *when*, *qui*, *où* and *quand* in
the middle of a sentence rather join clauses (*the firm where he works*), and count only where nothing else asks. Where
nothing asks at all, as in keywords, the things that are named tell it. The words are data: ``questions.toml``.
"""

import re
import tomllib
from collections.abc import Iterable, Mapping
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from index.answering.measured import Measure, measure_of
from index.language.analysis import fold


class Kind(StrEnum):
    """The kinds of answer that can be told from the words of a question."""

    QUANTITY = "quantity"
    DATE = "date"
    NAME = "name"
    PLACE = "place"
    REASON = "reason"
    DEFINITION = "definition"
    LIST = "list"
    ANYTHING = "anything"


_APART = re.compile(r"['\u2019-]")
_Signs = tuple[tuple[Kind, re.Pattern[str]], ...]


class _Words(NamedTuple):
    """What to look for in a question.

    ``signs`` ask wherever they stand, and at the edge of a clause the ``joining`` ones as well, which otherwise count
    only where nothing else asks; ``keywords`` tell the kind where nothing asks at all. ``definition``, ``who`` and
    ``whether`` are forms of whole questions; ``other``, ``roles`` and ``open`` are words that these must not have.
    """

    signs: _Signs
    joining: _Signs
    keywords: _Signs
    definition: re.Pattern[str]
    other: re.Pattern[str]
    who: re.Pattern[str]
    roles: re.Pattern[str]
    whether: re.Pattern[str]
    open: re.Pattern[str]


def wanted(question: str) -> Kind:
    """Return the kind of answer that a question asks for."""
    plain = _APART.sub(" ", fold(question.casefold()))
    words = _words()
    if words.definition.search(plain) and not words.other.search(plain):
        return Kind.DEFINITION
    if (who := words.who.search(plain)) and not words.roles.search(who[0]):
        return Kind.DEFINITION
    if words.whether.search(plain) and not words.open.search(plain):
        return Kind.ANYTHING
    kind = _first(words.signs, plain) or _first(words.joining, plain)
    if kind is Kind.NAME and measure_of(plain) is Measure.PERCENT:
        return Kind.QUANTITY
    return kind or next((kind for kind, pattern in words.keywords if pattern.search(plain)), Kind.ANYTHING)


def _first(signs: _Signs, plain: str) -> Kind | None:
    """Return the kind of the sign that stands first in a question; of several in one place, of the upper one."""
    found = [(match.start(), place) for place, (_, sign) in enumerate(signs) if (match := sign.search(plain))]
    return signs[min(found)[1]][0] if found else None


@cache
def _words() -> _Words:
    """Return the words of ``questions.toml``."""
    document = tomllib.loads((files("index.answering") / "questions.toml").read_text("utf-8"))
    named = {f"{{{name}}}": _any(words) for name, words in document["named"].items()}

    def read(name: str) -> list[tuple[Kind, str]]:
        return [(Kind(entry["kind"]), _filled(_any(entry["words"]), named)) for entry in document[name]]

    forms = {name: _filled(_any(patterns), named) for name, patterns in document["forms"].items()}
    edge = rf"(?:^\W*|\b{_any(document['edge']['words'])} )"
    at_edge = ((kind, re.compile(rf"{edge}{words}\b|\b{words}\W*$")) for kind, words in read("joining"))
    return _Words(
        signs=(*_whole(read("sign")), *at_edge, (Kind.PLACE, re.compile(forms["where"]))),
        joining=_whole(read("joining")),
        keywords=_whole(read("keyword")),
        definition=re.compile(forms["definition"]),
        other=re.compile(rf"\b{_any(named[name] for name in ('{amounts}', '{times}', '{people}'))}\b"),
        who=re.compile(forms["who"]),
        roles=re.compile(rf"\b{_any(document['apart']['roles'])}\b"),
        whether=re.compile(forms["whether"]),
        open=re.compile(rf"\b{_any(document['apart']['open'])}\b"),
    )


def _any(words: Iterable[str]) -> str:
    return f"(?:{'|'.join(words)})"


def _filled(pattern: str, named: Mapping[str, str]) -> str:
    """Return a pattern with what the names in braces stand for."""
    for name, words in named.items():
        pattern = pattern.replace(name, words)
    return pattern


def _whole(signs: Iterable[tuple[Kind, str]]) -> _Signs:
    return tuple((kind, re.compile(rf"\b{words}\b")) for kind, words in signs)
