"""The database file: where it is, who may write to it, how it is opened and brought up to date.

SQLite in WAL mode with ``synchronous=FULL``: a commit that returned survives a crash or a loss of power. One process
at a time writes (a lock file says which); any number read. What is deleted is overwritten.
"""

import asyncio
import os
import sqlite3
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager, suppress
from pathlib import Path
from typing import Any, Literal

from filelock import FileLock, Timeout
from sqlalchemy import URL, create_engine, event
from sqlalchemy.engine import AdaptedConnection, Connection, Engine
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlalchemy.pool import NullPool

from index.errors import SourcierError, StoreBusy, StoreDamaged, StoreUnavailable
from index.store import glance
from index.store.dialect import AWAITED, BLOCKING, COMPILED
from index.store.tables import HEAD

FILE = glance.FILE
_BUSY_SECONDS = 10.0
_READERS = 4
_ENGINE: dict[str, Any] = {
    "connect_args": {"isolation_level": None},  # transactions are begun by _prepare
    "execution_options": {"compiled_cache": COMPILED},
    "hide_parameters": True,
}

Access = Literal["read", "write"]


class Database:
    """The open database of one data folder. ``read()`` and ``write()`` give connections inside a transaction."""

    def __init__(self, folder: Path, address: URL, writer: AsyncEngine | None, lock: FileLock | None) -> None:
        self.folder = folder
        self._readers = create_async_engine(address, pool_size=_READERS, max_overflow=_READERS, **_ENGINE)
        _prepare(self._readers.sync_engine, "BEGIN", writable=False)
        self._peekers = create_async_engine(
            address,
            pool_size=_READERS,
            isolation_level="AUTOCOMMIT",
            skip_autocommit_rollback=True,
            **_ENGINE,
        )
        _prepare(self._peekers.sync_engine, None, writable=False)
        self._scanner = create_engine(address.set(drivername=BLOCKING), **_ENGINE)
        _prepare(self._scanner, "BEGIN", writable=False)
        self._writer = writer
        self._lock = lock
        self._leftover = False  # the write-ahead log may still hold what was deleted

    @property
    def writable(self) -> bool:
        """Whether this process is the one that may write."""
        return self._writer is not None

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncConnection]:
        """Open a read transaction: it sees one state of the store from beginning to end."""
        with told(self.folder):
            async with self._readers.connect() as connection:
                yield connection

    @asynccontextmanager
    async def peek(self) -> AsyncIterator[AsyncConnection]:
        """Open a connection for a single statement, without a transaction around it: quicker than ``read``."""
        with told(self.folder):
            async with self._peekers.connect() as connection:
                yield connection

    @contextmanager
    def scan(self) -> Iterator[Connection]:
        """Open a read transaction as ``read`` does, for use in a thread, which waits while it reads."""
        with told(self.folder), self._scanner.connect() as connection:
            yield connection

    @asynccontextmanager
    async def write(self) -> AsyncIterator[AsyncConnection]:
        """Open a write transaction; leaving it commits durably, an exception leaves nothing behind."""
        if self._writer is None:
            raise StoreUnavailable(f"The store in {self.folder} was opened for reading only.")
        with told(self.folder):
            async with self._writer.begin() as connection:
                yield connection
        if self._leftover:
            with suppress(SourcierError):  # what was written is written; the log is tried again with the next write
                await self.wipe(patience=0.0)

    async def wipe(self, patience: float = 0.25) -> None:
        """Empty the write-ahead log, so that what was deleted is nowhere on the disk any more.

        Readers are never disturbed: where one still looks at an older state after ``patience`` seconds, this is done
        after one of the next writes.
        """
        self._leftover = not await asyncio.to_thread(_empty_log, self.folder, patience)

    async def close(self) -> None:
        """Close all connections and let go of the writer's lock."""
        await self._readers.dispose()
        await self._peekers.dispose()
        self._scanner.dispose()
        if self._writer is not None:
            await self._writer.dispose()
        if self._lock is not None:
            _release(self.folder, self._lock)


async def connect(folder: Path, access: Access, *, patience: float = 0.0, frozen: bool = False) -> Database:
    """Open the store of a data folder, made and brought up to date where ``access`` is ``"write"``.

    ``patience``: seconds to wait for another writer to finish. ``frozen``: see ``revision``. Raises ``StoreBusy``
    where that writer does not finish, ``StoreUnavailable`` where the folder cannot be used, ``StoreDamaged`` where
    the file is no sound store.
    """
    lock = None
    if access == "write":
        lock = await asyncio.to_thread(acquire, folder, patience)
        try:
            await asyncio.to_thread(migrate, folder)
        except BaseException:
            _release(folder, lock)
            raise
    path = folder / FILE
    writer = None
    if access == "write":
        writer = create_async_engine(_address(AWAITED, path), pool_size=1, max_overflow=0, **_ENGINE)
        _prepare(writer.sync_engine, "BEGIN IMMEDIATE", writable=True)
    return Database(folder, _read_address(path, frozen=frozen), writer, lock)


def revision(folder: Path, *, frozen: bool = False) -> str | None:
    """Return the migration that the store of a folder stands at; None where there is no store yet.

    ``frozen``: the caller knows that nobody writes now, so that SQLite need not even make its shared memory.
    """
    path = folder / FILE
    try:
        if not path.exists():
            return None
    except OSError as error:
        raise StoreUnavailable(f"The data folder {folder} cannot be read: {error.strerror or error}.") from error
    with told(folder):
        connection = sqlite3.connect(_uri(path, _read_mode(path, frozen=frozen)), uri=True)
        try:
            row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
        except sqlite3.OperationalError as error:
            if "no such table" in str(error):
                return None
            raise
        finally:
            connection.close()
    return None if row is None else str(row[0])


def acquire(folder: Path, patience: float = 0.0) -> FileLock:
    """Become the writer of a data folder, made if need be.

    Raises ``StoreBusy`` where another process is, ``StoreUnavailable`` where the folder cannot be written to.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = FileLock(folder / "writer.lock", thread_local=False)
        lock.acquire(timeout=patience, poll_interval=0.05)
        (folder / "writer.pid").write_text(f"{os.getpid()}\n", encoding="ascii")
    except Timeout as error:
        raise StoreBusy(
            f"Another Sourcier process{holder(folder)} is writing to {folder}; stop it first, or use its own commands."
        ) from error
    except FileExistsError as error:
        raise StoreUnavailable(f"The data folder {folder} cannot be used: it is not a folder.") from error
    except OSError as error:
        raise StoreUnavailable(f"The data folder {folder} cannot be written to: {error.strerror or error}.") from error
    return lock


def migrate(folder: Path) -> None:
    """Bring the store of a folder up to date, in one transaction. The caller holds the writer's lock.

    Raises ``StoreDamaged`` where the store comes from a newer Sourcier.
    """
    present = revision(folder)
    if present == HEAD:
        return
    from alembic import command
    from alembic.config import Config
    from alembic.util.exc import CommandError

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    once = _ENGINE | {"execution_options": {}}  # Alembic makes its table anew each time: nothing compiled fits again
    engine = create_engine(_address(BLOCKING, folder / FILE), poolclass=NullPool, **once)
    _prepare(engine, "BEGIN IMMEDIATE", writable=True)
    try:
        with told(folder), engine.begin() as connection:
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
    except CommandError as error:
        raise StoreDamaged(
            f"The store in {folder} is of a version ({present}) that this Sourcier does not know; "
            "start the newer one again, or restore a backup."
        ) from error
    finally:
        engine.dispose()


def _empty_log(folder: Path, patience: float) -> bool:
    """Move the write-ahead log into the file and cut it to nothing; False where a reader still needs it."""
    with told(folder):
        connection = sqlite3.connect(_uri(folder / FILE, {"mode": "rw"}), uri=True, timeout=patience)
        try:
            busy, _, _ = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        finally:
            connection.close()
    return not busy


def check(folder: Path, *, frozen: bool = False) -> list[str]:
    """Return what SQLite finds wrong with the store of a folder, one sentence each; empty where it is sound."""
    path = folder / FILE
    with told(folder):
        connection = sqlite3.connect(_uri(path, _read_mode(path, frozen=frozen)), uri=True)
        try:
            found = [str(row[0]) for row in connection.execute("PRAGMA integrity_check(20)") if row[0] != "ok"]
            found += [
                f"a row of {table} points to a missing row of {parent}"
                for table, _, parent, _ in connection.execute("PRAGMA foreign_key_check").fetchmany(20)
            ]
        finally:
            connection.close()
    return found


@contextmanager
def told(folder: Path) -> Iterator[None]:
    """Turn what SQLite says of a file into a sentence for the person who runs Sourcier."""
    try:
        yield
    except (DBAPIError, sqlite3.Error) as error:
        cause = error.orig if isinstance(error, DBAPIError) else error
        words = str(cause)
        if any(sign in words for sign in ("malformed", "not a database", "no such table")):
            raise StoreDamaged(
                f"The store {folder / FILE} is damaged ({words}); nothing was changed. "
                "Restore a backup, or move the file away to start anew."
            ) from error
        if "full" in words:
            raise StoreUnavailable(f"The disk that holds {folder} is full; nothing was changed.") from error
        if "readonly" in words or "unable to open" in words or "disk I/O" in words:
            raise StoreUnavailable(f"The store in {folder} cannot be used ({words}); nothing was changed.") from error
        if "locked" in words:
            raise StoreBusy(f"The store in {folder} stayed locked for {_BUSY_SECONDS:.0f} seconds.") from error
        raise


def _prepare(engine: Engine, begin: str | None, *, writable: bool) -> None:
    """Set what SQLite needs on each connection, and begin transactions ourselves (``begin`` None: never).

    Python's driver starts none before DDL or SELECT, so that a migration would not be one transaction and two reads
    could see two states.
    """
    script = f"PRAGMA foreign_keys = ON; PRAGMA busy_timeout = {int(_BUSY_SECONDS * 1000)};"
    if writable:
        script += "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON;"

    @event.listens_for(engine, "connect")
    def configure(connection: Any, _record: object) -> None:  # noqa: ANN401 - the driver's own type
        if isinstance(connection, AdaptedConnection):
            connection.run_async(lambda driver: driver.executescript(script))
        else:
            connection.executescript(script)

    if begin is None:
        return

    @event.listens_for(engine, "begin")
    def start(connection: Connection) -> None:
        connection.exec_driver_sql(begin)


def _address(driver: str, path: Path) -> URL:
    return URL.create(driver, database=str(path))


def _read_address(path: Path, *, frozen: bool) -> URL:
    return URL.create(AWAITED, database=_uri(path), query={**_read_mode(path, frozen=frozen), "uri": "true"})


def _read_mode(path: Path, *, frozen: bool) -> dict[str, str]:
    """Return how to open a file for reading.

    In a folder that cannot be written to, SQLite cannot make the shared memory that WAL needs; but then nobody writes
    there either, and the file may be read as it is.
    """
    pending = path.with_name(path.name + "-wal")
    if (frozen or not os.access(path.parent, os.W_OK)) and not (pending.exists() and pending.stat().st_size):
        return {"mode": "ro", "immutable": "1"}
    return {"mode": "ro"}


def _uri(path: Path, options: Mapping[str, str] | None = None) -> str:
    """Return a file's URI, as SQLite reads it (https://sqlite.org/uri.html)."""
    from urllib.parse import quote, urlencode

    return f"file:{quote(os.fsencode(path.absolute()))}" + (f"?{urlencode(options)}" if options else "")


def holder(folder: Path) -> str:
    """Return which process was last known to write to a folder, as words to put after "process"."""
    try:
        return f" (process {int((folder / 'writer.pid').read_text('ascii'))})"
    except (OSError, ValueError):
        return ""


def _release(folder: Path, lock: FileLock) -> None:
    (folder / "writer.pid").unlink(missing_ok=True)
    lock.release()
