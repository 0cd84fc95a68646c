"""What is kept about a person, shown to them alone, and the buttons that delete it.

What a button does stands in its custom id; whose traces it means never does: they are those of whoever presses it.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any, NamedTuple, Self

from discord import ButtonStyle
from discord.ui import ActionRow, Button, Container, Item, LayoutView, TextDisplay

from bot.translation import Translator
from bot.views.markdown import escape_line, length, truncate
from bot.views.notice import CALM, CAREFUL, Notice
from bot.views.pressing import PressButton
from bot.views.report import complaint_name
from index.memory import KEPT_DAYS
from index.model import Report, Traces
from index.moderating.model import REMOVED_DAYS

_PAGE = 6  # entries
_ROOM = 380  # characters that an entry's text takes once it is escaped
_ROOM_OF_REPORTED = 120  # the same for the question of a report, which stands beside the words
_ROOM_OF_WORDS = 240


class Step(StrEnum):
    """What a button does."""

    PAGE = "page"
    DELETE = "delete"
    FORGET = "forget"


class Stepped(NamedTuple):
    """A pressed button: what it does, and which page it shows (from 0)."""

    step: Step
    page: int


_TEMPLATE = re.compile(rf"privacy:(?P<step>{'|'.join(Step)}):(?P<page>[0-9]{{1,6}})")


class PrivacyButton(PressButton, template=_TEMPLATE):
    """A button on what is kept about a person. A press goes to the client's listeners as the event ``privacy_step``."""

    def __init__(
        self,
        step: Step,
        label: str,
        *,
        page: int = 0,
        disabled: bool = False,
        style: ButtonStyle = ButtonStyle.secondary,
    ) -> None:
        self.stepped = Stepped(step, page)
        super().__init__(Button(label=label, custom_id=f"privacy:{step}:{page}", style=style, disabled=disabled))

    @classmethod
    def read(cls, match: re.Match[str], label: str) -> Self:
        """Read a button from its custom id."""
        return cls(Step(match["step"]), label, page=int(match["page"]))

    def handed_on(self) -> tuple[str, object]:
        """Return the event that a press is, and what it means."""
        return "privacy_step", self.stepped


class PrivacyView(LayoutView):
    """A page of what is kept about a person, with what is true for everybody; ``page`` counts from 0."""

    def __init__(self, traces: Traces, page: int, speaker: Translator) -> None:
        super().__init__(timeout=None)
        entries = list(_entries(traces))
        pages = max(-(-len(entries) // _PAGE), 1)
        page = min(page, pages - 1)
        title = speaker.text("What I keep about you")
        box: Container[LayoutView] = Container(accent_colour=CALM)
        box.add_item(TextDisplay(f"### {title}\n{amount(traces, speaker)}"))
        shown = entries[page * _PAGE : (page + 1) * _PAGE]
        if shown:
            box.add_item(TextDisplay("\n".join(_drawn(shown, speaker))))
        if pages > 1:
            box.add_item(TextDisplay(f"-# {page + 1}/{pages}"))
        box.add_item(TextDisplay("\n".join(f"-# {rule}" for rule in _rules(speaker))))
        self.add_item(box)
        if entries:
            self.add_item(ActionRow(*_buttons(page, pages, speaker)))


class DeletionView(Notice):
    """Asks once more before all that is kept about a person is deleted."""

    def __init__(self, traces: Traces, speaker: Translator) -> None:
        buttons: tuple[Item[Any], ...] = (
            PrivacyButton(Step.FORGET, speaker.text("Yes, delete it"), style=ButtonStyle.danger),
            PrivacyButton(Step.PAGE, speaker.text("No, keep it")),
        )
        super().__init__(
            amount(traces, speaker),
            speaker.text(
                "Delete all of this for good? The answers to your questions go with it, and what others said of them; "
                "their buttons will work no more."
            ),
            row=buttons,
        )


class DeletedView(Notice):
    """Says what was deleted."""

    def __init__(self, traces: Traces, speaker: Translator) -> None:
        if traces == Traces():
            super().__init__(speaker.text("Nothing about you was kept."), colour=CALM)
        else:
            deleted = speaker.text("Deleted.")
            super().__init__(f"**{deleted}**", amount(traces, speaker), colour=CAREFUL)


class Entry(NamedTuple):
    """Something that is kept: a question, a report or (a question too) a wish for a source."""

    kind: str
    at: datetime
    question: str
    report: Report | None = None


def _entries(traces: Traces) -> Iterator[Entry]:
    for question in traces.questions:
        yield Entry("question", question.at, question.text)
    for report in traces.reports:
        yield Entry("report", report.at, report.question, report)
    for wish in traces.wishes:
        yield Entry("wish", wish.at, wish.text)


def amount(traces: Traces, speaker: Translator) -> str:
    """Return how much is kept about a person, as a line."""
    if traces == Traces():
        return speaker.text("Nothing: no question, no report, no wish for a source.")
    return " · ".join(
        (
            speaker.plural(
                "{count} question with its answer", "{count} questions with their answers", len(traces.questions)
            ),
            speaker.plural("{count} report", "{count} reports", len(traces.reports)),
            speaker.plural("{count} wish for a source", "{count} wishes for a source", len(traces.wishes)),
        )
    )


def _drawn(entries: Sequence[Entry], speaker: Translator) -> Iterator[str]:
    """Yield the lines of entries, under a heading where another kind begins."""
    titles = {
        "question": speaker.text("Questions"),
        "report": speaker.text("Reports"),
        "wish": speaker.text("Wishes for a source"),
    }
    kind = ""
    for entry in entries:
        if entry.kind != kind:
            yield f"**{titles[entry.kind]}**"
        kind = entry.kind
        moment = f"<t:{int(entry.at.timestamp())}:f>"
        if entry.report is None:
            yield f"- {moment} · {_fitting(entry.question, _ROOM)}"
        else:
            yield f"- {moment} · {complaint_name(entry.report.complaint, speaker)} · {_said(entry.report, speaker)}"


def _said(report: Report, speaker: Translator) -> str:
    question = speaker.quoted(_fitting(report.question, _ROOM_OF_REPORTED))
    return f"{question} · {_fitting(report.words, _ROOM_OF_WORDS)}" if report.words.strip() else question


def _fitting(text: str, room: int) -> str:
    """Return a text as one escaped line, cut where that is longer than ``room``. Escaping at most doubles a text."""
    line = escape_line(text)
    return line if length(line) <= room else escape_line(truncate(text, room // 2))


def _rules(speaker: Translator) -> Iterator[str]:
    """Yield what is kept about anybody, for how long, and who sees it."""
    yield speaker.text(
        "All of this is deleted after {days} days; an answer that was reported, {days} days after the report. What "
        "belongs to a server that removes me is erased after {days} days.",
        days=KEPT_DAYS,
    )
    yield speaker.text(
        "Nothing else is kept of what you write, unless a moderator adds a message of yours as a source: then its text "
        "or its file is, with its date, its link and your name as it stood there. Ask the moderators to remove that "
        "source: it is out of all answers at once, and erased {days} days later, but for its title in the log of who "
        "did what.",
        days=REMOVED_DAYS,
    )
    yield speaker.text(
        "Of moderators I note who did what with sources, figures, golden questions and settings, for as long as I am "
        "in their server; of a question that they solved, its words for {days} days. Where they name the sentence that "
        "answers it, its words stay as a golden question, without your name, until they remove it.",
        days=KEPT_DAYS,
    )
    yield speaker.text(
        "Only you see this list. Moderators see unanswered questions, reports and wishes for a source, without names. "
        "Whoever runs me keeps the data."
    )


def _buttons(page: int, pages: int, speaker: Translator) -> Iterator[PrivacyButton]:
    if pages > 1:
        yield PrivacyButton(Step.PAGE, "◀", page=max(page - 1, 0), disabled=page == 0)
        yield PrivacyButton(Step.PAGE, "▶", page=page + 1, disabled=page == pages - 1)
    yield PrivacyButton(Step.DELETE, speaker.text("Delete all of this"), style=ButtonStyle.danger)
