"""Text from outside as it is stored: nothing in it is hidden, steers, or comes in two spellings.

Whoever reads a quote sees every character of it, and whoever types a word of it finds it: what cannot be seen is left
out, and one letter has one form (NFC). Linear in the length of the text.
"""

import re
import unicodedata

MOST_MARKS = 3
"""Combining marks on one letter; no language that is read here has more, piles of them hide the lines around."""

_LINE_END = re.compile("\r\n|[\n\v\f\r\x85\u2028\u2029]")
# Neither seen nor meant: controls, direction marks, breaks that are only allowed, fillers, tags, spare selectors.
_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200e\u200f"
    "\u202a-\u202e\u2060-\u206f\u3164\ufdd0-\ufdef\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]+"
)
_PICTURES = "\u2190-\u2bff\u3030\u303d\U0001f000-\U0001faff"
# Scripts in which a joiner or its opposite changes what is read: Arabic to N'Ko, of India, Myanmar, Khmer, Mongolian.
_JOINED = "\u0600-\u07ff\u08a0-\u0dff\u1000-\u109f\u1780-\u18af"
_IDLE_JOINER = re.compile(
    f"\u200d(?![{_PICTURES}])(?![{_JOINED}])|\u200c(?![{_JOINED}])"
    f"|(?<![{_PICTURES}\ufe0f{_JOINED}])\u200d|(?<![{_JOINED}])\u200c"
)
_SELECTED = f"{_PICTURES}0-9#*\u00a9\u00ae\u203c\u2049\u2122\u2139"
_IDLE_SELECTOR = re.compile(f"[\ufe00-\ufe0d]+|(?<![{_SELECTED}])[\ufe0e\ufe0f]+")
_MARKS = (
    "\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u0610-\u061a\u064b-\u065f\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u0f71-\u0f84"
    "\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\u302a-\u302f\u3099\u309a\ufe20-\ufe2f"
)
_PILE = re.compile(f"([{_MARKS}]{{{MOST_MARKS}}})[{_MARKS}]+")
_SURROGATE = re.compile("[\ud800-\udfff]")
_BULLETS = str.maketrans(dict.fromkeys("\uf0b7\uf0a7\uf0d8\uf076\uf0fc", "•"))  # the fonts Symbol and Wingdings
_GAP = re.compile(r"\n[^\S\n]*\n\s*\n")
_TRAILING = re.compile(r"(?<=\S)[^\S\n]+(?=\n)")
_SPACES = re.compile(r"\s+")
_LONGEST_NAME = 80


def clean(text: str) -> str:
    """Return a text as it is stored; empty where nothing in it can be seen.

    Line ends are line feeds, at most one empty line stands between others, none at the start and end; letters are in
    NFC, with at most ``MOST_MARKS`` marks; controls and characters that cannot be seen are left out, but for the
    joiners of scripts and pictures that need them; a lone surrogate becomes �. What is clean comes back unchanged.
    """
    text = without_unseen(_LINE_END.sub("\n", text))
    text = unicodedata.normalize("NFC", _PILE.sub(r"\1", text))
    return _GAP.sub("\n\n", _TRAILING.sub("", text)).strip()


def without_unseen(text: str) -> str:
    """Return a text without the characters that cannot be seen, so that no word or number is cut by them."""
    if text.isascii():
        return _UNSEEN.sub("", text)
    text = _UNSEEN.sub("", _SURROGATE.sub("\ufffd", text)).translate(_BULLETS)
    return _IDLE_JOINER.sub("", _IDLE_SELECTOR.sub("", text))


def clean_line(text: str) -> str:
    """Return a title or a name as it is stored: clean, on one line, with single spaces."""
    return _SPACES.sub(" ", clean(text)).strip()


def shown(name: str) -> str:
    """Return the name of a file or page as a sentence can say it: on one line, not long, never empty."""
    line = clean_line(name.replace("\\", "/").rstrip("/").rpartition("/")[2])
    if len(line) > _LONGEST_NAME:
        line = f"{line[: _LONGEST_NAME // 2 - 1]}…{line[-_LONGEST_NAME // 2 :]}"
    return line or "The document"
