"""Shares of questions that went well, by half, language and style, as a Markdown table."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, Protocol, TypeVar


class Asked(Protocol):
    """What became of one question."""

    @property
    def question(self) -> dict[str, Any]:
        """The question as its file has it."""


T = TypeVar("T", bound=Asked)


def table(outcomes: Sequence[T], head: Sequence[str], cells: Callable[[Sequence[T]], Iterable[str]]) -> str:
    """Return a row for each value of each property, and one for all; ``cells``: what is told of some outcomes."""
    lines = [f"| questions | {' | '.join(head)} |", f"|---|{'---:|' * len(head)}"]
    for key in ("half", "language", "style"):
        values = sorted({outcome.question[key] for outcome in outcomes})
        groups = [[outcome for outcome in outcomes if outcome.question[key] == value] for value in values]
        lines += [_row(value, cells(group)) for value, group in zip(values, groups, strict=True)]
    return "\n".join([*lines, _row("all", cells(outcomes))])


def share(found: Iterable[bool]) -> str:
    """Return how many of some marks are set, in per cent; nothing where there are none."""
    marks = list(found)
    return f"{sum(marks) / len(marks):.0%}" if marks else ""


def _row(name: str, cells: Iterable[str]) -> str:
    return f"| {name} | {' | '.join(cells)} |"
