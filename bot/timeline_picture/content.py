"""What a timeline's picture shows: a row for each figure, with the times at which it was said and at which it holds."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple, TypeVar

from bot.meanings import metric_name
from bot.measures import measure, quoted
from bot.moments import is_loose, moment_of
from bot.printable import printable
from bot.translation import Translator
from index.figures.chronology import Entry, Sort, Timeline
from index.figures.curated import shipped
from index.figures.deals import Deal
from index.figures.kinds import Commitment, Metric
from index.model import Figure, Language

T = TypeVar("T")

_TENTATIVE = frozenset({Commitment.RUMOURED, Commitment.IN_DISCUSSION})
_FORMS = {4: "y", 7: "yMMM", 10: "yMMMd"}  # CLDR's skeletons, by the length of a partial date
_FIRST = re.compile(r"\b1(?=–| \w)")  # the day of a month, which French writes otherwise than the others
_LONGEST_WRITTEN = 60  # characters of the source's words for a time
_MONTHS = 12
_DAYS = 31  # of the longest month: enough for a place on an axis


class Mark(NamedTuple):
    """A time of a row: from ``start`` to ``end``, in years (2025.5 is the middle of 2025), and in ``words``.

    ``estimated``: the time does not stand in the source itself. ``shorter``: words for where there is less room.
    """

    sort: Sort
    start: float
    end: float
    estimated: bool
    words: str
    shorter: str = ""


class Row(NamedTuple):
    """A figure: its ``value`` in words (a date has none), ``what`` it is, and its times, the earliest first.

    ``shared``: what other deals it is of. ``tentative``: nobody has committed to it. ``figures``: how many say exactly
    this.
    """

    value: str
    what: str
    shared: str
    marks: tuple[Mark, ...]
    tentative: bool
    figures: int = 1


class Group(NamedTuple):
    """The rows of one deal, in time order."""

    name: str
    rows: tuple[Row, ...]


class Content(NamedTuple):
    """All that is to be shown. ``left_out``: figures for which there is no room; ``undated``: those without a day."""

    title: str
    groups: tuple[Group, ...]
    left_out: int
    undated: int


def arrange(timeline: Timeline, speaker: Translator) -> Content:
    """Return what there is to show of a timeline, the deals by their earliest time."""
    by_figure: dict[str, list[Entry]] = {}
    for entry in timeline.entries:
        by_figure.setdefault(entry.figure.id, []).append(entry)
    deals = {deal.id: deal for deal in shipped().deals}
    if timeline.deal is not None:
        deals[timeline.deal.id] = timeline.deal
    by_deal: dict[str, list[Row]] = {}
    for entries in by_figure.values():
        deal, *others = _deals(entries[0].figure, timeline)
        row = _row(entries, [_short_name(other, deals, speaker.language) for other in others], speaker)
        by_deal.setdefault(deal, []).append(row)
    groups = (Group(_name(deal, deals, speaker), tuple(_merged(rows))) for deal, rows in by_deal.items())
    title = speaker.text("What was said when") if timeline.deal is None else _name(timeline.deal.id, deals, speaker)
    return Content(title=title, groups=tuple(groups), left_out=0, undated=len(timeline.undated))


def thin(content: Content, room: float, height_of: Callable[[Row], float], of_name: float) -> Content:
    """Return as much of a content as ``room`` holds, where a group's name takes ``of_name``.

    What is left out is spread over all times; each deal keeps its share.
    """
    heights = {row: height_of(row) for group in content.groups for row in group.rows}
    groups = content.groups
    rows = sum(len(group.rows) for group in groups)
    while sum(of_name + sum(heights[row] for row in group.rows) for group in groups) > room:
        rows = min(rows - 1, int(room // min(heights.values())))
        groups = _picked(content.groups, rows)
    return content._replace(groups=groups, left_out=content.left_out + _figures(content.groups) - _figures(groups))


def _picked(groups: Sequence[Group], most: int) -> tuple[Group, ...]:
    """Return groups with at most so many rows in all, dealt out one by one; with fewer groups where those are more."""
    groups = _spread(groups, most // 2 or 1)
    shares = [0] * len(groups)
    while most and any(share < len(group.rows) for share, group in zip(shares, groups, strict=True)):
        for place, group in enumerate(groups):
            if most and shares[place] < len(group.rows):
                shares[place] += 1
                most -= 1
    return tuple(Group(group.name, _spread(group.rows, share)) for group, share in zip(groups, shares, strict=True))


def _figures(groups: Iterable[Group]) -> int:
    return sum(row.figures for group in groups for row in group.rows)


def _spread(items: Sequence[T], most: int) -> tuple[T, ...]:
    """Return at most so many items, evenly from the first to the last."""
    if len(items) <= most:
        return tuple(items)
    if most <= 1:
        return tuple(items[-most:]) if most else ()
    return tuple(items[place * (len(items) - 1) // (most - 1)] for place in range(most))


def _deals(figure: Figure, timeline: Timeline) -> list[str]:
    """Return the deals of a figure, that of the timeline first; no name where it has none."""
    own = None if timeline.deal is None else timeline.deal.id
    return sorted(figure.deals, key=lambda deal: deal != own) or [""]


def _name(deal: str, deals: Mapping[str, Deal], speaker: Translator) -> str:
    if not deal:
        return speaker.text("Other figures")
    name = deals[deal].name if deal in deals else None
    return printable(deal if name is None else name.fr if speaker.language == "fr" else name.en, fold=True)


def _short_name(deal: str, deals: Mapping[str, Deal], language: Language) -> str:
    """Return the first other name of a deal, which is a word or two."""
    if deal not in deals:
        return printable(deal, fold=True)
    aliases = deals[deal].aliases.fr if language == "fr" else deals[deal].aliases.en
    return printable(next(iter(aliases), deal), fold=True)


def _row(entries: Sequence[Entry], shared: Sequence[str], speaker: Translator) -> Row:
    figure = entries[0].figure
    marks = tuple(sorted((_mark(entry, speaker) for entry in entries), key=lambda mark: (mark.start, mark.end)))
    value, what = measure(figure, speaker), metric_name(figure.metric, speaker)
    if figure.metric is Metric.DATE:
        what = quoted(figure.subject, speaker)
    elif figure.counted is not None:
        what = ""
    also = " ".join(f"+\u00a0{deal}" for deal in shared)
    return Row(value, what, also, marks, figure.commitment in _TENTATIVE)


def _merged(rows: Iterable[Row]) -> Iterator[Row]:
    """Yield rows in time order, those that say the same as one."""
    same: dict[Row, int] = {}
    for row in sorted(rows, key=lambda row: (row.marks[0].start, row.marks[-1].end)):
        same[row] = same.get(row, 0) + row.figures
    for row, figures in same.items():
        yield row._replace(figures=figures)


def _mark(entry: Entry, speaker: Translator) -> Mark:
    words, own = _words(entry.earliest, entry.latest, speaker), _own_words(entry, speaker)
    return Mark(
        sort=entry.sort,
        start=_bounds(entry.earliest)[0],
        end=_bounds(entry.latest)[1],
        estimated=entry.estimated,
        words=f"{own} ({words})" if own else words,
        shorter=own,
    )


def _own_words(entry: Entry, speaker: Translator) -> str:
    """Return the source's own words for a time, quoted, where those are no date of their own; else nothing."""
    moment = moment_of(entry)
    if moment is None or not is_loose(moment) or len(moment.written) > _LONGEST_WRITTEN:
        return ""
    return quoted(moment.written, speaker)


def _bounds(partial: str) -> tuple[float, float]:
    """Return where a partial date begins and ends, in years; all months are as long."""
    year, *rest = (int(part) for part in partial.split("-"))
    if not rest:
        return float(year), year + 1.0
    month = year + (rest[0] - 1) / _MONTHS
    if len(rest) == 1:
        return month, month + 1 / _MONTHS
    day = month + (rest[1] - 1) / _DAYS / _MONTHS
    return day, day + 1 / _DAYS / _MONTHS


def _words(earliest: str, latest: str, speaker: Translator) -> str:
    """Return a time in few words: ``oct. 2024``, ``May – Aug 2026``."""
    from babel.dates import format_interval, format_skeleton

    first, last = (date.fromisoformat((partial + "-01-01")[:10]) for partial in (earliest, latest))
    form = _FORMS[min(len(earliest), len(latest))]
    if first == last or earliest == latest:
        words = str(format_skeleton(form, first, locale=speaker.language))
    else:
        words = str(format_interval(first, last, form, locale=speaker.language))
    return _FIRST.sub("1er", words) if speaker.language == "fr" else words
