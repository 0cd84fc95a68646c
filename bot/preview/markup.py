"""The Markdown that the bot's messages use, read as Discord reads it: quotes, small print, bold, escaped signs.

Anything else is text. https://support.discord.com/hc/en-us/articles/210298617 has the signs.
"""

import re
from collections.abc import Iterator
from itertools import groupby
from typing import NamedTuple

from bot.views.markdown import shown

_QUOTE = "> "
_SMALL = "-# "
_SIGN = re.compile(r"\\[^0-9A-Za-z\s]|\*\*(?P<bold>(?:\\[\s\S]|[^\\])+?)\*\*(?!\*)")


class Run(NamedTuple):
    """A piece of a line in one face."""

    text: str
    bold: bool = False


class Line(NamedTuple):
    """A line of a text, as it reads."""

    runs: tuple[Run, ...]
    quoted: bool = False
    small: bool = False


def read(content: str) -> tuple[Line, ...]:
    """Read the content of a text display. Bold may span lines of one quote or of plain text, not small print."""
    lines: list[Line] = []
    for kind, group in groupby(enumerate(map(_opened, content.split("\n"))), _kind):
        text = "\n".join(rest for _, (_, _, rest) in group)
        lines += (Line(runs, kind.quoted, kind.small) for runs in _split(text))
    return tuple(lines)


class _Kind(NamedTuple):
    quoted: bool
    small: bool
    place: int  # tells lines of small print apart, each of which stands alone


def _opened(line: str) -> tuple[bool, bool, str]:
    """Return whether a line is quoted, whether it is small print, and what follows these signs."""
    quoted = line.startswith(_QUOTE)
    line = line.removeprefix(_QUOTE)
    return quoted, line.startswith(_SMALL), line.removeprefix(_SMALL)


def _kind(numbered: tuple[int, tuple[bool, bool, str]]) -> _Kind:
    place, (quoted, small, _) = numbered
    return _Kind(quoted, small, place if small else 0)


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
