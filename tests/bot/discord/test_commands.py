"""All registered commands at once: names, descriptions, options, who may use them and where, in each language."""

from typing import Any

import discord
import pytest
from simcord.env import Env

from bot.client import Sourcier, create_bot
from bot.settings import Settings
from tests.bot.discord.limits import check_commands
from tests.bot.discord.reading import text

MODERATORS = {"settings", "source", "Add as source", "gaps", "golden"}
EVERYWHERE = [0, 1, 2]


def _given(env: Env) -> list[dict[str, Any]]:
    """Return the commands that Discord was last given."""
    return [dict(command) for command in env.backend.commands[None].values()]


def _leaves(command: dict[str, Any]) -> list[dict[str, Any]]:
    """Return a command with its subcommands and options, all the way down."""
    return [command, *(leaf for option in command.get("options") or [] for leaf in _leaves(option))]


async def test_discord_is_given_commands_within_its_limits(env: Env) -> None:
    given = _given(env)
    assert {"ask", "sources", "help", "about", "privacy", "settings", "Ask the sources"} <= {
        one["name"] for one in given
    }
    check_commands(given)


async def test_every_name_and_description_is_in_french_and_english(env: Env) -> None:
    for command in _given(env):
        for leaf in _leaves(command):
            assert set(leaf["name_localizations"]) == {"fr", "en-US", "en-GB"}, leaf["name"]
            if command.get("type", 1) == 1:
                assert set(leaf["description_localizations"]) == {"fr", "en-US", "en-GB"}, leaf["name"]
                assert leaf["description_localizations"]["fr"] != leaf["description"], leaf["name"]


async def test_names_in_one_language_are_told_apart(env: Env) -> None:
    for language in ("fr", "en-US"):
        names = [(command["name_localizations"][language], command.get("type", 1)) for command in _given(env)]
        assert len(names) == len(set(names))


async def test_only_moderators_are_offered_what_is_theirs(env: Env) -> None:
    for command in _given(env):
        wanted = str(discord.Permissions(manage_guild=True).value) if command["name"] in MODERATORS else None
        assert (
            str(command["default_member_permissions"]) if wanted else command["default_member_permissions"]
        ) == wanted


async def test_what_everybody_may_use_works_everywhere(env: Env) -> None:
    for command in _given(env):
        moderating = command["name"] in MODERATORS
        assert command["contexts"] == ([0] if moderating else EVERYWHERE)
        assert command["integration_types"] == ([0] if moderating else [0, 1])


async def test_help_tells_of_every_command(env: Env) -> None:
    channel = env.create_guild().create_text_channel("general")
    member = env.guild.add_member(env.create_user("ada"))
    told = text((await member.slash(channel, "help")).response)
    for command in _given(env):
        if command["name"] not in MODERATORS:
            assert command["name"] in told


async def test_commands_are_given_to_discord_only_where_they_changed(env: Env, settings: Settings) -> None:
    def times() -> int:
        return sum(one.method == "PUT" and one.path.endswith("/commands") for one in env.http_requests)

    assert times() == 1
    await env.restart_bot(create_bot(settings))
    assert times() == 1
    env.backend.commands[None].clear()
    await env.restart_bot(create_bot(settings))
    assert times() == 2


async def test_changed_commands_are_given_to_discord(env: Env, settings: Settings) -> None:
    bot = create_bot(settings)

    @discord.app_commands.command(description="A new one")
    async def fresh(_interaction: discord.Interaction) -> None: ...

    bot.tree.add_command(fresh)
    await env.restart_bot(bot)
    assert "fresh" in {command["name"] for command in _given(env)}


@pytest.mark.simcord(check_errors=False)
async def test_a_command_that_is_not_there_any_more_is_explained(env: Env, simcord_bot: Sourcier) -> None:
    channel = env.create_guild().create_text_channel("general")
    member = env.guild.add_member(env.create_user("ada"))
    simcord_bot.tree.remove_command("ask")
    result = await member.slash(channel, "ask", question="?")
    assert result.ephemeral
    assert "has changed" in text(result.response)
