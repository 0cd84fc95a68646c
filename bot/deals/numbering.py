"""The quotes of one card: each once, numbered in the order in which they are first needed."""

from bot.cards import describe
from bot.deals.cards import ProofCard
from bot.deals.figures import stated
from bot.printable import printable
from bot.translation import Translator
from index.figures.holding import Excerpt
from index.model import Figure, Quote, Source


class Numbering:
    """Gives quotes their numbers while a card is laid out."""

    def __init__(self) -> None:
        self._numbers: dict[tuple[str, str, int, int], int] = {}
        self._quotes: list[tuple[Source, Quote]] = []

    def of(self, source: Source, quote: Quote) -> int:
        """Return the number of a quote, from 1."""
        place = (source.shelf, source.id, quote.start, quote.end)
        if place not in self._numbers:
            self._quotes.append((source, quote))
            self._numbers[place] = len(self._quotes)
        return self._numbers[place]

    def of_excerpt(self, excerpt: Excerpt) -> int:
        """Return the number of an excerpt's quote."""
        return self.of(excerpt.source, excerpt.quote)

    def of_figure(self, figure: Figure) -> tuple[int, ...]:
        """Return the number of a figure's quote, or those of its operands' quotes where it is computed."""
        return tuple(dict.fromkeys(self.of(proof.source, proof.quote) for proof in stated(figure)))

    def cards(self, speaker: Translator) -> tuple[ProofCard, ...]:
        """Return all quotes that have got a number."""
        return tuple(
            ProofCard(number, printable(quote.quote, fold=True), describe(source, speaker))
            for number, (source, quote) in enumerate(self._quotes, 1)
        )
