"""The numbers that call footnotes, where they stand in a text as if they were part of its words."""

import re
from collections.abc import Sequence

from index.reading.papers.layout.blocks import Block, Rank

_NUMBER = re.compile(r"\(?(\d{1,3})[.)]?\s?(?=[^\W\d_]|[«“\"(])")
_CALL = r"(?<!\sm)(?<![kc]m)(?<=[a-zà-öø-ÿœ»”)])(?P<stop>[.!?,;:]?)(?:{numbers})(?=[\s.,;:!?)»]|$)"
_CALL_AFTER_A_YEAR = r"(?<=\b(?:19|20)\d\d\.)(?:{numbers})(?=\s+[A-ZÀ-Ý«“]|$)"


def without_calls(blocks: Sequence[Block]) -> list[Block]:
    """Return blocks without the numbers of notes, in the text and before the notes themselves."""
    numbers = {
        number[1] for block in blocks if block.rank is Rank.NOTE and (number := _NUMBER.match(block.text)) is not None
    }
    if not numbers:
        return list(blocks)
    either = "|".join(sorted(numbers, key=len, reverse=True))
    call = re.compile(_CALL.format(numbers=either))
    after_year = re.compile(_CALL_AFTER_A_YEAR.format(numbers=either))
    return [_without(block, call, after_year) for block in blocks]


def _without(block: Block, call: re.Pattern[str], after_year: re.Pattern[str]) -> Block:
    if block.rank is Rank.NOTE:
        return block._replace(text=_NUMBER.sub("", block.text, count=1))
    if block.rank is Rank.TEXT:
        return block._replace(text=after_year.sub("", call.sub(r"\g<stop>", block.text)))
    return block
