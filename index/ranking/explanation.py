"""Why a passage has its score: which words of the question gave how much, in which form, from which translation."""

from collections.abc import Set as AbstractSet
from typing import NamedTuple

from index.ranking.postings import Postings
from index.ranking.query import Query


class Share(NamedTuple):
    """What one word of a question, sought in one space, gave to a score.

    ``found``: the forms in which the passage has it; another form than the word's own is a translation, a synonym or
    a relation of it.
    """

    word: str
    space: str
    found: tuple[str, ...]
    gain: float


def explain(query: Query, ranker: Postings, identity: int, terms: AbstractSet[int]) -> list[Share]:
    """Return the shares of a passage's score, the largest first; they add up to the score.

    ``terms``: the passage's term keys. Raises ``KeyError`` where the ranker does not hold the passage.
    """
    shares = [
        Share(
            group.word,
            group.space,
            tuple(form for needed, _, form in group.alternatives if terms >= set(needed)),
            gain,
        )
        for group, gain in zip(query, ranker.explain(query, identity), strict=True)
        if gain
    ]
    return sorted(shares, key=lambda share: -share.gain)
