"""Bytes of a document from outside to text: what they are counts more than what is declared of them.

The order is that of browsers (https://html.spec.whatwg.org/multipage/parsing.html#determining-the-character-encoding)
but for one thing: bytes that are UTF-8 are read as UTF-8, since nothing else looks like it, and labels are often wrong.
"""

import codecs
import re

from index.reading import text as plain

MOST_PAGE_BYTES = 30_000_000
"""A web page may be this large where pictures are written into it."""

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Python has codecs that are no encodings of text (zlib, rot13), or that hide ASCII (UTF-7): only these are used. What
# calls itself ASCII or Latin-1 is Windows-1252, as in browsers.
_WESTERN = (
    "ascii us-ascii ansi_x3.4-1968 latin1 latin-1 l1 iso-8859-1 iso8859-1 iso_8859-1 windows-1252 cp1252 x-cp1252"
)
_ISO = [part for part in range(2, 17) if part != 12]  # noqa: PLR2004 - there is no part 12
_WINDOWS = [page for page in range(1250, 1259) if page != 1252]  # noqa: PLR2004 - it is Western
_CODECS = {
    **dict.fromkeys(_WESTERN.split(), "cp1252"),
    **{f"{before}{part}": f"iso8859-{part}" for before in ("iso-8859-", "iso8859-") for part in _ISO},
    **{f"{before}{page}": f"cp{page}" for before in ("windows-", "cp", "x-cp") for page in _WINDOWS},
    **dict.fromkeys("utf-8 utf8 unicode-1-1-utf-8".split(), "utf-8"),
    **dict.fromkeys("macintosh mac x-mac-roman macroman mac-roman".split(), "mac_roman"),
    **dict.fromkeys("koi8-r koi8_r koi8".split(), "koi8_r"),
    **dict.fromkeys("koi8-u koi8-ru".split(), "koi8_u"),
    **dict.fromkeys("ibm437 cp437".split(), "cp437"),
    **dict.fromkeys("ibm850 cp850".split(), "cp850"),
    **dict.fromkeys("ibm866 cp866 866".split(), "cp866"),
    **dict.fromkeys("shift_jis shift-jis sjis x-sjis windows-31j".split(), "cp932"),
    **dict.fromkeys("euc-jp x-euc-jp".split(), "euc_jp"),
    **dict.fromkeys("gb2312 gbk gb18030 x-gbk".split(), "gb18030"),
    **dict.fromkeys("big5 big5-hkscs x-x-big5".split(), "big5hkscs"),
    **dict.fromkeys("euc-kr ks_c_5601-1987 korean windows-949".split(), "cp949"),
}
_HEAD = 4_096  # bytes in which a page says its encoding
_IN_PAGE = re.compile(
    rb"<meta\s[^>]{0,500}?\bcharset\s*=\s*[\"']?\s*([\w:.-]{1,40})|<\?xml\s[^>]{0,200}?\bencoding\s*=\s*[\"']([\w:.-]{1,40})",
    re.IGNORECASE,
)
_SAMPLE = 4_000
_FEWEST_BYTES = 16
_WIDE = 0.4  # of a UTF-16 text in a Western language, nearly half the bytes are zero, all in every other place
_STRAY = 20  # where another encoding is declared, one broken character in so many whole ones is still UTF-8
_ASCII = bytes(range(0x80))


def decode(data: bytes, name: str, declared: str | None = None, *, is_page: bool = False) -> str:
    """Return the text of a document from outside; what cannot be decoded in it becomes �.

    ``declared`` is the charset that its sender names; a page may name one itself. Zero bytes are left out. Raises
    ``BadInput`` where there is too much, where it is in no encoding that can be told, and where no text is in it.
    """
    plain.refuse_too_large(len(data), name, MOST_PAGE_BYTES if is_page else plain.MOST_BYTES)
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace").replace("\0", "")
    if unmarked := wide(data):
        return data.decode(unmarked, "replace").replace("\0", "")
    data = data.replace(b"\0", b"")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    labels = (declared, _in_page(data) if is_page else None)
    named = [codec for label in labels if (codec := _codec(label))]
    if _is_nearly_utf_8(data, likely=not named or named[0] == "utf-8"):
        return data.decode("utf-8", "replace")
    for codec in named:
        if codec != "utf-8":
            return data.decode(codec, "replace")
    return plain.decode(data, name)


def _codec(label: str | None) -> str | None:
    return _CODECS.get(label.strip().lower()) if label else None


def _in_page(data: bytes) -> str | None:
    found = _IN_PAGE.search(data[:_HEAD])
    return (found[1] or found[2]).decode("ascii", "replace") if found else None


def wide(data: bytes) -> str | None:
    """Return which UTF-16 a text without a mark is in, by its zero bytes; None where it is in neither."""
    sample = data[:_SAMPLE] if len(data) >= _FEWEST_BYTES else b""
    even, odd = (sample[place::2].count(0) / max(len(sample) // 2, 1) for place in (0, 1))
    if odd > _WIDE and even < odd / 10:
        return "utf-16-le"
    return "utf-16-be" if even > _WIDE and odd < even / 10 else None


def _is_nearly_utf_8(data: bytes, *, likely: bool) -> bool:
    """Tell whether only a few characters are broken in what else is UTF-8: by a proxy, or where the text was cut."""
    text = data.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    whole = len(text) - broken - (len(data) - len(data.translate(None, _ASCII)))
    return whole > broken * (1 if likely else _STRAY)
