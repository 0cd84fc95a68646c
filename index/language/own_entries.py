"""The entries that moderators add to the lexicon for their server.

They are written in the lexicon's own form, one a line::

    base lunaire = moon base
    OAI = OpenAI

A term with a capital is a name: it is called the same in both languages, and is a word of neither.
"""

import re

from index.errors import BadInput
from index.language.analysis import tokens
from index.language.dictionary import LONGEST as LONGEST_TERM
from index.language.dictionary import Entry, numbered, read
from index.model import Language

MOST = 200
"""Entries of one server."""

LONGEST = 8_000
"""Characters of all of them together."""

LONGEST_LINE = 1_000
"""Characters of one of them."""

_SHOWN = 80  # characters that an error repeats
_EQUALS = re.compile(r"\s*=\s*")


def own_entries(text: str) -> list[Entry]:
    """Return the entries in a text. Raises ``BadInput`` with the number of the line that is none."""
    if len(text) > LONGEST:
        raise BadInput(
            "The entries have {count:,} characters together, and there is room for {most:,}.",
            count=len(text),
            most=LONGEST,
        )
    for number, line in enumerate(text.splitlines(), start=1):
        if len(line) > LONGEST_LINE:
            raise BadInput("Line {number} is longer than {most:,} characters.", number=number, most=LONGEST_LINE)
    lines = list(numbered(text.splitlines()))
    if len(lines) > MOST:
        raise BadInput("There are {count} entries, and there is room for {most}.", count=len(lines), most=MOST)
    return [_entry(number, line) for number, line in lines]


def _entry(number: int, line: str) -> Entry:
    written = read(_EQUALS.sub(" = ", line))
    if written is None:
        raise BadInput(
            "Line {number} is not written like “puce, processeur = chip, processor”: “{line}”.",
            number=number,
            line=line[:_SHOWN],
        )
    for language in ("fr", "en"):
        for term in written.side(language):
            _refuse_unfit(number, term, language)
    names = [term for term in (*written.fr, *written.en) if term != term.lower()]
    return Entry(
        fr=_plain([*written.fr, *names], "fr"),
        en=_plain([*written.en, *names], "en"),
        names=tuple(dict.fromkeys(names)),
    )


def _refuse_unfit(number: int, term: str, language: Language) -> None:
    """Refuse a term that no question could have."""
    words = tokens(term, language)
    if not words:
        raise BadInput("Line {number}: “{term}” has no word to look for.", number=number, term=term[:_SHOWN])
    if len(words) > LONGEST_TERM:
        raise BadInput(
            "Line {number}: “{term}” has more than {most} words.",
            number=number,
            term=term[:_SHOWN],
            most=LONGEST_TERM,
        )


def _plain(terms: list[str], language: Language) -> tuple[str, ...]:
    """Return terms as they are looked for: their words alone, in small letters."""
    found = (" ".join(tokens(term, language)) for term in terms)
    return tuple(dict.fromkeys(term for term in found if term))
