"""Text that can be shown anywhere: nothing in it steers a terminal or a client, nothing hides."""

import re

INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164"
    "\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
"""Code points without a glyph: Unicode's Default_Ignorable_Code_Point (bidi controls, zero-width characters,
variation selectors, fillers, tags) and the interlinear annotation marks."""

_WITHOUT_PICTURE = re.compile("[\x80-\x9f\ud800-\udfff]")
_LINE_END = re.compile("\r\n|[\n\v\f\r\x85\u2028\u2029]")
_FOLDED = re.compile(r"[ \n]*\n[ \n]*")
_PICTURES = {code: chr(0x2400 + code) for code in range(0x20)} | {0x09: " ", 0x0A: "\n", 0x7F: "\u2421"}


def printable(text: str, *, fold: bool = False) -> str:
    """Return a text that can be shown anywhere: nothing in it steers the terminal or hides what is written.

    Control characters become their pictures (ESC is ␛), those without a picture and lone surrogates become
    �, bidi controls and invisible characters are left out, tabs become spaces. All line ends become line
    feeds or, with ``fold``, spaces, so that the text is one line. What is printable already comes back
    unchanged.
    """
    text = INVISIBLE.sub("", _LINE_END.sub("\n", text)).translate(_PICTURES)
    text = _WITHOUT_PICTURE.sub("\ufffd", text)
    return _FOLDED.sub(" ", text).strip() if fold else text
