"""Deals as neutral cards: every text ready to be shown, every statement with the number of the quote that proves it.

Each card holds its quotes once, numbered from 1 in the order in which they are first needed. A face decides where the
parts stand and escapes its own markup; what a card holds has been through ``printable``.
"""

from typing import NamedTuple

from bot.cards import SourceCard
from bot.deals.figures import FigureCard
from index.answering.checking import Finding
from index.model import Language


class ProofCard(NamedTuple):
    """A quote, word for word, and where it is from. ``number``: what refers to it as ``[1]``."""

    number: int
    sentence: str
    source: SourceCard


class DealName(NamedTuple):
    """A deal that is named. ``number``: the quote that tells why; None where nothing needs to be proven."""

    id: str
    title: str
    number: int | None = None


class PartyCard(NamedTuple):
    """Who takes part, as what (in words), and the number of the quote that says so."""

    name: str
    role: str
    number: int


class FactCard(NamedTuple):
    """What a quote says without a number: ``words`` are quoted. The rest is as in a ``FigureCard``."""

    id: str
    kind: str
    words: str
    certainty: str
    attribution: str
    notes: tuple[str, ...]
    number: int
    remarks: tuple[str, ...] = ()
    superseded: bool = False

    @property
    def details(self) -> tuple[str, ...]:
        """All that qualifies the words and is not a remark, in the order in which it is shown."""
        return (*(text for text in (self.certainty, self.attribution) if text), *self.notes)


class FigureGroup(NamedTuple):
    """The figures that measure the same thing, the latest first. ``metric``: what they measure, in words."""

    metric: str
    figures: tuple[FigureCard, ...]


class Disagreement(NamedTuple):
    """Two statements of the card that differ: ``text`` is the whole sentence, ``reason`` in what they differ."""

    text: str
    reason: str
    first: str
    second: str
    numbers: tuple[int, ...]


class DealCard(NamedTuple):
    """All that is known of a deal. ``about``: the number of the quote that tells what it is.

    ``as_of`` says up to when it is told ("as known in May 2025"); ``left_out`` then says, in a sentence, what is not.
    ``facts`` are in the order of their kinds.
    """

    id: str
    language: Language
    title: str
    kind: str
    about: int | None
    parties: tuple[PartyCard, ...]
    part_of: DealName | None
    parts: tuple[DealName, ...]
    groups: tuple[FigureGroup, ...]
    computed: tuple[FigureCard, ...]
    facts: tuple[FactCard, ...]
    disagreements: tuple[Disagreement, ...]
    quotes: tuple[ProofCard, ...]
    as_of: str = ""
    left_out: str = ""

    @property
    def line(self) -> ProofCard | None:
        """The quote that tells what the deal is."""
        return next((quote for quote in self.quotes if quote.number == self.about), None)


class RowCard(NamedTuple):
    """One measure: a cell for each column, with its figures, the latest first.

    ``obstacle`` says in a sentence why nothing is computed of the row; empty where something is.
    """

    metric: str
    cells: tuple[tuple[FigureCard, ...], ...]
    computed: tuple[FigureCard, ...]
    obstacle: str


class ComparisonCard(NamedTuple):
    """Deals side by side, the rows in which something is computed first."""

    language: Language
    columns: tuple[DealName, ...]
    rows: tuple[RowCard, ...]
    quotes: tuple[ProofCard, ...]


class EntryCard(NamedTuple):
    """A figure at a time: ``sort`` stands before ``when``, as in "from 2028"; a date's ``value`` is what happens then.

    ``note`` tells that the time is not the source's own.
    """

    when: str
    note: str
    sort: str
    deals: tuple[DealName, ...]
    figure: FigureCard


class TimelineCard(NamedTuple):
    """What was said when of a deal, or of all (``deal`` is None), in time order."""

    language: Language
    deal: DealName | None
    entries: tuple[EntryCard, ...]
    undated: tuple[FigureCard, ...]
    quotes: tuple[ProofCard, ...]


class FiguresCard(NamedTuple):
    """A list of figures by the deal that each is first of all about, None where it is about none."""

    language: Language
    groups: tuple[tuple[DealName | None, tuple[FigureCard, ...]], ...]
    quotes: tuple[ProofCard, ...]


class CheckedCard(NamedTuple):
    """A figure of somebody's message: its words (``text``), where they stand in it, and what the sources say.

    ``verdict`` is the finding in words; ``figures`` what the sources have, the nearest first.
    """

    text: str
    start: int
    end: int
    finding: Finding
    verdict: str
    figures: tuple[FigureCard, ...]


class CheckCard(NamedTuple):
    """The figures in somebody's message held against the sources, in the order of the message.

    ``summary`` is one sentence: how many match, differ and are unknown, or that there is no figure in it.
    """

    language: Language
    summary: str
    checked: tuple[CheckedCard, ...]
    quotes: tuple[ProofCard, ...]
