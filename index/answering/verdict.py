"""Whether the best evidence is enough to answer, or an honest no."""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from index.answering.evidence import Probe, missing_worth
from index.answering.selection import Choice
from index.answering.sought import Sought
from index.language.analysis import fold
from index.language.dictionary import Lexicon
from index.model import Language, Reason
from index.ranking.formulation import PHRASE
from index.ranking.query import Query


class Thresholds(NamedTuple):
    """The least share of a question's worth that an answer covers; found on the tuning half of the questions.

    ``ordinary``: what a word counts that no source has but the lexicon knows, against a name that no source has.
    """

    alone: float = 0.3
    around: float = 0.4
    ordinary: float = 0.6


class Judgement(NamedTuple):
    """Why a question is answered or not, and the words that no source has."""

    reason: Reason
    missing: tuple[str, ...] = ()


_NAME = re.compile(r"[^\W\d_]*[A-ZÀ-Þ][\w'\u2019.&-]*")


def judge(
    question: str,
    language: Language,
    probe: Probe,
    documents: int,
    choices: Sequence[Choice],
    lexicon: Lexicon,
    wish: Sought | None = None,
    thresholds: Thresholds | None = None,
) -> Judgement:
    """Judge a question by the best choice: whether its words are covered, and its names known here at all.

    ``wish``: what figure it wants; the words that only tell that need not be in the sources, nor the numbers that it
    gives, but for a year.

    A word's worth is the smallest idf that its groups have in this collection; a word that no source has counts as
    the rarest word there can be.
    """
    thresholds = thresholds or Thresholds()
    values = _worths(probe.query, probe.worth, documents)
    if not values:
        return Judgement(Reason.NO_WORDS)
    known = {group.word for group, value in zip(probe.query, probe.worth, strict=True) if value}
    told = _told(wish)
    for word in [word for word in values if word not in known and told(word)]:
        del values[word]
    unknown = [word for word in values if word not in known]
    if not values:
        return Judgement(Reason.NOT_COVERED)
    if not choices:
        return Judgement(Reason.NOTHING_FOUND, _as_asked(question, unknown))
    names = [word for word in unknown if _is_name(word, question, language, lexicon)]
    if names:
        return Judgement(Reason.UNKNOWN_NAME, _as_asked(question, names))
    for word in unknown:
        if lexicon.knows(word, language):
            values[word] *= thresholds.ordinary
    total = sum(values.values())
    best, evidence = choices[0], choices[0].evidence(probe)
    alone = sum(value * evidence.alone.get(word, 0.0) for word, value in values.items()) / total
    around = sum(value * evidence.around.get(word, 0.0) for word, value in values.items()) / total
    if alone < thresholds.alone or around < thresholds.around or not best.fits:
        return Judgement(Reason.NOT_COVERED, _as_asked(question, unknown))
    return Judgement(Reason.COVERED)


def _told(wish: Sought | None) -> Callable[[str], bool]:
    """Return what tells whether a word is only about what figure is wanted."""
    if wish is None:
        return lambda _word: False
    years = {time[:4] for times in wish.times for time in times}
    return lambda word: fold(word) in wish.words or (_is_number(word) and word not in years)


def _is_number(word: str) -> bool:
    return word.replace(".", "", 1).isdecimal()


def _worths(query: Query, worth: Sequence[float], documents: int) -> dict[str, float]:
    values: dict[str, float] = {}
    for group, value in zip(query, worth, strict=True):
        if group.space == PHRASE:
            continue
        plain = value / group.weight if value else missing_worth(documents)
        values[group.word] = min(values.get(group.word, plain), plain)
    return values


def _is_name(word: str, question: str, language: Language, lexicon: Lexicon) -> bool:
    """Tell whether a word that no source has is meant as a name: in no dictionary, and written like one."""
    if lexicon.knows(word, language):
        return False
    for place, match in enumerate(re.finditer(r"[\w'\u2019-]+", question)):
        if fold(word) in fold(match[0].casefold()):
            return bool(place and _NAME.fullmatch(match[0])) or any(c.isdigit() for c in match[0])
    return False


def _as_asked(question: str, words: Sequence[str]) -> tuple[str, ...]:
    """Return words in the spelling that the question has them in."""
    spelt: Mapping[str, str] = {fold(match[0].casefold()): match[0] for match in re.finditer(r"\w+", question)}
    return tuple(spelt.get(fold(word), word) for word in words)
