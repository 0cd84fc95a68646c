"""Zip packages from outside: their parts are read one by one, within limits, and never written anywhere."""

import struct
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import IO, TYPE_CHECKING
from zipfile import BadZipFile, LargeZipFile, ZipFile, ZipInfo

from index.errors import BadInput

if TYPE_CHECKING:
    from lxml.etree import _Element

MOST_MEMBERS = 10_000
MOST_INFLATED = 300_000_000
"""What all parts may declare to be, in bytes: pictures are large, but they are not read."""

_MOST_RATIO = 200  # a text shrinks to a tenth; what shrinks to less was made to burst
_SMALL = 60_000_000  # bytes: below this no ratio is too much
_LOCAL = struct.Struct("<4s5H3I2H")
_SIGNATURE = b"PK\x03\x04"
_ENCRYPTED = 0x1
_SIZES_FOLLOW = 0x8
_SIZES_ELSEWHERE = 0xFFFFFFFF  # in a field of a zip64 archive


class Package:
    """A zip archive in memory. ``name`` is what a sentence calls it."""

    def __init__(self, archive: ZipFile, data: bytes, name: str) -> None:
        self._archive = archive
        self._data = data
        self._name = name

    def has(self, part: str) -> bool:
        """Tell whether there is a part of this name."""
        return part in self._archive.NameToInfo

    def names(self) -> list[str]:
        """Return the names of the parts."""
        return self._archive.namelist()

    def read(self, part: str, most: int) -> bytes:
        """Return what a part holds, at most so many bytes. Raises ``BadInput``, also where it has more."""
        with self._told(), self._open(part, most) as stream:
            data = stream.read(most + 1)
            if len(data) > most or len(data) != self._archive.getinfo(part).file_size:
                raise self._lying()
            return data

    def chunks(self, part: str, most: int, size: int = 1 << 16) -> Iterator[bytes]:
        """Yield what a part holds piece by piece, at most so many bytes in all. Raises ``BadInput`` like ``read``."""
        taken = 0
        with self._told(), self._open(part, most) as stream:
            while chunk := stream.read(size):
                taken += len(chunk)
                if taken > most:
                    raise self._lying()
                yield chunk
            if taken != self._archive.getinfo(part).file_size:
                raise self._lying()

    def tree(self, part: str, most: int) -> "_Element":
        """Return the root of a part in XML. Raises ``BadInput``, also where it declares a document type."""
        from lxml import etree

        data = self.read(part, most)
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
        try:
            root = etree.fromstring(data, parser)
        except etree.XMLSyntaxError as error:
            raise BadInput("{name} is damaged: it cannot be read as a Word document.", name=self._name) from error
        if root.getroottree().docinfo.doctype:
            raise declares_a_type(self._name)
        return root

    def _open(self, part: str, most: int) -> IO[bytes]:
        info = self._archive.getinfo(part)
        if info.flag_bits & _ENCRYPTED:
            raise BadInput(
                "{name} is protected by a password: save it without one, then add it again.", name=self._name
            )
        if info.file_size > most:
            raise _too_large(self._name)
        if self._declared_before(info) not in (None, info.file_size):
            raise self._lying()
        return self._archive.open(info)

    def _declared_before(self, info: ZipInfo) -> int | None:
        """Return the size that stands before a part's data, where it stands there."""
        head = self._data[info.header_offset : info.header_offset + _LOCAL.size]
        if len(head) < _LOCAL.size or not head.startswith(_SIGNATURE):
            raise self._lying()
        _, _, flags, _, _, _, _, _, size, _, _ = _LOCAL.unpack(head)
        return None if flags & _SIZES_FOLLOW or size == _SIZES_ELSEWHERE else int(size)

    def _lying(self) -> BadInput:
        return BadInput("{name} is damaged: its parts are not as large as it says.", name=self._name)

    @contextmanager
    def _told(self) -> Iterator[None]:
        with _broken(self._name):
            yield


@contextmanager
def opened(data: bytes, name: str) -> Iterator[Package]:
    """Open a package. Raises ``BadInput`` where it is damaged, or would be too large when it is unpacked."""
    with _broken(name):
        archive = ZipFile(BytesIO(data))
    with archive:
        members = archive.infolist()
        inflated = sum(member.file_size for member in members)
        if len(members) > MOST_MEMBERS or inflated > MOST_INFLATED:
            raise _too_large(name)
        for member in members:
            if member.file_size > max(_SMALL, _MOST_RATIO * max(member.compress_size, 1)):
                raise _too_large(name)
        yield Package(archive, data, name)


@contextmanager
def _broken(name: str) -> Iterator[None]:
    """Say in one sentence what is wrong with an archive."""
    try:
        yield
    except (BadZipFile, LargeZipFile, zlib.error, EOFError, KeyError, ValueError, OSError, struct.error) as error:
        raise BadInput("{name} is damaged: it cannot be unpacked.", name=name) from error
    except (NotImplementedError, RuntimeError) as error:
        raise BadInput("{name} is packed in a way that cannot be read here.", name=name) from error


def _too_large(name: str) -> BadInput:
    return BadInput("{name} is too large when it is unpacked.", name=name)


def declares_a_type(name: str) -> BadInput:
    """Return the refusal of a document that brings entities of its own, through which files could be read."""
    return BadInput("{name} declares a document type, which no Word document does: it is not read.", name=name)
