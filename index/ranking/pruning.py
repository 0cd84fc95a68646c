"""Queries without what no document has."""

from collections.abc import Callable

from index.ranking.query import Group, Plain, Query

_MOST = 1 << 13  # groups

_Alternatives = tuple[Plain, ...]


class Pruner:
    """Takes out of queries what no document of one state of an index has.

    The words of questions come again and again, each with the same tuple of alternatives: what is left of one is kept.
    ``held``: returns those of a query's terms that a document has.
    """

    def __init__(self, held: Callable[[Query], set[int]]) -> None:
        self._held = held
        self._left: dict[tuple[int, frozenset[int]], tuple[_Alternatives, _Alternatives]] = {}  # by identity

    def pruned(self, query: Query, besides: frozenset[int]) -> Query:
        """Return a query without the alternatives of which no document has a term, nor is it among some others."""
        if len(self._left) > _MOST:
            self._left = {}
        left = self._left  # a search in another thread may begin another one
        if new := tuple([group for group in query if (id(group.alternatives), besides) not in left]):
            known = self._held(new) | besides
            for whole, *_ in new:
                there = tuple([each for each in whole if known.issuperset(each[0])])
                left[id(whole), besides] = whole, there  # both, so that the identity stays theirs
        return tuple([Group(left[id(whole), besides][1], weight, *told) for whole, weight, *told in query])
