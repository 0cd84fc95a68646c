"""Answers and sources as plain records, for ``--json``. Offsets are code points in the stored text."""

from typing import Any

from bot.cards import refusal
from index.model import Answer, Citation, Figure, Source

Record = dict[str, Any]


def answer_record(answer: Answer) -> Record:
    """Return an answer as the record that ``sourcier ask --json`` prints; its ``reason`` is empty where it answers."""
    return {
        "question": answer.question,
        "language": answer.language,
        "verdict": answer.verdict.value,
        "reason": refusal(answer) or "",
        "figures": [_figure(figure) for figure in answer.figures],
        "passages": [_passage(citation) for citation in answer.citations],
        "took_ms": round(answer.took_ms, 3),
    }


def source_record(source: Source) -> Record:
    """Return a source as the record that ``sourcier sources --json`` prints."""
    return source.model_dump(mode="json")


def _passage(citation: Citation) -> Record:
    passage = citation.passage
    return {
        "rank": citation.rank,
        "source": citation.source.id,
        "title": citation.source.title,
        "score": round(citation.score, 6),
        "text": passage.text,
        "start": passage.start,
        "end": passage.end,
        "highlight": citation.highlight.model_dump(),
    }


def _figure(figure: Figure) -> Record:
    quote = figure.quote
    return figure.model_dump() | quote.model_dump()
