"""Sources that are read from web pages, looked at again: by hand, or every day or week.

What is found is a draft, never a change by itself, and the last good version stays where a page is gone or has nothing
left to read.
"""

import asyncio
import random
import re
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import RowMapping

from index import moment
from index.begun import Begun
from index.errors import BadInput, NotFound
from index.ledgers import Ledgers
from index.model import SHARED, Basis, Noun, Source, State
from index.moderating.differences import Difference, compare
from index.moderating.drafts import Drafts
from index.moderating.model import Act, Draft, Every, Limits, Look, Page
from index.preparation import digest
from index.reading.document import Caution, Reading
from index.reading.fetching.refusals import Reason, Refused
from index.reading.intake import Intake, Known, Taken, Watch, tell_nobody
from index.refusal import Refusal
from index.store import acts, deals, drafts, listing, pages, quoting, sources
from index.store.database import Database
from index.worker import Worker

SCHEDULE = "schedule"
"""Who looks where nobody asked for it."""

_DAYS = {Every.DAILY: 1, Every.WEEKLY: 7}
_JITTER = 0.1  # so that not all pages of a site are looked at in the same minute for ever
_EMPTIED = 0.3  # of the words that a page had: with fewer it has lost its article
_TROUBLE = frozenset({Look.GONE, Look.EMPTIED, Look.FAILED})
_PASSING = frozenset(
    {
        Reason.UNKNOWN_HOST,
        Reason.UNREACHABLE,
        Reason.ENCRYPTION,
        Reason.SLOW,
        Reason.BROKEN,
        Reason.SITE_BUSY,
        Reason.SITE_FAILS,
        Reason.CROWDED,
    }
)
"""Why a page may be there again in a while."""

_MESSAGE = re.compile(r"https?://(?:\w+\.)?discord(?:app)?\.com/channels/", re.IGNORECASE)
"""Where a message stands: an address that shows nobody anything who is not logged in there."""

_AGAIN = timedelta(hours=2)  # after a page could not be read for a passing reason
_PATIENCE = timedelta(hours=12)  # beyond the time it was due, before somebody hears that a page cannot be read


class Looked(Noun):
    """What came of looking at a source's page again. ``refusal`` says why, where it could not be read.

    ``draft``: what it says now, where that is something else and waits for a moderator; ``difference``: what that
    changes. ``news``: whether moderators should hear of it: a draft that is new, a page that has got into trouble or
    out of it.
    """

    source: Source
    look: Look
    refusal: Refusal | None = None
    draft: Draft | None = None
    difference: Difference = Difference()
    news: bool = True

    @property
    def told(self) -> str:
        """Return why it could not be read, in English; empty where it could."""
        return str(self.refusal or "")


class Plan(Noun):
    """How often a source's page is looked at, when next, and what came of the last time."""

    url: str
    every: Every
    due_at: datetime | None
    seen_at: datetime
    look: Look


class _Found(NamedTuple):
    """What is at a page: what was taken from it, where it was something, and why not, where it could not be read."""

    look: Look
    taken: Taken | None = None
    refusal: Refusal | None = None
    passing: bool = False


class Upkeep:
    """Looks at pages again, one at a time where it is by schedule."""

    def __init__(self, store: Database, ledgers: Ledgers, begun: Begun, intake: Intake, waiting: Drafts) -> None:
        self._store = store
        self._ledgers = ledgers
        self._begun = begun
        self._intake = intake
        self._drafts = waiting
        self._worker = Worker("differences")
        self._drafting = asyncio.Lock()

    async def close(self) -> None:
        """Finish what has begun."""
        await self._worker.close()

    async def look(
        self,
        source_id: str,
        *,
        by: str,
        shelf: str = SHARED,
        limits: Limits | None = None,
        watch: Watch = tell_nobody,
    ) -> Looked:
        """Read the page of a source again, and draft what it says where that is something else.

        A draft of the same text that waits already stays as it is; one that was read from the page before is replaced.
        Raises ``NotFound`` where there is no such live source on the shelf itself, ``BadInput`` where it was not read
        from a page or ``limits`` are reached.
        """
        row, page, article = await self._standing(source_id, shelf)
        url, known = (page["url"], Known(page["etag"], page["last_modified"])) if page else (row["url"], None)
        if url is None or not is_page(url):
            raise BadInput(
                "“{title}” was not read from a web page: add it anew where there is a newer text.", title=row["title"]
            )
        found = await self._find(url, known, row, article, by, watch)
        draft, is_new = None, False
        if found.taken is not None and found.look is Look.CHANGED:
            try:
                draft, is_new = await self._drafted(found.taken, row, shelf, by, limits)
            except BadInput as error:
                if by != SCHEDULE:
                    raise
                found = _Found(Look.FAILED, refusal=Refusal.of(error), passing=True)
        if by == SCHEDULE and found.passing and page is not None and await self._put_off(row, page):
            return Looked(source=sources.as_source(row), look=found.look, refusal=found.refusal, news=False)
        difference = Difference() if draft is None else await self._difference(row, article, draft, shelf)
        news = is_new or _turned(found.look, page)
        await self._begun.through(self._note(row, found, shelf, by, news=news))
        return Looked(
            source=sources.as_source(row),
            look=found.look,
            refusal=found.refusal,
            draft=draft,
            difference=difference,
            news=news,
        )

    async def changes(self, draft_id: str, shelf: str = SHARED) -> Difference:
        """Return what a draft changes about the version that stands; nothing where there is none.

        Raises ``NotFound`` where it waits no more.
        """
        draft = await self._drafts.draft(draft_id, shelf)
        if draft.replaces is None:
            return Difference()
        row, _, article = await self._standing(draft.source.id, shelf, live=False)
        return await self._difference(row, article, draft, shelf)

    async def schedule(self, source_id: str, every: Every, *, by: str, shelf: str = SHARED) -> Plan:
        """Say how often the page of a source is looked at. Raises as ``look`` does."""
        row, page, _ = await self._standing(source_id, shelf)
        if not is_page(page["url"] if page else row["url"]):
            raise BadInput(
                "“{title}” was not read from a web page: there is nothing to look at again.", title=row["title"]
            )
        await self._begun.through(self._plan(row, every, shelf, by))
        plan = await self.plan(source_id, shelf)
        if plan is None:
            raise NotFound("The page of this source is not known any more.")
        return plan

    async def plan(self, source_id: str, shelf: str = SHARED) -> Plan | None:
        """Return how often a source's page is looked at; None where nobody has read it yet. Raises ``NotFound``."""
        _, page, _ = await self._standing(source_id, shelf, live=False)
        if page is None or not is_page(page["url"]):
            return None
        due_at = None if page["due_at"] is None else moment.aware(page["due_at"])
        seen_at = moment.aware(page["seen_at"])
        return Plan(
            url=page["url"], every=Every(page["every"]), due_at=due_at, seen_at=seen_at, look=Look(page["outcome"])
        )

    async def due(self, now: datetime | None = None, most: int = 20) -> list[tuple[str, str]]:
        """Return the shelves and ids of the sources whose pages are to be looked at by now, the longest due first."""
        at = moment.stored(now) if now else moment.now()
        async with self._store.read() as connection:
            return await pages.due(connection, at, most)

    async def look_by_schedule(self, source_id: str, shelf: str, *, limits: Limits | None = None) -> Looked:
        """Do as ``look`` does, where nobody asked for it.

        What a moderator discarded is not drafted again. A page that cannot be read for a passing reason is looked at
        again soon, and is news only after half a day.
        """
        return await self.look(source_id, by=SCHEDULE, shelf=shelf, limits=limits)

    async def postpone(self, source_id: str, shelf: str = SHARED) -> None:
        """Put off looking at the page of a source for some hours, where it is looked at by schedule at all."""
        async with self._store.write() as connection:
            row = await sources.find_on(connection, shelf, source_id)
            if row is not None:
                await pages.put_off(connection, row["key"], moment.now() + _AGAIN)

    async def removals(self, shelf: str = SHARED) -> dict[str, datetime]:
        """Return the ids of the removed sources of a shelf itself, and when each was removed."""
        async with self._store.read() as connection:
            removed = await listing.removals(connection, shelf)
        return {source_id: moment.aware(at) for source_id, at in removed.items()}

    async def _standing(
        self, source_id: str, shelf: str, *, live: bool = True
    ) -> tuple[RowMapping, RowMapping | None, str]:
        """Return a source's row, its page's and its text."""
        async with self._store.read() as connection:
            row = await sources.find_on(connection, shelf, source_id)
            if row is None or (live and row["state"] != State.LIVE):
                raise NotFound("There is no live source called “{source}” here.", source=source_id[:80])
            page = await pages.find(connection, row["key"])
            return row, page, await sources.find_text(connection, row["version_key"])

    async def _find(self, url: str, known: Known | None, row: RowMapping, text: str, by: str, watch: Watch) -> _Found:
        """Read a page; tell what became of it, given the row and the text of the source that was read from it."""
        person = None if by == SCHEDULE else by
        try:
            taken = await self._intake.page(url, by=person, given=_kept(row), known=known, watch=watch)
        except Refused as error:
            look = Look.GONE if error.reason is Reason.GONE else Look.FAILED
            return _Found(look, refusal=Refusal.of(error), passing=error.reason in _PASSING)
        except BadInput as error:
            # Where reading itself came to grief there is a cause; else it was read, and had no article.
            return _Found(Look.FAILED if error.__cause__ else Look.EMPTIED, refusal=Refusal.of(error))
        return _Found(Look.UNCHANGED) if taken is None else _Found(_judged(taken.reading, text, row), taken)

    async def _drafted(
        self, taken: Taken, row: RowMapping, shelf: str, by: str, limits: Limits | None
    ) -> tuple[Draft | None, bool]:
        """Return the draft of what a page says now, and whether it is new; None where a moderator has declined it."""
        text = taken.reading.article.text.split()
        async with self._drafting:
            async with self._store.read() as connection:
                waiting = await drafts.of_source(connection, row["key"])
                texts = [await sources.find_text(connection, draft["version_key"]) for draft in waiting]
                declined = await acts.declined(connection, shelf, row["id"], but=SCHEDULE)
            same = [draft["draft_id"] for draft, there in zip(waiting, texts, strict=True) if there.split() == text]
            if same:
                return await self._drafts.draft(same[0], shelf), False
            if by == SCHEDULE and digest(taken.reading.article.text) in declined:
                return None, False
            reading = _as_known(taken.reading, row)
            page = Page(url=taken.url, etag=taken.etag, last_modified=taken.last_modified)
            older = [draft["draft_id"] for draft in waiting if draft["page"] is not None]
            draft = await self._drafts.propose(
                reading, by=by, shelf=shelf, page=page, of=row["id"], instead_of=older, limits=limits
            )
        return draft, True

    async def _difference(self, row: RowMapping, before: str, draft: Draft, shelf: str) -> Difference:
        async with self._store.read() as connection:
            made = (await deals.of(connection, [shelf])).values()
            after = await drafts.find(connection, shelf, draft.id)
            text = before if after is None else await sources.find_text(connection, after["version_key"])
        held = await self._ledgers.found_in(row["version_key"])
        old = held.figures if held else ()
        told = [deal.about.quote.quote for deal in made if deal.about.source == row["id"]]
        shown = await self._worker.do(self._shown, row["version_key"])
        return await self._worker.do(compare, before, text, old, draft.figures, [*told, *shown])

    def _shown(self, version: int) -> list[str]:
        with self._store.scan() as connection:
            return quoting.quoted_from(connection, version)

    async def _put_off(self, row: RowMapping, page: RowMapping) -> bool:
        """Look at a page again soon, where it is too early to worry; tell whether it is."""
        every, at = Every(page["every"]), moment.now()
        if every is Every.NEVER or at > page["seen_at"] + _period(every) + _PATIENCE:
            return False
        async with self._store.write() as connection:
            await pages.put_off(connection, row["key"], at + _AGAIN)
        return True

    async def _note(self, row: RowMapping, found: _Found, shelf: str, by: str, *, news: bool) -> None:
        at = moment.now()
        async with self._store.write() as connection:
            if await sources.find_on(connection, shelf, row["id"]) is None:
                return  # it was erased meanwhile
            page = await pages.find(connection, row["key"])
            if found.taken is not None and found.look is Look.UNCHANGED:
                now = Page(url=found.taken.url, etag=found.taken.etag, last_modified=found.taken.last_modified)
                await pages.put(connection, row["key"], now, at=at)
            elif page is None:
                await pages.put(connection, row["key"], Page(url=row["url"]), at=at)
            every = Every(page["every"]) if page else Every.NEVER
            await pages.note(connection, row["key"], found.look, at=at, due_at=_next(every, at))
            if by != SCHEDULE or news:
                detail = {"outcome": found.look.value, "title": row["title"]}
                if found.refusal is not None:
                    detail |= {"told": str(found.refusal), "refusal": found.refusal.model_dump_json()}
                await acts.record(connection, shelf, Act.LOOKED, row["id"], at=at, by=by, detail=detail)

    async def _plan(self, row: RowMapping, every: Every, shelf: str, by: str) -> None:
        at = moment.now()
        async with self._store.write() as connection:
            if await pages.find(connection, row["key"]) is None:
                await pages.put(connection, row["key"], Page(url=row["url"]), at=at)
            await pages.plan(connection, row["key"], every, _next(every, at))
            detail = {"every": every.value, "title": row["title"]}
            await acts.record(connection, shelf, Act.SCHEDULED, row["id"], at=at, by=by, detail=detail)


def is_page(url: str | None) -> bool:
    """Tell whether an address is that of a page that can be looked at again: one, and not that of a message."""
    return url is not None and _MESSAGE.match(url) is None


def _kept(row: RowMapping) -> dict[str, str | None]:
    """Return what stays as it is known whatever the page says: what a moderator said, and whose page it is."""
    said = {field: row[field] for field in ("title", "published") if row[f"{field}_basis"] == Basis.MODERATOR}
    return said | {field: row[field] for field in ("publisher", "author", "language") if row[field] is not None}


def _as_known(reading: Reading, row: RowMapping) -> Reading:
    """Return what was read of a page with the date that is known of its source, where the page gives none."""
    if reading.article.published is not None or row["published"] is None:
        return reading
    known = {"published": row["published"], "published_basis": Basis(row["published_basis"])}
    cautions = tuple(caution for caution in reading.cautions if caution is not Caution.UNDATED)
    return reading.model_copy(update={"article": reading.article.model_copy(update=known), "cautions": cautions})


def _judged(reading: Reading, before: str, row: RowMapping) -> Look:
    """Tell what became of a page by what is read of it now; where only white space is another, nothing did."""
    words = reading.article.text.split()
    if words == before.split():
        return Look.UNCHANGED
    return Look.EMPTIED if len(words) < _EMPTIED * row["words"] else Look.CHANGED


def _turned(look: Look, page: RowMapping | None) -> bool:
    """Tell whether a page is in trouble, and was not before or in another one; or was, and is not any more."""
    before = Look.READ if page is None else Look(page["outcome"])
    return look is not before and (look in _TROUBLE or before in _TROUBLE)


def _period(every: Every) -> timedelta:
    return timedelta(days=_DAYS.get(every, 0))


def _next(every: Every, at: datetime) -> datetime | None:
    period = _period(every)
    return at + period * random.uniform(1 - _JITTER, 1 + _JITTER) if period else None  # noqa: S311
