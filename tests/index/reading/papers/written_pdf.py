"""PDFs for tests: pages that reportlab sets, and files written object by object so that any part can be wrong."""

import zlib
from collections.abc import Callable, Mapping, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

import matplotlib as mpl
from pypdf import PdfReader, PdfWriter
from reportlab.lib.enums import TA_JUSTIFY
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageTemplate, Paragraph, Table

MARGIN, GUTTER = 50.0, 18.0
TEXT = ParagraphStyle("text", fontName="Times-Roman", fontSize=10, leading=12, alignment=TA_JUSTIFY, spaceAfter=6)
HEADING = ParagraphStyle("heading", fontName="Helvetica-Bold", fontSize=14, leading=18, spaceBefore=8, spaceAfter=4)
TITLE = ParagraphStyle("title", fontName="Helvetica-Bold", fontSize=20, leading=24, spaceAfter=10)

Decoration = Callable[[Canvas, int], None]


def laid_out(
    story: Sequence[Flowable], *, columns: int = 1, decoration: Decoration | None = None, **said: str
) -> bytes:
    """Return pages on which a story flows through columns; ``decoration`` draws what each page repeats."""
    file = BytesIO()
    document = BaseDocTemplate(file, pagesize=A4, **said)
    width = (A4[0] - 2 * MARGIN - (columns - 1) * GUTTER) / columns
    frames = [
        Frame(MARGIN + number * (width + GUTTER), MARGIN, width, A4[1] - 2 * MARGIN, leftPadding=0, rightPadding=0)
        for number in range(columns)
    ]
    document.addPageTemplates(
        [PageTemplate(frames=frames, onPage=lambda canvas, page: decoration(canvas, page.page) if decoration else None)]
    )
    document.build(list(story))
    return file.getvalue()


def text(written: str) -> Paragraph:
    """Return a paragraph of running text, justified."""
    return Paragraph(written, TEXT)


def heading(written: str) -> Paragraph:
    """Return a heading."""
    return Paragraph(written, HEADING)


def title(written: str) -> Paragraph:
    """Return a title."""
    return Paragraph(written, TITLE)


def table(rows: Sequence[Sequence[str]]) -> Table:
    """Return a table without lines around its cells."""
    return Table([list(row) for row in rows])


def drawn(draw: Callable[[Canvas], None], **said: str) -> bytes:
    """Return pages that a function draws."""
    file = BytesIO()
    canvas = Canvas(file, pagesize=A4)
    for name, value in said.items():
        getattr(canvas, f"set{name.capitalize()}")(value)
    draw(canvas)
    canvas.save()
    return file.getvalue()


def in_lines(lines: Sequence[str], *, size: float = 10.0) -> bytes:
    """Return one page with these lines, broken as they are here."""

    def draw(canvas: Canvas) -> None:
        canvas.setFont("Times-Roman", size)
        for number, line in enumerate(lines):
            canvas.drawString(MARGIN, A4[1] - 100 - number * size * 1.2, line)

    return drawn(draw)


def embedded_font() -> str:
    """Return the name of a TrueType font that is embedded in part, with its own codes."""
    if "Embedded" not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(TTFont("Embedded", Path(mpl.get_data_path()) / "fonts" / "ttf" / "DejaVuSans.ttf"))
    return "Embedded"


def without_letters(data: bytes) -> bytes:
    """Return a PDF whose fonts do not say which letters their codes are."""
    writer = PdfWriter(clone_from=PdfReader(BytesIO(data)))
    for page in writer.pages:
        for font in page["/Resources"]["/Font"].values():  # type: ignore[index]
            font.get_object().pop("/ToUnicode", None)
    return _saved(writer)


def locked(data: bytes, *, user: str, algorithm: str = "AES-256") -> bytes:
    """Return a PDF that is encrypted; ``user`` is the password that opens it."""
    writer = PdfWriter(clone_from=PdfReader(BytesIO(data)))
    writer.encrypt(user_password=user, owner_password="owner", algorithm=algorithm)  # noqa: S106
    return _saved(writer)


def turned(data: bytes, degrees: int) -> bytes:
    """Return a PDF whose pages are shown turned."""
    writer = PdfWriter(clone_from=PdfReader(BytesIO(data)))
    for page in writer.pages:
        page.rotate(degrees)
    return _saved(writer)


def _saved(writer: PdfWriter) -> bytes:
    file = BytesIO()
    writer.write(file)
    return file.getvalue()


def assembled(objects: Mapping[int, bytes], *, trailer: bytes = b"") -> bytes:
    """Return a file of numbered objects, of which 1 is the catalogue, with a right table of where they stand."""
    data = bytearray(b"%PDF-1.7\n")
    places: dict[int, int] = {}
    for number, written in objects.items():
        places[number] = len(data)
        data += b"%d 0 obj\n%s\nendobj\n" % (number, written)
    start, size = len(data), max(objects) + 1
    data += b"xref\n0 %d\n" % size
    for number in range(size):
        data += b"%010d %05d %s \n" % (
            places.get(number, 0),
            0 if number in places else 65_535,
            b"n" if number in places else b"f",
        )
    return bytes(data) + b"trailer\n<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF\n" % (size, trailer, start)


def stream(data: bytes, entries: bytes = b"", *, packed: bool = True) -> bytes:
    """Return a stream object."""
    filtered = zlib.compress(data) if packed else data
    named = b"/Filter/FlateDecode" if packed else b""
    return b"<<%s%s/Length %d>>\nstream\n%s\nendstream" % (named, entries, len(filtered), filtered)


def on_one_page(
    content: bytes, *, resources: bytes = b"", objects: Mapping[int, bytes] | None = None, **parts: Any
) -> bytes:
    """Return a file with one page of this content, on which /F is Helvetica; its font is object 5."""
    font = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>"
    made = {
        1: b"<</Type/Catalog/Pages 2 0 R>>",
        2: b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        3: b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>%s>>>>"
        % resources,
        4: stream(content),
        5: font,
        **(objects or {}),
    }
    return assembled(made, **parts)
