"""What is known of deals on a shelf: their dossiers, comparisons and timelines."""

from collections.abc import Sequence

from index.answering.checking import Checked, check
from index.errors import BadInput, NotFound
from index.figures.chronology import Timeline, chronicle
from index.figures.comparing import MOST_COMPARED, Comparison, compare
from index.figures.deals import Deal
from index.figures.dossier import Dossier, compile_dossier
from index.figures.ledger import Ledger, latest_first
from index.figures.names import Guess
from index.language.detection import detect
from index.language.dictionary import shipped
from index.ledgers import Ledgers
from index.model import SHARED, Figure
from index.worker import Worker

LONGEST_CHECKED = 100_000
"""Characters."""

_LONGEST_NAME = 80  # characters that an error repeats


class Known:
    """What shelves know of deals. A name that is none is a ``NotFound`` that tells what is near."""

    def __init__(self, ledgers: Ledgers) -> None:
        self._ledgers = ledgers
        self._worker = Worker("deals")

    async def close(self) -> None:
        """Finish what has begun."""
        await self._worker.close()

    async def deals(self, shelf: str = SHARED) -> list[Deal]:
        """Return the deals of which a source on the shelf speaks, in the order in which they are written."""
        ledger = await self._ledgers.of(shelf)
        return await self._worker.do(lambda: list(ledger.known.values()))

    async def complete(self, typed: str, shelf: str = SHARED, limit: int = 25) -> list[Deal]:
        """Return at most ``limit`` deals that may be meant by what somebody has typed so far, the likeliest first."""
        ledger = await self._ledgers.of(shelf)
        return await self._worker.do(lambda: [ledger.known[name] for name in ledger.names.complete(typed, limit)])

    async def find(self, name: str, shelf: str = SHARED) -> Guess:
        """Return the id of the deal that a name means, or those of the nearest."""
        ledger = await self._ledgers.of(shelf)
        return await self._worker.do(lambda: ledger.names.find(name))

    async def deal(self, name: str, shelf: str = SHARED, as_of: str | None = None) -> Dossier:
        """Return all that is known of a deal, by any of its names; ``as_of`` (a partial date): that was known then."""
        ledger = await self._ledgers.of(shelf)
        return await self._worker.do(lambda: compile_dossier(ledger, _meant(ledger, name), as_of))

    async def compare(self, names: Sequence[str], shelf: str = SHARED) -> Comparison:
        """Return two or three deals side by side. Raises ``BadInput`` for another number, or one deal named twice."""
        ledger = await self._ledgers.of(shelf)
        return await self._worker.do(lambda: compare(ledger, _several(ledger, names)))

    async def timeline(self, name: str | None = None, shelf: str = SHARED, as_of: str | None = None) -> Timeline:
        """Return what was said when of a deal, or of all; ``as_of`` (a partial date): by then."""
        ledger = await self._ledgers.of(shelf)
        return await self._worker.do(lambda: chronicle(ledger, None if name is None else _meant(ledger, name), as_of))

    async def check(self, text: str, shelf: str = SHARED) -> list[Checked]:
        """Return the figures that somebody's text states, and what the sources say to each.

        Raises ``BadInput`` where the text is longer than ``LONGEST_CHECKED``.
        """
        if len(text) > LONGEST_CHECKED:
            raise BadInput(
                "A text to check has at most {most:,} characters; this one has {count:,}.",
                most=LONGEST_CHECKED,
                count=len(text),
            )
        ledger = await self._ledgers.of(shelf)
        return await self._worker.do(lambda: check(text, detect(text, lexicon=shipped()), ledger))

    async def figures(self, name: str | None = None, shelf: str = SHARED) -> list[Figure]:
        """Return the figures of a deal, or all that count: the latest first, computed ones last."""
        ledger = await self._ledgers.of(shelf)
        return await self._worker.do(lambda: _figures(ledger, None if name is None else _meant(ledger, name)))


def _meant(ledger: Ledger, name: str) -> str:
    """Return the deal that a name means. Raises ``NotFound``, naming the nearest."""
    guess = ledger.names.find(name)
    if guess.sure is not None:
        return guess.sure
    called = name[:_LONGEST_NAME]
    if guess.near:
        near = ", ".join(guess.near)
        raise NotFound("There is no deal called “{name}” here; near are {near}.", name=called, near=near)
    if ledger.known:
        known = ", ".join(ledger.known)
        raise NotFound("There is no deal called “{name}” here; there are {known}.", name=called, known=known)
    raise NotFound("There is no deal called “{name}” here.", name=called)


def _several(ledger: Ledger, names: Sequence[str]) -> list[str]:
    if not 2 <= len(names) <= MOST_COMPARED:  # noqa: PLR2004 - one alone has nothing beside it
        raise BadInput("Name two or three deals to compare, not {count}.", count=len(names))
    found = [_meant(ledger, name) for name in names]
    if twice := next((deal for deal in found if found.count(deal) > 1), None):
        raise BadInput("“{deal}” is named twice: name different deals to compare.", deal=twice)
    return found


def _figures(ledger: Ledger, deal_id: str | None) -> list[Figure]:
    if deal_id is not None:
        return [*ledger.by_deal.get(deal_id, ()), *ledger.computed(deal_id)]
    computed = {figure.id: figure for deal in ledger.known for figure in ledger.computed(deal)}
    return [*latest_first(ledger.figures.values()), *computed.values()]
