"""Looking after sources on the command line: pages read again, drafts decided on, who did what."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from bot.commandline.opening import opened, print_json, run
from bot.commandline.options import Data, Json, examples, utf8
from bot.commandline.shelves import SHARED, Shelf, shelf_option
from bot.completion import source_ids
from bot.ending import REFUSED, complain
from index.errors import BadInput, NotFound

if TYPE_CHECKING:
    from index.library import Library
    from index.moderating.upkeep import Looked

app = typer.Typer()

_BY = "operator"
_MOST_DUE = 100_000

Every = Literal["never", "daily", "weekly"]
OneLiveId = Annotated[
    str | None,
    typer.Argument(metavar="[ID]", help="A source that was read from a page.", autocompletion=source_ids("live")),
]
AnyOneId = Annotated[
    str | None,
    typer.Argument(
        metavar="[ID]", help="A source, a draft or a deal; default: all.", autocompletion=source_ids("live", "removed")
    ),
]
Letting = Annotated[bool, typer.Option("--approve", help="Let what it says now live at once.")]


@app.command(
    epilog=examples(
        "sourcier refresh my-article",
        "sourcier refresh my-article --approve",
        "sourcier refresh my-article --every weekly",
        "sourcier refresh --due",
    )
)
def refresh(
    source_id: OneLiveId = None,
    every: Annotated[Every | None, typer.Option(help="Say how often the bot reads the page again.")] = None,
    approve: Letting = False,  # noqa: FBT002
    due: Annotated[bool, typer.Option("--due", help="Read all pages again whose time it is.")] = False,  # noqa: FBT002
    shelf: Shelf = SHARED,
    json_: Json = False,  # noqa: FBT002
    data: Data = None,
) -> None:
    """Read a source's page again. What it says now waits as a draft; where it is gone, the last good version stays."""
    if (source_id is None) is not due:
        raise typer.BadParameter("name one source, or say --due for all whose time it is.")
    if every is not None and (due or approve):
        raise typer.BadParameter("--every stands alone.")
    if source_id is None:
        run(_refresh_due(data, shelf, letting=approve, as_json=json_))
    elif every is not None:
        run(_schedule(utf8(source_id), every, data, shelf, as_json=json_))
    else:
        run(_refresh(utf8(source_id), data, shelf, letting=approve, as_json=json_))


async def _refresh(source_id: str, data: Path | None, shelf: str, *, letting: bool, as_json: bool) -> None:
    async with opened(data, write=True) as library:
        if not await look_again(library, source_id, shelf=shelf, letting=letting, as_json=as_json):
            raise typer.Exit(REFUSED)


async def look_again(
    library: "Library",
    source_id: str,
    *,
    shelf: str = SHARED,
    letting: bool = False,
    as_json: bool = False,
    scheduled: bool = False,
) -> bool:
    """Read a source's page again and tell what came of it; return whether the page could be read.

    ``letting``: what it says now lives at once; ``scheduled``: nobody asked for this one.
    """
    from bot.terminal.render import progress

    with progress("Reading") as tell:
        tell(0, 1)
        if scheduled:
            looked = await library.upkeep.look_by_schedule(source_id, shelf)
        else:
            looked = await library.upkeep.look(source_id, by=_BY, shelf=shelf)
    if not _is_readable(looked):
        complain(f"{looked.source.id}: {looked.told or 'its page has lost most of its text.'} Its last version stays.")
        return False
    await _show_looked(library, looked, shelf, letting=letting, as_json=as_json)
    return True


def _is_readable(looked: "Looked") -> bool:
    from index.moderating.model import Look

    return looked.look not in {Look.GONE, Look.EMPTIED, Look.FAILED}


async def _show_looked(library: "Library", looked: "Looked", shelf: str, *, letting: bool, as_json: bool) -> None:
    from bot.moderation.records import looked_record
    from bot.terminal.keeping import show_looked

    how = "" if letting else f"sourcier drafts {looked.source.id} --approve{shelf_option(shelf)}"
    if as_json:
        print_json(looked_record(looked), line=True)
    else:
        show_looked(looked, how)
    if letting and looked.draft is not None:
        await _approve(library, looked.draft.id, shelf, as_json=as_json)


async def _refresh_due(data: Path | None, shelf: str, *, letting: bool, as_json: bool) -> None:
    async with opened(data, write=True) as library:
        if not await look_at_due(library, shelf=shelf, letting=letting, as_json=as_json):
            raise typer.Exit(REFUSED)


async def look_at_due(library: "Library", *, shelf: str = SHARED, letting: bool = False, as_json: bool = False) -> bool:
    """Read all pages of a shelf again whose time it is; return whether all could be read."""
    good = True
    for place, source_id in await library.upkeep.due(most=_MOST_DUE):
        if place != shelf:
            continue
        try:
            good &= await look_again(library, source_id, shelf=shelf, letting=letting, as_json=as_json, scheduled=True)
        except (BadInput, NotFound) as error:
            complain(f"{source_id}: {error}")
            good = False
    return good


async def _schedule(source_id: str, every: Every, data: Path | None, shelf: str, *, as_json: bool) -> None:
    from bot.moderation.records import plan_record
    from bot.terminal.keeping import show_plan
    from index.moderating.model import Every as Often

    async with opened(data, write=True) as library:
        plan = await library.upkeep.schedule(source_id, Often(every), by=_BY, shelf=shelf)
        source = await library.source(source_id, shelf)
    if as_json:
        print_json(plan_record(source_id, plan))
    else:
        show_plan(source.title, plan)


@app.command(
    epilog=examples(
        "sourcier drafts",
        "sourcier drafts my-article",
        "sourcier drafts my-article --approve",
        "sourcier drafts my-article --discard",
    )
)
def drafts(
    name: Annotated[
        str | None, typer.Argument(metavar="[DRAFT]", help="One of the drafts, as `sourcier drafts` calls it.")
    ] = None,
    approve: Annotated[bool, typer.Option("--approve", help="Let it live.")] = False,  # noqa: FBT002
    discard: Annotated[bool, typer.Option("--discard", help="Delete it.")] = False,  # noqa: FBT002
    shelf: Shelf = SHARED,
    json_: Json = False,  # noqa: FBT002
    data: Data = None,
) -> None:
    """List the articles that wait for a decision, show one of them, or decide. Drafts wait for seven days."""
    if approve and discard:
        raise typer.BadParameter("choose one of --approve and --discard.")
    if name is None and (approve or discard):
        raise typer.BadParameter("name the draft.")
    if name is None:
        run(_list_drafts(data, shelf, as_json=json_))
    elif approve or discard:
        run(_decide(utf8(name), data, shelf, approving=approve, as_json=json_))
    else:
        run(_show_draft(utf8(name), data, shelf, as_json=json_))


async def _list_drafts(data: Path | None, shelf: str, *, as_json: bool) -> None:
    from datetime import timedelta

    from bot.commandline.draft_names import called
    from bot.moderation.records import waiting_record
    from bot.terminal.drafts import show_drafts
    from index.moderating.model import DRAFT_DAYS

    async with opened(data) as library:
        waiting = await library.drafts.waiting(shelf)
        own = await library.own(shelf)
    until = timedelta(days=DRAFT_DAYS)
    if as_json:
        print_json([waiting_record(each, each.at + until) for each in waiting])
    else:
        show_drafts([(name, each, each.at + until) for name, each in called(waiting)], [source.id for source in own])


async def _show_draft(name: str, data: Path | None, shelf: str, *, as_json: bool) -> None:
    from bot.commandline.draft_names import find
    from bot.moderation.records import draft_record
    from bot.terminal.drafts import show_draft

    async with opened(data) as library:
        draft = await library.drafts.draft(find(await library.drafts.waiting(shelf), name), shelf)
        difference = await library.upkeep.changes(draft.id, shelf)
        deals = await library.reviews.deals(shelf)
    if as_json:
        print_json(draft_record(draft, difference))
    else:
        show_draft(draft, deals, difference)


async def _decide(name: str, data: Path | None, shelf: str, *, approving: bool, as_json: bool) -> None:
    from bot.commandline.draft_names import find

    async with opened(data, write=True) as library:
        waiting = await library.drafts.waiting(shelf)
        draft_id = find(waiting, name)
        if approving:
            await _approve(library, draft_id, shelf, as_json=as_json)
            return
        title = next(each.source.title for each in waiting if each.id == draft_id)
        await library.drafts.discard(draft_id, by=_BY, shelf=shelf)
    if as_json:
        print_json({"outcome": "discarded", "id": draft_id}, line=True)
    else:
        from bot.printable import printable

        typer.echo(f"Discarded: {printable(title, fold=True)}")


async def _approve(library: "Library", draft_id: str, shelf: str, *, as_json: bool) -> None:
    """Let a draft live, and tell how many of its figures wait."""
    from bot.commandline.reviewing import waiting_in
    from bot.records import source_record
    from bot.terminal.render import show_added
    from index.library import Added

    outcome, source = await library.drafts.approve(draft_id, by=_BY, shelf=shelf)
    waiting = await waiting_in(library, source.id, shelf)
    if as_json:
        print_json({"outcome": outcome.value} | source_record(source) | {"figures_waiting": waiting}, line=True)
    else:
        how = f"sourcier review {source.id}{shelf_option(shelf)}"
        show_added(Added(outcome, source), 0, waiting, how_to_review=how)


@app.command(epilog=examples("sourcier history", "sourcier history my-article", "sourcier history --json"))
def history(
    subject: AnyOneId = None,
    most: Annotated[int, typer.Option(metavar="N", min=1, help="The newest N entries.")] = 20,
    shelf: Shelf = SHARED,
    json_: Json = False,  # noqa: FBT002
    data: Data = None,
) -> None:
    """Show who did what, the newest first: to one source or to all there is."""
    run(_history(None if subject is None else utf8(subject), data, shelf, most=most, as_json=json_))


async def _history(subject: str | None, data: Path | None, shelf: str, *, most: int, as_json: bool) -> None:
    from bot.moderation.records import deed_record
    from bot.terminal.keeping import show_history

    async with opened(data) as library:
        deeds = await library.journal.read(shelf, subject, limit=most)
        titles = {source.id: source.title for source in await library.own(shelf)}
        deals = [] if as_json else await library.reviews.deals(shelf)
    if subject is not None and not deeds.total and subject not in titles:
        raise NotFound(
            f"Nothing called “{subject[:80]}” was ever changed here; `sourcier sources` lists what there is."
        )
    if as_json:
        print_json([deed_record(deed) for deed in deeds.deeds])
    else:
        show_history(deeds, titles, deals)
