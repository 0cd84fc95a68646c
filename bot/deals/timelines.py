"""A timeline as a card: what was said when, and for when, in time order."""

from collections.abc import Iterable, Mapping

from bot.deals.cards import DealName, EntryCard, TimelineCard
from bot.deals.dossiers import deal_name
from bot.deals.figures import lay_out_figure
from bot.deals.numbering import Numbering
from bot.meanings import sort_of_entry
from bot.moments import moment_of, span, told
from bot.translation import Translator
from index.figures.chronology import Entry, Sort, Timeline
from index.figures.deals import Deal
from index.figures.kinds import Metric
from index.model import Basis


def lay_out_timeline(timeline: Timeline, deals: Iterable[Deal], speaker: Translator) -> TimelineCard:
    """Return the card of a timeline. ``deals``: those that its entries may name; the timeline's own is not repeated."""
    numbering = Numbering()
    own = timeline.deal.id if timeline.deal else None
    names = {deal.id: deal_name(deal, speaker) for deal in deals if deal.id != own}
    entries = tuple(_entry(entry, names, numbering, speaker) for entry in timeline.entries)
    undated = tuple(lay_out_figure(figure, numbering.of_figure(figure), speaker) for figure in timeline.undated)
    return TimelineCard(
        language=speaker.language,
        deal=deal_name(timeline.deal, speaker) if timeline.deal else None,
        entries=entries,
        undated=undated,
        quotes=numbering.cards(speaker),
    )


def _entry(entry: Entry, names: Mapping[str, DealName], numbering: Numbering, speaker: Translator) -> EntryCard:
    figure = entry.figure
    card = lay_out_figure(figure, numbering.of_figure(figure), speaker)
    if figure.metric is Metric.DATE:
        card = card._replace(value=card.subject, subject="")
    return EntryCard(
        when=_when(entry, speaker),
        note=_note(entry, speaker),
        sort=sort_of_entry(entry.sort, speaker),
        deals=tuple(names[deal] for deal in figure.deals if deal in names),
        figure=card if entry.sort is Sort.SAID else card._replace(when=""),
    )


def _when(entry: Entry, speaker: Translator) -> str:
    """Return the time of an entry: the source's own words first where they are no date of their own."""
    moment = moment_of(entry)
    return span(entry.earliest, entry.latest, speaker) if moment is None else told(moment, speaker)


def _note(entry: Entry, speaker: Translator) -> str:
    """Return why a time is not the source's own: an editor's estimate, or concluded from the article's date."""
    if not entry.estimated:
        return ""
    if entry.sort is not Sort.SAID:
        return speaker.text("concluded from the article’s date")
    if entry.figure.source.published_basis is Basis.ESTIMATE:
        return speaker.text("editor’s estimate")
    return speaker.text("how the date is known is not known")
