"""The BM25 formula, in one place.

It is ``BM25Plus`` of the rank-bm25 package with ``delta=0``: Lv and Zhai's delta adds a constant to every
document and never changes a ranking, and the idf stays positive for terms that most documents hold, which
matters in small collections.

    score(d, q) = sum over terms t of q:  idf(t) * tf * (k1 + 1) / (tf + k1 * (1 - b + b * |d| / avgdl))
    idf(t)      = ln((N + 1) / df(t))

Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond", 2009; Lv and Zhai,
"Lower-bounding term frequency normalization", CIKM 2011.
"""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


class Parameters(NamedTuple):
    """``k1``: how fast repeated words saturate (>= 0); ``b``: how much length counts (0 to 1)."""

    k1: float = 0.6
    b: float = 0.75


def idf(documents: int, frequency: int) -> float:
    """Inverse document frequency in nats, of a term in ``frequency`` of ``documents`` documents (> 0)."""
    return float(np.log((documents + 1) / frequency))


def norms(lengths: NDArray[np.integer], average: float, parameters: Parameters) -> Floats:
    """Return the length part of the denominator for each document; ``average`` is the mean length in tokens."""
    k1, b = parameters
    if not average:
        return np.full(lengths.shape, k1, dtype=np.float64)
    result: Floats = k1 * (1 - b + b * lengths.astype(np.float64) / average)
    return result


def saturation(frequencies: NDArray[Any], norm: Floats, parameters: Parameters) -> Floats:
    """Return what term frequencies are worth before idf: 0 to ``k1 + 1``, element by element."""
    norm = norm + frequencies
    gains: Floats = np.multiply(frequencies, parameters.k1 + 1, dtype=np.float64)
    gains /= norm
    return gains
