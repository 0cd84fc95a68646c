"""What another version of a text changes: sentences that came and went, and figures that are other ones now."""

from collections.abc import Iterable, Iterator, Sequence

from index import sentences
from index.figures.kinds import Review
from index.model import Figure, Noun

_ALIKE = 60.0  # per cent, of the letters of two sentences that say the same otherwise
_MOST = 400  # new sentences that one that is gone is compared with
_NEAREST = 3  # of them that are looked at for its figure
_COUNTED = frozenset({Review.CURATED, Review.APPROVED})


class ChangedFigure(Noun):
    """A figure that counts, and how the other version says it; None where it does not any more.

    Where both are worth the same, their sentences are different ones.
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
    left = list(found)
    changed = [figure for figure in old if figure.review in _COUNTED and not _stands(figure, after, left)]
    plain = _plain(after)
    return Difference(
        gone=gone,
        new=new,
        figures=tuple(_successions(changed, new, left)),
        lost=tuple(dict.fromkeys(quote for quote in map(_plain, quoted) if quote not in plain)),
        kept=len(had) - len(gone),
    )


def _sentences(text: str) -> dict[str, None]:
    return dict.fromkeys(_plain(text[span.start : span.end]) for span in sentences.split(text))


def _plain(text: str) -> str:
    return " ".join(text.split())


def _stands(figure: Figure, after: str, left: list[Figure]) -> bool:
    """Tell whether a figure will count as before; the one that it is in the new text is taken from those ``left``.

    What was read by hand counts where its quote stands at its place; what was found by rule, where it was found again.
    """
    if figure.review is Review.CURATED:
        return after[figure.quote.start : figure.quote.end] == figure.quote.quote
    again = next((each for each in left if _said(each) == _said(figure) and worth(each) == worth(figure)), None)
    if again is not None:
        left.remove(again)
    return again is not None


def _said(figure: Figure) -> tuple[str, str]:
    """Return the words with which a figure is said."""
    return _plain(figure.quote.quote), _plain(figure.text.quote)


def worth(figure: Figure) -> tuple[object, ...]:
    """Return what a figure comes to: of what, how much, in which unit."""
    return (figure.metric, figure.value, figure.low, figure.high, figure.bound, figure.unit, figure.per)


def _successions(changed: Sequence[Figure], new: Sequence[str], left: list[Figure]) -> Iterator[ChangedFigure]:
    """Yield figures, each with the one that has its place in the new text; none has the place of two."""
    for figure in changed:
        near = _nearest(figure, new, left)
        alike = [each for each in near if each.unit == figure.unit]
        same = [each for each in alike if each.metric is figure.metric]
        equal = [each for each in same if worth(each) == worth(figure)]
        after = next(iter(equal or same or alike), None)
        if after is not None:
            left.remove(after)
        yield ChangedFigure(before=figure, after=after)


def _nearest(figure: Figure, new: Sequence[str], left: Sequence[Figure]) -> list[Figure]:
    """Return figures of the same sentence, else of the most similar of the new ones."""
    from rapidfuzz import fuzz, process

    quote = _plain(figure.quote.quote)
    if there := [each for each in left if _plain(each.quote.quote) == quote]:
        return there
    for sentence, *_ in process.extract(quote, new[:_MOST], scorer=fuzz.ratio, score_cutoff=_ALIKE, limit=_NEAREST):
        if there := [each for each in left if _plain(each.quote.quote) == sentence]:
            return there
    return []
