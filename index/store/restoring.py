"""A backup put in the place of a store: examined completely first, then exchanged in one step.

At every moment the folder has the old store or the new one, whole, whenever the process ends. What SQLite keeps beside
the old file would be taken for the new one's, so the old store is made a single file before they are exchanged.
"""

import asyncio
import shutil
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from filelock import FileLock

from index import checkup
from index.checkup import Report
from index.errors import BadInput, SourcierError, StoreBusy, StoreDamaged
from index.placing import settle
from index.store import database
from index.store.backup import COMPANIONS, Progress, copy_store, refuse_own, tell_nobody, to_its_end
from index.store.database import FILE
from index.store.tables import HEAD, metadata

_SIGN = b"SQLite format 3\0"
_COMPRESSED = b"\x1f\x8b"
_PATIENCE = 3.0  # seconds that those who read the old store have to finish


class Candidate(NamedTuple):
    """A copy of a backup, examined, and the data folder whose store it may replace; ``report``: what is in it.

    ``replaces``: whether there is a store now.
    """

    folder: Path
    store: Path
    report: Report
    replaces: bool


@asynccontextmanager
async def candidate(folder: Path, file: Path, progress: Progress = tell_nobody) -> AsyncIterator[Candidate]:
    """Examine a backup, brought up to date in a copy of its own; meanwhile nobody writes to the data folder.

    Nothing of the folder's store is changed. Raises ``BadInput`` where the file is no sound backup that this Sourcier
    knows, ``StoreBusy`` where another process writes to the folder, ``StoreUnavailable`` where it cannot be used.
    """
    await asyncio.to_thread(_refuse, folder, file)
    lock = await asyncio.to_thread(database.acquire, folder)
    workshop = folder / "restoring"
    try:
        await asyncio.to_thread(_clear, folder, workshop)
        workshop.mkdir(mode=0o700)
        try:
            report = await _examined(file, workshop, progress)
        except SourcierError as error:
            raise BadInput(f"{file} cannot be restored: {error}") from error
        yield Candidate(folder, workshop / FILE, report, (folder / FILE).exists())
    finally:
        await asyncio.to_thread(_let_go, folder, workshop, lock)


async def replace(new: Candidate) -> Path | None:
    """Put what was examined in the place of the folder's store, at once; return where the old one is kept, if any.

    Raises ``StoreBusy`` where another process reads the old store and does not finish; then nothing was changed.
    """
    return await to_its_end(asyncio.to_thread(_replace, new))


def _replace(new: Candidate) -> Path | None:
    store = new.folder / FILE
    kept = _free_name(new.folder) if store.exists() else None
    _make_single(store, kept)
    if kept is not None:
        _keep(store, kept, new.store.parent)
    settle(new.store)
    new.store.replace(store)
    settle(new.folder)
    return kept


def _refuse(folder: Path, file: Path) -> None:
    """Raise ``BadInput`` where a file is no SQLite file, or that of the store itself."""
    refuse_own(folder, file)
    try:
        if not file.is_file():
            raise BadInput(f"{file} cannot be read: there is no such file.")
        begins = _begins(file)
    except OSError as error:
        raise BadInput(f"{file} cannot be read: {error.strerror or error}.") from error
    if begins.startswith(_COMPRESSED):
        raise BadInput(f"{file} is compressed: decompress a backup first; an export is read by `sourcier import`.")
    if begins != _SIGN:
        raise BadInput(f"{file} is no backup of Sourcier.")


def _begins(file: Path) -> bytes:
    with file.open("rb") as opened:
        return opened.read(len(_SIGN))


async def _examined(file: Path, workshop: Path, progress: Progress) -> Report:
    """Copy a backup into a folder of its own and examine the copy. Raises ``SourcierError`` for what is wrong."""
    copy = workshop / FILE
    try:
        await copy_store(file, copy, progress, frozen=True)
    except sqlite3.Error as error:
        raise BadInput(f"it is damaged ({error}).") from error
    copy.chmod(0o600)
    await asyncio.to_thread(_refuse_unsound, workshop)
    await asyncio.to_thread(_migrate, workshop)
    await asyncio.to_thread(_refuse_foreign, copy)
    report = await checkup.examine(workshop)
    if report is None or report.problems:
        raise BadInput(f"{report.problems[0] if report else 'it has no version'}.")
    return report


def _refuse_unsound(workshop: Path) -> None:
    try:
        problems = database.check(workshop, frozen=True)
        revision = database.revision(workshop, frozen=True)
    except StoreDamaged as error:
        raise BadInput(f"it is damaged ({error.__cause__}).") from error
    if problems:
        raise BadInput(f"it is damaged ({problems[0]}).")
    if revision is None:
        raise BadInput("it is not a store of Sourcier.")
    if revision > HEAD:
        raise BadInput(f"it comes from a newer Sourcier (version {revision}, this one knows {HEAD}).")


def _migrate(workshop: Path) -> None:
    """Bring the copy up to date, and make it a single file again."""
    revision = database.revision(workshop, frozen=True)
    if revision == HEAD:
        return
    try:
        database.migrate(workshop)
    except SourcierError as error:
        raise BadInput(f"its version ({revision}) is not one that this Sourcier knows.") from error
    _make_single(workshop / FILE, None)


def _refuse_foreign(copy: Path) -> None:
    """Raise ``BadInput`` where a database has other tables or columns than a store, or does things by itself."""
    with closing(sqlite3.connect(f"{copy.absolute().as_uri()}?mode=ro&immutable=1", uri=True)) as connection:
        acting = connection.execute("SELECT name FROM sqlite_master WHERE type IN ('trigger', 'view')").fetchone()
        if acting:
            raise BadInput(f"it has {acting[0]!r}, which is not of Sourcier.")
        for table in metadata.tables.values():
            columns = {row[0] for row in connection.execute("SELECT name FROM pragma_table_info(?)", (table.name,))}
            if columns != {column.name for column in table.columns}:
                raise BadInput(f"its table {table.name!r} is not that of Sourcier.")


def _make_single(store: Path, kept: Path | None) -> None:
    """Make a database one file, all that was written in it, and nothing beside it that belongs to it.

    SQLite does this itself where no other process has it open. Where a file is damaged so much that SQLite does not
    know it, what lies beside it is put beside ``kept``.
    """
    known = not store.exists() or _begins(store) == _SIGN
    if known and store.exists():
        known = _is_settled(store)
    if not known and kept is not None:
        _copy_companions(store, kept)
    _drop_companions(store)


def _is_settled(store: Path) -> bool:
    """Let SQLite end its use of a log beside a file; False where it finds no database in it."""
    try:
        with closing(
            sqlite3.connect(f"{store.absolute().as_uri()}?mode=rw", uri=True, timeout=_PATIENCE)
        ) as connection:
            connection.execute("PRAGMA journal_mode = DELETE").fetchone()
    except sqlite3.DatabaseError as error:
        if "locked" in str(error):
            raise StoreBusy(f"Another Sourcier process is reading {store.parent}; end it first.") from error
        if any(sign in str(error) for sign in ("malformed", "not a database")):
            return False
        with database.told(store.parent):
            raise
    return True


def _copy_companions(store: Path, kept: Path) -> None:
    for suffix in ("-wal", "-journal"):
        companion = store.with_name(store.name + suffix)
        if companion.exists() and companion.stat().st_size:
            copy = kept.with_name(kept.name + suffix)
            shutil.copyfile(companion, copy)
            settle(copy)


def _drop_companions(store: Path) -> None:
    for suffix in COMPANIONS:
        store.with_name(store.name + suffix).unlink(missing_ok=True)
    settle(store.parent)


def _keep(store: Path, kept: Path, workshop: Path) -> None:
    """Give the old store a second name, or where the disk knows no such thing, copy it."""
    try:
        kept.hardlink_to(store)
    except OSError:
        copy = workshop / kept.name
        shutil.copyfile(store, copy)
        copy.chmod(0o600)
        settle(copy)
        copy.replace(kept)
    settle(kept.parent)


def _free_name(folder: Path) -> Path:
    """Return a name for the old store: when it was replaced, to the second."""
    stem = f"replaced-{datetime.now(UTC):%Y%m%d-%H%M%S}"
    name, number = f"{stem}.sqlite3", 2
    while (folder / name).exists():
        name, number = f"{stem}-{number}.sqlite3", number + 1
    return folder / name


def _clear(folder: Path, workshop: Path) -> None:
    """Take away what a restoration that was interrupted left: its copy, and a second name of the store that stands."""
    shutil.rmtree(workshop, ignore_errors=True)
    store = folder / FILE
    for path in folder.glob("replaced-*.sqlite3"):
        if store.exists() and path.samefile(store):
            path.unlink()


def _let_go(folder: Path, workshop: Path, lock: FileLock) -> None:
    shutil.rmtree(workshop, ignore_errors=True)
    (folder / "writer.pid").unlink(missing_ok=True)
    lock.release()
