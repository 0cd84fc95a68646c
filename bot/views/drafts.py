"""Drafts as Discord messages for moderators: what was read, what approving it would spoil, what is live now."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from discord import ButtonStyle
from discord.ui import ActionRow, Button, Container, Item, LayoutView, Separator, TextDisplay

from bot.moderation.draft_cards import DraftCard, DraftFigure
from bot.translation import Translator
from bot.views.answer import noted
from bot.views.deep_links import deep_link
from bot.views.draft_controls import Act, DraftButton, FiguresButton, Press
from bot.views.learning_controls import GapAct, GapButton, GapPress
from bot.views.markdown import button_label, escape, escape_line, fitted, length
from bot.views.notice import CALM, CAREFUL
from bot.views.paging import LEFT_OUT, paginate
from bot.views.stamps import clock, person
from index.model import Source

# Characters that the parts of a message take once they are drawn; together they stay below Discord's 4,000.
_ROOM = 3_900
_TITLE = 200
_OLD_TITLE = 100
_FACT = 100
_OPENING = 500
_FEWEST = 60  # of an opening that is worth showing
_VALUE = 60
_DEAL = 40
_DEALS = 2
_FIGURES = 4
_CAUTIONS = 450
_LIKENESS = 200
_LIKENESSES = 3
_CHANGES = 600
_FAULT = 220
_FAULTS = 2
_QUESTION = 300


class DraftView(LayoutView):
    """A draft before it lives. ``changes``: lines, ready to be shown, that say what it changes about a version.

    ``said``: what of a form could not be taken, as sentences. ``may_approve``: whether who sees it has the right to,
    else they are told of ``review``, the command for others; ``near``: title and key of a source of which it may be the
    next version.
    """

    def __init__(
        self,
        card: DraftCard,
        speaker: Translator,
        *,
        may_approve: bool,
        review: str,
        changes: Sequence[str] = (),
        near: tuple[str, str] | None = None,
        said: Sequence[str] = (),
    ) -> None:
        super().__init__(timeout=None)
        careful = bool(card.cautions or card.likenesses or said)
        box: Container[LayoutView] = Container(accent_colour=CAREFUL if careful else CALM)
        top = [*_left_out(said, speaker), _heading(card, speaker), "\n".join(_facts(card))]
        changed = _within(changes, _CHANGES - sum(length(text) for text in top[:-2]))
        bottom = [*_sections(card, changed, speaker), _standing(card, "" if may_approve else review, speaker)]
        left = _ROOM - sum(length(text) for text in (*top, *bottom))
        for text in (*top, *_glimpse(card.opening, min(_OPENING, left))):
            box.add_item(TextDisplay(text))
        for text in bottom:
            box.add_item(Separator())
            box.add_item(TextDisplay(text))
        self.add_item(box)
        self.add_item(ActionRow(*_acts(card, speaker, may_approve=may_approve)))
        self.add_item(ActionRow(*_turns(card, near, speaker)))


class SureView(LayoutView):
    """Asks once more before something is done with a draft: ``said`` is ready to be shown, ``key`` stands for it."""

    def __init__(
        self, draft_id: str, said: Iterable[str], act: Act, label: str, speaker: Translator, *, key: str = ""
    ) -> None:
        super().__init__(timeout=None)
        self.add_item(Container(*(TextDisplay(text) for text in said), accent_colour=CAREFUL))
        self.add_item(
            ActionRow(
                DraftButton(Press(act, draft_id, key), label, style=ButtonStyle.danger),
                DraftButton(Press(Act.SHOW, draft_id), speaker.text("Back")),
            )
        )


class Live(NamedTuple):
    """What has just been approved, and what came of it.

    ``question``: one that it answers, where one is known; ``figures``: how many were found in it, of which ``waiting``
    have not been reviewed; ``gaps``: the ids of the questions, asked in vain before, that it answers.
    """

    source: Source
    question: str
    figures: int
    waiting: int
    gaps: tuple[str, ...] = ()


class LiveView(LayoutView):
    """What has just been approved. ``ask``: the command with which one asks."""

    def __init__(self, live: Live, ask: str, speaker: Translator) -> None:
        super().__init__(timeout=None)
        title = speaker.quoted(fitted(live.source.title, _TITLE))
        if live.source.version > 1:
            said = [speaker.text("**Live now**: the new version of {title}.", title=title)]
        else:
            said = [speaker.text("**Live now**: {title}.", title=title)]
        if live.question:
            asked = speaker.quoted(fitted(live.question, _QUESTION))
            said.append(speaker.text("Ask about it, for instance with {ask}: {question}", ask=ask, question=asked))
        else:
            said.append(speaker.text("Ask about it with {ask}: it is in the next answer already.", ask=ask))
        if live.waiting:
            said.append(_uncounted(live, speaker))
        if live.gaps:
            said.append(
                speaker.plural(
                    "It answers {count} question that was asked in vain.",
                    "It answers {count} questions that were asked in vain.",
                    len(live.gaps),
                )
            )
        self.add_item(Container(*(TextDisplay(text) for text in said), accent_colour=CALM))
        if row := list(_following(live, speaker)):
            self.add_item(ActionRow(*row))


def _uncounted(live: Live, speaker: Translator) -> str:
    """Return that figures of what lives now wait for a review."""
    if live.waiting < live.figures:
        return speaker.plural(
            "{count} of its figures counts once somebody has approved it.",
            "{count} of its figures count once somebody has approved them.",
            live.waiting,
        )
    return speaker.plural(
        "Its {count} figure counts once somebody has approved it.",
        "Its {count} figures count once somebody has approved them.",
        live.waiting,
    )


def _following(live: Live, speaker: Translator) -> Iterator[Item[Any]]:
    """Yield the buttons to what is to be done next."""
    if live.waiting:
        yield FiguresButton(live.source.id, speaker.text("Review its figures"), style=ButtonStyle.primary)
    if live.gaps:
        label = speaker.plural("See the question", "See the questions", len(live.gaps))
        one = GapPress(GapAct.SHOW, live.gaps[0]) if len(live.gaps) == 1 else GapPress(GapAct.LIST)
        yield GapButton(one, label)


def _heading(card: DraftCard, speaker: Translator) -> str:
    title = f"### {fitted(noted(card.title, card.title_note), _TITLE)}"
    if not card.replaces:
        return title
    old = speaker.quoted(fitted(card.replaces, _OLD_TITLE))
    if card.removed:
        said = speaker.text("A new version of {title}, which has been removed: restore that first.", title=old)
    else:
        said = speaker.text("A new version of {title}, which stays as it is until this is approved.", title=old)
    return f"{title}\n{said}"


def _facts(card: DraftCard) -> Iterator[str]:
    for name, value in card.facts:
        yield f"**{name}** · {fitted(value, _FACT)}"


def _sections(card: DraftCard, changes: Sequence[str], speaker: Translator) -> Iterator[str]:
    warnings = [fitted(likeness, _LIKENESS) for likeness in card.likenesses[:_LIKENESSES]]
    warnings += _within([escape_line(caution) for caution in card.cautions], _CAUTIONS)
    if warnings:
        yield "\n".join(f"⚠️ {warning}" for warning in warnings)
    if changes:
        heading = speaker.text("What it changes")
        yield "\n".join([f"**{heading}**", *changes])
    yield "\n".join(_figures(card, speaker))


def _left_out(faults: Sequence[str], speaker: Translator) -> Iterator[str]:
    """Yield what of a form could not be taken; it takes the room of what a draft changes, which a new one does not."""
    if faults:
        shown = [f"⚠️ {fitted(fault, _FAULT)}" for fault in faults[:_FAULTS]]
        yield "\n".join([*shown, speaker.text("The draft is without it; “Edit details” puts it right.")])


def _within(lines: Sequence[str], room: int) -> list[str]:
    """Return as many of some lines as there is room for, with a sign where some are left out."""
    shown: list[str] = []
    for line in lines:
        room -= length(line) + 4
        if room < 0:
            return [*shown, LEFT_OUT.strip()]
        shown.append(line)
    return shown


def _figures(card: DraftCard, speaker: Translator) -> Iterator[str]:
    if not card.figures:
        yield speaker.text("I found no figures in it.")
        return
    found = speaker.plural("{count} figure found", "{count} figures found", len(card.figures))
    waiting = speaker.plural("{count} to review", "{count} to review", card.waiting)
    yield f"**{found}** · {waiting}"
    for figure in card.figures[:_FIGURES]:
        yield f"- {_figure(figure, speaker)}"
    left = len(card.figures) - _FIGURES
    if left > 0:
        yield "-# " + speaker.plural("and {count} more figure", "and {count} more figures", left)


def _figure(figure: DraftFigure, speaker: Translator) -> str:
    value = f"**{fitted(figure.value, _VALUE)}** {escape_line(figure.metric)}"
    deals = ", ".join(fitted(deal, _DEAL) for deal in figure.deals[:_DEALS]) or speaker.text("no deal")
    return " · ".join(part for part in (f"{value} → {deals}", figure.review) if part)


def _standing(card: DraftCard, review: str, speaker: Translator) -> str:
    told = speaker.text(
        "A draft ({by}): it is in no answer before it is approved, and waits until {until}.",
        by=person(card.by, speaker),
        until=clock(card.until),
    )
    said = [told]
    if review:
        said.append(speaker.text("Those whom this server lets approve sources find it with {review}.", review=review))
    return "\n".join(f"-# {line}" for line in said)


def _glimpse(text: str, room: int) -> Iterator[str]:
    """Yield the first sentences of a text as a block quote, with a sign where it goes on; nothing without room."""
    if text and room >= _FEWEST:
        shown = paginate([text], room - len(LEFT_OUT), lambda part: length(_quoted(part)))[0][0]
        yield _quoted(shown.rstrip()) + ("" if len(shown) == len(text) else LEFT_OUT.rstrip())


def _quoted(text: str) -> str:
    return "> " + escape(text).replace("\n", "\n> ")


def _acts(card: DraftCard, speaker: Translator, *, may_approve: bool) -> Iterator[Item[Any]]:
    label = speaker.text("Approve the new version") if card.replaces else speaker.text("Approve")
    approve = Press(Act.APPROVE, card.id, card.mark)
    yield DraftButton(approve, button_label(label), style=ButtonStyle.success, disabled=not may_approve)
    yield DraftButton(Press(Act.EDIT, card.id), speaker.text("Edit details"))
    if card.figures and may_approve:
        yield FiguresButton(card.id, speaker.text("Figures"))
    yield DraftButton(Press(Act.DISCARD, card.id), speaker.text("Discard"), style=ButtonStyle.danger)


def _turns(card: DraftCard, near: tuple[str, str] | None, speaker: Translator) -> Iterator[Item[Any]]:
    """Yield the buttons to what the draft may be instead, and to its page."""
    if near is not None:
        title, key = near
        label = speaker.text("New version of {title}", title=speaker.quoted(title))
        yield DraftButton(Press(Act.REPLACE, card.id, key), button_label(label), style=ButtonStyle.primary)
    if card.replaces:
        yield DraftButton(Press(Act.PART, card.id), speaker.text("A source of its own"))
    if card.language == "fr":
        yield DraftButton(Press(Act.ENGLISH, card.id), speaker.text("It is in English"))
    else:
        yield DraftButton(Press(Act.FRENCH, card.id), speaker.text("It is in French"))
    if link := deep_link(dict(card.facts).get(speaker.text("Address")), ""):
        yield Button(label=speaker.text("Read"), url=link)
