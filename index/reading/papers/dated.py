"""The date that a text states of itself near its start: *Lyon, le 12 juin 2025*, *Published on 12 June 2025*."""

import re
from collections.abc import Sequence

from index.figures.dates import dates
from index.model import Language

_FIRST = 12  # paragraphs
_LONGEST = 120  # code points of a line that says no more than where and when
_LONGEST_HEAD = 60  # code points of what stands before the text that a date opens: Lyon, le 12 juin 2025 –
_DAY = len("2024-12-31")
_MONTH = len("2024-12")
_SAYS_WHEN = re.compile(
    r"(?:(?i:publié|publication|mis en ligne|diffusé|communiqué(?: de presse)?|mise? à jour|date|paru|posted|published"
    r"|updated|released?|press release|for immediate release|issued|on|le|du|of|by|par)\b|[\s,:;|/()«»“”•·–—-]"
    r"|à?\s?\d{1,2}\s?[h:]\s?\d{0,2}|[A-ZÀ-Ý][\w’'-]*+)*+"
)
_OPENS = re.compile(r"[\s).]*(?:\([^()]{1,30}\)\s*)?[–—:-]+\s")


def stated_date(paragraphs: Sequence[str], language: Language) -> str | None:
    """Return the day or month that a text gives as its own, as an ISO date; None where it gives none."""
    for paragraph in paragraphs[:_FIRST]:
        line = paragraph[: _LONGEST + 1]
        for found in dates(line, language):
            if found.earliest is None or found.earliest != found.latest or len(found.earliest) < _MONTH:
                continue
            if found.earliest.startswith("-"):
                continue
            before, after = line[: found.start], line[found.end :]
            alone = len(line) <= _LONGEST and _SAYS_WHEN.fullmatch(before) and _SAYS_WHEN.fullmatch(after)
            opens = len(before) <= _LONGEST_HEAD and _SAYS_WHEN.fullmatch(before) and _OPENS.match(after)
            if alone or (opens and len(found.earliest) == _DAY):
                return found.earliest
    return None
