"""Figures read from articles: the seeds against what was read by hand, and how single sentences are understood."""

from decimal import Decimal
from functools import cache
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index import seeding
from index.figures.curated import shipped
from index.figures.deals import Deal, FoundFigure, Proof, Wording
from index.figures.extraction import MOST, extract
from index.figures.kinds import Commitment, DealKind, Metric, Unsaid
from index.model import Language, Quote

ACME = ("Borée a réservé 300 MW chez Acme. ", "acme", "Acme")


class Pair(NamedTuple):
    """A figure that was read by hand, and what the rules made of it."""

    expected: FoundFigure
    found: FoundFigure


@cache
def pairs() -> tuple[list[Pair], int, int]:
    """The seeds' figures in both readings, how many the rules missed, and how many only they found."""
    ledger = shipped()
    both: list[Pair] = []
    missed = spurious = 0
    for name, article in seeding.articles():
        found = extract(
            article.text, article.title, article.language, ledger.deals, article.published, markdown=article.markdown
        )
        for expected in (figure for figure in ledger.figures if figure.proof.source == name):
            match = next((each for each in found if _is_same(each, expected)), None)
            if match is None:
                missed += 1
            else:
                found.remove(match)
                both.append(Pair(expected, match))
        spurious += len(found)
    return both, missed, spurious


def _is_same(found, expected):
    same_sort = (found.metric is Metric.DATE) == (expected.metric is Metric.DATE)
    return same_sort and found.text == expected.text


def part_right(aspect):
    both, _, _ = pairs()
    return sum(aspect(pair.found) == aspect(pair.expected) for pair in both) / len(both)


def test_the_seeds_are_read_as_by_hand() -> None:
    both, missed, spurious = pairs()
    assert len(both) >= 31
    assert missed <= 1  # the date at the very head of an article
    assert spurious == 0
