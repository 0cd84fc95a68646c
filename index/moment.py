"""Moments as the store keeps them: UTC, without saying so."""

from datetime import UTC, datetime


def now() -> datetime:
    """Return this moment."""
    return stored(datetime.now(UTC))


def stored(at: datetime) -> datetime:
    """Return a moment as the store keeps it; one without a zone is taken for UTC."""
    return at.astimezone(UTC).replace(tzinfo=None) if at.tzinfo else at


def aware(at: datetime) -> datetime:
    """Return a moment of the store as one that says its zone."""
    return at.replace(tzinfo=UTC)
