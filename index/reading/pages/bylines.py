"""Who signed an article and when it appeared, where the page says so in lines of their own before its text."""

import re
from typing import NamedTuple

from index.figures.dates import dates
from index.figures.mentions import DateMention
from index.model import Language
from index.reading.pages.leaves import Leaf
from index.reading.phrases import folded, is_aside


class Signed(NamedTuple):
    """An article's pieces without its bylines, and what these say; None where they do not say it."""

    leaves: list[Leaf]
    author: str | None
    published: str | None


_NAME = r"(?:[^\W\d_a-zà-öø-ÿ][\w'’-]*\.?)"
_NAMES = rf"{_NAME}(?:\s+(?:{_NAME}|d[eu]|van|von|le|la))*"
_PEOPLE = rf"{_NAMES}(?:(?:\s*,\s*|\s+(?:et|and|&)\s+){_NAMES})*"
_SIGNED = re.compile(
    rf"(?i:par|by|(?:écrit|rédigé|propos recueillis) par|written by|author\s?:|auteur\s?:)\s*:?\s+({_PEOPLE})"
)
_DATED = re.compile(
    r"(?:article )?(?:publi|mise? à jour|modifi|actualis|post(?:ed|é)|(?:last )?updated|date\b|on\b|le\b)",
    re.IGNORECASE,
)
_CHANGED = re.compile(r"mise? à jour|modifi|actualis|updated|edited", re.IGNORECASE)
_PUBLISHED = re.compile(r"publi|post(?:ed|é)", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_STOPS = (".", "!", "?", "…", ":", "»", "”")
_LONGEST = 160  # code points
_MOST_AROUND = 60  # code points beside the names
_MOST_AROUND_DATE = {True: 12, False: 3}  # words beside a date, where the line says what date it is, or not
_FEWEST_WORDS = 15  # of the paragraph with which the text begins


def read_bylines(leaves: list[Leaf], lines: list[str], author: str | None, language: Language) -> Signed:
    """Take the pieces out that only say who wrote an article and when; ``author`` is who is known to have written it.

    ``lines`` stand before the article on its page, and may say it, too.
    """
    names = [folded(name) for name in (author or "").split(", ") if name]
    kept: list[Leaf] = []
    people = published = None
    for line in lines:
        if signature := _signature(line, language):
            people, published = people or signature[0], published or signature[1]
    is_before = True
    for leaf in leaves:
        text = leaf.text
        is_line = not leaf.level and not leaf.mark and len(text) <= _LONGEST and not text.endswith(_STOPS)
        if is_line and is_before and (signature := _signature(text, language)):
            people, published = people or signature[0], published or signature[1]
        elif not (is_line and _names_author(text, names)):
            is_before = is_before and (leaf.level > 0 or is_aside(text) or len(text.split()) < _FEWEST_WORDS)
            kept.append(leaf)
    return Signed(kept, people, published)


def _signature(text: str, language: Language) -> tuple[str | None, str | None] | None:
    """Return the people and the day of a line that says nothing else; None where it is no such line."""
    signed = _SIGNED.match(text)
    rest = text[signed.end() :] if signed else text
    spans = _days(rest, language) or _days(rest, "en" if language == "fr" else "fr")
    words = len(_WORD.findall(rest)) - sum(len(_WORD.findall(rest[date.start : date.end])) for date in spans)
    if signed is None and not spans:
        return None
    if words > _MOST_AROUND_DATE[bool(spans) and (signed is not None or _DATED.match(rest) is not None)]:
        return None
    return (signed[1] if signed else None), _published(rest, [(date.start, date.earliest) for date in spans])


def _days(text: str, language: Language) -> list[DateMention]:
    return [date for date in dates(text, language) if _DAY.fullmatch(date.earliest) and date.earliest == date.latest]


def _published(text: str, days: list[tuple[int, str]]) -> str | None:
    """Return the day on which an article appeared, and not one on which it was changed."""
    changed = _CHANGED.search(text)
    for start, day in days:
        if changed is None or start < changed.start() or _PUBLISHED.search(text, changed.end(), start):
            return day
    return None


def _names_author(text: str, names: list[str]) -> bool:
    """Tell whether a line hardly says more than the names of those who wrote the article."""
    line = folded(text)
    return bool(names) and all(name in line for name in names) and len(line) <= sum(map(len, names)) + _MOST_AROUND
