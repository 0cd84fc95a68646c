"""Numbers in digits: which marks part thousands, and which one the decimals."""

import re
from collections.abc import Mapping
from decimal import Decimal
from functools import lru_cache
from typing import Literal, NamedTuple

from index.model import Language

Follower = Literal["scale", "measure", "percent", "money", "count", "nothing"]
"""What stands after a number."""

_MOST_CHARACTERS = 30
_THOUSANDS = 3
_GROUP_MARKS = re.compile("[ \u00a0\u202f\u2009'\u2019]")
_POINTS = re.compile("[.,]")
_OWN_MARK: Mapping[Language, str] = {"fr": ",", "en": "."}  # before decimals


class Numeral(NamedTuple):
    """A number in digits.

    One mark before three digits may be either (1,500 and 1.500): then ``value`` takes it for thousands and ``decimal``
    for decimals, and ``mark`` is the mark.
    """

    value: Decimal
    decimal: Decimal | None = None
    mark: str = ""
    grouped: bool = False


@lru_cache(maxsize=1 << 12)
def read(written: str) -> Numeral | None:
    """Return the number that digits with marks are, or nothing: codes (007), versions (1.2.3), serial numbers."""
    if len(written) > _MOST_CHARACTERS or (written[0] == "0" and written[1:2].isdigit()):
        return None
    spaceless = _GROUP_MARKS.sub("", written)
    grouped = len(spaceless) != len(written)
    whole, *groups = _POINTS.split(spaceless)
    marks = _POINTS.findall(spaceless)
    if not marks:
        return Numeral(Decimal(spaceless), grouped=grouped)
    if len(marks) == 1:
        return _with_one_mark(whole, groups[0], marks[0], grouped=grouped)
    return None if grouped else _with_marks(whole, groups, marks)


def _with_one_mark(whole: str, after: str, mark: str, *, grouped: bool) -> Numeral:
    decimal = Decimal(f"{whole}.{after}")
    if grouped or len(after) != _THOUSANDS or len(whole) > _THOUSANDS or whole == "0":
        return Numeral(decimal, grouped=grouped)
    return Numeral(Decimal(whole + after), decimal, mark, grouped=True)


def _with_marks(whole: str, groups: list[str], marks: list[str]) -> Numeral | None:
    """Return a number with thousands parted by one mark, and perhaps decimals after another: 1.234.567, 1,234.5."""
    last = groups.pop() if marks[-1] != marks[0] else ""
    if len(whole) > _THOUSANDS or whole == "0" or len(set(marks[: len(groups)])) > 1:
        return None
    if any(len(group) != _THOUSANDS for group in groups):
        return None
    digits = whole + "".join(groups)
    return Numeral(Decimal(f"{digits}.{last}" if last else digits), grouped=True)


def settle(numeral: Numeral, follower: Follower, language: Language) -> Decimal:
    """Return the likelier reading of a number, by its shape, its language and what follows.

    Nobody counts half things or writes zeros after decimals; prices have two decimals; 1,250 milliard is less than two.
    """
    if numeral.decimal is None:
        return numeral.value
    return numeral.decimal if _is_decimal(numeral, follower, language) else numeral.value


def _is_decimal(numeral: Numeral, follower: Follower, language: Language) -> bool:
    """Tell whether the one mark of a number that may be either is the decimal one."""
    round_one = numeral.value % 10 == 0
    very_round = numeral.value % 1000 == 0
    if follower == "count":
        return False
    if numeral.mark != _OWN_MARK[language]:
        # An English comma in French may be either, a decimal point too; in English a comma parts thousands.
        return language == "fr" and not very_round and follower in ("scale", "percent")
    if follower in ("scale", "percent"):
        return not very_round or language == "en"
    return not round_one
