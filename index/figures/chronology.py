"""What was said when, and for when: the figures of a deal, or of all deals, in time order."""

from collections.abc import Iterator
from enum import StrEnum

from index.figures.deals import Deal
from index.figures.dossier import was_out
from index.figures.kinds import Metric, Unsaid
from index.figures.ledger import Ledger
from index.model import Basis, Figure, Noun


class Sort(StrEnum):
    """What an entry of a timeline tells."""

    SAID = "said"
    """A source was published that states the figure."""
    ON = "on"
    """It happens, or holds, then."""
    SINCE = "since"
    """It holds from then on."""
    UNTIL = "until"
    """It holds until then."""


class Entry(Noun):
    """A figure at a time: ``earliest`` and ``latest`` are partial dates, the same ones unless it is a stretch of time.

    ``estimated``: the time does not stand in the source itself, but was estimated by an editor or concluded from it.
    """

    earliest: str
    latest: str
    estimated: bool
    sort: Sort
    figure: Figure


class Timeline(Noun):
    """Entries in time order, of one deal or of all. ``undated``: figures of sources whose day is not known."""

    deal: Deal | None
    entries: tuple[Entry, ...]
    undated: tuple[Figure, ...]


def chronicle(ledger: Ledger, deal_id: str | None = None, as_of: str | None = None) -> Timeline:
    """Return the timeline of a deal, or of all; ``as_of`` (a partial date): of what was published by then.

    Raises ``KeyError`` for a deal that is not known here.
    """
    deal = None if deal_id is None else ledger.known[deal_id]
    figures = list(ledger.figures.values()) if deal_id is None else list(ledger.by_deal.get(deal_id, ()))
    figures = [figure for figure in figures if was_out(figure.source, as_of)]
    entries = [entry for figure in figures for entry in _entries(figure)]
    entries.sort(key=lambda entry: (entry.earliest, entry.latest, entry.figure.source.id, entry.figure.text.start))
    undated = tuple(figure for figure in figures if figure.source.published is None)
    return Timeline(deal=deal, entries=tuple(entries), undated=undated)


def _entries(figure: Figure) -> Iterator[Entry]:
    """Yield when a figure was said, unless it is a date, and each time for which it holds."""
    source = figure.source
    if source.published is not None and figure.metric is not Metric.DATE:
        yield Entry(
            earliest=source.published,
            latest=source.published,
            estimated=source.published_basis in {Basis.ESTIMATE, Basis.UNKNOWN},
            sort=Sort.SAID,
            figure=figure,
        )
    concluded = bool({Unsaid.YEAR, Unsaid.DATE} & set(figure.inferred))
    for sort, moment in ((Sort.ON, figure.on), (Sort.SINCE, figure.since), (Sort.UNTIL, figure.until)):
        if moment is not None and moment.earliest is not None and moment.latest is not None:
            yield Entry(earliest=moment.earliest, latest=moment.latest, estimated=concluded, sort=sort, figure=figure)
