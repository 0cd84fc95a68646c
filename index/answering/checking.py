"""The figures in somebody's text, held against those that are known."""

from collections.abc import Sequence
from decimal import Decimal
from enum import StrEnum

from index.answering.evidence import Probe
from index.figures.dates import dates
from index.figures.deals import FoundFigure
from index.figures.extraction import extract
from index.figures.kinds import Bound, Metric
from index.figures.ledger import Ledger, latest_first
from index.figures.names import plain
from index.language.analysis import fold
from index.language.dictionary import shipped
from index.model import Figure, Language, Noun
from index.ranking.formulation import formulate
from index.ranking.terms import bag

MOST = 3
"""Figures that are held against one statement."""

_ROUGHLY = Decimal("0.05")
_BEYOND = (Bound.MORE_THAN, Bound.LESS_THAN)
_UNCLEAR = frozenset({Metric.AMOUNT, Metric.NUMBER, Metric.SHARE, Metric.SIZE})


class Finding(StrEnum):
    """What the sources say to a figure."""

    MATCHES = "matches"
    DIFFERS = "differs"
    """The sources have another figure for the same thing."""
    UNKNOWN = "unknown"
    """The sources have no such figure."""


class Checked(Noun):
    """A figure that a text states (offsets in that text), and what the sources say: ``figures``, the nearest first."""

    said: FoundFigure
    finding: Finding
    figures: tuple[Figure, ...] = ()


def check(text: str, language: Language, ledger: Ledger) -> list[Checked]:
    """Return the figures that a text states, in its order, and what a shelf's sources say to each."""
    found = extract(text, "", language, tuple(ledger.known.values()))
    return [_checked(said, language, ledger) for said in found]


def _checked(said: FoundFigure, language: Language, ledger: Ledger) -> Checked:
    known = [figure for figure in _of_deals(said, ledger) if figure.unit == said.unit and _counts_alike(figure, said)]
    matching = [figure for figure in known if _agrees(said, language, figure)]
    if matching := matching or [figure for figure in _own(said, known) if _leaves_room(said, figure)]:
        return Checked(said=said, finding=Finding.MATCHES, figures=tuple(matching[:MOST]))
    if said.deals and (differing := _about_the_same(said, language, known, ledger)):
        return Checked(said=said, finding=Finding.DIFFERS, figures=tuple(differing[:MOST]))
    return Checked(said=said, finding=Finding.UNKNOWN)


def _of_deals(said: FoundFigure, ledger: Ledger) -> list[Figure]:
    """Return the figures of the deals that are named, those of most of them first; where none is named, of all."""
    if not said.deals:
        return list(latest_first(ledger.figures.values()))
    figures = {figure.id: figure for deal in said.deals for figure in ledger.by_deal.get(deal, ())}
    return sorted(figures.values(), key=lambda figure: -len(set(figure.deals) & set(said.deals)))


def _counts_alike(figure: Figure, said: FoundFigure) -> bool:
    """Tell whether two counts may be of the same thing: they share a word, or one does not name what it counts."""
    words, others = _words(figure.counted), _words(said.counted)
    return not words or not others or bool(words & others) or figure.metric is said.metric


def _words(counted: str | None) -> set[str]:
    return {word.rstrip("sx") for word in plain(counted or "").split()}


def _agrees(said: FoundFigure, language: Language, figure: Figure) -> bool:
    """Tell whether a figure says what a statement says."""
    if said.metric is Metric.DATE:
        times = [(date.earliest, date.latest) for date in dates(said.text.quote, language)]
        moments = ((moment.earliest, moment.latest) for moment in figure.moments)
        known = [(begins, ends) for begins, ends in moments if begins is not None and ends is not None]
        return figure.metric is Metric.DATE and any(_meet(*one, *other) for one in times for other in known)
    if not _is_like(figure, said) or (said.value, said.low, said.high) != (figure.value, figure.low, figure.high):
        return False
    return said.bound not in _BEYOND or figure.bound is said.bound


def _own(said: FoundFigure, known: Sequence[Figure]) -> Sequence[Figure]:
    """Return, for each metric, the figures of no other deals than a statement names, where there are any.

    Where it names none, nothing: among all figures there is always one that is more, or less.
    """
    if not said.deals:
        return []
    own = [figure for figure in known if set(figure.deals) <= set(said.deals)]
    metrics = {figure.metric for figure in own}
    return [figure for figure in known if figure in own or figure.metric not in metrics]


def _leaves_room(said: FoundFigure, figure: Figure) -> bool:
    """Tell whether a figure is one of those that a statement leaves room for."""
    return _is_like(figure, said) and _within(figure.value, said)


def _is_like(figure: Figure, said: FoundFigure) -> bool:
    """Tell whether two figures, no dates, are for the same time and for as many things."""
    if Metric.DATE in (figure.metric, said.metric):
        return False
    return figure.per == said.per and (figure.each is None) == (said.each is None)


def _within(value: Decimal | None, said: FoundFigure) -> bool:
    """Tell whether a value is one of those that a statement leaves room for."""
    if value is None:
        return False
    if said.low is not None and said.high is not None:
        return said.low <= value <= said.high
    if said.value is None:
        return False
    room = {
        Bound.ABOUT: abs(value - said.value) <= _ROUGHLY * abs(said.value),
        Bound.AT_LEAST: value >= said.value,
        Bound.MORE_THAN: value > said.value,
        Bound.AT_MOST: value <= said.value,
        Bound.LESS_THAN: value < said.value,
    }
    return room.get(said.bound, False)


def _meet(earliest: str, latest: str, begins: str, ends: str) -> bool:
    """Tell whether two stretches of time may be the same, as far as both are told; the first may lack its year."""
    if earliest.startswith("-"):
        begins, ends = f"-{begins[4:]}", f"-{ends[4:]}"
    return begins[: len(latest)] <= latest[: len(begins)] and earliest[: len(ends)] <= ends[: len(earliest)]


def _about_the_same(said: FoundFigure, language: Language, known: Sequence[Figure], ledger: Ledger) -> list[Figure]:
    """Return the figures with the metric of a statement, that with most of its words first.

    Where its metric is not clear, those with the only one there is. A date is about the same thing only where its
    sentence shares a word beside the names of deals.
    """
    same = [figure for figure in known if figure.metric is said.metric]
    if not same and said.metric in _UNCLEAR and len({figure.metric for figure in known}) == 1:
        same = list(known)
    shared = {figure.id: _shared(said, language, figure, ledger) for figure in same}
    if said.metric is Metric.DATE:
        same = [figure for figure in same if shared[figure.id]]
    return sorted(same, key=lambda figure: -shared[figure.id])


def _shared(said: FoundFigure, language: Language, figure: Figure, ledger: Ledger) -> int:
    """Return how many words of a statement the sentence of a figure has, in whatever language; names do not count."""
    names = {word for deal in ledger.known.values() for name in deal.names for word in plain(name).split()}
    query = formulate(said.quote.quote, language, shipped())
    probe = Probe(query, [1.0] * len(query))
    terms = frozenset(bag([figure.quote.quote], figure.source.language).tolist())
    found = probe.covered(probe.shares(terms))
    return sum(1 for word, share in found.items() if share and fold(word) not in names)
