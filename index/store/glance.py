"""A look at a store without the machinery that reads it, for a shell that waits to complete a word."""

import sqlite3
from collections.abc import Collection
from contextlib import closing
from pathlib import Path

from index.model import SHARED

FILE = "sourcier.sqlite3"
_PATIENCE = 0.2  # seconds

_NEWEST = """
    SELECT sources.id, states.state FROM sources JOIN states ON states.source = sources.key
    WHERE sources.shelf = ? AND states.key IN (SELECT max(key) FROM states GROUP BY source)
    ORDER BY sources.key
"""


def source_ids(folder: Path, states: Collection[str]) -> list[str]:
    """Return the ids of a data folder's shared sources in some states; none where the store cannot be read at once."""
    try:
        address = f"{(folder / FILE).absolute().as_uri()}?mode=ro"
        with closing(sqlite3.connect(address, uri=True, timeout=_PATIENCE)) as connection:
            return [str(name) for name, state in connection.execute(_NEWEST, (SHARED,)) if state in states]
    except (OSError, sqlite3.Error):
        return []
