"""The figures in somebody's text, held against those that are known."""

from enum import StrEnum

from index.figures.deals import FoundFigure
from index.model import Figure, Noun


class Finding(StrEnum):
    """What the sources say to a figure."""

    MATCHES = "matches"
    DIFFERS = "differs"
    """The sources have another figure for the same thing."""
    UNKNOWN = "unknown"
    """The sources have no such figure."""


class Checked(Noun):
    """A figure that a text states (offsets in that text), and what the sources say: ``figures``, the nearest first."""

    said: FoundFigure
    finding: Finding
    figures: tuple[Figure, ...] = ()
