"""Drafts drawn in a terminal: what was read before it goes live, and what it changes about what stands."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from bot.cards import describe
from bot.moderation.draft_cards import DraftCard, DraftFigure, lay_out_draft
from bot.moderation.keeping_cards import ChangedFigureCard, DifferenceCard, lay_out_difference
from bot.printable import printable
from bot.terminal.blocks import BLANK, Block, Ink, Paragraph, Span, Table, line
from bot.terminal.screen import to_stdout
from bot.translation import translator
from index.figures.deals import Deal
from index.moderating.differences import Difference
from index.moderating.model import Draft, Waiting

_ENGLISH = translator("en")
_INDENT = "   "
_OPENING = 300  # characters of a draft's text that are shown
_MOST_FIGURES = 12


def show_draft(draft: Draft, deals: Iterable[Deal], difference: Difference) -> None:
    """Print all that is known of a draft. ``deals``: those that its figures may belong to."""
    card = lay_out_draft(draft, deals, _ENGLISH)
    to_stdout([*_blocks(card), *(difference_blocks(lay_out_difference(difference, _ENGLISH)) if card.replaces else ())])


def show_drafts(waiting: Sequence[tuple[str, Waiting, datetime]], live: Iterable[str]) -> None:
    """Print drafts in short: each by the name that it is called by, and until when it waits.

    ``live``: the ids of the sources that stand, whose next versions some drafts are.
    """
    if not waiting:
        to_stdout([line("No drafts wait here.")])
        return
    there = frozenset(live)
    rows = (
        (
            printable(name, fold=True),
            "next version" if draft.source.id in there else "new",
            _ENGLISH.date(draft.at.date().isoformat()),
            printable(draft.by, fold=True),
            _ENGLISH.date(until.date().isoformat()),
            describe(draft.source, _ENGLISH).title,
        )
        for name, draft, until in waiting
    )
    to_stdout([Table(("draft", "what", "made", "by", "waits until", "title"), tuple(rows))])


def difference_blocks(card: DifferenceCard) -> Iterator[Block]:
    """Yield what another version changes, what matters most first."""
    if card.lost:
        yield line(f"Quoted sentences that are gone: {card.lost_count}", Ink.WARNING)
        yield from (line(quote, lead=f"{_INDENT}- ") for quote in card.lost)
    if card.figures:
        yield line(f"Approved figures that change: {card.figures_count}", Ink.WARNING)
        yield from (_changed(figure) for figure in card.figures)
    if card.moved:
        yield line(f"Approved figures in other sentences, to be approved again: {card.moved_count}", Ink.WARNING)
        yield from (line(f"{metric}: {value}", lead=f"{_INDENT}  ") for metric, value in card.moved)
    yield line(f"Sentences: {card.gone_count} gone, {card.new_count} new, {card.kept} as before", Ink.ASIDE)
    yield from _some(card.gone, card.others, "- ")
    yield from _some(card.new, card.new_count, "+ ")


def _some(sentences: Sequence[str], total: int, sign: str) -> Iterator[Block]:
    yield from (line(sentence, lead=f"{_INDENT}{sign}") for sentence in sentences)
    if total > len(sentences):
        yield line(f"and {total - len(sentences)} more", Ink.ASIDE, lead=f"{_INDENT}{sign}")


def _changed(card: ChangedFigureCard) -> Block:
    return line(f"{card.metric}: {card.before} → {card.after or card.note}", lead=f"{_INDENT}  ")


def _blocks(card: DraftCard) -> Iterator[Block]:
    note = f" ({card.title_note})" if card.title_note else ""
    yield Paragraph((Span(card.title, Ink.TITLE), Span(note, Ink.ASIDE)))
    if card.replaces:
        yield line(f"the next version of “{card.replaces}”", Ink.ASIDE)
    yield Table((), card.facts)
    yield from (line(caution, Ink.WARNING, "! ") for caution in (*card.cautions, *card.likenesses))
    opening = " ".join(card.opening.split())
    yield line(opening if len(opening) <= _OPENING else f"{opening[:_OPENING].rstrip()}…", Ink.ASIDE)
    if card.figures:
        yield BLANK
        yield line(f"Figures found: {len(card.figures)}, of which nobody has looked at {card.waiting}")
        yield from (_figure(figure) for figure in card.figures[:_MOST_FIGURES])
        if len(card.figures) > _MOST_FIGURES:
            yield line(f"and {len(card.figures) - _MOST_FIGURES} more", Ink.ASIDE, lead=_INDENT)


def _figure(card: DraftFigure) -> Block:
    joins = f" → {', '.join(card.deals)}" if card.deals else ""
    stands = f" ({card.review})" if card.review else ""
    return Paragraph((Span(card.value, Ink.MARKED), Span(f" — {card.metric}{joins}"), Span(stands, Ink.ASIDE)), _INDENT)
