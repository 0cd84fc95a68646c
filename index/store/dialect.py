"""How SQLAlchemy speaks to SQLite here: what was compiled for one engine serves all others of this process.

Each open store has four engines, all of the same statements. SQLAlchemy compiles a statement once for each engine,
because two of them may have different dialects; ours never have, but for whether they are waited for.
"""

from collections.abc import Callable, MutableMapping
from typing import Any

from sqlalchemy.dialects import registry
from sqlalchemy.dialects.sqlite.aiosqlite import SQLiteDialect_aiosqlite
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.util import LRUCache

AWAITED = "sqlite+awaited"
BLOCKING = "sqlite+blocking"

COMPILED: MutableMapping[Any, Any] = LRUCache(1_000)
"""To be given to each engine as its option ``compiled_cache``; it is safe among threads."""


class _Alike(SQLiteDialect_pysqlite):
    """Any two of one class are equal, which makes what they compile interchangeable."""

    supports_statement_cache = True

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other)

    def __hash__(self) -> int:
        return hash(type(self))

    def on_connect(self) -> Callable[[DBAPIConnection], None]:
        """Leave out the functions that SQLAlchemy would add to each connection: no statement here calls them."""
        return lambda _connection: None


class Awaited(_Alike, SQLiteDialect_aiosqlite):
    """SQLite in a thread of its own."""

    supports_statement_cache = True


class Blocking(_Alike):
    """SQLite in the thread that asks."""

    supports_statement_cache = True


for _name, _dialect in ((AWAITED, Awaited), (BLOCKING, Blocking)):
    registry.register(_name.replace("+", "."), __name__, _dialect.__name__)
