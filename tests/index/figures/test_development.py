"""The bar that the grammar is held to: how well it reads the development sentences of each language."""

import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.cli import app
from index.model import Language
from tests.index.figures.development import Judged, judge_dates, judge_quantities, precision_and_recall

BAR = 0.97

DOCUMENT = Path(__file__).parents[3] / "docs" / "figures.md"
EXAMPLE = re.compile(r"```\n\$ echo \"(?P<text>.*)\" \| sourcier extract\n(?P<shown>.*?)```", re.DOTALL)

languages = pytest.mark.parametrize("language", ["fr", "en"])


@languages
def test_the_value_and_unit_of_quantities_are_read(language: Language) -> None:
    _holds(judge_quantities(language))


@languages
def test_the_first_and_last_day_of_dates_are_read(language: Language) -> None:
    _holds(judge_dates(language))


@languages
def test_bounds_times_counted_things_and_spans_are_read_too(language: Language) -> None:
    right = [each for each in [*judge_quantities(language), *judge_dates(language)] if each.right]
    inexact = [each.sentence for each in right if not each.exactly]
    assert len(inexact) <= (1 - BAR) * len(right), f"inexact: {', '.join(inexact)}"


def test_the_document_shows_what_is_read() -> None:
    example = EXAMPLE.search(DOCUMENT.read_text("utf-8"))
    assert example is not None
    shown = CliRunner().invoke(app, ["extract"], input=example["text"]).stdout
    assert [line.rstrip() for line in shown.strip().splitlines()] == example["shown"].strip().splitlines()


def _holds(judged: list[Judged]) -> None:
    precision, recall = precision_and_recall(judged)
    failing = ", ".join(sorted({each.sentence for each in judged if not each.right}))
    assert min(precision, recall) >= BAR, f"precision {precision:.3f}, recall {recall:.3f}; wrong: {failing}"
