"""What was asked in vain, as Discord messages that only moderators see: all of it, one question, what became of it."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from discord import ButtonStyle
from discord.ui import ActionRow, Container, File, LayoutView, Section, TextDisplay

from bot.moderation.gap_cards import GapCard, Said
from bot.translation import Translator
from bot.views.learning_controls import GapAct, GapButton, GapPress
from bot.views.markdown import fitted
from bot.views.notice import CALM, CAREFUL
from bot.views.report import complaint_name
from bot.views.sheets import Block, draw_page, lay
from bot.views.stamps import away, day

PAGE = 5
"""Gaps on a page: with what was said of their answers, they stay below the 4,000 characters of a message."""

TABLE = "gaps.csv"

# Characters that the parts of a message take once they are drawn.
_QUESTION = 160
_FACTS = 120
_SAID = 90
_SAID_IN_LIST = 2
_WHOLE_QUESTION = 400
_WORDING = 300
_WORDS = 600  # more than a report has
_TITLE = 140
_QUOTE = 250
_ROOM = 2_700  # for the other wordings and what was said, on a page of one gap


class Now(NamedTuple):
    """What a question gets when it is asked again: whether an answer, from which source, with what quote."""

    answered: bool
    title: str = ""
    quote: str = ""


class Telling(NamedTuple):
    """How many people who wanted to know have been told, and how many could not be; ``left``: how many are to be."""

    told: int = 0
    missed: int = 0
    left: int = 0


class GapsView(LayoutView):
    """A page of what was asked in vain, the most asked first; there is at least one."""

    def __init__(self, cards: Sequence[GapCard], page: int, speaker: Translator) -> None:
        super().__init__(timeout=None)
        pages = -(-len(cards) // PAGE)
        page = min(page, pages - 1)
        box: Container[LayoutView] = Container(accent_colour=CALM)
        title = speaker.plural("{count} question asked in vain", "{count} questions asked in vain", len(cards))
        what = speaker.text("Unanswered, or with an answer that somebody found wrong, in the last 30 days.")
        box.add_item(TextDisplay(f"### {title}\n-# {what}"))
        for card in cards[page * PAGE : (page + 1) * PAGE]:
            shown = GapButton(GapPress(GapAct.SHOW, card.id, 0, page), speaker.text("Open"))
            box.add_item(Section(TextDisplay(_entry(card, speaker)), accessory=shown))
        if pages > 1:
            box.add_item(TextDisplay(f"-# {page + 1}/{pages}"))
        self.add_item(box)
        row = _turning(GapAct.LIST, "", page, pages)
        row.append(GapButton(GapPress(GapAct.TABLE), speaker.text("As a table (CSV)")))
        self.add_item(ActionRow(*row))


class GapView(LayoutView):
    """One question that was asked in vain: its wordings, what was said, what it gets now; ``page`` counts from 0.

    ``back``: the page of the list that it came from; ``may_solve``: whether its reader has the right to.
    """

    def __init__(self, card: GapCard, now: Now, speaker: Translator, *, page: int, back: int, may_solve: bool) -> None:
        super().__init__(timeout=None)
        laid = lay(_blocks(card, speaker), _ROOM)
        page = min(page, len(laid) - 1)
        box: Container[LayoutView] = Container(accent_colour=CALM)
        box.add_item(TextDisplay(f"### {fitted(card.question, _WHOLE_QUESTION)}\n{_facts(card, speaker)}"))
        box.add_item(TextDisplay(_now(now, speaker)))
        draw_page(box, laid, page)
        self.add_item(box)
        if may_solve:
            self.add_item(
                ActionRow(
                    GapButton(
                        GapPress(GapAct.SOLVE, card.id, 0, back),
                        speaker.text("Solved by a source…"),
                        style=ButtonStyle.success,
                    ),
                    GapButton(GapPress(GapAct.CLOSE, card.id, 0, back), speaker.text("Close without a source")),
                )
            )
        row = _turning(GapAct.SHOW, card.id, page, len(laid), back)
        self.add_item(ActionRow(*row, GapButton(GapPress(GapAct.LIST, "", back), speaker.text("Back"))))


class CloseView(LayoutView):
    """Asks once more before a question is closed without a source."""

    def __init__(self, card: GapCard, wishing: int, back: int, speaker: Translator) -> None:
        super().__init__(timeout=None)
        question = speaker.quoted(fitted(card.question, _WHOLE_QUESTION))
        texts = [
            speaker.text("Close {question} without a source? It opens again when it is asked again.", question=question)
        ]
        if wishing:
            texts.append(
                speaker.plural(
                    "{count} person who wanted to know is told that it was closed.",
                    "{count} people who wanted to know are told that it was closed.",
                    wishing,
                )
            )
        self.add_item(Container(TextDisplay("\n".join(texts)), accent_colour=CAREFUL))
        surely = GapPress(GapAct.CLOSE_SURELY, card.id, 0, back)
        self.add_item(
            ActionRow(
                GapButton(surely, speaker.text("Close it"), style=ButtonStyle.danger),
                GapButton(GapPress(GapAct.SHOW, card.id, 0, back), speaker.text("Back")),
            )
        )


class SolvedView(LayoutView):
    """What became of a question that was solved; ``title``: of the source that solves it, where one does."""

    def __init__(self, question: str, title: str, now: Now, telling: Telling, speaker: Translator) -> None:
        super().__init__(timeout=None)
        asked = speaker.quoted(fitted(question, _WHOLE_QUESTION))
        if title:
            said = speaker.text(
                "{question} is solved by {title}.", question=asked, title=speaker.quoted(fitted(title, _TITLE))
            )
        else:
            said = speaker.text("{question} is closed.", question=asked)
        texts = [f"**{said}**", _now(now, speaker), *_told(telling, speaker)]
        colour = CALM if now.answered or not title else CAREFUL
        self.add_item(Container(*(TextDisplay(text) for text in texts), accent_colour=colour))
        self.add_item(ActionRow(GapButton(GapPress(GapAct.LIST), speaker.text("All open questions"))))


class TableView(LayoutView):
    """A file with all that was asked in vain, which is sent along."""

    def __init__(self, gaps: int, speaker: Translator) -> None:
        super().__init__(timeout=None)
        told = speaker.plural(
            "{count} question, with how often it was asked and what was said of its answers; not by whom",
            "{count} questions, with how often they were asked and what was said of their answers; not by whom",
            gaps,
        )
        self.add_item(Container(TextDisplay(told), accent_colour=CALM))
        self.add_item(File(f"attachment://{TABLE}"))


def _entry(card: GapCard, speaker: Translator) -> str:
    lines = [f"**{fitted(card.question, _QUESTION)}**", f"-# {_facts(card, speaker)}"]
    lines += [f"-# {_complaint(said, _SAID, speaker)}" for said in card.said[:_SAID_IN_LIST]]
    left = len(card.said) - _SAID_IN_LIST
    if left > 0:
        lines.append("-# " + speaker.plural("and {count} more complaint", "and {count} more complaints", left))
    return "\n".join(lines)


def _facts(card: GapCard, speaker: Translator) -> str:
    last = speaker.text("last {when}", when=away(card.last))
    return f"{fitted(' · '.join(card.facts), _FACTS)} · {last}"


def _now(now: Now, speaker: Translator) -> str:
    if not now.answered:
        return speaker.text("Asked again now: the sources still do not answer it.")
    said = speaker.text("Asked again now: answered, from {title}", title=speaker.quoted(fitted(now.title, _TITLE)))
    return f"{said}\n> {fitted(now.quote, _QUOTE)}"


def _blocks(card: GapCard, speaker: Translator) -> Iterator[Block]:
    said_heading, others_heading = speaker.text("What was said of the answers"), speaker.text("Also asked as")
    for said in card.said:
        yield Block(said_heading, f"- {_complaint(said, _WORDS, speaker)} · {day(said.at)}", 1)
    for wording in card.others:
        yield Block(others_heading, f"- {fitted(wording, _WORDING)}", 2)


def _complaint(said: Said, room: int, speaker: Translator) -> str:
    name = complaint_name(said.complaint, speaker)
    return f"{name} · {speaker.quoted(fitted(said.words, room))}" if said.words else name


def _told(telling: Telling, speaker: Translator) -> Iterator[str]:
    if telling.left:
        yield "-# " + speaker.plural(
            "{count} person who wanted to know is being told…",
            "{count} people who wanted to know are being told…",
            telling.left,
        )
        return
    told = speaker.plural("{count} person was told", "{count} people were told", telling.told)
    missed = speaker.plural("{count} could not be reached", "{count} could not be reached", telling.missed)
    if telling.told or telling.missed:
        yield f"-# {told}, {missed}" if telling.missed else f"-# {told}"


def _turning(act: GapAct, gap: str, page: int, pages: int, back: int = 0) -> list[GapButton]:
    if pages == 1:
        return []
    return [
        GapButton(GapPress(act, gap, max(page - 1, 0), back), "◀", disabled=page == 0),
        GapButton(GapPress(act, gap, page + 1, back), "▶", disabled=page + 1 == pages),
    ]
