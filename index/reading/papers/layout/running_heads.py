"""What stands at the top and bottom of each page: running heads and page numbers, which are no part of the text."""

import re
from collections import Counter
from collections.abc import Sequence

from index.reading.papers.layout.lines import Segment

Page = list[list[Segment]]
"""The lines of a page from top to bottom."""

_MARGIN_LINES = 4
_FEWEST_PAGES = 3
_PART_OF_PAGES = 0.5  # of a short document's pages
_NEAR = 4.0  # points
_MOST = 0.5  # of the text: where more repeats, pages are alike and this is their text
_DIGITS = re.compile(r"\d+")
_ROMAN = re.compile(r"[ivxlc]{1,7}", re.IGNORECASE)
_PAGE_NUMBER = re.compile(
    r"\W{0,3}(?:(?:page|p\.|pg\.?|seite|folio)\s?)?\d{1,4}(?:\s?(?:/|sur|of|de)\s?\d{1,4})?\W{0,3}", re.IGNORECASE
)
_OF_PAGES = r"\s?(?:/|sur|of|de)\s?\d{1,4}"
_SAID_NUMBER = re.compile(
    rf"\W{{0,3}}(?:(?:page|p\.|pg\.?)\s?\d{{1,4}}(?:{_OF_PAGES})?|\d{{1,4}}{_OF_PAGES}|[-–—]\s?\d{{1,4}}\s?[-–—])\W{{0,3}}",
    re.IGNORECASE,
)

Mark = tuple[str, int]
"""What a line says, up to its digits, and where it stands, in steps of a few points."""


def without_running_heads(pages: Sequence[Page]) -> list[Page]:
    """Return the pages without what repeats, up to its digits, at one place of their margins."""
    counted: Counter[Mark] = Counter()
    for page in pages:
        seen = {mark for segment in _margins(page) for mark in _marks(segment)}
        counted.update(seen)
    filled = sum(bool(page) for page in pages)
    fewest = max(2, min(_FEWEST_PAGES, round(_PART_OF_PAGES * filled)))
    repeated = {mark for mark, times in counted.items() if times >= fewest} if filled > 1 else set()
    left = [_without(page, repeated) for page in pages]
    if _length(left) < (1 - _MOST) * _length(pages):
        return [_without(page, set()) for page in pages]
    return left


def _length(pages: Sequence[Page]) -> int:
    return sum(len(segment.text) for page in pages for line in page for segment in line)


def _without(page: Page, repeated: set[Mark]) -> Page:
    if not page:
        return page
    margin = {id(segment) for segment in _margins(page)}
    kept: Page = []
    for number, line in enumerate(page):
        outer = number in (0, len(page) - 1)
        left = [
            segment
            for segment in line
            if not (id(segment) in margin and not repeated.isdisjoint(_marks(segment)))
            and not (outer and _SAID_NUMBER.fullmatch(segment.text))
        ]
        # What stands beside a page number at the edge of a page is a running head, too.
        if left and not (outer and len(left) < len(line)):
            kept.append(left)
    return kept


def _margins(page: Page) -> list[Segment]:
    """Return what stands in the first and last lines of a page."""
    lines = page if len(page) <= 2 * _MARGIN_LINES else page[:_MARGIN_LINES] + page[-_MARGIN_LINES:]
    return [segment for line in lines for segment in line]


def _marks(segment: Segment) -> list[Mark]:
    """Return by what a segment is found again on other pages; places a little apart are one."""
    text = segment.text.casefold()
    form = "0" if _PAGE_NUMBER.fullmatch(text) or _ROMAN.fullmatch(text) else _DIGITS.sub("0", text)
    place = round(segment.baseline / _NEAR)
    return [(form, place), (form, place + 1)] if form else []
