"""A moderator is told in their language why a link is not read, a page is not there any more, a form is not right."""

from collections.abc import AsyncIterator

import pytest
from simcord.env import Env

from bot.client import Sourcier, create_bot
from bot.settings import Settings
from tests.bot.discord.dealers import message_of, seen
from tests.bot.discord.kept_pages import PAGE, TITLE, Keeper
from tests.bot.discord.locales import again_in
from tests.index.moderating.changing_pages import ChangingPage, serving

pytestmark = pytest.mark.simcord(settle_timeout=60)


@pytest.fixture
async def page() -> AsyncIterator[ChangingPage]:
    async with serving(PAGE) as page:
        yield page


@pytest.fixture
def simcord_bot(settings: Settings, page: ChangingPage) -> Sourcier:
    return create_bot(settings, policy=page.policy)


@pytest.fixture
def here(env: Env, simcord_bot: Sourcier) -> Keeper:
    return Keeper(env, simcord_bot, "here")


async def test_what_is_refused_is_told_in_the_language_of_the_client(
    env: Env, here: Keeper, page: ChangingPage
) -> None:
    async def in_french() -> str:
        return seen(message_of(await again_in(env, "fr")))

    assert "10.1.2.3 is not an address of the open web; only pages" in seen(
        await here.use("add", link="https://10.1.2.3/")
    )
    assert "10.1.2.3 n’est pas une adresse du web ouvert ; seules les pages" in await in_french()

    await here.manager.slash(here.channel, "golden add", question="Combien ?", figure="**{x}** @everyone")
    assert "« **{x}** @everyone » n’est pas un nombre avec son unité" in await in_french()

    await here.read(page)
    page.status = "404 Not Found"
    refreshed = seen(await here.use("refresh", source=TITLE))
    assert "Its page is gone; the last good version stays. 127.0.0.1 says that there is no such page" in refreshed
    assert "Sa page a disparu ; la dernière bonne version reste. 127.0.0.1 indique que" in await in_french()
    assert "127.0.0.1 says that there is no such page (status 404)." in seen(await here.use("history", source=TITLE))
    history = await in_french()
    assert "127.0.0.1 indique que cette page n’existe pas (code 404)." in history
    assert "says" not in history
