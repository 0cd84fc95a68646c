"""What is remembered of the sources' texts for a while, to be forgotten as soon as something is erased."""

from collections.abc import Callable
from functools import _lru_cache_wrapper, lru_cache
from typing import TypeVar

_Found = TypeVar("_Found")

_forgetting: list[Callable[[], None]] = []


def remembered(most: int) -> Callable[[Callable[..., _Found]], "_lru_cache_wrapper[_Found]"]:
    """Let a function remember what it returned for the last ``most`` texts, until something is erased."""

    def remembering(function: Callable[..., _Found]) -> "_lru_cache_wrapper[_Found]":
        kept = lru_cache(most)(function)
        forgotten(kept.cache_clear)
        return kept

    return remembering


def forgotten(clear: Callable[[], None]) -> None:
    """Have something called whenever what is remembered is to be forgotten."""
    _forgetting.append(clear)


def forget() -> None:
    """Remember nothing of what was read: something of it has been erased."""
    for clear in _forgetting:
        clear()
