"""Numbers in digits: which marks part thousands, and which one the decimals."""

import re
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
def read(written: str) -> Numeral | None:  # noqa: PLR0911
    """Return the number that digits with marks are, or nothing: codes (007), versions (1.2.3), dates, very long ones."""  # noqa: E501
    if len(written) > _MOST_CHARACTERS or (written[0] == "0" and written[1:2].isdigit()):
        return None
    if written.isdigit():
        return Numeral(Decimal(written))
    spaceless = _GROUP_MARKS.sub("", written)
    grouped = len(spaceless) != len(written)
    whole, *groups = _POINTS.split(spaceless)
    marks = _POINTS.findall(spaceless)
    if not marks:
        return Numeral(Decimal(spaceless), grouped=True)
    if len(marks) == 1:
        decimal = Decimal(f"{whole}.{groups[0]}")
        if grouped or len(groups[0]) != _THOUSANDS or len(whole) > _THOUSANDS or whole == "0":
            return Numeral(decimal, grouped=grouped)
        return Numeral(Decimal(whole + groups[0]), decimal, marks[0], grouped=True)
    if grouped or len(whole) > _THOUSANDS or whole == "0" or len(set(marks[:-1])) > 1:
        return None
    if any(len(group) != _THOUSANDS for group in groups[:-1]):
        return None
    if marks[-1] == marks[0]:
        return Numeral(Decimal(whole + "".join(groups)), grouped=True) if len(groups[-1]) == _THOUSANDS else None
    return Numeral(Decimal(f"{whole}{''.join(groups[:-1])}.{groups[-1]}"), grouped=True)


def settle(numeral: Numeral, follower: Follower, language: Language) -> Decimal:
    """Return the likelier reading of a number, by its shape, its language and what follows.

    Nobody counts half things or writes zeros after decimals; prices have two decimals; 1,250 milliard is less than two.
    """
    if numeral.decimal is None:
        return numeral.value
    is_decimal = _is_decimal(numeral.value, numeral.mark == {"fr": ",", "en": "."}[language], follower, language)
    return numeral.decimal if is_decimal else numeral.value


def _is_decimal(thousands: Decimal, own_mark: bool, follower: Follower, language: Language) -> bool:  # noqa: FBT001
    round_one = thousands % 10 == 0
    very_round = thousands % 1000 == 0
    if follower == "count":
        return False
    if not own_mark:
        # An English comma in French may be either, a decimal point too; in English a comma parts thousands.
        return language == "fr" and not very_round and follower in ("scale", "percent")
    if follower in ("scale", "percent"):
        return not very_round or language == "en"
    return not round_one
