"""A Word document to an article: what a reader of its last version sees, without anything hidden or deleted."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import PurePath
from typing import TYPE_CHECKING, NamedTuple

from index.errors import BadInput
from index.language.detection import detect
from index.model import Basis, Language
from index.reading.article import compose
from index.reading.cleaning import clean_line, shown
from index.reading.document import Caution, Document, Kind, Reading
from index.reading.headings import heading, says, unmarked
from index.reading.papers.dated import stated_date
from index.reading.papers.packages import Package, declares_a_type, opened
from index.reading.papers.properties import stated_author, stated_day, stated_title
from index.reading.papers.word_story import Block, DeclaresType, Enough, Paragraph, Story
from index.reading.papers.word_styles import Style, lists, local, styles, value
from index.reading.tables.sentences import sentences

if TYPE_CHECKING:
    from lxml.etree import _Element

MOST_INFLATED = 60_000_000
"""What the text may come to when it is unpacked, in bytes of XML."""

_MOST_OF_A_PART = 10_000_000  # bytes of styles, lists, notes
_MOST_SAID = 1_000_000  # bytes of what a file says of itself
_MOST_TITLE = 300  # what an Article takes
_LONGEST_TITLE_LINE = 150
_HEAD = 20_000  # characters that tell the language
_MAIN_PART = "word/document.xml"
_OFFICE_DOCUMENT = re.compile(r".*/officeDocument")
_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_FIRST = 20  # blocks among which the title stands
_TEMPLATE = "2013-12-23"  # when the template of python-docx was made, which its documents keep
_STOPPED = (".", "!", "…", ":", ";", ",")


def read_docx(document: Document, given: Mapping[str, str | None] | None = None) -> Reading:
    """Read a Word document as an article in Markdown.

    Tracked insertions are kept, deletions left out, and so are hidden text, comments, headers and footers, the table
    of contents. A footnote follows the paragraph that calls it. Raises ``BadInput`` with one sentence where it is
    damaged, protected by a password, too large when unpacked, has macros, a document type, or no text.
    """
    name = shown(document.name)
    with opened(document.data, name) as package:
        if any(part.casefold().endswith("vbaproject.bin") for part in package.names()):
            raise BadInput(
                "{name} has macros: save it as a Word document without them (.docx), then add it again.", name=name
            )
        blocks, is_whole = _blocks(package, name)
        properties = _properties(package, name)
    if not any(character.isalnum() for block in blocks for character in _said(block)):
        raise BadInput("{name} is empty: there is no text in it.", name=name)
    given = given or {}
    language = _language(blocks, given.get("language"))
    title, basis = _title(blocks, properties, document.name)
    text = "\n\n".join(_written(blocks, given.get("title") or title, language))
    found: dict[str, object] = {"title": title, "title_basis": basis, "language": language}
    found |= _dated(blocks, properties, language)
    if author := stated_author(properties.author):
        found["author"] = author
    article = compose(text, found, given, name, markdown=True)
    return Reading(article=article, kind=Kind.DOCX, cautions=() if is_whole else (Caution.CUT,))


class _Properties(NamedTuple):
    """What a file says of itself; ``day`` is when it was made."""

    title: str | None = None
    author: str | None = None
    day: str | None = None


def _blocks(package: Package, name: str) -> tuple[list[Block], bool]:
    """Return the blocks of a document, and whether they are all."""
    part = _main_part(package, name)
    folder = part.rpartition("/")[0]
    known = styles(_root(package, f"{folder}/styles.xml"))
    listed = lists(_root(package, f"{folder}/numbering.xml"))
    story = Story(known, listed, _notes(package, folder, known, name))
    return _told(package.chunks(part, MOST_INFLATED), story, name)


def _told(chunks: Iterable[bytes], story: Story, name: str) -> tuple[list[Block], bool]:
    """Return the blocks that a story makes of XML, and whether they are all."""
    from lxml import etree

    parser = etree.XMLParser(target=story, resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        for chunk in chunks:
            parser.feed(chunk)
        parser.close()
    except Enough:
        return story.conclude(), False
    except DeclaresType as error:
        raise declares_a_type(name) from error
    except etree.XMLSyntaxError as error:
        raise BadInput("{name} is damaged: it cannot be read as a Word document.", name=name) from error
    return story.blocks, True


def _root(package: Package, part: str) -> "Iterable[_Element]":
    """Return the root of a part; nothing where it is missing."""
    return package.tree(part, _MOST_OF_A_PART) if package.has(part) else ()


def _main_part(package: Package, name: str) -> str:
    """Return the part that holds the text, as the package says, else where Word puts it."""
    for relation in package.tree("_rels/.rels", _MOST_SAID) if package.has("_rels/.rels") else ():
        target = (relation.get("Target") or "").lstrip("/")
        if _OFFICE_DOCUMENT.fullmatch(relation.get("Type") or "") and package.has(target):
            return target
    if package.has(_MAIN_PART):
        return _MAIN_PART
    raise BadInput("{name} is no Word document: the part with its text is missing.", name=name)


def _notes(package: Package, folder: str, known: Mapping[str, Style], name: str) -> dict[str, str]:
    """Return the footnotes and endnotes by their kind and id, as *footnote 1*."""
    from lxml import etree

    found: dict[str, str] = {}
    for kind in ("footnote", "endnote"):
        for note in _root(package, f"{folder}/{kind}s.xml"):
            if local(note.tag) == kind and value(note, "type") in (None, "normal"):
                said, _ = _told([etree.tostring(note, with_tail=False)], Story(known, {}, {}), name)
                found[f"{kind} {value(note, 'id')}"] = " ".join(map(_said, said))
    return found


def _properties(package: Package, name: str) -> _Properties:
    """Return what a file says of itself; nothing where that part is broken."""
    part = "docProps/core.xml"
    if not package.has(part):
        return _Properties()
    said: dict[str, str] = {}
    for element in package.tree(part, _MOST_SAID):
        said.setdefault(str(element.tag).rpartition("}")[2], element.text or "")
    found = _DAY.match(said.get("created", ""))
    day = stated_day(int(found[1]), int(found[2]), int(found[3])) if found else None
    return _Properties(
        stated_title(said.get("title"), name), stated_author(said.get("creator")), None if day == _TEMPLATE else day
    )


def _said(block: Block) -> str:
    """Return all the words of a block."""
    if isinstance(block, Paragraph):
        return block.text
    return " ".join(cell for row in block.rows for cell in row)


def _language(blocks: Sequence[Block], given: str | None) -> Language:
    if given in ("fr", "en"):
        return "fr" if given == "fr" else "en"
    head: list[str] = []
    for block in blocks:
        head.append(_said(block))
        if sum(map(len, head)) > _HEAD:
            break
    return detect("\n".join(head)[:_HEAD])


def _title(blocks: Sequence[Block], properties: _Properties, name: str) -> tuple[str, Basis]:
    """Return what is set as the title, else what the file says, else how the text begins, else the file's name."""
    paragraphs = [block for block in blocks if isinstance(block, Paragraph)]
    titled = next((block for block in paragraphs if block.is_title), None)
    if titled and len(titled.text) <= _MOST_TITLE:
        return clean_line(titled.text), Basis.TEXT
    if properties.title:
        return properties.title, Basis.METADATA
    first = paragraphs[0] if paragraphs else None
    if first and len(blocks) > 1 and (first.is_heading or _stands_like_a_title(first.text)):
        return clean_line(first.text)[:_MOST_TITLE], Basis.TEXT
    return clean_line(PurePath(name).stem)[:_MOST_TITLE] or "Document", Basis.FILE_NAME


def _stands_like_a_title(text: str) -> bool:
    return len(text) <= _LONGEST_TITLE_LINE and not text.endswith(_STOPPED) and not text.startswith("- ")


def _dated(blocks: Sequence[Block], properties: _Properties, language: Language) -> dict[str, object]:
    """Return the date that the text states, else when the file was made."""
    if stated := stated_date([block.text for block in blocks if isinstance(block, Paragraph)], language):
        return {"published": stated, "published_basis": Basis.TEXT}
    return {"published": properties.day, "published_basis": Basis.METADATA} if properties.day else {}


def _written(blocks: Sequence[Block], title: str, language: Language) -> Iterator[str]:
    """Yield the paragraphs of a text; the first that only says the title is left out, if it is set as a heading."""
    for number, block in enumerate(blocks):
        if not isinstance(block, Paragraph):
            yield from map(unmarked, sentences(block.rows, head_rows=block.heads, language=language))
        elif not (block.is_heading or block.is_title):
            yield unmarked(block.text)
        elif number > _FIRST or not says(block.text, title):
            yield heading(block.text)
