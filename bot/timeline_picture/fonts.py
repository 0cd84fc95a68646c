"""How wide a text is in the font that comes with matplotlib, and whether that can write it."""

import logging
import re
import unicodedata
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from matplotlib.ft2font import FT2Font

_DPI = 144
_UNITS = 64 * _DPI / 72  # of the font's widths in a point
_NO_GLYPH = "□"
_MARKS_IN_A_ROW = 2
_ELLIPSIS = "…"
_CLOSING = ("\u00a0»", "”")
_BROKEN_WORD = re.compile(r"[ \u00a0\u202f]\w{1,8}\Z")
_LOOSE_END = " \u00a0\u202f,;:([{«“-–—/·"


class Fonts:
    """The regular and the bold letters. For one thread: open one for each picture."""

    def __init__(self) -> None:
        self._widths: dict[tuple[str, float, bool], float] = {}

    def width(self, text: str, size: float, *, bold: bool = False) -> float:
        """Return how wide a text is, in points."""
        if (text, size, bold) not in self._widths:
            font = self._bold if bold else self._regular
            font.set_size(size, _DPI)
            font.set_text(text, 0.0)
            self._widths[text, size, bold] = float(font.get_width_height()[0] / _UNITS)
        return self._widths[text, size, bold]

    def writable(self, text: str) -> str:
        """Return a text with signs in place of the letters that the font does not have, and marks kept in the line."""
        kept: list[str] = []
        marks = 0
        for letter in unicodedata.normalize("NFC", text):
            marks = marks + 1 if unicodedata.category(letter) in {"Mn", "Me"} else 0
            if marks <= _MARKS_IN_A_ROW:
                kept.append(letter if ord(letter) in self._letters else _NO_GLYPH)
        return "".join(kept)

    def fitted(self, text: str, room: float, size: float, *, bold: bool = False) -> str:
        """Return a text shortened to fit in ``room`` points; empty where not even its first letters do."""
        if self.width(text, size, bold=bold) <= room:
            return text
        ending = next((_ELLIPSIS + close for close in _CLOSING if text.endswith(close)), _ELLIPSIS)
        low, high = 0, len(text)
        while low < high:
            middle = (low + high + 1) // 2
            if self.width(text[:middle].rstrip() + ending, size, bold=bold) <= room:
                low = middle
            else:
                high = middle - 1
        kept = _BROKEN_WORD.sub("", text[:low]) if re.match(r"\w", text[low : low + 1]) else text[:low]
        kept = kept.rstrip(_LOOSE_END)
        return kept + ending if kept else ""

    @cached_property
    def _regular(self) -> "FT2Font":
        return _open(bold=False)

    @cached_property
    def _bold(self) -> "FT2Font":
        return _open(bold=True)

    @cached_property
    def _letters(self) -> frozenset[int]:
        return frozenset(map(int, self._regular.get_charmap().keys() & self._bold.get_charmap().keys()))


def font_file(*, bold: bool) -> Path:
    """Return where the font stands that comes with matplotlib."""
    hush()
    from matplotlib import get_data_path

    return Path(get_data_path(), "fonts", "ttf", "DejaVuSans-Bold.ttf" if bold else "DejaVuSans.ttf")


def hush() -> None:
    """Keep matplotlib, which is about to be loaded, from telling that it uses a folder of its own for want of a home.

    It does what is right then: a folder for temporary files, which is gone when the process ends.
    """
    logging.getLogger("matplotlib").setLevel(logging.ERROR)


def _open(*, bold: bool) -> "FT2Font":
    path = font_file(bold=bold)
    from matplotlib.ft2font import FT2Font

    return FT2Font(str(path))
