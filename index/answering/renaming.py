"""What a server calls otherwise than its sources do, in a question: called as in the sources."""

import re
from collections.abc import Callable, Iterator
from itertools import islice

from index.language.analysis import OTHER, tokens
from index.language.dictionary import LONGEST, Lexicon
from index.model import Language

_WORD = re.compile(r"\w+")
_MOST = 100  # words of a question that are looked at


def renamed(question: str, language: Language, lexicon: Lexicon, stands: Callable[[str], bool]) -> str:
    """Return a question with what no source says put as the sources say it, by the entries that a server has added.

    ``stands`` tells whether a source has a word. A term that sources have stays as it is.
    """
    if not lexicon.is_extended:
        return question
    words = list(islice(_WORD.finditer(question), _MOST))
    meaningful = [bool(tokens(word[0], language)) for word in words]
    parts, done, place = [], 0, 0
    while place < len(words):
        length, said = 1, None
        for end in range(min(place + LONGEST, len(words)), place, -1):
            if meaningful[place] and meaningful[end - 1]:
                term = tokens(question[words[place].start() : words[end - 1].end()], language)
                said = next(_called(term, language, lexicon, stands), None)
            if said is not None:
                parts += [question[done : words[place].start()], said]
                done, length = words[end - 1].end(), end - place
                break
        place += length
    return "".join([*parts, question[done:]])


def _called(term: list[str], language: Language, lexicon: Lexicon, stands: Callable[[str], bool]) -> Iterator[str]:
    """Yield what the sources call a term that they do not have: names first, then in the question's language."""
    entries = lexicon.added(tuple(term), language) if 0 < len(term) <= LONGEST else []
    if not entries or all(map(stands, term)):
        return
    for entry in entries:
        for other in (*entry.names, *entry.side(language), *entry.side(OTHER[language])):
            words = tokens(other, language)
            if words and words != term and all(map(stands, words)):
                yield other
