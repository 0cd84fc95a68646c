"""Who did something and when, as Discord writes it: people by mentions, moments as each reader's client has them."""

from datetime import datetime

from discord.utils import format_dt

from bot.translation import Translator
from index.moderating.upkeep import SCHEDULE

_LONGEST_ID = 20  # digits


def person(by: str, speaker: Translator) -> str:
    """Return who did something: a mention, which pings nobody, or in words what it was, where it was nobody here."""
    if is_person(by):
        return f"<@{by}>"
    return speaker.text("by schedule") if by == SCHEDULE else speaker.text("the operator")


def is_person(by: str) -> bool:
    """Tell whether something was done by a person of Discord."""
    return by.isascii() and by.isdigit() and len(by) <= _LONGEST_ID


def day(at: datetime) -> str:
    """Return the day of a moment."""
    return format_dt(at, "D")


def clock(at: datetime) -> str:
    """Return a moment with its day and time."""
    return format_dt(at, "f")


def away(at: datetime) -> str:
    """Return how far a moment is from now."""
    return format_dt(at, "R")
