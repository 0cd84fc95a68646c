"""Ways in which a database may not be a sound store."""

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path


def tamper(path: Path, *statements: str) -> None:
    """Change a database behind the program's back."""
    with closing(sqlite3.connect(path)) as connection, connection:
        for statement in statements:
            connection.execute(statement)


def _overwrite_a_page(path: Path) -> None:
    with path.open("r+b") as file:
        file.seek(8192)
        file.write(bytes(4096))


def _replace(path: Path) -> None:
    path.unlink()
    tamper(path, "CREATE TABLE alembic_version (version_num TEXT)", "CREATE TABLE people (name TEXT)")


def _by(*statements: str) -> Callable[[Path], None]:
    return lambda path: tamper(path, *statements)


def _with(content: bytes) -> Callable[[Path], None]:
    def write(path: Path) -> None:
        path.write_bytes(content)

    return write


DAMAGES: dict[str, Callable[[Path], None]] = {
    "letter": _with(b"this is no database, it is a letter. " * 400),
    "empty": _with(b""),
    "compressed": _with(b"\x1f\x8b" + bytes(100)),
    "half": lambda path: os.truncate(path, path.stat().st_size // 2),
    "a page of zeros": _overwrite_a_page,
    "another program's": _replace,
    "changed text": _by("UPDATE versions SET text = replace(text, '4,5', '9,9')"),
    "lost row": _by("PRAGMA foreign_keys = OFF", "DELETE FROM sources WHERE key = 1"),
    "newer": _by("UPDATE alembic_version SET version_num = '9999'"),
    "unknown": _by("UPDATE alembic_version SET version_num = '0000'"),
    "trigger": _by("CREATE TRIGGER t AFTER INSERT ON answers BEGIN DELETE FROM sources; END"),
    "another table": _by("CREATE TABLE evil (a)"),
    "a scheme that runs": _by("UPDATE versions SET url = 'javascript:alert(1)' WHERE key = 1"),
    "a NUL in a title": _by("UPDATE versions SET title = 'a' || char(0) || 'b' WHERE key = 1"),
    "an endless title": _by("UPDATE versions SET title = printf('%.*c', 5000, 'x') WHERE key = 1"),
    "an unknown language": _by("UPDATE versions SET language = 'xx' WHERE key = 1"),
    "an unknown state": _by("UPDATE states SET state = 'zombie' WHERE key = 1"),
    "lost column": _by("ALTER TABLE preferences DROP COLUMN value"),
}
