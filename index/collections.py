"""Taking in many articles one after another: what is there already is known again, what has changed is updated.

A stop at any moment loses nothing that was said to be done, and the same run once more goes on where it was.
"""

import asyncio
import re
from collections.abc import AsyncGenerator, Iterable, Mapping
from pathlib import Path
from typing import NamedTuple, Self

from index.errors import BadInput, NotFound
from index.library import Library, Outcome
from index.model import SHARED, Article, Basis, Source, State
from index.moderating.differences import Difference
from index.moderating.model import Alike, Draft, Look, Page
from index.moderating.upkeep import Looked
from index.preparation import digest
from index.reading.article import read as read_plain
from index.reading.batches import TEXTS, Address, File, Item, Typed, name_of
from index.reading.document import Caution, Document, Kind, Reading
from index.reading.fetching.links import canonical
from index.reading.intake import Taken, Watch, tell_nobody
from index.reading.kinds import ENDINGS, READABLE
from index.reading.reader import cautions_of
from index.reading.text import read_bytes

_AHEAD = 2  # items that are read at the same time: as many pages as one person may fetch
_LONGEST_OPENING = 80  # characters of a text that stand for its title
_MARKDOWN = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:---\r?\n|#{1,6} )")
_TROUBLE = frozenset({Look.GONE, Look.EMPTIED, Look.FAILED})


class Proposal(NamedTuple):
    """What an item is: an article that was ``read``, ``page`` of the web where it stands, or a source that is there.

    ``known`` is that source; ``looked`` is what came of looking at its page again.
    """

    item: Item
    read: Reading | None = None
    page: Page | None = None
    known: Source | None = None
    looked: Looked | None = None

    @property
    def is_from_outside(self) -> bool:
        """Tell whether a program decided what the article is, rather than a person who wrote or saved a text."""
        return self.page is not None or (self.read is not None and self.read.kind not in {Kind.TEXT, Kind.MARKDOWN})


class Collected(NamedTuple):
    """What became of an item. ``cautions`` and ``alike`` tell what had better be looked at in what is new."""

    outcome: Outcome
    source: Source
    cautions: tuple[Caution, ...] = ()
    alike: tuple[Alike, ...] = ()


class Choice(NamedTuple):
    """A draft to decide on, and what it changes about the version that stands."""

    draft: Draft
    difference: Difference


class Collector:
    """Takes items onto one shelf, for one person who may do so. Made by ``on``.

    ``given``: what that person says of each article, by the names of its fields.
    """

    def __init__(self, library: Library, shelf: str, by: str, given: Mapping[str, str | None]) -> None:
        self._library = library
        self._shelf = shelf
        self._by = by
        self._given = {field: value for field, value in given.items() if value is not None}
        self._sources: dict[str, Source] = {}
        self._texts: dict[str, str] = {}
        self._addresses: dict[str, set[str]] = {}
        self._came: set[str] = set()

    @classmethod
    async def on(
        cls, library: Library, shelf: str = SHARED, *, by: str, given: Mapping[str, str | None] | None = None
    ) -> Self:
        """Return a collector that knows what stands on a shelf."""
        collector = cls(library, shelf, by, given or {})
        for source in await library.own(shelf):
            collector._note(source)
        return collector

    async def read_ahead(self, items: Iterable[Item | BadInput]) -> AsyncGenerator[Proposal | BadInput]:
        """Yield what each item is, or why it is nothing, in their order; a few are read at the same time."""
        left = iter(items)
        under_way: list[asyncio.Task[Proposal | BadInput]] = []
        try:
            while True:
                while len(under_way) < _AHEAD and (item := next(left, None)) is not None:
                    under_way.append(asyncio.create_task(self._tried(item)))
                if not under_way:
                    return
                yield await under_way[0]
                del under_way[0]
        finally:
            for task in under_way:
                task.cancel()
            await asyncio.gather(*under_way, return_exceptions=True)

    async def read(self, item: Item, watch: Watch = tell_nobody) -> Proposal:
        """Return what an item is; the page of a source that is there is looked at again. Raises ``BadInput``."""
        if isinstance(item, File):
            return Proposal(item, await self._file(item.path, watch))
        if isinstance(item, Typed):
            return Proposal(item, await self._typed(item, watch))
        known = self._at(item.url)
        if known is not None and (known.state is State.LIVE or item.feed):
            return await self._known(item, known, watch)
        taken = await self._library.intake.page(item.url, given=self._given, watch=watch)
        assert taken is not None  # noqa: S101 - nobody asked whether it is unchanged
        reading = _dated(taken, item)
        known = self._at(taken.url) or self._earlier(reading.article)
        is_another = known is not None and known.sha256 != digest(reading.article.text)
        if known is not None and (is_another if known.state is State.LIVE else item.feed):
            return await self._known(item, known, watch)
        return Proposal(item, reading, Page(url=taken.url, etag=taken.etag, last_modified=taken.last_modified))

    def settled(self, proposal: Proposal) -> Collected | None:
        """Return what became of an item about which there is nothing to decide; None where there is something.

        What was removed comes back where a person names it, not where a feed does. Raises ``BadInput`` where the page
        of a source that is there could not be read.
        """
        if (looked := proposal.looked) is not None:
            if looked.look in _TROUBLE:
                raise BadInput(looked.told or "The page has lost most of its text; the last good version stays.")
            return Collected(Outcome.PRESENT, looked.source) if looked.draft is None else None
        same = proposal.known or self.same(proposal)
        if same is None:
            return None
        if same.state is State.LIVE:
            return Collected(Outcome.PRESENT, same)
        by_feed = isinstance(proposal.item, Address) and proposal.item.feed
        return Collected(Outcome.REMOVED, same) if by_feed else None

    def same(self, proposal: Proposal) -> Source | None:
        """Return the source of the shelf that has the very text of an item, removed or not."""
        if proposal.read is None:
            return None
        sha256 = digest(proposal.read.article.text)
        source = self._sources.get(self._texts.get(sha256, ""))
        return source if source is not None and source.sha256 == sha256 else None

    async def keep(self, proposal: Proposal) -> Collected:
        """Let an item live: durably, and in the next answer. Raises ``BadInput``."""
        if (settled := self.settled(proposal)) is not None:
            return settled
        reading = proposal.read
        if reading is None:
            return await self.approve(await self.propose(proposal))
        alike: tuple[Alike, ...] = ()
        if proposal.is_from_outside:
            alike = tuple(await self._library.drafts.alike(reading.article, self._shelf))
        earlier = self._earlier(reading.article)
        added = await self._library.add(
            reading.article,
            by=self._by,
            shelf=self._shelf,
            source_id=None if earlier is None else earlier.id,
            page=proposal.page,
        )
        self._note(added.source, came=True)
        cautions = reading.cautions if proposal.is_from_outside else ()
        others = tuple(each for each in alike if each.source.id != added.source.id)
        return Collected(added.outcome, added.source, cautions, others)

    async def propose(self, proposal: Proposal) -> Choice:
        """Return a draft of an item that is not settled. Raises ``BadInput``."""
        drafts = self._library.drafts
        if proposal.looked is not None and proposal.looked.draft is not None:
            draft, difference = proposal.looked.draft, proposal.looked.difference
            if self._given:
                draft = await drafts.edit(draft.id, self._given, by=self._by, shelf=self._shelf)
            return Choice(draft, difference)
        assert proposal.read is not None  # noqa: S101 - else it is settled
        earlier = self._earlier(proposal.read.article)
        draft = await drafts.propose(
            proposal.read,
            by=self._by,
            shelf=self._shelf,
            page=proposal.page,
            of=None if earlier is None else earlier.id,
        )
        return Choice(draft, await self._library.upkeep.changes(draft.id, self._shelf))

    async def approve(self, choice: Choice) -> Collected:
        """Let a draft live. Raises ``NotFound`` where it waits no more."""
        draft = choice.draft
        outcome, source = await self._library.drafts.approve(draft.id, by=self._by, shelf=self._shelf)
        self._note(source, came=True)
        return Collected(outcome, source, draft.cautions, draft.alike)

    async def discard(self, choice: Choice) -> None:
        """Delete a draft. Raises ``NotFound`` where it waits no more."""
        await self._library.drafts.discard(choice.draft.id, by=self._by, shelf=self._shelf)

    async def _tried(self, item: Item | BadInput) -> Proposal | BadInput:
        if isinstance(item, BadInput):
            return item
        try:
            return await self.read(item)
        except (BadInput, NotFound) as error:
            return named(error, item)

    async def _file(self, path: Path, watch: Watch) -> Reading:
        """Read a file of this machine; a text stays as it is, character for character."""
        data, name, ending = read_bytes(path), name_of(File(Path(path.name))), path.suffix.casefold()
        if ending and ending not in ENDINGS:
            raise BadInput(f"{name} is of a kind that cannot be read here; what can be read is {READABLE}.")
        if ending not in TEXTS:
            return await self._library.intake.document(Document(data, name), given=self._given, watch=watch)
        article = read_plain(data, name, self._given)
        kind = Kind.MARKDOWN if article.markdown else Kind.TEXT
        return Reading(article=article, kind=kind, cautions=tuple(cautions_of(article)))

    async def _typed(self, item: Typed, watch: Watch) -> Reading:
        """Read what came in on standard input; a text without a title is called by its first words."""
        said = "text/markdown" if _looks_like_markdown(item.data) else None
        document = Document(item.data, name_of(item), media_type=said)
        reading = await self._library.intake.document(document, given=self._given, watch=watch)
        if reading.article.title_basis is not Basis.FILE_NAME:
            return reading
        title = {"title": _opening(reading.article.text), "title_basis": Basis.TEXT}
        return reading.model_copy(update={"article": reading.article.model_copy(update=title)})

    async def _known(self, item: Item, known: Source, watch: Watch) -> Proposal:
        """Look at the page of a source again, where it was read from there and lives."""
        if known.state is not State.LIVE or await self._library.upkeep.plan(known.id, self._shelf) is None:
            return Proposal(item, known=known)
        looked = await self._library.upkeep.look(known.id, by=self._by, shelf=self._shelf, watch=watch)
        return Proposal(item, known=known, looked=looked)

    def _note(self, source: Source, *, came: bool = False) -> None:
        """Know a source again from now on, a live one rather than one that was removed."""
        self._sources[source.id] = source
        other = self._sources.get(self._texts.get(source.sha256, ""))
        if other is None or other.sha256 != source.sha256 or other.state is not State.LIVE:
            self._texts[source.sha256] = source.id
        if source.url:
            self._addresses.setdefault(canonical(source.url), set()).add(source.id)
        if came:
            self._came.add(source.id)

    def _at(self, url: str) -> Source | None:
        """Return the source with an address, a live one where there is one."""
        page = canonical(url)
        named = [self._sources[name] for name in sorted(self._addresses.get(page, ()))]
        there = [source for source in named if source.url and canonical(source.url) == page]
        return min(there, key=lambda source: source.state is not State.LIVE, default=None)

    def _earlier(self, article: Article) -> Source | None:
        """Return the one live source, there before this run, that has the address and the title of an article."""
        named = self._addresses.get(canonical(article.url), set()) if article.url else set()
        there = [self._sources[name] for name in named - self._came]
        live = [source for source in there if source.state is State.LIVE and source.title == article.title]
        return live[0] if len(live) == 1 else None


def named(error: BadInput | NotFound, item: Item) -> BadInput:
    """Return an error that says of which item it is."""
    told = str(error)
    return BadInput(told if not isinstance(item, Address) or item.url in told else f"{item.url}: {told}")


def _dated(taken: Taken, item: Address) -> Reading:
    """Return what was read of a page; one that says no day itself has that of the feed that names it."""
    reading = taken.reading
    if item.published is None or reading.article.published is not None:
        return reading
    dated = reading.article.model_copy(update={"published": item.published, "published_basis": Basis.METADATA})
    cautions = tuple(caution for caution in reading.cautions if caution is not Caution.UNDATED)
    return reading.model_copy(update={"article": dated, "cautions": cautions})


def _looks_like_markdown(data: bytes) -> bool:
    return _MARKDOWN.match(data) is not None


def _opening(text: str) -> str:
    """Return the first words of a text."""
    words = " ".join(text[: 4 * _LONGEST_OPENING].split())
    if len(words) <= _LONGEST_OPENING:
        return words.rstrip(".")
    return f"{words[:_LONGEST_OPENING].rpartition(' ')[0] or words[:_LONGEST_OPENING]}…"
