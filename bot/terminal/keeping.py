"""Looking after sources, drawn in a terminal: pages that were read again, how often they are, who did what."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime

from bot.moderation.history_cards import Names, deal_names, lay_out_deed
from bot.moderation.keeping_cards import every_words, lay_out_looked
from bot.printable import printable
from bot.terminal.blocks import Block, Ink, Paragraph, Span, Table, line
from bot.terminal.drafts import difference_blocks
from bot.terminal.screen import to_stdout
from bot.translation import translator
from index.figures.deals import Deal
from index.moderating.model import Deeds
from index.moderating.upkeep import Looked, Plan

_ENGLISH = translator("en")
_INDENT = "   "


def show_looked(looked: Looked, how_to_approve: str) -> None:
    """Print what came of looking at a source's page again; ``how_to_approve``: the command that lets a draft live."""
    card = lay_out_looked(looked, _ENGLISH)
    title = Paragraph((Span(card.source.title, Ink.TITLE), Span(f" [{card.source.id}]", Ink.ASIDE)))
    blocks: list[Block] = [title, line(card.sentence, Ink.WARNING if card.trouble else Ink.BODY, _INDENT)]
    blocks += [line(change, lead=_INDENT) for change in card.described]
    if card.difference is not None:
        blocks += difference_blocks(card.difference)
    if card.draft and how_to_approve:
        blocks.append(line(f"To let it live: {how_to_approve}", Ink.ASIDE))
    to_stdout(blocks)


def show_plan(title: str, plan: Plan) -> None:
    """Print how often a source's page is read again, and when next."""
    following = f"; next on {_moment(plan.due_at)}" if plan.due_at else ""
    told = f": its page is read again {every_words(plan.every, _ENGLISH)}{following}"
    to_stdout([Paragraph((Span(printable(title, fold=True), Ink.TITLE), Span(told)))])


def show_history(deeds: Deeds, titles: Mapping[str, str], deals: Iterable[Deal]) -> None:
    """Print what was done, the newest first. ``titles``: those of the sources that are there, by their ids."""
    names = Names(titles=titles, deals=deal_names(deals, _ENGLISH))
    cards = [lay_out_deed(deed, names, _ENGLISH) for deed in deeds.deeds]
    rows = tuple((_moment(card.at), printable(card.by, fold=True), card.sentence) for card in cards)
    if not rows:
        to_stdout([line("Nothing has been done here yet.")])
        return
    left = deeds.total - len(rows)
    more = [line(f"and {left} before that", Ink.ASIDE)] if left else []
    to_stdout([Table(("when (UTC)", "by", "what"), rows), *more])


def show_outcomes(counts: Sequence[tuple[int, str]]) -> None:
    """Print how many of many items came to what."""
    to_stdout([line(", ".join(f"{_ENGLISH.number(count)} {what}" for count, what in counts), Ink.ASIDE)])


def _moment(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y-%m-%d %H:%M}"
