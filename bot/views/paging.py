"""Text laid on pages of a given room: never cut inside a sentence that fits on a page, never lost.

A caller says how long a text is once drawn with a ``measure``. A text is never drawn shorter than its code points,
and never shorter when more is added at its end.
"""

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from index.sentences import split

Measure = Callable[[str], int]

LEFT_OUT = " […] "

_VISIBLE = re.compile(r"\S")
_SPACE = re.compile(r"\s+")
_JOINER = "\u200d"
_REGIONAL = range(0x1F1E6, 0x1F200)
# What belongs to the character before it and is no combining mark by its category: joiners, vowels and finals of
# decomposed Hangul, skin tones, tags.
_TRAILING = re.compile("[\u200c\u200d\u1160-\u11ff\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f]")


def paginate(blocks: Sequence[str], room: int, measure: Measure = len) -> list[list[str]]:
    """Lay blocks of text on pages; the measures of the pieces on one page add up to at most ``room``.

    A block that fits on a page is not cut but moved to the next page. A longer one is cut after a sentence, a longer
    sentence after a word, a longer word between characters. The pieces, joined, are the blocks: the white space at a
    cut ends the piece before, or opens the next where only this keeps a sentence or a word whole. Empty blocks are
    left out. No piece is blank, but for blank blocks and blank stretches as long as a page.

    Raises ``ValueError`` when not even one character of a block fits on a page.
    """
    pages: list[list[str]] = [[]]
    left = room
    for block in blocks:
        if not block:
            continue
        if not _fits(block, left, measure) and _fits(block, room, measure):
            pages.append([])
            left = room
        ends = [len(block)] if _fits(block, left, measure) else _sentence_ends(block)
        start = 0
        while start < len(block):
            end = _cut(block, start, ends, left, room, measure)
            if end > start:
                piece = block[start:end]
                pages[-1].append(piece)
                left -= measure(piece)
                start = end
            if start < len(block):
                pages.append([])
                left = room
    return [page for page in pages if page]


def excerpt(before: str, sentence: str, after: str, room: int, measure: Measure = len) -> tuple[str, str, str]:
    """Return a sentence with as many whole sentences around it as ``room`` holds, taken from both sides in turn.

    The three measures add up to at most ``room``, unless the sentence alone is longer: it is never shortened.
    `LEFT_OUT` stands on a side where something is left out, if there is room for that.
    """
    room -= measure(sentence)
    starts = [span.start for span in reversed(split(before))]
    ends = [span.end for span in split(after)]
    lefts, rights = len(starts), len(ends)

    def draw(left: int, right: int) -> tuple[str, str]:
        """Return both sides with so many sentences."""
        return (
            before if left == lefts else LEFT_OUT + (before[starts[left - 1] :] if left else ""),
            after if right == rights else (after[: ends[right - 1]] if right else "") + LEFT_OUT,
        )

    def fits(left: int, right: int) -> bool:
        sides = draw(left, right)
        return len(sides[0]) + len(sides[1]) <= room and measure(sides[0]) + measure(sides[1]) <= room

    in_turn = [(min(lefts, (taken + 1) // 2), min(rights, taken // 2)) for taken in range(2 * max(lefts, rights) + 1)]
    left, right = in_turn[_last(len(in_turn), lambda taken: fits(*in_turn[taken]))]
    right += _last(rights - right + 1, lambda more: fits(left, right + more))
    left += _last(lefts - left + 1, lambda more: fits(left + more, right))
    drawn = draw(left, right) if fits(left, right) else ("", "")
    return drawn[0], sentence, drawn[1]


def cluster_ends(text: str, start: int, stop: int) -> Iterator[int]:
    """Yield where characters end as a reader sees them, after ``start`` and up to ``stop``.

    Combining marks, joined emoji, flags and halves of a surrogate pair stay together. These are the main rules of
    Unicode's grapheme clusters (https://www.unicode.org/reports/tr29/), for a text that is read from ``start`` on.
    """
    flags = 0
    for end in range(start + 1, stop + 1):
        flags = flags + 1 if ord(text[end - 1]) in _REGIONAL else 0
        paired = flags % 2 == 1 and end < len(text) and ord(text[end]) in _REGIONAL
        if not paired and not _goes_on(text, end):
            yield end


def _goes_on(text: str, at: int) -> bool:
    """Tell whether the code point at ``at`` belongs to the character before it."""
    if at >= len(text):
        return False
    sign, previous = text[at], text[at - 1]
    if unicodedata.category(sign)[0] == "M" or previous == _JOINER or _TRAILING.match(sign):
        return True
    return previous + sign == "\r\n" or ("\ud800" <= previous <= "\udbff" and "\udc00" <= sign <= "\udfff")


def _cut(text: str, start: int, sentences: Sequence[int], left: int, room: int, measure: Measure) -> int:
    """Return where the piece ends that begins at ``start`` on a page with ``left`` of its ``room``.

    ``start`` itself is returned where the piece had better begin on the next page.
    """
    window = min(start + room, len(text))
    visible = _VISIBLE.search(text, start, window)
    first = visible.end() if visible else start + 1
    finer: tuple[Callable[[], Sequence[int]], ...] = (
        lambda: sentences,
        lambda: _word_ends(text, start, window),
        lambda: list(cluster_ends(text, start, window)),
    )
    for find in finer:
        ends = find()
        candidates = ends[bisect_left(ends, first) : bisect_right(ends, window)]
        fitting = _longest(text, start, candidates[: bisect_right(candidates, start + left)], left, measure)
        if fitting > start:
            return fitting
        if left < room and candidates and _fits(text[start : candidates[0]], room, measure):
            return start
    fitting = _longest(text, start, range(start + 1, window + 1), left, measure)
    if fitting == start and left == room:
        raise ValueError(f"a page of {room} cannot hold one character")
    return fitting


def _longest(text: str, start: int, ends: Sequence[int], room: int, measure: Measure) -> int:
    """Return the last of the sorted ``ends`` up to which the text fits, or ``start`` where none does."""
    fitting = _last(len(ends) + 1, lambda taken: not taken or _fits(text[start : ends[taken - 1]], room, measure))
    return ends[fitting - 1] if fitting else start


def _fits(text: str, room: int, measure: Measure) -> bool:
    return len(text) <= room and measure(text) <= room


def _last(count: int, holds: Callable[[int], bool]) -> int:
    """Return the last of ``range(count)``, else one as late as can be, for which something holds; 0 if there is none.

    It should hold up to some number and not after; the very last may be an exception.
    """
    if holds(count - 1):
        return count - 1
    low, high = 0, max(count - 2, 0)
    while low < high:
        middle = (low + high + 1) // 2
        if holds(middle):
            low = middle
        else:
            high = middle - 1
    return low


def _sentence_ends(text: str) -> list[int]:
    """Return where sentences end, each without and with the white space after it; the last end is the text's."""
    ends: list[int] = []
    for sentence, following in pairwise(split(text)):
        ends += [end for end in dict.fromkeys((sentence.end, following.start)) if not _goes_on(text, end)]
    return [*ends, len(text)]


def _word_ends(text: str, start: int, stop: int) -> list[int]:
    """Return where words end between two places, each without and with the white space after it."""
    found = (end for space in _SPACE.finditer(text, start, stop) for end in space.span())
    return [end for end in found if end > start and not _goes_on(text, end)]
