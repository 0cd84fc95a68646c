"""The sources that a server keeps as neutral cards: how each stands, what its page is like now, what that changes.

What the cards hold has been through ``printable``; when something was or will be stands as a moment, for each face to
write in its own way.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from bot.cards import SourceCard, describe
from bot.deals.figures import lay_out_figure
from bot.printable import printable
from bot.refusals import told
from bot.translation import Translator
from index.figures.kinds import Review
from index.model import SHARED, Figure, Source, State
from index.moderating.differences import ChangedFigure, Difference, worth
from index.moderating.model import REMOVED_DAYS, Every, Look, Waiting
from index.moderating.upkeep import Looked, Plan, is_page

_FEW = 30
"""Sentences and figures of each kind that a card has."""


class EntryCard(NamedTuple):
    """A source in a list. ``restorable_until``: where it was removed and is not kept for ever.

    ``draft``: the id of one that waits to be the next version of what lives.
    """

    source: SourceCard
    restorable_until: datetime | None
    draft: str


class PageCard(NamedTuple):
    """The page that a source is read from: how often that is done, when last and next.

    ``outcome``: what came of the last time, where that was more than reading it.
    """

    every: str
    seen_at: datetime | None
    due_at: datetime | None
    outcome: str


class OwnCard(NamedTuple):
    """A source with all that moderators know of it. ``figures``: how many there are in each state, in words.

    ``page`` is None where it was not read from a page, or was removed.
    """

    entry: EntryCard
    figures: tuple[str, ...]
    page: PageCard | None


class ChangedFigureCard(NamedTuple):
    """A figure before and after; where it is gone ``after`` is empty, and ``note`` says so."""

    metric: str
    before: str
    after: str
    note: str = ""


class DifferenceCard(NamedTuple):
    """What another version changes, in words of both texts, of each kind the first few and how many there are.

    ``moved``: what figures measure and come to that are the same, but in another sentence. ``gone_count`` counts all
    sentences that are gone, ``gone`` and ``others`` are those besides the ``lost`` ones; ``kept`` counts the sentences
    that stand in both.
    """

    lost: tuple[str, ...]
    lost_count: int
    figures: tuple[ChangedFigureCard, ...]
    figures_count: int
    moved: tuple[tuple[str, str], ...]
    moved_count: int
    gone: tuple[str, ...]
    others: int
    gone_count: int
    new: tuple[str, ...]
    new_count: int
    kept: int


class LookedCard(NamedTuple):
    """What came of looking at a page again: a sentence, what is known of an article otherwise now, and what changes.

    ``draft`` is the id of the draft of it, empty where there is none; it waits until ``until``. ``trouble``: the page
    could not be read, or has lost what it said.
    """

    source: SourceCard
    sentence: str
    trouble: bool
    described: tuple[str, ...]
    difference: DifferenceCard | None
    draft: str
    until: datetime | None


def lay_out_entry(
    source: Source, removals: dict[str, datetime], waiting: Iterable[Waiting], speaker: Translator
) -> EntryCard:
    """Return a source as a list has it. ``removals``: when the removed ones were."""
    is_removed = source.state is State.REMOVED
    removed_at = removals.get(source.id) if is_removed else None
    draft = next((each.id for each in waiting if each.source.id == source.id and not is_removed), "")
    return EntryCard(describe(source, speaker), restorable_until(source, removed_at), draft)


def lay_out_own(
    entry: EntryCard, source: Source, figures: Sequence[Figure], plan: Plan | None, speaker: Translator
) -> OwnCard:
    """Return all that moderators know of a source."""
    counted = Counter(figure.review for figure in figures)
    words = {
        Review.EXTRACTED: speaker.plural("{count} to review", "{count} to review", counted[Review.EXTRACTED]),
        Review.APPROVED: speaker.plural("{count} approved", "{count} approved", counted[Review.APPROVED]),
        Review.REJECTED: speaker.plural("{count} rejected", "{count} rejected", counted[Review.REJECTED]),
    }
    told = tuple(said for review, said in words.items() if counted[review])
    return OwnCard(entry, told, lay_out_page(source, plan, speaker))


def lay_out_page(source: Source, plan: Plan | None, speaker: Translator) -> PageCard | None:
    """Return the page of a source; None where it was not read from one, or nobody looks at that any more."""
    if source.state is State.REMOVED:
        return None
    if plan is None:
        return PageCard(every_words(Every.NEVER, speaker), None, None, "") if is_page(source.url) else None
    outcome = "" if plan.look is Look.READ else outcome_words(plan.look, speaker)
    return PageCard(every_words(plan.every, speaker), plan.seen_at, plan.due_at, outcome)


def lay_out_looked(looked: Looked, speaker: Translator) -> LookedCard:
    """Return what came of looking at a page again."""
    draft = looked.draft
    return LookedCard(
        source=describe(looked.source, speaker),
        sentence=_look_sentence(looked, speaker),
        trouble=looked.look in {Look.GONE, Look.EMPTIED, Look.FAILED},
        described=() if draft is None else tuple(_described(looked.source, draft.source, speaker)),
        difference=None if draft is None else lay_out_difference(looked.difference, speaker),
        draft="" if draft is None else draft.id,
        until=None if draft is None else draft.until,
    )


def lay_out_difference(difference: Difference, speaker: Translator) -> DifferenceCard:
    """Return what another version changes."""
    lost = set(difference.lost)
    gone = [sentence for sentence in difference.gone if sentence not in lost]
    moved = [change.before for change in difference.figures if _is_moved(change)]
    changed = [change for change in difference.figures if not _is_moved(change)]
    return DifferenceCard(
        lost=_shown(difference.lost),
        lost_count=len(difference.lost),
        figures=tuple(_changed(change, speaker) for change in changed[:_FEW]),
        figures_count=len(changed),
        moved=tuple(_measured(figure, speaker) for figure in moved[:_FEW]),
        moved_count=len(moved),
        gone=_shown(gone),
        others=len(gone),
        gone_count=len(difference.gone),
        new=_shown(difference.new),
        new_count=len(difference.new),
        kept=difference.kept,
    )


def _shown(texts: Sequence[str]) -> tuple[str, ...]:
    return tuple(printable(text, fold=True) for text in texts[:_FEW])


def every_words(every: Every, speaker: Translator) -> str:
    """Return how often a page is looked at."""
    return {
        Every.NEVER: speaker.text("only when somebody asks for it"),
        Every.DAILY: speaker.text("every day"),
        Every.WEEKLY: speaker.text("every week"),
    }[every]


def outcome_words(look: Look, speaker: Translator) -> str:
    """Return what came of looking at a page, in short."""
    return {
        Look.READ: speaker.text("read"),
        Look.UNCHANGED: speaker.text("unchanged"),
        Look.CHANGED: speaker.text("changed"),
        Look.GONE: speaker.text("gone"),
        Look.EMPTIED: speaker.text("without its article"),
        Look.FAILED: speaker.text("not readable"),
    }[look]


def restorable_until(source: Source, removed_at: datetime | None) -> datetime | None:
    """Return until when a source that was removed then can be restored; None where that is for ever, or it lives."""
    if removed_at is None or source.shelf == SHARED:
        return None
    return removed_at + timedelta(days=REMOVED_DAYS)


def _look_sentence(looked: Looked, speaker: Translator) -> str:
    why = "" if looked.refusal is None else printable(told(looked.refusal.error(), speaker), fold=True)
    same = speaker.text("Its page says what it said before.")
    if looked.look is Look.CHANGED:
        return _changed_sentence(speaker, waits=looked.draft is not None)
    if looked.look is Look.EMPTIED and not why:
        return speaker.text("Its page has lost most of its text; the last good version stays.")
    return {
        Look.READ: same,
        Look.UNCHANGED: same,
        Look.GONE: speaker.text("Its page is gone; the last good version stays. {reason}", reason=why),
        Look.EMPTIED: speaker.text(
            "Its page has no article any more; the last good version stays. {reason}", reason=why
        ),
        Look.FAILED: speaker.text("Its page could not be read; the last good version stays. {reason}", reason=why),
    }[looked.look]


def _changed_sentence(speaker: Translator, *, waits: bool) -> str:
    if waits:
        return speaker.text(
            "Its page says something else now. Until somebody approves the draft, answers stay as they are."
        )
    return speaker.text("Its page still says what a moderator has discarded.")


def _described(before: Source, after: Source, speaker: Translator) -> Iterable[str]:
    """Yield what is known of an article otherwise than before: ``Title: A → B``."""
    old, new = describe(before, speaker), describe(after, speaker)
    for name, was, now in (
        (speaker.text("Title"), old.title, new.title),
        (speaker.text("Published"), old.date, new.date),
        (speaker.text("Publisher"), old.publisher, new.publisher),
        (speaker.text("Author"), printable(before.author or "", fold=True), printable(after.author or "", fold=True)),
    ):
        if was != now:
            yield speaker.text("{name}: {before} → {after}", name=name, before=was or "—", after=now or "—")


def _is_moved(change: ChangedFigure) -> bool:
    """Tell whether a figure comes to what it came to, and only its sentence is another one."""
    return change.after is not None and worth(change.before) == worth(change.after)


def _measured(figure: Figure, speaker: Translator) -> tuple[str, str]:
    card = lay_out_figure(figure, (), speaker)
    return card.metric, card.value


def _changed(change: ChangedFigure, speaker: Translator) -> ChangedFigureCard:
    metric, before = _measured(change.before, speaker)
    if change.after is None:
        return ChangedFigureCard(metric, before, "", speaker.text("no longer there"))
    return ChangedFigureCard(metric, before, _measured(change.after, speaker)[1])
