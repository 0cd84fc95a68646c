"""How well and how fast quantities are read, beside other tools: ``python -m benchmarks.quantities``.

The sentences are those of ``tests/figures``, with its rules: what is found counts when it overlaps what is expected and
its value (or both ends of its range) and unit are equal. ``benchmarks/readers.py`` tells how the answers of other tools
are made comparable. *Value alone* forgives what a tool that reads only numbers cannot know: the unit, its prefix (the
4.5 of *4.5 GW* is right, and so is 4,500,000,000), and each end of a range counts for itself. Numbers in dates, and
what the sentences tell to ignore, count neither for nor against anybody.

Hostile texts of 1 MB show that reading time grows with length only.
"""

import random
import time
import warnings
from collections.abc import Iterator, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any, get_args

import typer

from benchmarks.readers import PEERS, Peer, missing, named
from index.figures.grammar.tokens import tokenise
from index.figures.grammar.units import units
from index.figures.mentioned import mentioned
from index.model import Language
from tests.index.figures.development import (
    MILLIONTH,
    Amount,
    Judged,
    Reader,
    Spoken,
    judge_dates,
    judge_quantities,
    precision_and_recall,
    sentences,
    unit_of,
)

START, END = "<!-- quantities: written by python -m benchmarks.quantities -->", "<!-- end of quantities -->"
LANGUAGES: tuple[Language, ...] = get_args(Language)
EXAMPLES: tuple[tuple[Language, str], ...] = (
    ("fr", "4,5 GW"),
    ("fr", "6.6 milliards"),
    ("fr", "30 Md$ par an"),
    ("fr", "deux cent mille puces"),
    ("fr", "entre 2 et 3 milliards d’euros"),
    ("en", "$12bn"),
    ("en", "between 15% and 20%"),
    ("en", "half a billion dollars"),
)
_MEGABYTE = 1_000_000
_SHOWN_DECIMALS = 6


def comparison() -> str:
    """Return precision and recall of each peer and language as a Markdown table."""
    lines = [
        "| reader | French P | French R | English P | English R | value alone: French P | R | English P | R |",
        "|---|---:|---:|---:|---:|---:|---:|---:|---:|",
    ]
    for peer in PEERS:
        if reason := missing(peer):
            lines.append(f"| {peer.name} | not run: {reason} |||||||")
            continue
        reader = _beside_dates(peer)
        scores = [
            share
            for language in LANGUAGES
            for share in (precision_and_recall(judge_quantities(language, reader)) if peer.units else (None, None))
        ]
        scores += [share for language in LANGUAGES for share in value_alone(language, reader)]
        lines.append(f"| {named(peer)} | {' | '.join(_percent(score) for score in scores)} |")
    return "\n".join(lines)


def details() -> str:
    """Return how much of what the grammar reads right is right in all else, as a Markdown table."""
    lines = ["| of what is right | French | English |", "|---|---:|---:|"]
    for field in ("span", "bound", "per", "counted"):
        shares = [
            _agreeing([each for each in judge_quantities(language) if each.right], field) for language in LANGUAGES
        ]
        lines.append(f"| {field} | {' | '.join(_percent(share) for share in shares)} |")
    shares = [_agreeing([each for each in judge_dates(language) if each.right], "bound") for language in LANGUAGES]
    lines.append(f"| bound of dates | {' | '.join(_percent(share) for share in shares)} |")
    for place, name in enumerate(("dates, precision", "dates, recall")):
        shares = [precision_and_recall(judge_dates(language))[place] for language in LANGUAGES]
        lines.append(f"| {name} | {' | '.join(_percent(share) for share in shares)} |")
    return "\n".join(lines)


def examples() -> str:
    """Return what each peer makes of a few amounts, as a Markdown table."""
    able = [peer for peer in PEERS if not missing(peer)]
    lines = [f"| text | {' | '.join(peer.name for peer in able)} |", "|---|" + "---|" * len(able)]
    for language, text in EXAMPLES:
        span = {"text": text, "start": 0, "end": len(text)}
        sentence = Spoken("", text, [span], [], [])
        cells = ["; ".join(_written(each) for each in peer.reader(sentence, language)) or "nothing" for peer in able]
        lines.append(f"| {text} | {' | '.join(cells)} |")
    return "\n".join(lines)


def value_alone(language: Language, reader: Reader) -> tuple[float, float]:
    """Return precision and recall of the numbers alone, the ends of ranges one by one."""
    right = found = expected = 0
    for sentence in sentences(language):
        wanted = [
            (each["start"], each["end"], _accepted(each, Decimal(each[name]), language))
            for each in sentence.quantities
            for name in ("value", "low", "high")
            if each[name] is not None
        ]
        expected += len(wanted)
        for start, end, value in _ends(reader(sentence, language)):
            if any(start < until and since < end for since, until in sentence.ignored):
                continue
            found += 1
            match = next((one for one in wanted if start < one[1] and one[0] < end and _is_among(value, one[2])), None)
            if match is not None:
                wanted.remove(match)
                right += 1
    return right / max(found, 1), right / expected


def hostile() -> dict[str, str]:
    """Return texts of 1 MB that are unlike any news."""
    rng = random.Random(11)
    characters = [chr(rng.randrange(32, 0x2FFFF)) for _ in range(_MEGABYTE // 3)]
    pieces = {
        "digits": "1",
        "spaces": " ",
        "commas": ",",
        "one and comma": "1,",
        "digits and spaces": "1 ",
        "groups of three": "123 ",
        "short numbers": "12 34 ",
        "dashes": "10-",
        "slashes": "1/",
        "minus signs": "-",
        "un": "un ",
        "a": "a ",
        "mille": "mille ",
        "milliard": "milliard ",
        "entre": "entre ",
        "de 1 à": "de 1 à ",
        "million and": "2 millions et demi ",
        "numbers in words": "quatre-vingt-dix-sept mille ",
        "euro signs": "$€",
        "amounts": "30 Md$ par an, ",
        "dates": "12 juin 2024 ",
        "months": "juin ",
        "emoji": "🙂",
        "letters": "a",
        "apostrophes": "d'",
        "accents": "e\u0301",
        "line ends": "1\n",
        "hyphens": "a-",
        "listed": "1, 2 et ",
        "tiers": "un tiers de ",
    }
    texts = {name: (piece * (_MEGABYTE // len(piece) + 1))[:_MEGABYTE] for name, piece in pieces.items()}
    texts["any characters"] = "".join(character for character in characters if not 0xD800 <= ord(character) < 0xE000)
    texts["words, digits, marks"] = "".join(rng.choice("ab 1,.-/'%$€ ") for _ in range(_MEGABYTE))
    return texts


def speed() -> str:
    """Return the processor seconds that hostile texts take, quantities and dates together, as a Markdown table."""
    lines = ["| 1 MB of | French | English | told line by line |", "|---|---:|---:|---:|"]
    for name, text in hostile().items():
        cells = [f"{_seconds(text, language):.2f} s" for language in (*LANGUAGES, None)]
        lines.append(f"| {name} | {' | '.join(cells)} |")
    return "\n".join(lines)


def _seconds(text: str, language: Language | None) -> float:
    start = time.process_time()
    mentioned(text, language)
    return time.process_time() - start


def _beside_dates(peer: Peer) -> Reader:
    """Return a reader without what it reads in dates."""

    def read(sentence: Spoken, language: Language) -> list[Amount]:
        return [
            each
            for each in peer.reader(sentence, language)
            if not any(each.start < date["end"] and date["start"] < each.end for date in sentence.dates)
        ]

    return read


def _ends(readings: Sequence[Amount]) -> Iterator[tuple[int, int, Decimal]]:
    for each in readings:
        for value in (each.value, each.low, each.high):
            if value is not None:
                yield each.start, each.end, value


def _accepted(expected: dict[str, Any], value: Decimal, language: Language) -> list[Decimal]:
    """Return the numbers that are right for an amount: in base units, or in the unit that is written."""
    tokens = tokenise(expected["text"])
    values = [value]
    for place in range(len(tokens.kinds)):
        unit = units(language).after(tokens, place) if tokens.keys[place] else None
        if unit is not None and unit.meaning.base == unit_of(expected):
            values.append(value / unit.meaning.factor)
    return values


def _is_among(value: Decimal, accepted: list[Decimal]) -> bool:
    return any(abs(value - other) <= MILLIONTH * max(abs(other), Decimal(1)) for other in accepted)


def _agreeing(judged: Sequence[Judged], field: str) -> float:
    """Return for how many of what is right a field is right too."""
    marks = [_agrees(each, field) for each in judged]
    return sum(marks) / len(marks)


def _agrees(judged: Judged, field: str) -> bool:
    expected, found = judged.expected, judged.found
    if expected is None or found is None:
        return False
    if field == "span":
        return (found.start, found.end) == (expected["start"], expected["end"])
    return bool(getattr(found, field) == expected[field])


def _written(each: Amount) -> str:
    values = (value for value in (each.value, each.low, each.high) if value is not None)
    return f"{' to '.join(_plain(value) for value in values)} {each.unit}"


def _plain(value: Decimal) -> str:
    rounded = round(value, _SHOWN_DECIMALS)
    return f"{int(rounded):,}" if rounded == int(rounded) else f"{rounded.normalize():,f}"


def _percent(share: float | None) -> str:
    return "" if share is None else f"{share:.1%}"


def insert(tables: str, document: Path) -> None:
    """Put the tables between the two marks of a document."""
    before, start, rest = document.read_text("utf-8").partition(START)
    _, end, after = rest.partition(END)
    if not (start and end):
        raise typer.BadParameter(f"{document} lacks the lines {START} and {END}")
    document.write_text(f"{before}{START}\n\n{tables}\n\n{END}{after}", "utf-8")


def main(
    markdown: Annotated[Path | None, typer.Option(help="A document to put the tables into.")] = None,
    *,
    fast: Annotated[bool, typer.Option("--fast", help="Leave out the hostile texts.")] = False,
) -> None:
    """Compare readers of quantities; print tables in Markdown."""
    warnings.simplefilter("ignore")
    tables = [comparison(), details(), examples()]
    if not fast:
        tables.append(speed())
    print("\n\n".join(tables))
    if markdown:
        insert("\n\n".join(tables), markdown)


if __name__ == "__main__":
    typer.run(main)
