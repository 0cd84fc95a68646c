"""What waits for a moderator: drafts, figures that nobody has reviewed; and the deals that were made here."""

import asyncio
from typing import TYPE_CHECKING

from bot.delivery import acknowledge, respond, show, take
from bot.interaction import Interaction
from bot.moderation import adding, own_deals
from bot.moderation.admitting import admitted
from bot.moderation.figure_reviewing import on_figure_form, on_figure_press, show_figures
from bot.moderation.own_names import matching
from bot.moderation.waiting_cards import lay_out_waiting
from bot.rules.rights import Right, may
from bot.telling import speaker_for, telling
from bot.views.figure_review_controls import FigureButton
from bot.views.markdown import fitted
from bot.views.notice import Notice
from bot.views.waiting import Act, Press, WaitingButton, WaitingView
from index.errors import NotFound
from index.library import Library
from index.model import State

if TYPE_CHECKING:
    from bot.client import Sourcier

__all__ = ["prepare", "review", "show_figures"]

_NAME = 120
_CHANGING = frozenset({Act.DROP, Act.DROP_SURELY})


async def review(interaction: Interaction, name: str | None) -> None:
    """Show what waits, or the draft or the figures of the source that a name means."""
    shelf = await _admitted(interaction)
    if shelf is None:
        return
    await acknowledge(interaction, private=True)
    library = interaction.client.library
    if name is None:
        await _overview(interaction, shelf, 0)
        return
    meant = await _meant(library, shelf, name.strip())
    if meant is None:
        speaker = await speaker_for(interaction)
        wanted = speaker.quoted(fitted(name, _NAME))
        said = speaker.text("I know of no draft and no source of this server that {name} means for sure.", name=wanted)
        await _overview(interaction, shelf, 0, said=said)
    elif meant in {draft.id for draft in await library.drafts.waiting(shelf)}:
        await adding.show_draft(interaction, meant)
    else:
        await show_figures(interaction, meant)


def prepare(bot: "Sourcier") -> None:
    """Let the bot serve the buttons and forms of reviews, however long ago they were shown."""
    bot.add_dynamic_items(WaitingButton, FigureButton)
    bot.add_listener(on_review_press)
    bot.add_listener(on_figure_press)
    bot.add_listener(on_figure_form, "on_interaction")


async def on_review_press(interaction: Interaction, press: Press) -> None:
    """Open a page of what waits or of the deals, or drop a deal."""
    async with telling(interaction):
        shelf = await (admitted(interaction, Right.APPROVE) if press.act in _CHANGING else _admitted(interaction))
        if shelf is None:
            return
        is_own = interaction.message is not None and interaction.message.flags.ephemeral
        await (take(interaction) if is_own else acknowledge(interaction, private=True))
        if press.act is Act.WAITING:
            await _overview(interaction, shelf, press.page)
            return
        try:
            await own_deals.ACTS[press.act](interaction, press, shelf)
        except NotFound:
            speaker = await speaker_for(interaction)
            await respond(interaction, Notice(speaker.text("There is no such deal here any more.")))


async def _admitted(interaction: Interaction) -> str | None:
    """Return the shelf of the server for whoever may see what waits: they may add sources, or approve them."""
    return await admitted(interaction, Right.APPROVE if await may(interaction, Right.APPROVE) else Right.ADD)


async def _overview(interaction: Interaction, shelf: str, page: int, *, said: str = "") -> None:
    library = interaction.client.library
    cards = lay_out_waiting(await library.drafts.waiting(shelf), await library.reviews.waiting(shelf))
    deals = len(await library.reviews.own_deals(shelf))
    await show(interaction, WaitingView(cards, page, deals, await speaker_for(interaction), said=said))


async def _meant(library: Library, shelf: str, name: str) -> str | None:
    """Return the id of the draft or of the live source that a name means for sure: by its id or its title."""
    drafts = [(draft.id, draft.source) for draft in await library.drafts.waiting(shelf)]
    live = [(source.id, source) for source in await library.own(shelf) if source.state is State.LIVE]
    if name in dict(drafts) or name in dict(live):
        return name
    for known in (drafts, live, [*drafts, *live]):
        sources = [source for _, source in known]
        found = await asyncio.to_thread(matching, sources, name)
        exact = [at for at in found if sources[at].title.casefold() == name.casefold()]
        for some in (exact, found):
            if len(some) == 1:
                return known[some[0]][0]
    return None
