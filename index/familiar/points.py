"""What is known to be asked for: a thing that a sentence says, or one that the sources do not say.

Those of the seeds stand in ``seeds/questions``, a file for each article and one for what none of them says. Each
``[[point]]`` has ``quote``, the sentence word for word, ``figure``, where the answer is just a figure of
``seeds/deals.toml`` its id, and ``questions``, how people ask for it; each ``[[unsaid]]`` has ``about``, what is not
said, and ``questions``.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from index.model import Noun, Quote


class Point(Noun):
    """One thing that a sentence of a source says, for which people ask in many ways.

    ``number``: its place among all points that come with Sourcier. ``figure``: the id of the known figure that is the
    whole of it, if one is.
    """

    number: int
    source: str
    quote: Quote
    figure: str | None = None


class Placed(NamedTuple):
    """Where a point is said: a passage's key, and an offset in the stored text; and the figure that it is, if any."""

    number: int
    passage: int
    start: int
    figure: str | None = None


class Recalled(NamedTuple):
    """What a question is likely to ask for, by the known questions that are like it; shares are 0 to 1.

    ``sentences``: how likely it asks for something said at a place, a passage's key and an offset in the text;
    ``figures``: for a figure, by its id. ``parts``: of all that it may ask for the part that is a figure, by its
    id, and ``otherwise`` that which is none. ``charted``: it is about sources of which all is known that people ask
    for; then ``said`` and ``unsaid``: how much of the question is told by the likeliest point that they say, and that
    they do not say, ``ahead``: by how much the first is likelier, in tens of its logarithm; ``same``: a known question
    asks in the same words, for what is said 1, for what is not -1; ``strange``: words that neither a source
    nor a known question for what it likely asks for has.
    """

    sentences: Mapping[tuple[int, int], float] = MappingProxyType({})
    figures: Mapping[str, float] = MappingProxyType({})
    parts: Mapping[str, float] = MappingProxyType({})
    otherwise: float = 0.0
    charted: bool = False
    said: float = 0.0
    unsaid: float = 0.0
    ahead: float = 0.0
    same: float = 0.0
    strange: frozenset[str] = frozenset()

    @property
    def asks_figure(self) -> bool:
        """Whether what it may ask for is a figure rather than anything else."""
        return sum(self.parts.values()) > 2 * self.otherwise

    def uncharted(self) -> "Recalled":
        """Return it as what is known where a source is none of those."""
        return Recalled(self.sentences, self.figures, self.parts, self.otherwise)

    def passages(self, most: int) -> list[int]:
        """Return the likeliest passages of those where something is said."""
        ordered = sorted(self.sentences, key=lambda place: (-self.sentences[place], place))
        return list(dict.fromkeys(passage for passage, _ in ordered))[:most]


NOTHING = Recalled()
