"""What comes from outside before it is read, and what reading makes of it."""

from enum import StrEnum
from typing import NamedTuple

from index.model import Article, Noun


class Kind(StrEnum):
    """What kind of document some bytes are."""

    TEXT = "text"
    MARKDOWN = "markdown"
    HTML = "html"
    PDF = "pdf"
    DOCX = "docx"


class Caution(StrEnum):
    """What a moderator had better look at before an article goes live."""

    PAYWALL = "paywall"
    """The page says that only subscribers may read on."""

    COOKIES = "cookies"
    """The text speaks of cookies and consent more than of anything else."""

    ODD_CHARACTERS = "odd characters"
    """Many characters are not those of a written language: a font without its letters, or a wrong encoding."""

    CUT = "cut"
    """The document is longer than what is read of it."""

    SHORT = "short"
    """There are only a few sentences."""

    UNDATED = "undated"
    """No date was found."""

    FUTURE = "future"
    """The date lies ahead."""

    OTHER_LANGUAGE = "other language"
    """The text is in another language than the shelf's sources, or in none that Sourcier reads."""


class Document(NamedTuple):
    """Bytes from outside. ``media_type`` and ``charset``: what the sender says of them, in small letters.

    ``name`` is the file's, or the last part of the address; ``url`` is where they were found in the end.
    """

    data: bytes
    name: str
    media_type: str | None = None
    charset: str | None = None
    url: str | None = None


class Reading(Noun):
    """An article as it was read, of which kind of document, and what to look at."""

    article: Article
    kind: Kind
    cautions: tuple[Caution, ...] = ()
