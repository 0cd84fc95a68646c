"""The words that tell what a figure means, by language: the data of the TOML files beside this one."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal, get_args

from index.figures.grammar.phrases import Phrases
from index.figures.grammar.tongue import phrases, words
from index.figures.kinds import Commitment, DealKind, Metric
from index.model import Language

Field = Literal["since", "until", "during", "on"]
"""How a moment limits a figure."""

Kind = Literal["money", "part", "times", "power", "energy", "speed", "time", "measure", "count"]
"""What sort of unit a figure has."""

# Verbs of saying that need no helping verb before them.
_SPEAKING: Mapping[Language, tuple[str, ...]] = {"fr": ("says",), "en": ("says", "said")}

# Where one phrase means two things, the last one counts.
_OF_DATES: tuple[Field, ...] = ("on", "until", "since")
_OF_TIMES: tuple[Field, ...] = ("during", "until", "since")

_FILES: Mapping[Language, str] = {"fr": "french.toml", "en": "english.toml"}


@dataclass(frozen=True)
class Cues:
    """What figures with one sort of unit may measure: the metric without any cue, and the cues of each metric."""

    fallback: Metric
    words: Phrases[tuple[Metric | None, ...]]
    """Meanings are metrics; ``None`` is something that no metric stands for."""


@dataclass(frozen=True)
class Vocabulary:
    """What one language says about figures. Words are keys: lower case, without accents."""

    language: Language
    metrics: Mapping[Kind, Cues]
    clauses: Phrases[bool]
    joins: frozenset[str]
    articles: frozenset[str]
    definite: frozenset[str]
    prepositions: frozenset[str]
    asides: frozenset[str]
    not_adjectives: frozenset[str]
    finite: frozenset[str]
    past_helping: frozenset[str]
    irregular: frozenset[str]
    adverbs: frozenset[str]
    coming: frozenset[str]
    simple_past: bool
    being: frozenset[str]
    after_passive: frozenset[str]
    endings: Mapping[str, tuple[str, ...]]
    commitments: Phrases[Commitment]
    nouns: frozenset[str]
    intending: frozenset[str]
    being_so: Phrases[bool]
    valuing: Phrases[bool]
    denied: Phrases[bool]
    without: Phrases[bool]
    not_first: frozenset[str]
    not_second: frozenset[str]
    not_denied: frozenset[str]
    according: Phrases[bool]
    says: Phrases[bool]
    said: Phrases[bool]
    announcing: frozenset[str]
    helping: frozenset[str]
    by: Phrases[bool]
    pronouns: frozenset[str]
    roles: frozenset[str]
    stops: frozenset[str]
    openers: frozenset[str]
    before_date: Phrases[Field]
    before_time: Phrases[Field]
    past: Phrases[bool]
    ago: Phrases[bool]
    weekday: frozenset[str]
    days: frozenset[str]
    relative: Phrases[str]
    events: Phrases[bool]
    strong_events: Phrases[bool]
    states: Phrases[bool]
    byline: Phrases[bool]
    each: Phrases[bool]
    each_after: frozenset[str]
    each_not: frozenset[str]
    each_back: frozenset[str]
    idle: frozenset[str]
    ages: frozenset[str]
    deal_pronouns: Phrases[bool]
    impersonal: Phrases[bool]
    stands_for: Mapping[str, frozenset[str]]
    """The articles of what each pronoun may stand for."""
    demonstrative: frozenset[str]
    apposed: Phrases[bool]
    deal_nouns: Mapping[str, frozenset[DealKind]]
    deal_cues: Mapping[str, frozenset[DealKind]]


@cache
def vocabulary(language: Language) -> Vocabulary:
    """Return the words of a language. Reads files the first time."""
    own = _table(_FILES[language])
    only = own["commitment"]["only"]
    clauses, negation, moments = own["clauses"], own["negation"], own["moments"]
    attribution, counting, deals = own["attribution"], own["counting"], own["deals"]
    return Vocabulary(
        language=language,
        metrics=_metrics(language),
        clauses=_one(clauses["strong"]),
        joins=words(clauses["joins"]),
        articles=words(clauses["articles"]),
        definite=words(clauses["definite"]),
        prepositions=words(clauses["prepositions"]),
        asides=words(clauses["asides"]),
        not_adjectives=words(clauses["not_adjectives"]),
        finite=frozenset(own["verbs"]["finite"].split()),
        past_helping=frozenset(own["verbs"]["helping"].split()),
        coming=frozenset(own["verbs"]["coming"].split()),
        irregular=words(own["verbs"]["irregular"]),
        adverbs=words(own["verbs"]["adverbs"]),
        simple_past=own["verbs"]["simple_past"],
        being=words(own["verbs"]["being"]),
        after_passive=words(own["verbs"]["after_passive"]),
        endings={name: tuple(listed.split()) for name, listed in own["verbs"].items() if isinstance(listed, str)},
        commitments=phrases(
            (each, own["commitment"][each]) for each in reversed(Commitment) if each in own["commitment"]
        ),
        intending=words(only["intending"]),
        being_so=_one(only["being"]),
        valuing=_one(only["valuing"]),
        nouns=words(only["nouns"]),
        denied=_one(negation["denied"]),
        without=_one(negation["without"]),
        not_first=words(negation["first"]),
        not_second=words(negation["second"]),
        not_denied=words(negation["bounds"]) | words(negation["verbs"]),
        according=_one(attribution["according"]),
        says=_one(" | ".join(attribution[name] for name in _SPEAKING[language])),
        said=_one(attribution["said"]),
        announcing=words(attribution["announcing"]),
        helping=words(attribution["helping"]),
        by=_one(attribution["by"]),
        pronouns=words(attribution["pronouns"]),
        openers=words(attribution["openers"]),
        stops=words(attribution["stops"]),
        roles=words(attribution["roles"]),
        before_date=phrases((field, moments[field]) for field in _OF_DATES),
        before_time=phrases((field, moments[field]) for field in _OF_TIMES),
        past=_one(moments["past"]),
        ago=_one(moments["ago"]),
        days=frozenset(phrase for phrase, meaning in moments["relative"].items() if meaning == "week"),
        weekday=words(moments["weekday"]),
        relative=phrases((meaning, phrase) for phrase, meaning in moments["relative"].items()),
        events=_one(f"{own['events']['strong']} | {own['events']['other']}"),
        byline=_one(own["events"]["byline"]),
        strong_events=_one(own["events"]["strong"]),
        states=_one(own["events"]["states"]),
        each=_one(own["each"]["before"]),
        each_after=words(own["each"]["after"]),
        each_back=words(own["each"]["back"]),
        each_not=words(own["each"]["not_after"]),
        idle=words(counting["idle"]),
        ages=words(counting["ages"]),
        deal_pronouns=_one(deals["pronouns"]),
        impersonal=_one(deals["impersonal"]),
        stands_for={pronoun: words(listed) for pronoun, listed in deals["stands_for"].items()},
        demonstrative=words(deals["demonstrative"]),
        apposed=_one(deals["apposed"]),
        deal_nouns=_by_word(deals["nouns"]),
        deal_cues=_by_word(deals["cues"]),
    )


def _metrics(language: Language) -> Mapping[Kind, Cues]:
    table = _table("metrics.toml")
    made: dict[Kind, Cues] = {}
    for kind in get_args(Kind):
        meanings: dict[str, tuple[Metric | None, ...]] = {}
        for name, listed in table[kind].items():
            if name == "fallback":
                continue
            metric = None if name == "none" else Metric(name)
            for phrase in listed[language].replace("\n", " ").split("|"):
                if phrase.strip():
                    meanings[phrase.strip()] = (*meanings.get(phrase.strip(), ()), metric)
        made[kind] = Cues(
            Metric(table[kind]["fallback"]), phrases((metrics, phrase) for phrase, metrics in meanings.items())
        )
    return made


def _by_word(table: Mapping[str, str]) -> Mapping[str, frozenset[DealKind]]:
    kinds: dict[str, frozenset[DealKind]] = {}
    for kind, listed in table.items():
        for word in words(listed):
            kinds[word] = kinds.get(word, frozenset()) | {DealKind(kind)}
    return kinds


def _one(listed: str) -> Phrases[bool]:
    return phrases([(True, listed)])


def _table(name: str) -> dict[str, Any]:
    return tomllib.loads((files("index.figures.meaning") / name).read_text(encoding="utf-8"))
