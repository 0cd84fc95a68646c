"""A known figure as lines of a Discord message: the value, the numbers of its quotes, then all that qualifies it."""

from collections.abc import Sequence

from bot.deals.cards import FactCard
from bot.deals.figures import FigureCard
from bot.translation import Translator
from bot.views.markdown import fitted, length

# Characters that a part of a figure takes once it is drawn: together below what a page holds.
_VALUE = 800
_DETAIL = 400
_DETAILS = 900
_FORMULA = 400
_REMARKS = 3


def figure_lines(card: FigureCard, speaker: Translator, *, metric: bool = False) -> str:
    """Return a figure as a line in bold and one or more of small print.

    ``metric``: what is measured is named, where no heading does.
    """
    return "\n".join([brief(card), *qualified(card, speaker, metric=metric)])


def headline(card: FigureCard, speaker: Translator) -> str:
    """Return a figure in large letters, with its small print."""
    value = f"~~{fitted(card.value, _VALUE)}~~" if card.superseded else fitted(card.value, _VALUE)
    return "\n".join([f"## {value}{_referred(card.reference)}", *qualified(card, speaker, metric=True)])


def brief(card: FigureCard) -> str:
    """Return a figure in one line without its details."""
    value = f"~~{fitted(card.value, _VALUE)}~~" if card.superseded else f"**{fitted(card.value, _VALUE)}**"
    return f"{value}{_referred(card.reference)}"


def qualified(card: FigureCard, speaker: Translator, *, metric: bool = False) -> list[str]:
    """Return the lines of small print under a figure: how it was computed, what qualifies it, its remarks."""
    lines = []
    if card.formula:
        computed = speaker.text("computed: {formula}", formula=fitted(card.formula, _FORMULA))
        lines.append(f"-# {computed}")
    if details := _joined((*((card.metric,) if metric else ()), *card.details)):
        lines.append(f"-# {details}")
    return [*lines, *_remarks(card.remarks, speaker)]


def heading(text: str) -> str:
    """Return a text as the heading of a section."""
    return fitted(text[:1].upper() + text[1:], _DETAIL)


def fact_lines(card: FactCard, speaker: Translator) -> str:
    """Return a fact as a line and its small print; its kind stands above."""
    words = fitted(card.words, _VALUE)
    told = f"~~{words}~~" if card.superseded else words
    lines = [f"{told} [{card.number}]"]
    if details := _joined(card.details):
        lines.append(f"-# {details}")
    return "\n".join([*lines, *_remarks(card.remarks, speaker)])


def _referred(reference: str) -> str:
    return f" {reference}" if reference else ""


def _joined(details: Sequence[str]) -> str:
    """Return details on one line; where they are too long together, each is shortened to its share."""
    told = [fitted(detail, _DETAIL) for detail in details]
    if sum(length(detail) for detail in told) > _DETAILS:
        told = [fitted(detail, _DETAILS // len(details)) for detail in details]
    return " · ".join(told)


def _remarks(remarks: Sequence[str], speaker: Translator) -> list[str]:
    """Return the first remarks on one line of small print, and how many more there are."""
    if not remarks:
        return []
    told, left = _joined(remarks[:_REMARKS]), len(remarks) - _REMARKS
    if left > 0:
        told += " · " + speaker.plural("and {count} more remark", "and {count} more remarks", left)
    return [f"-# ↳ {told}"]
