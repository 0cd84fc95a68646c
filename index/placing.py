"""Files that appear whole or not at all."""

import asyncio
import os
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from index.errors import BadInput, StoreBusy


@asynccontextmanager
async def placed(path: Path, *, overwrite: bool) -> AsyncIterator[Path]:
    """Yield an empty folder beside a file, in which a file of the same name is made; at the end it takes its place.

    What is there after a crash or a loss of power is the file as it was before, or the new one, and nobody but its
    owner may read it. Raises ``BadInput`` where it cannot be written, or is there already and not to be overwritten;
    ``StoreBusy`` where another process is making it.
    """
    folder = path.with_name(f"{path.name}.partial")
    lock = FileLock(path.with_name(f"{path.name}.partial.lock"), thread_local=False)
    try:
        await asyncio.to_thread(_begin, path, folder, lock, overwrite=overwrite)
        try:
            yield folder
            await asyncio.to_thread(_finish, path, folder, overwrite=overwrite)
        finally:
            await asyncio.to_thread(_clear, folder, lock)
    except Timeout as error:
        raise StoreBusy(f"Another process is writing {path}.") from error
    except OSError as error:
        raise BadInput(f"{path} cannot be written: {error.strerror or error}.") from error


def settle(path: Path) -> None:
    """Wait until a file is on the disk or, where it is a folder, the names in it are."""
    if path.is_dir() and not hasattr(os, "O_DIRECTORY"):
        return  # there, folders cannot be opened
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _begin(path: Path, folder: Path, lock: FileLock, *, overwrite: bool) -> None:
    """Make the folder, without what an interrupted process may have left in it."""
    _refuse(path, overwrite=overwrite)
    lock.acquire(timeout=0)
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(mode=0o700)


def _finish(path: Path, folder: Path, *, overwrite: bool) -> None:
    _refuse(path, overwrite=overwrite)
    made = folder / path.name
    made.chmod(0o600)
    settle(made)
    made.replace(path)
    settle(path.parent)


def _clear(folder: Path, lock: FileLock) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    Path(lock.lock_file).unlink(missing_ok=True)
    lock.release()


def _refuse(path: Path, *, overwrite: bool) -> None:
    if not path.parent.is_dir():
        raise BadInput(f"{path} cannot be written: there is no folder {path.parent}.")
    if path.exists() and not path.is_file():
        raise BadInput(f"{path} cannot be written: it is not a file.")
    if path.exists() and not overwrite:
        raise BadInput(f"{path} is there already; choose another name, or replace it with --force.")
