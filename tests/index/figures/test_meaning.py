"""How well meaning is read from news of other fields: the development paragraphs of ``tests/figures``."""

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from index.figures.deals import FoundFigure
from index.figures.extraction import extract
from index.figures.kinds import Metric
from index.model import Language, Moment

FOLDER = Path(__file__).parents[2] / "figures"
ASPECTS = ("metric", "commitment", "attribution", "counted", "moment")


class Judged(NamedTuple):
    """One figure that was expected, found, or both, and what of it is right."""

    paragraph: str
    expected: dict[str, Any] | None
    found: FoundFigure | None
    right: frozenset[str]


@cache
def judge(language: Language) -> list[Judged]:
    """What became of every figure that was expected or found."""
    lines = (FOLDER / f"meaning_{language}.jsonl").read_text("utf-8").splitlines()
    return [judged for line in lines for judged in _judged(json.loads(line), language)]


def part_right(judged: list[Judged], aspect: str) -> float:
    """Of the figures that were expected and found, the part of which an aspect is right."""
    both = [each for each in judged if each.expected and each.found]
    return sum(aspect in each.right for each in both) / len(both)


def _judged(record: dict[str, Any], language: Language) -> Iterator[Judged]:
    text: str = record["text"]
    found = extract(text, "", language, [], record["published"])
    for expected in record["figures"]:
        start = text.index(expected["text"])
        end = start + len(expected["text"])
        match = next((each for each in found if _meets(each, start, end, expected["metric"])), None)
        if match is not None:
            found.remove(match)
        yield Judged(record["id"], expected, match, _right(expected, match) if match else frozenset())
    ignored = [(text.index(words), text.index(words) + len(words)) for words in record["ignore"]]
    for each in found:
        if not any(start < each.text.end and each.text.start < end for start, end in ignored):
            yield Judged(record["id"], None, each, frozenset())


def _meets(found: FoundFigure, start: int, end: int, metric: str) -> bool:
    same_sort = (found.metric is Metric.DATE) == (metric == "date")
    return same_sort and found.text.start < end and start < found.text.end


def _right(expected: dict[str, Any], found: FoundFigure) -> frozenset[str]:
    right = {
        name for name in ("metric", "commitment", "attribution", "counted") if getattr(found, name) == expected[name]
    }
    if _same_moment(expected["moment"], found):
        right.add("moment")
    return frozenset(right)


def _same_moment(expected: dict[str, Any] | None, found: FoundFigure) -> bool:
    if expected is None or not found.moments:
        return (expected is None) == (not found.moments)
    moment: Moment | None = getattr(found, expected["field"])
    if moment is None:
        return False
    if expected["iso"] is not None and not moment.relative:
        return bool(moment.iso == expected["iso"])
    return bool(moment.written.casefold() == expected["written"].casefold())


@pytest.mark.parametrize("language", ["fr", "en"])
def test_nearly_every_figure_is_found_and_hardly_any_besides(language: Language) -> None:
    judged = judge(language)
    assert sum(each.found is None for each in judged) <= 1
    assert sum(each.expected is None for each in judged) <= 1


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize(
    ("aspect", "least"),
    [("metric", 0.98), ("commitment", 0.95), ("attribution", 0.98), ("counted", 0.98), ("moment", 0.95)],
)
def test_what_a_figure_means_is_mostly_right(language: Language, aspect: str, least: float) -> None:
    assert part_right(judge(language), aspect) >= least
