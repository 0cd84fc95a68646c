"""Questions that are answered here and now, for whoever wonders what to ask."""

from collections.abc import AsyncIterator

from bot.translation import Translator
from index.library import Library
from index.model import Verdict

MOST = 3
"""Examples that are given."""

_TITLES = 25  # titles that are tried where the questions are not answered


async def examples(library: Library, shelf: str, speaker: Translator) -> list[str]:
    """Return up to ``MOST`` questions that this shelf answers now: on the seeds, and else its sources' own titles."""
    answered: list[str] = []
    async for candidate in _candidates(library, shelf, speaker):
        if (await library.ask(candidate, shelf)).verdict is Verdict.ANSWERED:
            answered.append(candidate)
        if len(answered) == MOST:
            break
    return answered


async def _candidates(library: Library, shelf: str, speaker: Translator) -> AsyncIterator[str]:
    yield speaker.text("How much computing power does OpenAI rent from Oracle?")
    yield speaker.text("When was Stargate unveiled?")
    yield speaker.text("How much did Microsoft invest in OpenAI?")
    yield speaker.text("How many GB200 chips did Oracle buy?")
    yield speaker.text("How many gigawatts will AMD supply?")
    for source in (await library.browse(shelf, limit=_TITLES)).sources:
        yield source.title
