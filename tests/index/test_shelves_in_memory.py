"""The rankers in memory: the least recently used goes first, and changes reach the right ones."""

import pytest

from index.ranking.postings import Postings
from index.shelves import ByShelf


def filled(capacity: int, *shelves: str) -> tuple[ByShelf[Postings], dict[str, Postings]]:
    rankers = {shelf: Postings() for shelf in shelves}
    kept = ByShelf[Postings](capacity)
    for shelf, ranker in rankers.items():
        kept.put(shelf, ranker)
    return kept, rankers


def in_memory(kept: ByShelf[Postings]) -> list[Postings]:
    return list(kept.seeing("", everywhere=True).values())


def test_a_shelf_gets_its_own_ranker() -> None:
    kept, rankers = filled(2, "shared", "guild")
    assert kept.get("shared") is rankers["shared"]
    assert kept.get("guild") is rankers["guild"]
    assert kept.get("stranger") is None
    assert len(kept) == 2


def test_the_one_put_first_goes_first() -> None:
    kept, rankers = filled(2, "a", "b", "c")
    assert in_memory(kept) == [rankers["b"], rankers["c"]]
    assert kept.get("a") is None


def test_a_used_ranker_stays_longer() -> None:
    kept, rankers = filled(2, "a", "b")
    kept.get("a")
    kept.put("c", Postings())
    assert kept.get("a") is rankers["a"]
    assert kept.get("b") is None
    assert len(kept) == 2


def test_telling_a_ranker_of_a_change_is_no_use_of_it() -> None:
    kept, _ = filled(2, "a", "b")
    kept.seeing("a", everywhere=False)
    kept.put("c", Postings())
    assert kept.get("a") is None


def test_asking_for_a_stranger_changes_nothing() -> None:
    kept, rankers = filled(2, "a", "b")
    assert kept.get("stranger") is None
    kept.put("c", Postings())
    assert kept.get("b") is rankers["b"]


def test_a_shelf_put_again_is_replaced_and_the_newest() -> None:
    kept, rankers = filled(2, "a", "b")
    newer = Postings()
    kept.put("a", newer)
    assert len(kept) == 2
    kept.put("c", Postings())
    assert kept.get("a") is newer
    assert kept.get("b") is None
    assert rankers["a"] is not newer


def test_a_change_on_a_shelf_reaches_its_ranker_only() -> None:
    kept, rankers = filled(3, "shared", "a", "b")
    assert kept.seeing("a", everywhere=False) == {"a": rankers["a"]}
    assert kept.seeing("stranger", everywhere=False) == {}


def test_a_change_that_everyone_sees_reaches_all_rankers() -> None:
    kept, rankers = filled(3, "shared", "a", "b")
    assert kept.seeing("shared", everywhere=True) == rankers


def test_a_dropped_shelf_is_dropped_alone() -> None:
    kept, rankers = filled(2, "a", "b")
    kept.drop("a")
    kept.drop("stranger")
    assert in_memory(kept) == [rankers["b"]]
    assert kept.get("a") is None


def test_one_ranker_is_the_least() -> None:
    kept, rankers = filled(1, "a", "b")
    assert in_memory(kept) == [rankers["b"]]
    for capacity in (0, -1):
        with pytest.raises(ValueError, match="capacity must be at least 1"):
            ByShelf[Postings](capacity)


def test_a_value_is_replaced_only_where_there_is_one_and_that_is_no_use_of_it() -> None:
    kept, _ = filled(2, "a", "b")
    newer = Postings()
    kept.replace("a", newer)
    kept.replace("stranger", Postings())
    assert len(kept) == 2
    assert kept.seeing("a", everywhere=False) == {"a": newer}
    kept.put("c", Postings())
    assert kept.get("a") is None
