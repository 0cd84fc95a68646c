"""A segment holds exactly what its documents hold, and merging segments is building from their documents."""

from collections import Counter, defaultdict

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.ranking import segment as segments
from index.ranking.segment import MOST_DOCUMENTS, NUMBER_BITS, Keys, Segment, build, build_flat, merge

texts = st.lists(st.lists(st.integers(0, 20), max_size=10), max_size=20)


def bag(words: list[int]) -> Keys:
    return np.array(words, dtype=np.uint64) << np.uint64(NUMBER_BITS)


def content(segment: Segment) -> dict[int, list[tuple[int, int]]]:
    """Return, for each word, the (identity, frequency) pairs in the order of the segment."""
    starts, ends = segment.find(segment.terms)
    return {
        term >> NUMBER_BITS: list(
            zip(
                segment.identities[segment.documents[start:end]].tolist(),
                segment.frequencies[start:end].tolist(),
                strict=True,
            )
        )
        for term, start, end in zip(segment.terms.tolist(), starts.tolist(), ends.tolist(), strict=True)
    }


def assert_same(segment: Segment, other: Segment) -> None:
    for name, values in segment._asdict().items():
        assert values.dtype == getattr(other, name).dtype
        assert values.tolist() == getattr(other, name).tolist()


def expected(documents: dict[int, list[int]]) -> dict[int, list[tuple[int, int]]]:
    found = defaultdict(list)
    for identity, words in documents.items():
        for word, count in Counter(words).items():
            found[word].append((identity, count))
    return dict(found)


@given(texts)
@settings(deadline=None)
def test_a_segment_holds_what_its_documents_hold(found: list[list[int]]) -> None:
    documents = {1000 - place: words for place, words in enumerate(found)}
    segment = build(list(documents), map(bag, found))
    assert content(segment) == expected(documents)
    assert segment.terms.tolist() == sorted(segment.terms.tolist())
    assert segment.lengths.tolist() == list(map(len, found))


@given(texts)
@settings(deadline=None)
def test_one_row_of_keys_builds_the_same_segment(found: list[list[int]]) -> None:
    identities = np.arange(len(found), dtype=np.int64)
    row = bag([word for words in found for word in words])
    flat = build_flat(identities, row, np.array(list(map(len, found)), dtype=np.int32))
    assert_same(flat, build(identities, map(bag, found)))


@given(st.lists(texts, min_size=1, max_size=4), st.data())
@settings(deadline=None)
def test_merging_is_building_from_the_documents_that_are_left(
    groups: list[list[list[int]]], data: st.DataObject
) -> None:
    pieces: list[Segment] = []
    living: list[np.typing.NDArray[np.bool_] | None] = []
    left: dict[int, list[int]] = {}
    first = 0
    for found in groups:
        pieces.append(build(range(first, first + len(found)), map(bag, found)))
        kept = data.draw(st.none() | st.lists(st.booleans(), min_size=len(found), max_size=len(found)))
        living.append(None if kept is None else np.array(kept, dtype=np.bool_))
        left |= {first + i: words for i, words in enumerate(found) if kept is None or kept[i]}
        first += len(found)
    assert_same(merge(pieces, living), build(list(left), map(bag, left.values())))


def test_an_unknown_term_has_no_postings() -> None:
    segment = build([7], [bag([2, 4])])
    starts, ends = segment.find(bag([0, 3, 9]))
    assert (starts == ends).all()
    starts, ends = build([], []).find(bag([1]))
    assert starts.tolist() == ends.tolist() == [0]


def test_a_frequency_that_does_not_fit_stays_at_the_largest_that_does() -> None:
    first = build([1], [bag([5] * 70_000)])
    assert first.frequencies.tolist() == [65_535]
    assert merge([first, build([2], [bag([5])])], [None, None]).frequencies.tolist() == [65_535, 1]


@given(st.lists(texts, min_size=1, max_size=4))
@settings(deadline=None)
def test_a_large_segment_made_stretch_by_stretch_is_the_same(groups: list[list[list[int]]]) -> None:
    def make() -> tuple[Segment, Segment]:
        made = [build(range(1000 * i, 1000 * i + len(found)), map(bag, found)) for i, found in enumerate(groups)]
        return made[0], merge(made, [None] * len(made))

    whole = make()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(segments, "_AT_ONCE", 3)
        for piece, expected in zip(make(), whole, strict=True):
            assert_same(piece, expected)


def test_a_segment_takes_no_more_documents_than_its_numbers_can_tell_apart() -> None:
    full = build(range(MOST_DOCUMENTS), [bag([1])] * MOST_DOCUMENTS)
    assert full.documents[-1] == MOST_DOCUMENTS - 1
    with pytest.raises(ValueError, match="at most 1048576 documents, not 1048577"):
        build(range(MOST_DOCUMENTS + 1), [bag([1])] * (MOST_DOCUMENTS + 1))
    with pytest.raises(ValueError, match="at most 1048576 documents, not 1048577"):
        merge([full, build([0], [bag([1])])], [None, None])
