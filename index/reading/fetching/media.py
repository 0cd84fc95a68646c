"""Which responses may be read at all: by the type that their server declares, by their first bytes."""

import re
from typing import NamedTuple

_PART = r"[a-z0-9!#$&^_.+-]{1,80}"
_MEDIA_TYPE = re.compile(rf"({_PART}/{_PART})", re.ASCII)
_CHARSET = re.compile(r";\s*charset\s*=\s*[\"']?([a-z0-9_.:+-]{1,40})[\"']?\s*(?:;|\Z)", re.ASCII)

_READABLE = frozenset(
    {
        "text/html",
        "application/xhtml+xml",
        "text/plain",
        "text/markdown",
        "text/x-markdown",
        "application/pdf",
        "application/x-pdf",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    }
)
_FEEDS = frozenset(
    {"application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/xml", "text/xml"}
)
_UNTOLD = frozenset(
    # What servers say of files that they know nothing of, or that a browser is to keep; a docx is a zip file.
    "application/octet-stream binary/octet-stream application/binary application/download application/x-download "
    "application/force-download application/x-forcedownload application/zip application/msword".split()
)

_SIGNATURES = (
    (b"\x89PNG\r\n\x1a\n", "an image (PNG)"),
    (b"\xff\xd8\xff", "an image (JPEG)"),
    (b"GIF87a", "an image (GIF)"),
    (b"GIF89a", "an image (GIF)"),
    (b"II*\x00", "an image (TIFF)"),
    (b"MM\x00*", "an image (TIFF)"),
    (b"\x00\x00\x01\x00", "an image (ICO)"),
    (b"8BPS", "an image (PSD)"),
    (b"OggS", "a sound or film"),
    (b"ID3", "a sound"),
    (b"fLaC", "a sound"),
    (b"\x1aE\xdf\xa3", "a film"),
    (b"FLV\x01", "a film"),
    (b"\x1f\x8b", "a compressed file"),
    (b"BZh", "a compressed file"),
    (b"\xfd7zXZ\x00", "a compressed file"),
    (b"\x28\xb5\x2f\xfd", "a compressed file"),
    (b"7z\xbc\xaf\x27\x1c", "an archive"),
    (b"Rar!\x1a\x07", "an archive"),
    (b"\x7fELF", "a program"),
    (b"\xca\xfe\xba\xbe", "a program"),
    (b"\xcf\xfa\xed\xfe", "a program"),
    (b"\x00asm", "a program"),
    (b"MZ\x90\x00", "a program"),
    (b"SQLite format 3\x00", "a database"),
    (b"wOFF", "a font"),
    (b"wOF2", "a font"),
    (b"\x00\x01\x00\x00\x00", "a font"),
    (b"OTTO\x00", "a font"),
)
_RIFF = {b"WEBP": "an image (WebP)", b"WAVE": "a sound", b"AVI ": "a film"}

SIGNATURE = 16
"""Bytes at a document's start that tell what it is."""


class Declared(NamedTuple):
    """What a server says of a document, in small letters; None where it says nothing that can be understood."""

    media_type: str | None
    charset: str | None


def declared(content_type: str) -> Declared:
    """Read a ``Content-Type`` header; an empty one says nothing."""
    lowered = content_type.strip().lower()[:500]
    media_type = _MEDIA_TYPE.match(lowered)
    charset = _CHARSET.search(lowered)
    return Declared(media_type and media_type[1], charset and charset[1])


def is_readable(media_type: str | None, *, feeds: bool) -> bool:
    """Tell whether a document of a declared type may be one that can be read; with ``feeds``, a feed may be too."""
    if media_type is None or media_type in _READABLE or media_type in _UNTOLD:
        return True
    return feeds and media_type in _FEEDS


def unreadable_content(start: bytes) -> str | None:
    """Return what a document certainly is that cannot be read, by its first ``SIGNATURE`` bytes; else None."""
    for signature, content in _SIGNATURES:
        if start.startswith(signature):
            return content
    if start[:4] == b"RIFF":
        return _RIFF.get(start[8:12])
    if start[4:8] == b"ftyp":
        return "an image or film"
    return None
