"""What is known of deals as messages: looked up now, laid out and drawn off the event loop."""

import asyncio
import json
from collections.abc import Callable, Iterable, Sequence
from io import BytesIO
from itertools import chain
from typing import NamedTuple

from discord import File
from discord.ui import LayoutView

from bot.deals.cards import ProofCard, TimelineCard
from bot.deals.comparisons import lay_out_comparison
from bot.deals.dossiers import lay_out_dossier
from bot.deals.timelines import lay_out_timeline
from bot.delivery import insist
from bot.exports import as_csv
from bot.interaction import Interaction
from bot.records import Record, comparison_record, dossier_record, timeline_record
from bot.translation import Translator
from bot.views.comparison import ComparisonView, comparison_pages
from bot.views.comparison import title as comparison_title
from bot.views.deal_controls import Kind, Opening, Part
from bot.views.deals import DealView, deal_pages, deal_title
from bot.views.export import ExportView
from bot.views.proofs import ProofsView, proof_pages
from bot.views.timeline import PICTURE, TimelineView, timeline_pages
from bot.views.timeline import title as timeline_title
from index.errors import NotFound
from index.figures.chronology import Timeline
from index.figures.deals import Deal
from index.figures.dossier import Dossier
from index.known import Known
from index.model import Figure
from index.worker import Worker

_FILES = frozenset({Part.CSV, Part.JSON})


class Attachment(NamedTuple):
    """A file that goes with a message; ``description`` says what a picture shows."""

    name: str
    content: bytes
    description: str | None = None


class Message(NamedTuple):
    """A message and its files."""

    view: LayoutView
    files: tuple[Attachment, ...] = ()


async def show_message(interaction: Interaction, message: Message) -> None:
    """Show a message that an acknowledged interaction was waiting for; files of the one before are taken away.

    What is sent again is read again from its beginning.
    """
    await insist(lambda: interaction.edit_original_response(view=message.view, attachments=_files(message)))


async def send_message(interaction: Interaction, message: Message) -> None:
    """Send a message of its own with its files to the person behind an answered interaction, who alone sees it."""
    await insist(lambda: interaction.followup.send(view=message.view, files=_files(message), ephemeral=True, wait=True))


def _files(message: Message) -> list[File]:
    return [File(BytesIO(one.content), one.name, description=one.description) for one in message.files]


async def deal_message(
    known: Known, artist: Worker, opening: Opening, deal_ids: Sequence[str], shelf: str, speaker: Translator
) -> Message:
    """Return the part of a subject that is opened. ``deal_ids``: the deals that its keys stand for.

    ``artist`` draws pictures, one after another, so that many of them do not keep all else waiting. Raises
    ``NotFound`` where there is no such thing, or not any more.
    """
    if opening.subject.kind is Kind.DEAL:
        dossier = await known.deal(deal_ids[0], shelf, opening.subject.as_of or None)
        _same([dossier.deal], deal_ids)
        return await _deal(dossier, await known.deals(shelf), opening, speaker)
    if opening.subject.kind is Kind.COMPARISON:
        return await _comparison(known, opening, deal_ids, shelf, speaker)
    as_of = opening.subject.as_of or None
    timeline = await known.timeline(deal_ids[0] if deal_ids else None, shelf, as_of)
    _same([timeline.deal] if timeline.deal else [], deal_ids)
    if opening.part in _FILES:
        name = f"timeline-{timeline.deal.id}" if timeline.deal else "timeline"
        told = (*(entry.figure for entry in timeline.entries), *timeline.undated)
        return await _exported(opening.part, name, told, lambda: timeline_record(timeline), speaker)
    card = await asyncio.to_thread(lay_out_timeline, timeline, await known.deals(shelf), speaker)
    return await _timeline(timeline, card, artist, opening, speaker)


def _same(found: Sequence[Deal], wanted: Sequence[str]) -> None:
    """Check that what was found by name are the wanted deals: one that has just gone may have a namesake."""
    if [deal.id for deal in found] != list(wanted):
        raise NotFound("There is no such deal here any more.")


async def _deal(dossier: Dossier, deals: Iterable[Deal], opening: Opening, speaker: Translator) -> Message:
    if opening.part in _FILES:
        name = "-".join(part for part in (dossier.deal.id, dossier.as_of) if part)
        figures = (*dossier.figures, *dossier.computed)
        return await _exported(opening.part, name, figures, lambda: dossier_record(dossier), speaker)
    card = await asyncio.to_thread(lay_out_dossier, dossier, speaker, deals)
    if opening.part is Part.QUOTES:
        return await _proofs(deal_title(card), card.quotes, opening, speaker)
    return Message(DealView(card, await asyncio.to_thread(deal_pages, card), opening))


async def _comparison(
    known: Known, opening: Opening, deal_ids: Sequence[str], shelf: str, speaker: Translator
) -> Message:
    comparison = await known.compare(deal_ids, shelf)
    _same(comparison.deals, deal_ids)
    if opening.part in _FILES:
        compared = chain.from_iterable((*chain.from_iterable(row.cells), *row.computed) for row in comparison.rows)
        return await _exported(opening.part, "comparison", compared, lambda: comparison_record(comparison), speaker)
    card = await asyncio.to_thread(lay_out_comparison, comparison, speaker)
    if opening.part is Part.QUOTES:
        return await _proofs(comparison_title(card), card.quotes, opening, speaker)
    return Message(ComparisonView(card, await asyncio.to_thread(comparison_pages, card), opening))


async def _timeline(
    timeline: Timeline, card: TimelineCard, artist: Worker, opening: Opening, speaker: Translator
) -> Message:
    if opening.part is Part.QUOTES:
        return await _proofs(timeline_title(card, speaker), card.quotes, opening, speaker)
    laid = await asyncio.to_thread(timeline_pages, card)
    if opening.page or not card.entries:
        return Message(TimelineView(card, laid, opening))
    picture = await artist.do(_picture, timeline, speaker)
    return Message(TimelineView(card, laid, opening, picture.description), (picture,))


async def _proofs(title: str, quotes: Sequence[ProofCard], opening: Opening, speaker: Translator) -> Message:
    if not quotes:
        raise NotFound("What proved this is no longer in the sources.")
    laid = await asyncio.to_thread(proof_pages, quotes, speaker)
    return Message(ProofsView(title, laid, opening, speaker))


async def _exported(
    part: Part, name: str, figures: Iterable[Figure], record: Callable[[], Record], speaker: Translator
) -> Message:
    """Return figures, each once, as a file: a table, or the whole record."""
    each = {figure.id: figure for figure in figures}
    if not each:
        raise NotFound("What there was to export is no longer in the sources.")

    def written() -> bytes:
        if part is Part.CSV:
            return as_csv(each.values()).encode("utf-8-sig")  # spreadsheets take other UTF-8 for something else
        return json.dumps(record(), ensure_ascii=False, indent=2).encode()

    file = Attachment(f"{name}.{part}", await asyncio.to_thread(written))
    return Message(ExportView(file.name, len(each), speaker), (file,))


def _picture(timeline: Timeline, speaker: Translator) -> Attachment:
    """Draw a timeline. The first time this loads what draws."""
    from bot.timeline_picture import alt_text, draw

    return Attachment(PICTURE, draw(timeline, speaker), alt_text(timeline, speaker))
