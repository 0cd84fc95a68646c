"""A PDF's bytes to the lines of its pages and what it says of itself, within limits."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import TYPE_CHECKING, NamedTuple

from index.errors import BadInput
from index.reading.cleaning import clean_line
from index.reading.papers.layout.drawing import Budget, Spent, TooLarge
from index.reading.papers.layout.fonts import BROKEN, Faces
from index.reading.papers.layout.lines import Segment, segments
from index.reading.papers.layout.shown import Piece, pieces, visible
from index.reading.papers.properties import stated_day

if TYPE_CHECKING:
    from pypdf import PdfReader

MOST_PAGES = 500
"""So many pages are read."""

MOST_CHARACTERS = 2_000_000
"""So many characters of a document are read."""

_MOST_INFLATED = 15_000_000  # bytes of one stream: a page of text has some thousand
_MOST_PARSED = 300_000  # tokens of one stream
_MOST_BURST = 3  # pages
_MOST_UNCERTAIN = 0.05  # of the characters


class Properties(NamedTuple):
    """What a PDF says of itself; ``day`` is when it was made."""

    title: str | None = None
    author: str | None = None
    day: str | None = None


class Content(NamedTuple):
    """The lines of each page, what the file says of itself, whether its letters are guessed, whether some is left."""

    pages: list[list[list[Segment]]]
    properties: Properties
    uncertain: bool
    cut: bool


def contents(data: bytes, name: str) -> Content:
    """Return what stands on the pages of a PDF; ``name`` is what a sentence calls it.

    Raises ``BadInput`` where it is protected by a password, damaged or too large when unpacked.
    """
    with _quiet(), _bounded(name):
        return _content(data, name)


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep pypdf from telling the log about each oddity, of which a hostile file has millions."""
    logger = logging.getLogger("pypdf")
    level = logger.level
    logger.setLevel(logging.CRITICAL + 1)
    try:
        yield
    finally:
        logger.setLevel(level)


@contextmanager
def _bounded(name: str) -> Iterator[None]:
    """Set pypdf's limits, and say in one sentence what it finds wrong."""
    from pypdf import apply_configuration
    from pypdf.errors import DependencyError, LimitReachedError, PyPdfError

    try:
        with apply_configuration(
            zlib_maximum_output_length=_MOST_INFLATED,
            lzw_maximum_output_length=_MOST_INFLATED,
            run_length_maximum_output_length=_MOST_INFLATED,
            array_based_stream_maximum_output_length=_MOST_INFLATED,
            stream_decoding_work_maximum_length=2 * _MOST_INFLATED,
            stream_parsing_work_maximum_count=_MOST_PARSED,
            disable_legacy_handling=True,
        ):
            yield
    except LimitReachedError as error:
        raise BadInput("{name} is too large when it is unpacked, or built in a circle.", name=name) from error
    except (DependencyError, NotImplementedError) as error:
        raise BadInput("{name} is encrypted in a way that cannot be read here.", name=name) from error
    except (PyPdfError, *BROKEN) as error:
        raise BadInput("{name} is damaged: it cannot be read as a PDF.", name=name) from error


def _content(data: bytes, name: str) -> Content:
    from pypdf import PdfReader

    reader = PdfReader(BytesIO(data))
    if reader.is_encrypted and not reader.decrypt(""):
        raise BadInput("{name} is protected by a password: save it without one, then add it again.", name=name)
    count = len(reader.pages)
    if not count:
        raise BadInput("{name} has no pages.", name=name)
    pages, is_whole = _pieces(reader, min(count, MOST_PAGES), name)
    shown_pieces = [piece for page in pages for piece in page]
    if any(not piece.artifact for piece in shown_pieces):
        pages = [[piece for piece in page if not piece.artifact] for page in pages]
    length = sum(len(piece.text) for piece in shown_pieces)
    uncertain = sum(len(piece.text) for piece in shown_pieces if not piece.certain)
    return Content(
        [segments(list(visible(page))) for page in pages],
        _properties(reader),
        uncertain > _MOST_UNCERTAIN * length,
        count > MOST_PAGES or not is_whole,
    )


def _pieces(reader: "PdfReader", count: int, name: str) -> tuple[list[list[Piece]], bool]:
    """Return what the pages show, and whether that is all.

    A page that is damaged or bursts a limit is passed over, as long as others can be read.
    """
    from pypdf.errors import LimitReachedError, PyPdfError

    faces, budget = Faces(), Budget()
    pages: list[list[Piece]] = []
    length, damaged = 0, 0
    burst: list[LimitReachedError] = []
    for number in range(count):
        page: list[Piece] = []
        try:
            page = pieces(reader.pages[number], reader, faces, budget)
        except LimitReachedError as error:
            burst.append(error)
        except Spent:
            return pages, False
        except (PyPdfError, TooLarge, *BROKEN):
            damaged += 1
        pages.append(page)
        length += sum(len(piece.text) for piece in page)
        if length > MOST_CHARACTERS or len(burst) > _MOST_BURST:
            break
    if burst and not length:
        raise burst[0]
    if damaged == count:
        raise BadInput("{name} is damaged: none of its pages can be read.", name=name)
    return pages, len(pages) == count and not damaged and not burst


def _properties(reader: "PdfReader") -> Properties:
    """Return what the file says of itself; nothing where that is broken."""
    from pypdf.errors import PyPdfError

    try:
        said = reader.metadata
        if said is None:
            return Properties()
        return Properties(_words(said.title), _words(said.author), _day(said.get("/CreationDate")))
    except (PyPdfError, *BROKEN):
        return Properties()


def _words(written: object) -> str | None:
    return clean_line(written) if isinstance(written, str) else None


def _day(written: object) -> str | None:
    """Return the day of a PDF's date, which is written ``D:20250612143000+02'00'`` (ISO 32000-1, 7.9.4)."""
    digits = str(written).removeprefix("D:")[:8]
    if len(digits) != len("20250612") or not (digits.isascii() and digits.isdigit()):
        return None
    return stated_day(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
