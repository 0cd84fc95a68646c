"""Questions that are answered here and now, for whoever wonders what to ask."""

from bot.translation import Translator
from index.library import Library
from index.model import SHARED, Source, Verdict

MOST = 3
"""Examples that are given."""

_OWN = 2
"""Examples that are about a server's own sources, where it has some that answer."""

_TITLES = 10  # titles that are tried


async def examples(library: Library, shelf: str, speaker: Translator) -> list[str]:
    """Return up to ``MOST`` questions that are answered here now: own newest titles, then questions on the seeds."""
    sources = await _newest(library, shelf)
    own = [source.title for source in sources if source.shelf == shelf != SHARED]
    answered = await _answered(library, shelf, own, _OWN)
    answered += await _answered(library, shelf, _on_the_seeds(speaker), MOST - len(answered))
    others = [source.title for source in sources if source.title not in answered]
    return answered + await _answered(library, shelf, others, MOST - len(answered))


async def _newest(library: Library, shelf: str) -> list[Source]:
    """Return the sources that came last, the last one first."""
    total = (await library.browse(shelf, limit=1)).total
    return (await library.browse(shelf, offset=max(total - _TITLES, 0), limit=_TITLES)).sources[::-1]


async def _answered(library: Library, shelf: str, candidates: list[str], most: int) -> list[str]:
    """Return the first ``most`` of some questions that are answered."""
    found: list[str] = []
    for candidate in candidates:
        if len(found) == most:
            break
        if (await library.ask(candidate, shelf)).verdict is Verdict.ANSWERED:
            found.append(candidate)
    return found


def _on_the_seeds(speaker: Translator) -> list[str]:
    return [
        speaker.text("How much computing power does OpenAI rent from Oracle?"),
        speaker.text("When was Stargate unveiled?"),
        speaker.text("How much did Microsoft invest in OpenAI?"),
        speaker.text("How many GB200 chips did Oracle buy?"),
        speaker.text("How many gigawatts will AMD supply?"),
    ]
