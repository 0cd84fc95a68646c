"""What moderators make of the figures that were found by rule, and the deals to which they say that these belong."""

import asyncio
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy.ext.asyncio import AsyncConnection

from index import moment
from index.begun import Begun
from index.errors import BadInput, NotFound
from index.figures.deals import Deal, Proof, Wording
from index.figures.holding import found_id, found_key
from index.figures.kinds import DealKind, Review
from index.ledgers import Ledgers
from index.model import SHARED, Figure, Source, visible
from index.moderating import deal_names
from index.moderating.correcting import Correction, correct
from index.moderating.model import DRAFT_DAYS, Act
from index.store import acts, deals, drafts, figures, sources
from index.store.database import Database
from index.worker import Worker

_LONGEST_NAME = 80  # characters that an error repeats
_MOST_DEALS = 500  # on a shelf
_NO_FIGURE = "There is no such figure to review here."
_DECISIONS = (Review.APPROVED, Review.REJECTED)


class Unreviewed(NamedTuple):
    """A live source, how many of its figures nobody has reviewed, and the id of the first of them."""

    source: Source
    figures: int
    first: str


class Reviewable(NamedTuple):
    """What can be reviewed in one place: all figures that were found by rule, in the order of the text.

    ``place``: the id of the draft, which waits ``until`` then, or that of the ``source``, which has no such moment.
    ``corrected``: the ids of the figures that read as a moderator corrected them.
    """

    place: str
    source: Source
    until: datetime | None
    figures: tuple[Figure, ...]
    corrected: frozenset[str]


class Reviews:
    """What was found in the sources of a shelf itself. What is decided counts durably, and from the next answer on."""

    def __init__(self, store: Database, ledgers: Ledgers, changing: asyncio.Lock, begun: Begun) -> None:
        self._store = store
        self._ledgers = ledgers
        self._changing = changing
        self._begun = begun
        self._worker = Worker("corrections")

    async def close(self) -> None:
        """Finish what has begun."""
        await self._worker.close()

    async def found_in(self, source_id: str, shelf: str = SHARED) -> list[Figure]:
        """Return the figures that were found by rule in a source of the shelf itself, reviewed or not.

        In the order of its text. Raises ``NotFound``.
        """
        async with self._store.read() as connection:
            row = await sources.find_on(connection, shelf, source_id)
        if row is None:
            raise NotFound("There is no source called “{source}” here.", source=source_id[:_LONGEST_NAME])
        holding = await self._ledgers.found_in(row["version_key"])
        return list(holding.figures) if holding else []

    async def waiting(self, shelf: str = SHARED) -> list[Unreviewed]:
        """Return the live sources of the shelf itself with figures that nobody has reviewed, in the order they came."""
        async with self._store.read() as connection:
            found = await figures.unreviewed(connection, shelf)
        return [Unreviewed(sources.as_source(row), count, found_id(first)) for row, count, first in found]

    async def at(self, place: str, shelf: str = SHARED) -> Reviewable:
        """Return the figures of a draft or of a source of the shelf itself, by its id. Raises ``NotFound``."""
        async with self._store.read() as connection:
            draft = await drafts.find(connection, shelf, place)
            row = draft or await sources.find_on(connection, shelf, place)
            if row is None:
                raise NotFound("Nothing called “{place}” waits here.", place=place[:_LONGEST_NAME])
            corrected = await figures.corrected_in(connection, row["version_key"])
        holding = await self._ledgers.found_in(row["version_key"])
        until = None if draft is None else moment.aware(draft["drafted_at"]) + timedelta(days=DRAFT_DAYS)
        found = holding.figures if holding else ()
        return Reviewable(place, sources.as_source(row), until, found, frozenset(map(found_id, corrected)))

    async def source_of(self, figure_id: str, shelf: str = SHARED) -> str:
        """Return the id of the source of the shelf itself in which a figure was found. Raises ``NotFound``."""
        async with self._store.read() as connection:
            return (await _placed(connection, shelf, found_key(figure_id))).source

    async def decide(self, figure_ids: Collection[str], review: Review, *, by: str, shelf: str = SHARED) -> None:
        """Approve or reject figures; one that was corrected stays so.

        Raises ``NotFound`` where one is not in a source or a draft of the shelf itself; then none is changed.
        ``BadInput`` for another decision.
        """
        if review not in _DECISIONS:
            raise BadInput("A figure is either approved or rejected.")
        keys = [found_key(name) for name in dict.fromkeys(figure_ids)]
        await self._begun.through(self._decide(keys, review, by, shelf))

    async def correct(self, figure_id: str, correction: Correction, *, by: str, shelf: str = SHARED) -> None:
        """Approve a figure as a moderator reads it.

        Raises ``BadInput`` where its sentence does not say so, or there is no such deal; ``NotFound`` as ``decide``.
        """
        ledger = await self._ledgers.of(shelf)
        if unknown := [name for name in correction.deals or () if name not in ledger.deals]:
            raise BadInput("There is no deal called “{name}” here.", name=unknown[0][:_LONGEST_NAME])
        await self._begun.through(self._correct(found_key(figure_id), correction, by, shelf))

    async def deals(self, shelf: str = SHARED) -> list[Deal]:
        """Return the deals that figures of a shelf may belong to, whether or not something is told of them yet."""
        return list((await self._ledgers.of(shelf)).deals.values())

    async def own_deals(self, shelf: str = SHARED) -> list[Deal]:
        """Return the deals that moderators made on a shelf."""
        async with self._store.read() as connection:
            return list((await deals.of(connection, [shelf])).values())

    async def make_deal(
        self,
        name: Wording,
        kind: DealKind,
        figure_id: str,
        *,
        by: str,
        shelf: str = SHARED,
        aliases: Sequence[str] = (),
    ) -> Deal:
        """Make a deal; the sentence of a figure that was found on the shelf tells what it is.

        The figure itself is not changed. Raises ``BadInput`` where one has such a name or it is no good as one,
        ``NotFound`` as ``decide``.
        """
        return await self._begun.through(self._make_deal(name, kind, found_key(figure_id), aliases, by, shelf))

    async def drop_deal(self, deal_id: str, *, by: str, shelf: str = SHARED) -> None:
        """Take away a deal that was made on the shelf; its figures stay. Raises ``NotFound``."""
        await self._begun.through(self._drop_deal(deal_id, by, shelf))

    async def _decide(self, keys: Sequence[int | None], review: Review, by: str, shelf: str) -> None:
        async with self._changing:
            async with self._store.write() as connection:
                placed = [key for key in keys if key is not None]
                versions = await figures.versions_of(connection, shelf, placed)
                if len(versions) < len(keys):
                    raise NotFound(_NO_FIGURE)
                at = moment.now()
                corrected = await figures.corrections(connection, placed)
                as_found = [key for key in placed if key not in corrected]
                await figures.insert_review(connection, as_found, review, at=at, by=by)
                for key, figure in corrected.items():
                    await figures.insert_review(connection, [key], review, at=at, by=by, corrected=figure)
                act = Act.FIGURES_APPROVED if review is Review.APPROVED else Act.FIGURES_REJECTED
                for name, count in (await figures.counted_by_source(connection, placed)).items():
                    await acts.record(connection, shelf, act, name, at=at, by=by, detail={"figures": count})
            for version in set(versions.values()):
                await self._ledgers.renew(shelf, version)

    async def _correct(self, key: int | None, correction: Correction, by: str, shelf: str) -> None:
        async with self._changing:
            async with self._store.write() as connection:
                place = await _placed(connection, shelf, key)
                found = (await figures.corrections(connection, [place.key])).get(place.key, place.found)
                mended = await self._worker.do(correct, found, correction, place.language)
                at = moment.now()
                await figures.insert_review(connection, [place.key], Review.APPROVED, at=at, by=by, corrected=mended)
                detail = {"figure": found.text.quote, **_told(correction)}
                await acts.record(connection, shelf, Act.FIGURE_CORRECTED, place.source, at=at, by=by, detail=detail)
            await self._ledgers.renew(shelf, place.version)

    async def _make_deal(
        self, name: Wording, kind: DealKind, key: int | None, aliases: Sequence[str], by: str, shelf: str
    ) -> Deal:
        ledger = await self._ledgers.of(shelf)
        name = deal_names.cleaned(name)
        others = deal_names.other_names(aliases, name)
        async with self._changing:
            async with self._store.write() as connection:
                place = await _placed(connection, shelf, key)
                own = await deals.of(connection, visible(shelf))
                known = {**ledger.deals, **own}
                if len(own) >= _MOST_DEALS:
                    raise BadInput("There are {most} deals here, which is the limit; drop one first.", most=_MOST_DEALS)
                deal = Deal(
                    id=deal_names.free_id(name.en, known),
                    kind=kind,
                    name=name,
                    aliases=others,
                    about=Proof(source=place.source, quote=place.found.quote),
                )
                deal_names.refuse_taken(deal, known.values())
                at = moment.now()
                await deals.put(connection, shelf, deal.id, deal, at=at, by=by)
                detail = {"name": name.en}
                await acts.record(connection, shelf, Act.DEAL_MADE, deal.id, at=at, by=by, detail=detail)
            self._ledgers.forget(shelf)
        return deal

    async def _drop_deal(self, deal_id: str, by: str, shelf: str) -> None:
        async with self._changing:
            async with self._store.write() as connection:
                deal = (await deals.of(connection, [shelf])).get(deal_id)
                if deal is None:
                    raise NotFound("There is no deal called “{name}” that was made here.", name=deal_id[:_LONGEST_NAME])
                at = moment.now()
                await deals.put(connection, shelf, deal_id, None, at=at, by=by)
                detail = {"name": deal.name.en}
                await acts.record(connection, shelf, Act.DEAL_DROPPED, deal_id, at=at, by=by, detail=detail)
            self._ledgers.forget(shelf)


async def _placed(connection: AsyncConnection, shelf: str, key: int | None) -> figures.Placed:
    """Return where a figure was found. Raises ``NotFound`` where that is not on the shelf itself."""
    place = None if key is None else await figures.placed(connection, shelf, key)
    if place is None:
        raise NotFound(_NO_FIGURE)
    return place


def _told(correction: Correction) -> dict[str, str | list[str]]:
    told: dict[str, str | list[str]] = {}
    for field in ("measure", "metric", "commitment"):
        if (value := getattr(correction, field)) is not None:
            told[field] = str(value)
    return told if correction.deals is None else told | {"deals": list(correction.deals)}
