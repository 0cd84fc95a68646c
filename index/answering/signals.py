"""What speaks for a sentence as the answer to a question, each as a number."""

import re
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from index.answering.defining import defined_in
from index.answering.evidence import Probe, missing_words
from index.answering.kinds import Kind
from index.answering.meaning import Meant, Told
from index.answering.measured import Measure, measure_of
from index.answering.naming import whole_names
from index.answering.posts import answers, firms_of, post_asked
from index.answering.remembered import remembered
from index.answering.traits import Traits, numbers_in, traits_of
from index.language.analysis import WORD, fold, plainly
from index.model import Language
from index.preparation import Candidate, Sentence
from index.ranking.formulation import PHRASE, PREFIX

Floats = NDArray[np.float64]


class Signals(NamedTuple):
    """What speaks for a sentence; shares are parts of what the whole question is worth, 0 to 1.

    ``ranked``: the ranking's score of its passage. ``source``: the share that its source has anywhere in what was
    found. ``own``: the share that the sentence has itself; ``before``, ``context`` and ``passage``: what the sentence
    before it, title and heading, and the rest of its passage add. ``local``, ``local_before``, ``local_context``: the
    same, each word worth what it tells sentences of this source apart by. ``words``: the share of the words, all
    alike. ``names``: the share of the names, ``names_around``: that of its source. ``quantity`` to ``list``:
    it has what a question of that kind asks for, beyond what the question names itself; ``measure``: it has a number
    of the measure asked for; ``counted``: the thing that is to be counted, and a number. ``given``: it has a number of
    the question. ``told``: the question asks what somebody said, and it tells such a thing. ``opening``: it stands at
    the beginning of its source. ``length``: at most 600 characters, as a share of these; ``short``: it is no whole
    sentence. ``following``: what the sentence before adds, where it takes that up with a pronoun. ``idle``: it
    answers nothing, as it is a question itself, or stands under the title and says who wrote the text, or when, which
    is not asked for; -½ where it is asked who wrote it; ``reply``: what the sentence before adds, where that one is a
    question. ``defines``: a definition is asked for, and it says what this share of the question is. ``post``: it
    names the holder of the post that is asked for, 1, or that of another firm, -1. ``intent``: how much likelier than
    by chance it says what is asked for, by the words in which people commonly ask and texts commonly say such things,
    as a logarithm. ``figure``: how likely a known figure of this sentence answers. ``familiar``: how likely the
    question asks for what the sentence says, by known questions.
    """

    ranked: float
    source: float
    own: float
    before: float
    context: float
    passage: float
    local: float
    local_before: float
    local_context: float
    words: float
    names: float
    names_around: float
    rival: float
    quantity: float
    measure: float
    counted: float
    date: float
    name: float
    place: float
    reason: float
    definition: float
    list: float
    given: float
    told: float
    opening: float
    length: float
    short: float
    following: float
    idle: float
    reply: float
    defines: float
    post: float
    intent: float = 0.0
    figure: float = 0.0
    familiar: float = 0.0


_SHOWN_AS = {Kind.PURPOSE: Kind.REASON, Kind.MANNER: Kind.ANYTHING}
"""A purpose is told like a reason; how something is done may be told in any words."""

_LONG = 600  # characters
_OPENING = 300
_SHORT = 45
_ENDS = (".", "!", "?", "»", "”", '"', "…")
_MENTION = re.compile(r"<(?:[@#/:]|a:)[^<>\n]{1,100}>")  # of a member, a role, a channel or an emoji, with its number
_GIVEN = re.compile(
    r"(?<![\w.,])\d[\d.,]*\s?(?:%|[gmk]wh?\b|(?:giga|mega)watts?\b|(?:milliards?|millions?|billions?|mds?|bn)\b)?"
    r"(?:\s?(?:de |d')?(?:dollars?|euros?|\$|€))?"
)  # a number that the question gives, with its unit: it does not ask for one
_NAMED = re.compile(r"\b[a-z]+-?\d[\w.-]*")  # a name with a number: it gives none
_PEOPLE = frozenset("people ppl peeps folk folks persons personnes pers gens monde individus humains".split())
_ORDINAL = re.compile(r"\b(?:1(?:er|ers|ere|eres|st)|2nde?|3rd|\d{1,3}(?:e|eme|th))\b")
_ONE = re.compile(r"(?<![\w.,:-])1(?= [a-z])")  # an article in few letters
_SPOKEN = re.compile(r"(?<![\w.,:-])[24](?![\w.,:%$€£-])(?!\s(?:[gmkt]wh?|giga|mega|m(?:illi|d)|b(?:illio)?n))")
"""*to* and *for* in few letters: *4 kids*."""
_ASKS_SAID = frozenset(
    "dit dire declare declarer affirme affirmer explique expliquer disait annonce pense penser reaction say says"
    " said tell told claim claims claimed state stated explain explained think thinks".split()
)

_ASKS_AUTHOR = frozenset(
    "auteur auteure auteurs ecrit ecrite redige redigee journaliste author authors wrote written byline journalist"
    " reporter".split()
)
_ASKS_SIGNED = _ASKS_AUTHOR | frozenset("publie publiee paru parue published posted".split())
_SIGNED = -0.5


class Line(NamedTuple):
    """A sentence that was found: the place of its candidate among all, and its text."""

    candidate: int
    sentence: Sentence
    text: str


class Readings(NamedTuple):
    """All sentences that were found, and what speaks for each: (sentences, signals)."""

    lines: list[Line]
    values: Floats

    def signals(self, place: int) -> Signals:
        """Return what speaks for one sentence."""
        return Signals(*self.values[place].tolist())

    def remember(self, candidates: Sequence[tuple[Candidate, float]], likely: Mapping[tuple[int, int], float]) -> None:
        """Take in how likely the question asks for what stands somewhere: at an offset in a passage's text."""
        passages = {key for key, _ in likely}
        for place, line in enumerate(self.lines):
            key = candidates[line.candidate][0].passage.key
            if key in passages:
                start, end = line.sentence.start, line.sentence.end
                found = (share for (passage, at), share in likely.items() if passage == key and start <= at < end)
                self.values[place, _PLACES["familiar"]] = max(found, default=0.0)


class Reader:
    """Reads sentences against one question; ``counted``: the words for what it wants counted.

    ``people``: it wants people counted, who may be passengers, employees, whoever.
    """

    def __init__(
        self,
        question: str,
        language: Language,
        kind: Kind,
        probe: Probe,
        names: AbstractSet[str],
        counted: Sequence[str] = (),
    ) -> None:
        self.kind = _SHOWN_AS.get(kind, kind)
        self.probe = probe
        self._meant = Meant(question, language, kind)
        self.names = names
        self.whole_names = whole_names(names, question)
        plain = plainly(_MENTION.sub(" ", question))
        self.asked = traits_of(question).words
        self.measure = measure_of(_GIVEN.sub(" ", plain))
        self.numbers = _numbers_given(plain, language)
        self.post = post_asked(plain) if kind in {Kind.NAME, Kind.ANYTHING} else None
        things = kind is Kind.QUANTITY and self.measure in {Measure.COUNT, Measure.ANY}
        self.counted = [place for place, group in enumerate(probe.query) if things and fold(group.word) in counted]
        whole = [place for place, group in enumerate(probe.query) if group.space not in {PHRASE, PREFIX}]
        self.people = not _PEOPLE.isdisjoint(counted)
        self._by_name = {
            name: places
            for name in names
            if (places := [place for place in whole if fold(probe.query[place].word) == name])
        }
        self._whose = names or frozenset(map(fold, missing_words(probe.query, probe.worth)))
        self._asks_said = bool(self.asked & _ASKS_SAID)
        self._asks_signed = bool(self.asked & _ASKS_SIGNED)
        self._asks_author = kind is Kind.NAME and bool(self.asked & _ASKS_AUTHOR)
        self._worth = np.array(probe.worth) / (sum(probe.worth) or 1.0)
        self._weights = np.array([group.weight for group in probe.query])
        words = [group.word for group in probe.query]
        places = [place for place, group in enumerate(probe.query) if group.space != PHRASE]
        self._by_word = sorted(places, key=lambda place: words[place])  # the groups of a word together
        ordered = [words[place] for place in self._by_word]
        self._first = [place for place, word in enumerate(ordered) if place == 0 or ordered[place - 1] != word]

    def read(self, candidates: Sequence[tuple[Candidate, float]]) -> Readings:
        """Return what speaks for each sentence of each candidate; these come with the ranking's scores."""
        lines = [
            Line(place, sentence, text)
            for place, (candidate, _) in enumerate(candidates)
            for sentence, text in zip(candidate.sentences, candidate.texts, strict=True)
        ]
        if not lines or not self.probe.query:
            return Readings([], np.zeros((0, len(Signals._fields))))
        shares = self.probe.matrix([line.sentence.terms for line in lines])
        contexts = self.probe.matrix([candidate.context for candidate, _ in candidates])
        own = np.array([line.candidate for line in lines])
        last = np.zeros_like(shares)
        last[1:] = np.where((own[1:] == own[:-1])[:, None], shares[:-1], 0.0)
        before = np.maximum(last - shares, 0.0)
        around = np.maximum(contexts[own] - shares, 0.0)
        whole = contexts.copy()
        np.maximum.at(whole, own, shares)
        source, apart = self._by_source(candidates, whole, shares, own)
        columns = {
            "ranked": np.array([score for _, score in candidates])[own] / (sum(self.probe.worth) or 1.0),
            "source": (source @ self._worth)[own],
            "own": shares @ self._worth,
            "before": before @ self._worth,
            "context": around @ self._worth,
            "passage": (whole @ self._worth)[own] - shares @ self._worth,
            "local": (shares * apart).sum(axis=1),
            "local_before": (before * apart).sum(axis=1),
            "local_context": (around * apart).sum(axis=1),
        }
        if self._by_word:
            columns["words"] = np.maximum.reduceat(shares[:, self._by_word], self._first, axis=1).mean(axis=1)
        traits = [traits_of(line.text) for line in lines]
        said = self._said(candidates) if self.names or self.post else []
        if self.names:
            columns["names"] = self._named(shares, [each.words for each in traits])
            columns["names_around"] = self._named(source, said)[own]
            columns["rival"] = (1.0 - columns["names"]) * [not each.names <= self.asked for each in traits]
        columns |= self._shown(lines, traits, columns["before"])
        columns |= self._of_kind(candidates, lines, traits, shares)
        if self.post:
            firms = firms_of(line.text for line in lines)
            found = [answers(self.post, self._whose, line.text, said[line.candidate], firms) for line in lines]
            columns["post"] = np.array(found, float)
        languages = [candidate.source.language for candidate, _ in candidates]
        columns["intent"] = self._meant.suits(
            [Told(line.text, languages[line.candidate], line.sentence.terms) for line in lines]
        )
        values = np.zeros((len(lines), len(Signals._fields)))
        for name, column in columns.items():
            values[:, _PLACES[name]] = column
        return Readings(lines, values)

    def _named(self, shares: Floats, words: Sequence[AbstractSet[str]]) -> Floats:
        """Return the part of the question's names that texts with these shares and words have, in whatever form."""
        count = np.zeros(len(shares))
        for name in self.names:
            has = np.array([name in own for own in words])
            if places := self._by_name.get(name):
                has |= (shares[:, places] > 0).any(axis=1)
            count += has
        return count / len(self.names)

    def _by_source(
        self, candidates: Sequence[tuple[Candidate, float]], whole: Floats, shares: Floats, own: NDArray[np.int_]
    ) -> tuple[Floats, Floats]:
        """Return what the source of each candidate has, and what each group tells the sentences of a source apart by.

        That is its idf among these sentences, as a part of the whole.
        """
        numbers: dict[tuple[str, str], int] = {}
        of = np.array([numbers.setdefault((each.source.shelf, each.source.id), len(numbers)) for each, _ in candidates])
        source = np.zeros((len(numbers), shares.shape[1]))
        np.maximum.at(source, of, whole)
        held = np.zeros_like(source)
        np.add.at(held, of[own], (shares > 0).astype(float))
        count = np.bincount(of[own], minlength=len(numbers))[:, None]
        worth = np.where(held > 0, self._weights * np.log(1 + (count - held + 0.5) / (held + 0.5)), 0.0)
        total = worth.sum(axis=1, keepdims=True)
        worth /= np.where(total > 0, total, 1.0)
        return source[of], worth[of[own]]

    def _shown(self, lines: Sequence[Line], traits: Sequence[Traits], before: Floats) -> dict[str, Floats]:
        """Return the signals that the sentences' own words and places show, whatever kind of answer is asked for."""
        follows = [new > 0 and each.follows for new, each in zip(before, traits, strict=True)]
        replies = [new > 0 and last.asks for new, last in zip(before, [traits[0], *traits[:-1]], strict=True)]
        shown = {
            "opening": np.array([line.sentence.start < _OPENING for line in lines], float),
            "length": np.minimum(np.array([len(line.text) for line in lines]) / _LONG, 1.0),
            "short": np.array([_is_short(line.text) for line in lines], float),
            "following": before * follows,
            "idle": np.array([self._idle(line, each) for line, each in zip(lines, traits, strict=True)]),
            "reply": before * replies,
        }
        if self.numbers:
            shown["given"] = np.array([not self.numbers.isdisjoint(each.numbers) for each in traits], float)
        if self._asks_said:
            shown["told"] = np.array([each.reports for each in traits], float)
        return shown

    def _of_kind(
        self,
        candidates: Sequence[tuple[Candidate, float]],
        lines: Sequence[Line],
        traits: Sequence[Traits],
        shares: Floats,
    ) -> dict[str, Floats]:
        """Return the signals of the kind of answer that is asked for."""
        if self.kind is Kind.ANYTHING:
            return {}
        shows = np.array([self.shows(each) for each in traits])
        shown = {self.kind.value: shows}
        if self.kind is Kind.QUANTITY:
            shown["measure"] = np.array([self.measure in each.measures for each in traits], float)
            if self.counted:
                shown["counted"] = shares[:, self.counted].max(axis=1) * shows
        if self.kind is Kind.DEFINITION:
            of = [candidates[line.candidate][0].source.language for line in lines]
            shown["defines"] = np.array([self._defines(line.text, each) for line, each in zip(lines, of, strict=True)])
        return shown

    def _idle(self, line: Line, traits: Traits) -> float:
        """Return 1 where a sentence answers nothing, and -½ for a byline where it is asked who wrote the text."""
        if traits.asks:
            return 1.0
        if line.sentence.start >= _OPENING or not traits.signs:
            return 0.0
        return _SIGNED * self._asks_author if self._asks_signed else 1.0

    def _said(self, candidates: Sequence[tuple[Candidate, float]]) -> list[frozenset[str]]:
        """Return for each candidate the words of what was found of its source."""
        words: dict[tuple[str, str], set[str]] = {}
        for candidate, _ in candidates:
            key = candidate.source.shelf, candidate.source.id
            words.setdefault(key, set()).update(_words(candidate))
        frozen = {key: frozenset(found) for key, found in words.items()}
        return [frozen[candidate.source.shelf, candidate.source.id] for candidate, _ in candidates]

    def _defines(self, text: str, language: Language) -> float:
        """Return of how much of the question a sentence says what it is."""
        told = (self.probe.shares(terms) for terms in defined_in(text, language))
        return max((sum(self._worth[place] * share for place, share in shares.items()) for shares in told), default=0.0)

    def shows(self, traits: Traits) -> float:
        """Return 1 where a sentence shows a thing of the kind asked for that the question does not name itself."""
        if self.kind is Kind.NAME:
            return float(not traits.names <= self.asked or not traits.first <= self.asked)
        if self.kind is Kind.PLACE:
            return float(not traits.places <= self.asked)
        if self.kind is Kind.QUANTITY:
            return float(Measure.ANY in traits.measures and not (traits.numbers and traits.numbers <= self.numbers))
        return float(traits.shows(self.kind))


def _numbers_given(plain: str, language: Language) -> frozenset[str]:
    """Return the numbers that a question gives in digits, without names, ordinals and what is no number."""
    plain = _ONE.sub(" ", _ORDINAL.sub(" ", _NAMED.sub(" ", plain)))
    return numbers_in(_SPOKEN.sub(" ", plain) if language == "en" else plain)


_PLACES = {name: place for place, name in enumerate(Signals._fields)}


def _is_short(text: str) -> bool:
    return len(text) < _SHORT or not text.rstrip().endswith(_ENDS)


def _words(candidate: Candidate) -> frozenset[str]:
    passage = candidate.passage
    return _words_of(candidate.source.title, passage.heading, passage.text)


@remembered(1 << 10)
def _words_of(title: str, heading: str, text: str) -> frozenset[str]:
    """Return the words of a passage, its heading and its title."""
    return frozenset(WORD.findall(plainly(f"{title} {heading} {text}")))
