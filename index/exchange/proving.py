"""Whether a figure of an exported shelf is what its source says: its quote, its words, its number, its dates."""

from collections.abc import Iterator
from functools import cached_property

from index.figures.dates import dates
from index.figures.deals import FoundFigure
from index.figures.kinds import Metric
from index.figures.mentions import DateMention, Quantity
from index.figures.quantities import quantities
from index.model import Article, Moment, Quote
from index.moderating.said_numbers import is_read, is_said

_YEARLESS = "--"


class Proof:
    """What an article says, against which its figures are held; it is read once, when the first of them comes."""

    def __init__(self, article: Article) -> None:
        self._text = article.text
        self._language = article.language

    @cached_property
    def _quantities(self) -> list[Quantity]:
        return quantities(self._text, self._language)

    @cached_property
    def _dates(self) -> list[DateMention]:
        return dates(self._text, self._language)

    @cached_property
    def _plain(self) -> str:
        return plain(self._text)

    def wrong_with(self, figure: FoundFigure) -> str:
        """Say what is wrong with a figure; nothing where the text says it, in today's reading or a moderator's."""
        quote, number = figure.quote, figure.text
        if not (self._stands(quote) and self._stands(number)):
            return "a quote does not stand in the text where it is said to"
        if not quote.start <= number.start < number.end <= quote.end:
            return "a number stands outside its quote"
        if not all(words in self._text or plain(words) in self._plain for words in _words(figure)):
            return "words of a figure are not those of its text"
        if figure.metric is not Metric.DATE and not self._says_number(figure):
            return "its quote does not say its number"
        said = all(self._says_moment(moment, quote) for moment in figure.moments)
        return "" if said else "its quote does not say its date"

    def _stands(self, quote: Quote) -> bool:
        within = 0 <= quote.start < quote.end <= len(self._text)
        return within and self._text[quote.start : quote.end] == quote.quote

    def _says_number(self, figure: FoundFigure) -> bool:
        quote = figure.quote
        if is_read(_measure(figure, 0), self._quantities):
            return True
        return is_said(_measure(figure, quote.start), quote.quote, self._language)

    def _says_moment(self, moment: Moment, quote: Quote) -> bool:
        """Tell whether a moment is what its words mean; those that count from the day of writing name no year."""
        if moment.iso is None:
            return True
        mentions = [each for each in self._dates if quote.start <= each.start < quote.end and self._names(moment, each)]
        if moment.relative:
            mentions = [each for each in mentions if not each.earliest.startswith(_YEARLESS)]
        return any(_means(moment, each) for each in mentions) or (moment.relative and not mentions)

    def _names(self, moment: Moment, mention: DateMention) -> bool:
        words = self._text[mention.start : mention.end]
        return words in moment.written or moment.written in words


def plain(text: str) -> str:
    """Return a text with single spaces between its words."""
    return " ".join(text.split())


def _words(figure: FoundFigure) -> Iterator[str]:
    """Yield the words of a figure that are those of its source."""
    told = (figure.subject, figure.attribution, figure.counted, figure.each)
    yield from (words for words in told if words is not None)
    yield from (moment.written for moment in figure.moments)


def _measure(figure: FoundFigure, begins: int) -> Quantity:
    """Return how much a figure is, and where its number stands, from where something begins in the text."""
    start, end = figure.text.start - begins, figure.text.end - begins
    return Quantity(start, end, figure.value, figure.low, figure.high, figure.bound, figure.unit)


def _means(moment: Moment, mention: DateMention) -> bool:
    """Tell whether a moment is when a mention says; of one without a year, the year may be any."""
    ends = ((moment.earliest, mention.earliest), (moment.latest, mention.latest))
    return all(
        end is not None and (end == said or (said.startswith(_YEARLESS) and end.endswith(said[1:])))
        for end, said in ends
    )
