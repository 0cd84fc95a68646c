"""What kind of document some bytes are: by what they are, then by what their sender says, then by their name."""

import re
from io import BytesIO
from pathlib import PurePath

from index.errors import BadInput, Phrase
from index.reading.charsets import wide
from index.reading.cleaning import shown
from index.reading.document import Document, Kind
from index.reading.fetching.media import SIGNATURE, unreadable_content

READABLE = Phrase("a text (.txt), Markdown (.md), a web page (.html), a PDF (.pdf) or a Word document (.docx)")
"""What can be read, as a sentence says it."""

_BY_ENDING = {
    ".txt": Kind.TEXT,
    ".text": Kind.TEXT,
    ".md": Kind.MARKDOWN,
    ".markdown": Kind.MARKDOWN,
    ".html": Kind.HTML,
    ".htm": Kind.HTML,
    ".xhtml": Kind.HTML,
    ".pdf": Kind.PDF,
    ".docx": Kind.DOCX,
}
ENDINGS = frozenset(_BY_ENDING)
"""How the names of readable files end, in small letters."""

_BY_TYPE = {
    "text/html": Kind.HTML,
    "application/xhtml+xml": Kind.HTML,
    "text/markdown": Kind.MARKDOWN,
    "text/x-markdown": Kind.MARKDOWN,
    "application/pdf": Kind.PDF,
    "application/x-pdf": Kind.PDF,
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": Kind.DOCX,
}
_CALLED = {Kind.PDF: "a PDF", Kind.DOCX: "a Word document (.docx)"}
_SIGNATURES = (
    (b"{\\rtf", "a rich text (.rtf)"),
    (b"BM", "an image (BMP)"),
    (b"%!PS", "a PostScript document"),
    (b"AT&TFORM", "a DjVu document"),
    (b"ITSF", "a help file (.chm)"),
    (b"MSCF", "an archive"),
    (b"!<arch>", "an archive"),
    (b"\x1f\x9d", "a compressed file"),
    (b"\x04\x22\x4d\x18", "a compressed file"),
    (b"MZ", "a program"),
    (b"\xfe\xed\xfa", "a program"),
    (b"\xce\xfa\xed\xfe", "a program"),
    (b"dex\n", "a program"),
    (b"PAR1", "a table of data (Parquet)"),
    (b"\xff\xfb", "a sound"),
    (b"\xff\xf3", "a sound"),
)
_TEXTUAL = (b"BM", b"MZ")  # two letters that a text may begin with
_ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLE_STREAMS = (
    ("EncryptedPackage", "a document protected by a password"),
    ("WordDocument", "an old Word document (.doc)"),
    ("Workbook", "an old Excel workbook (.xls)"),
    ("PowerPoint Document", "an old PowerPoint presentation (.ppt)"),
    ("__substg1.0_", "a saved mail (.msg)"),
)
_PACKAGES = (
    (b"application/vnd.oasis.opendocument.text", "an OpenDocument text (.odt)"),
    (b"application/vnd.oasis.opendocument.spreadsheet", "an OpenDocument spreadsheet (.ods)"),
    (b"application/vnd.oasis.opendocument.presentation", "an OpenDocument presentation (.odp)"),
    (b"application/vnd.oasis.opendocument", "an OpenDocument file"),
    (b"application/epub+zip", "a book (.epub)"),
)
_MOST_TYPES = 1_000_000  # bytes of what a package says of the types of its parts
_MOST_MEMBERS = 20_000
_START = 1_024  # bytes in which a PDF begins, where something else stands before it
_TEXT_START = 4_096
_LEADING = re.compile(r"(?:\ufeff|\s|<!--.*?-->|<\?xml\b[^>]*\?>|<\?[a-z-]+\b[^>]*\?>)*", re.DOTALL | re.IGNORECASE)
_PAGE = re.compile(r"<!doctype\s+html\b|<(?:html|head|body)\b", re.IGNORECASE)
_PIECE_OF_PAGE = re.compile(
    r"<(?:meta|title|link|base|script|style|article|main|section|header|div|p|h[1-6]|table|span|ul|ol)\b[^<]*>",
    re.IGNORECASE,
)
_TAG = re.compile(rb"<\0?[a-zA-Z/!?]")
_DOCTYPE = re.compile(r"<!doctype\s+[^>\[]*(?:\[.*?\])?\s*>\s*", re.DOTALL | re.IGNORECASE)
_ROOT = re.compile(r"<(?:[\w.-]+:)?([\w.-]+)")
_FEEDS = frozenset({"rss", "feed", "rdf"})
_ODD_ENDINGS = {
    ".json": "a file of data (JSON)",
    ".svg": "an image (SVG)",
    ".rtf": "a rich text (.rtf)",
    ".doc": "an old Word document (.doc)",
    ".odt": "an OpenDocument text (.odt)",
    ".epub": "a book (.epub)",
}
_ODD_TYPES = {
    "application/json": "a file of data (JSON)",
    "text/css": "a style sheet",
    "text/javascript": "a program",
    "application/javascript": "a program",
    "text/calendar": "a calendar",
}
_CONTROLS = bytes(set(range(0x20)) - set(b"\t\n\r\f\v\b\x1b") | {0x7F})
_MOST_CONTROLS = {True: 1 / 3, False: 1 / 50}  # of the bytes of a text, in UTF-8 or not


def kind_of(document: Document) -> Kind:
    """Return what kind of document it is. Raises ``BadInput`` with what it is instead, and what can be read."""
    data, name = document.data, shown(document.name)
    if not data:
        raise BadInput("{name} is empty: there is nothing in it.", name=name)
    if data.startswith(b"%PDF-"):
        return Kind.PDF
    said = _BY_TYPE.get(document.media_type or "") or _BY_ENDING.get(PurePath(document.name).suffix.casefold())
    if said is Kind.PDF and b"%PDF-" in data[:_START]:
        return Kind.PDF
    if data.startswith(_ZIP):
        return _package(data, name)
    if data.startswith(_OLE):
        raise _refusal(name, _compound(data))
    if content := unreadable_content(data[:SIGNATURE]) or _content(data):
        raise _refusal(name, content)
    return _text_kind(document, said, name)


def _text_kind(document: Document, said: Kind | None, name: str) -> Kind:
    """Return the kind of what has no signature: a text, with marks or without them."""
    encoding = wide(document.data)
    if not encoding and not _is_text(document.data):
        raise BadInput(
            "{name} is not a text but binary data, which cannot be read here; what can be read is {readable}.",
            name=name,
            readable=READABLE,
        )
    start = document.data[:_TEXT_START]
    text = start.decode(encoding or "utf-8", "replace")
    text = _LEADING.sub("", text, count=1)
    if _PAGE.match(text):
        return Kind.HTML
    if text.startswith("<") and (content := _markup(text, start)):
        raise _refusal(name, content)
    if said is Kind.HTML and not _TAG.search(document.data):
        return Kind.TEXT
    if said in _CALLED:
        raise BadInput(
            "{name} is said to be {content}, but it is not; what can be read is {readable}.",
            name=name,
            content=Phrase(_CALLED[said]),
            readable=READABLE,
        )
    if said is not None:
        return said
    return _untold_kind(document, text, name)


def _untold_kind(document: Document, text: str, name: str) -> Kind:
    ending = PurePath(document.name).suffix.casefold()
    media_type = document.media_type or ""
    if content := _ODD_TYPES.get(media_type) or _ODD_ENDINGS.get(ending):
        raise _refusal(name, content)
    if media_type.startswith(("image/", "audio/", "video/", "font/")):
        raise BadInput(
            "{name} is said to be {type}, which cannot be read here; what can be read is {readable}.",
            name=name,
            type=media_type,
            readable=READABLE,
        )
    if text[:200].startswith("MIME-Version:") and "multipart/related" in text:
        raise _refusal(name, "a saved web archive (.mhtml)")
    return Kind.HTML if media_type != "text/plain" and _PIECE_OF_PAGE.match(text) else Kind.TEXT


def _refusal(name: str, content: str) -> BadInput:
    return BadInput(
        "{name} is {content}, which cannot be read here; what can be read is {readable}.",
        name=name,
        content=Phrase(content),
        readable=READABLE,
    )


def _content(data: bytes) -> str | None:
    """Return what a document certainly is, by signatures that servers of pages hardly ever send."""
    for signature, content in _SIGNATURES:
        if data.startswith(signature) and not (signature in _TEXTUAL and _is_text(data[:_TEXT_START])):
            return content
    if data[257:262] == b"ustar":
        return "an archive"
    if data[60:68] == b"BOOKMOBI":
        return "a book (.mobi)"
    return None


def _compound(data: bytes) -> str:
    """Return what a compound file of Office is (https://learn.microsoft.com/openspecs/windows_protocols/ms-cfb)."""
    for stream, content in _OLE_STREAMS:
        if stream.encode("utf-16-le") in data:
            return content
    return "an old Office document"


def _package(data: bytes, name: str) -> Kind:
    """Return the kind of a zip file: a Word document, or a refusal."""
    import zlib
    from zipfile import BadZipFile, ZipFile

    try:
        with ZipFile(BytesIO(data)) as package:
            members = package.namelist()
            types = b""
            if len(members) <= _MOST_MEMBERS and "[Content_Types].xml" in members:
                with package.open("[Content_Types].xml") as part:
                    types = part.read(_MOST_TYPES)
    except (BadZipFile, zlib.error, NotImplementedError, RuntimeError, ValueError, EOFError, OSError) as error:
        raise BadInput(
            "{name} is a damaged or encrypted zip file; what can be read is {readable}.", name=name, readable=READABLE
        ) from error
    if "word/vbaProject.bin" in members or b"macroEnabled" in types:
        raise _refusal(name, "an Office document with macros (such as .docm)")
    if b"wordprocessingml.template" in types:
        raise _refusal(name, "a Word template (.dotx)")
    if b"wordprocessingml" in types or "word/document.xml" in members:
        return Kind.DOCX
    for start, content in (("xl/", "an Excel workbook (.xlsx)"), ("ppt/", "a PowerPoint presentation (.pptx)")):
        if any(member.startswith(start) for member in members):
            raise _refusal(name, content)
    for mark, content in _PACKAGES:
        if mark in data[:200]:
            raise _refusal(name, content)
    raise _refusal(name, "an archive (ZIP)")


def _markup(text: str, start: bytes) -> str | None:
    """Return what a document in XML is that is no page; None where it may be a piece of one."""
    if doctype := _DOCTYPE.match(text):
        text = text[doctype.end() :]
    root = _ROOT.match(text)
    element = root[1].casefold() if root else ""
    if element == "svg":
        return "an image (SVG)"
    if element in _FEEDS:
        return "a feed (RSS or Atom)"
    if element != "html" and start.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<?xml"):
        return "a file of data (XML)"
    return None


def _is_text(data: bytes) -> bool:
    controls = len(data) - len(data.translate(None, _CONTROLS))
    if controls == 0:
        return True
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        is_utf_8 = error.start > len(data) - 4 > 0
    else:
        is_utf_8 = True
    return controls <= len(data) * _MOST_CONTROLS[is_utf_8]
