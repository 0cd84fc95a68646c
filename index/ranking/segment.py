"""Immutable pieces of an inverted index.

A segment holds the postings of at most 65,536 documents, so that a document's number inside it fits 16 bits and
the scores of a whole segment stay in the processor's cache.
"""

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

Keys = NDArray[np.uint64]

MOST_DOCUMENTS = 1 << 16
_NUMBER_BITS = np.uint64(16)
_NUMBER_MASK = np.uint64(MOST_DOCUMENTS - 1)
_MOST_FREQUENCY = np.iinfo(np.uint16).max


class Segment(NamedTuple):
    """Sorted term keys and, for each, the documents that hold it.

    ``terms``: uint64 (V,), ascending; ``starts``: int64 (V + 1,); the documents of term ``i`` are
    ``documents[starts[i]:starts[i + 1]]`` (uint16, ascending) with their ``frequencies`` (uint16);
    ``identities``: int64 (D,), the caller's name for each document; ``lengths``: int32 (D,), in terms.
    """

    terms: Keys
    starts: NDArray[np.int64]
    documents: NDArray[np.uint16]
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
    """A segment in the making, fed part by part so that a large one needs little memory besides its own."""

    def __init__(self) -> None:
        self._numbered: list[Keys] = []
        self._identities: list[NDArray[np.int64]] = []
        self._lengths: list[NDArray[np.int32]] = []
        self.documents = 0

    def add(self, identities: NDArray[np.int64], keys: Keys, lengths: NDArray[np.int32]) -> None:
        """Add documents: their term keys in one row, repeated as often as they occur, ``lengths`` telling them apart.

        The low 16 bits of a term key must be 0 (see ``terms.key``). Raises ``ValueError`` where the segment would
        hold more than 65,536 documents.
        """
        if (documents := self.documents + len(lengths)) > MOST_DOCUMENTS:
            raise ValueError(f"a segment holds at most {MOST_DOCUMENTS} documents, not {documents}")
        numbers = np.arange(self.documents, self.documents + len(lengths), dtype=np.uint64)
        numbered = np.repeat(numbers, lengths)
        numbered |= keys
        self._numbered.append(numbered)
        self._identities.append(identities)
        self._lengths.append(lengths)
        self.documents += len(lengths)

    def build(self) -> Segment:
        """Return the segment. The builder is empty afterwards."""
        numbered = _concatenated(self._numbered, np.uint64)
        identities = _concatenated(self._identities, np.int64)
        lengths = _concatenated(self._lengths, np.int32)
        self._numbered, self._identities, self._lengths, self.documents = [], [], [], 0
        numbered.sort()
        return _from_sorted(numbered, None, identities, lengths)


def build(identities: Sequence[int] | NDArray[np.int64], bags: Iterable[Keys]) -> Segment:
    """Build a segment from documents' term keys, one bag each. Raises as ``Builder.add`` does."""
    columns = list(bags)
    lengths = np.fromiter((len(column) for column in columns), dtype=np.int32, count=len(columns))
    return build_flat(np.asarray(identities, dtype=np.int64), _concatenated(columns, np.uint64), lengths)


def build_flat(identities: NDArray[np.int64], keys: Keys, lengths: NDArray[np.int32]) -> Segment:
    """Build a segment from all documents' term keys in one row. Raises as ``Builder.add`` does."""
    builder = Builder()
    builder.add(identities, keys, lengths)
    return builder.build()


def merge(segments: Sequence[Segment], alive: Sequence[NDArray[np.bool_] | None]) -> Segment:
    """Merge segments into one, leaving out the documents that are not ``alive`` (None: all are)."""
    runs, frequencies, identities, lengths = [], [], [], []
    base = 0
    for segment, living in zip(segments, alive, strict=True):
        keys = np.repeat(segment.terms, np.diff(segment.starts))
        numbers, counts = segment.documents, segment.frequencies
        if living is None:
            new_numbers = np.arange(len(segment.lengths), dtype=np.uint64)
            identities.append(segment.identities)
            lengths.append(segment.lengths)
        else:
            new_numbers = np.cumsum(living, dtype=np.uint64) - np.uint64(1)
            kept = living[numbers]
            keys, numbers, counts = keys[kept], numbers[kept], counts[kept]
            identities.append(segment.identities[living])
            lengths.append(segment.lengths[living])
        runs.append(keys | (new_numbers[numbers] + np.uint64(base)))
        frequencies.append(counts)
        base += len(lengths[-1])
    if base > MOST_DOCUMENTS:
        raise ValueError(f"a segment holds at most {MOST_DOCUMENTS} documents, not {base}")
    numbered = _concatenated(runs, np.uint64)
    order = np.argsort(numbered, kind="stable")  # timsort: the runs are sorted already
    return _from_sorted(
        numbered[order],
        _concatenated(frequencies, np.uint16)[order],
        _concatenated(identities, np.int64),
        _concatenated(lengths, np.int32),
    )


def _from_sorted(
    numbered: Keys,
    frequencies: NDArray[np.uint16] | None,
    identities: NDArray[np.int64],
    lengths: NDArray[np.int32],
) -> Segment:
    """Fold a sorted row of ``term | document number`` into postings; equal neighbours are one posting.

    ``frequencies`` counts each element of the row; None: once.
    """
    if len(numbered):
        first = np.flatnonzero(np.concatenate(([True], numbered[1:] != numbered[:-1])))
        if frequencies is None:
            totals = np.diff(first, append=len(numbered))
        else:
            totals = np.add.reduceat(frequencies, first, dtype=np.int64)
        counts = np.minimum(totals, _MOST_FREQUENCY).astype(np.uint16)
        numbered = numbered[first]
    else:
        counts = np.empty(0, dtype=np.uint16)
    documents = (numbered & _NUMBER_MASK).astype(np.uint16)
    numbered = numbered >> _NUMBER_BITS
    changes = np.flatnonzero(numbered[1:] != numbered[:-1]) + 1
    starts = np.concatenate(([0], changes, [len(numbered)])) if len(numbered) else np.zeros(1, dtype=np.int64)
    return Segment(
        terms=numbered[starts[:-1]] << _NUMBER_BITS,
        starts=starts.astype(np.int64),
        documents=documents,
        frequencies=counts,
        identities=identities,
        lengths=lengths,
    )


def _concatenated(parts: Sequence[NDArray[Any]], kind: type[np.generic]) -> NDArray[Any]:
    return np.concatenate(parts) if parts else np.empty(0, dtype=kind)
