"""Whether the best evidence is enough to answer, or an honest no."""

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import NamedTuple

from index.answering.evidence import Probe, missing_words, missing_worth, surrounded
from index.answering.grounds import Grounds
from index.answering.kinds import Kind
from index.answering.measured import Measure
from index.answering.ordinary import is_known
from index.answering.selection import Choice, far
from index.answering.signals import Reader, Signals
from index.answering.sought import Sought
from index.answering.spelling import is_function_word
from index.answering.traits import traits_of
from index.answering.weights import Weights, likelihood, score
from index.familiar.points import Recalled
from index.language.analysis import fold
from index.language.colloquial import is_light
from index.language.dictionary import Lexicon
from index.model import Language, Reason
from index.ranking.formulation import PHRASE
from index.ranking.query import Query


class Judgement(NamedTuple):
    """Why a question is answered or not, and the words that no source has."""

    reason: Reason
    missing: tuple[str, ...] = ()


_ORDINALS = {
    word: number
    for number, words in enumerate(
        (
            "premier premiere premiers premieres 1er 1ere first 1st initial initiale initialement",
            "deuxieme second seconde 2e 2eme 2nd",
            "troisieme third 3e 3eme 3rd",
            "quatrieme fourth 4e 4eme 4th",
            "cinquieme fifth 5e 5eme 5th",
        ),
        start=1,
    )
    for word in words.split()
}
_NAME = re.compile(r"[^\W\d_]*[A-ZÀ-Þ][\w'\u2019.&-]*")


_OF_TIMES = frozenset("annee annees an ans jour jours date dates mois year years day days month months".split())
"""Words that only tell that a date is asked for."""
_MANY = 3  # names, which a question seldom has more of
_MOST_OF_IT, _HALF = 0.75, 0.5
"""The shares of a question's worth from which on a passage has most of it, and up to which it has little."""
_MISSED = 0.05
"""The share of a question's worth that may be missed without anything of it being so."""


class Words(NamedTuple):
    """What a question's words are worth, and which of them no source has: of these, the names."""

    values: dict[str, float]
    unknown: tuple[str, ...]
    names: tuple[str, ...]


def weigh_words(
    question: str,
    language: Language,
    probe: Probe,
    documents: int,
    lexicon: Lexicon,
    wish: Sought | None,
    strange: Collection[str] = (),
) -> Words:
    """Return what a question's words are worth: each the smallest idf that its groups have in this collection.

    A word that no source has counts as the rarest word there can be. Left out are words that no source needs to have:
    those that only tell which figure is wanted (``wish``), the numbers that the question gives, but for a year, and
    function words with a letter wrong.
    ``strange``: words that no known question has either: written like a name, such a one is a name whatever else it is.
    """
    values = _worths(probe.query, probe.worth, documents)
    told = _told(wish)
    unknown = []
    for word in missing_words(probe.query, probe.worth):
        misspelt = not is_known(word, language, lexicon) and is_function_word(fold(word), language)
        if told(word) or is_light(fold(word), language) or (misspelt and not _is_written_as_name(word, question)):
            del values[word]
        else:
            unknown.append(word)
    names = [
        word
        for word in unknown
        if _is_name(word, question, language, lexicon) or (word in strange and _is_written_as_name(word, question))
    ]
    return Words(values, tuple(unknown), tuple(names))


def grounds_of(
    words: Words,
    language: Language,
    reader: Reader,
    choices: Sequence[Choice],
    likely: float,
    lexicon: Lexicon,
    wish: Sought | None,
    *,
    stated: bool,
    turned: bool,
    recalled: Recalled,
) -> Grounds:
    """Return what speaks for answering with the best of some choices; ``likely``: how likely the best figure answers.

    ``stated``: the figures of the best choice's source are known, so a number that is not among them is not stated.
    ``turned``: what the question asks for is held in another than the best choice tells. ``recalled``: what known
    questions tell.
    """
    best, signals = choices[0], choices[0].signals
    total = sum(words.values.values()) or 1.0
    unknown = [word for word in words.unknown if not recalled.charted or word in recalled.strange]
    lost_known = sum(words.values[word] for word in unknown if is_known(word, language, lexicon)) / total
    lost = sum(words.values[word] for word in unknown) / total - lost_known
    alone, around = _coverage(best, reader.probe)
    uncovered = [value * (1.0 - around.get(word, 0.0)) / total for word, value in words.values.items()]
    had_alone = sum(value * alone.get(word, 0.0) for word, value in words.values.items()) / total
    had = 1.0 - sum(uncovered)
    others = [choice.score for choice in choices[1:] if choice.place != best.place]
    apart = reader.names | set(words.names) | _OF_TIMES
    matter = [word for word in words.values if fold(word) not in apart and word not in apart]
    kind = reader.kind
    near = _texts_near(choices)
    shows = (
        signals.quantity
        + signals.date
        + signals.name
        + signals.place
        + signals.reason
        + signals.definition
        + signals.list
    )
    measured = kind is Kind.QUANTITY and reader.measure is not Measure.ANY
    asks = wish is not None and wish.asks
    return Grounds(
        always=1.0,
        score=best.score,
        ahead=best.score - max(others, default=best.score - 3.0),
        ranked=signals.ranked,
        source=signals.source,
        own=signals.own,
        local=signals.local,
        words=signals.words,
        names=signals.names,
        names_around=signals.names_around,
        rival=signals.rival,
        shows=shows,
        lacks=float(kind is not Kind.ANYTHING and not (shows or signals.defines)),
        measure=signals.measure,
        unmeasured=float(measured and not signals.measure),
        figure=likely,
        unstated=float(asks and stated) * (1.0 - likely),
        unread=float((asks or kind is Kind.QUANTITY) and not stated),
        alone=had_alone,
        around=had,
        whole_alone=max(had_alone - _MOST_OF_IT, 0.0) / (1.0 - _MOST_OF_IT),
        whole=max(had - _MOST_OF_IT, 0.0) / (1.0 - _MOST_OF_IT),
        bare=max(_HALF - had, 0.0) / _HALF,
        told=had if shows else 0.0,
        gap=max(uncovered, default=0.0),
        lost_known=lost_known,
        lost=lost,
        disordered=float(_is_disordered(reader.asked, best.line.text, near)),
        ungiven=float(bool(reader.numbers) and reader.numbers.isdisjoint(_numbers_in(near))),
        uncounted=float(bool(reader.counted) and not (signals.counted or reader.people)),
        brief=float(len(words.values) == 1),
        quantity=float(kind is Kind.QUANTITY and stated),
        date=float(kind is Kind.DATE and stated),
        name=float(kind is Kind.NAME),
        place=float(kind is Kind.PLACE),
        reason=float(kind is Kind.REASON),
        definition=float(kind is Kind.DEFINITION),
        list=float(kind is Kind.LIST),
        post=(signals.post or -1.0) if reader.post and kind is Kind.NAME else 0.0,
        familiar=signals.familiar,
        said=recalled.said,
        unsaid=recalled.unsaid,
        ahead_of_unsaid=recalled.ahead,
        same=recalled.same,
        far=far(reader.names, choices, {fold(word) for word, share in around.items() if share}),
        turned=float(turned),
        named=min(len(reader.whole_names), _MANY) / _MANY if sum(uncovered) > _MISSED else 0.0,
        unmatched=float(bool(matter) and not any(around.get(word) for word in matter)) * (1.0 - signals.familiar),
    )


def _coverage(choice: Choice, probe: Probe) -> tuple[dict[str, float], dict[str, float]]:
    """Return how much of each of a question's words a sentence has, and how much with what stands around it."""
    sentences = choice.candidate.sentences
    shares = [probe.shares(sentence.terms) for sentence in sentences]
    own = next(place for place, sentence in enumerate(sentences) if sentence.start == choice.line.sentence.start)
    near = surrounded(shares, own, probe.shares(choice.candidate.context), within=1.0, beside=1.0)
    return probe.covered(shares[own]), probe.covered(near)


def _texts_near(choices: Sequence[Choice]) -> list[str]:
    """Return the sentences of the best choice's passage, with its heading and title."""
    best = choices[0].candidate
    texts = [choice.line.text for choice in choices if choice.candidate is best]
    return [*texts, f"{best.source.title}\n{best.passage.heading}"]


def _numbers_in(texts: Iterable[str]) -> frozenset[str]:
    """Return the numbers of some texts, those of a rank, too: the third line is line 3."""
    told = [traits_of(text) for text in texts]
    return frozenset[str]().union(*(each.numbers for each in told), *(map(str, _ranks(each.words)) for each in told))


def _ranks(words: AbstractSet[str]) -> set[int]:
    return {_ORDINALS[word] for word in words if word in _ORDINALS}


def _is_disordered(asked: AbstractSet[str], sentence: str, near: Iterable[str]) -> bool:
    """Tell whether a question asks for the second of things, say, and a sentence tells of another one.

    Where it tells of none, what stands ``near`` may.
    """
    wanted, told = _ranks(asked), _ranks(traits_of(sentence).words)
    if not wanted or wanted & told:
        return False
    return bool(told) or (wanted != {1} and not any(wanted & _ranks(traits_of(text).words) for text in near))


def judge(
    question: str, kind: Kind, words: Words, choices: Sequence[Choice], grounds: Grounds | None, weights: Weights
) -> Judgement:
    """Judge a question that wants some kind of answer: is what speaks for its best one enough, or why not.

    A name that no source has is refused in any case, a post whose holder the best sentence does not name, and a
    question that is for the most part of words that neither a source nor a dictionary has.
    """
    unheld = grounds is not None and grounds.name and grounds.post < 0
    if (
        grounds is not None
        and not (words.names or unheld)
        and grounds.lost < _MOST_LOST
        and likelihood(score(grounds, weights.verdict)) >= weights.answer_least
    ):
        return Judgement(Reason.COVERED)
    if not words.values and not words.unknown:
        return Judgement(Reason.NO_WORDS)
    if words.names:
        return Judgement(Reason.UNKNOWN_NAME, _as_asked(question, words.names))
    if not choices:
        return Judgement(Reason.NOTHING_FOUND, _as_asked(question, words.unknown))
    return Judgement(_shortfall(kind, choices, grounds), _as_asked(question, words.unknown))


_MOST_LOST = 0.5
"""The share of a question's worth in words that neither a source nor a dictionary has, from which on it is refused."""
_LOST = 0.25
"""The same from which on these words say why."""
_LOST_KNOWN = 0.45
"""The same with words of dictionaries: texts put these otherwise more often than they put names or years otherwise."""
_AROUND = 0.5
"""The share of a question without names that a sentence and what stands around it have where it is on the matter."""
_BESIDE = 0.33
"""How much of what the closest sentence has of the question another one has that is on the matter, too."""
_LACKING = {
    Kind.QUANTITY: Reason.NO_QUANTITY,
    Kind.DATE: Reason.NO_DATE,
    Kind.NAME: Reason.NO_NAME,
    Kind.PLACE: Reason.NO_PLACE,
    Kind.REASON: Reason.NO_REASON,
    Kind.DEFINITION: Reason.NO_DEFINITION,
    Kind.LIST: Reason.NO_LIST,
}


def _shortfall(kind: Kind, choices: Sequence[Choice], grounds: Grounds | None) -> Reason:
    """Return why what was found for a question does not answer it.

    Words that no source has say why before all else. What was found is on the matter where a source has all names of
    the question, or where the best sentence has most of a question that has none; names that are known, each from
    another source, are spoken of, and no more is said of what these sources lack.
    """
    if grounds is None or grounds.lost >= _LOST or grounds.lost + grounds.lost_known >= _LOST_KNOWN:
        return Reason.NOT_COVERED
    named = max(max(signals.names, signals.names_around) for signals in (choice.signals for choice in choices))
    if 0.0 < named < 1.0:
        return Reason.NOT_COVERED if grounds.lost else Reason.NOT_STATED
    if not named and grounds.around < _AROUND:
        return Reason.NOT_COVERED
    return Reason.NOT_STATED if kind not in _LACKING or _is_shown(kind, choices) else _LACKING[kind]


def _is_shown(kind: Kind, choices: Sequence[Choice]) -> bool:
    """Tell whether a sentence on the matter shows the kind of thing asked for, or the best one any thing like it.

    The best one is shown with a refusal: where it has a number of whatever measure, "no such number" would look wrong.
    """

    def shows(signals: Signals) -> bool:
        measured = kind is not Kind.QUANTITY or signals.measure > 0
        return measured and getattr(signals, kind.value) > 0

    found = [choice.signals for choice in choices]
    least = _BESIDE * max(signals.own for signals in found)
    return getattr(found[0], kind.value) > 0 or any(shows(signals) for signals in found if signals.own >= least)


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
    if is_known(word, language, lexicon) or word.isdigit() or is_known(word.removesuffix("s"), language, lexicon):
        return False
    for place, match in enumerate(re.finditer(r"[\w'\u2019-]+", question)):
        if fold(word) in fold(match[0].casefold()):
            return bool(place and _NAME.fullmatch(match[0])) or any(c.isdigit() for c in match[0])
    return False


def _is_written_as_name(word: str, question: str) -> bool:
    """Tell whether a question has a word with a capital, and not at its beginning."""
    found = (match for match in re.finditer(r"[\w'\u2019-]+", question) if fold(word) in fold(match[0].casefold()))
    return not question.isupper() and any(match.start() and _NAME.fullmatch(match[0]) for match in found)


def _as_asked(question: str, words: Sequence[str]) -> tuple[str, ...]:
    """Return words in the spelling that the question has them in."""
    spelt: Mapping[str, str] = {fold(match[0].casefold()): match[0] for match in re.finditer(r"\w+", question)}
    return tuple(spelt.get(fold(word), word) for word in words)
