"""Backups: a copy of a store while it is in use, of one moment, checked before it gets its name.

A backup is a plain SQLite file without companions: all that reads SQLite can read it, and what checks a store checks a
backup. Whoever wants it small or secret compresses or encrypts it as any other file.
"""

import asyncio
import os
import sqlite3
import threading
from collections.abc import Callable, Coroutine
from contextlib import closing
from pathlib import Path
from typing import Any, TypeVar

from index import checkup
from index.checkup import Report
from index.errors import BadInput, NotFound, StoreDamaged, StoreUnavailable
from index.placing import placed
from index.store import database
from index.store.database import FILE

COMPANIONS = ("-wal", "-shm", "-journal")
"""What SQLite keeps beside a file while it is in use, by what is added to its name."""

Progress = Callable[[int, int], None]
"""Is told, in a thread, how many pages are copied, of how many."""

T = TypeVar("T")

_PAGES = 500  # copied between two looks at whether anybody still wants it


def tell_nobody(_done: int, _of: int) -> None:
    """Keep how far the work is to itself."""


async def back_up(folder: Path, file: Path, *, overwrite: bool = False, progress: Progress = tell_nobody) -> Report:
    """Copy the store of a data folder as it stands now to a file; return what is in the copy.

    The copy is of one moment: what is written meanwhile is not in it, does not wait for it and does not make it begin
    again. It is examined as a store is, and only then gets its name. Raises ``NotFound`` where there is no store,
    ``StoreDamaged`` where it is not sound, ``BadInput`` where the file is there and not to be overwritten, or cannot be
    written.
    """
    refuse_own(folder, file)
    store = folder / FILE
    if database.revision(folder) is None:
        raise NotFound(f"There is no store in {folder} to back up.")
    async with placed(file, overwrite=overwrite) as made:
        copy = made / FILE
        with database.told(folder):
            await copy_store(store, copy, progress)
        report = await checkup.examine(made)
        if report is None or report.problems:
            found = report.problems[0] if report else "it has no version"
            raise StoreDamaged(f"The store {store} is not sound ({found}); no backup was made.")
        copy.rename(made / file.name)
    return report


def refuse_own(folder: Path, file: Path) -> None:
    """Raise ``BadInput`` where a file is one of those that make up the store of a folder."""
    store = folder / FILE
    names = {FILE, *(FILE + suffix for suffix in COMPANIONS), "writer.lock", "writer.pid"}
    is_part = file.name in names and file.resolve().parent == folder.resolve()
    if is_part or (file.exists() and store.exists() and file.samefile(store)):
        raise BadInput(f"{file} is part of the store itself; name another file.")


async def copy_store(source: Path, target: Path, progress: Progress = tell_nobody, *, frozen: bool = False) -> None:
    """Copy a database as it stands now into a new file, whether it is in use or not.

    ``frozen``: the caller knows that nobody writes to it, so that nothing need be made beside it. Where the caller is
    cancelled, the copying ends too. Raises ``sqlite3.Error`` for what is wrong with the source, ``StoreUnavailable``
    where the copy cannot be written.
    """
    unwanted = threading.Event()
    copying = asyncio.to_thread(_copy, source, target, progress, unwanted, frozen=frozen)
    await to_its_end(copying, unwanted.set)


async def to_its_end(work: Coroutine[Any, Any, T], hurry: Callable[[], None] = lambda: None) -> T:
    """Return what work in a thread returns; where the caller is cancelled, ``hurry`` it and wait until it has ended."""
    task = asyncio.create_task(work)
    try:
        return await asyncio.shield(task)
    except asyncio.CancelledError:
        hurry()
        await asyncio.wait([task])
        raise


class _Unwanted(Exception):
    """Nobody waits for the copy any more."""


def _copy(source: Path, target: Path, progress: Progress, unwanted: threading.Event, *, frozen: bool) -> None:
    """Copy in one read transaction: without it, each write of another process would make SQLite begin again."""

    def tell(_status: int, remaining: int, total: int) -> None:
        if unwanted.is_set():
            raise _Unwanted
        progress(total - remaining, total)

    with closing(sqlite3.connect(_address(source, frozen=frozen), uri=True, isolation_level=None)) as read:
        read.execute("BEGIN")
        read.execute("SELECT count(*) FROM sqlite_master").fetchone()  # only now does the transaction begin
        try:
            with closing(sqlite3.connect(target, isolation_level=None)) as written:
                read.backup(written, pages=_PAGES, progress=tell)
                written.execute("PRAGMA journal_mode = DELETE")
        except sqlite3.OperationalError as error:
            if not any(sign in str(error) for sign in ("full", "disk I/O", "unable to open")):
                raise
            place = target.absolute().parent.parent
            raise StoreUnavailable(f"A copy of the store cannot be written in {place} ({error}).") from error


def _address(path: Path, *, frozen: bool) -> str:
    """Return the URI by which a file is opened for reading (https://sqlite.org/uri.html).

    ``immutable`` lets SQLite read a file without making its companions beside it, but also without looking at them.
    """
    wal, shared = (path.with_name(path.name + suffix) for suffix in ("-wal", "-shm"))
    if os.access(path.parent, os.W_OK):
        alone = frozen and not wal.exists() and not shared.exists()
    else:
        alone = not (wal.exists() and wal.stat().st_size)
    return f"{path.absolute().as_uri()}?mode=ro" + ("&immutable=1" if alone else "")
