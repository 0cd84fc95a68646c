"""The development sentences of ``tests/figures``, and how well the grammar reads them."""

import json
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple, Protocol

from index.figures.dates import dates
from index.figures.mentions import DateMention, Quantity
from index.figures.quantities import quantities
from index.model import Language

FOLDER = Path(__file__).parents[2] / "figures"
MILLIONTH = Decimal("0.000001")
UNITS = {"s": "second", "min": "minute", "h": "hour"}


class Spoken(NamedTuple):
    """One sentence with what it holds. ``ignored``: spans that count neither for nor against."""

    id: str
    text: str
    quantities: list[dict[str, Any]]
    dates: list[dict[str, Any]]
    ignored: list[tuple[int, int]]


class Amount(Protocol):
    """What any reader of quantities says of one: where it stands, what it is worth in base units, and which."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...
    @property
    def value(self) -> Decimal | None: ...
    @property
    def low(self) -> Decimal | None: ...
    @property
    def high(self) -> Decimal | None: ...
    @property
    def unit(self) -> str: ...


Reader = Callable[[Spoken, Language], Sequence[Amount]]
"""A reader of quantities: a sentence and its language to what it finds there."""


class Judged(NamedTuple):
    """One thing that was expected, found, or both. ``right``: its value and unit; ``exactly``: also all the rest."""

    sentence: str
    expected: dict[str, Any] | None
    found: Amount | DateMention | None
    right: bool
    exactly: bool


@cache
def sentences(language: Language) -> list[Spoken]:
    """The sentences of a language."""
    lines = (FOLDER / f"quantities_{language}.jsonl").read_text("utf-8").splitlines()
    return [_spoken(json.loads(line)) for line in lines]


def read(sentence: Spoken, language: Language) -> list[Quantity]:
    """What the grammar reads."""
    return quantities(sentence.text, language)


def judge_quantities(language: Language, reader: Reader = read) -> list[Judged]:
    """What became of every quantity that was expected or found."""
    return [
        judged
        for sentence in sentences(language)
        for judged in _judged(sentence, sentence.quantities, reader(sentence, language), _is_quantity)
    ]


def judge_dates(language: Language) -> list[Judged]:
    """What became of every date that was expected or found."""
    return [
        judged
        for sentence in sentences(language)
        for judged in _judged(sentence, sentence.dates, dates(sentence.text, language), _is_date)
    ]


def counts(sentence: Spoken, start: int, end: int) -> bool:
    """Tell whether what was found at a place counts for or against its reader."""
    return not any(start < until and since < end for since, until in sentence.ignored)


def precision_and_recall(judged: Sequence[Judged]) -> tuple[float, float]:
    """How much of what was found is right, and how much of what was expected was found."""
    right = sum(each.right for each in judged)
    found = sum(each.found is not None for each in judged)
    expected = sum(each.expected is not None for each in judged)
    return right / max(found, 1), right / expected


def unit_of(expected: dict[str, Any]) -> str:
    """The unit of an expected quantity as the grammar names it."""
    unit: str = expected["unit"]
    return UNITS.get(unit, unit)


def _spoken(record: dict[str, Any]) -> Spoken:
    text = record["text"]
    ignored = list(
        _placed(text, [{"text": span} if isinstance(span, str) else span for span in record.get("ignore", [])])
    )
    return Spoken(
        record["id"],
        text,
        list(_placed(text, record["quantities"])),
        list(_placed(text, record["dates"])),
        [(each["start"], each["end"]) for each in ignored],
    )


def _placed(text: str, spans: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Give each span its place: the first one after the span before it."""
    place = 0
    for span in spans:
        start = text.index(span["text"], place)
        place = start + len(span["text"])
        yield span | {"start": start, "end": place}


def _judged(sentence: Spoken, expected: list[dict[str, Any]], found: Sequence[Any], is_right: Any) -> Iterator[Judged]:
    left = [each for each in found if counts(sentence, each.start, each.end)]
    for each in expected:
        overlapping = [one for one in left if one.start < each["end"] and each["start"] < one.end]
        match = next((one for one in overlapping if is_right(each, one)), next(iter(overlapping), None))
        if match is not None:
            left.remove(match)
        right = match is not None and is_right(each, match)
        yield Judged(sentence.id, each, match, right, right and _is_exact(each, match, sentence.text))
    yield from (Judged(sentence.id, None, each, right=False, exactly=False) for each in left)


def _is_quantity(expected: dict[str, Any], found: Amount) -> bool:
    if unit_of(expected) != found.unit:
        return False
    values = [(expected[name], getattr(found, name)) for name in ("value", "low", "high")]
    return all(
        (one is None) == (other is None)
        and (one is None or abs(Decimal(one) - other) <= MILLIONTH * max(abs(other), 1))
        for one, other in values
    )


def _is_date(expected: dict[str, Any], found: DateMention) -> bool:
    return (expected["earliest"], expected["latest"]) == (found.earliest, found.latest)


def _is_exact(expected: dict[str, Any], found: Any, text: str) -> bool:
    fields = [name for name in ("bound", "per", "counted") if name in expected]
    return text[found.start : found.end] == expected["text"] and all(
        getattr(found, name, None) == expected[name] for name in fields
    )
