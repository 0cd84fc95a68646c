"""The signs for times: a disc where something was said, a lozenge or bar where it holds, an arrow where it goes on."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from bot.timeline_picture.content import Mark
from bot.timeline_picture.scale import Scale
from bot.timeline_picture.shapes import FIRM, PANEL, TENTATIVE, Disc, Panel, Polygon, Shape, Stroke
from index.figures.chronology import Sort

SIGN = 8.0
"""How much room there is around a sign."""

_RADIUS = 4.5
_BAR = 8.0
_THIN = 2.0
_SHORT = 1 / 12 + 1e-6  # years: what is no longer than a month is a point


class Sign(NamedTuple):
    """The shapes of a sign, and from where to where it reaches."""

    left: float
    right: float
    shapes: tuple[Shape, ...]


def colour(*, tentative: bool) -> str:
    """Return the colour of what is firm or tentative."""
    return TENTATIVE if tentative else FIRM


def point_to(mark: Mark, y: float, scale: Scale, end: float, *, tentative: bool) -> Sign:
    """Return the sign of a time at a height; what goes on does so to ``end``."""
    ink = colour(tentative=tentative)
    left, right = scale.place(mark.start), scale.place(mark.end)
    middle = (left + right) / 2
    point = mark.end - mark.start <= _SHORT or right - left < _BAR
    if mark.sort is Sort.SAID:
        sign = disc(middle, y, ink, hollow=mark.estimated)
        return sign if point else Sign(left, right, (Stroke(left + 2, y, right - 2, y, ink, 1.2), *sign.shapes))
    if mark.sort is Sort.ON and point:
        return lozenge(middle, y, ink, hollow=mark.estimated)
    if mark.sort is Sort.ON:
        return bar(left, right, y, ink, hollow=mark.estimated)
    if mark.sort is Sort.SINCE:
        return since(middle if point else left, middle if point else right, end, y, ink, hollow=mark.estimated)
    return until(middle if point else left, middle if point else right, y, ink, hollow=mark.estimated)


def disc(x: float, y: float, ink: str, *, hollow: bool) -> Sign:
    """Return the sign of what was said."""
    return Sign(x - _RADIUS, x + _RADIUS, (Disc(x, y, _RADIUS, PANEL if hollow else ink, ink),))


def lozenge(x: float, y: float, ink: str, *, hollow: bool) -> Sign:
    """Return the sign of what happens at a time."""
    reach = _RADIUS + 1.5
    corners = ((x - reach, y), (x, y - reach), (x + reach, y), (x, y + reach))
    return Sign(x - reach, x + reach, (Polygon(corners, PANEL if hollow else ink, ink),))


def bar(left: float, right: float, y: float, ink: str, *, hollow: bool) -> Sign:
    """Return the sign of a stretch of time."""
    panel = Panel(left, y - _BAR / 2, right - left, _BAR, 3, PANEL if hollow else ink, ink, 1.6, dashed=hollow)
    return Sign(left, right, (panel,))


def since(left: float, right: float, end: float, y: float, ink: str, *, hollow: bool) -> Sign:
    """Return the sign of what holds from a time on: it begins there and goes on as an arrow."""
    begin = bar(left, right, y, ink, hollow=hollow) if right > left else lozenge(left, y, ink, hollow=hollow)
    tip = ((end, y), (end - 7, y - 4.5), (end - 7, y + 4.5))
    line = Stroke(begin.right, y, end - 6, y, ink, _THIN, dashed=hollow)
    return Sign(begin.left, end, (line, *begin.shapes, Polygon(tip, ink, ink)))


def until(left: float, right: float, y: float, ink: str, *, hollow: bool) -> Sign:
    """Return the sign of what holds until a time: it ends there at a bar across."""
    across = Stroke(right, y - 6, right, y + 6, ink, _THIN + 0.5)
    if right > left:
        stretch = bar(left, right, y, ink, hollow=hollow)
        return Sign(stretch.left, right + 2, (*stretch.shapes, across))
    line = Stroke(right - 1.5 * SIGN, y, right, y, ink, _THIN, dashed=hollow)
    return Sign(right - 1.5 * SIGN, right + 2, (line, across))


def connect(
    taken: Sequence[tuple[float, float]], signs: Sequence[tuple[float, float]], y: float, *, tentative: bool
) -> Iterator[Stroke]:
    """Yield the thin line between the signs of a row, where nothing else stands."""
    in_order = sorted(taken)
    last = max(right for _, right in signs)
    end = min(left for left, _ in signs)
    for left, right in in_order:
        if left >= last:
            return
        if left - end > SIGN:
            yield Stroke(end + 1.5, y, left - 1.5, y, colour(tentative=tentative), 1.0, dashed=True)
        end = max(end, right)
