"""What a text has of a question is found as it is defined: for each group, the best alternative that is all there."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from index.answering.evidence import Probe, joined
from index.ranking.query import Alternative, Group, Query

TERMS = st.integers(0, 12).map(lambda number: number << 20)
ALTERNATIVES = st.builds(
    Alternative,
    st.lists(TERMS, min_size=1, max_size=3, unique=True).map(tuple),
    st.sampled_from([1.0, 0.3, 0.2]),
)
QUERIES = st.lists(st.builds(Group, st.lists(ALTERNATIVES, min_size=1, max_size=5).map(tuple)), max_size=6).map(tuple)
TEXTS = st.lists(st.frozensets(TERMS, max_size=10), max_size=6)


def defined(query: Query, terms: frozenset[int]) -> dict[int, float]:
    """Return the shares as the module defines them."""
    met = {
        place: [factor**0.15 for needed, factor, _ in group.alternatives if terms.issuperset(needed)]
        for place, group in enumerate(query)
    }
    return {place: max(shares) for place, shares in met.items() if shares}


@given(QUERIES, TEXTS)
def test_a_text_has_of_each_group_the_best_alternative_that_is_all_there(
    query: Query, texts: list[frozenset[int]]
) -> None:
    probe = Probe(query, [1.0] * len(query))
    for terms in (*texts, *texts):
        assert probe.shares(terms) == defined(query, terms)


@given(QUERIES, TEXTS)
def test_the_shares_of_texts_stand_in_a_row_for_each(query: Query, texts: list[frozenset[int]]) -> None:
    matrix = Probe(query, [1.0] * len(query)).matrix(texts)
    wanted = [[defined(query, terms).get(place, 0.0) for place in range(len(query))] for terms in texts]
    assert matrix.shape == (len(texts), len(query))
    assert np.array_equal(matrix, np.array(wanted).reshape(matrix.shape))


def test_where_several_parts_have_a_group_the_largest_counts() -> None:
    own, around = {0: 0.5, 1: 1.0}, {0: 1.0, 1: 1.0, 2: 0.8}
    assert joined((own, 1.0), (around, 0.5)) == {0: 0.5, 1: 1.0, 2: 0.4}
    assert own == {0: 0.5, 1: 1.0}
