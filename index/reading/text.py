"""Bytes to text: byte order mark, UTF-8, Windows-1252 where that reads well, then the most likely encoding."""

import codecs
import os
import re
from pathlib import Path

from index.errors import BadInput

MOST_BYTES = 10_000_000
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# What French and English are typed with: charset-normalizer needs more text than a line to find their encoding.
_TYPED = re.compile(r"[\t\n\f\r -~\u00a0\u00ad«»‘’‚“”„–—…•·¿¡°§©®™²³½¼£€àâäæçéèêëíîïñóôöœùúûüÿÀÂÄÆÇÉÈÊËÍÎÏÑÓÔÖŒÙÚÛÜŸ]*")


def decode(data: bytes, name: str) -> str:
    """Return the text of a file, character for character (line ends included).

    Raises ``BadInput`` on more than 10 MB, on bytes that are no text and on a text without a letter or digit.
    """
    refuse_too_large(len(data), name)
    text = _decoded(data, name)
    if "\0" in text:
        raise BadInput("{name} is not a text: it has NUL characters.", name=name)
    if not any(c.isalnum() for c in text):
        raise BadInput("{name} is empty: there is no text in it.", name=name)
    return text


def read_bytes(path: Path) -> bytes:
    """Return what a file holds. Raises ``BadInput`` where it cannot be read or has more than 10 MB."""
    try:
        with path.open("rb") as file:
            refuse_too_large(os.fstat(file.fileno()).st_size, str(path))
            return file.read(MOST_BYTES + 1)
    except OSError as error:
        raise BadInput("{path} cannot be read: {reason}.", path=path, reason=error.strerror or error) from error


def refuse_too_large(size: int, name: str, most: int = MOST_BYTES) -> None:
    """Raise ``BadInput`` where ``size`` bytes are more than may be read."""
    if size > most:
        megabytes, limit = round(size / 1e6, 1), round(most / 1e6)
        raise BadInput(
            "{name} is too large: {size} MB, and the limit is {limit} MB.", name=name, size=megabytes, limit=limit
        )


def _decoded(data: bytes, name: str) -> str:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            try:
                return data.decode(encoding)
            except UnicodeDecodeError as error:
                raise BadInput(
                    "{name} is not a text: it is damaged at byte {start}.", name=name, start=error.start
                ) from error
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        if _TYPED.fullmatch(text := data.decode("cp1252", "replace")):
            return text
        from charset_normalizer import from_bytes

        best = from_bytes(data, cp_isolation=["cp1252", "latin_1", "cp437", "cp850", "mac_roman", "utf_16"]).best()
        if best is None or b"\0" in data:
            raise BadInput("{name} is not a text in any encoding that Sourcier knows.", name=name) from None
        return str(best)
