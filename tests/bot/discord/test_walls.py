"""Two servers with sources of their own: neither gets a word of the other's, by any way."""

import json

import discord
import pytest
from simcord.actors import MemberActor
from simcord.builders import ChannelHandle, GuildHandle
from simcord.env import Env

from bot.client import Sourcier
from bot.rules.places import shelf_of
from index.model import Article
from tests.bot.discord.reading import buttons, text

SECRETS = {
    "lighthouse": ("Le phare de Cordouan", "Le phare de Cordouan fut achevé en 1611 par Louis de Foix."),
    "bridge": ("Le viaduc de Millau", "Le viaduc de Millau fut dessiné par Norman Foster et ouvert en 2004."),
}
QUESTIONS = ("Qui acheva le phare de Cordouan ?", "Quand ouvrit le viaduc de Millau ?", "Who designed the viaduct?")
WORDS = {
    "lighthouse": ("1611", "Louis de Foix", "le-phare-de-cordouan"),
    "bridge": ("Norman Foster", "2004", "le-viaduc-de-millau"),
}


class Server:
    """A server with a source that only it may see."""

    def __init__(self, name: str, guild: GuildHandle, channel: ChannelHandle, member: MemberActor) -> None:
        self.name = name
        self.guild = guild
        self.channel = channel
        self.member = member

    @property
    def others(self) -> tuple[str, ...]:
        """What nobody here may ever read."""
        return next(words for name, words in WORDS.items() if name != self.name)


@pytest.fixture
async def servers(env: Env, simcord_bot: Sourcier) -> list[Server]:
    made = []
    for name, (title, body) in SECRETS.items():
        guild = env.create_guild(name)
        channel = guild.create_text_channel("general")
        admin = guild.create_role("admin", permissions=discord.Permissions.all())
        member = guild.add_member(env.create_user(f"{name}-ada"), roles=[admin])
        article = Article(title=title, text=body, language="fr", publisher=f"{name} press")
        await simcord_bot.library.add(article, by="test", shelf=shelf_of(guild.id))
        made.append(Server(name, guild, channel, member))
    return made


def _sent_since(env: Env, start: int) -> str:
    return json.dumps([request.json for request in env.http_requests[start:]], ensure_ascii=False, default=str)


async def test_each_server_is_answered_from_its_own_source(servers: list[Server]) -> None:
    lighthouse, bridge = servers
    for server, question, word in ((lighthouse, QUESTIONS[0], "1611"), (bridge, QUESTIONS[1], "2004")):
        result = await server.member.slash(server.channel, "ask", question=question)
        assert word in text(result.response)


async def test_no_answer_and_no_button_tells_one_server_of_the_others_source(env: Env, servers: list[Server]) -> None:
    for server in servers:
        start = len(env.http_requests)
        for question in QUESTIONS:
            result = await server.member.slash(server.channel, "ask", question=question)
            for label in buttons(result.response):
                if label not in {"Wrong?", "Une erreur\u00a0?"}:
                    assert result.response is not None
                    await server.member.click(result.response, label=label)
            await server.member.send(server.channel, f"<@{env.bot.user.id}> {question}")  # type: ignore[union-attr]
        said = _sent_since(env, start).replace(str(list(QUESTIONS)), "")
        assert not [word for word in server.others if word in said]


async def test_no_command_tells_one_server_of_the_others_source(env: Env, servers: list[Server]) -> None:
    for server in servers:
        start = len(env.http_requests)
        for name, options in (
            ("sources list", {}),
            ("sources list", {"search": "phare viaduc"}),
            ("help", {}),
            ("about", {}),
            ("privacy", {}),
            ("settings", {}),
        ):
            await server.member.slash(server.channel, name, **options)
        for other in servers:
            if other is not server:
                for hidden in (WORDS[other.name][2], SECRETS[other.name][0]):
                    await server.member.slash(server.channel, "sources show", source=hidden)
                    await server.member.autocomplete(server.channel, "sources show", "source", hidden[:6])
        said = _sent_since(env, start)
        assert not [word for word in server.others[:2] if word in said]


async def test_direct_messages_see_the_seeds_only(env: Env, servers: list[Server]) -> None:
    assert servers
    user = env.create_user("stranger")
    start = len(env.http_requests)
    for question in QUESTIONS:
        await user.slash("ask", question=question)
    await user.slash("sources list")
    said = _sent_since(env, start)
    assert not [word for words in WORDS.values() for word in words if word in said]


async def test_the_scores_of_one_server_do_not_know_the_others_words(
    simcord_bot: Sourcier, servers: list[Server]
) -> None:
    """An answer of one server is the same, to the last digit, whether another server has sources or not."""
    lighthouse, bridge = servers
    before = await simcord_bot.library.ask(QUESTIONS[0], shelf_of(lighthouse.guild.id), limit=12)
    filler = Article(title="Phare phare", text="Le phare de Cordouan, encore le phare de Cordouan.", language="fr")
    await simcord_bot.library.add(filler, by="test", shelf=shelf_of(bridge.guild.id))
    after = await simcord_bot.library.ask(QUESTIONS[0], shelf_of(lighthouse.guild.id), limit=12)
    assert before.model_dump(exclude={"took_ms"}) == after.model_dump(exclude={"took_ms"})


async def test_a_server_where_the_bot_is_no_member_sees_the_seeds_only(
    env: Env, servers: list[Server], simcord_bot: Sourcier
) -> None:
    lighthouse = servers[0]
    await lighthouse.member.slash(lighthouse.channel, "ask", question=QUESTIONS[0])
    payload = [payload for _, name, payload in env.backend.transcript if name == "INTERACTION_CREATE"][-1]
    env.backend.emit("GUILD_DELETE", {"id": str(lighthouse.guild.id)})
    await env.settle()
    assert simcord_bot.get_guild(lighthouse.guild.id) is None
    record = env.backend.new_interaction(2, lighthouse.channel.id, lighthouse.member.id, lighthouse.guild.id)
    start = len(env.http_requests)
    env.backend.emit("INTERACTION_CREATE", {**payload, "id": str(record.id), "token": record.token})
    await env.settle()
    said = _sent_since(env, start)
    assert said != "[]"
    assert "1611" not in said
    assert record.ephemeral
