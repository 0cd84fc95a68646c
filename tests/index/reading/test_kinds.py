"""What a document is, is told by its bytes, then by what is said of it; what cannot be read is refused by name."""

import struct
import zipfile
from contextlib import suppress
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.errors import BadInput
from index.reading.document import Document, Kind
from index.reading.kinds import READABLE, kind_of

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
CSV = b"site;MW\nAbilene;1200\nFos;900\n"
JSON = b'{"site": "Abilene", "MW": 1200}\n'
LOG = b"2025-07-02 10:00:01 INFO started\n2025-07-02 10:00:02 WARN slow\n"
PAGE = b"<!DOCTYPE html><html><body><p>Le contrat vaut 30 milliards.</p></body></html>"


def package(*members: str, types: str = "", first: str = "") -> bytes:
    written = BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        if first:
            archive.writestr("mimetype", first)
        archive.writestr("[Content_Types].xml", f"<Types>{types}</Types>")
        for member in members:
            archive.writestr(member, "x")
    return written.getvalue()


def refusal(data: bytes, name: str = "note.txt", media_type: str | None = None) -> str:
    with pytest.raises(BadInput) as refused:
        kind_of(Document(data, name, media_type))
    message = str(refused.value)
    assert READABLE in message
    assert message.endswith(".")
    assert "\n" not in message
    return message


@pytest.mark.parametrize(
    ("data", "name", "media_type", "kind"),
    [
        (b"Le contrat vaut 30 milliards.", "note.txt", None, Kind.TEXT),
        (b"Le contrat vaut 30 milliards.", "", None, Kind.TEXT),
        (b"# Le contrat", "note.MD", "application/octet-stream", Kind.MARKDOWN),
        (b"# Le contrat", "README.md", "text/plain", Kind.MARKDOWN),
        (b"# Le contrat", "x", "text/markdown", Kind.MARKDOWN),
        (PAGE, "note.html", None, Kind.HTML),
        (PAGE, "note.txt", "text/plain", Kind.HTML),
        (PAGE, "note.pdf", "application/pdf", Kind.HTML),
        (PAGE, "note.docx", WORD, Kind.HTML),
        (b"\xef\xbb\xbf\n <!-- x --> <HTML lang=fr>", "", None, Kind.HTML),
        (
            b'<?xml version="1.0"?><!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "x"><html>',
            "x",
            None,
            Kind.HTML,
        ),
        (PAGE.decode().encode("utf-16"), "x", None, Kind.HTML),
        (b"<p>Un morceau</p>", "x", "text/html", Kind.HTML),
        (b"<div class=a>Un morceau</div>", "", None, Kind.HTML),
        (b"<3 les figures", "note.txt", None, Kind.TEXT),
        (b"Pas une balise ici.", "x", "text/html", Kind.TEXT),
        (b"%PDF-1.7\n...", "note.txt", "text/plain", Kind.PDF),
        (b"%PDF-1.7\n...", "note.html", "text/html", Kind.PDF),
        (b"\r\n\x00junk %PDF-1.4\n...", "note.pdf", None, Kind.PDF),
        (package("word/document.xml"), "note.zip", "application/zip", Kind.DOCX),
        (package("word/document2.xml", types=f'ContentType="{WORD}.main+xml"'), "note.docx", WORD, Kind.DOCX),
        (CSV, "data.csv", "text/csv", Kind.TEXT),
        (CSV, "pasted", None, Kind.TEXT),
        (JSON, "pasted.txt", "text/plain", Kind.TEXT),
        (LOG, "server.log", None, Kind.TEXT),
        (b"BMW et MZ, deux marques; PK aussi.", "note.txt", None, Kind.TEXT),
        (b"PKN Orlen annonce 3 GW.", "note.txt", None, Kind.TEXT),
        ("Été 2025 : l’usine ouvre.".encode("utf-16-le"), "note.txt", None, Kind.TEXT),
        ("Été 2025 : l'usine ouvre.".encode("cp1252"), "note.txt", None, Kind.TEXT),
        (b"Le contrat\x00 vaut\x07 30\x1b milliards\x7f.\x0c", "note.txt", None, Kind.TEXT),
        (
            bytes(range(0x20)) + b"\x7f" + b"Le contrat vaut 30 milliards de dollars par an, dit Oracle. " * 2,
            "a",
            None,
            Kind.TEXT,
        ),
    ],
)
def test_the_kind_is_told(data: bytes, name: str, media_type: str | None, kind: Kind) -> None:
    assert kind_of(Document(data, name, media_type)) is kind


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (OLE + "WordDocument".encode("utf-16-le"), "old Word document (.doc)"),
        (OLE + "Workbook".encode("utf-16-le"), "old Excel workbook (.xls)"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "protected by a password"),
        (OLE, "old Office document"),
        (package("word/document.xml", "word/vbaProject.bin"), "macros"),
        (package("word/document.xml", types="application/vnd.ms-word.document.macroEnabled.main+xml"), "macros"),
        (package("xl/workbook.xml"), "Excel workbook (.xlsx)"),
        (package("ppt/presentation.xml"), "PowerPoint presentation (.pptx)"),
        (package("content.xml", first="application/vnd.oasis.opendocument.text"), "OpenDocument text (.odt)"),
        (package("OEBPS/a.xhtml", first="application/epub+zip"), "book (.epub)"),
        (package("a.txt"), "archive (ZIP)"),
        (b"PK\x03\x04 cut off", "damaged"),
        (package("word/document.xml")[:-30], "damaged"),
        (rb"{\rtf1\ansi Le contrat}", "rich text (.rtf)"),
        (b"\x89PNG\r\n\x1a\n" + bytes(40), "image (PNG)"),
        (b"\xff\xd8\xff\xe0" + bytes(40), "image (JPEG)"),
        (b"GIF89a" + bytes(40), "image (GIF)"),
        (b"BM" + bytes(40), "image (BMP)"),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 ", "image (WebP)"),
        (b"\x00\x00\x00\x20ftypheic" + bytes(40), "image or film"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><text>a</text></svg>", "image (SVG)"),
        (b"<?xml version='1.0'?><!DOCTYPE svg PUBLIC 'a' 'b' [<!ENTITY x 'y'>]><svg>", "image (SVG)"),
        (b"<?xml version='1.0'?><rss version='2.0'><channel/></rss>", "feed"),
        (b"<?xml version='1.0'?>\n<feed xmlns='http://www.w3.org/2005/Atom'/>", "feed"),
        (
            b"<?xml version='1.0'?><!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><a>&x;</a>",
            "file of data (XML)",
        ),
        (b"\x1f\x8b\x08" + bytes(40), "compressed"),
        (b"7z\xbc\xaf\x27\x1c" + bytes(40), "archive"),
        (bytes(257) + b"ustar" + bytes(250), "archive"),
        (b"\x7fELF\x02\x01\x01" + bytes(range(256)) * 8, "program"),
        (b"MZ\x90\x00" + bytes(60), "program"),
        (b"SQLite format 3\x00" + bytes(80), "database"),
        (b"ID3\x04" + bytes(40), "sound"),
        (bytes(60) + b"BOOKMOBI", "book (.mobi)"),
        (b"%!PS-Adobe-3.0\n", "PostScript"),
        (bytes(range(256)) * 10, "binary data"),
        (bytes(5000), "binary data"),
        (struct.pack("<500i", *range(500)), "binary data"),
    ],
)
@pytest.mark.parametrize("name", ["note.txt", "note.docx", ""])
def test_what_cannot_be_read_is_refused_by_its_name(data: bytes, said: str, name: str) -> None:
    assert said in refusal(data, name)


@pytest.mark.parametrize(
    ("data", "name", "media_type", "said"),
    [
        (b"Le contrat", "note.pdf", None, "said to be a PDF"),
        (b"Le contrat", "x", "application/pdf", "said to be a PDF"),
        (b"Le contrat", "note.docx", None, "said to be a Word document"),
        (JSON, "data.json", None, "JSON"),
        (JSON, "x", "application/json", "JSON"),
        (b"body{}", "x", "text/css", "style sheet"),
        (b"text", "x", "image/png", "image/png"),
        (b"text", "note.doc", None, ".doc"),
        (b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n--x\n", "page", None, ".mhtml"),
    ],
)
def test_what_is_not_what_it_is_said_to_be_is_refused(
    data: bytes, name: str, media_type: str | None, said: str
) -> None:
    assert said in refusal(data, name, media_type)


def test_nothing_is_refused_as_empty() -> None:
    with pytest.raises(BadInput, match="empty"):
        kind_of(Document(b"", "note.txt"))


@given(
    st.binary(max_size=80),
    st.sampled_from([b"", b"PK\x03\x04", b"%PDF-", b"<", b"<?xml", OLE, b"RIFF"]),
    st.sampled_from(["", "a.pdf", "a.md"]),
)
@settings(deadline=None, max_examples=100)
def test_any_bytes_have_a_kind_or_are_refused(data: bytes, start: bytes, name: str) -> None:
    with suppress(BadInput):
        assert kind_of(Document(start + data, name)) in Kind
