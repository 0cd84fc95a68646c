"""What another version of a text changes: sentences that came and went, and figures that are other ones now."""

from collections.abc import Iterable, Iterator, Sequence

from index import sentences
from index.figures.kinds import Review
from index.model import Figure, Noun

_ALIKE = 60.0  # per cent, of the letters of two sentences that say the same otherwise
_MOST = 400  # new sentences that one that is gone is compared with
_NEAREST = 3  # of them that are looked at for its figure
_FOLLOWED = 200  # figures of which is told what they become
_CROWD = 50  # figures of one sentence that are looked at
_COUNTED = frozenset({Review.CURATED, Review.APPROVED})


class ChangedFigure(Noun):
    """A figure that counts, and how the other version says it; None where it does not any more.

    Where both are worth the same, their sentences are different ones. Of some hundreds only the first are looked for.
    """

    before: Figure
    after: Figure | None


class Difference(Noun):
    """Sentences that are gone and new, in reading order; figures that count and do not stand as they did.

    ``lost``: quotes that were shown to people, or tell what a deal is, and are gone. ``kept``: how many sentences stand
    in both.
    """

    gone: tuple[str, ...] = ()
    new: tuple[str, ...] = ()
    figures: tuple[ChangedFigure, ...] = ()
    lost: tuple[str, ...] = ()
    kept: int = 0


def compare(
    before: str, after: str, old: Iterable[Figure], found: Sequence[Figure], quoted: Iterable[str]
) -> Difference:
    """Return what a text changes about the one before. White space makes no difference.

    ``old`` are the figures of that, ``found`` those of the new one; ``quoted``: what was quoted from the old one.
    """
    had, has = _sentences(before), _sentences(after)
    gone = tuple(sentence for sentence in had if sentence not in has)
    new = tuple(sentence for sentence in has if sentence not in had)
    left = _Left(found)
    changed = [figure for figure in old if figure.review in _COUNTED and not _stands(figure, after, left)]
    plain = _plain(after)
    return Difference(
        gone=gone,
        new=new,
        figures=tuple(_successions(changed, new, left)),
        lost=tuple(dict.fromkeys(quote for quote in map(_plain, quoted) if quote not in plain)),
        kept=len(had) - len(gone),
    )


class _Left:
    """The figures of the new text that have not been told to be those of the old one."""

    def __init__(self, found: Sequence[Figure]) -> None:
        self._by_quote: dict[str, list[Figure]] = {}
        for figure in found:
            self._by_quote.setdefault(_plain(figure.quote.quote), []).append(figure)

    def of(self, quote: str) -> list[Figure]:
        """Return those of a sentence, in the order of the text."""
        return self._by_quote.get(quote, [])

    def take(self, figure: Figure) -> None:
        """Let a figure be among them no more."""
        self._by_quote[_plain(figure.quote.quote)].remove(figure)


def _sentences(text: str) -> dict[str, None]:
    return dict.fromkeys(_plain(text[span.start : span.end]) for span in sentences.split(text))


def _plain(text: str) -> str:
    return " ".join(text.split())


def worth(figure: Figure) -> tuple[object, ...]:
    """Return what a figure comes to: of what, how much, in which unit."""
    return (figure.metric, figure.value, figure.low, figure.high, figure.bound, figure.unit, figure.per)


def _stands(figure: Figure, after: str, left: _Left) -> bool:
    """Tell whether a figure will count as before; the one that it is in the new text is taken from those ``left``.

    What was read by hand counts where its quote stands at its place; what was found by rule, where it was found again.
    """
    if figure.review is Review.CURATED:
        return after[figure.quote.start : figure.quote.end] == figure.quote.quote
    said, value = _plain(figure.text.quote), worth(figure)
    same = (each for each in left.of(_plain(figure.quote.quote)) if _plain(each.text.quote) == said)
    again = next((each for each in same if worth(each) == value), None)
    if again is not None:
        left.take(again)
    return again is not None


def _successions(changed: Sequence[Figure], new: Sequence[str], left: _Left) -> Iterator[ChangedFigure]:
    """Yield figures, each with the one that has its place in the new text; none has the place of two."""
    for number, figure in enumerate(changed):
        near = _nearest(figure, new, left)[:_CROWD] if number < _FOLLOWED else []
        alike = [each for each in near if each.unit == figure.unit]
        same = [each for each in alike if each.metric is figure.metric]
        equal = [each for each in same if worth(each) == worth(figure)]
        after = next(iter(equal or same or alike), None)
        if after is not None:
            left.take(after)
        yield ChangedFigure(before=figure, after=after)


def _nearest(figure: Figure, new: Sequence[str], left: _Left) -> Sequence[Figure]:
    """Return figures of the same sentence, else of the most similar of the new ones."""
    from rapidfuzz import fuzz, process

    quote = _plain(figure.quote.quote)
    if there := left.of(quote):
        return there
    for sentence, *_ in process.extract(quote, new[:_MOST], scorer=fuzz.ratio, score_cutoff=_ALIKE, limit=_NEAREST):
        if there := left.of(sentence):
            return there
    return []
