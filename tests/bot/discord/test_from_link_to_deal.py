"""The whole way of a page of news: from its link to a cited answer, and to an approved figure in ``/deal``."""

from collections.abc import AsyncIterator

import pytest
from simcord.env import Env

from bot.client import Sourcier, create_bot
from bot.settings import Settings
from index.reading.fetching.policy import Policy
from tests.bot.discord.adding_server import PROOF, Site, running
from tests.bot.discord.dealers import seen
from tests.bot.discord.figure_desk import Desk, of_unit, told

pytestmark = pytest.mark.simcord(settle_timeout=60)


@pytest.fixture
async def site() -> AsyncIterator[Site]:
    async with running() as site:
        yield site


@pytest.fixture
def simcord_bot(settings: Settings, site: Site) -> Sourcier:
    return create_bot(settings, policy=Policy(allowed=frozenset({("127.0.0.1", site.port)})))


async def test_a_page_of_news_goes_from_its_link_to_an_answer_and_to_a_figure_of_a_deal(
    env: Env, simcord_bot: Sourcier, site: Site
) -> None:
    desk, elsewhere = Desk(env, simcord_bot, "one"), Desk(env, simcord_bot, "two")
    draft = await desk.drafted(link=f"{site.url}/valbrune")
    assert PROOF not in await desk.ask()
    await desk.press(draft, "Approve")
    answer = await desk.ask()
    assert PROOF in answer
    assert "La Gazette des réseaux" in answer
    assert PROOF not in await elsewhere.ask()

    opened = (await desk.press(draft, "Review its figures")).response
    assert opened is not None
    power = of_unit(await desk.figures(), "W")
    await desk.look(opened, power)
    asked = await desk.fill(opened, "Deals", deals="Centre de Valbrune")
    assert "There is no deal called “Centre de Valbrune” here" in told(asked)
    await desk.fill(opened, "New deal", name="Valbrune data centre", other="Centre de Valbrune", kind=["data centre"])
    assert "approved" in seen(opened)  # what somebody puts into a deal, they have read

    card = await desk.deal("valbrune")
    assert "320 MW" in card
    assert PROOF in card
    assert "320 MW" in await desk.ask()
    assert "320 MW" not in await elsewhere.deal("valbrune")
    assert "Valbrune" not in seen((await elsewhere.member.slash(elsewhere.channel, "timeline")).response)
