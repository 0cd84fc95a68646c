"""Who holds which post: whether a sentence names the one whom a question asks for, or the holder at another firm.

*Sam Altman, PDG d'OpenAI* answers who runs OpenAI, and is no answer to who runs AMD, although it has the post and a
name. Where a sentence does not say of which firm (*l'entreprise dirigée par Larry Ellison*), it is the one that is
asked about, if its source speaks of that and no other sentence gives the person to another firm.

The words for posts are data: ``posts.toml``.
"""

import re
import tomllib
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

from index.answering.heads import any_of
from index.answering.remembered import remembered
from index.language.analysis import OTHER, fold, is_stopword

_REACH = 90  # characters between a post and its holder
_BEFORE = 120  # characters before a post in which the name of its firm may end


class Held(NamedTuple):
    """A post that a sentence gives to a person, in small letters without accents; ``of``: the firm, if it is said.

    ``described``: the firm is told by its head alone, *the company led by X*: it is none that the sentence names.
    """

    post: str
    person: frozenset[str]
    of: frozenset[str]
    described: bool


_PERSON = re.compile(
    r"[A-ZÀ-Þ][\w\u2019'-]{0,40}[a-zß-ÿ]"
    r"(?: (?:de |du |von |van |le |la |d['\u2019])?[A-ZÀ-Þ][\w\u2019'-]{0,40}[a-zß-ÿ])+"
)
_OF = re.compile(
    r"\s*(?:(?:of|at|for|chez|de|du|des)\s+(?:(?:la|le|les|the)\s+|l['\u2019]\s*)?|d['\u2019]\s*)"
    r"(?P<firm>(?:[a-zß-ÿ]+ ){0,2}?[A-ZÀ-Þ][\w&.-]*(?: [A-ZÀ-Þ][\w&.-]*)*)"
)
_FIRM_BEFORE = re.compile(r"(?<!d['\u2019])(?<!\bde )(?<!\bdu )\b(?P<firm>[A-ZÀ-Þ][\w&.-]*)(?:['\u2019]s)?\s+$")
_DESCRIBED = re.compile(
    r"\b(?:la |les |the |l['\u2019])(?:entreprise|societe|firme|groupe|start-?up|compan(?:y|ies)|firm|group)s? $",
    re.IGNORECASE,
)
_MAY_BE = frozenset({("president", "head")})
"""Posts whose holder may have the other one: some firms are led by their president."""
_PERHAPS = 0.5
_WORD = re.compile(r"\w+")
_ARTICLES = frozenset({"le", "la", "les", "l", "the"})
_BEGINNINGS = frozenset(
    "ancien ancienne nouveau nouvelle actuel actuelle futur future premier premiere jeune co ex"
    " former current new next first outgoing incoming interim acting then longtime veteran deputy group company".split()
)
"""What stands before a post with a capital at the beginning of a sentence and is no firm."""


class _Post(NamedTuple):
    """A post: how questions ask for it, and how sentences say it."""

    name: str
    asked: re.Pattern[str]
    said: re.Pattern[str]


class _Person(NamedTuple):
    """Where a sentence names a person, and the words of the name."""

    start: int
    end: int
    words: frozenset[str]


def post_asked(plain: str) -> str | None:
    """Return the post whose holder a question asks for, which is in small letters without accents."""
    if _beside().search(plain):
        return None
    return next((post.name for post in _posts() if post.asked.search(plain)), None)


@remembered(1 << 13)
def held_in_sentence(sentence: str) -> tuple[Held, ...]:
    """Return the posts that a sentence gives to people."""
    named = [_Person(match.start(), match.end(), _words(match[0])) for match in _PERSON.finditer(sentence)]
    people = [each for each in named if each.words.isdisjoint(_organisations())]
    if not people:
        return ()
    plain = "".join(fold(letter)[:1] or letter for letter in sentence)
    found = []
    for post in _posts():
        for match in post.said.finditer(plain):
            of = _firm(sentence, match, people)
            near = [person for person in _around(match, people) if person.words.isdisjoint(of)]
            if near:
                holder = min(near, key=lambda person: _gap(person, match))
                described = (
                    not of and _DESCRIBED.search(plain, max(0, match.start() - _BEFORE), match.start()) is not None
                )
                found.append(Held(post.name, holder.words, of, described))
    return tuple(found)


@cache
def _posts() -> tuple[_Post, ...]:
    return tuple(
        _Post(post["name"], _whole(post["asked"]), _whole(post["said"], re.IGNORECASE)) for post in _document()["post"]
    )


@cache
def _beside() -> re.Pattern[str]:
    return _whole(_document()["beside"])


@cache
def _organisations() -> frozenset[str]:
    return frozenset(_document()["organisations"])


@cache
def _document() -> dict[str, Any]:
    return tomllib.loads((files("index.answering") / "posts.toml").read_text("utf-8"))


def _whole(words: Iterable[str], flags: re.RegexFlag = re.NOFLAG) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-]){any_of(words)}(?![\w-])", flags)


def _firm(sentence: str, post: re.Match[str], people: Sequence[_Person]) -> frozenset[str]:
    """Return the words of the firm where a post is: they stand behind it, *of AMD*, or before it, *AMD's*."""
    if firm := _OF.match(sentence, post.end()):
        return _words(firm["firm"]) - _ARTICLES
    firm = _FIRM_BEFORE.search(sentence[max(0, post.start() - _BEFORE) : post.start()])
    found = _words(firm["firm"]) - _ARTICLES if firm else frozenset[str]()
    if found <= _BEGINNINGS or any(is_stopword(word, language) for word in found for language in OTHER):
        return frozenset()
    return frozenset() if any(found <= person.words for person in people) else found


def _around(post: re.Match[str], people: Sequence[_Person]) -> Sequence[_Person]:
    """Return the people who are named within reach of a post."""
    first = bisect_left(people, post.start() - _REACH, key=lambda person: person.end)
    last = bisect_right(people, post.end() + _REACH, key=lambda person: person.start)
    return people[first:last]


def _gap(person: _Person, post: re.Match[str]) -> int:
    return max(person.start - post.end(), post.start() - person.end, 0)


def _words(text: str) -> frozenset[str]:
    return frozenset(_WORD.findall(fold(text.casefold())))


def firms_of(sentences: Iterable[str]) -> dict[frozenset[str], set[str]]:
    """Return the firms in which sentences say that people have posts."""
    firms: dict[frozenset[str], set[str]] = {}
    for sentence in sentences:
        for held in held_in_sentence(sentence):
            if held.of:
                firms.setdefault(held.person, set()).update(held.of)
    return firms


def answers(
    post: str,
    names: AbstractSet[str],
    sentence: str,
    around: AbstractSet[str],
    firms: Mapping[frozenset[str], set[str]],
) -> float:
    """Return 1 where a sentence names the holder of a post, -1 where it names that of another firm, else 0.

    0.5 where it names the holder of another post that may be the same. ``names``: those that the question names;
    ``around``: the words of the sentence's source.
    """
    value = 0.0
    for held in held_in_sentence(sentence):
        if held.person <= names or (held.post != post and (held.post, post) not in _MAY_BE):
            continue
        of = held.of or firms.get(held.person, set())
        others = bool(of) or (held.described and bool(names & _words(sentence)))
        if not names or (of and names & of) or (not others and names <= around):
            value = max(value, 1.0 if held.post == post else _PERHAPS)
        elif others and held.post == post:
            value = value or -1.0
    return value
