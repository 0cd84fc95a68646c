"""Tables of contents, which say nothing that the text does not: they are left out."""

import re
from collections.abc import Sequence

from index.reading.papers.layout.blocks import Block, Rank

_HEADING = re.compile(
    r"(?:\d[\d.]*\s)?(?:table des matières|sommaire|table of contents|contents|inhalt|liste des (?:tableaux|figures)"
    r"|list of (?:tables|figures))\W*",
    re.IGNORECASE,
)
_ENTRY = re.compile(r".{1,200}\W\d{1,4}$", re.DOTALL)
_PAGE = re.compile(r"\W*\d{1,4}\W*")
_MOST = 0.8


def without_contents(blocks: Sequence[Block]) -> list[Block]:
    """Return blocks without tables of contents: what has page numbers at its ends after a heading that says so."""
    kept: list[Block] = []
    inside = False
    for place, block in enumerate(blocks):
        if _HEADING.fullmatch(block.text) and place + 1 < len(blocks) and _is_left_out_after(blocks[place + 1]):
            inside = True
            continue
        inside = inside and _is_entry(block)
        if not inside:
            kept.append(block)
    return kept


def _is_left_out_after(following: Block) -> bool:
    """Tell whether contents, or a heading as all entries had leaders and are gone, follow the heading of contents."""
    return following.rank is Rank.HEADING or _is_entry(following)


def _is_entry(block: Block) -> bool:
    if block.rank is Rank.TABLE:
        return sum(bool(_PAGE.fullmatch(row[-1])) for row in block.rows) >= _MOST * len(block.rows)
    return _ENTRY.fullmatch(block.text) is not None
