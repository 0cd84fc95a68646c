"""Which Sourcier this is."""

from importlib.metadata import PackageNotFoundError, version


def release() -> str:
    """Return the installed version, or that this one runs from its folder."""
    try:
        return version("sourcier")
    except PackageNotFoundError:
        return "(not installed)"
