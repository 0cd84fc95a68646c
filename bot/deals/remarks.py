"""How figures and facts of one card stand to each other, in words: what differs, what replaces what, what agrees."""

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from bot.meanings import difference
from bot.measures import measure, quoted
from bot.translation import Translator
from index.figures.kinds import Metric, RelationKind
from index.model import Figure, Relation


class Side(NamedTuple):
    """One of two entries that are related: what it says, and the numbers of its quotes."""

    words: str
    numbers: tuple[int, ...]

    @property
    def reference(self) -> str:
        """Return the numbers as they are referred to."""
        return " ".join(f"[{number}]" for number in self.numbers)

    @property
    def cited(self) -> str:
        """Return what it says with the numbers after it."""
        return f"{self.words} {self.reference}"


class Remarks(NamedTuple):
    """What is said of entries of a card, by their ids, and which of them something else supersedes."""

    said: Mapping[str, tuple[str, ...]]
    superseded: frozenset[str]

    def of(self, entry: str) -> tuple[str, ...]:
        """Return what is said of an entry."""
        return self.said.get(entry, ())


def said_by(figure: Figure, speaker: Translator) -> str:
    """Return what a figure says: its value in words, or the words of a date, quoted."""
    return quoted(figure.text.quote, speaker) if figure.metric is Metric.DATE else measure(figure, speaker)


def remark(relations: Iterable[Relation], sides: Mapping[str, Side], speaker: Translator) -> Remarks:
    """Return what is said of entries. ``sides``: all that are shown, by their ids; relations of others say nothing."""
    said: dict[str, tuple[str, ...]] = {}
    superseded: set[str] = set()

    def say(entry: str, told: str) -> None:
        if told not in said.get(entry, ()):
            said[entry] = (*said.get(entry, ()), told)

    for relation, first, second in between(relations, sides):
        if relation.kind is RelationKind.SUPERSEDES:
            superseded.add(relation.second)
            say(relation.first, speaker.text("takes the place of {other}", other=second.cited))
            say(relation.second, speaker.text("since superseded by {other}", other=first.cited))
        elif relation.kind is RelationKind.SAME_AS and first.numbers != second.numbers:
            say(relation.first, speaker.text("also said in {reference}", reference=second.reference))
            say(relation.second, speaker.text("also said in {reference}", reference=first.reference))
        elif relation.kind is RelationKind.CONFLICTS_WITH and relation.reason is not None:
            reason = difference(relation.reason, speaker)
            say(relation.first, _differing(second, reason, speaker))
            say(relation.second, _differing(first, reason, speaker))
    return Remarks(said, frozenset(superseded))


def between(relations: Iterable[Relation], sides: Mapping[str, Side]) -> Iterator[tuple[Relation, Side, Side]]:
    """Yield how entries that are shown stand to each other, with both."""
    for relation in relations:
        if relation.first in sides and relation.second in sides:
            yield relation, sides[relation.first], sides[relation.second]


def _differing(other: Side, reason: str, speaker: Translator) -> str:
    return speaker.text(
        "differs from {reference} ({words}): {reason}", reference=other.reference, words=other.words, reason=reason
    )
