"""The deals that moderators made on a server: a list of them, and dropping one, which is asked twice."""

from collections.abc import Awaitable, Callable

import structlog

from bot.delivery import show
from bot.interaction import Interaction
from bot.moderation.figure_cards import OwnDealCard, deal_title, lay_out_deals
from bot.telling import speaker_for
from bot.views.deal_controls import key_of
from bot.views.markdown import fitted
from bot.views.waiting import Act, DropView, OwnDealsView, Press
from index.errors import NotFound
from index.figures.deals import Deal
from index.library import Library
from index.model import State

_TITLE = 150

_log = structlog.get_logger(__name__)


async def _list(interaction: Interaction, press: Press, shelf: str, *, said: str = "") -> None:
    speaker = await speaker_for(interaction)
    cards = await _cards(interaction, await interaction.client.library.reviews.own_deals(shelf), shelf)
    await show(interaction, OwnDealsView(cards, press.page, speaker, said=said))


async def _ask(interaction: Interaction, press: Press, shelf: str) -> None:
    deal = await _found(interaction.client.library, press, shelf)
    (card,) = await _cards(interaction, [deal], shelf)
    await show(interaction, DropView(card, press.page, await speaker_for(interaction)))


async def _drop(interaction: Interaction, press: Press, shelf: str) -> None:
    library, person = interaction.client.library, interaction.user.id
    deal = await _found(library, press, shelf)
    await library.reviews.drop_deal(deal.id, by=str(person), shelf=shelf)
    _log.info("a deal was dropped", deal=deal.id, shelf=shelf, by=person)
    speaker = await speaker_for(interaction)
    title = speaker.quoted(fitted(deal_title(deal, speaker), _TITLE))
    await _list(interaction, press, shelf, said=speaker.text("The deal {title} is dropped.", title=title))


ACTS: dict[Act, Callable[[Interaction, Press, str], Awaitable[None]]] = {
    Act.DEALS: _list,
    Act.DROP: _ask,
    Act.DROP_SURELY: _drop,
}
"""What a button does, once its press is acknowledged. Each raises ``NotFound`` where its deal is not there any more."""


async def _found(library: Library, press: Press, shelf: str) -> Deal:
    for deal in await library.reviews.own_deals(shelf):
        if key_of(deal.id) == press.deal:
            return deal
    raise NotFound("There is no such deal here any more.")


async def _cards(interaction: Interaction, deals: list[Deal], shelf: str) -> tuple[OwnDealCard, ...]:
    library = interaction.client.library
    texts = {}
    for name in {deal.about.source for deal in deals}:
        try:
            source = await library.source(name, shelf)
        except NotFound:
            continue
        if source.state is State.LIVE:
            texts[name] = await library.text(name, shelf)
    figures = await library.known.figures(shelf=shelf)
    return lay_out_deals(deals, figures, texts, await speaker_for(interaction))
