"""The live BM25 index: documents come and go, and every search sees a whole state.

Postings are kept in immutable segments, small ones merged as they pile up (the logarithmic method of Bentley and
Saxe, 1980), removed documents as holes until the next merge. Statistics (number of documents, mean length,
document frequencies) are exact at every moment. A search works on one snapshot, so it may run in another thread
while a document is added; adding and removing must come from one thread at a time.
"""

from collections.abc import Iterable, Sequence
from functools import partial
from itertools import islice
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from index.ranking import segment as segments
from index.ranking.bm25 import Floats, Parameters, idf, norms, saturation
from index.ranking.pruning import Pruner
from index.ranking.query import Query
from index.ranking.segment import Keys, Segment

_AT_ONCE = 100_000  # postings; merging that many takes a few milliseconds, more are left to ``tidy``
_RATIO = 4  # a segment is merged with the one before it unless that is so many times larger


class Hit(NamedTuple):
    """A document's identity and its score (above 0)."""

    identity: int
    score: float


class Part(NamedTuple):
    """A segment with what has changed around it: which documents live (None: all) and their length norms."""

    segment: Segment
    alive: NDArray[np.bool_] | None
    norms: Floats


class Snapshot(NamedTuple):
    """The index at one moment: its parts, how many documents live and their mean length; and what prunes queries."""

    parts: tuple[Part, ...]
    documents: int
    average: float
    pruner: Pruner


class Match(NamedTuple):
    """The postings of one group in one part: documents (ascending) and pooled frequencies."""

    documents: NDArray[np.uint32]
    frequencies: NDArray[Any]


class Postings:
    """A BM25 index with exact statistics under adds and removes."""

    def __init__(self, parameters: Parameters | None = None) -> None:
        self.parameters = parameters or Parameters()
        self._snapshot = Snapshot((), 0, 0.0, Pruner(partial(_held, ())))

    def __len__(self) -> int:
        return self._snapshot.documents

    @property
    def size(self) -> int:
        """Bytes held by the postings."""
        return sum(
            array.nbytes
            for part in self._snapshot.parts
            for array in (*part.segment, part.norms, part.alive)
            if array is not None
        )

    def copy(self) -> "Postings":
        """Return an index that holds the same now; what changes in one later does not change the other.

        The segments, which never change, are held by both.
        """
        twin = Postings(self.parameters)
        twin._snapshot = self._snapshot
        return twin

    def add(self, identities: Sequence[int], bags: Iterable[Keys]) -> None:
        """Add documents: an identity and a bag of term keys for each. Searchable when this returns."""
        columns = list(bags)
        if len(columns) != len(identities):
            raise ValueError(f"{len(identities)} identities for {len(columns)} documents")
        for start in range(0, len(columns), segments.MOST_DOCUMENTS):
            stop = start + segments.MOST_DOCUMENTS
            self.add_segment(segments.build(identities[start:stop], columns[start:stop]))

    def add_segment(self, segment: Segment) -> None:
        """Add a segment that is already built."""
        if not len(segment.lengths):
            return
        self._publish([*((part.segment, part.alive) for part in self._snapshot.parts), (segment, None)])
        self._tidy(_AT_ONCE)

    def tidy(self) -> None:
        """Merge what has piled up and drop what was removed, so that searching stays quick and memory small.

        Takes up to some hundred milliseconds, so call it in a thread; searches go on meanwhile. Like adding and
        removing, it must not run beside another change.
        """
        self._tidy(None)

    def remove(self, identities: Iterable[int]) -> int:
        """Remove the documents with these identities; return how many there were."""
        gone = np.fromiter(identities, dtype=np.int64)
        left, removed = [], 0
        for part in self._snapshot.parts:
            hit = np.isin(part.segment.identities, gone)
            if part.alive is not None:
                hit &= part.alive
            count = int(np.count_nonzero(hit))
            if not count:
                left.append((part.segment, part.alive))
                continue
            removed += count
            alive = ~hit if part.alive is None else part.alive & ~hit
            if alive.any():
                left.append((part.segment, alive))
        if removed:
            self._publish(left)
        return removed

    def search(self, query: Query, limit: int) -> list[Hit]:
        """Return the best ``limit`` documents, highest score first, equal scores in order of identity."""
        return self.search_weighed(query, limit)[0]

    def search_weighed(self, query: Query, limit: int) -> tuple[list[Hit], list[float]]:
        """Return the best documents as ``search`` does, and what each group of the query is worth here.

        The worth of a group is its weight times its idf; a group that no document holds is worth 0.
        """
        snapshot = self._snapshot
        keys = _keys(query)
        found = [_matches(part, query, keys) for part in snapshot.parts]
        weights = _weights(query, found, snapshot)
        best = _Best(limit)
        for part, matches in zip(snapshot.parts, found, strict=True) if limit > 0 else ():
            _score(part, matches, weights, self.parameters, best)
        return best.hits(), weights

    def held(self, query: Query, besides: frozenset[int] = frozenset()) -> Query:
        """Return a query without the alternatives of which no document has a term, nor is it among some others.

        Each group stays, if with nothing to meet it. Most of what a lexicon knows stands in no source of a shelf.
        """
        return self._snapshot.pruner.pruned(query, besides)

    def frequencies(self, terms: Sequence[int]) -> list[int]:
        """Return in how many documents each term is; those removed since the last merge may be counted still."""
        keys = np.array(terms, dtype=np.uint64)
        found = np.zeros(len(keys), dtype=np.int64)
        for part in self._snapshot.parts:
            starts, ends = part.segment.find(keys)
            found += np.asarray(ends, dtype=np.int64) - np.asarray(starts, dtype=np.int64)
        return [int(count) for count in found]

    def __contains__(self, identity: int) -> bool:
        """Tell whether the index holds a document."""
        for part in self._snapshot.parts:
            places = np.flatnonzero(part.segment.identities == identity)
            if places.size and (part.alive is None or part.alive[places[0]]):
                return True
        return False

    def explain(self, query: Query, identity: int) -> list[float]:
        """Return what each group of the query gives to one document's score; they add up to it.

        Raises ``KeyError`` where the index holds no such document.
        """
        snapshot = self._snapshot
        keys = _keys(query)
        found = [_matches(part, query, keys) for part in snapshot.parts]
        weights = _weights(query, found, snapshot)
        for part, matches in zip(snapshot.parts, found, strict=True):
            places = np.flatnonzero(part.segment.identities == identity)
            if not places.size or (part.alive is not None and not part.alive[places[0]]):
                continue
            norm = part.norms[places]
            shares = []
            for match, weight in zip(matches, weights, strict=True):
                frequency = match.frequencies[match.documents == places[0]]
                share = saturation(frequency, norm, self.parameters) if frequency.size else np.zeros(1)
                shares.append(weight * float(share[0]))
            return shares
        raise KeyError(identity)

    def _publish(self, parts: Sequence[tuple[Segment, NDArray[np.bool_] | None]]) -> None:
        """Make these segments the state that the next search sees."""
        documents = total = 0
        for segment, alive in parts:
            lengths = segment.lengths if alive is None else segment.lengths[alive]
            documents += len(lengths)
            total += int(lengths.sum(dtype=np.int64))
        average = total / documents if documents else 0.0
        found = tuple(Part(s, alive, norms(s.lengths, average, self.parameters)) for s, alive in parts)
        self._snapshot = Snapshot(found, documents, average, Pruner(partial(_held, found)))

    def _tidy(self, most: int | None) -> None:
        """Merge segments of together at most ``most`` postings (None: any number), the newest first."""
        kept = [(part.segment, part.alive) for part in self._snapshot.parts]
        before = len(kept)
        changed = False
        if most is None:
            for place, (segment, alive) in enumerate(kept):
                if alive is not None and 2 * np.count_nonzero(alive) < len(alive):
                    kept[place] = segments.merge([segment], [alive]), None
                    changed = True
        place = before - 1
        while place > 0:
            pair = kept[place - 1 : place + 1]
            if _worth_merging(pair, most):
                kept[place - 1 : place + 1] = [(segments.merge(*zip(*pair, strict=True)), None)]
                place = min(place, len(kept) - 1)
            elif most is not None:
                break
            else:
                place -= 1
        if changed or len(kept) < before:
            self._publish(kept)


def _worth_merging(pair: Sequence[tuple[Segment, NDArray[np.bool_] | None]], most: int | None) -> bool:
    """Tell whether two neighbouring segments fit into one and are not of too different sizes."""
    (older, _), (newer, _) = pair
    postings = len(older.documents) + len(newer.documents)
    living = sum(len(segment.lengths) if alive is None else int(np.count_nonzero(alive)) for segment, alive in pair)
    return (
        living <= segments.MOST_DOCUMENTS
        and (most is None or postings <= most)
        and len(older.documents) <= _RATIO * len(newer.documents)
    )


def _held(parts: Sequence[Part], query: Query) -> set[int]:
    """Return those of a query's terms that a document of some parts has."""
    keys = _keys(query)
    found = np.zeros(len(keys), bool)
    for part in parts:
        starts, ends = part.segment.find(keys)
        found |= starts < ends
    return set(keys[found].tolist())


def _keys(query: Query) -> Keys:
    return np.array(
        [term for group in query for terms, _, _ in group.alternatives for term in terms],
        dtype=np.uint64,
    )


def _matches(part: Part, query: Query, keys: Keys) -> list[Match]:
    """Return each group's postings in one part, dead documents included."""
    starts, ends = (ranges.tolist() for ranges in part.segment.find(keys))
    segment, documents = part.segment, len(part.segment.lengths)
    matches = []
    place = 0
    for group in query:
        found: list[Match] = []
        for terms, factor, _ in group.alternatives:
            first, place = place, place + len(terms)
            if len(terms) == 1:
                if starts[first] == ends[first]:
                    continue
                match = _postings(segment, starts[first], ends[first])
            elif any(starts[each] == ends[each] for each in range(first, place)):
                continue
            else:
                match = _intersect([_postings(segment, starts[each], ends[each]) for each in range(first, place)])
                if not len(match.documents):
                    continue
            found.append(match if factor == 1 else _scaled(match, factor))
        matches.append(_pool(found, documents))
    return matches


def _postings(segment: Segment, start: int, end: int) -> Match:
    return Match(segment.documents[start:end], segment.frequencies[start:end])


def _scaled(match: Match, factor: float) -> Match:
    return Match(match.documents, match.frequencies * factor)


def _intersect(lists: list[Match]) -> Match:
    """Keep the documents that are in every list, each with its smallest frequency."""
    lists.sort(key=lambda match: len(match.documents))
    documents, frequencies = lists[0]
    for other in lists[1:]:
        if not len(documents) or not len(other.documents):
            return Match(documents[:0], frequencies[:0])
        places = np.minimum(np.searchsorted(other.documents, documents), len(other.documents) - 1)
        both = other.documents[places] == documents
        documents = documents[both]
        frequencies = np.minimum(frequencies[both], other.frequencies[places[both]])
    return Match(documents, frequencies)


def _pool(matches: list[Match], documents: int) -> Match:
    """Add up the frequencies of a group's alternatives, document by document."""
    if len(matches) == 1:
        return matches[0]
    if not matches:
        return _NOTHING
    numbers = np.concatenate([match.documents for match in matches])
    frequencies = np.concatenate([match.frequencies for match in matches])
    if len(numbers) * 8 > documents:
        pooled = np.bincount(numbers, weights=frequencies)
        union = np.flatnonzero(pooled)
        return Match(union.astype(np.uint32), pooled[union])
    found, places = np.unique(numbers, return_inverse=True)
    return Match(found, np.bincount(places, weights=frequencies))


_NOTHING = Match(np.empty(0, dtype=np.uint32), np.empty(0, dtype=np.uint16))


def _weights(query: Query, found: list[list[Match]], snapshot: Snapshot) -> list[float]:
    """Return weight times idf for each group; 0 where no living document holds it."""
    weights = []
    for i, group in enumerate(query):
        frequency = 0
        for part, matches in zip(snapshot.parts, found, strict=True):
            documents = matches[i].documents
            frequency += len(documents) if part.alive is None else int(np.count_nonzero(part.alive[documents]))
        weights.append(group.weight * idf(snapshot.documents, frequency) if frequency else 0.0)
    return weights


class _Best:
    """The best documents so far: a document may stand in it several times, always with the same score."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self.floor = 0.0  # a score that at least ``limit`` documents reach
        self._repeats = 1
        self._identities: list[NDArray[np.int64]] = []
        self._scores: list[Floats] = []

    def add(self, part: Part, documents: NDArray[np.intp], scores: Floats, repeats: int) -> None:
        """Take in documents of a part, each at most ``repeats`` times, with their scores."""
        place = self.limit * repeats
        if len(scores) > place:
            self.floor = max(self.floor, float(np.partition(scores, len(scores) - place)[len(scores) - place]))
        chosen = scores >= self.floor
        self._repeats = max(self._repeats, repeats)
        self._identities.append(part.segment.identities.take(documents[chosen]))
        self._scores.append(scores[chosen])

    def hits(self) -> list[Hit]:
        """Return the best, highest score first, equal scores in order of identity."""
        if not self._scores:
            return []
        scores = np.concatenate(self._scores)
        identities = np.concatenate(self._identities)
        order = np.lexsort((identities, -scores))[: self.limit * self._repeats]
        found = dict(zip(identities[order].tolist(), scores[order].tolist(), strict=True))
        return list(islice(map(Hit, found.keys(), found.values()), self.limit))


def _score(part: Part, matches: list[Match], weights: list[float], parameters: Parameters, best: _Best) -> None:
    """Score the documents of one part that match at all."""
    used = [(match, weight) for match, weight in zip(matches, weights, strict=True) if weight and len(match.documents)]
    if not used:
        return
    documents = np.concatenate([match.documents for match, _ in used]).astype(np.intp)
    frequencies = np.concatenate([match.frequencies for match, _ in used], dtype=np.float64)
    gains = saturation(frequencies, part.norms.take(documents), parameters)
    place = 0
    for match, weight in used:
        gains[place : place + len(match.documents)] *= weight
        place += len(match.documents)
    scores: Floats = np.bincount(documents, weights=gains).astype(np.float64, copy=False)
    if part.alive is not None:
        documents = documents[part.alive.take(documents)]
    best.add(part, documents, scores.take(documents), len(used))
