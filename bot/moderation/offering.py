"""What is offered while a moderator types the name of a source: this server's own, to those who may use it."""

import asyncio
from collections.abc import Sequence

from discord.app_commands import Choice

from bot.interaction import Interaction
from bot.moderation.own_names import matching
from bot.rules.places import visible_shelf
from bot.rules.rights import Right, may
from bot.telling import speaker_for
from bot.views.markdown import choice_name
from index.model import SHARED, Source, State

_CHOICES = 25  # as many as Discord shows
_LONGEST_CHOICE = 100


async def live(interaction: Interaction, current: str) -> list[Choice[str]]:
    """Offer the live ones."""
    return await _own(interaction, current, [State.LIVE], (Right.ADD, Right.REMOVE))


async def removed(interaction: Interaction, current: str) -> list[Choice[str]]:
    """Offer the removed ones."""
    return await _own(interaction, current, [State.REMOVED], (Right.REMOVE,))


async def own(interaction: Interaction, current: str) -> list[Choice[str]]:
    """Offer all of them."""
    return await _own(interaction, current, [State.LIVE, State.REMOVED], (Right.ADD, Right.AUDIT))


async def waiting(interaction: Interaction, current: str) -> list[Choice[str]]:
    """Offer the drafts, then the live sources, whose figures may wait."""
    shelf = await _shelf_with(interaction, (Right.ADD, Right.APPROVE))
    if shelf is None:
        return []
    library = interaction.client.library
    speaker = await speaker_for(interaction)
    named = [(each.id, each.source) for each in await library.drafts.waiting(shelf)]
    named += [(source.id, source) for source in await library.own(shelf) if source.state is State.LIVE][::-1]
    return await asyncio.to_thread(_choices, named, current, speaker.text("Draft"))


async def _own(
    interaction: Interaction, current: str, states: Sequence[State], rights: Sequence[Right]
) -> list[Choice[str]]:
    shelf = await _shelf_with(interaction, rights)
    if shelf is None:
        return []
    own = await interaction.client.library.own(shelf)
    named = [(source.id, source) for source in reversed(own) if source.state in states]
    return await asyncio.to_thread(_choices, named, current)


async def _shelf_with(interaction: Interaction, rights: Sequence[Right]) -> str | None:
    """Return the shelf of the server in which somebody has one of some rights."""
    shelf = visible_shelf(interaction.client, interaction.guild_id)
    if shelf == SHARED:
        return None
    for right in rights:
        if await may(interaction, right):
            return shelf
    return None


def _choices(named: Sequence[tuple[str, Source]], current: str, draft: str = "") -> list[Choice[str]]:
    """Return things by the titles of their sources, those that share one by id, too; drafts are called so."""
    short = [(value, source) for value, source in named if len(value) <= _LONGEST_CHOICE]
    found = matching([source for _, source in short], current)
    offered = [short[at] for at in found[:_CHOICES]]
    titles = [
        choice_name(f"{draft} · {source.title}" if source.state is State.DRAFT else source.title)
        for _, source in offered
    ]
    return [
        Choice(name=title if titles.count(title) == 1 else choice_name(f"{source.id} · {title}"), value=value)
        for title, (value, source) in zip(titles, offered, strict=True)
    ]
