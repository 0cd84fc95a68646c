"""The Markdown that the bot's messages use, read as Discord reads it: headings, quotes, small print, bold, escapes.

Anything else is text. https://support.discord.com/hc/en-us/articles/210298617 has the signs.
"""

import re
from collections.abc import Iterator
from itertools import groupby
from typing import NamedTuple

from bot.views.markdown import shown

_QUOTE = "> "
_SMALL = "-# "
_HEADING = re.compile(r"(#{1,3}) ")
_SIGN = re.compile(r"\\[^0-9A-Za-z\s]|\*\*(?P<bold>(?:\\[\s\S]|[^\\])+?)\*\*(?!\*)")


class Run(NamedTuple):
    """A piece of a line in one face."""

    text: str
    bold: bool = False


class Line(NamedTuple):
    """A line of a text, as it reads. ``heading``: 0, or 1 to 3, the first of which has the largest letters."""

    runs: tuple[Run, ...]
    quoted: bool = False
    small: bool = False
    heading: int = 0


def read(content: str) -> tuple[Line, ...]:
    """Read the content of a text display. Bold may span lines of one quote or of plain text, not others."""
    lines: list[Line] = []
    for kind, group in groupby(enumerate(map(_opened, content.split("\n"))), _kind):
        text = "\n".join(opened.rest for _, opened in group)
        for runs in _split(text):
            told = tuple(run._replace(bold=True) for run in runs) if kind.heading else runs
            lines.append(Line(told, kind.quoted, kind.small, kind.heading))
    return tuple(lines)


class _Opened(NamedTuple):
    """A line without the signs that it opens with, and what they say."""

    quoted: bool
    small: bool
    heading: int
    rest: str


class _Kind(NamedTuple):
    quoted: bool
    small: bool
    heading: int
    place: int  # tells headings and lines of small print apart, each of which stands alone


def _opened(line: str) -> _Opened:
    quoted = line.startswith(_QUOTE)
    line = line.removeprefix(_QUOTE)
    heading = _HEADING.match(line)
    if heading is not None:
        return _Opened(quoted, small=False, heading=len(heading[1]), rest=line[heading.end() :])
    return _Opened(quoted, line.startswith(_SMALL), 0, line.removeprefix(_SMALL))


def _kind(numbered: tuple[int, _Opened]) -> _Kind:
    place, (quoted, small, heading, _) = numbered
    return _Kind(quoted, small, heading, place if small or heading else 0)


def _split(text: str) -> Iterator[tuple[Run, ...]]:
    """Yield the runs of each line of a text."""
    lines: list[list[Run]] = [[]]
    for run in _runs(text):
        first, *others = run.text.split("\n")
        lines[-1].append(run._replace(text=first))
        lines += ([run._replace(text=other)] for other in others)
    for line in lines:
        yield tuple(run for run in line if run.text)


def _runs(text: str) -> Iterator[Run]:
    place = 0
    for sign in _SIGN.finditer(text):
        if sign["bold"] is not None:
            yield Run(shown(text[place : sign.start()]))
            yield Run(shown(sign["bold"]), bold=True)
            place = sign.end()
    yield Run(shown(text[place:]))
