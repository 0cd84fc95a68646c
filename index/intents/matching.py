"""How well a sentence suits a question, by what both are likely about."""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from index.answering.kinds import Kind
from index.intents.counting import KINDS, Counted, Evidence, Floats

_FLAT = 4.0
"""What logarithms are divided by before they are taken for likelihoods: words are not independent of one another."""
_LEAST = 0.1
"""Of chance, what a sentence suits at least."""
_MOST = 2.0
"""What suiting counts at most, as a logarithm: of many intents, one that is told surely is far from chance."""
_COMMON = 1 / 8
"""The share of all intents from which on a term's weights are kept for all of them."""


class Intents:
    """Intents, counted, to be held against questions and sentences."""

    def __init__(self, counted: Counted) -> None:
        self._number = counted.kinds.shape[1]
        self._kinds = counted.kinds
        self._asked = _Weigher(counted.asked, self._number)
        self._said = _Weigher(counted.said, self._number)

    def asked(self, terms: AbstractSet[int], kind: Kind) -> Floats:
        """Return how likely a question with these terms asks for each intent; they add up to 1."""
        found: Floats = _likely(self._asked.weigh([terms]) + self._kinds[KINDS.index(kind)])[0]
        return found

    def said(self, texts: Sequence[AbstractSet[int]]) -> Floats:
        """Return how likely each of some texts, by its terms, says each intent: (texts, intents); rows add up to 1."""
        return _likely(self._said.weigh(texts))

    def suits(self, asked: Floats, said: Floats) -> NDArray[np.float64]:
        """Return how much likelier than by chance each text says what is asked for, as logarithms up to 2."""
        found: NDArray[np.float64] = np.log((said @ asked).astype(float) * self._number + _LEAST)
        return np.minimum(found, _MOST)


def _likely(weights: Floats) -> Floats:
    shares = np.exp((weights - weights.max(axis=1, keepdims=True)) / _FLAT)
    found: Floats = shares / shares.sum(axis=1, keepdims=True)
    return found


class _Weigher:
    """Adds up what terms say for each intent: those of most intents whole rows at a time, the others one by one."""

    def __init__(self, evidence: Evidence, intents: int) -> None:
        self._intents = intents
        starts = evidence.starts
        sizes = np.diff(starts)
        common = sizes > intents * _COMMON
        self._rows = np.zeros((int(common.sum()), intents), np.float32)
        owners = np.repeat(np.cumsum(common) - 1, sizes)
        of_common = np.repeat(common, sizes)
        self._rows[owners[of_common], evidence.intents[of_common]] = evidence.weights[of_common]
        terms = evidence.terms.tolist()
        self._common = {term: row for row, term in enumerate(np.array(terms)[common].tolist())}
        spans = pairwise(starts.tolist())
        self._spans = {term: span for term, span, whole in zip(terms, spans, common.tolist(), strict=True) if not whole}
        self._places, self._weights = evidence.intents, evidence.weights

    def weigh(self, texts: Sequence[AbstractSet[int]]) -> Floats:
        """Return the sums for each text, (texts, intents)."""
        common, spans = self._common, self._spans
        found = [[spans[term] for term in terms & spans.keys()] for terms in texts]
        sizes = [len(each) for each in found]
        starts, ends = np.array([span for each in found for span in each], np.int64).reshape(-1, 2).T
        lengths = ends - starts
        places = np.arange(lengths.sum()) + np.repeat(starts - np.cumsum(lengths) + lengths, lengths)
        rows = np.repeat(np.repeat(np.arange(len(texts)), sizes), lengths)
        cells = rows * self._intents + self._places[places]
        summed = np.bincount(cells, self._weights[places], minlength=len(texts) * self._intents)
        sums = summed.reshape(len(texts), self._intents).astype(np.float32)
        for row, terms in enumerate(texts):
            if own := [common[term] for term in terms & common.keys()]:
                sums[row] += self._rows[own].sum(axis=0)
        return sums
