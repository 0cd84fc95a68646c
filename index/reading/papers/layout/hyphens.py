"""Words that were parted at the end of a line, joined again."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise

from index.language.analysis import fold
from index.lines import words

_SOFT = "\u00ad"
_HYPHENS = ("-", "\u2010", _SOFT)
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_FIRST_PART = re.compile(r"(?P<part>[^\W\d_]+)[-\u2010\u00ad]$")
_SECOND_PART = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_ADDRESS = re.compile(r"(?:https?://|www\.)\S*[/.\-_=&?]$", re.IGNORECASE)
_LONGEST_ADDRESS = 200  # code points
_LONGEST_WORD = 60  # code points
_SHORTEST = 4  # letters of a word that may be half of a compound
_AFTER_A_VERB = words("il elle on ils elles nous vous je tu ce moi toi lui leur y en ci là même mêmes t le la les")
_PEOPLES = words("franco anglo germano italo hispano belgo luso sino russo américano israélo arabo nippo gréco turco")
_COMPOUND_ENDS = words("dire être ce là ci bas haut")


class Vocabulary:
    """The words of a text, from which it is told how a word that was parted is written."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._seen: Counter[str] = Counter()
        self._listed: frozenset[str] | None = None
        for line in lines:
            # What touches a line's end may be half of a word.
            whole = line.rstrip()
            found = [match[0].casefold() for match in _WORD.finditer(whole)]
            if whole.endswith(_HYPHENS):
                found = found[:-1]
            self._seen.update(found)

    def whole(self, lines: Sequence[str]) -> str:
        """Return the lines of a paragraph as one, with spaces between them and parted words whole again."""
        written = [self._before(line, following) for line, following in pairwise(lines)]
        return "".join([*written, *lines[-1:]])

    def _before(self, line: str, following: str) -> str:
        """Return a line as it is written before the one that follows."""
        if line.endswith(_SOFT):
            return line[:-1]
        first, second = _FIRST_PART.search(line[-_LONGEST_WORD:]), _SECOND_PART.match(following)
        if not first or _ADDRESS.search(line[-_LONGEST_ADDRESS:]):
            return line if _goes_on(line) else f"{line} "
        if not second or self._keeps_hyphen(first["part"], second[0]):
            return f"{line[:-1]}-"
        return line[:-1]

    def _keeps_hyphen(self, first: str, second: str) -> bool:
        """Tell whether the hyphen between the halves of a parted word is written inside a line, too."""
        if second[0].isupper() and not first.isupper():
            return True
        left, right = first.casefold(), second.casefold()
        whole, compound = self._seen[left + right], self._seen[f"{left}-{right}"]
        if whole or compound:
            return compound > whole
        head = right.partition("-")[0]
        if self._knows(left + right):
            return False
        if left in _PEOPLES or head in _AFTER_A_VERB or head in _COMPOUND_ENDS:
            return True
        return min(len(left), len(head)) >= _SHORTEST and self._has(left) and self._has(head)

    def _knows(self, word: str) -> bool:
        """Tell whether a word stands inside a line of the text, or in the lexicon in any of its forms."""
        if self._seen[word]:
            return True
        from index.language.dictionary import shipped

        lexicon = shipped()
        return lexicon.knows(word, "fr") or lexicon.knows(word, "en")

    def _has(self, word: str) -> bool:
        """Tell whether a word stands inside a line of the text, or in the lexicon as it is."""
        if self._seen[word]:
            return True
        if self._listed is None:
            from index.language.dictionary import shipped

            self._listed = frozenset(shipped().words("fr")) | frozenset(shipped().words("en"))
        return fold(word) in self._listed


def _goes_on(line: str) -> bool:
    """Tell whether a line ends inside what has no spaces: ``4,5-`` and ``5``, an address, a dash between words."""
    if _ADDRESS.search(line[-_LONGEST_ADDRESS:]):
        return True
    return len(line) > 1 and line[-1] in _HYPHENS and not line[-2].isspace()
