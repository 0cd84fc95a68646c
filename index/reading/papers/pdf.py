"""A PDF to an article: its text in reading order, without what each page repeats."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import PurePath
from typing import NamedTuple

from index.errors import BadInput
from index.language.detection import detect
from index.model import Basis, Language
from index.reading.article import compose
from index.reading.cleaning import clean_line, shown
from index.reading.document import Caution, Document, Kind, Reading
from index.reading.headings import heading, says, unmarked
from index.reading.papers.dated import stated_date
from index.reading.papers.layout.blocks import Block, Rank, blocks
from index.reading.papers.layout.columns import ordered
from index.reading.papers.layout.contents import without_contents
from index.reading.papers.layout.notes import without_calls
from index.reading.papers.layout.running_heads import without_running_heads
from index.reading.papers.legibility import is_legible
from index.reading.papers.pdf_contents import Properties, contents
from index.reading.papers.properties import stated_author, stated_title
from index.reading.tables.sentences import sentences

_MOST_TITLE = 300  # what an Article takes
_HEAD = 20_000  # characters that tell the language


def read_pdf(document: Document, given: Mapping[str, str | None] | None = None) -> Reading:
    """Read a PDF as an article in Markdown; scripts, forms, comments and attached files are left alone.

    Its title is what it says of itself or the largest text of its first page, its date what its text states or when
    the file was made. Only the first 500 pages are read. Raises ``BadInput`` with one sentence where it is protected by
    a password, made of pictures, damaged or too large when unpacked.
    """
    name = shown(document.name)
    content = contents(document.data, name)
    found = without_contents(without_calls(blocks(ordered(without_running_heads(content.pages)))))
    if not any(character.isalnum() for block in found for character in block.said):
        raise BadInput(
            "{name} has no text: its pages are pictures, or empty. Have the text recognised, or paste it.", name=name
        )
    given = given or {}
    language = _language(found, given.get("language"))
    title = _title(found, content.properties, document.name)
    text = "\n\n".join(_written(found, given.get("title") or title.text, language))
    fields: dict[str, object] = {"title": title.text, "title_basis": title.basis, "language": language}
    fields |= _dated(found, content.properties, language)
    if author := stated_author(content.properties.author):
        fields["author"] = author
    cautions = []
    if content.uncertain or not is_legible(text):
        cautions.append(Caution.ODD_CHARACTERS)
    if content.cut:
        cautions.append(Caution.CUT)
    article = compose(text, fields, given, name, markdown=True)
    return Reading(article=article, kind=Kind.PDF, cautions=tuple(cautions))


class _Title(NamedTuple):
    """A title, and how it is known."""

    text: str
    basis: Basis


def _title(found: Sequence[Block], properties: Properties, name: str) -> _Title:
    """Return the title that a file states, else the largest text of its first page, else its name."""
    if stated := stated_title(properties.title, name):
        return _Title(stated, Basis.METADATA)
    headings = [block for block in found if block.rank is Rank.HEADING and block.page == 0]
    if headings:
        largest = max(headings, key=lambda block: block.size)
        if len(largest.text) <= _MOST_TITLE:
            return _Title(clean_line(largest.text), Basis.TEXT)
    return _Title(clean_line(PurePath(name).stem)[:_MOST_TITLE] or "PDF", Basis.FILE_NAME)


def _language(found: Sequence[Block], given: str | None) -> Language:
    if given in ("fr", "en"):
        return "fr" if given == "fr" else "en"
    return detect("\n".join(block.said for block in found)[:_HEAD])


def _dated(found: Sequence[Block], properties: Properties, language: Language) -> dict[str, object]:
    """Return the date that the text states, else when the file was made."""
    if stated := stated_date([block.text for block in found if block.page == 0], language):
        return {"published": stated, "published_basis": Basis.TEXT}
    return {"published": properties.day, "published_basis": Basis.METADATA} if properties.day else {}


def _written(found: Sequence[Block], title: str, language: Language) -> Iterator[str]:
    """Yield the paragraphs of a text; a heading on the first page that only says the title is left out."""
    for block in found:
        if block.rank is Rank.TABLE:
            yield from map(unmarked, sentences(block.rows, language=language))
        elif block.rank is not Rank.HEADING:
            yield unmarked(block.text)
        elif block.page or not says(block.text, title):
            yield heading(block.text)
