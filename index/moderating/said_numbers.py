"""What a sentence says in numbers: whether a measure that a moderator or a file gives can be read in it, and where.

A sentence says a number where the grammar reads it there, in any of its spellings, or where its digits stand as they
are written. What the grammar understands with its unit is not another number, or of another unit: 4.5 GW is not 4.5 MW,
and the digits of a date are no number.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from index.errors import BadInput
from index.figures.dates import dates
from index.figures.grammar import digits
from index.figures.grammar.tokens import NUMBER, tokenise
from index.figures.kinds import Bound
from index.figures.mentions import Quantity
from index.figures.quantities import quantities
from index.language.analysis import OTHER
from index.model import Language

LONGEST = 100
"""Characters of a measure."""

_LONGEST_SENTENCE = 20_000  # characters; what is longer is a table, and takes long to read
_DOLLARS = frozenset({"USD", "AUD", "CAD", "HKD", "NZD", "SGD", "TWD"})


class Said(NamedTuple):
    """A measure, and where in a sentence its number stands. ``stated``: the sentence names the unit, too."""

    measure: Quantity
    start: int
    end: int
    stated: bool


class _Digits(NamedTuple):
    """Digits with their marks, where they stand, and what number they may be."""

    start: int
    end: int
    values: frozenset[Decimal]


def find_said(written: str, sentence: str, language: Language) -> Said:
    """Return the measure that somebody wrote, in either language, with its place in a sentence in ``language``.

    Raises ``BadInput`` where it is not one number with a unit, or the sentence does not say it or is too long.
    """
    if len(sentence) > _LONGEST_SENTENCE:
        raise BadInput("The quoted sentence is too long for its figures to be corrected: approve or reject this one.")
    written = written[:LONGEST]
    measures = _readings(written, language)
    if not measures:
        raise BadInput(
            "“{written}” is not one number with its unit, such as 4.5 GW or 30 billion dollars.", written=written
        )
    told = quantities(sentence, language)
    dated = [(date.start, date.end) for date in dates(sentence, language)]
    for measure in measures:
        settled = [(each.start, each.end) for each in told if _settles(each, measure, sentence)]
        loose = (each for each in _digits(sentence) if not _lies_in(settled, each) and not _lies_in(dated, each))
        said = _understood(measure, told) or _spelt(measure, written, loose)
        if said is not None:
            return said
    raise BadInput(
        "The quoted sentence does not say “{written}”: a figure can only be what its sentence says.", written=written
    )


def is_said(measure: Quantity, sentence: str, language: Language) -> bool:
    """Tell whether a sentence in ``language`` says the number of a measure at its ``start`` and ``end`` in it."""
    if len(sentence) > _LONGEST_SENTENCE:
        return False
    told = quantities(sentence, language)
    if is_read(measure, told):
        return True
    dated = [(date.start, date.end) for date in dates(sentence, language)]
    settled = [(each.start, each.end) for each in told if _settles(each, measure, sentence)]
    within = (each for each in _digits(sentence) if measure.start <= each.start and each.end <= measure.end)
    loose = [each for each in within if not _lies_in(settled, each) and not _lies_in(dated, each)]
    spelt = {_significant(value) for each in loose for value in each.values}
    return all(_significant(value) in spelt for value in _values(measure))


def is_read(measure: Quantity, told: Sequence[Quantity]) -> bool:
    """Tell whether quantities that the grammar reads in a text, in their order, have all that a measure is, there."""
    first = bisect_right(told, measure.start, key=lambda each: each.end)
    beyond = bisect_left(told, measure.end, key=lambda each: each.start)
    return _understood(measure, told[first:beyond]) is not None


def _readings(written: str, language: Language) -> list[Quantity]:
    """Return the quantities that a text is as a whole, the fullest reading first: *about 4 GW* is not *4 GW*."""
    found = []
    for tongue in (language, OTHER[language]):
        read = quantities(written, tongue)
        if len(read) == 1 and all(read[0].start <= each.start and each.end <= read[0].end for each in _digits(written)):
            found.append(read[0])
    return sorted(found, key=lambda read: (read.bound is Bound.EXACT, read.start - read.end))


def _understood(measure: Quantity, told: Sequence[Quantity]) -> Said | None:
    """Find all values of a measure among what the grammar reads in a sentence, in their unit."""
    found = []
    for value in _values(measure):
        same = next((each for each in told if value in _values(each) and _may_be(each, measure.unit)), None)
        if same is None:
            return None
        found.append(same)
    stated = all(each.unit == measure.unit and "unit" not in each.inferred for each in found)
    return Said(measure, min(each.start for each in found), max(each.end for each in found), stated)


def _spelt(measure: Quantity, written: str, loose: Iterable[_Digits]) -> Said | None:
    """Find the digits of a measure among those that stand in a sentence and are not understood as something else."""
    there, found = list(loose), []
    for typed in _digits(written):
        same = next((each for each in there if each.values & typed.values), None)
        if same is None:
            return None
        found.append(same)
    spelt = {_significant(value) for each in found for value in each.values}
    if not found or any(_significant(value) not in spelt for value in _values(measure)):
        return None
    return Said(measure, min(each.start for each in found), max(each.end for each in found), stated=False)


def _lies_in(stretches: Sequence[tuple[int, int]], found: _Digits) -> bool:
    """Tell whether digits stand in one of some stretches, which are in order."""
    before = bisect_right(stretches, found.start, key=lambda stretch: stretch[0])
    return before > 0 and found.end <= stretches[before - 1][1]


def _digits(text: str) -> Iterator[_Digits]:
    tokens = tokenise(text)
    for kind, start, end in zip(tokens.kinds, tokens.starts, tokens.ends, strict=True):
        numeral = digits.read(text[start:end]) if kind is NUMBER else None
        if numeral is not None:
            values = {numeral.value} if numeral.decimal is None else {numeral.value, numeral.decimal}
            yield _Digits(start, end, frozenset(values))


def _values(quantity: Quantity) -> list[Decimal]:
    return [value for value in (quantity.value, quantity.low, quantity.high) if value is not None]


def _may_be(told: Quantity, unit: str) -> bool:
    """Tell whether a unit is that of a quantity, or one that may be meant: a dollar sign does not say whose it is."""
    unnamed = told.unit == "count" and told.counted is None
    dollars = told.unit == "USD" and "unit" in told.inferred and unit in _DOLLARS
    return unnamed or dollars or told.unit == unit


def _settles(told: Quantity, measure: Quantity, sentence: str) -> bool:
    """Tell whether the grammar understands a quantity so well that its digits are of no other measure."""
    if told.unit != "count":
        return True
    if measure.unit == "count":
        return False
    return told.counted is not None or not sentence[told.end - 1].isdecimal()


def _significant(value: Decimal) -> str:
    """Return the digits of a number without its scale: the same for 4.5, 4,500 and 4.5 billion."""
    return "".join(map(str, abs(value).as_tuple().digits)).strip("0")
