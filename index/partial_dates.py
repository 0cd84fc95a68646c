"""Partial ISO dates (2028, 2026-06, 2024-06-12) held against each other, as far as both tell."""


def not_after(one: str, other: str) -> bool:
    """Tell whether a date is not after another: 2024 is not after 2024-06, nor that after 2024."""
    return one[: len(other)] <= other[: len(one)]


def meet(earliest: str, latest: str, begins: str, ends: str) -> bool:
    """Tell whether two stretches of time may have a day in common."""
    return not_after(begins, latest) and not_after(earliest, ends)
