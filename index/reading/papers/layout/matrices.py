"""Affine maps, as a PDF places text and drawings with them."""

from collections.abc import Sequence

Matrix = tuple[float, float, float, float, float, float]
"""The six numbers of an affine map in PDF's order (ISO 32000-1, 8.3.3): x' = ax + cy + e, y' = bx + dy + f."""

IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)

_ASKEW = 0.05  # of one side against the other: text that is turned by a little less is level


def read_number(given: Sequence[object], place: int, default: float = 0.0) -> float:
    """Return one of an operator's operands as a number; the default where it is none."""
    value = given[place] if place < len(given) else default
    return float(value) if isinstance(value, (int, float)) else default


def read_matrix(given: Sequence[object]) -> Matrix:
    """Return the map that an operator's operands or an array are; the identity where they are none."""
    if len(given) < len(IDENTITY):
        return IDENTITY
    a, b, c, d, e, f = (read_number(given, place) for place in range(len(IDENTITY)))
    return a, b, c, d, e, f


def combine(first: Matrix, second: Matrix) -> Matrix:
    """Return the map that applies ``first``, then ``second``."""
    a, b, c, d, e, f = first
    g, h, i, j, k, m = second
    return a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m


def move_point(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    """Return where a map puts a point."""
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def count_turns(a: float, b: float) -> int | None:
    """Return by how many quarter turns text runs against the x axis; None at other angles."""
    if abs(b) <= abs(a) * _ASKEW:
        return 0 if a >= 0 else 2
    if abs(a) <= abs(b) * _ASKEW:
        return 1 if b > 0 else 3
    return None
