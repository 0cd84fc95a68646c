"""Figures that were found by rule as neutral cards, for whoever says whether they are right, whatever the face."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from hashlib import blake2b
from typing import NamedTuple

from bot.deals.figures import FigureCard, lay_out_figure
from bot.meanings import kind_of_deal
from bot.measures import measure
from bot.printable import printable
from bot.translation import Translator, translator
from index.figures.deals import Deal
from index.figures.kinds import Metric, Review
from index.model import Figure
from index.moderating.reviews import Reviewable

_LINE_ENDS = re.compile(r"\s*\n\s*")


class Standing(StrEnum):
    """What moderators made of a figure."""

    WAITING = "waiting"
    APPROVED = "approved"
    CORRECTED = "corrected"
    """Approved as a moderator reads it."""

    REJECTED = "rejected"


class FoundCard(NamedTuple):
    """A figure to be reviewed: how it would be shown, and its sentence in three parts, the middle one its number.

    ``number`` counts from 1. ``deals``: the names of those that it would join. ``standing`` in words is ``stands``.
    ``mark`` changes whenever the figure reads or stands otherwise.
    """

    id: str
    number: int
    figure: FigureCard
    before: str
    text: str
    after: str
    deals: tuple[str, ...]
    standing: Standing
    stands: str
    mark: str


class ReviewCard(NamedTuple):
    """What can be reviewed in one place: of a draft, which waits ``until`` then, or of a source.

    ``place`` is its id, ``title`` its title. ``ids``: of all figures, in the order of the text; ``figures``: the cards
    of those that are shown. ``counts``: how many stand how. ``mark`` changes whenever other figures wait.
    """

    place: str
    title: str
    until: datetime | None
    ids: tuple[str, ...]
    figures: tuple[FoundCard, ...]
    counts: Mapping[Standing, int]
    mark: str

    @property
    def waiting(self) -> int:
        """How many figures nobody has reviewed."""
        return self.counts.get(Standing.WAITING, 0)


class OwnDealCard(NamedTuple):
    """A deal that moderators made. ``about``: the sentence that tells what it is; empty where that is gone.

    ``figures``: how many count for it.
    """

    id: str
    title: str
    kind: str
    names: tuple[str, ...]
    about: str
    figures: int


def lay_out_review(found: Reviewable, shown: slice, deals: Iterable[Deal], speaker: Translator) -> ReviewCard:
    """Return the card of what can be reviewed in one place, with some of the figures.

    ``deals``: all that its figures may belong to.
    """
    names = {deal.id: deal_title(deal, speaker) for deal in deals}
    numbered = list(enumerate(found.figures, 1))[shown]
    cards = [
        _lay_out(figure, number, names, speaker, corrected=figure.id in found.corrected) for number, figure in numbered
    ]
    return ReviewCard(
        place=found.place,
        title=printable(found.source.title, fold=True),
        until=found.until,
        ids=tuple(figure.id for figure in found.figures),
        figures=tuple(cards),
        counts=Counter(_standing(figure, corrected=figure.id in found.corrected) for figure in found.figures),
        mark=mark_of_waiting(found),
    )


def mark_of_waiting(found: Reviewable) -> str:
    """Return what stands for the figures that wait now."""
    return _digest(figure.id for figure in found.figures if figure.review is Review.EXTRACTED)


def mark_of(figure: Figure, *, corrected: bool) -> str:
    """Return what stands for how a figure reads and stands now."""
    shown = figure.model_dump_json(exclude={"source", "passage"})
    return _digest([shown, str(_standing(figure, corrected=corrected))])


def written_measure(figure: Figure) -> str:
    """Return a figure's measure in the language of its source, as one may write it; empty for a date.

    It does not have to be read back: unchanged, it says nothing new.
    """
    if figure.metric is Metric.DATE:
        return ""
    said = measure(figure.model_copy(update={"each": None}), translator(figure.source.language))
    return " ".join(re.sub("[«»“”\u00a0\u202f]", " ", printable(said, fold=True)).split())


def lay_out_deals(
    deals: Sequence[Deal], known: Iterable[Figure], texts: Mapping[str, str], speaker: Translator
) -> tuple[OwnDealCard, ...]:
    """Return the cards of deals that moderators made.

    ``known``: the figures that count; ``texts``: those of the live sources that the deals quote, by the sources' ids.
    """
    joined = [deal for figure in known for deal in figure.deals]
    return tuple(
        OwnDealCard(
            id=deal.id,
            title=deal_title(deal, speaker),
            kind=kind_of_deal(deal.kind, speaker),
            names=_other_names(deal, speaker),
            about=_quoted(deal, texts),
            figures=joined.count(deal.id),
        )
        for deal in deals
    )


def deal_title(deal: Deal, speaker: Translator) -> str:
    """Return a deal's name in the language that is spoken."""
    return printable(deal.name.fr if speaker.language == "fr" else deal.name.en, fold=True)


def standing_name(standing: Standing, speaker: Translator) -> str:
    """Return how a figure stands."""
    return {
        Standing.WAITING: speaker.text("to be reviewed"),
        Standing.APPROVED: speaker.text("approved"),
        Standing.CORRECTED: speaker.text("corrected and approved"),
        Standing.REJECTED: speaker.text("rejected"),
    }[standing]


def _lay_out(
    figure: Figure, number: int, names: Mapping[str, str], speaker: Translator, *, corrected: bool
) -> FoundCard:
    standing = _standing(figure, corrected=corrected)
    quote, start = figure.quote.quote, figure.text.start - figure.quote.start
    end = start + len(figure.text.quote)
    return FoundCard(
        id=figure.id,
        number=number,
        # Its standing is told apart: the card itself is as it is shown once it counts.
        figure=lay_out_figure(figure.model_copy(update={"review": Review.APPROVED}), (), speaker),
        before=_line(quote[:start]),
        text=_line(quote[start:end]),
        after=_line(quote[end:]),
        deals=tuple(names[deal] for deal in figure.deals if deal in names),
        standing=standing,
        stands=standing_name(standing, speaker),
        mark=mark_of(figure, corrected=corrected),
    )


def _standing(figure: Figure, *, corrected: bool) -> Standing:
    if figure.review is Review.EXTRACTED:
        return Standing.WAITING
    if figure.review is Review.REJECTED:
        return Standing.REJECTED
    return Standing.CORRECTED if corrected else Standing.APPROVED


def _other_names(deal: Deal, speaker: Translator) -> tuple[str, ...]:
    title = deal_title(deal, speaker)
    names = (printable(name, fold=True) for name in (deal.name.fr, deal.name.en, *deal.aliases.fr, *deal.aliases.en))
    return tuple(dict.fromkeys(name for name in names if name != title))


def _quoted(deal: Deal, texts: Mapping[str, str]) -> str:
    """Return the sentence that tells what a deal is, where it is found word for word."""
    quote = deal.about.quote
    there = texts.get(deal.about.source, "")[quote.start : quote.end]
    return printable(there, fold=True) if there == quote.quote else ""


def _line(text: str) -> str:
    """Return a part of a sentence without line ends; white space at its ends joins it to the next part."""
    return _LINE_ENDS.sub(" ", printable(text))


def _digest(parts: Iterable[str]) -> str:
    return blake2b("\0".join(parts).encode("utf-8", "replace"), digest_size=2).hexdigest()
