"""The live BM25 index agrees with stock rank-bm25, whatever is added and removed; searches see whole states.

Scores are held to the reference within 1e-9, in absolute terms: the two add up the same numbers, in another
order.
"""

import sys
import threading
from collections.abc import Iterable, Iterator, Sequence
from random import Random
from typing import Literal, NamedTuple

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rank_bm25 import BM25Plus

from index.ranking import segment as segments
from index.ranking.bm25 import Parameters
from index.ranking.postings import Hit, Postings
from index.ranking.query import Alternative, Group, Query
from index.ranking.reference import Reference
from index.ranking.segment import NUMBER_BITS, Keys
from index.ranking.terms import key

TOLERANCE = 1e-9
WORDS = 14

Words = list[int]


class Step(NamedTuple):
    """One change of an index: ``texts`` to add, or ``places``: which of the documents known so far."""

    verb: Literal["add", "remove", "add again", "remove everything"]
    texts: list[Words]
    places: list[int]


def bag(words: Iterable[int]) -> Keys:
    return np.fromiter((word << NUMBER_BITS for word in words), dtype=np.uint64)


def term(word: int, weight: float = 1.0) -> Group:
    return Group((Alternative((word << NUMBER_BITS,)),), weight)


# Small numbers are common words, so that documents share some and are alone with others.
words = st.integers(0, 3) | st.integers(0, WORDS - 1)
documents = st.lists(words, max_size=12)
alternatives = st.builds(
    lambda terms, factor: Alternative(tuple(word << NUMBER_BITS for word in terms), factor),
    st.lists(st.integers(0, WORDS), min_size=1, max_size=3),
    st.sampled_from([1.0, 1.0, 0.6, 0.25]),
)
groups = st.builds(
    lambda found, weight: Group(tuple(found), weight),
    st.lists(alternatives, min_size=1, max_size=4),
    st.sampled_from([1.0, 0.6, 0.3, 2.5]),
)
queries = st.lists(groups, min_size=1, max_size=5).map(tuple)
parameters = st.builds(Parameters, st.floats(0.1, 3), st.floats(0, 1))

nothing: st.SearchStrategy[list[int]] = st.just([])
places = st.lists(st.integers(0, 60), min_size=1, max_size=12)
steps = st.one_of(
    st.builds(Step, st.just("add"), st.lists(documents, min_size=1, max_size=1), nothing),
    st.builds(Step, st.just("add"), st.lists(documents, min_size=2, max_size=25), nothing),
    st.builds(Step, st.just("remove"), nothing, places),
    st.builds(Step, st.just("add again"), nothing, places),
    st.builds(Step, st.just("remove everything"), nothing, nothing),
)
histories = st.lists(steps, min_size=1, max_size=12)


class Both:
    """The live index and the reference, led through the same history."""

    def __init__(self, parameters: Parameters | None = None) -> None:
        self.live = Postings(parameters)
        self.reference = Reference(parameters)
        self._known: dict[int, Words] = {}
        self._here: set[int] = set()

    def add(self, identities: Sequence[int], bags: Sequence[Words]) -> None:
        self._known.update(zip(identities, bags, strict=True))
        self._here.update(identities)
        for ranker in (self.live, self.reference):
            ranker.add(identities, [bag(words) for words in bags])

    def remove(self, identities: Iterable[int]) -> None:
        gone = list(identities)
        expected = len(self._here.intersection(gone))
        self._here.difference_update(gone)
        assert self.live.remove(gone) == self.reference.remove(gone) == expected

    def take(self, step: Step) -> None:
        known = list(self._known)
        match step.verb:
            case "add":
                # Identities do not grow: a newer document may well have a smaller one.
                first = len(known)
                self.add([(n * 37) % 1009 for n in range(first, first + len(step.texts))], step.texts)
            case "remove":
                self.remove({known[place] for place in step.places if place < len(known)})
            case "add again":
                gone = [identity for identity in known if identity not in self._here]
                back = list(dict.fromkeys(gone[place % len(gone)] for place in step.places)) if gone else []
                self.add(back, [self._known[identity] for identity in back])
            case "remove everything":
                self.remove(list(self._here))

    def assert_agree(self, query: Query, limit: int) -> None:
        assert len(self.live) == len(self.reference) == len(self._here)
        agree(self.live.search(query, limit), self.reference.scores(query), limit)


def agree(hits: list[Hit], expected: dict[int, float], limit: int) -> None:
    """Fail unless the hits are the best of what is expected, in order."""
    best = sorted(expected.values(), reverse=True)[:limit]
    assert [hit.score for hit in hits] == pytest.approx(best, abs=TOLERANCE, rel=0)
    assert [hit.score for hit in hits] == pytest.approx([expected[hit.identity] for hit in hits], abs=TOLERANCE, rel=0)
    assert len({hit.identity for hit in hits}) == len(hits)
    assert hits == sorted(hits, key=lambda hit: (-hit.score, hit.identity))


@given(histories, queries, st.integers(1, 12), parameters)
@settings(max_examples=150, deadline=None)
def test_scores_and_order_are_those_of_rank_bm25_after_every_add_and_remove(
    history: list[Step], query: Query, limit: int, parameters: Parameters
) -> None:
    both = Both(parameters)
    for step in history:
        both.take(step)
        both.assert_agree(query, limit)
        both.assert_agree(query, 10_000)


@given(
    st.lists(st.lists(st.sampled_from("abcdefgh"), max_size=9), min_size=1, max_size=30),
    st.lists(st.sampled_from("abcdefghz"), min_size=1, max_size=5),
    parameters,
)
@settings(max_examples=150, deadline=None)
def test_plain_words_score_as_in_rank_bm25_fed_with_the_same_words(
    texts: list[list[str]], question: list[str], parameters: Parameters
) -> None:
    live = Postings(parameters)
    live.add(range(len(texts)), [np.array([key(word) for word in text], dtype=np.uint64) for text in texts])
    hits = live.search(tuple(Group((Alternative((key(word),)),)) for word in question), 1000)
    if not any(texts):
        assert hits == []  # rank-bm25 would divide by a mean length of 0
        return
    stock = BM25Plus(texts, k1=parameters.k1, b=parameters.b, delta=0)
    with np.errstate(invalid="ignore"):  # with b = 1 it divides 0 by 0 for a text without a word
        expected = {place: score for place, score in enumerate(stock.get_scores(question)) if score > 0}
    agree(hits, expected, 1000)


@given(histories, queries)
@settings(max_examples=100, deadline=None)
def test_an_explanation_adds_up_to_the_score(history: list[Step], query: Query) -> None:
    both = Both()
    for step in history:
        both.take(step)
    scores = both.reference.scores(query)
    for hit in both.live.search(query, 1000):
        shares = both.live.explain(query, hit.identity)
        assert len(shares) == len(query)
        assert sum(shares) == pytest.approx(hit.score, abs=TOLERANCE, rel=0)
        for group, share in zip(query, shares, strict=True):
            alone = both.reference.scores((group,)).get(hit.identity, 0.0)
            assert share == pytest.approx(alone, abs=TOLERANCE, rel=0)
        assert hit.identity in scores


def test_a_search_tells_what_each_group_is_worth_here() -> None:
    live = Postings()
    live.add([1, 2, 3, 4], [bag([1, 2]), bag([1]), bag([3]), bag([1, 2, 3])])
    live.remove([4])
    either = Group((Alternative((2 << NUMBER_BITS,)), Alternative((3 << NUMBER_BITS,), 0.5)), 0.6)
    query = (term(1), either, term(9))
    hits, worth = live.search_weighed(query, 2)
    assert hits == live.search(query, 2)
    assert worth == pytest.approx([np.log(4 / 2), 0.6 * np.log(4 / 2), 0.0])


@given(histories, queries)
@settings(max_examples=100, deadline=None)
def test_a_query_without_what_no_document_has_finds_the_same(history: list[Step], query: Query) -> None:
    both = Both()
    for step in history:
        both.take(step)
    held = both.live.held(query)
    assert both.live.search_weighed(held, 1000) == both.live.search_weighed(query, 1000)
    assert [group[1:] for group in held] == [group[1:] for group in query]


def test_of_a_query_stays_what_a_document_has_and_what_is_known_besides() -> None:
    live = Postings()
    live.add([1], [bag([1, 2])])
    ways = [Alternative(tuple(number << NUMBER_BITS for number in terms)) for terms in ((1,), (3,), (1, 2), (1, 4))]
    query = (Group(tuple(ways)), term(5))
    assert [group.alternatives for group in live.held(query)] == [(ways[0], ways[2]), ()]
    besides = frozenset({4 << NUMBER_BITS})
    assert [group.alternatives for group in live.held(query, besides)] == [(ways[0], ways[2], ways[3]), ()]


def test_an_explanation_is_refused_for_a_document_that_is_not_there() -> None:
    live = Postings()
    live.add([1, 2], [bag([1, 2]), bag([1])])
    live.remove([2])
    assert live.explain((term(1), term(9)), 1)[1] == 0
    for identity in (2, 3):
        with pytest.raises(KeyError):
            live.explain((term(1),), identity)


@given(st.lists(documents, min_size=1, max_size=120), queries, st.randoms(use_true_random=False))
@settings(max_examples=60, deadline=None)
def test_documents_added_one_by_one_rank_as_if_added_at_once(texts: list[Words], query: Query, random: Random) -> None:
    single, once = Postings(), Postings()
    for identity, text in enumerate(texts):
        single.add([identity], [bag(text)])
    once.add(range(len(texts)), [bag(text) for text in texts])
    assert single.search(query, 50) == once.search(query, 50)
    gone = random.sample(range(len(texts)), len(texts) // 3)
    assert single.remove(gone) == once.remove(gone) == len(gone)
    assert single.search(query, 50) == once.search(query, 50)


def test_segments_merge_as_they_pile_up_and_holes_are_filled() -> None:
    live = Postings()
    for identity in range(500):
        live.add([identity], [bag(range(identity % 5, identity % 5 + 6))])
    assert len(live._snapshot.parts) < 12
    live.remove(range(0, 500, 2))
    assert sum(len(part.segment.lengths) for part in live._snapshot.parts) == 500  # half of them holes
    for identity in range(500, 1000):
        live.add([identity], [bag(range(identity % 5, identity % 5 + 6))])
    assert sum(len(part.segment.lengths) for part in live._snapshot.parts) == 750
    assert len(live.search((term(4), term(5)), 1000)) == len(live) == 750


def test_equal_scores_stand_in_order_of_identity_across_segments_and_at_the_limit() -> None:
    live = Postings()
    live.add([90, 10, 50], [bag([1, 1, 2])] * 3)
    live.add(range(1399, 999, -1), [bag([2, 3])] * 400)
    for identity in (70, 30, 20):
        live.add([identity], [bag([1, 1, 2])])
    assert len(live._snapshot.parts) > 1
    query = (term(1), term(2))
    assert [hit.identity for hit in live.search(query, 4)] == [10, 20, 30, 50]
    assert [hit.identity for hit in live.search(query, 8)] == [10, 20, 30, 50, 70, 90, 1000, 1001]
    assert len({hit.score for hit in live.search(query, 6)}) == 1


def test_many_documents_span_several_segments(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(segments, "MOST_DOCUMENTS", 65_536)
    total = segments.MOST_DOCUMENTS + 4_000
    numbers = np.random.default_rng(7)
    texts = (numbers.zipf(1.6, size=(total, 3)) % 5_000).astype(np.uint64) << np.uint64(NUMBER_BITS)
    live, reference = Postings(), Reference()
    for ranker in (live, reference):
        ranker.add(range(total), list(texts))
    assert len(live._snapshot.parts) == 2
    query = (term(4), term(30, 0.5), term(31))
    gone = [hit.identity for hit in live.search(query, 5)] + list(range(65_500, 65_600))
    assert live.remove(gone) == reference.remove(gone)
    assert len(live) == len(reference)
    agree(live.search(query, 300), reference.scores(query), 300)


def test_an_empty_index_and_an_empty_question_find_nothing() -> None:
    both = Both()
    assert both.live.search((term(1),), 10) == both.reference.search((term(1),), 10) == []
    both.add([1, 2], [[1], []])
    assert both.live.search((), 10) == both.reference.search((), 10) == []
    assert both.live.search((term(1),), 0) == both.reference.search((term(1),), 0) == []
    assert [hit.identity for hit in both.live.search((term(1),), 10)] == [1]
    both.remove([1])
    assert len(both.live) == 1  # the document without a word
    both.assert_agree((term(1),), 10)
    both.remove([2])
    assert both.live.size == len(both.live) == 0
    both.add([1], [[1, 2]])
    both.assert_agree((term(1),), 10)


def test_as_many_identities_as_documents_are_needed() -> None:
    live = Postings()
    with pytest.raises(ValueError, match="2 identities for 1 documents"):
        live.add([1, 2], [bag([1])])
    assert len(live) == 0


@pytest.fixture
def restless_threads() -> Iterator[None]:
    """Let threads take turns as often as the interpreter can."""
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(interval)


@pytest.mark.usefixtures("restless_threads")
def test_a_search_beside_adds_and_removes_sees_a_whole_state() -> None:
    """An article of six passages comes and goes beside others: a search finds all six or none of them."""
    query = (term(1), term(2, 0.5))
    base = [bag([1, 2, 3, n % 9]) for n in range(40)]
    article = [bag([1, *range(2, 2 + n)]) for n in range(6)]
    live = Postings()
    live.add(range(40), base)
    without = live.search(query, 100)
    live.add(range(40, 46), article)
    with_article = live.search(query, 100)
    live.remove(range(40, 46))
    assert live.search(query, 100) == without != with_article
    assert len(with_article) == len(without) + 6

    seen: list[list[Hit]] = []
    failures: list[BaseException] = []
    enough = threading.Event()

    def search() -> None:
        try:
            while not enough.is_set():
                seen.append(live.search(query, 100))
        except BaseException as failure:  # noqa: BLE001  # a thread's failure is the test's
            failures.append(failure)

    searcher = threading.Thread(target=search)
    searcher.start()
    try:
        for _ in range(4_000):
            live.add(range(40, 46), article)
            live.remove(range(40, 46))
            if failures or (len(seen) > 1_500 and without in seen and with_article in seen):
                break
    finally:
        enough.set()
        searcher.join()
    assert not failures
    states = {tuple(hits) for hits in seen}
    assert states <= {tuple(without), tuple(with_article)}
    assert len(states) == 2, "the searches never met both states: the threads did not overlap"
