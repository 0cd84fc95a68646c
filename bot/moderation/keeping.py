"""Looking after a server's own sources: what there is, reading pages again, removing, restoring, who did what."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

import structlog

from bot import delivery
from bot.interaction import Interaction
from bot.moderation.admitting import admitted
from bot.moderation.history_cards import Names, deal_names, lay_out_deed
from bot.moderation.keeping_cards import (
    EntryCard,
    OwnCard,
    lay_out_entry,
    lay_out_looked,
    lay_out_own,
    lay_out_page,
    restorable_until,
)
from bot.moderation.own_names import Named, named
from bot.moderation.progress import Progress
from bot.printable import printable
from bot.rules.rights import Right, limits
from bot.telling import speaker_for, telling
from bot.translation import Translator
from bot.views.history import PAGE as DEEDS
from bot.views.history import HistoryView
from bot.views.keeping_controls import Care, Cared, KeepingButton
from bot.views.markdown import fitted
from bot.views.notice import Notice
from bot.views.own_sources import PAGE, OwnSourcesView, OwnSourceView
from bot.views.refreshed import RefreshedView, ScheduledView
from bot.views.stamps import day
from index.errors import NotFound
from index.model import Source, State
from index.moderating.model import Every
from index.naming import slug

if TYPE_CHECKING:
    from discord.ui import LayoutView

    from bot.client import Sourcier

_SHOWN_NAME = 120

_log = structlog.get_logger(__name__)

_RIGHTS = {
    Care.LIST: Right.ADD,
    Care.SHOW: Right.ADD,
    Care.REFRESH: Right.ADD,
    Care.REMOVE: Right.REMOVE,
    Care.RESTORE: Right.REMOVE,
    Care.HISTORY: Right.AUDIT,
}


def prepare(bot: "Sourcier") -> None:
    """Let the bot know the buttons of what is shown here, and hear when one is pressed."""
    bot.add_dynamic_items(KeepingButton)
    bot.add_listener(on_care)


async def list_own(interaction: Interaction) -> None:
    """Show the first page of the server's own sources."""
    shelf = await _opened(interaction, Right.ADD)
    if shelf is not None:
        await delivery.show(interaction, await _list(interaction, shelf, 0))


async def show(interaction: Interaction, name: str) -> None:
    """Show all that is known about one source of the server."""
    shelf = await _opened(interaction, Right.ADD)
    source = None if shelf is None else await _meant(interaction, shelf, name)
    if shelf is not None and source is not None:
        await delivery.show(interaction, await _whole(interaction, shelf, source))


async def refresh(interaction: Interaction, name: str, every: Every | None) -> None:
    """Read a source's page again, or say how often that is done from now on."""
    shelf = await _opened(interaction, Right.ADD)
    source = None if shelf is None else await _meant(interaction, shelf, name)
    if shelf is None or source is None:
        return
    if every is None:
        await _look(interaction, shelf, source)
        return
    by, speaker = str(interaction.user.id), await speaker_for(interaction)
    if _is_removed(source):
        await delivery.show(interaction, Notice(_removed_already(source, speaker)))
        return
    plan = await interaction.client.library.upkeep.schedule(source.id, every, by=by, shelf=shelf)
    page = lay_out_page(source, plan, speaker)
    if page is not None:
        await delivery.show(interaction, ScheduledView(source.title, page, speaker))


async def remove(interaction: Interaction, name: str) -> None:
    """Take a source out of all answers, at once."""
    shelf = await _opened(interaction, Right.REMOVE)
    source = None if shelf is None else await _meant(interaction, shelf, name)
    if shelf is not None and source is not None:
        await delivery.show(interaction, await _put(interaction, shelf, source, State.REMOVED))


async def restore(interaction: Interaction, name: str) -> None:
    """Bring a removed source back."""
    shelf = await _opened(interaction, Right.REMOVE)
    source = None if shelf is None else await _meant(interaction, shelf, name)
    if shelf is not None and source is not None:
        await delivery.show(interaction, await _put(interaction, shelf, source, State.LIVE))


async def history(interaction: Interaction, name: str | None) -> None:
    """Show who did what, to one source or to all there is."""
    shelf = await _opened(interaction, Right.AUDIT)
    if shelf is None:
        return
    if name is None:
        await delivery.show(interaction, await _history(interaction, shelf, "", 0))
        return
    library = interaction.client.library
    found = await named(library, shelf, name)
    subject = found.source.id if found.source else slug(printable(name, fold=True))
    if found.source is None and not (await library.journal.read(shelf, subject, limit=1)).total:
        await delivery.show(interaction, Notice(_unknown(name, found, await speaker_for(interaction))))
        return
    await delivery.show(interaction, await _history(interaction, shelf, subject, 0))


async def on_care(interaction: Interaction, cared: Cared) -> None:
    """Do what a button says."""
    async with telling(interaction):
        shelf = await admitted(interaction, _RIGHTS[cared.care])
        if shelf is None:
            return
        private = interaction.message is not None and interaction.message.flags.ephemeral
        await (
            delivery.take(interaction) if cared.turning and private else delivery.acknowledge(interaction, private=True)
        )
        try:
            await _PRESSED[cared.care](interaction, shelf, cared)
        except NotFound:
            speaker = await speaker_for(interaction)
            gone = speaker.text("This server has no such source any more; /source list shows what it has.")
            await delivery.respond(interaction, Notice(gone))


async def _opened(interaction: Interaction, right: Right) -> str | None:
    """Return the shelf where a command may be used, which is acknowledged then; else say why not: None."""
    shelf = await admitted(interaction, right)
    if shelf is not None:
        await delivery.acknowledge(interaction, private=True)
    return shelf


async def _meant(interaction: Interaction, shelf: str, name: str) -> Source | None:
    """Return the source that a name means; else say which ones it may mean: None."""
    found = await named(interaction.client.library, shelf, name)
    if found.source is None:
        await delivery.show(interaction, Notice(_unknown(name, found, await speaker_for(interaction))))
    return found.source


async def _own(interaction: Interaction, shelf: str, source_id: str) -> Source:
    """Return one of the server's own sources. Raises ``NotFound``."""
    source = await interaction.client.library.source(source_id, shelf)
    if source.shelf != shelf:
        raise NotFound("This is none of the server's own sources.")
    return source


async def _list(interaction: Interaction, shelf: str, page: int) -> "LayoutView":
    library, speaker = interaction.client.library, await speaker_for(interaction)
    own, waiting = await library.own(shelf), await library.drafts.waiting(shelf)
    if not own:
        nothing = speaker.text("This server has no sources of its own yet: /source add adds the first.")
        return Notice(nothing)
    page = min(page, (len(own) - 1) // PAGE)
    removals = await library.upkeep.removals(shelf)
    newest = own[::-1][page * PAGE : (page + 1) * PAGE]
    entries = [lay_out_entry(source, removals, waiting, speaker) for source in newest]
    return OwnSourcesView(entries, page, len(own), len(waiting), speaker)


async def _whole(interaction: Interaction, shelf: str, source: Source, said: str = "") -> "LayoutView":
    return OwnSourceView(await _card(interaction, shelf, source), await speaker_for(interaction), said=said)


async def _card(interaction: Interaction, shelf: str, source: Source) -> OwnCard:
    library, speaker = interaction.client.library, await speaker_for(interaction)
    figures = await library.reviews.found_in(source.id, shelf)
    plan = await library.upkeep.plan(source.id, shelf)
    return lay_out_own(await _entry(interaction, shelf, source), source, figures, plan, speaker)


async def _entry(interaction: Interaction, shelf: str, source: Source) -> EntryCard:
    library = interaction.client.library
    waiting = await library.drafts.waiting(shelf)
    return lay_out_entry(source, await library.upkeep.removals(shelf), waiting, await speaker_for(interaction))


async def _look(interaction: Interaction, shelf: str, source: Source) -> None:
    """Read a page again, and show what came of it."""
    speaker, library = await speaker_for(interaction), interaction.client.library
    if _is_removed(source):
        await delivery.show(interaction, Notice(_removed_already(source, speaker)))
        return
    by, most = str(interaction.user.id), await limits(interaction)
    async with Progress(interaction, speaker) as progress:
        looked = await library.upkeep.look(source.id, by=by, shelf=shelf, limits=most, watch=progress)
    if not progress.refused:
        await delivery.show(interaction, RefreshedView(lay_out_looked(looked, speaker), speaker))


async def _put(interaction: Interaction, shelf: str, source: Source, state: State) -> "LayoutView":
    """Remove or restore a source; return how it stands now, with the way back."""
    library, speaker, by = interaction.client.library, await speaker_for(interaction), str(interaction.user.id)
    if source.state is state:
        said = speaker.text("It is live already.") if state is State.LIVE else speaker.text("It is removed already.")
        return await _whole(interaction, shelf, source, said)
    if state is State.LIVE:
        if (refused := await _full(interaction, shelf, speaker)) is not None:
            return refused
        put = await library.restore(source.id, by=by, shelf=shelf)
        _log.info("a source was restored", source=source.id, shelf=shelf, by=by)
        return await _whole(interaction, shelf, put, speaker.text("Restored: it is in the next answer again."))
    put = await library.remove(source.id, by=by, shelf=shelf)
    _log.info("a source was removed", source=source.id, shelf=shelf, by=by)
    removed_at = (await library.upkeep.removals(shelf)).get(put.id)
    until = restorable_until(put, removed_at)
    said = speaker.text("Removed: it is in no answer from now on.")
    if until is not None:
        said += " " + speaker.text("You can restore it until {day}.", day=day(until))
    return await _whole(interaction, shelf, put, said)


async def _full(interaction: Interaction, shelf: str, speaker: Translator) -> Notice | None:
    """Say that a server has as many sources and drafts as it may, where that is so."""
    library, most = interaction.client.library, (await limits(interaction)).sources
    live = sum(source.state is State.LIVE for source in await library.own(shelf))
    if live + len(await library.drafts.waiting(shelf)) < most:
        return None
    return Notice(
        speaker.plural(
            "There is {count} source or draft here, which is the limit: remove one first.",
            "There are {count} sources and drafts here, which is the limit: remove one first.",
            most,
        )
    )


async def _history(interaction: Interaction, shelf: str, subject: str, page: int) -> "LayoutView":
    library, speaker = interaction.client.library, await speaker_for(interaction)
    found = await library.journal.read(shelf, subject or None, offset=page * DEEDS, limit=DEEDS)
    if found.total and not found.deeds:
        page = (found.total - 1) // DEEDS
        found = await library.journal.read(shelf, subject or None, offset=page * DEEDS, limit=DEEDS)
    if not found.total:
        return Notice(speaker.text("Nothing has been done here yet."))
    names = await _names(interaction, shelf, speaker)
    cards = await asyncio.to_thread(lambda: [lay_out_deed(deed, names, speaker) for deed in found.deeds])
    title = names.titles.get(subject, subject)
    return HistoryView(cards, page, found.total, speaker, name=subject, title=title)


async def _names(interaction: Interaction, shelf: str, speaker: Translator) -> Names:
    """Return what the sources, deals, roles and channels of a server are called."""
    library = interaction.client.library
    guild = None if interaction.guild_id is None else interaction.client.get_guild(interaction.guild_id)
    return Names(
        titles={source.id: source.title for source in await library.own(shelf)},
        deals=deal_names(await library.reviews.deals(shelf), speaker),
        roles={role.id: role.name for role in guild.roles} if guild else {},
        channels={channel.id: channel.name for channel in guild.channels} if guild else {},
    )


def _is_removed(source: Source) -> bool:
    return source.state is State.REMOVED


def _removed_already(source: Source, speaker: Translator) -> str:
    title = speaker.quoted(fitted(source.title, _SHOWN_NAME))
    return speaker.text("{title} is removed: restore it first.", title=title)


def _unknown(name: str, found: Named, speaker: Translator) -> str:
    """Say that a name is none of the server's own sources, and what may be meant."""
    wanted = speaker.quoted(fitted(name, _SHOWN_NAME))
    if found.shared is not None:
        title = speaker.quoted(fitted(found.shared.title, _SHOWN_NAME))
        return speaker.text(
            "{title} is one of the sources that all servers share: only the operator of the bot looks after those.",
            title=title,
        )
    if not found.near:
        return speaker.text("This server has no source called {name}; /source list shows what it has.", name=wanted)
    names = [speaker.quoted(fitted(source.title, _SHOWN_NAME)) for source in found.near]
    return speaker.text(
        "Which source is {name}? It may be {near}: choose one from the list, or give its id.",
        name=wanted,
        near=speaker.alternatives(names),
    )


async def _press_list(interaction: Interaction, shelf: str, cared: Cared) -> None:
    await delivery.show(interaction, await _list(interaction, shelf, cared.page))


async def _press_show(interaction: Interaction, shelf: str, cared: Cared) -> None:
    await delivery.show(interaction, await _whole(interaction, shelf, await _own(interaction, shelf, cared.name)))


async def _press_refresh(interaction: Interaction, shelf: str, cared: Cared) -> None:
    await _look(interaction, shelf, await _own(interaction, shelf, cared.name))


async def _press_remove(interaction: Interaction, shelf: str, cared: Cared) -> None:
    source = await _own(interaction, shelf, cared.name)
    await delivery.show(interaction, await _put(interaction, shelf, source, State.REMOVED))


async def _press_restore(interaction: Interaction, shelf: str, cared: Cared) -> None:
    source = await _own(interaction, shelf, cared.name)
    await delivery.show(interaction, await _put(interaction, shelf, source, State.LIVE))


async def _press_history(interaction: Interaction, shelf: str, cared: Cared) -> None:
    await delivery.show(interaction, await _history(interaction, shelf, cared.name, cared.page))


_PRESSED: dict[Care, Callable[[Interaction, str, Cared], Awaitable[None]]] = {
    Care.LIST: _press_list,
    Care.SHOW: _press_show,
    Care.REFRESH: _press_refresh,
    Care.REMOVE: _press_remove,
    Care.RESTORE: _press_restore,
    Care.HISTORY: _press_history,
}
