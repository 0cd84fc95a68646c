"""The audit log in words: what was done to what, one sentence for each act."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import NamedTuple

from pydantic import ValidationError

from bot.arrangements import Naming, arranged
from bot.meanings import certainty, metric_name
from bot.moderation.figure_cards import deal_title
from bot.moderation.keeping_cards import every_words, outcome_words
from bot.printable import printable
from bot.refusals import told
from bot.rules.preferences import Setting, parse
from bot.translation import Translator
from index.figures.deals import Deal
from index.figures.kinds import Commitment, Metric
from index.lexicons import SYNONYMS
from index.moderating.model import DRAFT_DAYS, Act, Deed, Every, Look
from index.refusal import Refusal

_LONGEST = 120  # characters of what somebody wrote
_LONGEST_SETTING = 240


class DeedCard(NamedTuple):
    """One thing that was done: when, by whom (as the log has it), and what in words."""

    at: datetime
    by: str
    sentence: str


class Names(NamedTuple):
    """What things are called now, by their ids: sources, deals, and the roles and channels of a server."""

    titles: Mapping[str, str] = {}
    deals: Mapping[str, str] = {}
    roles: Mapping[int, str] = {}
    channels: Mapping[int, str] = {}


_Said = Callable[["_Words", Translator], str]


class _Words:
    """What an entry of the log tells, as printable words; what it does not tell is empty."""

    def __init__(self, deed: Deed, names: Names, speaker: Translator) -> None:
        self._deed = deed
        self._names = names
        self._speaker = speaker
        title = self.plain("title") or names.titles.get(deed.subject, "") or deed.subject
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

    def deals(self) -> str:
        """Return the deals that are told of; one that is not there any more is called as the log has it."""
        value = self._deed.detail.get("deals", [])
        return _short(", ".join(self._names.deals.get(each, each) for each in value) if isinstance(value, list) else "")

    def deal(self) -> str:
        """Return the deal to which something was done."""
        known = self._names.deals.get(self._deed.subject)
        return self.quoted("name") if known is None else self._speaker.quoted(_short(known))

    def setting(self) -> str:
        """Return what was set, in words; empty where that is no setting of now."""
        subject, value = self._deed.subject, self._deed.detail.get("value", "")
        if subject not in set(Setting) or not isinstance(value, str):
            return ""
        naming = Naming(role=self._role, channel=self._channel)
        return _short(arranged(Setting(subject), parse({subject: value}), naming, self._speaker), _LONGEST_SETTING)

    def of_synonyms(self) -> bool:
        """Tell whether what was set are the entries that a server has added to the lexicon."""
        return self._deed.subject == SYNONYMS

    def _role(self, role: int) -> str:
        known = self._names.roles.get(role)
        return self._speaker.text("role {number}", number=role) if known is None else f"@{known}"

    def _channel(self, channel: int) -> str:
        known = self._names.channels.get(channel)
        return self._speaker.text("channel {number}", number=channel) if known is None else f"#{known}"

    def count(self, name: str) -> int:
        value = self._deed.detail.get(name, 0)
        return value if isinstance(value, int) else 0

    def fields(self) -> list[str]:
        value = self._deed.detail.get("fields", [])
        return [_short(each) for each in value] if isinstance(value, list) else []


def lay_out_deed(deed: Deed, names: Names, speaker: Translator) -> DeedCard:
    """Return an entry of the audit log in words."""
    sentence = _SENTENCES[deed.act](_Words(deed, names, speaker), speaker)
    return DeedCard(deed.at, deed.by, sentence)


def deal_names(deals: Iterable[Deal], speaker: Translator) -> dict[str, str]:
    """Return the names of deals in a language, by their ids."""
    return {deal.id: deal_title(deal, speaker) for deal in deals}


def _short(text: str, longest: int = _LONGEST) -> str:
    plain = printable(text, fold=True)
    return plain if len(plain) <= longest else plain[: longest - 1].rstrip() + "…"


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
        words.deals(),
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


def _set(words: _Words, speaker: Translator) -> str:
    if words.of_synonyms():
        return speaker.plural("Synonyms: {count} entry now", "Synonyms: {count} entries now", words.count("entries"))
    if what := words.setting():
        return speaker.text("Setting changed: {what}", what=what)
    return speaker.text("Setting {name} changed: {value}", name=words.subject, value=words.plain("value") or "—")


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
    Act.DEAL_MADE: lambda words, speaker: speaker.text("Deal made: {name}", name=words.deal()),
    Act.DEAL_DROPPED: lambda words, speaker: speaker.text("Deal dropped: {name}", name=words.deal()),
    Act.GOLDEN_ADDED: lambda words, speaker: speaker.text("Golden question added: {name}", name=words.subject),
    Act.GOLDEN_DROPPED: lambda words, speaker: speaker.text("Golden question dropped: {name}", name=words.subject),
    Act.GAP_SOLVED: _solved,
    Act.SETTING: _set,
    Act.IMPORTED: _imported,
}
