"""What is counted of the last minute, and what is forgotten after it."""

import time

import pytest

from bot.rules.flood import Flood


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The time, which passes only where a test says so."""
    now = [1_000.0]
    monkeypatch.setattr(time, "monotonic", lambda: now[0])
    return now


def test_who_used_up_the_limit_waits_until_the_first_use_is_a_minute_ago(clock: list[float]) -> None:
    flood = Flood()
    for _ in range(3):
        assert flood.wait("ada", 3) == 0
        clock[0] += 10
    assert [flood.wait("ada", 3), flood.wait("bob", 3)] == [30, 0]
    clock[0] += 30
    assert flood.wait("ada", 3) == 0
    assert flood.wait("ada", 3) == 10


def test_nothing_is_kept_of_those_who_used_nothing_for_a_minute(clock: list[float]) -> None:
    flood = Flood()
    for number in range(1_000):
        flood.wait(number, 3)
    clock[0] += 59
    flood.wait("ada", 3)
    clock[0] += 1
    flood.wait("bob", 3, count=False)
    assert list(flood._came) == ["ada", "bob"]
    assert flood.wait("ada", 1) == 59
