"""Statements of one thing, by when they were published: which a question wants first, and which are older ones.

Sentences of different sources state one thing where they have the same of a question and show the same kind of thing.
The newest comes first, unless the question asks for what was so before, or at a time.
"""

from collections.abc import Iterable, Sequence
from itertools import permutations

from index.answering.evidence import Probe
from index.answering.figuring import Shown
from index.answering.scale import is_earlier
from index.answering.selection import Choice, Place
from index.answering.timing import Times, Timing, holds_at, is_older, is_within, tells_of_first
from index.figures.kinds import ConflictReason, RelationKind
from index.figures.ledger import Ledger
from index.figures.relating import thing_counted
from index.model import Figure
from index.preparation import Candidate

_NEAR, _NEARER = 3.0, 1.0
"""How much less than the best one a statement may score where now or before is asked for, and where no time is.

Where a time is named, scores tell little: they are higher for what has that time anywhere around it.
"""

_MOST = 20  # sentences that are held against the best one
_SAME = 0.8  # the share of what one sentence has of a question that another one has that states the same thing
_TELLING = 0.5  # the share of a question that a sentence has where it can be told what of it is stated
_AS_FAMILIAR = 0.03
"""By how much less likely the question may ask for what another sentence says, by known questions."""
_ALIKE = 0.5  # the share of a sentence's terms that another one has that says it in the same words
_OF_ONE_THING = (ConflictReason.VALUE, ConflictReason.STATUS)
_SHOWN = ("names", "quantity", "measure", "counted", "date", "name", "place", "reason", "definition", "list")
"""The signals that tell which kind of thing a sentence shows, and of whom."""


def in_front(choices: Sequence[Choice], timing: Timing, ledger: Ledger, probe: Probe) -> list[Place]:
    """Return where the statements of one thing are that a question wants first, in this order.

    ``choices``: all sentences, the best first; ``probe``: the question without its words of time. Where the best
    sentence has no date, or no other states the same, there are none.
    """
    if not choices or choices[0].candidate.source.published is None:
        return []
    rivals = _rivals(choices, timing, probe)
    if timing.times:
        rivals.sort(key=lambda choice: not _holds(choice, timing.times))
    elif timing.before:
        rivals.sort(key=_published)
        rivals.sort(key=lambda choice: not _is_first(choice, ledger))
    else:
        rivals.sort(key=_published, reverse=True)
        rivals.sort(key=lambda choice: tells_of_first(choice.line.text))
    return [choice.place for choice in rivals] if len(rivals) > 1 else []


def has_earlier(choices: Sequence[Choice], timing: Timing, ledger: Ledger, probe: Probe) -> bool:
    """Tell whether the best sentence states what was so before, or others of other dates state the same."""
    return bool(choices) and (_is_first(choices[0], ledger) or bool(in_front(choices, timing, ledger, probe)))


def earliest_first(shown: Sequence[Shown], choices: Sequence[Choice], ledger: Ledger) -> list[Shown]:
    """Return the figures of an answer with those that state what the first one does in the order of their dates.

    ``choices``: all sentences. All stay as they are where the first one is told to have been so before.
    """
    if not shown or shown[0].figure.id in ledger.superseded or is_earlier(shown[0].figure):
        return list(shown)
    sentences = {choice.place: choice for choice in choices}
    first, *others = shown
    said = sentences[first.places[0]]
    alike = [each for each in others if _states_the_same(first.figure, each.figure, said, sentences[each.places[0]])]
    alike = sorted((first, *alike), key=lambda each: each.figure.source.published or "9999")
    return [*alike, *(each for each in others if each not in alike)]


def older(cited: Sequence[Choice], shown: Sequence[Shown], timing: Timing, ledger: Ledger, probe: Probe) -> set[Place]:
    """Return where those sentences of an answer are that a newer one of it supersedes, or that states the same.

    ``shown``: the figures of the answer. What is so at a time that the question names is not older, as it is asked for.
    """
    entries = [_entries(choice, ledger) for choice in cited]
    related = _related(frozenset[str]().union(*entries), ledger)
    figures = {each.figure.id: each.figure for each in shown}
    found: set[Place] = set()

    def answers(choice: Choice) -> bool:
        return choice is cited[0] or _is_same(cited[0], choice, probe)

    for (one, new), (other, old) in permutations(zip(cited, entries, strict=True), 2):
        if not _is_later(one, other) or _holds(other, timing.times):
            continue
        pairs = [(first, second) for first in new for second in old]
        stated = (_states_the_same(figures[a], figures[b], one, other) for a, b in pairs if {a, b} <= figures.keys())
        same = any(stated) or (_is_alike(one, other) and _is_same(one, other, probe) and answers(other))
        if any(pair in related for pair in pairs) or (same and not tells_of_first(one.line.text)):
            found.add(other.place)
    return found


def _related(entries: Iterable[str], ledger: Ledger) -> set[tuple[str, str]]:
    """Return which of some figures and facts are statements of one thing, each pair in both orders."""
    found = (
        (relation.first, relation.second)
        for relation in ledger.relations(name for name in entries if _is_of_a_deal(name, ledger))
        if relation.kind in (RelationKind.SUPERSEDES, RelationKind.SAME_AS) or relation.reason in _OF_ONE_THING
    )
    return {pair for one, other in found for pair in ((one, other), (other, one))}


def said_at(candidates: Sequence[tuple[Candidate, float]], times: Times) -> list[tuple[Candidate, float]]:
    """Return the candidates that were published at one of some times, without the sentences of other times."""
    found = []
    for candidate, score in candidates:
        source = candidate.source
        if is_within(source.published, times):
            kept = tuple(
                sentence
                for sentence, text in zip(candidate.sentences, candidate.texts, strict=True)
                if holds_at(text, source.language, source.published, times)
            )
            found.append((candidate._replace(sentences=kept), score))
    return found


def _rivals(choices: Sequence[Choice], timing: Timing, probe: Probe) -> list[Choice]:
    """Return the best sentence, and of each other source with a date the best one that states the same thing.

    Where the question tells of when, it may say so in other words of the same names.
    """
    best, asked = choices[0], any(timing)
    named = asked and best.signals.names == 1
    least = float("-inf") if timing.times else best.score - (_NEAR if asked else _NEARER)
    found = {best.candidate.source.id: best}
    for choice in choices[1:_MOST]:
        source = choice.candidate.source
        known = choice.signals.familiar >= best.signals.familiar - _AS_FAMILIAR
        if choice.score >= least and known and source.published and source.id not in found:
            alike = named or _is_alike(best, choice)
            if alike and _is_same(best, choice, probe):
                found[source.id] = choice
    return list(found.values())


def _is_same(one: Choice, other: Choice, probe: Probe) -> bool:
    """Tell whether a sentence has of the question what another one has, and shows what that one shows."""
    wants, shows = one.signals, other.signals
    if min(wants.own, shows.own) < _TELLING:
        return False
    if any(getattr(shows, name) < _SAME * getattr(wants, name) for name in _SHOWN):
        return False
    has, wanted = probe.shares(other.line.sentence.terms), probe.shares(one.line.sentence.terms)
    whole = sum(probe.worth[place] * share for place, share in wanted.items())
    common = sum(probe.worth[place] * min(share, has.get(place, 0.0)) for place, share in wanted.items())
    return common >= _SAME * whole


def _is_alike(one: Choice, other: Choice) -> bool:
    """Tell whether two sentences have most of the words of the shorter one in common."""
    terms = one.line.sentence.terms, other.line.sentence.terms
    return len(terms[0] & terms[1]) >= _ALIKE * min(map(len, terms))


def _is_of_a_deal(entry: str, ledger: Ledger) -> bool:
    """Tell whether a figure or fact is known to be of a deal, else it cannot be told whether others are of the same."""
    known = ledger.figures.get(entry) or ledger.facts[entry]
    return bool(known.deals)


def _is_later(one: Choice, other: Choice) -> bool:
    return is_older(other.candidate.source.published, one.candidate.source.published)


def _published(choice: Choice) -> str:
    return choice.candidate.source.published or ""


def _holds(choice: Choice, times: Times) -> bool:
    source = choice.candidate.source
    return holds_at(choice.line.text, source.language, source.published, times)


def _is_first(choice: Choice, ledger: Ledger) -> bool:
    """Tell whether a sentence states what was so before: it says so, or something else is known to supersede it."""
    return tells_of_first(choice.line.text) or not ledger.superseded.isdisjoint(_entries(choice, ledger))


def _entries(choice: Choice, ledger: Ledger) -> frozenset[str]:
    """Return the figures and facts that are known of a sentence, by their ids."""
    passage, (start, end, _) = choice.candidate.passage.key, choice.line.sentence
    figures = (each.id for each in ledger.by_passage.get(passage, ()) if start <= each.text.start < end)
    facts = (
        name
        for name, fact in ledger.facts.items()
        if fact.excerpt.passage == passage and start <= fact.excerpt.quote.start < end
    )
    return frozenset([*figures, *facts])


def _states_the_same(one: Figure, other: Figure, said: Choice, otherwise: Choice) -> bool:
    """Tell whether two figures say how much something is, then and then.

    Of those of no known deal, it is told by their sentences whether it is the same thing.
    """
    return _measured(one) == _measured(other) and (bool(one.deals) or _is_alike(said, otherwise))


def _measured(figure: Figure) -> tuple[object, ...]:
    when = frozenset(moment.iso for moment in figure.moments if not moment.relative)
    return frozenset(figure.deals), figure.metric, figure.unit, figure.per, figure.each, thing_counted(figure), when
