"""What was asked in vain, laid out for moderators: counts and words, never who asked."""

from datetime import datetime
from typing import NamedTuple

from bot.printable import printable
from bot.translation import Translator
from index.model import Complaint
from index.moderating.gaps import Gap


class Said(NamedTuple):
    """What somebody found wrong with an answer, in their words where they wrote some, and when."""

    complaint: Complaint
    words: str
    at: datetime


class GapCard(NamedTuple):
    """A question that was asked in vain; ``facts``: how often, by how many, how many want to be told.

    ``others``: its other wordings, the newest first; ``said``: what was said of answers to it, the newest first.
    """

    id: str
    question: str
    facts: tuple[str, ...]
    last: datetime
    others: tuple[str, ...]
    said: tuple[Said, ...]


def lay_out_gap(gap: Gap, speaker: Translator) -> GapCard:
    """Return a gap as it is shown, all of it printable on one line each."""
    wordings = [printable(wording, fold=True) for wording in gap.wordings]
    said = (Said(report.complaint, printable(report.words, fold=True), report.at) for report in gap.reports)
    return GapCard(
        id=gap.id,
        question=printable(gap.question, fold=True),
        facts=tuple(_facts(gap, speaker)),
        last=gap.last,
        others=tuple(wordings[1:]),
        said=tuple(sorted(said, key=lambda one: one.at, reverse=True)),
    )


def _facts(gap: Gap, speaker: Translator) -> list[str]:
    facts = [
        speaker.text("asked once")
        if gap.asked == 1
        else speaker.plural("asked {count} time", "asked {count} times", gap.asked),
        speaker.plural("by {count} person", "by {count} people", gap.people),
    ]
    if gap.wishing:
        facts.append(speaker.plural("{count} wants to be told", "{count} want to be told", gap.wishing))
    return facts
