"""Figures as a table for a spreadsheet: one row a figure, with all that traces it to its source."""

import csv
import io
from collections.abc import Iterable, Sequence
from decimal import Decimal

from index.model import Figure, Moment

COLUMNS = (
    "deal",
    "metric",
    "value",
    "low",
    "high",
    "bound",
    "unit",
    "counted",
    "per",
    "each",
    "subject",
    "on",
    "on_iso",
    "since",
    "since_iso",
    "until",
    "until_iso",
    "during",
    "during_iso",
    "commitment",
    "attribution",
    "inferred",
    "review",
    "computed",
    "operands",
    "text",
    "text_start",
    "text_end",
    "quote",
    "start",
    "end",
    "source",
    "version",
    "sha256",
    "title",
    "published",
    "published_basis",
    "url",
    "id",
    "deals",
)
"""The names of the columns, in their order. New ones come last."""

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_BETWEEN = "; "


def as_csv(figures: Iterable[Figure]) -> str:
    """Return figures as CSV (RFC 4180): a head, then one row for each.

    Values are in base units, without an exponent; a list is one cell with ``; `` between its parts. A text that a
    spreadsheet would take for a formula begins with an apostrophe.
    """
    written = io.StringIO()
    table = csv.writer(written)
    table.writerow(COLUMNS)
    for figure in figures:
        table.writerow([cell(value) for value in _row(figure)])
    return written.getvalue()


def cell(value: str | int | Decimal | None) -> str:
    """Return a value as a cell of a table: no text in it is a formula to a spreadsheet."""
    if value is None:
        return ""
    if isinstance(value, str):
        return f"'{value}" if value.startswith(_FORMULA) else value
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def _row(figure: Figure) -> Sequence[str | int | Decimal | None]:
    source = figure.source
    return (
        figure.deals[0] if figure.deals else None,
        figure.metric.value,
        figure.value,
        figure.low,
        figure.high,
        figure.bound.value,
        figure.unit,
        figure.counted,
        figure.per,
        figure.each,
        figure.subject,
        *_when(figure.on),
        *_when(figure.since),
        *_when(figure.until),
        *_when(figure.during),
        figure.commitment.value,
        figure.attribution,
        _BETWEEN.join(unsaid.value for unsaid in figure.inferred),
        figure.review.value,
        figure.formula,
        _BETWEEN.join(operand.id for operand in figure.operands),
        figure.text.quote,
        figure.text.start,
        figure.text.end,
        figure.quote.quote,
        figure.quote.start,
        figure.quote.end,
        source.id,
        source.version,
        source.sha256,
        source.title,
        source.published,
        source.published_basis.value,
        source.url,
        figure.id,
        _BETWEEN.join(figure.deals),
    )


def _when(moment: Moment | None) -> tuple[str | None, str | None]:
    return (moment.written, moment.iso) if moment else (None, None)
