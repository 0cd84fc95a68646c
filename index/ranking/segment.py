"""Immutable pieces of an inverted index.

A segment holds the postings of at most 1,048,576 documents, so that a term and a document's number in the segment fit
64 bits together: postings are made by sorting such pairs.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

Keys = NDArray[np.uint64]

NUMBER_BITS = 20
MOST_DOCUMENTS = 1 << NUMBER_BITS
_NUMBER_MASK = np.uint64(MOST_DOCUMENTS - 1)
_MOST_FREQUENCY = np.iinfo(np.uint16).max
_AT_ONCE = 1 << 20  # pairs of term and document that are folded or merged at a time, to bound memory


class Segment(NamedTuple):
    """Sorted term keys and, for each, the documents that hold it.

    ``terms``: uint64 (V,), ascending; ``starts``: int64 (V + 1,); the documents of term ``i`` are
    ``documents[starts[i]:starts[i + 1]]`` (uint32, ascending) with their ``frequencies`` (uint16);
    ``identities``: int64 (D,), the caller's name for each document; ``lengths``: int32 (D,), in terms.
    """

    terms: Keys
    starts: NDArray[np.int64]
    documents: NDArray[np.uint32]
    frequencies: NDArray[np.uint16]
    identities: NDArray[np.int64]
    lengths: NDArray[np.int32]

    def find(self, terms: Keys) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return where the postings of each term start and end; an unknown term has an empty range."""
        if not self.terms.size:
            empty = np.zeros(terms.shape, dtype=np.int64)
            return empty, empty
        places = np.minimum(np.searchsorted(self.terms, terms), self.terms.size - 1)
        known = self.terms[places] == terms
        return np.where(known, self.starts[places], 0), np.where(known, self.starts[places + 1], 0)


class Builder:
    """A segment in the making, fed part by part; ``keys``: how many term keys are to come in all.

    Where that number is right, making a segment takes little memory besides the keys and the segment itself.
    """

    def __init__(self, keys: int = 0) -> None:
        self._numbered = np.empty(keys, dtype=np.uint64)
        self._filled = 0
        self._identities: list[NDArray[np.int64]] = []
        self._lengths: list[NDArray[np.int32]] = []
        self.documents = 0

    def add(self, identities: NDArray[np.int64], keys: Keys, lengths: NDArray[np.int32]) -> None:
        """Add documents: their term keys in one row, repeated as often as they occur, ``lengths`` telling them apart.

        The low 20 bits of a term key must be 0 (see ``terms.key``). Raises ``ValueError`` where the segment would
        hold more than 1,048,576 documents.
        """
        if (documents := self.documents + len(lengths)) > MOST_DOCUMENTS:
            raise ValueError(f"a segment holds at most {MOST_DOCUMENTS} documents, not {documents}")
        end = self._filled + len(keys)
        if end > len(self._numbered):
            self._numbered = np.concatenate((self._numbered[: self._filled], np.empty(len(keys), dtype=np.uint64)))
        numbers = np.arange(self.documents, documents, dtype=np.uint64)
        np.bitwise_or(keys, np.repeat(numbers, lengths), out=self._numbered[self._filled : end])
        self._filled = end
        self._identities.append(identities)
        self._lengths.append(lengths)
        self.documents = documents

    def build(self) -> Segment:
        """Return the segment. The builder is of no use afterwards."""
        numbered = self._numbered[: self._filled]
        numbered.sort()
        folds = [_fold(numbered[start:end], None) for start, end in _cut(numbered)]
        del numbered
        self._numbered = np.empty(0, dtype=np.uint64)  # the memory is wanted for joining the folds
        return _segment(folds, _concatenated(self._identities, np.int64), _concatenated(self._lengths, np.int32))


def build(identities: Sequence[int] | NDArray[np.int64], bags: Iterable[Keys]) -> Segment:
    """Build a segment from documents' term keys, one bag each. Raises as ``Builder.add`` does."""
    columns = list(bags)
    lengths = np.fromiter((len(column) for column in columns), dtype=np.int32, count=len(columns))
    return build_flat(np.asarray(identities, dtype=np.int64), _concatenated(columns, np.uint64), lengths)


def build_flat(identities: NDArray[np.int64], keys: Keys, lengths: NDArray[np.int32]) -> Segment:
    """Build a segment from all documents' term keys in one row. Raises as ``Builder.add`` does."""
    builder = Builder(len(keys))
    builder.add(identities, keys, lengths)
    return builder.build()


def merge(segments: Sequence[Segment], alive: Sequence[NDArray[np.bool_] | None]) -> Segment:
    """Merge segments into one, leaving out the documents that are not ``alive`` (None: all are)."""
    numbers, identities, lengths = [], [], []
    base = 0
    for segment, living in zip(segments, alive, strict=True):
        kept = np.ones(len(segment.lengths), dtype=np.bool_) if living is None else living
        numbers.append(np.cumsum(kept, dtype=np.uint64) + np.uint64(base) - np.uint64(1))
        identities.append(segment.identities[kept])
        lengths.append(segment.lengths[kept])
        base += len(lengths[-1])
    if base > MOST_DOCUMENTS:
        raise ValueError(f"a segment holds at most {MOST_DOCUMENTS} documents, not {base}")
    folds = (_merge_between(segments, alive, numbers, low, high) for low, high in _ranges(segments))
    return _segment(folds, _concatenated(identities, np.int64), _concatenated(lengths, np.int32))


class _Fold(NamedTuple):
    """Postings of some terms: the terms, how many postings each has, and the postings."""

    terms: Keys
    counts: NDArray[np.int64]
    documents: NDArray[np.uint32]
    frequencies: NDArray[np.uint16]


def _segment(folds: Iterable[_Fold], identities: NDArray[np.int64], lengths: NDArray[np.int32]) -> Segment:
    """Join folds, whose terms are in ascending order, into a segment."""
    terms, counts, documents, frequencies = [], [], [], []
    for fold in folds:
        terms.append(fold.terms)
        counts.append(fold.counts)
        documents.append(fold.documents)
        frequencies.append(fold.frequencies)
    starts = np.zeros(sum(map(len, counts)) + 1, dtype=np.int64)
    np.cumsum(_concatenated(counts, np.int64), out=starts[1:])
    return Segment(
        terms=_concatenated(terms, np.uint64),
        starts=starts,
        documents=_concatenated(documents, np.uint32),
        frequencies=_concatenated(frequencies, np.uint16),
        identities=identities,
        lengths=lengths,
    )


def _cut(numbered: Keys) -> Iterator[tuple[int, int]]:
    """Cut a sorted row of ``term | document number`` between terms, into stretches that are folded at once."""
    start = 0
    while start < len(numbered):
        end = min(start + _AT_ONCE, len(numbered))
        if end < len(numbered):
            last = numbered[end - 1] | _NUMBER_MASK
            end = int(np.searchsorted(numbered, last, side="right"))
        yield start, end
        start = end


def _fold(numbered: Keys, frequencies: NDArray[np.uint16] | None) -> _Fold:
    """Fold a sorted stretch into postings; equal neighbours are one posting.

    ``frequencies`` counts each element; None: once.
    """
    first = _beginnings(numbered)
    if not len(first):
        nothing = np.empty(0, dtype=np.int64)
        return _Fold(numbered, nothing, nothing.astype(np.uint32), nothing.astype(np.uint16))
    if frequencies is None:
        totals = np.diff(first, append=len(numbered))
    else:
        totals = np.add.reduceat(frequencies, first, dtype=np.int64)
    pairs = numbered[first]
    terms = pairs & ~_NUMBER_MASK
    starts = _beginnings(terms)
    return _Fold(
        terms=terms[starts],
        counts=np.diff(starts, append=len(terms)),
        documents=(pairs & _NUMBER_MASK).astype(np.uint32),
        frequencies=np.minimum(totals, _MOST_FREQUENCY).astype(np.uint16),
    )


def _beginnings(row: Keys) -> NDArray[np.int64]:
    """Return where each run of equal elements of a row begins."""
    changes = np.ones(len(row), dtype=np.bool_)
    np.not_equal(row[1:], row[:-1], out=changes[1:])
    return np.flatnonzero(changes)


def _ranges(segments: Sequence[Segment]) -> Iterator[tuple[int, int | None]]:
    """Yield ranges of terms (from, to before; None: to the end) that are merged at once."""
    largest = max(segments, key=lambda segment: len(segment.documents))
    places = np.searchsorted(largest.starts, np.arange(_AT_ONCE, len(largest.documents), _AT_ONCE))
    low = 0
    for high in np.unique(largest.terms[np.minimum(places, len(largest.terms) - 1)]).tolist():
        yield low, high
        low = high
    yield low, None


def _merge_between(
    segments: Sequence[Segment],
    alive: Sequence[NDArray[np.bool_] | None],
    numbers: Sequence[Keys],
    low: int,
    high: int | None,
) -> _Fold:
    """Merge the postings of the terms of one range; ``numbers`` are the documents' new ones in each segment."""
    runs, frequencies = [], []
    for segment, living, renumbered in zip(segments, alive, numbers, strict=True):
        start = int(np.searchsorted(segment.terms, np.uint64(low)))
        end = len(segment.terms) if high is None else int(np.searchsorted(segment.terms, np.uint64(high)))
        postings = slice(segment.starts[start], segment.starts[end])
        documents = segment.documents[postings]
        pairs = np.repeat(segment.terms[start:end], np.diff(segment.starts[start : end + 1]))
        pairs |= renumbered[documents]
        counts = segment.frequencies[postings]
        if living is not None:
            kept = living[documents]
            pairs, counts = pairs[kept], counts[kept]
        runs.append(pairs)
        frequencies.append(counts)
    numbered = np.concatenate(runs)
    order = np.argsort(numbered, kind="stable")  # timsort: the runs are sorted already
    return _fold(numbered[order], np.concatenate(frequencies)[order])


def _concatenated(parts: Sequence[NDArray[Any]], kind: type[np.generic]) -> NDArray[Any]:
    return np.concatenate(parts) if parts else np.empty(0, dtype=kind)
