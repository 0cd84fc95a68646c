"""What a moderator says of a figure that was read by rule: how much it is, of what, and in which deals.

A correction mends the reading, never the source: what the sentence does not say cannot be put in its mouth.
"""

import re
from collections.abc import Mapping

from pydantic import ValidationError

from index.errors import BadInput, Phrase
from index.figures.deals import FoundFigure
from index.figures.kinds import Commitment, Metric, Unsaid, fits
from index.model import Language, Noun, Quote
from index.moderating.said_numbers import LONGEST, find_said

_LONGEST_FIGURE = 80  # characters that an error repeats
_MEASURED: Mapping[str, Phrase] = {
    "W": Phrase("a power"),
    "Wh": Phrase("an amount of energy"),
    "FLOPS": Phrase("a computing speed"),
    "[A-Z]{3}": Phrase("a sum of money"),
    "percent|fraction": Phrase("a part of a whole"),
    "times": Phrase("a multiple"),
    "count": Phrase("a number of things"),
    "second|minute|hour|day|month|year": Phrase("a length of time"),
    "date": Phrase("a date"),
}
"""What is measured in a unit, which is a regular expression here."""

_SIZE = Phrase("a measure of size")
_EQUIPMENT = Phrase("equipment")  # as people are shown ``Metric.UNITS``


class Correction(Noun):
    """What is said otherwise; what is None stays as it is. ``measure`` is as a person writes it: ``4.5 GW``."""

    measure: str | None = None
    metric: Metric | None = None
    commitment: Commitment | None = None
    deals: tuple[str, ...] | None = None


def correct(figure: FoundFigure, correction: Correction, language: Language) -> FoundFigure:
    """Return a figure as a moderator reads it. Raises ``BadInput`` where that cannot be, or is not what is written."""
    changed: dict[str, object] = {}
    if correction.measure is not None:
        changed |= _measured(figure, correction.measure, language)
    for field in ("metric", "commitment"):
        if (value := getattr(correction, field)) is not None:
            changed[field] = value
    if correction.deals is not None:
        changed["deals"] = tuple(dict.fromkeys(correction.deals))
    mended = figure.model_copy(update=changed)
    if not fits(mended.unit, mended.metric):
        raise BadInput(
            "“{figure}” is {what}, which does not fit “{metric}”.",
            figure=mended.text.quote[:_LONGEST_FIGURE],
            what=_measured_in(mended.unit),
            metric=_EQUIPMENT if mended.metric is Metric.UNITS else Phrase(mended.metric),
        )
    try:
        return FoundFigure.model_validate(mended.model_dump())
    except ValidationError as error:
        reason = error.errors()[0]["msg"].removeprefix("Value error, ")
        raise BadInput("This cannot be: {reason}.", reason=Phrase(reason)) from error


def _measured(figure: FoundFigure, written: str, language: Language) -> dict[str, object]:
    """Return the measure that is written, and where the quoted sentence says it."""
    if figure.metric is Metric.DATE:
        raise BadInput("A date has no measure to correct; reject it where it is wrong.")
    sentence = figure.quote.quote
    said = find_said(written, sentence, language)
    measure, start = said.measure, figure.quote.start
    dollars = (Unsaid.US_DOLLARS,) if measure.unit == "USD" and not said.stated else ()
    return {
        "value": measure.value,
        "low": measure.low,
        "high": measure.high,
        "bound": measure.bound,
        "unit": measure.unit,
        "per": measure.per,
        "counted": _counted(figure, measure.counted, sentence) if measure.unit == "count" else None,
        "text": Quote(quote=sentence[said.start : said.end], start=start + said.start, end=start + said.end),
        "inferred": (*dollars, *(unsaid for unsaid in figure.inferred if unsaid is not Unsaid.US_DOLLARS)),
    }


def _measured_in(unit: str) -> Phrase:
    return next((what for pattern, what in _MEASURED.items() if re.fullmatch(pattern, unit)), _SIZE)


def _counted(figure: FoundFigure, written: str | None, sentence: str) -> str | None:
    """Return what is counted, which is shown as words of the source and so has to be."""
    if written is None or written == figure.counted:
        return figure.counted
    if written not in sentence:
        raise BadInput(
            "The quoted sentence does not say “{written}”: what is counted is named in its own words.",
            written=written[:LONGEST],
        )
    return written
