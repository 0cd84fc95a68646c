"""Two servers with figures of their own: neither sees one of the other's, by any command, button, choice or file."""

import json

import pytest
from simcord.env import Env
from simcord.results import InteractionResult

from bot.client import Sourcier
from index.figures.kinds import Review
from index.model import Article
from tests.bot.discord.dealers import Dealer, seen
from tests.bot.discord.reading import buttons

SECRETS = {
    "lighthouse": "OpenAI paiera à Oracle 77 milliards de dollars par an à compter de 2031.",
    "bridge": "OpenAI paiera à Oracle 88 milliards de dollars par an à compter de 2032.",
}
MARKS = {"lighthouse": ("$77 billion", "lighthouse-press"), "bridge": ("$88 billion", "bridge-press")}


@pytest.fixture
async def servers(env: Env, simcord_bot: Sourcier) -> list[Dealer]:
    return [await _server(env, simcord_bot, name, text) for name, text in SECRETS.items()]


async def _server(env: Env, bot: Sourcier, name: str, text: str) -> Dealer:
    """Return a server with a source of its own, the figures of which a moderator has approved."""
    server = Dealer(env, bot, name)
    article = Article(title=f"{name} press", text=text, language="fr", published="2026-01-02")
    added = await bot.library.add(article, by="test", shelf=server.shelf)
    found = await bot.library.reviews.found_in(added.source.id, server.shelf)
    assert found
    await bot.library.reviews.decide([figure.id for figure in found], Review.APPROVED, by="test", shelf=server.shelf)
    return server


def _sent_since(env: Env, start: int) -> str:
    sent = [request.json for request in env.http_requests[start:]]
    return json.dumps(sent, ensure_ascii=False, default=str)


async def _everything(server: Dealer) -> str:
    """Use every command and button of deals in a server; return all that is shown."""
    shown: list[InteractionResult] = []
    for command, options in (
        ("deal", {"name": "oracle"}),
        ("deal", {"name": "oracle", "as_of": "2030"}),
        ("compare", {"a": "oracle", "b": "amd"}),
        ("timeline", {"deal": "oracle"}),
        ("timeline", {}),
        ("deal", {"name": "lighthouse bridge"}),
    ):
        result = await server.use(command, **options)
        assert result.response is not None
        shown += [
            result,
            *[await server.member.click(result.response, label=each) for each in buttons(result.response)],
        ]
    told = [await _opened(server, result) for result in shown]
    told += [str(await server.offered(typed)) for typed in ("lighthouse", "bridge", "77", "88", "")]
    message = await server.member.send(server.channel, "OpenAI pays Oracle $30 billion a year.")
    result = await server.member.context_menu(server.channel, "Check the figures", message)
    return "\n".join([*told, seen(result.response), *(seen(one) for one in result.followups)])


async def _opened(server: Dealer, result: InteractionResult) -> str:
    """Return all pages of what was shown, and its files."""
    assert result.response is not None
    files = [(await attachment.read()).decode("utf-8", "replace") for attachment in result.response.attachments]
    return "\n".join([await server.whole(result.response), *files])


async def test_each_server_sees_its_own_approved_figures_and_nothing_of_the_others(
    env: Env, servers: list[Dealer]
) -> None:
    for server, own, other in zip(servers, SECRETS, reversed(SECRETS), strict=True):
        start = len(env.http_requests)
        told = await _everything(server)
        assert MARKS[own][0] in told
        assert SECRETS[own] in told
        sent = _sent_since(env, start)
        assert SECRETS[other] not in told + sent
        for mark in MARKS[other]:
            assert mark not in told
            assert mark not in sent.replace("\u00a0", " ")


async def test_direct_messages_see_the_seeds_only(env: Env, servers: list[Dealer]) -> None:
    assert servers
    user = env.create_user("stranger")
    start = len(env.http_requests)
    result = await user.slash("deal", name="oracle")
    assert "$30 billion a year" in seen(result.response)
    assert result.response is not None
    for label in buttons(result.response):
        await user.click(result.response, label=label)
    await user.slash("timeline")
    sent = _sent_since(env, start)
    for mark in ("$77", "$88", "-press"):
        assert mark not in sent


async def test_a_button_of_another_server_opens_what_this_one_knows(servers: list[Dealer]) -> None:
    lighthouse, bridge = servers
    theirs = buttons(await lighthouse.deal("oracle"))
    ours = buttons(await bridge.deal("oracle"))
    assert theirs["Quotes"] == ours["Quotes"]
    opened = await bridge.whole(await bridge.press(await bridge.deal("oracle"), "Quotes"))
    assert SECRETS["bridge"] in opened
    assert SECRETS["lighthouse"] not in opened


async def test_a_rejected_figure_is_gone_from_the_next_card(servers: list[Dealer]) -> None:
    server = servers[0]
    assert "$77 billion" in await server.whole(await server.deal("oracle"))
    found = await server.bot.library.reviews.found_in("lighthouse-press", server.shelf)
    await server.bot.library.reviews.decide(
        [figure.id for figure in found], Review.REJECTED, by="test", shelf=server.shelf
    )
    assert "$77 billion" not in await server.whole(await server.deal("oracle"))
