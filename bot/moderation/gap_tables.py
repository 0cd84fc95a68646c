"""What was asked in vain as records for programs and as a table for a spreadsheet: counts and words, never who."""

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any

from bot.exports import cell
from bot.printable import printable
from index.model import Report
from index.moderating.gaps import Gap

COLUMNS = ("question", "asked", "people", "wishing", "last", "other_wordings", "complaints", "said", "id")
"""The names of the columns, in their order. New ones come last."""

_BETWEEN = " / "


def gap_record(gap: Gap) -> dict[str, Any]:
    """Return a gap as the record that ``sourcier gaps --json`` prints."""
    return {
        "id": gap.id,
        "question": gap.question,
        "asked": gap.asked,
        "people": gap.people,
        "wishing": gap.wishing,
        "last": gap.last.isoformat(timespec="seconds"),
        "other_wordings": list(gap.wordings[1:]),
        "complaints": [
            {
                "complaint": report.complaint.value,
                "words": report.words,
                "at": report.at.isoformat(timespec="seconds"),
            }
            for report in gap.reports
        ],
    }


def gaps_csv(gaps: Iterable[Gap]) -> str:
    """Return gaps as CSV (RFC 4180): a head, then one row for each. No cell is a formula to a spreadsheet."""
    written = io.StringIO()
    table = csv.writer(written, quoting=csv.QUOTE_ALL)
    table.writerow(COLUMNS)
    for gap in gaps:
        table.writerow([cell(value) for value in _row(gap)])
    return written.getvalue()


def _row(gap: Gap) -> Sequence[str | int]:
    return (
        printable(gap.question, fold=True),
        gap.asked,
        gap.people,
        gap.wishing,
        gap.last.isoformat(timespec="seconds"),
        _BETWEEN.join(printable(wording, fold=True) for wording in gap.wordings[1:]),
        len(gap.reports),
        _BETWEEN.join(_said(report) for report in gap.reports),
        gap.id,
    )


def _said(report: Report) -> str:
    words = printable(report.words, fold=True)
    return f"{report.complaint.value}: {words}" if words else report.complaint.value
