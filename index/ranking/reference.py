"""The same ranking by the stock rank-bm25 package: slow, plain, and the measure of the live index.

``Postings`` approximates nothing, but it is code of our own; this is what it must agree with. Tests hold its
scores to these within 1e-9, and the benchmarks compare speed and quality with the same package. Nothing that
answers a question imports it.

rank-bm25 knows words only, no weights and no interchangeable words. So every query gets a stock ``BM25Plus``
with ``delta=0`` of its own, over documents in which each group of the query is one pseudo-term: held by the
documents that meet the group (so its idf is that of their union), as often as its alternatives pool to, in
documents of the true length. The arithmetic of idf and score is the package's.
"""

from collections import Counter
from collections.abc import Iterable, Sequence

import numpy as np
from rank_bm25 import BM25Plus

from index.ranking.bm25 import Parameters
from index.ranking.postings import Hit
from index.ranking.query import Group, Query
from index.ranking.segment import Keys


class Reference:
    """Documents by identity, ranked by rank-bm25; each query reads all of them."""

    def __init__(self, parameters: Parameters | None = None) -> None:
        self.parameters = parameters or Parameters()
        self._bags: dict[int, Counter[int]] = {}

    def __len__(self) -> int:
        return len(self._bags)

    def add(self, identities: Sequence[int], bags: Iterable[Keys]) -> None:
        """Add documents: an identity and a bag of term keys for each."""
        for identity, bag in zip(identities, bags, strict=True):
            self._bags[identity] = Counter(bag.tolist())

    def remove(self, identities: Iterable[int]) -> int:
        """Remove the documents with these identities; return how many there were."""
        return sum(self._bags.pop(identity, None) is not None for identity in set(identities))

    def search(self, query: Query, limit: int) -> list[Hit]:
        """Return the best ``limit`` documents, highest score first, equal scores in order of identity."""
        hits = sorted(self.scores(query).items(), key=lambda hit: (-hit[1], hit[0]))
        return [Hit(identity, score) for identity, score in hits[: max(limit, 0)]]

    def scores(self, query: Query) -> dict[int, float]:
        """Return the score of every document that meets at least one group of the query."""
        frequencies = [
            {i: count for i, group in enumerate(query) if (count := _frequency(group, bag))}
            for bag in self._bags.values()
        ]
        if not any(frequencies):
            return {}  # rank-bm25 divides by the number of documents and by their mean length
        k1, b = self.parameters
        stock = BM25Plus([list(counts) for counts in frequencies], k1=k1, b=b, delta=0)
        stock.doc_freqs = frequencies
        stock.doc_len = [bag.total() for bag in self._bags.values()]
        stock.avgdl = sum(stock.doc_len) / stock.corpus_size
        total = np.zeros(stock.corpus_size)
        with np.errstate(invalid="ignore"):  # with b = 1 it divides 0 by 0 for documents without a word
            for i, group in enumerate(query):
                total += group.weight * stock.get_scores([i])
        return {
            identity: score
            for identity, score, counts in zip(self._bags, total.tolist(), frequencies, strict=True)
            if counts
        }


def _frequency(group: Group, bag: Counter[int]) -> float:
    """Pool a group's frequency in one document: a conjunction counts as often as its rarest term."""
    return sum(factor * min(bag[term] for term in terms) for terms, factor, _ in group.alternatives)
