"""Text to lines and paragraphs: which lines were wrapped by hand, and which stand on their own.

Linear in the length of the text, whatever it holds.
"""

import re
from itertools import pairwise
from typing import NamedTuple


class Span(NamedTuple):
    """A stretch of a text in code points: ``text[start:end]``."""

    start: int
    end: int


def paragraphs(text: str) -> list[Span]:
    """Return the lines, stripped and without the empty ones; lines wrapped by hand make one paragraph.

    A line goes on in the next when it has no final stop and the next starts in lower case. Where that happens
    in lines of at most `_WRAP_WIDTH` characters, the block was wrapped at a width, and a line that fills the
    width goes on too, whatever the next one starts with.
    """
    found: list[Span] = []
    block: list[Span] = []
    start = 0
    for line in text.splitlines(keepends=True):
        if piece := stripped(text, start, start + len(line)):
            block.append(piece)
        elif block:
            found += _unwrapped(text, block)
            block = []
        start += len(line)
    return found + _unwrapped(text, block)


def is_list_item(text: str, start: int = 0) -> bool:
    """Tell whether a list item stands at ``start``: a dash, a bullet, ``1.``, ``a)``, ``(iv)``."""
    return _ITEM.match(text, start) is not None


def words(spelt: str) -> frozenset[str]:
    """Return the words of a list that is written as one text."""
    return frozenset(spelt.split())


_WRAP_WIDTH = 120
_FILLED = 0.9  # of the width, with the next line's first word: the right edge of mail and PDF text is ragged
_ITEM = re.compile(r"(?:[-*+•◦▪●‣·–—]|\(?\d{1,3}[.)]|\(?[a-zA-Z]\)|\(?[ivxIVX]{2,4}[.)])[ \t\u00a0\u202f]+(?=\S)")
_APART = re.compile(r"#{1,6}\s|https?://|www\.|(?:via|vía|sources?|cr[ée]dits?|photos?)\s?:", re.IGNORECASE)
LEADING = re.compile(r"[\s«“\"‘'’(\[{*_¿¡–—-]*")
BRAND = re.compile(r"[a-z]{1,3}[A-Z]")  # iPhone, xAI, eBay: a name, though in lower case


# Abbreviations: as spelt where case tells (M. Altman, but 5 m.), else in lower case.
TITLES = words(
    "M MM Me Mr Mrs Ms Mx Mme Mmes Mlle Mlles Mgr Dr Dre Drs Pr Prof St Ste Sen Sén Rep Gov Gen Gén Capt Lt "
    "Cdt Sgt Hon Rev Pres Prés Mt Ft mr mrs mme mmes mlle mlles dr prof"
)
INLINE = words("vs v.s cf e.g eg c.f i.e ie env approx ca c.-à-d c.à.d càd p.ex p.-ex ex resp av viz")
_NOT_AT_A_LINE_END = INLINE | words("etc art fig p pp n°")
LOOKBACK = 24  # code points: longer than any abbreviation


def stripped(text: str, start: int, end: int) -> Span | None:
    """Return a stretch without the white space around it; None where nothing else is in it."""
    piece = text[start:end]
    left = len(piece) - len(piece.lstrip())
    return Span(start + left, start + len(piece.rstrip())) if left < len(piece) else None


def _unwrapped(text: str, lines: list[Span]) -> list[Span]:
    pairs = [(line, after, _carries_over(text, line, after)) for line, after in pairwise(lines)]
    lengths = [line.end - line.start for line, _, carries_over in pairs if carries_over]
    width = max((length for length in lengths if length <= _WRAP_WIDTH), default=0)
    whole = lines[:1]
    for line, after, carries_over in pairs:
        if carries_over or (width and _fills(text, line, after, width)):
            whole[-1] = Span(whole[-1].start, after.end)
        else:
            whole.append(after)
    return whole


def _carries_over(text: str, line: Span, after: Span) -> bool:
    """Tell whether ``after`` starts in lower case, or ``line`` ends in a title (M., Dr.)."""
    leading = LEADING.match(text, after.start, after.end)
    head = leading.end() if leading else after.start
    if text[head : head + 1].islower() and not BRAND.match(text, head, after.end):
        return not _is_closed(text, line) and not _is_apart(text, line, after)
    return text[line.end - 1] == "." and _last_word(text, line) in TITLES and not _is_apart(text, line, after)


def _fills(text: str, line: Span, after: Span, width: int) -> bool:
    """Tell whether the first word of ``after`` had no room on ``line``."""
    length = line.end - line.start
    if length > 2 * width or _is_closed(text, line) or _is_apart(text, line, after):
        return False
    word = text[after.start : min(after.end, after.start + width)].split(maxsplit=1)[0]
    return length + 1 + len(word) > width * _FILLED


def _is_apart(text: str, line: Span, after: Span) -> bool:
    return bool(
        is_list_item(text, after.start)
        or _APART.match(text, after.start, after.end)
        or _APART.match(text, line.start, line.end)
    )


def _is_closed(text: str, line: Span) -> bool:
    """Tell whether the line ends a sentence; an ellipsis may stand inside one."""
    tail = text[max(line.start, line.end - LOOKBACK) : line.end].rstrip("»”\"’')]}›*_ \u00a0\u202f")
    if tail.endswith(("…", "..")) or not tail.endswith((".", "!", "?")):
        return False
    return not (tail.endswith(".") and _last_word(text, line) in _NOT_AT_A_LINE_END)


def _last_word(text: str, line: Span) -> str:
    return token_before(text, line, line.end - 1)


def token_before(text: str, paragraph: Span, stop: int) -> str:
    """Return the word that ``stop`` touches, without elision and quotes; none if it is very long."""
    tail = text[max(paragraph.start, stop - LOOKBACK) : stop]
    if not tail or tail[-1].isspace():
        return ""
    token = tail.split()[-1]
    return token.replace("’", "'").rpartition("'")[2].lstrip('«“"([{*_') if len(token) < LOOKBACK else ""
