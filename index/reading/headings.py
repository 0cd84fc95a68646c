"""Headings and titles as they stand in the Markdown of an article that was read."""

import re

from index.reading.cleaning import clean, clean_line

_MARK = re.compile(r"#+\s*")
_MARKED = re.compile(r"^\s*#{1,6}\s+(?=\S)", re.MULTILINE)


def heading(text: str) -> str:
    """Return a heading as a line of Markdown."""
    return f"## {_MARK.sub('', clean_line(text), count=1)}"


def unmarked(paragraph: str) -> str:
    """Return a paragraph of which Markdown takes no line for a heading: without hash signs before a line's text."""
    return _MARKED.sub("", paragraph)


def says(text: str, title: str) -> bool:
    """Tell whether a heading says the title and no more, up to marks and spaces."""
    return _letters(text) == _letters(title)


def _letters(text: str) -> str:
    return "".join(character for character in clean(text).casefold() if character.isalnum())
