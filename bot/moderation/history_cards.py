"""The audit log in words: what was done to what, one sentence for each act."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import NamedTuple

from pydantic import ValidationError

from bot.meanings import certainty, metric_name
from bot.moderation.keeping_cards import every_words, outcome_words
from bot.printable import printable
from bot.refusals import told
from bot.translation import Translator
from index.figures.kinds import Commitment, Metric
from index.moderating.model import DRAFT_DAYS, Act, Deed, Every, Look
from index.refusal import Refusal

_LONGEST = 120  # characters of what somebody wrote


class DeedCard(NamedTuple):
    """One thing that was done: when, by whom (as the log has it), and what in words."""

    at: datetime
    by: str
    sentence: str


_Said = Callable[["_Words", Translator], str]


class _Words:
    """What an entry of the log tells, as printable words; what it does not tell is empty."""

    def __init__(self, deed: Deed, titles: Mapping[str, str], speaker: Translator) -> None:
        self._deed = deed
        self._speaker = speaker
        title = self.plain("title") or titles.get(deed.subject, "") or deed.subject
        self.title = speaker.quoted(_short(title))
        self.subject = speaker.quoted(_short(deed.subject))
        self.has_subject = bool(deed.subject)

    def plain(self, name: str) -> str:
        value = self._deed.detail.get(name, "")
        return _short(", ".join(value) if isinstance(value, list) else str(value))

    def quoted(self, name: str) -> str:
        return self._speaker.quoted(self.plain(name))

    def why(self) -> str:
        """Return why something could not be done; an entry of an older version has that in English alone."""
        try:
            return _short(
                told(Refusal.model_validate_json(str(self._deed.detail.get("refusal", ""))).error(), self._speaker)
            )
        except ValidationError:
            return self.plain("told")

    def count(self, name: str) -> int:
        value = self._deed.detail.get(name, 0)
        return value if isinstance(value, int) else 0

    def fields(self) -> list[str]:
        value = self._deed.detail.get("fields", [])
        return [_short(each) for each in value] if isinstance(value, list) else []


def lay_out_deed(deed: Deed, titles: Mapping[str, str], speaker: Translator) -> DeedCard:
    """Return an entry of the audit log in words. ``titles``: those of the sources that are there, by their ids."""
    sentence = _SENTENCES[deed.act](_Words(deed, titles, speaker), speaker)
    return DeedCard(deed.at, deed.by, sentence)


def _short(text: str) -> str:
    plain = printable(text, fold=True)
    return plain if len(plain) <= _LONGEST else plain[: _LONGEST - 1].rstrip() + "…"


def _edited(words: _Words, speaker: Translator) -> str:
    names = {
        "title": speaker.text("title"),
        "published": speaker.text("date"),
        "publisher": speaker.text("publisher"),
        "author": speaker.text("author"),
        "url": speaker.text("address"),
        "language": speaker.text("language"),
        "source": speaker.text("of which source it is a version"),
    }
    fields = ", ".join(names.get(field, field) for field in words.fields())
    return speaker.text("Draft edited: {title} ({fields})", title=words.title, fields=fields)


def _expired(words: _Words, speaker: Translator) -> str:
    return speaker.plural(
        "Draft deleted after {count} day without a decision: {title}",
        "Draft deleted after {count} days without a decision: {title}",
        DRAFT_DAYS,
        title=words.title,
    )


def _looked(words: _Words, speaker: Translator) -> str:
    outcome = words.plain("outcome")
    known = outcome_words(Look(outcome), speaker) if outcome in set(Look) else outcome
    said = speaker.text("Page of {title} read again: {outcome}", title=words.title, outcome=known)
    why = words.why()
    return f"{said}. {why}" if why else said


def _scheduled(words: _Words, speaker: Translator) -> str:
    every = words.plain("every")
    known = every_words(Every(every), speaker) if every in set(Every) else every
    return speaker.text("Page of {title} is read again {every}", title=words.title, every=known)


def _approved(words: _Words, speaker: Translator) -> str:
    return speaker.plural(
        "{count} figure approved in {title}",
        "{count} figures approved in {title}",
        words.count("figures"),
        title=words.title,
    )


def _rejected(words: _Words, speaker: Translator) -> str:
    return speaker.plural(
        "{count} figure rejected in {title}",
        "{count} figures rejected in {title}",
        words.count("figures"),
        title=words.title,
    )


def _corrected(words: _Words, speaker: Translator) -> str:
    metric, commitment = words.plain("metric"), words.plain("commitment")
    changes = [
        words.plain("measure"),
        metric_name(Metric(metric), speaker) if metric in set(Metric) else metric,
        certainty(Commitment(commitment), speaker) if commitment in set(Commitment) else commitment,
        words.plain("deals"),
    ]
    told = ", ".join(change for change in changes if change) or speaker.text("no deal")
    figure = words.quoted("figure")
    return speaker.text("Figure {figure} corrected in {title}: {told}", figure=figure, title=words.title, told=told)


def _solved(words: _Words, speaker: Translator) -> str:
    """Say which question was solved, as long as its words are kept."""
    asked = words.quoted("question") if words.plain("question") else ""
    if not words.has_subject:
        if not asked:
            return speaker.text("A question closed without a source")
        return speaker.text("Question closed without a source: {question}", question=asked)
    if not asked:
        return speaker.text("A question answered by a source since")
    return speaker.text("Question answered by a source since: {question}", question=asked)


def _imported(words: _Words, speaker: Translator) -> str:
    return speaker.plural("{count} source imported", "{count} sources imported", words.count("sources"))


_SENTENCES: Mapping[Act, _Said] = {
    Act.DRAFTED: lambda words, speaker: speaker.text("Draft made: {title}", title=words.title),
    Act.EDITED: _edited,
    Act.DISCARDED: lambda words, speaker: speaker.text("Draft discarded: {title}", title=words.title),
    Act.EXPIRED: _expired,
    Act.ADDED: lambda words, speaker: speaker.text("Source added: {title}", title=words.title),
    Act.UPDATED: lambda words, speaker: speaker.text("New version live: {title}", title=words.title),
    Act.REMOVED: lambda words, speaker: speaker.text("Source removed: {title}", title=words.title),
    Act.RESTORED: lambda words, speaker: speaker.text("Source restored: {title}", title=words.title),
    Act.ERASED: lambda words, speaker: speaker.text("Removed source deleted for good: {title}", title=words.title),
    Act.LOOKED: _looked,
    Act.SCHEDULED: _scheduled,
    Act.FIGURES_APPROVED: _approved,
    Act.FIGURES_REJECTED: _rejected,
    Act.FIGURE_CORRECTED: _corrected,
    Act.DEAL_MADE: lambda words, speaker: speaker.text("Deal made: {name}", name=words.quoted("name")),
    Act.DEAL_DROPPED: lambda words, speaker: speaker.text("Deal dropped: {name}", name=words.quoted("name")),
    Act.GOLDEN_ADDED: lambda words, speaker: speaker.text("Golden question added: {name}", name=words.subject),
    Act.GOLDEN_DROPPED: lambda words, speaker: speaker.text("Golden question dropped: {name}", name=words.subject),
    Act.GAP_SOLVED: _solved,
    Act.SETTING: lambda words, speaker: speaker.text(
        "Setting {name} changed: {value}", name=words.subject, value=words.plain("value") or "—"
    ),
    Act.IMPORTED: _imported,
}
