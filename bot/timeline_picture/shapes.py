"""What pictures are made of: shapes in points (1/72 inch) from the top left, and their colours."""

from typing import NamedTuple

PANEL = "#fbfaf7"
EDGE = "#d5d3cc"
BAND = "#f1efe9"
RULE = "#dddad2"
INK = "#1d2129"
SOFT = "#565d69"
FIRM = "#2f55c8"
TENTATIVE = "#a05500"


class Words(NamedTuple):
    """A line of text: its start on the baseline, and how wide it is."""

    x: float
    y: float
    text: str
    width: float
    size: float
    bold: bool = False
    colour: str = INK

    @property
    def box(self) -> tuple[float, float, float, float]:
        """The left, top, right and bottom of the room that its letters may take."""
        return self.x, self.y - self.size * 0.95, self.x + self.width, self.y + self.size * 0.25


class Panel(NamedTuple):
    """A rectangle with round corners."""

    x: float
    y: float
    width: float
    height: float
    radius: float
    fill: str
    edge: str = ""
    thickness: float = 1.0
    dashed: bool = False


class Disc(NamedTuple):
    """A circle around a point."""

    x: float
    y: float
    radius: float
    fill: str
    edge: str


class Polygon(NamedTuple):
    """A closed shape."""

    points: tuple[tuple[float, float], ...]
    fill: str
    edge: str


class Stroke(NamedTuple):
    """A straight line."""

    x1: float
    y1: float
    x2: float
    y2: float
    colour: str
    thickness: float = 1.0
    dashed: bool = False


Shape = Words | Panel | Disc | Polygon | Stroke


class Picture(NamedTuple):
    """Shapes on a ground of a size, the undermost first."""

    width: float
    height: float
    shapes: tuple[Shape, ...]

    @property
    def words(self) -> tuple[Words, ...]:
        """All that is written."""
        return tuple(shape for shape in self.shapes if isinstance(shape, Words))
