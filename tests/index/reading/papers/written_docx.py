"""Word documents written by hand, part by part, so that tests can make them right or wrong in any place."""

from collections.abc import Mapping
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

TRANSITIONAL = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"

TYPES = (
    f'<?xml version="1.0" encoding="UTF-8"?><Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{_TYPE}"/></Types>'
)
RELATIONS = (
    f'<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="r1" Type="{_OFFICE}/relationships/officeDocument" Target="word/document.xml"/></Relationships>'
)
STYLES = f"""<w:styles xmlns:w="{TRANSITIONAL}">
<w:style w:styleId="Titre1"><w:name w:val="heading 1"/><w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style>
<w:style w:styleId="Intertitre"><w:name w:val="Intertitre maison"/><w:basedOn w:val="Titre1"/></w:style>
<w:style w:styleId="Titre"><w:name w:val="Title"/></w:style>
<w:style w:styleId="TM1"><w:name w:val="toc 1"/></w:style>
<w:style w:styleId="Tirets"><w:name w:val="Liste à puces 2"/></w:style>
<w:style w:styleId="Puces"><w:name w:val="List Bullet"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>
</w:styles>"""
LISTS = f"""<w:numbering xmlns:w="{TRANSITIONAL}">
<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/></w:lvl></w:abstractNum>
<w:abstractNum w:abstractNumId="1">
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/></w:lvl></w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>
</w:numbering>"""


def written(
    body: str, *, namespace: str = TRANSITIONAL, head: str = "", parts: Mapping[str, str | bytes] | None = None
) -> bytes:
    """Return a Word document with this XML in its body; ``head`` stands before the root, ``parts`` are further ones."""
    return packed(
        {
            "[Content_Types].xml": TYPES,
            "_rels/.rels": RELATIONS,
            "word/document.xml": document(body, namespace=namespace, head=head),
            "word/styles.xml": STYLES,
            "word/numbering.xml": LISTS,
            **(parts or {}),
        }
    )


def document(body: str, *, namespace: str = TRANSITIONAL, head: str = "") -> str:
    """Return the part that holds the text."""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>{head}<w:document xmlns:w="{namespace}"'
        ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
        ' xmlns:v="urn:schemas-microsoft-com:vml"'
        ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape">'
        f"<w:body>{body}<w:sectPr/></w:body></w:document>"
    )


def packed(parts: Mapping[str, str | bytes]) -> bytes:
    """Return a zip archive of parts."""
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return file.getvalue()


def paragraph(text: str, style: str = "", properties: str = "") -> str:
    """Return a paragraph in one run; ``properties`` go beside its style."""
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f"<w:p><w:pPr>{named}{properties}</w:pPr>{run(text)}</w:p>"


def run(text: str, properties: str = "") -> str:
    """Return a run of text."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def listed(text: str, number: int, level: int = 0) -> str:
    """Return an item of list 1, which has bullets, or 2, which has numbers."""
    return paragraph(text, properties=f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')


def table(*rows: str) -> str:
    """Return a table of rows."""
    return f"<w:tbl><w:tblPr/>{''.join(rows)}</w:tbl>"


def row(*cells: str, properties: str = "") -> str:
    """Return a row of cells, each a text or a cell in XML."""
    made = (each if each.startswith("<w:tc>") else cell(each) for each in cells)
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(made)}</w:tr>"


def cell(text: str, properties: str = "") -> str:
    """Return a cell with a text, or with blocks in XML."""
    inner = text if text.startswith("<w:") else paragraph(text)
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inner}</w:tc>"


def core(**fields: str) -> str:
    """Return what a document says of itself: ``title``, ``creator``, ``created``."""
    spelled = {"title": "dc:title", "creator": "dc:creator", "created": "dcterms:created"}
    inner = "".join(f"<{spelled[name]}>{value}</{spelled[name]}>" for name, value in fields.items())
    return (
        f'<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/">'
        f"{inner}</cp:coreProperties>"
    )
