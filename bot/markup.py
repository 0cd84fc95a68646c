"""A text without the marks of Discord's and plain Markdown, so that its figures are read as its reader sees them."""

import re
from typing import NamedTuple

from bot.printable import INVISIBLE

_ESCAPED = re.compile(r"\\(?P<kept>[!-/:-@\[-`{-~])")
_FENCE = re.compile(r"^[ \t]*(?:`{3,}|~{3,})(?:[A-Za-z][\w+-]*)?[ \t]*$", re.MULTILINE)
_BACKTICKS = re.compile("`+")
_LINK = re.compile(r"!?\[(?P<kept>[^\[\]\n]+)\]\([^()\n]*(?:\([^()\n]*\)[^()\n]*)*\)")
_LINE_MARK = re.compile(r"^[ \t]*(?:(?:>>>|>|#{1,6}|-#|[-*+•]|\d{1,2}[.)])[ \t]+)+", re.MULTILINE)

# Marks in pairs; none is taken away from between two digits, which would make one number of two.
_PAIRS = tuple(
    re.compile(rf"{mark}(?!(?<=\d{mark})\d)(?P<kept>(?:(?!{mark}).)+){mark}(?!(?<=\d{mark})\d)", re.DOTALL)
    for mark in (r"\*\*", "__", "~~", r"\|\|")
)
_EMPHASIS = tuple(re.compile(rf"(?<!\w){mark}(?=\S)(?P<kept>[^{mark}]+)(?<!\s){mark}(?!\w)") for mark in (r"\*", "_"))

_ALL = (INVISIBLE, _ESCAPED, _LINK, _FENCE, _BACKTICKS, _LINE_MARK, *_PAIRS, *_EMPHASIS)


class Unmarked(NamedTuple):
    """A text without its marks; ``places`` tells for each of its characters where that stands in the text as written.

    One more place follows: where the text as written ends.
    """

    text: str
    places: tuple[int, ...]

    def start(self, place: int) -> int:
        """Return where in the text as written what starts at a place starts."""
        return self.places[place]

    def end(self, place: int) -> int:
        """Return where in the text as written what ends before a place ends."""
        return self.places[place - 1] + 1 if place else 0


def unmark(text: str) -> Unmarked:
    """Return a text without marks of quotes, lists, headings, emphasis and code, escapes and the addresses of links.

    Invisible characters are taken away, too. Takes time linear in the length of the text.
    """
    shown = Unmarked(text, tuple(range(len(text) + 1)))
    for pattern in _ALL:
        shown = _without(pattern, shown)
    return shown


def _without(pattern: re.Pattern[str], shown: Unmarked) -> Unmarked:
    """Take away what a pattern matches, but for the group ``kept`` where it has one."""
    stretches: list[tuple[int, int]] = []
    last = 0
    for found in pattern.finditer(shown.text):
        stretches.append((last, found.start()))
        if "kept" in pattern.groupindex:
            stretches.append(found.span("kept"))
        last = found.end()
    if not last:
        return shown
    stretches.append((last, len(shown.text)))
    text = "".join(shown.text[start:end] for start, end in stretches)
    places = tuple(place for start, end in stretches for place in shown.places[start:end])
    return Unmarked(text, (*places, shown.places[-1]))
