"""The file of an exported shelf as bytes: written line by line, and read with limits on all that it could grow to."""

import gzip
import hashlib
import json
import os
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple, Self

from pydantic import ValidationError

from index.errors import BadInput
from index.exchange.records import FORMAT, LINES, Header, Line

LONGEST_LINE = 128_000_000
"""Bytes of a line: more than an article of the greatest size takes."""

MOST_BYTES = 4_000_000_000
"""Bytes of all lines together, decompressed."""

Tell = Callable[[int, int], None]
"""Is told how much is done, of how much."""


class Writer:
    """Writes the lines of a shelf; use it as a context manager."""

    def __init__(self, path: Path) -> None:
        self._raw = path.open("wb")
        self._packed = gzip.GzipFile(filename="", fileobj=self._raw, mode="wb", mtime=0)
        self._bytes = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        try:
            self._packed.close()
        finally:
            self._raw.close()

    def write(self, line: Header | Line) -> None:
        """Write a line. Raises ``BadInput`` where the file would be larger than can be read."""
        data = line.model_dump_json().encode() + b"\n"
        self._bytes += len(data)
        if len(data) > LONGEST_LINE or self._bytes > MOST_BYTES:
            raise BadInput("The shelf is too large to be exported; `sourcier backup` copies the whole store.")
        self._packed.write(data)


class Mark(NamedTuple):
    """What tells whether two readings were of the same: a digest of all lines, and the file, its size and its date."""

    digest: bytes
    file: tuple[int, ...]


class Reader:
    """Reads the lines of a file; all of them once, in a thread. ``again``: they must be those that had this mark."""

    def __init__(self, path: Path, tell: Tell, again: Mark | None = None) -> None:
        self._path = path
        self._tell = tell
        self._again = again
        self._digest = hashlib.sha256()
        self._file: tuple[int, ...] = ()

    @property
    def mark(self) -> Mark:
        """Return the mark of what was read, once all of it was."""
        return Mark(self._digest.digest(), self._file)

    def read(self) -> Iterator[tuple[int, Header | Line]]:
        """Yield the header and all other lines with their numbers. Raises ``BadInput`` at the first that is not right.

        Whether the lines fit together is not looked at here.
        """
        for number, data in enumerate(self._lines(), 1):
            try:
                yield number, LINES.validate_json(data) if number > 1 else _header(data, self._path)
            except ValidationError as error:
                raise self.refused(number, _told(error)) from None  # the error's own words hold what was read

    def refused(self, number: int, reason: str) -> BadInput:
        """Return the error that says what is wrong with a line."""
        return BadInput(f"{self._path}, line {number}: {reason}; nothing was imported.")

    def refuse_changed(self) -> None:
        """Raise ``BadInput`` where something else was read than the first time."""
        if self._again is not None and self.mark != self._again:
            raise BadInput(f"{self._path} was changed while it was read; nothing was imported.")

    def _lines(self) -> Iterator[bytes]:
        try:
            with self._path.open("rb") as raw, gzip.GzipFile(fileobj=raw) as unpacked:
                found = os.fstat(raw.fileno())
                self._file = (found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns)
                if self._again is not None and self._file != self._again.file:
                    self.refuse_changed()
                size, total = found.st_size, 0
                while line := unpacked.readline(LONGEST_LINE + 1):
                    total += len(line)
                    if len(line) > LONGEST_LINE or total > MOST_BYTES:
                        raise BadInput(f"{self._path} is larger than an exported shelf can be; nothing was imported.")
                    if not line.endswith(b"\n"):
                        raise BadInput(f"{self._path} is not complete: its last line has no end; nothing was imported.")
                    self._digest.update(line)
                    self._tell(min(raw.tell(), size), size)
                    yield line
        except (gzip.BadGzipFile, EOFError, zlib.error) as error:
            raise BadInput(f"{self._path} is no exported shelf, or damaged ({error}); nothing was imported.") from error
        except OSError as error:
            raise BadInput(f"{self._path} cannot be read: {error.strerror or error}.") from error


def _header(data: bytes, path: Path) -> Header:
    """Read the first line; what a later format has in it is not looked at before its number."""
    try:
        version = json.loads(data).get("version")
    except (ValueError, AttributeError, RecursionError):
        version = None
    if isinstance(version, int) and version > FORMAT:
        raise BadInput(f"{path} was written by a newer Sourcier: its format is {version}, this one knows {FORMAT}.")
    return Header.model_validate_json(data)


def _told(error: ValidationError) -> str:
    """Say what is wrong with a line, and where in it, without its own words."""
    first = error.errors(include_url=False, include_context=False, include_input=False)[0]
    place = ".".join(str(part) for part in first["loc"])[:120]
    reason = first["msg"].removeprefix("Value error, ").rstrip(".")
    return f"{place or 'the line'} is not right ({reason})"
