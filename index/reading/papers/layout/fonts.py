"""The fonts of a PDF: codes to characters and widths."""

import logging
import struct
import zlib
from collections.abc import Iterator
from typing import TYPE_CHECKING
from unicodedata import normalize

if TYPE_CHECKING:
    from pypdf.generic import DictionaryObject
    from pypdf.generic._font import Font

BROKEN = (
    ValueError,
    TypeError,
    KeyError,
    IndexError,
    AttributeError,
    AssertionError,
    ArithmeticError,
    RecursionError,
    NotImplementedError,
    EOFError,
    struct.error,
    zlib.error,
)
"""What pypdf raises on broken files besides its own errors, as it does not look at everything first."""

_UNKNOWN = "\ufffd"
_UNPRINTED = "\u00a0\u00ad\u202f\u2009\u200a\u2011"  # narrow spaces and hyphens, not for isprintable, but meant
_UNUSED = ("\x7f", "\x81", "\x8d", "\x8f", "\x90", "\x9d")  # bullets in WinAnsiEncoding (ISO 32000-1, D.2)
_LIGATURES = {ord(ligature): normalize("NFKC", ligature) for ligature in "ﬀﬁﬂﬃﬄﬅﬆ"}
_NARROWEST_SPACE, _WIDEST_SPACE = 0.15, 0.35  # em: what a font says of a space it does not have is no use
_MOST_CACHED = 65_536
_logger = logging.getLogger(__name__)


class Face:
    """A font as it is used: what its codes say and how wide they are.

    ``space`` is the width of a space in em; ``certain``: the font says which characters its codes are.
    """

    def __init__(self, font: "Font | None", *, certain: bool) -> None:
        self._font = font
        name = font.name.casefold() if font else ""
        weight = str(font.font_descriptor.weight) if font else ""
        self.bold = any(word in name for word in ("bold", "black", "heavy", "semibd", "-bd")) or weight in (
            "700",
            "800",
            "900",
        )
        space = font.space_width / 1000 if font else _WIDEST_SPACE
        self.space = min(max(space, _NARROWEST_SPACE), _WIDEST_SPACE)
        self.certain = certain
        self._glyphs: dict[int | str, tuple[str, float, bool]] = {}

    def glyphs(self, shown: bytes | str) -> Iterator[tuple[str, float, bool]]:
        """Yield the characters of a string, their width in em, and whether word spacing applies to them."""
        codes: bytes | str = shown
        if isinstance(shown, bytes) and self._font is not None and isinstance(self._font.encoding, str):
            try:
                codes = shown.decode(self._font.encoding, "surrogatepass")
            except (UnicodeDecodeError, LookupError):
                codes = shown.decode("utf-16-be", "replace")
        for code in codes:
            glyph = self._glyphs.get(code)
            if glyph is None:
                glyph = self._glyph(code)
                if len(self._glyphs) < _MOST_CACHED:
                    self._glyphs[code] = glyph
            yield glyph

    def _glyph(self, code: int | str) -> tuple[str, float, bool]:
        raw = chr(code) if isinstance(code, int) else code
        font = self._font
        if font is None:
            return (raw if raw.isprintable() else _UNKNOWN), 0.5, raw == " "
        decoded = raw if isinstance(font.encoding, str) else font.encoding.get(ord(raw) & 0xFF, raw)
        text = str(font.character_map.get(decoded, decoded)).translate(_LIGATURES)
        if isinstance(code, int) and text in _UNUSED:
            text = "•"
        if len(text) == 1 and not text.isprintable() and text not in _UNPRINTED:
            text = " " if text.isspace() else _UNKNOWN
        width = font.character_widths.get(raw, font.character_widths.get("default", 500))
        return text, float(width) / 1000, raw == " " and isinstance(code, int)


class Faces:
    """The fonts of a document, each read once."""

    def __init__(self) -> None:
        self._faces: dict[int, Face] = {}
        self._held: list[object] = []  # an id stands for an object only as long as that lives
        self._none = Face(None, certain=False)

    def face(self, resource: object) -> Face:
        """Return the face of a font resource; one that guesses where the resource is missing or broken."""
        from pypdf.generic import DictionaryObject

        font = resource.get_object() if hasattr(resource, "get_object") else resource
        if not isinstance(font, DictionaryObject):
            return self._none
        if id(font) not in self._faces:
            self._held.append(font)
            self._faces[id(font)] = self._read(font)
        return self._faces[id(font)]

    def _read(self, resource: "DictionaryObject") -> Face:
        from pypdf.errors import PyPdfError
        from pypdf.generic._font import Font

        try:
            font = Font.from_font_resource(resource)
            return Face(font, certain=_says_characters(font, resource))
        except (PyPdfError, *BROKEN) as error:
            _logger.debug("A font is broken: %s", error)
            return self._none


def _says_characters(font: "Font", resource: "DictionaryObject") -> bool:
    """Tell whether a font says which characters its codes are (ISO 32000-1, 9.10.2)."""
    if font.character_map:
        return True
    if not font.interpretable:
        return False
    encoding = resource.get("/Encoding")
    encoding = encoding.get_object() if encoding is not None else None
    if isinstance(font.encoding, str):
        return isinstance(encoding, str) and "Identity" not in encoding
    return encoding is not None or "+" not in font.name
