"""The figures in somebody's text, held against those that are known."""

from collections import Counter
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from decimal import Decimal
from enum import StrEnum

from index.answering.evidence import Probe, terms_of
from index.answering.naming import held_in, names_in
from index.answering.remembered import remembered
from index.figures.dates import dates
from index.figures.deals import FoundFigure
from index.figures.extraction import extract
from index.figures.kinds import Bound, Metric, fits
from index.figures.ledger import Ledger, latest_first
from index.figures.names import plain
from index.language.dictionary import shipped
from index.model import Figure, Language, Noun
from index.partial_dates import meet
from index.ranking.formulation import formulate

MOST = 3
"""Figures that are held against one statement."""

_ROUGHLY = Decimal("0.05")
_MOST_SAID = 2_000  # characters of a sentence in which names are sought
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
    together = Counter(said.quote.start for said in found)
    return [_checked(said, language, ledger, alone=together[said.quote.start] == 1) for said in found]


def _checked(said: FoundFigure, language: Language, ledger: Ledger, *, alone: bool) -> Checked:
    """Hold a statement against what is known; ``alone``: it is the only one of its sentence."""
    named = names_in(said.quote.quote, ledger)
    if not alone:
        named -= ledger.parties | ledger.names.words
    known = [figure for figure in _of_deals(said, ledger) if _is_of(figure, named, ledger)]
    alike = [figure for figure in known if _has_unit(figure, said) and _counts_alike(figure, said, language)]
    if not said.deals:
        alike = [figure for figure in alike if _shared(said, language, figure, ledger)]
    direct = [figure for figure in alike if _is_held_alike(figure, said, ledger)]
    matching = [figure for figure in direct if _agrees(said, language, figure)]
    if matching := matching or [figure for figure in _own(said, direct) if _leaves_room(said, figure)]:
        return Checked(said=said, finding=Finding.MATCHES, figures=tuple(matching[:MOST]))
    if said.deals and (differing := _about_the_same(said, language, alike or _in_other_money(said, known), ledger)):
        return Checked(said=said, finding=Finding.DIFFERS, figures=tuple(differing[:MOST]))
    return Checked(said=said, finding=Finding.UNKNOWN)


def _is_of(figure: Figure, named: AbstractSet[str], ledger: Ledger) -> bool:
    """Tell whether all whom a statement names have to do with a figure, by its deals or its own sentence."""
    own = frozenset[str]().union(*(ledger.names_of.get(deal, frozenset()) for deal in figure.deals))
    return named <= own | set(plain(figure.quote.quote, _MOST_SAID).split())


def _has_unit(figure: Figure, said: FoundFigure) -> bool:
    """Tell whether two figures have the same unit; a bare number may be one of money."""
    bare = said.unit == "count" and said.counted is None
    return figure.unit == said.unit or (bare and fits(figure.unit, Metric.AMOUNT))


def _in_other_money(said: FoundFigure, known: Sequence[Figure]) -> list[Figure]:
    """Return the figures with the metric of a statement in money, where it has another currency."""
    if not fits(said.unit, Metric.AMOUNT):
        return []
    return [figure for figure in known if figure.metric is said.metric and figure.per == said.per]


def _is_held_alike(figure: Figure, said: FoundFigure, ledger: Ledger) -> bool:
    """Tell whether a part is one of the same company, as far as both say of which."""
    if figure.metric is not Metric.STAKE:
        return True
    there = held_in(f"% {figure.quote.quote[figure.text.end - figure.quote.start :]}", ledger.parties)
    here = held_in(f"% {said.quote.quote[said.text.end - said.quote.start :]}", ledger.parties)
    return there is None or here is None or there == here


def _of_deals(said: FoundFigure, ledger: Ledger) -> list[Figure]:
    """Return the figures of the deals that are named, those of most of them first; where none is named, of all."""
    if not said.deals:
        return list(latest_first(ledger.figures.values()))
    figures = {figure.id: figure for deal in said.deals for figure in ledger.by_deal.get(deal, ())}
    return sorted(figures.values(), key=lambda figure: -len(set(figure.deals) & set(said.deals)))


def _counts_alike(figure: Figure, said: FoundFigure, language: Language) -> bool:
    """Tell whether two counts may be of the same thing: they share a word, in whatever language, or one has none."""
    if not said.counted or not figure.counted:
        return True
    terms = terms_of((f"{figure.counted} {figure.subject}",), figure.source.language)
    return bool(_probe(said.counted, language).shares(terms))


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
    return meet(earliest, latest, begins, ends)


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
    """Return how many words of a statement the sentence of a figure has, in whatever language; names do not count.

    Where it has no words beside its number, there is nothing against a figure.
    """
    start, end = said.text.start - said.quote.start, said.text.end - said.quote.start
    probe = _probe(f"{said.quote.quote[:start]} {said.quote.quote[end:]}", language)
    if not probe.query:
        return 1
    words = {probe.query[place].word for place in probe.shares(terms_of((figure.quote.quote,), figure.source.language))}
    return sum(1 for word in words if not set(plain(word).split()) <= ledger.single_names)


@remembered(256)
def _probe(text: str, language: Language) -> Probe:
    query = formulate(text, language, shipped())
    return Probe(query, [1.0] * len(query))
