"""Live sources that a new article may be like: with its text, with an address, or with certain passages.

All take a plain connection, for use in a thread.
"""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Connection, RowMapping, select

from index.model import State
from index.store.sources import current
from index.store.tables import passages, sources, states, versions


def with_text(connection: Connection, shelf_ids: Sequence[str], sha256: str) -> list[RowMapping]:
    """Return the live sources of some shelves that have this very text."""
    return _live(connection, shelf_ids, versions.c.sha256 == sha256)


def with_address(connection: Connection, shelf_ids: Sequence[str]) -> list[RowMapping]:
    """Return the live sources of some shelves that have an address."""
    return _live(connection, shelf_ids, versions.c.url.is_not(None))


def with_passages(connection: Connection, keys: Sequence[int]) -> list[tuple[RowMapping, str]]:
    """Return the live sources that have certain passages, in the order of these, each once, with their texts."""
    having = select(passages.c.key, passages.c.version).where(passages.c.key.in_(keys))
    version_of = {row.key: row.version for row in connection.execute(having)}
    wanted = list(dict.fromkeys(version_of[key] for key in keys if key in version_of))
    live = current().where(states.c.state == State.LIVE.value, versions.c.key.in_(wanted)).add_columns(versions.c.text)
    rows = {row["version_key"]: row for row in connection.execute(live).mappings()}
    return [(rows[key], rows[key]["text"]) for key in wanted if key in rows]


def _live(connection: Connection, shelf_ids: Sequence[str], wanted: ColumnElement[bool]) -> list[RowMapping]:
    of_shelves = sources.c.shelf.in_(shelf_ids) & (states.c.state == State.LIVE.value)
    return list(connection.execute(current().where(of_shelves, wanted).order_by(sources.c.key)).mappings())
