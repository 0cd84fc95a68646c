"""Drafts: articles that were read and wait until a moderator lets them live, or a week is over.

A draft is a version that no state speaks of: all that answers, lists and counts sources goes by states, so nothing of a
draft can be seen there, however something ends.
"""

import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from hashlib import blake2b
from typing import NamedTuple

from sqlalchemy import RowMapping
from sqlalchemy.ext.asyncio import AsyncConnection

from index import moment
from index.begun import Begun
from index.errors import BadInput, NotFound
from index.figures.curated import shipped
from index.language.stopwords import ENGLISH, FRENCH
from index.ledgers import Ledgers
from index.model import SHARED, Article, Source, State, visible
from index.moderating import likeness, quotas
from index.moderating.editing import cautions_left, edited
from index.moderating.model import DRAFT_DAYS, Act, Alike, Draft, Limits, Page, Waiting
from index.naming import slug
from index.precedence import Precedence
from index.preparation import Prepared, digest, prepare
from index.ranking.postings import Postings
from index.rankings import Rankings
from index.reading.document import Caution, Kind, Reading
from index.store import acts, deals, drafts, erasing, figures, listing, pages, shelf_contents, sources
from index.store.changes import Change, Outcome
from index.store.database import Database
from index.worker import Worker

_ID_BYTES = 12
_OPENING = 600  # characters
_LONG = 60_000  # characters: what takes seconds to prepare, and makes nothing shorter wait for it
_READ_WORDS = 400
_FEWEST_KNOWN = 0.15  # of the words of a text in French or English are stop words, at the very least
_FEWEST_WORDS = 40


class _Proposal(NamedTuple):
    """What is to be kept as a draft."""

    draft_id: str
    reading: Reading
    prepared: Prepared
    shelf: str
    by: str
    page: Page | None
    of: str | None
    instead_of: Sequence[str]
    limits: Limits | None


class Drafts:
    """The drafts of all shelves. Who may propose and approve is the caller's business."""

    def __init__(
        self,
        store: Database,
        rankings: Rankings,
        ledgers: Ledgers,
        begun: Begun,
        preparing: Worker,
        precedence: Precedence,
    ) -> None:
        self._store = store
        self._rankings = rankings
        self._ledgers = ledgers
        self._begun = begun
        self._preparing = preparing
        self._precedence = precedence
        self._preparing_long = Worker("reading at length")
        self._comparing = Worker("likeness")

    async def close(self) -> None:
        """Finish what has begun."""
        await self._comparing.close()
        await self._preparing_long.close()

    async def propose(
        self,
        reading: Reading,
        *,
        by: str,
        shelf: str = SHARED,
        page: Page | None = None,
        of: str | None = None,
        instead_of: Sequence[str] = (),
        limits: Limits | None = None,
    ) -> Draft:
        """Keep what was read as a draft: of a new source, or of the next version of the source ``of``.

        Drafts of that source that it comes ``instead_of``, by their ids, are deleted in the same step; what was said of
        their figures counts for the same figures of this one.

        Raises ``BadInput`` where there is nothing to read or ``limits`` are reached, ``NotFound`` where there is no
        source ``of`` this id on the shelf itself.
        """
        if limits is not None:
            quotas.refuse_long(reading.article, limits)
            await self.refuse_if_full(shelf, limits, of)
        prepared = await self.prepared(reading.article, shelf)
        foreign = await self._is_foreign(reading.article, shelf)
        cautions = (*reading.cautions, *([Caution.OTHER_LANGUAGE] if foreign else []))
        reading = reading.model_copy(update={"cautions": cautions})
        draft_id = secrets.token_urlsafe(_ID_BYTES)
        proposal = _Proposal(draft_id, reading, prepared, shelf, by, page, of, instead_of, limits)
        await self._begun.through(self._keep(proposal))
        if instead_of:
            await self._store.wipe()
        return await self.draft(draft_id, shelf)

    async def refuse_if_full(self, shelf: str, limits: Limits, of: str | None = None) -> None:
        """Raise ``BadInput`` where a shelf has had as much as it may; ask before something is fetched and read.

        ``of``: the source of which that is the next version, if it is one: it takes no further place.
        """
        async with self._store.read() as connection:
            await quotas.refuse_full(connection, shelf, limits, of)

    async def draft(self, draft_id: str, shelf: str = SHARED) -> Draft:
        """Return a draft of this shelf, and what it is like. Raises ``NotFound`` where it waits no more."""
        async with self._store.read() as connection:
            row = await _find(connection, shelf, draft_id)
            standing = await sources.find_on(connection, shelf, row["id"])
            article = await sources.as_article(connection, row["version_key"])
            twins = await drafts.with_text(connection, shelf, row["sha256"], but=draft_id)
        held = await self._ledgers.found_in(row["version_key"])
        return Draft(
            id=row["draft_id"],
            source=sources.as_source(row),
            kind=Kind(row["kind"]),
            cautions=tuple(Caution(name) for name in row["cautions"]),
            replaces=None if standing is None else sources.as_source(standing),
            alike=tuple(await self.alike(article, shelf, None if standing is None else standing["version_key"])),
            twins=tuple(sources.as_source(twin) for twin in twins),
            figures=held.figures if held else (),
            opening=article.text[:_OPENING],
            page=_page(row),
            at=moment.aware(row["drafted_at"]),
            by=row["drafted_by"],
            mark=_mark(row, standing),
        )

    async def waiting(self, shelf: str = SHARED) -> list[Waiting]:
        """Return the drafts of a shelf in short, the newest first."""
        async with self._store.read() as connection:
            rows = await drafts.all_of(connection, shelf)
        return [
            Waiting(row["draft_id"], sources.as_source(row), moment.aware(row["drafted_at"]), row["drafted_by"])
            for row in rows
        ]

    async def edit(self, draft_id: str, changes: Mapping[str, str | None], *, by: str, shelf: str = SHARED) -> Draft:
        """Change what is known about a draft (``editing.EDITABLE``; None: not known) and return it as it is now.

        Reviews of its figures stay. Raises ``BadInput`` where a value is not right, ``NotFound`` as ``draft`` does.
        """
        async with self._store.read() as connection:
            row = await _find(connection, shelf, draft_id)
            article = await sources.as_article(connection, row["version_key"])
        changed = edited(article, changes)
        if changed != article:
            prepared = await self.prepared(changed, shelf)
            await self._begun.through(self._put(draft_id, prepared, shelf, by, sorted(changes)))
        return await self.draft(draft_id, shelf)

    async def redirect(self, draft_id: str, of: str | None, *, by: str, shelf: str = SHARED) -> Draft:
        """Make a draft the next version of the source ``of``, or with None of a new source; return it as it is now.

        Reviews of its figures stay. Raises ``NotFound`` as ``propose`` and ``draft`` do.
        """
        async with self._store.read() as connection:
            row = await _find(connection, shelf, draft_id)
            article = await sources.as_article(connection, row["version_key"])
        prepared = await self.prepared(article, shelf)
        await self._begun.through(self._redirect(draft_id, prepared, shelf, by, of))
        return await self.draft(draft_id, shelf)

    async def approve(
        self, draft_id: str, *, by: str, shelf: str = SHARED, seen: str | None = None
    ) -> tuple[Outcome, Source]:
        """Let a draft live: durably, and in the next answer.

        ``seen``: the ``mark`` of the draft as somebody looked at it. Raises ``BadInput`` where it is another one by
        now, or the next version of a source that was removed; ``NotFound`` as ``draft`` does.
        """
        return await self._begun.through(self._approve(draft_id, by, shelf, seen))

    async def discard(self, draft_id: str, *, by: str, shelf: str = SHARED) -> None:
        """Delete a draft. Raises ``NotFound`` as ``draft`` does."""
        await self._begun.through(self._discard(draft_id, by, shelf))

    async def expire(self, now: datetime) -> int:
        """Delete the drafts that have waited for ``DRAFT_DAYS`` days; return how many there were."""
        return await self._begun.through(self._expire(moment.stored(now) - timedelta(days=DRAFT_DAYS)))

    async def _keep(self, proposal: "_Proposal") -> None:
        draft_id, reading, prepared, shelf, by, page, of, instead_of, limits = proposal
        at = moment.now()
        async with self._store.write() as connection:
            if limits is not None:  # again: others may have come first meanwhile
                await quotas.refuse_full(connection, shelf, limits, of)
            standing = None if of is None else await sources.find_on(connection, shelf, of)
            if of is not None and standing is None:
                raise NotFound("There is no source called “{source}” here.", source=of[:80])
            if standing is not None:
                key, source_id = standing["key"], standing["id"]
            else:
                key, source_id = await _new_source(connection, shelf, prepared.article.title, at)
            version = await sources.insert_version(connection, key, source_id, prepared, at=at, by=by)
            await figures.insert_found(connection, version, prepared.figures)
            if standing is not None:
                await figures.carry_reviews(connection, standing["version_key"], version, at=at)
                earlier = [row for row in await drafts.of_source(connection, key) if row["draft_id"] in instead_of]
                for row in reversed(earlier):
                    await figures.carry_reviews(connection, row["version_key"], version, at=at)
                    await erasing.discard(connection, key, row["version_key"])
                if earlier:
                    await shelf_contents.number(connection, version, min(row["version"] for row in earlier))
            kind, cautions = reading.kind, reading.cautions
            await drafts.put(connection, version, draft_id, kind=kind, cautions=cautions, page=page, at=at, by=by)
            detail = {"title": prepared.article.title}
            await acts.record(connection, shelf, Act.DRAFTED, source_id, at=at, by=by, detail=detail)

    async def _put(self, draft_id: str, prepared: Prepared, shelf: str, by: str, fields: list[str]) -> None:
        """Put an edited article in the place of a draft: a version, too, never changes."""
        at = moment.now()
        async with self._store.write() as connection:
            row = await _find(connection, shelf, draft_id)
            key, source_id = row["key"], row["id"]
            named = source_id.startswith(slug(prepared.article.title))
            if not named and await sources.find_on(connection, shelf, source_id) is None:
                key, source_id = await _new_source(connection, shelf, prepared.article.title, at)
                await deals.follow(connection, shelf, row["id"], source_id, at=at, by=by)
            await _replace(connection, row, (key, source_id), prepared, at)
            await acts.record(connection, shelf, Act.EDITED, source_id, at=at, by=by, detail={"fields": fields})

    async def _redirect(self, draft_id: str, prepared: Prepared, shelf: str, by: str, of: str | None) -> None:
        """Put the article of a draft in its place once more, as a version of another source."""
        at = moment.now()
        async with self._store.write() as connection:
            row = await _find(connection, shelf, draft_id)
            stood = await sources.find_on(connection, shelf, row["id"])
            wanted = None if of is None else await sources.find_on(connection, shelf, of)
            if of is not None and wanted is None:
                raise NotFound("There is no source called “{source}” here.", source=of[:80])
            if of == row["id"] or wanted is stood is None:
                return
            if wanted is None:
                key, source_id = await _new_source(connection, shelf, prepared.article.title, at)
            else:
                key, source_id = wanted["key"], wanted["id"]
            if stood is None:
                await deals.follow(connection, shelf, row["id"], source_id, at=at, by=by)
            standing = None if wanted is None else wanted["version_key"]
            await _replace(connection, row, (key, source_id), prepared, at, standing)
            await acts.record(connection, shelf, Act.EDITED, source_id, at=at, by=by, detail={"fields": ["source"]})

    async def _approve(self, draft_id: str, by: str, shelf: str, seen: str | None) -> tuple[Outcome, Source]:
        at = moment.now()
        async with self._rankings.changing:
            async with self._store.write() as connection:
                row = await _find(connection, shelf, draft_id)
                key, source_id, version = row["key"], row["id"], row["version_key"]
                standing = await sources.find_on(connection, shelf, source_id)
                if seen is not None and seen != _mark(row, standing):
                    raise BadInput("This draft was changed since you saw it: look at it again before you approve it.")
                if standing is not None and standing["state"] == State.REMOVED:
                    told = "“{title}” has been removed: restore it first, then approve this version of it."
                    raise BadInput(told, title=standing["title"])
                if standing is not None:  # what was decided of the version that stands while this one waited
                    await figures.carry_reviews(connection, standing["version_key"], version, at=at, later=True)
                await sources.insert_state(connection, key, version, State.LIVE, at=at, by=by)
                await drafts.settle(connection, version)
                if (page := _page(row)) is not None:
                    await pages.put(connection, key, page, at=at)
                await deals.prove_again(connection, shelf, source_id, version, at=at, by=by)
                act = Act.ADDED if standing is None else Act.UPDATED
                await acts.record(connection, shelf, act, source_id, at=at, by=by, detail={"title": row["title"]})
            outcome = Outcome.ADDED if standing is None else Outcome.UPDATED
            replaced = None if standing is None else standing["version_key"]
            change = Change(outcome, source_id, gained=version, lost=replaced)
            await self._rankings.learn(shelf, change)
            await self._ledgers.learn(shelf, change)
        return outcome, sources.as_source({**row, "state": State.LIVE})

    async def _discard(self, draft_id: str, by: str, shelf: str) -> None:
        async with self._store.write() as connection:
            await _drop(connection, await _find(connection, shelf, draft_id), Act.DISCARDED, by)
        await self._store.wipe()

    async def _expire(self, before: datetime) -> int:
        async with self._store.write() as connection:
            old = await drafts.older_than(connection, before)
            for row in old:
                await _drop(connection, row, Act.EXPIRED, row["drafted_by"])
        if old:
            await self._store.wipe()
        return len(old)

    async def prepared(self, article: Article, shelf: str) -> Prepared:
        """Return an article ready to be stored, its figures held against all deals that a shelf knows."""
        async with self._store.read() as connection:
            own = await deals.of(connection, visible(shelf))
        known = (*shipped().deals, *own.values())
        worker = self._preparing if len(article.text) < _LONG else self._preparing_long
        return await worker.do(prepare, article, self._precedence.give_way, known)

    async def _is_foreign(self, article: Article, shelf: str) -> bool:
        """Tell whether an article is in a language that no source of a shelf is in, or in none that is known."""
        words = [word.casefold() for word in article.text[:20_000].split()[:_READ_WORDS]]
        common = sum(word in FRENCH or word in ENGLISH for word in words)
        if len(words) >= _FEWEST_WORDS and common < _FEWEST_KNOWN * len(words):
            return True
        async with self._store.read() as connection:
            languages = await listing.languages(connection, visible(shelf))
        return bool(languages) and article.language not in languages

    async def alike(self, article: Article, shelf: str, replaces: int | None = None) -> Sequence[Alike]:
        """Return the live sources that a shelf sees and that an article is like, but for the version it replaces."""
        ranker = await self._rankings.of(shelf)
        proposed = likeness.Proposed(article, digest(article.text), replaces)
        return await self._comparing.do(self._compare, proposed, visible(shelf), ranker)

    def _compare(self, proposed: likeness.Proposed, shelf_ids: Sequence[str], ranker: Postings) -> Sequence[Alike]:
        with self._store.scan() as connection:
            return likeness.find(connection, proposed, shelf_ids, ranker, self._precedence.give_way)


async def _find(connection: AsyncConnection, shelf: str, draft_id: str) -> RowMapping:
    row = await drafts.find(connection, shelf, draft_id)
    if row is None:
        raise NotFound("This draft does not wait here any more.")
    return row


async def _new_source(connection: AsyncConnection, shelf: str, title: str, at: datetime) -> tuple[int, str]:
    """Make a source without a version; return its key and id."""
    source_id = await sources.free_id(connection, visible(shelf), slug(title))
    return await sources.insert_source(connection, shelf, source_id, at), source_id


async def _replace(
    connection: AsyncConnection,
    row: RowMapping,
    place: tuple[int, str],
    prepared: Prepared,
    at: datetime,
    standing: int | None = None,
) -> None:
    """Let another version wait in the place of a draft: of the source with this key and id.

    What was made of the figures of the draft, and of those of the version that is ``standing`` there, counts on.
    """
    key, source_id = place
    version = await sources.insert_version(connection, key, source_id, prepared, at=at, by=row["added_by"])
    await figures.insert_found(connection, version, prepared.figures)
    for before in (standing, row["version_key"]):
        if before is not None:
            await figures.carry_reviews(connection, before, version, at=at)
    cautions, kind = cautions_left(row, prepared.article), Kind(row["kind"])
    await erasing.discard(connection, row["key"], row["version_key"])
    if key == row["key"]:
        await shelf_contents.number(connection, version, row["version"])
    at, by = row["drafted_at"], row["drafted_by"]
    await drafts.put(connection, version, row["draft_id"], kind=kind, cautions=cautions, page=_page(row), at=at, by=by)


async def _drop(connection: AsyncConnection, row: RowMapping, act: Act, by: str) -> None:
    await erasing.discard(connection, row["key"], row["version_key"])
    detail = {"title": row["title"], "sha256": row["sha256"]}
    await acts.record(connection, row["shelf"], act, row["id"], at=moment.now(), by=by, detail=detail)


def _mark(row: RowMapping, standing: RowMapping | None) -> str:
    """Return what tells a draft from what it was before an edit, and what it would replace: twelve hex digits.

    Whatever changes about a draft is another version with a key that no version ever had.
    """
    replaces = None if standing is None else standing["version_key"]
    return blake2b(f"{row['version_key']} {replaces}".encode(), digest_size=6).hexdigest()


def _page(row: RowMapping) -> Page | None:
    return None if row["page"] is None else Page.model_validate(row["page"])
