"""The text of a Word document as its XML is read: paragraphs, list items, headings, tables, notes."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, NamedTuple

from index.reading.papers.word_looks import LOOKS, Look
from index.reading.papers.word_styles import Level, Lists, Style, is_on, local, whole

if TYPE_CHECKING:
    from lxml.etree import _Attrib

MOST_CHARACTERS = 2_000_000
"""So many characters of a document are read."""


class Paragraph(NamedTuple):
    """A paragraph: its text with its list mark, and what it is."""

    text: str
    is_heading: bool = False
    is_title: bool = False


class Table(NamedTuple):
    """The rows of a table, a merged cell in each place that it covers; ``heads`` rows repeat on each page."""

    rows: tuple[tuple[str, ...], ...]
    heads: int | None


Block = Paragraph | Table


class Enough(Exception):
    """As much has been read as is read of one document."""


class DeclaresType(Exception):
    """A document brings a document type, in which it could name files and entities of its own."""


_LEFT_OUT = frozenset(
    "del moveFrom delText delInstrText instrText sectPr tblPr tblGrid tblPrEx sdtPr sdtEndPr rPrChange pPrChange "
    "tblPrChange tcPrChange trPrChange sectPrChange numberingChange rt rubyPr fldData ffData comment "
    "annotationRef footnoteRef endnoteRef separator continuationSeparator".split()
)
_WRITTEN = {"cr": "\n", "noBreakHyphen": "-"}
_MOST_SPANNED = 100  # columns of one cell
_MOST_CELLS = 200_000
_MOST_ELEMENTS = 1_500_000
_DEEPEST = 100  # paragraphs, tables and boxes inside one another
_BODY_LEVEL = 9  # the outline level of what is no heading
_COMPATIBILITY = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_MATHS = (
    "{http://schemas.openxmlformats.org/officeDocument/2006/math}t",
    "{http://purl.oclc.org/ooxml/officeDocument/math}t",
)


class _Text:
    """A paragraph that is being read, and what stands in boxes and notes that hang on it."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.style = Style()
        self.numbering: tuple[str, int] | None = None
        self.is_heading: bool | None = None
        self.goes_on = self.is_shaded = False
        self.after: list[Block] = []
        self.notes: list[str] = []


class _Cells:
    """A table that is being read."""

    def __init__(self) -> None:
        self.rows: list[tuple[str, ...]] = []
        self.row: list[str] = []
        self.heads = 0
        self.is_head = self.is_deleted = self.continues = False
        self.span = 1
        self.notes: list[str] = []


class Story:
    """Takes the events of a parser and keeps the blocks of a text; a target in lxml's sense.

    Deleted and hidden text, comments, fields' codes and what repeats a drawing for older programs are left out. A note
    follows the paragraph or table that calls it.
    """

    def __init__(self, styles: Mapping[str, Style], lists: Lists, notes: Mapping[str, str]) -> None:
        self.blocks: list[Block] = []
        self._styles, self._lists, self._notes = styles, lists, notes
        self._counts: dict[tuple[str, int], int] = {}
        self._holders: list[list[Block]] = [self.blocks]
        self._texts: list[_Text] = []
        self._tables: list[_Cells] = []
        self._hidden = False
        self._look = Look()
        self._skipped = 0
        self._choices: list[bool] = []
        self._writes = False
        self._length = 0
        self._cells = self._elements = 0
        self._carried: _Text | None = None
        self._properties = ""  # of what the properties are that are being read
        self._started: dict[str, Callable[[Callable[[str], str | None]], None]] = {
            "p": self._start_paragraph,
            "tbl": self._start_table,
            "tr": self._start_row,
            "tc": self._start_cell,
            "txbxContent": self._start_box,
        }
        self._ended: dict[str, Callable[[], None]] = {
            "p": self._end_paragraph,
            "tbl": self._end_table,
            "tr": self._end_row,
            "tc": self._end_cell,
            "txbxContent": self._end_box,
            "r": self._end_run,
        }

    def doctype(self, name: str, public: str | None, system: str | None) -> None:
        """Refuse a document type. Raises ``DeclaresType``."""
        raise DeclaresType(f"{name} {public} {system}")

    def start(self, tag: str, attributes: "_Attrib") -> None:
        """Take the start of an element."""
        self._elements += 1
        if self._elements > _MOST_ELEMENTS:
            raise Enough
        if self._skipped:
            self._skipped += 1
            return
        name = local(tag)
        if name == "del" and self._properties:
            self._delete_mark()
        if name in _LEFT_OUT or self._is_spare(tag):
            self._skipped = 1
            return
        if name:
            namespace = tag[: -len(name)]
            self._take(name, lambda attribute: attributes.get(namespace + attribute))
        else:
            self._writes = tag in _MATHS

    def end(self, tag: str) -> None:
        """Take the end of an element."""
        self._writes = False
        if self._skipped:
            self._skipped -= 1
            return
        if tag == f"{_COMPATIBILITY}AlternateContent" and self._choices:
            self._choices.pop()
        name = local(tag)
        if name == self._properties:
            self._properties, self._hidden, self._look = "", False, Look()
        ended = self._ended.get(name)
        if ended is not None:
            ended()

    def data(self, text: str) -> None:
        """Take characters."""
        if self._writes and not self._skipped:
            self._write(text)

    def close(self) -> list[Block]:
        """Return what was read."""
        if self._carried is not None:
            self._finish(self._carried)
        return self.blocks

    def conclude(self) -> list[Block]:
        """Return what was read before there was enough."""
        while self._tables:
            del self._holders[1:]
            self._end_table()
        if not self.blocks and self._texts:
            self._finish(self._texts[0])
        return self.blocks

    def _delete_mark(self) -> None:
        """Take the end of a paragraph, or a row, as deleted."""
        if self._properties == "pPr" and self._texts:
            self._texts[-1].goes_on = True
        elif self._properties == "trPr" and self._tables:
            self._tables[-1].is_deleted = True

    def _is_spare(self, tag: str) -> bool:
        """Tell whether an element repeats, for other programs, what another one says."""
        if not tag.startswith(_COMPATIBILITY):
            return False
        name = tag[len(_COMPATIBILITY) :]
        if name == "AlternateContent":
            self._choices.append(False)
        elif name == "Fallback":
            return bool(self._choices) and self._choices[-1]
        elif name == "Choice" and self._choices:
            taken, self._choices[-1] = self._choices[-1], True
            return taken
        return False

    def _take(self, name: str, get: Callable[[str], str | None]) -> None:
        started = self._started.get(name)
        if started is not None:
            if len(self._holders) + len(self._texts) + len(self._tables) > _DEEPEST:
                raise Enough
            started(get)
        elif name == "t":
            self._writes = True
        elif name in ("tab", "ptab") and get("pos") is None:
            self._write(" ")
        elif name == "br":
            self._write("\n" if get("type") in (None, "textWrapping") else " ")
        elif name in _WRITTEN:
            self._write(_WRITTEN[name])
        elif name in ("footnoteReference", "endnoteReference"):
            self._call(f"{name.removesuffix('Reference')} {get('id')}")
        elif self._tables and name in ("gridSpan", "vMerge", "tblHeader"):
            self._shape(name, get)
        elif name in LOOKS:
            self._see(name, get)
        else:
            self._set(name, get)

    def _see(self, name: str, get: Callable[[str], str | None]) -> None:
        """Take how a run looks, or what is behind a paragraph."""
        self._look.take(name, get)
        if self._properties == "pPr" and self._texts:
            self._texts[-1].is_shaded = self._texts[-1].is_shaded or self._look.is_shaded

    def _set(self, name: str, get: Callable[[str], str | None]) -> None:
        """Take what an element says of its paragraph or run."""
        text = self._texts[-1] if self._texts else None
        if name in ("pPr", "trPr"):
            self._properties = name
        elif name in ("vanish", "webHidden"):
            self._hidden = is_on(get("val"))
        elif name == "rStyle":
            self._hidden = self._hidden or self._styles.get(get("val") or "", Style()).is_hidden
        elif text is None:
            return
        elif name == "pStyle":
            text.style = self._styles.get(get("val") or "", Style())
            text.numbering = text.numbering or text.style.numbering
        elif name == "outlineLvl":
            text.is_heading = whole(get("val"), _BODY_LEVEL) < _BODY_LEVEL
        elif name == "numId":
            text.numbering = (get("val") or "0", text.numbering[1] if text.numbering else 0)
        elif name == "ilvl":
            text.numbering = (text.numbering[0] if text.numbering else "0", whole(get("val"), 0))

    def _is_unseen(self) -> bool:
        """Tell whether a run is too small to be read, or white on the paper; tables and boxes may have any colour."""
        text = self._texts[0]
        is_on_paper = not (self._tables or self._texts[1:] or text.is_shaded or text.style.is_shaded)
        return self._look.is_tiny or (self._look.is_white and not self._look.is_shaded and is_on_paper)

    def _write(self, text: str) -> None:
        if self._hidden or not self._texts or self._is_unseen():
            return
        self._length += len(text)
        if self._length > MOST_CHARACTERS:
            raise Enough
        self._texts[-1].parts.append(text)

    def _call(self, note: str) -> None:
        if self._texts and not self._hidden and note in self._notes:
            self._texts[-1].notes.append(self._notes[note])

    def _start_paragraph(self, _get: Callable[[str], str | None]) -> None:
        carried, self._carried = self._carried, None
        self._texts.append(carried or _Text())
        self._hidden, self._look = False, Look()

    def _end_run(self) -> None:
        self._hidden, self._look = False, Look()

    def _end_paragraph(self) -> None:
        self._hidden = False
        if not self._texts:
            return
        text = self._texts.pop()
        if text.goes_on and not self._texts:
            text.goes_on, self._carried = False, text
        else:
            self._finish(text)

    def _finish(self, text: _Text) -> None:
        """Keep a paragraph, with what hangs on it after it."""
        holder = self._holders[-1]
        written = "".join(text.parts).strip()
        if written and not text.style.is_contents and not text.style.is_hidden:
            is_heading = text.style.is_heading if text.is_heading is None else text.is_heading
            is_head = is_heading or text.style.is_title
            mark = "" if is_head else self._mark(text.numbering) or ("- " if text.style.is_listed else "")
            holder.append(Paragraph(mark + written, is_heading, text.style.is_title))
        holder += text.after
        if self._tables:
            self._tables[-1].notes += text.notes
        else:
            holder += [Paragraph(note) for note in text.notes]

    def _mark(self, numbering: tuple[str, int] | None) -> str:
        """Return the mark of a list's item: a dash, or its number."""
        if numbering is None or numbering[0] == "0":
            return ""
        level = self._lists.get(numbering, Level(is_numbered=False, start=1))
        if not level.is_numbered:
            return "- "
        count = self._counts.get(numbering, level.start - 1) + 1
        self._counts[numbering] = count
        for place in [place for place in self._counts if place[0] == numbering[0] and place[1] > numbering[1]]:
            del self._counts[place]
        return f"{count}. "

    def _start_box(self, _get: Callable[[str], str | None]) -> None:
        self._holders.append([])

    def _end_box(self) -> None:
        if len(self._holders) > 1:
            found = self._holders.pop()
            (self._texts[-1].after if self._texts else self._holders[-1]).extend(found)

    def _start_table(self, _get: Callable[[str], str | None]) -> None:
        self._tables.append(_Cells())

    def _start_row(self, _get: Callable[[str], str | None]) -> None:
        if self._tables:
            table = self._tables[-1]
            table.row, table.is_head, table.is_deleted = [], False, False

    def _start_cell(self, _get: Callable[[str], str | None]) -> None:
        self._holders.append([])
        if self._tables:
            self._tables[-1].span, self._tables[-1].continues = 1, False

    def _shape(self, name: str, get: Callable[[str], str | None]) -> None:
        table, said = self._tables[-1], get("val")
        if name == "gridSpan":
            table.span = min(max(whole(said, 1), 1), _MOST_SPANNED)
        elif name == "vMerge":
            table.continues = said != "restart"
        else:
            table.is_head = is_on(said)

    def _end_cell(self) -> None:
        found = self._holders.pop() if len(self._holders) > 1 else []
        if not self._tables:
            return
        table = self._tables[-1]
        text = "\n\n".join(_plain(block) for block in found)
        place = len(table.row)
        if table.continues and table.rows and place < len(table.rows[-1]):
            text = table.rows[-1][place]
        table.row += [text] * table.span
        self._cells += table.span
        if self._cells > _MOST_CELLS:
            raise Enough

    def _end_row(self) -> None:
        if not self._tables or self._tables[-1].is_deleted:
            return
        table = self._tables[-1]
        if table.is_head and table.heads == len(table.rows):
            table.heads += 1
        table.rows.append(tuple(table.row))

    def _end_table(self) -> None:
        if not self._tables:
            return
        table = self._tables.pop()
        holder = self._holders[-1]
        if table.rows:
            holder.append(Table(tuple(table.rows), table.heads or None))
        if self._tables:
            self._tables[-1].notes += table.notes
        else:
            holder += [Paragraph(note) for note in table.notes]


def _plain(block: Block) -> str:
    """Return what a block says in a cell."""
    if isinstance(block, Paragraph):
        return block.text
    return "\n\n".join(" ; ".join(filter(None, dict.fromkeys(row))) for row in block.rows)
