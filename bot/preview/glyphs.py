"""How wide letters are, without a font at hand: estimates for a sans-serif font that nobody knows.

Each is the greatest advance width among Liberation Sans (as wide as Arial), Open Sans, Noto Sans, Roboto, Inter and
DejaVu Sans, rounded up to 0.02 em. So a text is hardly ever wider than estimated, and usually a tenth narrower.
"""

import unicodedata
from collections.abc import Mapping

from bot.preview.markup import Run

_WIDE = 1.4  # em: emoji and signs, the widest that are usual
_OTHER_LETTER = 1.1  # of scripts that the tables do not have; the average is far below


def _by_letter(letters_of: Mapping[int, str]) -> dict[str, float]:
    """Turn letters by their width in hundredths of an em into the widths of letters in em."""
    return {letter: width / 100 for width, letters in letters_of.items() for letter in letters}


_REGULAR = _by_letter(
    {
        22: "\u2009",
        26: "\u202f",
        28: "'ijl",
        32: " ,.\u00a0·‘’",
        34: ":;I",
        38: "f\u2011",
        40: "()[]t‹›",
        42: "!/\\r¡",
        44: "²",
        46: '"',
        48: "-",
        50: "°",
        52: "“”„",
        54: "s",
        56: "*?J_cz|",
        58: "L`k",
        60: "vxy•",
        62: "Faeo§«»¿ðø",
        64: "$012356789bdghnpqu{}¢£¥ßþ†",
        66: "4T–",
        68: "EKPSYÞ€",
        70: "ABVXZ",
        74: "CR",
        76: "HNU",
        78: "&DGĐ",
        80: "OQØ",
        82: "w",
        84: "#+<=>^~±×÷−≈≤≥",
        90: "✓",
        92: "M▶◀",
        96: "%↗□",
        98: "m¼½¾",
        100: "W©®Ææ—…™←→",
        102: "@",
        104: "œ�",
        108: "Œ",
        136: "‰",
    }
)

_BOLD = _by_letter(
    {
        22: "\u2009",
        26: "\u202f",
        32: "'",
        36: " ijl\u00a0",
        38: ",.·‘’",
        40: ":;I",
        42: "/‹›",
        44: "\\f²",
        46: "!()[]¡",
        48: "-t\u2011",
        50: "r°",
        54: '"',
        56: "_|",
        58: "*J",
        60: "csz†",
        62: "?`¿",
        64: "L§–•",
        66: "vxy«»“”„",
        68: "aek",
        70: "$0123456789EFTo¢£¥ðø€",
        72: "bdghnpqu{}ßþ",
        74: "PSYZÞ",
        76: "C",
        78: "ABKRVX",
        82: "U",
        84: "#+<=>DGHN^~±×÷Đ−≈≤≥",
        86: "OQØ",
        88: "&",
        90: "✓",
        94: "w",
        96: "↗□▶◀",
        100: "M©®—…™←→",
        102: "%",
        104: "@¼½¾",
        106: "mæ",
        110: "Æœ",
        112: "W�",
        118: "Œ",
        144: "‰",
    }
)


def width(run: Run, size: float) -> float:
    """Return how wide a run is at most in letters of a size, in the unit of the size."""
    table = _BOLD if run.bold else _REGULAR
    return size * sum(_width(letter, table) for letter in run.text)


def _width(letter: str, table: Mapping[str, float]) -> float:
    """Return the width of a letter in em. Accents over and under letters add none."""
    known = table.get(letter) or table.get(unicodedata.normalize("NFD", letter)[0])
    if known is not None:
        return known
    category = unicodedata.category(letter)
    if category[0] == "M":
        return 0.0
    return _OTHER_LETTER if category[0] == "L" else _WIDE
