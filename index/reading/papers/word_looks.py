"""How a run of a Word document looks, as far as that may hide it: its size, its colour and what is behind it."""

from collections.abc import Callable

from index.reading.papers.word_styles import whole

LOOKS = frozenset({"color", "sz", "shd", "highlight"})
"""The elements that say how a run looks."""

_WHITE = frozenset({"ffffff", "fefefe", "fdfdfd", "fcfcfc"})
_TINY = 4  # half points


class Look:
    """How a run looks."""

    def __init__(self) -> None:
        self.is_white = self.is_tiny = self.is_shaded = False

    def take(self, name: str, get: Callable[[str], str | None]) -> None:
        """Take one of ``LOOKS`` with its attributes."""
        said = (get("val") or "").casefold()
        if name == "color":
            self.is_white = said in _WHITE
        elif name == "sz":
            self.is_tiny = whole(said, _TINY) < _TINY
        elif name == "highlight":
            self.is_shaded = said not in ("", "none", "white")
        else:
            self.is_shaded = self.is_shaded or shades(get)


def shades(get: Callable[[str], str | None]) -> bool:
    """Tell whether a ``shd`` with these attributes has another colour than the paper's."""
    said, fill = (get("val") or "").casefold(), (get("fill") or "auto").casefold()
    return said not in ("clear", "nil", "") or fill not in ("auto", *_WHITE)
