"""A known figure as a neutral card: every text ready to be shown, in the language that is spoken."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from bot.meanings import certainty, metric_name, review_note, unsaid_note
from bot.measures import formula, measure, quoted
from bot.moments import date_value, moment_words
from bot.translation import Translator
from index.figures.kinds import Metric, Operation, Unsaid
from index.model import Figure

_DOLLARS = re.compile(r"dollars?|\$", re.IGNORECASE)


class FigureCard(NamedTuple):
    """A figure in words. Texts that there are none of are empty; what is computed has a ``formula``.

    ``value`` has its bound, unit, rate and what is counted (``environ 400 000 « puces GB200 »``), ``subject``, ``when``
    and ``attribution`` quote words of the source in its language. ``notes`` tell what the source does not say itself,
    ``remarks`` how the figure stands to others on the same card. ``numbers`` are those of the quotes that prove it.
    """

    id: str
    metric: str
    value: str
    subject: str
    when: str
    certainty: str
    attribution: str
    notes: tuple[str, ...]
    numbers: tuple[int, ...]
    formula: str = ""
    remarks: tuple[str, ...] = ()
    superseded: bool = False

    @property
    def reference(self) -> str:
        """The numbers of its quotes as they stand after it: ``[1] [3]``."""
        return " ".join(f"[{number}]" for number in self.numbers)

    @property
    def stated(self) -> tuple[str, ...]:
        """What the source itself says of the value, in the order in which it is shown."""
        told = (self.subject, self.when, self.certainty, self.attribution)
        return tuple(text for text in told if text)

    @property
    def details(self) -> tuple[str, ...]:
        """All that qualifies the value and is not a remark: what is stated, then the notes."""
        return (*self.stated, *self.notes)


def lay_out_figure(
    figure: Figure,
    numbers: Sequence[int],
    speaker: Translator,
    *,
    remarks: Sequence[str] = (),
    superseded: bool = False,
) -> FigureCard:
    """Return a figure's card. ``numbers``: of the quotes that prove it, or its operands where it is computed."""
    is_date = figure.metric is Metric.DATE
    value = date_value(figure, speaker) if is_date else measure(figure, speaker)
    computed = formula(figure, speaker)
    return FigureCard(
        id=figure.id,
        metric=name_of(figure, speaker),
        value=value,
        subject="" if computed else quoted(figure.subject, speaker),
        when=_when(figure, value, speaker),
        certainty=certainty(figure.commitment, speaker),
        attribution=attributed(figure.attribution, speaker),
        notes=notes_of(figure, speaker),
        numbers=tuple(dict.fromkeys(numbers)),
        formula=computed,
        remarks=tuple(remarks),
        superseded=superseded,
    )


def stated(figure: Figure) -> Iterator[Figure]:
    """Yield the figures that sources state and on which a figure rests: itself, or its operands' where computed."""
    if figure.formula is None:
        yield figure
    for operand in figure.operands:
        yield from stated(operand)


def name_of(figure: Figure, speaker: Translator) -> str:
    """Return what a figure measures; of one that compares two others, how it does."""
    if figure.operation is Operation.QUOTIENT and figure.unit == "times":
        return speaker.text("ratio")
    if figure.operation is Operation.DIFFERENCE:
        return speaker.text("difference")
    return metric_name(figure.metric, speaker)


def attributed(words: str | None, speaker: Translator) -> str:
    """Return who says so, in the words of the source; empty where it names nobody."""
    return speaker.text("according to {words}", words=quoted(words, speaker)) if words else ""


def unsaid_notes(inferred: Sequence[Unsaid], speaker: Translator) -> tuple[str, ...]:
    """Return what a quote does not say itself, one note for each thing."""
    return tuple(unsaid_note(unsaid, speaker) for unsaid in inferred)


def notes_of(figure: Figure, speaker: Translator) -> tuple[str, ...]:
    """Return what is to be known of a figure beside what its source says: what is inferred, and who checked it."""
    notes = []
    for unsaid in figure.inferred:
        dollars = _DOLLARS.search(figure.text.quote) if unsaid is Unsaid.US_DOLLARS else None
        if dollars is not None:
            notes.append(speaker.text("the text says {words}", words=quoted(dollars[0], speaker)))
        else:
            notes.append(unsaid_note(unsaid, speaker))
    review = review_note(figure.review, speaker)
    return tuple(dict.fromkeys([*notes, *([review] if review else [])]))


def _when(figure: Figure, value: str, speaker: Translator) -> str:
    """Return when a figure holds; of a date, the source's own words where its value does not have them."""
    if figure.formula is not None:
        return ""
    if figure.metric is not Metric.DATE:
        return ", ".join(dict.fromkeys(moment_words(moment, speaker) for moment in figure.moments))
    written = (quoted(moment.written, speaker) for moment in figure.moments)
    return ", ".join(words for words in dict.fromkeys(written) if words not in value)
