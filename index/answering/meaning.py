"""How well sentences suit a question by what both are likely about, though they share no word."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from index.answering.kinds import Kind
from index.answering.remembered import forgotten
from index.answering.traits import traits_of
from index.intents.counting import function_words, terms
from index.intents.shipped import intents
from index.language.colloquial import without_asides
from index.model import Language

_REMEMBERED = 1 << 12
"""Sentences of which it is kept what they are likely about, a kilobyte or two each."""


class Told(NamedTuple):
    """A sentence: its text, its language, and the terms by which it is found."""

    text: str
    language: Language
    terms: frozenset[int]


class Meant:
    """What a question is likely to ask for, of all that people commonly ask of articles."""

    def __init__(self, question: str, language: Language, kind: Kind) -> None:
        self._asked = intents().asked(terms(without_asides(question, language), language), kind)

    def suits(self, told: Sequence[Told]) -> NDArray[np.float64]:
        """Return how much likelier than by chance each sentence says what is asked for, as logarithms."""
        if not told:
            return np.zeros(0)
        return intents().suits(self._asked, np.array(about(told), np.float32))


_known: dict[tuple[str, Language], NDArray[np.float16]] = {}
forgotten(_known.clear)


def about(told: Sequence[Told]) -> list[NDArray[np.float16]]:
    """Return how likely each sentence says each of all that people commonly ask; what was read is kept for a while."""
    found = [_known.get((each.text, each.language)) for each in told]
    unread = [each for each, row in zip(told, found, strict=True) if row is None]
    if not unread:
        return [row for row in found if row is not None]
    words = [function_words(traits_of(each.text).words, each.language) for each in unread]
    read = intents().said([each.terms.union(own) for each, own in zip(unread, words, strict=True)])
    new = {(each.text, each.language): row for each, row in zip(unread, read.astype(np.float16), strict=True)}
    if len(_known) + len(new) > _REMEMBERED:
        _known.clear()
    _known.update(new)
    return [new[each.text, each.language] if row is None else row for each, row in zip(told, found, strict=True)]
