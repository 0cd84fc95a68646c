"""The pieces of text that a page of a PDF shows, and where they stand."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from index.reading.papers.layout.drawing import Budget, Drawing, Shown, resolved, resources_of
from index.reading.papers.layout.fonts import BROKEN, Faces
from index.reading.papers.layout.matrices import IDENTITY

if TYPE_CHECKING:
    from pypdf import PageObject, PdfReader


class Piece(NamedTuple):
    """A stretch of text on one line, in points: the page as it is read, upright, y upwards.

    ``certain``: its characters are known, not guessed from a font that does not say them. ``artifact``: the page marks
    it as no part of its text, such as a page number. ``seen``: it is painted.
    """

    text: str
    left: float
    right: float
    baseline: float
    size: float
    bold: bool
    certain: bool
    artifact: bool
    seen: bool


_DIRECTIONS = 4
_FARTHEST = 100_000.0  # points
_EVERYWHERE = (-_FARTHEST, -_FARTHEST, _FARTHEST, _FARTHEST)
_SMALLEST_PAGE = 10.0  # points
_SMALLEST = 2.0  # points: smaller text is not there to be read


def pieces(page: "PageObject", reader: "PdfReader", faces: Faces, budget: Budget) -> list[Piece]:
    """Return what a page shows, in the order in which it is drawn; text across the page's main direction is left out.

    Raises ``TooLarge`` and ``Spent``, or what pypdf raises on a damaged page.
    """
    from pypdf.generic import StreamObject

    contents = resolved(page.get("/Contents"))
    if not isinstance(contents, (StreamObject, list)):
        return []
    drawing = Drawing(reader, faces, budget)
    drawing.draw(contents, resources_of(page), IDENTITY, 0)
    box = _box(page)
    inside = [shown for shown in drawing.shown if _stands_in(shown, box)]
    turns = [0] * _DIRECTIONS
    for shown in inside:
        if shown.turn is not None:
            turns[shown.turn] += len(shown.text)
    main = turns.index(max(turns))
    return [_upright(shown, main) for shown in inside if shown.turn == main and shown.size >= _SMALLEST]


def _box(page: "PageObject") -> tuple[float, float, float, float]:
    """Return the left, bottom, right and top edges of what is seen of a page; those of everything where it lies."""
    from pypdf.errors import PyPdfError

    try:
        left, bottom, right, top = (float(side) for side in page.cropbox)
    except (PyPdfError, *BROKEN):
        return _EVERYWHERE
    box = (min(left, right) - 1, min(bottom, top) - 1, max(left, right) + 1, max(bottom, top) + 1)
    return box if _SMALLEST_PAGE < box[2] - box[0] < _FARTHEST and box[3] - box[1] > _SMALLEST_PAGE else _EVERYWHERE


def _stands_in(shown: "Shown", box: tuple[float, float, float, float]) -> bool:
    """Tell whether text starts inside a box, and ends at no impossible place."""
    left, bottom, right, top = box
    inside = left <= shown.x <= right and bottom <= shown.y <= top
    return inside and abs(shown.end_x) < _FARTHEST and abs(shown.end_y) < _FARTHEST and shown.size < _FARTHEST


def _upright(shown: Shown, turn: int) -> Piece:
    """Return a stretch as it stands when the page is turned so that its text runs from left to right."""
    start, end, baseline = {
        0: (shown.x, shown.end_x, shown.y),
        1: (shown.y, shown.end_y, -shown.x),
        2: (-shown.x, -shown.end_x, -shown.y),
        3: (-shown.y, -shown.end_y, shown.x),
    }[turn]
    face = shown.face
    return Piece(
        shown.text,
        start,
        max(end, start),
        baseline,
        shown.size,
        face.bold,
        face.certain,
        shown.artifact,
        shown.seen,
    )


def visible(found: Sequence[Piece]) -> Iterator[Piece]:
    """Yield the pieces that a reader sees; where most is not painted, a scan has its text behind the picture."""
    seen = sum(len(piece.text) for piece in found if piece.seen)
    hidden = sum(len(piece.text) for piece in found) - seen
    for piece in found:
        if piece.seen or hidden > seen:
            yield piece
