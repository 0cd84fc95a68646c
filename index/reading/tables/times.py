"""Times that stand as a table's labels: a column for *2024*, a row for *T1 2025*."""

import re
from functools import lru_cache
from typing import NamedTuple

from index.figures.dates import dates
from index.model import Language


class Time(NamedTuple):
    """When the values beside a label hold: as the label says it, and as a sentence says it after a quantity."""

    label: str
    phrase: str


_LONGEST = 40  # code points
_MAYBE = re.compile(r"\d|^[^\W\d_]{3,9}\.?$")
_LOOSE = re.compile(
    r"\W{0,2}(?:19|20)\d{2}(?!\d)(?:\s?[ep]\b|\s?\([^()]{1,20}\))?|[1-4][QTSH]\s?\d{2}(?:\d{2})?", re.IGNORECASE
)
_PLAIN = re.compile(r"(?:19|20)\d{2}(?:\s?[-–/]\s?(?:\d{2}){1,2})?")
_OF_A_YEAR = re.compile(r"[QTSH][1-4]|[1-4][QTSH]\b|\d(?:er|e|ère|ème)\s(?:trim|sem)", re.IGNORECASE)
_BEFORE_ALONE = re.compile(
    r"fin|mi-|début|courant|d['’]ici|depuis|avant|après|by|since|from|end|early|late|mid", re.IGNORECASE
)
_DAY = len("2024-12-31")


@lru_cache(maxsize=2_000)
def read_time(label: str, language: Language) -> Time | None:
    """Return the time that a label is, if it is one and says nothing else."""
    if len(label) > _LONGEST or not _MAYBE.search(label):
        return None
    for tongue in (language, "en" if language == "fr" else "fr"):
        found = dates(label, tongue)
        if len(found) == 1 and (found[0].start, found[0].end) == (0, len(label)):
            is_day = found[0].earliest is not None and len(found[0].earliest) == _DAY
            return Time(label, _phrase(label, language, is_day=is_day, is_own=tongue == language))
    return Time(label, f"({label})") if _LOOSE.fullmatch(label) else None


def _phrase(label: str, language: Language, *, is_day: bool, is_own: bool) -> str:
    if _PLAIN.fullmatch(label):
        return f"{'en' if language == 'fr' else 'in'} {label}"
    if not is_own or (language == "en" and label[0].islower()):
        return f"({label})"
    if _BEFORE_ALONE.match(label):
        return label if language == "fr" else f"({label})"
    if language == "fr":
        return f"au {label}" if is_day or _OF_A_YEAR.match(label) else f"en {label}"
    return f"on {label}" if is_day else f"in {label}"
