"""What the commands print for people: answers in the question's language, the rest in English."""

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from functools import cache
from typing import TYPE_CHECKING

from bot.cards import describe, lay_out
from bot.moderation.draft_cards import caution_words, likeness_words
from bot.printable import printable
from bot.terminal import drawing
from bot.terminal.blocks import BLANK, Block, Ink, Paragraph, Span, Table, line
from bot.terminal.screen import to_stdout
from bot.translation import translator
from index.model import Answer, Language, Source, State

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

    from bot.operation.doctor import Finding
    from index.evaluation import Scores
    from index.examination import Rates
    from index.library import Added
    from index.moderating.model import Alike
    from index.reading.document import Caution

_ENGLISH = translator("en")

Notes = tuple[Sequence["Caution"], Sequence["Alike"]]


def show_answer(answer: Answer, *, asked: bool = False) -> None:
    """Print an answer: its quotes, or why there are none. ``asked``: below its question, as one of many."""
    card = lay_out(answer)
    blocks = drawing.answer(card)
    to_stdout([*drawing.question(card.question), *blocks, BLANK] if asked else blocks)


def show_sources(sources: Sequence[Source]) -> None:
    """Print a list of sources."""
    to_stdout(drawing.sources([describe(source, _ENGLISH) for source in sources], _ENGLISH))


def show_source(source: Source) -> None:
    """Print what is known about a source."""
    to_stdout(drawing.source(describe(source, _ENGLISH), _ENGLISH))


def show_added(added: "Added", approved: int, waiting: int, *, how_to_review: str, notes: "Notes" = ((), ())) -> None:
    """Print what adding an article came to, how many of its figures were approved, and how many wait for it.

    ``how_to_review``: the command for those; ``notes``: what had better be looked at in it, and what it is like.
    """
    source = describe(added.source, _ENGLISH)
    says = {
        "added": "Added",
        "updated": f"Updated to version {source.version}",
        "restored": "Had been removed; restored",
        "present": "Already here",
        "removed": "Was removed, left out",
    }
    if added.outcome.value == "updated" and source.state is State.REMOVED:
        says["updated"] += ", still removed"
    _show_outcome(says[added.outcome.value], source.title, source.id)
    cautions, alike = notes
    told = [*(caution_words(each, _ENGLISH) for each in cautions), *(likeness_words(each, _ENGLISH) for each in alike)]
    blocks: list[Block] = [line(words, Ink.WARNING, "   ! ") for words in told]
    if approved:
        blocks.append(line(f"Figures approved: {approved}", Ink.ASIDE, "   "))
    if waiting:
        blocks.append(line(f"Figures to review: {waiting} ({how_to_review})", Ink.ASIDE, "   "))
    to_stdout(blocks)


def show_state(source: Source) -> None:
    """Print where a source stands after it was removed or restored."""
    card = describe(source, _ENGLISH)
    _show_outcome({State.LIVE: "Restored", State.REMOVED: "Removed"}[card.state], card.title, card.id)


def _show_outcome(says: str, title: str, source_id: str) -> None:
    to_stdout([Paragraph((Span(f"{says}: ", Ink.GOOD), Span(title, Ink.TITLE), Span(f" [{source_id}]", Ink.ASIDE)))])


def show_scores(name: str, scores: Mapping[Language, "Scores"]) -> None:
    """Print how well the ranking did, a row for each language."""
    head = ("language", "questions", "MRR@10", "nDCG@10", "recall@1", "recall@5", "recall@20")
    rows = tuple(
        (language, str(found.questions), *(f"{mean:.3f}" for mean in found[1:])) for language, found in scores.items()
    )
    title = [line(printable(name, fold=True), Ink.TITLE)] if name else []
    to_stdout([*title, Table(head, rows, numeric=frozenset(range(1, len(head))))])


def show_rates(rates: "Mapping[str, Rates]") -> None:
    """Print how well questions were answered, a row for each group of them."""
    head = ("questions", "answerable", "first", "in three", "answered", "figure asked", "right", "no answer", "refused")
    rows = tuple((name, *(_rate(value) for value in found)) for name, found in rates.items())
    to_stdout([Table(head, rows, numeric=frozenset(range(1, len(head))))])


def _rate(value: float | None) -> str:
    if value is None:
        return ""
    return f"{value:.0%}" if isinstance(value, float) else str(value)


def show_findings(findings: Sequence["Finding"]) -> None:
    """Print what the doctor found, the bad and the noteworthy marked."""
    signs = {"good": ("ok  ", Ink.GOOD), "note": ("note", Ink.WARNING), "bad": ("BAD ", Ink.WARNING)}
    width = max((len(finding.about) for finding in findings), default=0)
    to_stdout(_finding(finding, *signs[finding.level], width) for finding in findings)


def _finding(finding: "Finding", sign: str, ink: Ink, width: int) -> Block:
    about = printable(finding.about, fold=True).ljust(width)
    return Paragraph((Span(sign, ink), Span(f"  {about}  "), Span(printable(finding.says, fold=True))))


@contextmanager
def progress(what: str) -> Iterator[Callable[[int, int], None]]:
    """Show how far a long piece of work is, on standard error where that is a terminal.

    Yields the function to tell: how many steps are done, of how many. Until it is told, nothing is shown.
    """
    if not sys.stderr.isatty():
        yield lambda _done, _of: None
        return
    with ExitStack() as shown:

        @cache
        def bar() -> "tuple[Progress, TaskID]":
            from rich.console import Console
            from rich.progress import Progress

            drawn = shown.enter_context(
                # What is printed meanwhile stands above the bar, but for what goes elsewhere than to the terminal.
                Progress(console=Console(stderr=True), transient=True, redirect_stdout=sys.stdout.isatty())
            )
            return drawn, drawn.add_task(what, total=None)

        def tell(done: int, of: int) -> None:
            drawn, task = bar()
            drawn.update(task, completed=done, total=of)

        yield tell
