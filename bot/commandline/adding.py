"""Adding articles on the command line: files, folders, pages of the web, lists of addresses, feeds."""

import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import aclosing
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from bot.commandline.confirming import confirm, somebody_is_there
from bot.commandline.opening import opened, print_json, run
from bot.commandline.options import Data, Json, examples, utf8
from bot.commandline.shelves import SHARED, Shelf, shelf_option
from bot.ending import REFUSED, complain
from index.errors import BadInput, NotFound

if TYPE_CHECKING:
    from index.collections import Collected, Collector, Proposal
    from index.library import Library
    from index.reading.batches import Item

app = typer.Typer()

_STANDARD_INPUT = "-"
_REFUSED = "refused"
_FEEDS = ("a feed (RSS or Atom)", "application/rss+xml", "application/atom+xml")  # as a refusal says it
_ORDER = {
    "added": "added",
    "updated": "updated",
    "restored": "restored",
    "present": "already here",
    "removed": "left out, as they were removed",
    "declined": "declined",
    _REFUSED: "refused",
}


class Wanted(NamedTuple):
    """What is named on the command line: places (paths, addresses, standard input), lists and feeds.

    ``most``: how many articles of each feed, None for all.
    """

    places: Sequence[str] = ()
    lists: Sequence[str] = ()
    feeds: Sequence[str] = ()
    most: int | None = None

    @property
    def are_several(self) -> bool:
        """Tell whether more than one article may be meant."""
        from index.reading.batches import is_folder

        return len(self.places) != 1 or bool(self.lists or self.feeds) or is_folder(Path(self.places[0]))


class Manner(NamedTuple):
    """How it is done: ``asking`` about each article; ``approving`` its figures; telling it ``as_json``."""

    asking: bool = False
    approving: bool = False
    as_json: bool = False


@app.command(
    epilog=examples(
        "sourcier add article.md",
        'sourcier add report.pdf --title "A report" --published 2025-07',
        "sourcier add --yes https://example.org/article",
        "sourcier add articles/",
        "sourcier add --list addresses.txt",
        "sourcier add --feed https://example.org/feed.xml --most 10",
        "sourcier add - < note.txt",
    )
)
def add(
    places: Annotated[
        list[str] | None,
        typer.Argument(metavar="PATH|URL|-", help="Files, folders, pages; - is standard input.", show_default=False),
    ] = None,
    lists: Annotated[
        list[str] | None, typer.Option("--list", metavar="FILE", help="Addresses of pages, one a line; - reads them.")
    ] = None,
    feeds: Annotated[
        list[str] | None, typer.Option("--feed", metavar="URL|FILE", help="The pages that a feed names (RSS, Atom).")
    ] = None,
    most: Annotated[int | None, typer.Option(metavar="N", min=1, help="Of a feed, only the newest N.")] = None,
    title: Annotated[str | None, typer.Option(metavar="TEXT", help="The title, for a single article.")] = None,
    publisher: Annotated[str | None, typer.Option(metavar="NAME", help="Who published it.")] = None,
    author: Annotated[str | None, typer.Option(metavar="NAME", help="Who wrote it.")] = None,
    published: Annotated[str | None, typer.Option(metavar="DATE", help="2025, 2025-07 or 2025-07-02.")] = None,
    url: Annotated[str | None, typer.Option(metavar="URL", help="Where a single file can be read.")] = None,
    language: Annotated[str | None, typer.Option(metavar="CODE", help="fr or en. Default: told from the text.")] = None,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Ask nothing; let its figures count.")] = False,  # noqa: FBT002
    shelf: Shelf = SHARED,
    json_: Json = False,  # noqa: FBT002
    data: Data = None,
) -> None:
    """Add articles: text, Markdown, web pages, PDF, DOCX. In a terminal each is shown first, and you are asked.

    Text and Markdown are kept to the letter, with their front matter honoured; options count more. What is there
    already is left alone; a page that says something else now gets its next version. A run that was stopped goes on
    where it was when it is started again.

    The figures that are found in them answer questions once they are approved: with --yes at once, else by review.
    """
    named = Wanted(tuple(places or ()), tuple(lists or ()), tuple(feeds or ()), most)
    _refuse_wrong_usage(named, title, url)
    given = {
        "title": title,
        "publisher": publisher,
        "author": author,
        "published": published,
        "url": url,
        "language": language,
    }
    known = {name: utf8(value) for name, value in given.items() if value is not None}
    manner = Manner(asking=not (yes or json_) and somebody_is_there(), approving=yes, as_json=json_)
    run(_add(named, known, data, shelf, manner))


def _refuse_wrong_usage(named: Wanted, title: str | None, url: str | None) -> None:
    if not (named.places or named.lists or named.feeds):
        raise typer.BadParameter("name what is to be added: a PATH, a URL or -, a --list or a --feed.")
    names = [*named.places, *named.lists, *named.feeds]
    if "" in names:
        raise typer.BadParameter("the name of what is to be added is empty.")
    if names.count(_STANDARD_INPUT) > 1:
        raise typer.BadParameter("standard input (-) can be read only once.")
    if named.most is not None and not named.feeds:
        raise typer.BadParameter("--most is for a --feed.")
    for option, value in (("--title", title), ("--url", url)):
        if value is not None and named.are_several:
            raise typer.BadParameter(f"{option} is for a single article.")


async def _add(named: Wanted, given: Mapping[str, str], data: Path | None, shelf: str, manner: Manner) -> None:
    async with opened(data, write=True) as library:
        if not await collect(library, named, given, shelf=shelf, manner=manner):
            raise typer.Exit(REFUSED)


async def collect(
    library: "Library", named: Wanted, given: Mapping[str, str], *, shelf: str = SHARED, manner: Manner
) -> bool:
    """Take in what is named, telling what becomes of each item; return whether nothing was refused."""
    from index.collections import Collector
    from index.reading.batches import distinct

    feeds = await _in_feeds(library, named.feeds, named.most)
    items = distinct([*_at_places(named.places), *_in_lists(named.lists), *feeds])
    collector = await Collector.on(library, shelf, by="operator", given=given)
    teller = _Teller(library, shelf, manner)
    try:
        if manner.asking:
            await _ask_about_each(collector, items, teller, library, shelf)
        else:
            await _keep_each(collector, items, teller)
    finally:
        if named.are_several and not manner.as_json:
            teller.sum_up(len(items))
    return not teller.counts[_REFUSED]


def _at_places(places: Sequence[str]) -> "Iterator[Item | BadInput]":
    """Yield what there is to read at paths, addresses and on standard input."""
    from index.reading.batches import Address, File, Typed, in_folder, is_address, is_folder

    for place in places:
        if place == _STANDARD_INPUT:
            yield Typed(_bytes_of(place)[0])
        elif is_address(place):
            yield Address(utf8(place))
        elif is_folder(Path(place)):
            yield from in_folder(Path(place))
        else:
            yield File(Path(place))


def _in_lists(names: Sequence[str]) -> "Iterator[Item | BadInput]":
    """Yield the addresses of lists, or why one has none."""
    from index.reading.batches import in_list

    for name in names:
        try:
            yield from in_list(*_bytes_of(name))
        except BadInput as error:
            yield error


async def _in_feeds(library: "Library", names: Sequence[str], most: int | None) -> "list[Item | BadInput]":
    """Return the newest articles of feeds, or why one has none."""
    found: list[Item | BadInput] = []
    for name in names:
        try:
            found += await _in_feed(library, name, most)
        except BadInput as error:
            found.append(error)
    return found


async def _in_feed(library: "Library", name: str, most: int | None) -> "list[Item]":
    from bot.terminal.render import progress
    from index.collections import named as naming
    from index.reading.batches import Address, in_feed, is_address
    from index.reading.document import Document

    with progress("Reading the feed") as tell:
        tell(0, 1)
        if not is_address(name):
            return list(in_feed(await library.intake.feed(Document(*_bytes_of(name))), most))
        address = utf8(name)
        try:
            return list(in_feed(await library.intake.feed(address), most))
        except BadInput as error:
            raise naming(error, Address(address)) from error


def _bytes_of(name: str) -> tuple[bytes, str]:
    """Return what a file holds, or standard input, and its name. Raises ``BadInput``."""
    from index.reading.text import MOST_BYTES, read_bytes

    if name == _STANDARD_INPUT:
        return sys.stdin.buffer.read(MOST_BYTES + 1), "standard input"
    return read_bytes(Path(name)), utf8(Path(name).name)


async def _keep_each(collector: "Collector", items: "Sequence[Item | BadInput]", teller: "_Teller") -> None:
    """Let each item live at once; show on a terminal how far it is."""
    from bot.terminal.render import progress

    with progress("Adding") as tell:
        tell(0, len(items))
        async with aclosing(collector.read_ahead(items)) as proposals:
            async for proposal in proposals:
                try:
                    if isinstance(proposal, BadInput):
                        raise proposal
                    await teller.tell(await collector.keep(proposal), proposal)
                except (BadInput, NotFound) as error:
                    teller.refuse(error, None if isinstance(proposal, BadInput) else proposal.item)
                tell(teller.counts.total(), len(items))


async def _ask_about_each(
    collector: "Collector", items: "Sequence[Item | BadInput]", teller: "_Teller", library: "Library", shelf: str
) -> None:
    """Show each item, and let those live that are wanted."""
    from bot.terminal.render import progress

    for item in items:
        try:
            if isinstance(item, BadInput):
                raise item
            with progress("Reading") as tell:
                tell(0, 1)
                proposal = await collector.read(item)
            collected = collector.settled(proposal) or await _decide(collector, proposal, library, shelf)
        except (BadInput, NotFound) as error:
            teller.refuse(error, None if isinstance(item, BadInput) else item)
            continue
        if collected is None:
            teller.decline()
        else:
            await teller.tell(collected, proposal)


async def _decide(collector: "Collector", proposal: "Proposal", library: "Library", shelf: str) -> "Collected | None":
    """Show what an item is and ask about it; return what became of it, None where it is not wanted."""
    from bot.terminal.drafts import show_draft
    from bot.terminal.render import show_source

    if (removed := collector.same(proposal)) is not None:
        show_source(removed)
        return await collector.keep(proposal) if confirm("It was removed. Bring it back?") else None
    choice = await collector.propose(proposal)
    wanted = False
    try:
        show_draft(choice.draft, await library.reviews.deals(shelf), choice.difference)
        wanted = confirm("Add it?" if choice.draft.replaces is None else "Let it replace the version that stands?")
    finally:
        if not wanted:
            await collector.discard(choice)
    return await collector.approve(choice) if wanted else None


class _Teller:
    """Tells what becomes of each item as soon as it is certain, and counts."""

    def __init__(self, library: "Library", shelf: str, manner: Manner) -> None:
        self._library = library
        self._shelf = shelf
        self._manner = manner
        self.counts: Counter[str] = Counter()

    async def tell(self, collected: "Collected", proposal: "Proposal") -> None:
        """Approve the figures of what came of an item where that is wanted, and tell of it."""
        from bot.commandline.reviewing import approve_all, waiting_in
        from bot.moderation.records import notes_record
        from bot.records import source_record
        from bot.terminal.render import show_added
        from index.library import Added, Outcome
        from index.reading.batches import name_of

        source, is_out = collected.source, collected.outcome is Outcome.REMOVED
        approving = self._manner.approving and not is_out
        approved = await approve_all(self._library, source.id, self._shelf) if approving else 0
        waiting = 0 if is_out else await waiting_in(self._library, source.id, self._shelf)
        self.counts[collected.outcome.value] += 1
        if self._manner.as_json:
            told = {"figures_approved": approved, "figures_waiting": waiting, "item": name_of(proposal.item)}
            record = {"outcome": collected.outcome.value} | source_record(source) | told
            print_json(record | notes_record(collected.cautions, collected.alike), line=True)
            return
        how_to_review = f"sourcier review {source.id}{shelf_option(self._shelf)}"
        shown = Added(collected.outcome, source)
        notes = ((), ()) if self._manner.asking else (collected.cautions, collected.alike)
        show_added(shown, approved, waiting, how_to_review=how_to_review, notes=notes)

    def refuse(self, error: BadInput | NotFound, item: "Item | None") -> None:
        """Tell why an item cannot be added."""
        from index.collections import named

        self.counts[_REFUSED] += 1
        told = str(error if item is None else named(error, item))
        is_feed = any(sign in told for sign in _FEEDS)
        complain(f"{told} `sourcier add --feed` adds the pages that it names." if is_feed else told)

    def decline(self) -> None:
        """Count an item that is not wanted."""
        self.counts["declined"] += 1

    def sum_up(self, of: int) -> None:
        """Print how many of all items came to what, and what to do where some are left."""
        from bot.terminal.keeping import show_outcomes

        counts = [(self.counts[outcome], words) for outcome, words in _ORDER.items() if self.counts[outcome]]
        if left := of - self.counts.total():
            counts.append((left, "left: the same command goes on there"))
        if counts:
            show_outcomes(counts)
