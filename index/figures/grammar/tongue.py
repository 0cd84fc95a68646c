"""The words that quantities and dates are made of, by language: the data of ``french.toml`` and ``english.toml``."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, TypeVar, get_args

from index.figures.grammar.phrases import Phrases, keys_of, spellings
from index.figures.grammar.units import Units, units
from index.figures.kinds import Bound
from index.figures.mentions import Per
from index.language.analysis import OTHER
from index.language.stopwords import UNACCENTED
from index.model import Language

_T = TypeVar("_T")

_JOINS = ("joining", "joining_opened", "or")
_FILES: Mapping[Language, str] = {"fr": "french.toml", "en": "english.toml"}


@dataclass(frozen=True)
class Tongue:
    """What one language says quantities and dates with. Words are keys: lower case, without accents."""

    language: Language
    units: Units
    short_scales: Mapping[str, int]
    short_money: Mapping[str, int]
    numbers: Mapping[str, int]
    scales: Mapping[str, int]
    collections: Mapping[str, int]
    parts: Mapping[str, int]
    multiples: Mapping[str, int]
    articles: frozenset[str]
    hundred: frozenset[str]
    alone: frozenset[str]
    joining: str
    half_before: frozenset[str]
    half_after: frozenset[str]
    point: str
    half: frozenset[str]
    the: frozenset[str]
    one_in: Phrases[bool]
    factors: Phrases[str]
    before_factor: frozenset[str]
    not_whole: frozenset[str]
    compared: frozenset[str]
    part_after: frozenset[str]
    half_of: frozenset[str]
    ambiguous_multiples: frozenset[str]
    before_double: frozenset[str]
    not_after_double: frozenset[str]
    bound_before: Phrases[Bound]
    bound_after: Phrases[Bound]
    spread: frozenset[str]
    only: Phrases[bool]
    negation: frozenset[str]
    per: Phrases[Per]
    between: frozenset[str]
    not_per: frozenset[str]
    ranges: Mapping[str, frozenset[str]]
    joins: frozenset[str]
    compared_with: Phrases[bool]
    money_nouns: frozenset[str]
    paid: frozenset[str]
    labels: frozenset[str]
    plural: frozenset[str]
    never: frozenset[str]
    not_after_de: frozenset[str]
    score: frozenset[str]
    address: frozenset[str]
    bare_before: frozenset[str]
    bare_after: Phrases[bool]
    clock_before: frozenset[str]
    clock_after: frozenset[str]
    lasting: frozenset[str]
    articles_before: frozenset[str]
    function_words: frozenset[str]
    starters: frozenset[str]
    openers: frozenset[str]
    after_opener: frozenset[str]
    after_portion: frozenset[str]


@cache
def tongue(language: Language) -> Tongue:
    """Return the words of a language. Reads files the first time."""
    own, other = load(language), load(OTHER[language])
    shared = _table("units.toml")
    number_words, portions = own["number_words"], own["portions"]
    return Tongue(
        language=language,
        units=units(language),
        short_scales=shared["short"],
        short_money=shared["short_money"],
        numbers=own["numbers"],
        scales=other["scales"] | own["scales"],
        collections=own["collections"],
        parts=own["parts"],
        multiples=own["multiples"],
        articles=words(number_words["articles"]),
        hundred=words(number_words["hundred"]),
        alone=words(number_words["alone"]),
        joining=number_words["joining"],
        half_before=words(number_words["half_before"]),
        half_after=words(number_words["half_after"]),
        point=number_words["point"],
        half=words(number_words["half"]),
        the=words(number_words["the"]),
        one_in=phrases([(True, number_words["one_in"])]),
        factors=phrases((name, portions[name]) for name in ("multiplied", "divided")),
        before_factor=words(portions["before_factor"]),
        not_whole=words(portions["not_whole"]),
        compared=words(portions["compared"]),
        part_after=words(portions["part_after"]),
        half_of=words(portions["half_of"]),
        ambiguous_multiples=words(portions["ambiguous_multiples"]),
        before_double=words(portions["before_double"]),
        not_after_double=words(portions["not_after_double"]),
        bound_before=phrases((Bound(name), listed) for name, listed in own["bounds"]["before"].items()),
        bound_after=phrases((Bound(name), listed) for name, listed in own["bounds"]["after"].items()),
        spread=words(own["bounds"]["spread"]),
        only=phrases([(True, own["bounds"]["only"])]),
        negation=words(own["bounds"]["negation"]),
        per=phrases((per, table["per"][per]) for table in (other, own) for per in get_args(Per) if per in table["per"]),
        between=words(own["between"]["words"]),
        not_per=words(other["between"]["not_per"]) | words(own["between"]["not_per"]),
        ranges={name: words(listed) for name, listed in own["ranges"].items() if name != "compared"},
        joins=frozenset({"-"}).union(*(words(own["ranges"][name]) for name in _JOINS)),
        compared_with=phrases([(True, own["ranges"]["compared"])]),
        money_nouns=words(own["nouns"]["money"]),
        paid=words(own["nouns"]["paid"]),
        labels=words(own["labels"]["words"]),
        plural=words(own["nouns"]["plural"]),
        never=words(own["nouns"]["never"]),
        not_after_de=words(own["nouns"]["not_after_de"]),
        score=words(own["nouns"]["score"]),
        address=words(own["nouns"]["address"]),
        bare_before=words(own["bare"]["before"]),
        bare_after=phrases([(True, own["bare"]["after"]), (True, own["bare"]["one_of"])]),
        clock_before=words(own["clock"]["before"]),
        clock_after=words(own["clock"]["never_after"]),
        lasting=words(own["clock"]["lasting"]),
        articles_before=words(own["bare"]["articles"]),
        function_words=UNACCENTED[language],
        starters=_starters(own, units(language)),
        openers=words(number_words["articles"]) | words(number_words["the"]),
        after_opener=_after_opener(own, other, units(language)),
        after_portion=frozenset({*own["parts"], *keys_of(number_words["one_in"].replace("|", " ")), "/", "-"}),
    )


def load(language: Language) -> dict[str, Any]:
    """Return the data of a language as it is written."""
    return _table(_FILES[language])


def words(listed: str) -> frozenset[str]:
    """Return the keys of a list of words."""
    return frozenset(key for word in listed.split() for key in keys_of(word))


def phrases(meanings: Iterable[tuple[_T, str]]) -> Phrases[_T]:
    """Return phrases from what they mean and the lists of them, parted by bars."""
    return Phrases(
        (spelling, meaning)
        for meaning, listed in meanings
        for phrase in listed.split("|")
        if phrase.strip()
        for spelling in spellings(phrase)
    )


def _starters(own: dict[str, Any], known: Units) -> frozenset[str]:
    """Return the keys that a quantity may begin with, digits aside."""
    number_words = own["number_words"]
    listed = " ".join(number_words[name] for name in ("articles", "alone", "half_before", "half", "the"))
    return frozenset({*words(listed), *own["numbers"], *own["multiples"], *known.openings, *"-+½¼¾⅓⅔"})


def _after_opener(own: dict[str, Any], other: dict[str, Any], known: Units) -> frozenset[str]:
    """Return the keys that may follow an article, so that it is a number or begins one: *un milliard*, *le tiers*."""
    number_words = own["number_words"]
    listed = " ".join(
        number_words[name] for name in ("hundred", "half_before", "half", "half_after", "one_in", "joining")
    )
    tables = (other["scales"], own["scales"], own["collections"], own["parts"])
    scales = {key for table in tables for key in table}
    joins = {key for name in _JOINS for key in words(own["ranges"][name])}
    others = {*words(listed.replace("|", " ")), *words(own["between"]["words"]), "-", number_words["point"]}
    return frozenset({*scales, *joins, *others, *known.starts})


def _table(name: str) -> dict[str, Any]:
    return tomllib.loads((files("index.figures.grammar") / name).read_text(encoding="utf-8"))
