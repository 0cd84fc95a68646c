"""What a page of a PDF paints besides its text: white text is seen only where something lies behind it."""

from collections.abc import Sequence

from index.reading.papers.layout.matrices import Matrix, move_point, read_number

FILLS = frozenset({b"g", b"rg", b"k", b"sc", b"scn", b"cs"})
"""The operators that set the colour of text and of areas (ISO 32000-1, 8.6.8)."""

PATHS = frozenset({b"m", b"l", b"c", b"v", b"y", b"re", b"f", b"F", b"f*", b"B", b"B*", b"b", b"b*", b"n", b"S", b"s"})
"""The operators that draw paths, and that paint or leave them (ISO 32000-1, 8.5)."""

_FILLING = frozenset({b"f", b"F", b"f*", b"B", b"B*", b"b", b"b*"})
_LEAVING = frozenset({b"n", b"S", b"s"})
_PAPER = 0.96  # of the brightest
_CORNERS = ((0.0, 0.0), (1.0, 0.0), (0.0, 1.0), (1.0, 1.0))
_RECTANGLE = 4
_COLORS, _INKS = 3, 4  # components
_MOST_AREAS = 2_000

_Area = tuple[float, float, float, float]


def is_white(operator: bytes, given: Sequence[object]) -> bool:
    """Tell whether an operator sets the colour of the paper."""
    parts = [read_number(given, place, -1.0) for place in range(len(given))]
    if operator == b"g":
        return len(parts) == 1 and parts[0] >= _PAPER
    if operator == b"rg" or (operator in (b"sc", b"scn") and len(parts) == _COLORS):
        return len(parts) == _COLORS and min(parts) >= _PAPER
    return operator != b"cs" and len(parts) == _INKS and all(0 <= part <= 1 - _PAPER for part in parts)


class Painting:
    """The areas that a page has painted so far, in its own coordinates."""

    def __init__(self) -> None:
        self._areas: list[_Area] = []
        self._is_everywhere = False
        self._rectangles: list[_Area] = []
        self._points: list[tuple[float, float]] = []

    def follow(self, operator: bytes, given: Sequence[object], matrix: Matrix, *, white: bool) -> None:
        """Take an operator of a path; ``white``: areas are filled in the colour of the paper."""
        if operator in _FILLING:
            if not white:
                self._paint([*self._rectangles, *_around(self._points)])
            self._leave()
        elif operator in _LEAVING:
            self._leave()
        elif operator == b"re" and len(given) >= _RECTANGLE:
            x, y, width, height = (read_number(given, place) for place in range(_RECTANGLE))
            corners = [move_point(matrix, x + right * width, y + up * height) for right, up in _CORNERS]
            self._rectangles += _around(corners)
        else:
            pairs = range(0, len(given) - 1, 2)
            self._points += [
                move_point(matrix, read_number(given, place), read_number(given, place + 1)) for place in pairs
            ]

    def picture(self, matrix: Matrix) -> None:
        """Take a picture, which fills the unit square."""
        self._paint(_around([move_point(matrix, right, up) for right, up in _CORNERS]))

    def shade(self) -> None:
        """Take a shading, which fills all that is not clipped."""
        self._is_everywhere = True

    def lies_behind(self, x: float, y: float) -> bool:
        """Tell whether something is painted at a place."""
        return self._is_everywhere or any(
            left <= x <= right and bottom <= y <= top for left, bottom, right, top in self._areas
        )

    def _paint(self, areas: Sequence[_Area]) -> None:
        self._areas += areas
        if len(self._areas) > _MOST_AREAS:
            self._areas, self._is_everywhere = [], True

    def _leave(self) -> None:
        self._rectangles, self._points = [], []


def _around(points: Sequence[tuple[float, float]]) -> list[_Area]:
    """Return the area around some points, a little more than they enclose; none where there are no points."""
    if not points:
        return []
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return [(min(xs) - 1, min(ys) - 1, max(xs) + 1, max(ys) + 1)]
