"""What a moderator copied out of a source, found in its text word for word.

White space, and whether quotation marks, apostrophes and dashes are typographic or plain, make no difference: they
change on the way through a clipboard. What is found is what the text has. Linear in the length of the text.
"""

import re

_FORMS = str.maketrans(
    {
        **dict.fromkeys("“”„‟″＂", '"'),
        **dict.fromkeys("‘’‚‛ʼ′`´‹›", "'"),
        **dict.fromkeys("‐‑‒–—―−", "-"),
    }
)
_WRITTEN = re.compile(r"\S+")
_RUN = re.compile(r"[^\W_]+")


def find_words(text: str, said: str) -> str | None:
    """Return what a text has of what was said, from its first to its last word; None where it has not all of it.

    Words count as a whole: ``une centrale`` does not stand in ``aucune centrale``.
    """
    plain, wanted = _plain(text), _plain(said)
    if not wanted:
        return None
    place = plain.find(wanted)
    while place >= 0 and not _is_whole(plain, place, place + len(wanted)):
        place = plain.find(wanted, place + 1)
    if place < 0:
        return None
    before = _signs(plain[:place])
    return text[_at_sign(text, before) : _at_sign(text, before + _signs(wanted) - 1) + 1]


def same_words(one: str, other: str) -> bool:
    """Tell whether one of two quotes holds the other."""
    plain, wanted = _plain(one), _plain(other)
    return wanted in plain or plain in wanted


def count_words(said: str) -> int:
    """Return how many words there are that have a letter or a digit."""
    return sum(_RUN.search(word) is not None for word in said.split())


def longest_run(said: str) -> str:
    """Return the longest run of letters and digits: a text without it, as it is, does not have the words."""
    return max(_RUN.findall(said), key=len, default="")


def _plain(text: str) -> str:
    """Return a text as it is compared. It has the same number of signs that are no white space."""
    line = " ".join(text.translate(_FORMS).split())
    return line.replace("« ", '"').replace(" »", '"').replace("«", '"').replace("»", '"')


def _is_whole(plain: str, start: int, end: int) -> bool:
    """Tell whether no word begins before a span and goes on in it, or begins in it and goes on after it."""
    begun = start > 0 and plain[start - 1].isalnum() and plain[start].isalnum()
    goes_on = end < len(plain) and plain[end - 1].isalnum() and plain[end].isalnum()
    return not begun and not goes_on


def _signs(text: str) -> int:
    return len(text) - text.count(" ")


def _at_sign(text: str, number: int) -> int:
    """Return where the sign stands that has so many before it; white space does not count."""
    for run in _WRITTEN.finditer(text):
        if number < len(run[0]):
            return run.start() + number
        number -= len(run[0])
    raise ValueError("there are not so many signs")
