"""/help and /about: how to ask in this place, what is read here, and what this is."""

import re
import tomllib
from pathlib import Path
from types import SimpleNamespace
from typing import Literal

import discord
import pytest
from discord import app_commands
from discord.app_commands import locale_str
from simcord.actors import MemberActor
from simcord.builders import ChannelHandle
from simcord.env import Env

from bot.client import Sourcier, create_bot
from bot.examples import MOST, examples
from bot.exts.help import all_commands
from bot.rules.places import shelf_of
from bot.settings import Settings
from bot.translation import translator
from bot.version import release
from bot.views.help import written
from index.library import Library
from index.model import SHARED, Article, Verdict
from tests.bot.discord.locales import again_in
from tests.bot.discord.reading import text

EXAMPLE = re.compile(r"^> (.+)$", re.MULTILINE)
MANAGER = discord.Permissions(manage_guild=True)


@pytest.fixture
def channel(env: Env) -> ChannelHandle:
    return env.create_guild().create_text_channel("general")


@pytest.fixture
def member(env: Env, channel: ChannelHandle) -> MemberActor:
    assert channel.name == "general"
    return env.guild.add_member(env.create_user("ada"))


async def helped(member: MemberActor, channel: ChannelHandle) -> str:
    """Return what /help says."""
    result = await member.slash(channel, "help")
    assert result.ephemeral
    return text(result.response)


async def test_help_says_how_to_ask_and_what_is_kept(env: Env, channel: ChannelHandle, member: MemberActor) -> None:
    said = await helped(member, channel)
    me = env.bot.user
    assert me is not None
    assert f"Mention me in front of your question, or in reply to a message: <@{me.id}>" in said
    assert "Apps › **Ask the sources**" in said
    assert "I keep questions and answers for 30 days." in said
    assert re.search(r"</privacy:\d+> shows what I keep about you", said)


async def test_the_examples_are_answered_in_this_place(
    env: Env, channel: ChannelHandle, member: MemberActor, simcord_bot: Sourcier
) -> None:
    shelf = shelf_of(env.guild.id)
    for said in (await helped(member, channel), text((await again_in(env, "fr")).response)):
        questions = EXAMPLE.findall(said)
        assert len(questions) == MOST
        for question in questions:
            assert (await simcord_bot.library.ask(question, shelf)).verdict is Verdict.ANSWERED


async def test_where_the_seeds_were_removed_the_examples_are_of_what_is_left(
    env: Env, channel: ChannelHandle, member: MemberActor, simcord_bot: Sourcier
) -> None:
    for source in await simcord_bot.library.sources():
        await simcord_bot.library.remove(source.id, by="test")
    assert not EXAMPLE.search(await helped(member, channel))
    body = "Le **phare** de Cordouan fut achevé en 1611 par Louis de Foix, après vingt-sept ans de travaux."
    article = Article(title="Le **phare** de Cordouan <@&1>", text=body, language="fr")
    await simcord_bot.library.add(article, by="test", shelf=shelf_of(env.guild.id))
    assert EXAMPLE.findall(await helped(member, channel)) == ["Le **phare** de Cordouan <@&1>"]
    other = env.create_guild("other")
    elsewhere = other.create_text_channel("general")
    assert "Cordouan" not in await helped(other.add_member(env.create_user("bob")), elsewhere)


async def test_the_commands_can_be_clicked_under_the_ids_that_discord_gave_them(
    env: Env, channel: ChannelHandle, member: MemberActor
) -> None:
    said = await helped(member, channel)
    given = {command["name"]: command["id"] for command in env.backend.commands[None].values()}
    for name in ("ask", "sources list", "sources show", "privacy", "help", "about"):
        assert f"- </{name}:{given[name.split()[0]]}> · " in said
    assert "- **Ask the sources** · in the menu of a message" in said


async def test_after_a_restart_that_gives_no_commands_they_can_still_be_clicked(
    env: Env, channel: ChannelHandle, member: MemberActor, settings: Settings
) -> None:
    before = await helped(member, channel)
    await env.restart_bot(create_bot(settings))
    assert await helped(member, channel) == before


async def test_where_discord_does_not_tell_the_ids_the_commands_are_named(
    env: Env, channel: ChannelHandle, member: MemberActor, settings: Settings
) -> None:
    env.inject_error("GET", "/applications/*/commands", status=403, times=None)
    await env.restart_bot(create_bot(settings))
    said = await helped(member, channel)
    assert "- /ask · Ask the sources a question" in said
    assert "- /sources list · List the sources that I read here" in said


async def test_a_new_command_shows_up_by_itself_with_its_localised_description(
    env: Env, channel: ChannelHandle, member: MemberActor, settings: Settings
) -> None:
    @app_commands.command(name="fresh", description=locale_str("Its title or its id"))
    async def fresh(_interaction: discord.Interaction) -> None: ...

    bot = create_bot(settings)
    bot.tree.add_command(fresh)
    await env.restart_bot(bot)
    assert re.search(r"- </fresh:\d+> · Its title or its id", await helped(member, channel))
    french = text((await again_in(env, "fr")).response)
    assert re.search(r"- </fresh:\d+> · Son titre ou son identifiant", french)


async def test_help_speaks_the_language_of_the_reader(env: Env, channel: ChannelHandle, member: MemberActor) -> None:
    await helped(member, channel)
    said = text((await again_in(env, "fr")).response)
    assert "Quand les sources ne répondent pas, je le dis." in said
    assert "Combien Microsoft a-t-il investi dans OpenAI" in said
    assert "· Poser une question aux sources" in said
    assert "Applications › **Demander aux sources**" in said
    for english in ("Commands", "Limits", "For example", "source that"):
        assert english not in said


async def test_the_limits_are_those_of_this_server(
    env: Env, channel: ChannelHandle, member: MemberActor, simcord_bot: Sourcier
) -> None:
    assert "20 questions a minute for each person, 240 for each channel." in await helped(member, channel)
    await simcord_bot.preferences.set(shelf_of(env.guild.id), "person_limit", "3")
    await simcord_bot.preferences.set(shelf_of(env.guild.id), "channel_limit", "10")
    assert "3 questions a minute for each person, 10 for each channel." in await helped(member, channel)


async def test_moderators_are_told_of_their_commands_and_nobody_else(
    env: Env, channel: ChannelHandle, member: MemberActor, simcord_bot: Sourcier
) -> None:
    told = await helped(member, channel)
    for command in ("settings", "source add", "gaps", "golden", "Add as source", "For moderators"):
        assert command not in told
    manager = env.guild.add_member(env.create_user("mia"), roles=[env.guild.create_role("boss", permissions=MANAGER)])
    everybodys, _, moderators = (await helped(manager, channel)).partition("**For moderators**\n")
    assert everybodys.strip() == told.strip()
    assert moderators.startswith("What you add is a draft until somebody approves it")
    assert re.search(r"- </settings:\d+> · Who may do what, language, answer channels and limits here", moderators)
    for command in ("source add", "source review", "source history", "golden check", "gaps"):
        assert re.search(rf"- </{command}:\d+> · ", moderators)
    assert "- **Add as source** · in the menu of a message" in moderators
    keepers = env.guild.create_role("keepers")
    keeper = env.guild.add_member(env.create_user("kay"), roles=[keepers])
    assert "settings" not in await helped(keeper, channel)
    await simcord_bot.preferences.set(shelf_of(env.guild.id), "may_audit", str(keepers.id))
    told = await helped(keeper, channel)
    assert "</source history:" in told
    assert "settings" not in told, "who has a right does not thereby give rights"
    await simcord_bot.preferences.set(shelf_of(env.guild.id), "role", str(keepers.id))
    assert "</settings:" in await helped(keeper, channel)


async def test_the_longest_help_fits_into_a_message(env: Env, channel: ChannelHandle, settings: Settings) -> None:
    bot = create_bot(settings.model_copy(update={"message_content": True}))
    await env.restart_bot(bot)
    shelf = shelf_of(env.guild.id)
    for source in await bot.library.sources():
        await bot.library.remove(source.id, by="test")
    for number in range(MOST):
        title = f"{'*<@&1>_' * 35} {number}"
        body = f"{title} {'Le phare fut achevé en 1611. ' * 3}"
        await bot.library.add(Article(title=title, text=body, language="fr"), by="test", shelf=shelf)
    channels = [env.guild.create_text_channel(f"answers-{number}") for number in range(7)]
    await bot.preferences.set(shelf, "channels", " ".join(str(one.id) for one in channels))
    await bot.preferences.set(shelf, "language", "fr")
    manager = env.guild.add_member(env.create_user("mia"), roles=[env.guild.create_role("boss", permissions=MANAGER)])
    said = await helped(manager, channel)
    assert len(EXAMPLE.findall(said)) == MOST
    assert "</settings:" in said


async def test_answer_channels_are_named_where_they_are_in_use(
    env: Env, channel: ChannelHandle, member: MemberActor, settings: Settings
) -> None:
    bot = create_bot(settings.model_copy(update={"message_content": True}))
    gone = 4711
    await env.restart_bot(bot)
    assert "Just by writing" not in await helped(member, channel)
    await bot.preferences.set(shelf_of(env.guild.id), "channels", f"{channel.id} {gone}")
    said = await helped(member, channel)
    assert f"Just by writing in <#{channel.id}>\n" in said
    assert str(gone) not in said


async def test_answer_channels_are_not_named_where_the_bot_cannot_read_them(
    env: Env, channel: ChannelHandle, member: MemberActor, simcord_bot: Sourcier
) -> None:
    await simcord_bot.preferences.set(shelf_of(env.guild.id), "channels", str(channel.id))
    assert "Just by writing" not in await helped(member, channel)


async def test_in_direct_messages_one_just_writes(env: Env) -> None:
    said = text((await env.create_user("bob").slash("help")).response)
    assert "- Write your question here." in said
    assert "Mention me" not in said
    assert "20 questions a minute for each person." in said
    assert "channel." not in said.partition("**Limits**")[2]
    assert "settings" not in said
    assert len(EXAMPLE.findall(said)) == MOST


async def test_where_a_person_brought_the_bot_help_is_of_what_works_there(
    env: Env, channel: ChannelHandle, simcord_bot: Sourcier
) -> None:
    manager = env.guild.add_member(env.create_user("mia"), roles=[env.guild.create_role("boss", permissions=MANAGER)])
    await helped(manager, channel)
    env.backend.emit("GUILD_DELETE", {"id": str(env.guild.id)})
    await env.settle()
    assert simcord_bot.get_guild(env.guild.id) is None
    said = text((await again_in(env, "en-US")).response)
    assert "Mention me" not in said
    assert "settings" not in said
    assert "- </ask:" in said
    assert "In a direct message to me: <@" in said


async def test_about_says_what_this_is_and_what_it_does_not_do(
    env: Env, channel: ChannelHandle, member: MemberActor, simcord_bot: Sourcier
) -> None:
    result = await member.slash(channel, "about")
    assert result.ephemeral
    said = text(result.response)
    counted = await simcord_bot.library.count(shelf_of(env.guild.id))
    assert f"Sourcier {release()}" in said
    assert f"{counted.sources} sources are read here ({counted.passages} passages)" in said
    assert f"Started <t:{int(simcord_bot.started_at)}:R>" in said
    for promise in ("No language model", "No summaries", "No answers from outside", "No memory of conversations"):
        assert promise in said
    french = text((await again_in(env, "fr")).response)
    assert f"{counted.sources} sources sont lues ici" in french
    assert "Pas de modèle de langage\u00a0: " in french


async def test_about_counts_what_this_place_sees(env: Env, channel: ChannelHandle, member: MemberActor) -> None:
    bot = env.bot
    assert isinstance(bot, Sourcier)
    article = Article(title="Le phare", text="Le phare de Cordouan fut achevé en 1611.", language="fr")
    await bot.library.add(article, by="test", shelf=shelf_of(env.guild.id))
    assert "6 sources are read here" in text((await member.slash(channel, "about")).response)
    assert "5 sources are read here" in text((await env.create_user("bob").slash("about")).response)


@pytest.mark.parametrize(
    ("latency", "said"), [(0.0421, "Connection to Discord: 42 ms"), (float("nan"), "not measured")]
)
async def test_about_tells_the_latency_as_far_as_it_is_known(
    channel: ChannelHandle, member: MemberActor, simcord_bot: Sourcier, latency: float, said: str
) -> None:
    for shard in simcord_bot.shards.values():
        shard._parent.ws = SimpleNamespace(latency=latency)  # type: ignore[assignment]
    assert said in text((await member.slash(channel, "about")).response)


async def test_the_licence_is_the_projects(channel: ChannelHandle, member: MemberActor) -> None:
    project = tomllib.loads((Path(__file__).parents[3] / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert f"under the {project['license']} licence" in text((await member.slash(channel, "about")).response)


async def test_examples_come_from_titles_where_the_questions_are_not_answered(empty_library: Library) -> None:
    speaker = translator("fr")
    assert await examples(empty_library, SHARED, speaker) == []
    for name in ("Cordouan", "Eckmühl", "Kéréon", "Nividic"):
        body = f"Le phare de {name} fut achevé en 1611 par Louis de Foix, après de longs travaux en mer."
        await empty_library.add(Article(title=f"Le phare de {name}", text=body, language="fr"), by="test")
    await empty_library.remove("le-phare-de-cordouan", by="test")
    found = await examples(empty_library, SHARED, speaker)
    assert found == ["Le phare de Nividic", "Le phare de Kéréon", "Le phare de Eckmühl"]


async def test_a_servers_own_sources_are_among_its_examples(library: Library) -> None:
    article = Article(title="Le phare de Cordouan", text="Le phare de Cordouan fut achevé en 1611.", language="fr")
    await library.add(article, by="test", shelf="discord-1")
    speaker = translator("fr")
    assert "Le phare de Cordouan" in await examples(library, "discord-1", speaker)
    assert len(await examples(library, "discord-1", speaker)) == MOST
    assert "Le phare de Cordouan" not in await examples(library, SHARED, speaker)


def test_a_command_without_a_known_id_is_written_plainly() -> None:
    assert written("sources list", {"sources": 7}) == "</sources list:7>"
    assert written("sources list", {}) == "/sources list"


def test_every_place_is_told_only_of_commands_that_work_there(simcord_bot: Sourcier) -> None:
    @app_commands.command(name="anywhere", description="a")
    async def anywhere(_interaction: discord.Interaction) -> None: ...

    @app_commands.command(name="servers", description="b")
    @app_commands.allowed_contexts(guilds=True, dms=False, private_channels=False)
    @app_commands.allowed_installs(guilds=True, users=False)
    async def servers(_interaction: discord.Interaction) -> None: ...

    @app_commands.command(name="guarded", description="c")
    @app_commands.guild_only()
    @app_commands.default_permissions(manage_guild=True)
    async def guarded(_interaction: discord.Interaction) -> None: ...

    simcord_bot.tree.add_command(anywhere)
    simcord_bot.tree.add_command(servers)
    simcord_bot.tree.add_command(guarded)

    def told(context: Literal[0, 1, 2], guild_id: int | None, *, member: bool, moderates: bool) -> set[str]:
        asking = SimpleNamespace(
            guild_id=guild_id,
            context=app_commands.AppCommandContext._from_value([context]),
            client=SimpleNamespace(get_guild=lambda _id: object() if member else None),
        )
        usable = all_commands(
            simcord_bot.tree,
            asking,  # type: ignore[arg-type]
            translator("en"),
            {},
            lambda root: moderates or root.default_permissions is None,
        )
        return {one.name for one in usable}

    assert told(0, 1, member=True, moderates=True) == {"/anywhere", "/servers", "/guarded"}
    assert told(0, 1, member=True, moderates=False) == {"/anywhere", "/servers"}
    assert told(0, 1, member=False, moderates=False) == {"/anywhere"}
    assert told(1, None, member=False, moderates=True) == {"/anywhere"}
    assert told(2, None, member=False, moderates=True) == {"/anywhere"}
