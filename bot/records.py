"""Answers, sources and what is known of deals as plain records, for ``--json`` and for files.

Offsets are code points in the stored text; numbers are plain JSON numbers in base units (W, USD, 0-100 for percent).
"""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from bot.cards import refusal
from bot.markup import Unmarked
from index.answering.checking import Checked
from index.figures.chronology import Timeline
from index.figures.comparing import Comparison
from index.figures.deals import Deal, FoundFigure
from index.figures.dossier import Dossier
from index.figures.holding import Excerpt
from index.model import Answer, Citation, Figure, Moment, Quote, Source

Record = dict[str, Any]


def answer_record(answer: Answer) -> Record:
    """Return an answer as the record that ``sourcier ask --json`` prints; its ``reason`` is empty where it answers."""
    return {
        "question": answer.question,
        "language": answer.language,
        "verdict": answer.verdict.value,
        "reason": refusal(answer) or "",
        "figures": [figure_record(figure) for figure in answer.figures],
        "passages": [_passage(citation) for citation in answer.citations],
        "took_ms": round(answer.took_ms, 3),
    }


def source_record(source: Source) -> Record:
    """Return a source as the record that ``sourcier sources --json`` prints."""
    return source.model_dump(mode="json")


def figure_record(figure: Figure) -> Record:
    """Return a figure with its proof: ``start`` and ``end`` are its quote's, ``computed`` is a formula in base units.

    ``quote`` and ``source`` of a computed figure are its first operand's; ``operands`` names all by their ids. A date
    has no ``value``: its ``moments`` tell when it is.
    """
    source = figure.source
    return {
        "deal": figure.deals[0] if figure.deals else None,
        "metric": figure.metric.value,
        **_measured(figure),
        "quote": figure.quote.quote,
        "source": source.id,
        "start": figure.quote.start,
        "end": figure.quote.end,
        "commitment": figure.commitment.value,
        "attribution": figure.attribution,
        "computed": figure.formula,
        "id": figure.id,
        "deals": list(figure.deals),
        **_worded(figure),
        "review": figure.review.value,
        "title": source.title,
        "published": source.published,
        "published_basis": source.published_basis.value,
        "url": source.url,
        "operands": [operand.id for operand in figure.operands],
        "version": source.version,
        "sha256": source.sha256,
    }


def deal_record(deal: Deal) -> Record:
    """Return what a deal is called."""
    return {
        "id": deal.id,
        "kind": deal.kind.value,
        "name": deal.name.model_dump(),
        "aliases": deal.aliases.model_dump(),
    }


def dossier_record(dossier: Dossier) -> Record:
    """Return all that is known of a deal; ``relations`` are among the ids of its figures and facts."""
    whole = dossier.part_of
    return {
        "deal": deal_record(dossier.deal),
        "as_of": dossier.as_of,
        "left_out": dossier.left_out,
        "about": _excerpt(dossier.about) if dossier.about else None,
        "parties": [
            {"name": party.name, "role": party.role.value} | _excerpt(party.excerpt) for party in dossier.parties
        ],
        "part_of": {"deal": whole.deal.id} | _excerpt(whole.excerpt) if whole else None,
        "parts": [part.id for part in dossier.parts],
        "figures": [figure_record(figure) for figure in dossier.figures],
        "computed": [figure_record(figure) for figure in dossier.computed],
        "facts": [
            {
                "id": fact.id,
                "deals": list(fact.deals),
                "kind": fact.kind.value,
                "names": [_span(name) for name in fact.names],
                "commitment": fact.commitment.value if fact.commitment else None,
                "attribution": fact.attribution,
                "inferred": [unsaid.value for unsaid in fact.inferred],
            }
            | _excerpt(fact.excerpt)
            for fact in dossier.facts
        ],
        "relations": [
            relation.model_dump(mode="json", include={"first", "kind", "second", "reason"})
            for relation in dossier.relations
        ],
    }


def comparison_record(comparison: Comparison) -> Record:
    """Return deals side by side: ``cells`` of a row are in the order of ``deals``."""
    return {
        "deals": [deal_record(deal) for deal in comparison.deals],
        "rows": [
            {
                "metric": row.metric.value,
                "unit": row.unit,
                "per": row.per,
                "cells": [_figures(cell) for cell in row.cells],
                "computed": _figures(row.computed),
                "obstacle": row.obstacle.value if row.obstacle else None,
            }
            for row in comparison.rows
        ],
    }


def timeline_record(timeline: Timeline) -> Record:
    """Return a timeline, of one deal or (``deal`` is null) of all."""
    return {
        "deal": deal_record(timeline.deal) if timeline.deal else None,
        "entries": [
            {
                "earliest": entry.earliest,
                "latest": entry.latest,
                "estimated": entry.estimated,
                "sort": entry.sort.value,
                "figure": figure_record(entry.figure),
            }
            for entry in timeline.entries
        ],
        "undated": _figures(timeline.undated),
    }


def checked_record(checked: Checked, written: Unmarked) -> Record:
    """Return a figure of a text, with its offsets in it, and the figures of the sources that it was held against.

    ``written``: the text without the marks that are not read; the offsets are those in the text with them.
    """
    said = checked.said
    return {
        "finding": checked.finding.value,
        "metric": said.metric.value,
        **_measured(said),
        "quote": said.quote.quote,
        "start": written.start(said.quote.start),
        "end": written.end(said.quote.end),
        "deals": list(said.deals),
        **_worded(said),
        "text_start": written.start(said.text.start),
        "text_end": written.end(said.text.end),
        "figures": _figures(checked.figures),
    }


def _figures(figures: Iterable[Figure]) -> list[Record]:
    return [figure_record(figure) for figure in figures]


def _measured(figure: Figure | FoundFigure) -> Record:
    return {
        "value": _number(figure.value),
        "low": _number(figure.low),
        "high": _number(figure.high),
        "bound": figure.bound.value,
        "unit": figure.unit,
        "per": figure.per,
    }


def _worded(figure: Figure | FoundFigure) -> Record:
    """Return what the source's own words say of a figure."""
    moments = {"on": figure.on, "since": figure.since, "until": figure.until, "during": figure.during}
    return {
        "counted": figure.counted,
        "each": figure.each,
        "text": figure.text.quote,
        "text_start": figure.text.start,
        "text_end": figure.text.end,
        "subject": figure.subject,
        "moments": [_moment(sort, moment) for sort, moment in moments.items() if moment],
        "inferred": [unsaid.value for unsaid in figure.inferred],
    }


def _moment(sort: str, moment: Moment) -> Record:
    """Return when something holds: as written, and the ISO dates between which that is, where it is known."""
    return {"sort": sort} | moment.model_dump() | {"earliest": moment.earliest, "latest": moment.latest}


def _number(value: Decimal | None) -> int | float | None:
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


def _excerpt(excerpt: Excerpt) -> Record:
    return {"source": excerpt.source.id, **_span(excerpt.quote)}


def _span(quote: Quote) -> Mapping[str, Any]:
    return {"quote": quote.quote, "start": quote.start, "end": quote.end}


def _passage(citation: Citation) -> Record:
    passage = citation.passage
    return {
        "rank": citation.rank,
        "source": citation.source.id,
        "title": citation.source.title,
        "published": citation.source.published,
        "older": citation.older,
        "score": round(citation.score, 6),
        "text": passage.text,
        "start": passage.start,
        "end": passage.end,
        "highlight": citation.highlight.model_dump(),
    }
