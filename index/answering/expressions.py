"""What to look for in a question to tell what it wants: the expressions of ``questions.toml`` and ``forms.toml``."""

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

from index.answering.heads import any_of
from index.answering.kinds import Kind

_Signs = tuple[tuple[Kind, re.Pattern[str]], ...]


class Expressions(NamedTuple):
    """What to look for in a question: the expressions of ``questions.toml`` and ``forms.toml``, which tell of each.

    ``signs`` ask wherever they stand, after ``asides`` are left out; ``weak`` ones ask for anything; ``choice`` stands
    before the noun that is asked for. ``edges`` are the words that join clauses where they stand at the edge of one,
    and ``joining`` the same words anywhere, unless one that is ``told`` of follows: *when it is dark*.

    ``definition``, ``who``, ``whether``, ``again``, ``either`` and ``alternative`` are forms of whole questions;
    ``active``, ``roles`` and ``open`` are what some of these must not have. A question for a yes may come after what
    was told (``tail``), and a ``clause`` may only tell when or where.

    ``requests``, ``units`` and ``several`` tell what is asked for where no question word does. Keywords do not begin
    like a ``sentence``, nor have a ``finite`` verb. They may begin with words that join (``joins``), or go on with a
    ``relative`` clause; ``definite`` articles and what comes ``of`` a noun tell them from sentences.
    """

    asides: re.Pattern[str]
    signs: _Signs
    weak: re.Pattern[str]
    choice: re.Pattern[str]
    edges: _Signs
    joining: _Signs
    requests: re.Pattern[str]
    sentence: re.Pattern[str]
    clause: re.Pattern[str]
    definition: re.Pattern[str]
    who: re.Pattern[str]
    roles: re.Pattern[str]
    whether: re.Pattern[str]
    open: re.Pattern[str]
    again: re.Pattern[str]
    either: re.Pattern[str]
    alternative: re.Pattern[str]
    active: re.Pattern[str]
    finite: re.Pattern[str]
    units: re.Pattern[str]
    several: re.Pattern[str]
    joins: re.Pattern[str]
    relative: re.Pattern[str]
    told: re.Pattern[str]
    tail: re.Pattern[str]
    definite: frozenset[str]
    of: frozenset[str]
    indefinite: frozenset[str]


@cache
def expressions() -> Expressions:
    """Return the words of ``questions.toml`` and ``forms.toml``."""
    document: dict[str, Any] = {}
    for name in ("questions.toml", "forms.toml"):
        document |= tomllib.loads((files("index.answering") / name).read_text("utf-8"))
    named = {f"{{{name}}}": any_of(words) for name, words in document["named"].items()}

    def read(name: str) -> list[tuple[Kind, str]]:
        return [(Kind(entry["kind"]), _filled(any_of(entry["words"]), named)) for entry in document[name]]

    forms = {name: re.compile(_filled(any_of(patterns), named)) for name, patterns in document["forms"].items()}
    apart = document["apart"]
    edge = rf"(?:^(?:[^\w ] )*|(?<!\w){any_of(document['edge']['words'])} )"
    return Expressions(
        asides=_whole(any_of(document["aside"]["words"])),
        signs=tuple((kind, _whole(words)) for kind, words in read("sign")),
        weak=_whole(any_of(word for entry in document["weak"] for word in entry["words"])),
        choice=re.compile(_filled(any_of(document["choice"]["words"]), named)),
        edges=tuple((kind, re.compile(rf"{edge}{words}\b|\b{words}(?= [^\w ]|$)")) for kind, words in read("joining")),
        joining=tuple((kind, _whole(words)) for kind, words in read("joining")),
        requests=re.compile(rf"\b{any_of(document['request']['words'])}"),
        sentence=re.compile(rf"^{any_of(document['sentence']['words'])}\b"),
        clause=forms["clause"],
        definition=forms["definition"],
        who=forms["who"],
        roles=re.compile(rf"\b{any_of(apart['roles'])}(?!\w)"),
        whether=forms["whether"],
        open=re.compile(rf"\b{any_of(apart['open'])}(?!\w)"),
        again=re.compile(rf"(?<!\w){forms['again'].pattern}"),
        either=forms["which_of_two"],
        alternative=forms["one_or_other"],
        active=_whole(any_of(apart["active"])),
        finite=_whole(any_of(apart["finite"])),
        units=_whole(any_of(apart["units"])),
        several=re.compile(rf"(?<!\w){any_of(apart['several'])} \w+(?<=s)(?!\w)"),
        joins=re.compile(any_of(apart["joins"])),
        tail=forms["tail"],
        told=re.compile(rf" {any_of(apart['told'])}(?!\w)"),
        relative=re.compile(any_of(apart["relative"])),
        definite=frozenset(apart["definite"]),
        of=frozenset(apart["of"]),
        indefinite=frozenset(apart["indefinite"]),
    )


def _filled(pattern: str, named: Mapping[str, str]) -> str:
    """Return a pattern with what the names in braces stand for; a name may have those above it."""
    for name, words in reversed(list(named.items())):
        pattern = pattern.replace(name, words)
    return pattern


def _whole(words: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){words}(?!\w)")
