"""Sources by the names that people give them: an id, a title or a part of one, spelt as may be."""

import asyncio
import re
from collections.abc import Sequence
from difflib import SequenceMatcher, get_close_matches

from index.errors import NotFound
from index.language.analysis import fold, is_stopword
from index.library import Library
from index.model import Source, State

NEAR = 3
"""Sources that are proposed in place of one that is not there."""

_ENOUGH = 25  # sources that are compared with a name
_WORDS = re.compile(r"\w{3,}")
_MOST_WORDS = 5  # words of a name that sources are looked for with
_VOCABULARY = 200  # sources whose titles' words misspelt ones are compared with
_MOST_KNOWN = 2_000  # such words
_ALIKE = 0.7
_COMPARED = 60  # characters


async def find(library: Library, shelf: str, wanted: str) -> Source | None:
    """Return the live source with an id or a title, or the only one that what is wanted may mean."""
    try:
        source = await library.source(wanted, shelf)
    except NotFound:
        pass
    else:
        if source.state is State.LIVE:
            return source
    listing = await library.browse(shelf, wanted, limit=_ENOUGH)
    name = _folded(wanted)
    named = [source for source in listing.sources if name in {_folded(source.id), _folded(source.title)}]
    if named or listing.total == 1:
        return (named or listing.sources)[0]
    return None


async def near(library: Library, shelf: str, wanted: str) -> list[Source]:
    """Return up to ``NEAR`` live sources with a name like the one that is wanted, the likeliest first."""
    words = [word for word in dict.fromkeys(_WORDS.findall(_folded(wanted))) if not _is_common(word)]
    words = sorted(words, key=len, reverse=True)[:_MOST_WORDS]
    found = await _found(library, shelf, [wanted, *words])
    if not found:
        first = (await library.browse(shelf, limit=_VOCABULARY)).sources
        found = await _found(library, shelf, await asyncio.to_thread(_spelt, words, first))
    return await asyncio.to_thread(_likeliest, found, wanted)


async def _found(library: Library, shelf: str, searches: Sequence[str]) -> list[Source]:
    """Return the sources that any of some searches finds, about as many as are worth comparing."""
    found: dict[tuple[str, str], Source] = {}
    for search in searches:
        if len(found) < _ENOUGH:
            listing = await library.browse(shelf, search, limit=_ENOUGH)
            found |= {(source.shelf, source.id): source for source in listing.sources}
    return list(found.values())


def _spelt(words: Sequence[str], sources: Sequence[Source]) -> list[str]:
    """Return words of the sources' titles that are nearly the given ones."""
    known = list(dict.fromkeys(word for source in sources for word in _WORDS.findall(_folded(source.title))))
    return [near for word in words for near in get_close_matches(word, known[:_MOST_KNOWN], n=1, cutoff=_ALIKE)]


def _likeliest(sources: Sequence[Source], wanted: str) -> list[Source]:
    """Return the sources whose title or id is most like what is wanted."""
    name = _folded(wanted)[:_COMPARED]

    def likeness(source: Source) -> float:
        own = (_folded(text)[:_COMPARED] for text in (source.title, source.id))
        return max(SequenceMatcher(None, name, text).ratio() for text in own)

    return sorted(sources, key=likeness, reverse=True)[:NEAR]


def _folded(text: str) -> str:
    return fold(text.casefold())


def _is_common(word: str) -> bool:
    return is_stopword(word, "fr") or is_stopword(word, "en")
