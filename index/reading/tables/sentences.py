"""Rows of cells to sentences that a person would read, each understood without the table around it."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from index.model import Language
from index.reading.tables.shape import (
    LONGEST_LABEL,
    SAYS_LITTLE,
    Grid,
    Row,
    alone,
    is_laid_out,
    is_nothing,
    is_value,
    shape,
)
from index.reading.tables.times import Time, read_time
from index.reading.tables.units import Unit, is_bare, read_label, read_unit, with_unit

MOST_CHARACTERS = 2_000_000
"""A table whose sentences come to more is read up to there: its labels are said again and again."""


def sentences(
    rows: Iterable[Sequence[str]],
    *,
    head_rows: int | None = None,
    head_columns: int | None = None,
    language: Language,
) -> list[str]:
    """Return what a table says in the order of its rows, such as *Abilene: Capacity: 1.2 GW; Jobs: 1,700*.

    Each sentence names its row; a number gets the unit of its column or row, and the year that heads it (*Revenue: 3.7
    billion dollars in 2024*). ``head_rows`` and ``head_columns`` are how many hold labels; None lets what is in them
    tell. A merged cell may be given once or in each place that it covers; an empty line in a cell parts paragraphs.
    Empty cells and dashes are left out. A table that only places texts on a page gives those texts. At most 100,000
    cells of 500 columns are read.
    """
    grid = shape(rows, head_rows, head_columns, language)
    if not grid.rows:
        return []
    said = _paragraphs(grid.rows) if is_laid_out(grid) else _Table(grid, language).said()
    told: list[str] = []
    size = 0
    for sentence in (*grid.lead, *said):
        size += len(sentence)
        if size > MOST_CHARACTERS:
            break
        told.append(sentence)
    return told


class _Column(NamedTuple):
    """What the labels of a column say: what it holds, in which unit, at which time; ``full`` as they stand."""

    title: str
    full: str
    unit: Unit | None
    time: Time | None


class _Subject(NamedTuple):
    """What the labels of a row say: of what it speaks, in which unit, at which time; ``full`` as they stand."""

    title: str
    full: str
    unit: Unit | None
    time: Time | None


class _Value(NamedTuple):
    """A cell: what it is of, what it says and when that holds. ``takes_row_unit``: it has the unit of its row."""

    title: str
    text: str
    time: Time | None
    counts: bool
    takes_row_unit: bool


_LENGTH = 300  # code points after which the values of a row go on in another sentence
_TEXT = 200  # code points: a longer value is a sentence of its own
_COUNTED_APART = re.compile(
    r"\b(?:number|nombre|nb|effectifs?|employees|headcount|salariés|sites|per share|par action|ratio|années?|years?"
    r"|rang|rank|dates?)\b",
    re.IGNORECASE,
)
_LOSS = re.compile(
    r"\b(?:loss|losses|expenses?|costs?|pertes?|déficits?|deficits?|charges?|coûts?|dépenses?|impôts?|tax(?:es)?)\b",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?:19|20)\d{2}")
_TOTAL = re.compile(r"\W{0,2}(?:sous-total|total|totaux|ensemble|subtotal|overall|all\b)", re.IGNORECASE)
_NOTE = re.compile(r"\W{0,2}(?:sources?|notes?|n\.?b\.?|lecture|champ|\(?\d\)|[*†])\s?[:.)]?\s", re.IGNORECASE)
_UNIT_HEAD = re.compile(r"unité?s?|units?|unit of measure|unité de mesure", re.IGNORECASE)
_ENDED = (".", "!", "?", "…")
_INSIDE = re.compile(r"[.!?…][»”\"’)]?\s+[«“\"(]?\w")
_WORDS_OF_A_SENTENCE = 4


def _paragraphs(rows: Sequence[Row]) -> Iterator[str]:
    """Yield the texts of a table that is none, a merged one once."""
    for row in rows:
        for place, cell in enumerate(row):
            if not is_nothing(cell) and (place == 0 or cell != row[place - 1]):
                yield from cell.split("\n")


class _Table:
    """A table with its labels read."""

    def __init__(self, grid: Grid, language: Language) -> None:
        self._language = language
        self._colon, self._semicolon = ("\u00a0: ", "\u00a0; ") if language == "fr" else (": ", "; ")
        self._body = grid.rows[grid.head_rows :]
        self._head_columns = grid.head_columns
        heads = _spread([tuple(cell.replace("\n", " ") for cell in row) for row in grid.rows[: grid.head_rows]])
        columns = list(zip(*heads, strict=True)) if heads else [()] * len(grid.rows[0])
        self._corner = "" if len(columns[0]) > 1 else " ".join(columns[0]) if grid.head_columns == 1 else ""
        self._unit = next((unit for text in grid.lead if (unit := read_label(text, language).unit)), None)
        if self._corner:
            corner = read_label(self._corner, language)
            self._unit, self._corner = corner.unit or self._unit, corner.text
        self._columns = [self._column(parts) for parts in columns]
        self._unit_column = next(
            (
                place
                for place, column in enumerate(self._columns)
                if place >= grid.head_columns and _UNIT_HEAD.fullmatch(column.full)
            ),
            None,
        )

    def said(self) -> Iterator[str]:
        """Yield the sentences of the rows; a section that heads none of them is said by itself."""
        sections = sum(alone(row) is not None for row in self._body)
        subtotals = sum(bool(_TOTAL.match(row[0])) for row in self._body) >= sections
        section, closed, heads_none = "", False, False
        above: Row = ()
        for number, row in enumerate(self._body):
            text = alone(row)
            is_total = not text and _TOTAL.match(row[0]) is not None
            is_of_all = is_total and sections > 1 and (closed or not subtotals)
            if heads_none and (text or is_of_all) and section != text:
                yield _ended(section)
            if text:
                section, closed, heads_none = "", False, False
                if len(text) > LONGEST_LABEL or _NOTE.match(text) or number == len(self._body) - 1:
                    yield _ended(text)
                else:
                    section, heads_none = text, True
                continue
            if is_of_all:
                section = ""
            closed = closed or is_total
            above = self._filled(row, above)
            for sentence in self._row(above, section):
                heads_none = False
                yield sentence
        if heads_none:
            yield _ended(section)

    def _filled(self, row: Row, above: Row) -> Row:
        """Return a row with the labels that stand over it, where several columns are labels and one was merged."""
        outer = self._head_columns - 1
        if outer < 1 or not above:
            return row
        labels = [cell or above[place] for place, cell in enumerate(row[:outer])]
        return (*labels, *row[outer:])

    def _column(self, parts: Sequence[str]) -> _Column:
        titles: list[str] = []
        full: list[str] = []
        unit, time = None, None
        for part in parts:
            if not part or part in full:
                continue
            full.append(part)
            if found := read_time(part, self._language):
                time = found
                continue
            label = read_label(part, self._language)
            inner = read_time(label.text, self._language) if label.unit else None
            unit, time = label.unit or unit, inner or time
            titles.append("" if inner else _name(label.text))
        title = ", ".join(filter(None, titles))
        title = "" if title.casefold() in SAYS_LITTLE else title
        named = [_name(part) for part in full if not read_time(part, self._language)]
        written = ", ".join(named)
        return _Column(title, "" if written.casefold() in SAYS_LITTLE else written, unit, time)

    def _subject(self, row: Row, section: str) -> _Subject:
        labels = (cell.replace("\n", " ") for cell in row[: self._head_columns])
        parts = [section, *(label for label in labels if not is_nothing(label))]
        column = self._column(parts)
        says = self._corner.casefold() not in SAYS_LITTLE and not column.time and not _TOTAL.match(row[0])
        corner = _name(self._corner) if says else ""
        if not corner or corner.casefold() in column.full.casefold() or not column.title:
            return _Subject(*column)
        return _Subject(f"{column.title} ({corner})", f"{column.full} ({corner})", column.unit, column.time)

    def _row(self, row: Row, section: str) -> Iterator[str]:
        """Yield what a row says: what holds at a time of its own in sentences of its own, the rest together."""
        subject = self._subject(row, section)
        values = list(self._values(row, subject))
        title = subject.title if any(value.takes_row_unit for value in values) else subject.full
        together: list[_Value] = []
        for value in values:
            if value.time or (title and (len(value.text) > _TEXT or _INSIDE.search(value.text))):
                yield from self._together(title, subject.time, together)
                together = []
                yield self._apart(title, value)
            else:
                together.append(value)
        yield from self._together(title, subject.time, together)

    def _values(self, row: Row, subject: _Subject) -> Iterator[_Value]:
        own = read_unit(row[self._unit_column], self._language) if self._unit_column is not None else None
        for place in range(self._head_columns, len(row)):
            text, column = row[place].replace("\n", " ").strip(" ;,"), self._columns[place]
            merged = (
                place > self._head_columns and text == row[place - 1] and column.full == self._columns[place - 1].full
            )
            if is_nothing(text) or merged or (own and place == self._unit_column):
                continue
            counts = is_value(text, self._language)
            unit = column.unit or subject.unit or own or self._table_unit(text, column, subject)
            takes = unit is not None and is_bare(text)
            if takes and unit:
                text = with_unit(text, unit, is_loss=bool(_LOSS.search(f"{column.full} {subject.full}")))
            time = column.time or (subject.time if counts else None)
            title = column.title if takes and column.unit else column.full
            yield _Value(title, text, time, counts, takes and not column.unit and subject.unit is not None)

    def _table_unit(self, text: str, column: _Column, subject: _Subject) -> Unit | None:
        """Return the unit of the whole table, unless the value is plainly a year or a count."""
        if _YEAR.fullmatch(text) or _COUNTED_APART.search(f"{column.full} {subject.full}"):
            return None
        return self._unit

    def _apart(self, title: str, value: _Value) -> str:
        when = ""
        if value.time:
            when = f" {value.time.phrase}" if value.counts else f" ({value.time.label})"
        text = value.text.rstrip(".") if when else value.text
        return _ended(self._colon.join(filter(None, [title, value.title, text])) + when)

    def _together(self, title: str, time: Time | None, values: Sequence[_Value]) -> Iterator[str]:
        """Yield values of one row in as few sentences as are not too long."""
        titled = self._colon.join(filter(None, [title, time.label if time else ""]))
        said: list[str] = []
        for value in values:
            told = self._colon.join(filter(None, [value.title, _inside(value.text)]))
            if said and len(titled) + sum(map(len, said)) + len(told) > _LENGTH:
                yield _ended(self._colon.join(filter(None, [titled, self._semicolon.join(said)])))
                said = []
            said.append(told)
        if said:
            yield _ended(self._colon.join(filter(None, [titled, self._semicolon.join(said)])))


def _spread(heads: Sequence[Row]) -> list[Row]:
    """Return the head rows with each label over all the columns that it stands over."""
    spread: list[Row] = []
    for number, row in enumerate(heads):
        if number == len(heads) - 1:
            spread.append(row)
            continue
        cells = list(row)
        for place in range(2, len(cells)):
            if not cells[place] and heads[number + 1][place] and cells[place - 1]:
                cells[place] = cells[place - 1]
        spread.append(tuple(cells))
    return spread


def _name(label: str) -> str:
    """Return a label as it stands before a colon."""
    name = label.strip().rstrip(": \u00a0\u202f")
    return "N°" if name == "#" else name


def _inside(value: str) -> str:
    """Return a value as it stands before another one."""
    is_sentence = value.endswith(".") and not value.endswith("..") and len(value.split()) >= _WORDS_OF_A_SENTENCE
    return value[:-1] if is_sentence else value


def _ended(sentence: str) -> str:
    """Return a sentence with its full stop."""
    sentence = sentence.rstrip(" :;,\u00a0\u202f")
    return sentence if sentence.rstrip("»”\"’') \u00a0\u202f").endswith(_ENDED) else f"{sentence}."
