"""A server's own sources, live and removed, by the names that people give them: an id, a title or a part of one."""

import asyncio
from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

from bot.naming import find as find_live
from bot.printable import printable
from index.library import Library
from index.model import SHARED, Source, State
from index.store.labels import folded, label

_NEAR = 3  # sources that are proposed in place of one that is not there
_ALIKE = 0.65
_COMPARED = 60  # characters
_LONGEST = 300  # characters of a name


class Named(NamedTuple):
    """The source that a name means; else those that it may mean, or the shared one that it means."""

    source: Source | None
    near: Sequence[Source] = ()
    shared: Source | None = None


async def named(library: Library, shelf: str, name: str) -> Named:
    """Return which of a shelf's own sources is meant, removed ones among them."""
    wanted = folded(printable(name, fold=True))[:_LONGEST]
    own = await library.own(shelf)
    if meant := await asyncio.to_thread(_meant, own, wanted):
        return Named(meant)
    found = await find_live(library, SHARED, printable(name, fold=True)[:_LONGEST])
    return Named(None, await asyncio.to_thread(_near, own, wanted), found)


def matching(own: Sequence[Source], typed: str) -> list[int]:
    """Return which of some sources have every word that was typed so far in their title, publisher, credit or id.

    In their order, but first those whose title begins with what was typed.
    """
    wanted = folded(printable(typed, fold=True))[:_LONGEST]
    found = [at for at, source in enumerate(own) if _has(source, wanted)]
    return sorted(found, key=lambda at: not folded(own[at].title).startswith(wanted))


def _meant(own: Sequence[Source], wanted: str) -> Source | None:
    """Return the one with this id, else the one live, or the one at all, with this title or these words."""
    titled = [source for source in own if folded(source.title) == wanted]
    having = [source for source in own if _has(source, wanted)] if wanted else []
    for alike in ([source for source in own if source.id == wanted], titled, having):
        live = [source for source in alike if source.state is State.LIVE]
        for some in (alike, live):
            if len(some) == 1:
                return some[0]
        if alike:
            return None
    return None


def _near(own: Sequence[Source], wanted: str) -> list[Source]:
    def likeness(source: Source) -> float:
        name = wanted[:_COMPARED]
        own_names = (folded(source.title)[:_COMPARED], source.id[:_COMPARED])
        return 1.0 if _has(source, wanted) else max(SequenceMatcher(None, name, text).ratio() for text in own_names)

    ranked = sorted(((likeness(source), source) for source in own), key=lambda each: each[0], reverse=True)
    return [source for share, source in ranked[:_NEAR] if share >= _ALIKE]


def _has(source: Source, wanted: str) -> bool:
    known = label(source.title, source.publisher, source.credit, source.id)
    return all(word in known for word in wanted.split())
