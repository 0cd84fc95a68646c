"""What was said when, as a Discord message: a picture of it all, then the entries one by one."""

from collections.abc import Iterator, Sequence

from discord import MediaGalleryItem
from discord.ui import ActionRow, Container, LayoutView, MediaGallery, TextDisplay

from bot.deals.cards import DealName, EntryCard, TimelineCard
from bot.translation import Translator, translator
from bot.views.deal_controls import Opening, row_of
from bot.views.figures import brief, figure_lines, heading
from bot.views.markdown import fitted
from bot.views.notice import CALM
from bot.views.proofs import sources_of
from bot.views.sheets import Block, draw_page, lay

PICTURE = "timeline.png"
"""The name of the picture among a message's files."""

_NAME = 150
_WHEN = 200
_DEALS = 3  # that an entry names


class TimelineView(LayoutView):
    """A page of a timeline, with a button for its quotes.

    ``laid``: what ``timeline_pages`` makes of it; ``described``: what is to be seen in the picture that is sent along
    under the name ``PICTURE``; none is shown without it.
    """

    def __init__(
        self, card: TimelineCard, laid: Sequence[Sequence[Block]], opening: Opening, described: str | None = None
    ) -> None:
        super().__init__(timeout=None)
        speaker = translator(card.language)
        opening = opening._replace(page=min(opening.page, len(laid) - 1))
        box: Container[LayoutView] = Container(accent_colour=CALM)
        box.add_item(TextDisplay(f"### {title(card, speaker)}"))
        if described is not None:
            box.add_item(MediaGallery(MediaGalleryItem(f"attachment://{PICTURE}", description=described)))
        draw_page(box, laid, opening.page)
        self.add_item(box)
        if row := row_of(opening, len(laid), speaker, quoted=bool(card.quotes)):
            self.add_item(ActionRow(*row))


def timeline_pages(card: TimelineCard) -> list[list[Block]]:
    """Lay a timeline on pages."""
    return lay(_blocks(card, translator(card.language)))


def title(card: TimelineCard, speaker: Translator) -> str:
    """Return what a timeline is of, ready to be shown."""
    if card.deal is None:
        return speaker.text("Timeline of all deals")
    return speaker.text("Timeline: {deal}", deal=fitted(card.deal.title, _NAME))


def _blocks(card: TimelineCard, speaker: Translator) -> Iterator[Block]:
    if not card.entries and not card.undated:
        yield Block("", speaker.text("The sources say nothing that stands at a time."))
    for entry in card.entries:
        yield Block(_time(entry), _entry(entry, card.deal))
    for figure in card.undated:
        yield Block(speaker.text("Of an unknown day"), figure_lines(figure, speaker, metric=True))
    yield from sources_of(card.quotes, speaker)


def _time(entry: EntryCard) -> str:
    """Return when an entry is, and in which way: the heading of all that is of the same time."""
    note = f" ({fitted(entry.note, _WHEN)})" if entry.note else ""
    return f"{heading(entry.sort)} · {fitted(entry.when, _WHEN)}{note}"


def _entry(entry: EntryCard, deal: DealName | None) -> str:
    """Return an entry's figure, what the source says of it, and the deals that it is of but for the timeline's own."""
    others = [fitted(other.title, _NAME) for other in entry.deals if deal is None or other.id != deal.id]
    told = [fitted(text, _WHEN) for text in (entry.figure.metric, *entry.figure.stated)]
    return " · ".join((brief(entry.figure), *told, *others[:_DEALS]))
