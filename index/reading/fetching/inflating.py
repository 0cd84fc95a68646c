"""Compressed bytes to what they stand for, a little at a time: a bomb is never larger than one piece in memory."""

import zlib
from collections.abc import Generator, Iterator
from enum import StrEnum

from index.reading.fetching.refusals import Reason, Refused

PIECE = 128 * 1024
"""Bytes that come out at once: inflating them takes about half a millisecond."""

_MOST_MEMBERS = 100
_MAGIC = b"\x1f\x8b"  # RFC 1952
_HEAD = 2  # bytes that tell what follows: of a gzip member, of the zlib format


class Coding(StrEnum):
    """How a body is compressed (RFC 9110, section 8.4.1)."""

    IDENTITY = "identity"
    GZIP = "gzip"
    DEFLATE = "deflate"


class Inflater:
    """What inflates one body; ``host``: whose it is, for the sentence when it is damaged."""

    def __init__(self, coding: Coding, host: str) -> None:
        self._coding = coding
        self._host = host
        self._inside: zlib._Decompress | None = None
        self._kept = b""  # of a head that has not arrived as a whole
        self._members = 0
        self._is_over = False

    def feed(self, data: bytes) -> Iterator[bytes]:
        """Return what bytes of the body stand for, in pieces of at most ``PIECE`` bytes. Raises ``Refused``.

        What comes after the end of the compressed data is left out, as browsers do.
        """
        if self._coding is Coding.IDENTITY:
            yield data
            return
        while data and not self._is_over:
            if self._inside is None:
                data = self._kept + data
                if len(data) < _HEAD:
                    self._kept = data
                    return
                self._kept = b""
                self._begin(data)
                continue
            data = yield from self._inflate(self._inside, data)

    def finish(self) -> None:
        """Raise ``Refused`` if the compressed data has not come to its end."""
        if self._coding is not Coding.IDENTITY and (self._inside is not None or not self._members):
            raise self._damaged()

    def _inflate(self, inside: "zlib._Decompress", data: bytes) -> Generator[bytes, None, bytes]:
        """Inflate bytes of what has begun, and return those that are left when it comes to its end."""
        while True:
            try:
                piece = inside.decompress(data, PIECE)
            except zlib.error as error:
                raise self._damaged() from error
            if piece:
                yield piece
            if inside.eof:
                self._inside = None
                self._is_over = self._coding is Coding.DEFLATE
                return inside.unused_data
            data = inside.unconsumed_tail
            if not data and len(piece) < PIECE:  # a full piece may not be all that the bytes stand for
                return b""

    def _begin(self, data: bytes) -> None:
        """Begin to inflate what ``data`` is the head of, or end if it is nothing of the kind."""
        if self._coding is Coding.GZIP:
            if self._members and data[:_HEAD] != _MAGIC:
                self._is_over = True
                return
            window = 16 + zlib.MAX_WBITS
        else:
            is_zlib = data[0] & 0x0F == zlib.DEFLATED and int.from_bytes(data[:_HEAD], "big") % 31 == 0  # RFC 1950
            window = zlib.MAX_WBITS if is_zlib else -zlib.MAX_WBITS
        self._members += 1
        if self._members > _MOST_MEMBERS:
            raise self._damaged()
        self._inside = zlib.decompressobj(window)

    def _damaged(self) -> Refused:
        return Refused(Reason.DAMAGED, host=self._host)
