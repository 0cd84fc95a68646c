"""What is learnt from questions, drawn in a terminal: those asked in vain, golden ones and how they are answered."""

from collections.abc import Iterator, Sequence
from datetime import UTC

from bot.moderation.gap_cards import GapCard, lay_out_gap
from bot.printable import printable
from bot.terminal.blocks import Block, Ink, Paragraph, Span, line
from bot.terminal.screen import to_stdout
from bot.translation import translator
from index.moderating.gaps import Gap
from index.moderating.goldens import Golden, Held

_ENGLISH = translator("en")
_INDENT = "   "


def show_gaps(gaps: Sequence[Gap]) -> None:
    """Print what was asked in vain, each with how often and what was said of its answers."""
    blocks = [block for gap in gaps for block in _gap(lay_out_gap(gap, _ENGLISH))]
    to_stdout(blocks or [line("Nothing was asked in vain in the last 30 days.")])


def show_goldens(goldens: Sequence[Golden]) -> None:
    """Print golden questions, each with what answers it."""
    blocks = [
        block
        for golden in goldens
        for block in (line(printable(golden.question, fold=True), Ink.TITLE), line(_expected(golden), lead=_INDENT))
    ]
    to_stdout(blocks or [line("There are no golden questions.")])


def show_checked(held: Sequence[Held]) -> None:
    """Print how golden questions are answered now."""
    to_stdout(block for one in held for block in _checked(one))


def show_all_checked(held: Sequence[Held]) -> None:
    """Print how all golden questions are answered now, the wrong ones first, and how many rightly."""
    if not held:
        to_stdout([line("There are no golden questions.")])
        return
    right = sum(one.now for one in held)
    blocks = [block for one in sorted(held, key=lambda one: one.now) for block in _checked(one)]
    said = f"{right} of {len(held)} answered rightly"
    to_stdout([*blocks, line(said, Ink.GOOD if right == len(held) else Ink.WARNING)])


def _gap(card: GapCard) -> Iterator[Block]:
    yield line(card.question, Ink.TITLE)
    facts = [*card.facts, f"last {card.last.astimezone(UTC):%Y-%m-%d %H:%M} UTC"]
    yield line(" · ".join(facts), Ink.ASIDE, _INDENT)
    for wording in card.others:
        yield line(f"also: {wording}", lead=_INDENT)
    for said in card.said:
        words = f", “{said.words}”" if said.words else ""
        yield line(f"complaint: {said.complaint.value}{words}", Ink.WARNING, _INDENT)


def _checked(held: Held) -> Iterator[Block]:
    sign = Span("right  ", Ink.GOOD) if held.now else Span("WRONG  ", Ink.WARNING)
    yield Paragraph((sign, Span(printable(held.golden.question, fold=True))))
    got = f"answered from {held.got}" if held.got else "unanswered"
    yield line(f"expected {_expected(held.golden)}; {got}", Ink.ASIDE, " " * 7)


def _expected(golden: Golden) -> str:
    sentence = f"“{golden.sentence}”" if golden.sentence else None
    return " · ".join(printable(part, fold=True) for part in (golden.source, golden.figure, sentence) if part)
