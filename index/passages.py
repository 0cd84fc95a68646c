"""Article text to passages: the pieces that are indexed, ranked and shown around a quote.

A passage is some whole sentences of one section, about 40 to 120 words: long enough to be understood alone,
short enough for a hit to say where. Paragraphs, headings and lists are respected. The time is linear
in the length of the text.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator
from itertools import groupby
from math import ceil, inf
from typing import NamedTuple

from index import lines, sentences
from index.lines import Span, is_list_item


class Piece(NamedTuple):
    """A passage ``text[start:end]``, in code points, and the heading it stands under, ``""`` without one."""

    heading: str
    start: int
    end: int


def split(text: str, *, markdown: bool = False) -> list[Piece]:
    """Return the passages in order, disjoint, each from one visible character to another.

    Every character that is not white space is in one passage, or in the heading of the passages after it. A
    heading is a short line of its own, without a final stop, before longer text; with ``markdown`` any line
    that starts with ``#``, which is a passage itself where no text follows. Never raises on any string.
    """
    quotable = sentences.split(text)
    return [
        Piece(section.heading, passage.start, passage.end)
        for section in _sections(text, markdown=markdown)
        for group in _joined(_blocks(text, section, quotable))
        for passage in _balanced(group)
    ]


class _Section(NamedTuple):
    heading: str
    paragraphs: list[Span]


class _Unit(NamedTuple):
    """What a passage is made of: as a rule a sentence. Its size is in words."""

    start: int
    end: int
    size: int


_FEWEST_WORDS = 40
_MOST_WORDS = 120
_MOST_WORDS_OF_A_SENTENCE = 400
_MOST_CHARACTERS = 4000
_HEADING_WORDS = 15
_HEADING_CHARACTERS = 200
_BYLINE_CHARACTERS = 120
_WORD = re.compile(rf"\S{{1,{_MOST_CHARACTERS}}}")
_MARKED = re.compile(r"#{1,6}\s+(?=\S)")
_CLOSING = "»”\"’')]*_ \u00a0\u202f"
_NO_HEADING = re.compile(r"[|>`]|https?://|www\.|(?:via|vía|sources?|cr[ée]dits?|photos?)\s?:", re.IGNORECASE)
_MONTH = r"(?:jan|f[eé]v|feb|ma[riy]|avr|apr|ju[iln]|ao[uû]|aug|sep|oct|nov|d[eé]c)[^\W\d_]*\.?"
# When the article appeared, with the hour or without it, or who signed it.
_BYLINE = re.compile(
    r"(?:(?:date|publié|mis à jour|modifié|le|par|published|posted|updated|on|by)\b.{0,80}?)?"
    r"(?:\d{4}-\d{2}(?:-\d{2})?|\d{1,2}[/.]\d{1,2}[/.]\d{4}"
    rf"|\d{{1,2}}(?:er|st|nd|rd|th)?\s{_MONTH}\s\d{{4}}|{_MONTH}\s(?:\d{{1,2}},?\s)?\d{{4}})"
    r"(?:\W.{0,4}\d{1,2}\s?[:h].{0,8})?\W*$|(?:par|by)\s\S+(?:\s\S+){1,3}$",
    re.IGNORECASE,
)


def _sections(text: str, *, markdown: bool) -> Iterator[_Section]:
    """Yield runs of paragraphs under one heading; a Markdown heading without text is a section of its own."""
    paragraphs = lines.paragraphs(text)
    section = _Section("", [])
    for paragraph, heads in zip(paragraphs, _heads(text, paragraphs, markdown=markdown), strict=True):
        alone = not heads and _is_marked(text, paragraph, markdown=markdown)
        if (heads or alone) and section.paragraphs:
            yield section
        if heads:
            section = _Section(_title(text, paragraph, markdown=markdown), [])
        elif alone:
            yield _Section("", [paragraph])
            section = _Section("", [])
        else:
            section.paragraphs.append(paragraph)
    if section.paragraphs:
        yield section


def _heads(text: str, paragraphs: list[Span], *, markdown: bool) -> list[bool]:
    """Tell for each paragraph whether it is a heading, that is, has longer text or a list after it.

    A date or an author may stand between a heading and its text.
    """
    heads: list[bool] = []
    body = False  # whether a marked heading would have text of its own here
    reach = 0.0  # how long the text after an unmarked heading would be
    for paragraph in reversed(paragraphs):
        length = paragraph.end - paragraph.start
        marked = _is_marked(text, paragraph, markdown=markdown)
        titled = not marked and _could_head(text, paragraph)
        heads.append(body if marked else titled and length < reach)
        body = not marked and not heads[-1]
        if is_byline(text, paragraph):
            continue
        if is_list_item(text, paragraph.start):
            reach = inf
        elif marked or titled:
            reach = 0
        else:
            reach = length
    return heads[::-1]


def _is_marked(text: str, paragraph: Span, *, markdown: bool) -> bool:
    return markdown and _MARKED.match(text, paragraph.start, paragraph.end) is not None


def _could_head(text: str, paragraph: Span) -> bool:
    """Tell whether the line looks like a heading; one that ends in a colon introduces what follows."""
    line = text[paragraph.start : paragraph.end]
    return (
        len(line) <= _HEADING_CHARACTERS
        and len(line.split()) <= _HEADING_WORDS
        and any(character.isalpha() for character in line)
        and not line.rstrip(_CLOSING).endswith((".", "!", "?", "…", ",", ";", ":"))
        and not _NO_HEADING.match(line)
        and not is_byline(text, paragraph)
        and not is_list_item(text, paragraph.start)
    )


def is_byline(text: str, paragraph: Span) -> bool:
    """Tell whether a paragraph only says who wrote a text, or when it appeared."""
    return paragraph.end - paragraph.start <= _BYLINE_CHARACTERS and bool(
        _BYLINE.match(text, paragraph.start, paragraph.end)
    )


def _title(text: str, paragraph: Span, *, markdown: bool) -> str:
    mark = _MARKED.match(text, paragraph.start, paragraph.end) if markdown else None
    return " ".join(text[mark.end() if mark else paragraph.start : paragraph.end].splitlines())


def _blocks(text: str, section: _Section, quotable: list[Span]) -> list[list[_Unit]]:
    """Return the units of each paragraph; a list is one block with the line that introduces it."""
    blocks: list[list[_Unit]] = []
    runs = groupby(section.paragraphs, lambda paragraph: is_list_item(text, paragraph.start))
    for listed, paragraphs in runs:
        blocks_of_run = [list(_units(text, paragraph, quotable)) for paragraph in paragraphs]
        if not listed:
            blocks += blocks_of_run
            continue
        items = [unit for block in blocks_of_run for unit in block]
        if blocks and text[blocks[-1][-1].end - 1] == ":":
            blocks[-1] = _introduced(blocks[-1], items)
        else:
            blocks.append(items)
    return blocks


def _units(text: str, paragraph: Span, quotable: list[Span]) -> Iterator[_Unit]:
    first = bisect_left(quotable, Span(paragraph.start, 0))
    last = bisect_left(quotable, Span(paragraph.end, 0))
    for sentence in quotable[first:last]:
        words = len(text[sentence.start : sentence.end].split())
        if words <= _MOST_WORDS_OF_A_SENTENCE and sentence.end - sentence.start <= _MOST_CHARACTERS:
            yield _unit(sentence.start, sentence.end, words)
        else:
            yield from _torn(text, sentence, words)


def _unit(start: int, end: int, words: int) -> _Unit:
    """Return a unit; where words are very long, or not parted by spaces, its length counts for words."""
    return _Unit(start, end, max(words, (end - start) * _MOST_WORDS // _MOST_CHARACTERS))


def _torn(text: str, sentence: Span, words: int) -> Iterator[_Unit]:
    """Yield the parts of a sentence that is too long, cut at white space, or inside a very long word."""
    share = ceil(words / ceil(words / _MOST_WORDS_OF_A_SENTENCE))
    start = end = sentence.start
    count = 0
    for word in _WORD.finditer(text, sentence.start, sentence.end):
        if count and (count == share or word.end() - start > _MOST_CHARACTERS):
            yield _unit(start, end, count)
            start, count = word.start(), 0
        start, end, count = (start if count else word.start()), word.end(), count + 1
    yield _unit(start, end, count)


def _introduced(introduction: list[_Unit], items: list[_Unit]) -> list[_Unit]:
    """Bind the last sentence of ``introduction`` to the whole list or to its start, where that fits."""
    for bound in (len(items), 1):
        whole = _Unit(introduction[-1].start, items[bound - 1].end, introduction[-1].size + _size(items[:bound]))
        if whole.size <= _MOST_WORDS and whole.end - whole.start <= _MOST_CHARACTERS:
            return [*introduction[:-1], whole, *items[bound:]]
    return introduction + items


def _joined(blocks: list[list[_Unit]]) -> list[list[_Unit]]:
    """Join short blocks with the next until there are words enough; a short rest goes to the group before."""
    groups: list[list[_Unit]] = []
    for block in blocks:
        if groups and _size(groups[-1]) < _FEWEST_WORDS:
            groups[-1] += block
        else:
            groups.append(block)
    if len(groups) > 1 and _size(groups[-1]) < _FEWEST_WORDS:
        rest = groups.pop()
        groups[-1] += rest
    return groups


def _size(units: list[_Unit]) -> int:
    return sum(unit.size for unit in units)


def _balanced(units: list[_Unit]) -> Iterator[Span]:
    """Yield few runs of units that fit a passage, about equally long; a unit that is too long is alone."""
    left = _size(units)
    start, end, size = units[0]
    target = left / ceil(left / _MOST_WORDS)
    for unit in units[1:]:
        fits = size + unit.size <= _MOST_WORDS and unit.end - start <= _MOST_CHARACTERS
        if fits and size + unit.size / 2 <= target:
            end, size = unit.end, size + unit.size
            continue
        yield Span(start, end)
        left -= size
        target = left / ceil(left / _MOST_WORDS)
        start, end, size = unit
    yield Span(start, end)
