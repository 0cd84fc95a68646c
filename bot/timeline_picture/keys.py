"""What the signs of a picture mean, below it: only those that are in it."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from bot.timeline_picture.content import Group
from bot.timeline_picture.fonts import Fonts
from bot.timeline_picture.shapes import FIRM, RULE, SOFT, TENTATIVE, Polygon, Shape, Stroke, Words
from bot.timeline_picture.signs import Sign, bar, disc, lozenge, since, until
from bot.translation import Translator
from index.figures.chronology import Sort

_LINE = 20.0
_SIZE = 13.0
_APART = 16.0


class _Key(NamedTuple):
    sign: Sign
    words: str


def explained(
    groups: Sequence[Group], top: float, left: float, right: float, fonts: Fonts, speaker: Translator
) -> tuple[list[Shape], float]:
    """Return the key of the signs that occur, in lines from ``top`` on, and where it ends."""
    shapes: list[Shape] = [Stroke(left, top, right, top, RULE)]
    x, y = left, top + _LINE - 2
    for key in _keys(groups, speaker):
        words = fonts.fitted(fonts.writable(key.words), right - left - 40, _SIZE)
        width = fonts.width(words, _SIZE)
        wide = key.sign.right - key.sign.left
        if x > left and x + wide + 6 + width > right:
            x, y = left, y + _LINE
        shapes += [_moved(shape, x - key.sign.left, y - 4.5) for shape in key.sign.shapes]
        shapes.append(Words(x + wide + 6, y, words, width, _SIZE, colour=SOFT))
        x += wide + 6 + width + _APART
    return shapes, y + 8


def _keys(groups: Sequence[Group], speaker: Translator) -> Iterator[_Key]:
    rows = [row for group in groups for row in group.rows]
    sorts = {mark.sort for row in rows for mark in row.marks}
    known = {
        Sort.SAID: _Key(disc(0, 0, FIRM, hollow=False), speaker.text("when it was said")),
        Sort.ON: _Key(_both(lozenge(0, 0, FIRM, hollow=False), hollow=False), speaker.text("the time it is about")),
        Sort.SINCE: _Key(since(0, 0, 26, 0, FIRM, hollow=False), speaker.text("from then on")),
        Sort.UNTIL: _Key(until(0, 0, 0, FIRM, hollow=False), speaker.text("until then")),
    }
    yield from (key for sort, key in known.items() if sort in sorts)
    if any(mark.estimated for row in rows for mark in row.marks):
        yield _Key(_both(disc(0, 0, FIRM, hollow=True), hollow=True), speaker.text("estimated date"))
    if any(row.tentative for row in rows):
        yield _Key(disc(0, 0, TENTATIVE, hollow=False), speaker.text("possible or in discussion"))


def _both(sign: Sign, *, hollow: bool) -> Sign:
    """Return a sign with a bar after it."""
    after = bar(sign.right + 5, sign.right + 23, 0, FIRM, hollow=hollow)
    return Sign(sign.left, after.right, (*sign.shapes, *after.shapes))


def _moved(shape: Shape, dx: float, dy: float) -> Shape:
    """Return a shape somewhere else."""
    match shape:
        case Stroke():
            return shape._replace(x1=shape.x1 + dx, x2=shape.x2 + dx, y1=shape.y1 + dy, y2=shape.y2 + dy)
        case Polygon():
            return shape._replace(points=tuple((x + dx, y + dy) for x, y in shape.points))
        case _:
            return shape._replace(x=shape.x + dx, y=shape.y + dy)
