"""/settings: who moderates, language, channels and limits, chosen in menus; what is chosen counts at once."""

import json
from io import StringIO
from typing import Any

import discord
import pytest
from simcord.env import Env

from bot.client import Sourcier, create_bot
from bot.rules.preferences import LIMITS, RIGHTS, Preferences, Setting
from bot.rules.standing import Standing, survey
from bot.settings import Settings
from bot.translation import translator
from bot.views.settings import Held, SettingsView
from bot.views.settings_pages import SettingsPage
from index.model import Complaint
from tests.bot.discord.forging import Json, forge, menu
from tests.bot.discord.limits import check_message
from tests.bot.discord.moderated import Server, chosen, menus, offer_settings_to
from tests.bot.discord.reading import buttons, text

QUESTION = "How much does OpenAI pay Oracle per year?"


@pytest.fixture
def server(env: Env, simcord_bot: Sourcier) -> Server:
    return Server(env, simcord_bot, "one")


async def test_every_setting_stands_on_one_of_the_pages_as_it_is_chosen(server: Server) -> None:
    message = await server.open()
    shown: dict[str, Json] = {}
    for page in SettingsPage:
        if page is not SettingsPage.GENERAL:
            turned = await server.manager.click(message, custom_id=f"settings:{page}")
            assert turned.response is None or turned.response.id == message.id
        assert f"settings:{page}" not in buttons(message).values()
        assert not shown.keys() & menus(message).keys()
        shown |= menus(message)
    assert set(shown) == set(Setting)
    default = Preferences()
    assert chosen(shown["language"]) == ["auto"]
    for setting, limits in LIMITS.items():
        assert chosen(shown[setting]) == [str(default.number(setting))]
        assert [option["value"] for option in shown[setting]["options"]] == [str(limit) for limit in limits]
    for setting in (Setting.ROLE, Setting.CHANNELS, Setting.NOTICES, *RIGHTS):
        assert chosen(shown[setting]) == []
    await server.manager.click(message, label="General")
    assert set(menus(message)) >= {"role", "language"}


async def test_a_choice_is_saved_shown_and_said_in_the_same_message(server: Server) -> None:
    message = await server.open()
    result = await server.manager.select(message, ["6"], custom_id="setting:person_limit")
    assert result.response is None or result.response.id == message.id
    assert (await server.preferences()).person_limit == 6
    assert chosen(menus(message)["person_limit"]) == ["6"]
    assert "Saved: 6 questions a minute from each person." in text(message)
    await server.manager.select(message, ["10"], custom_id="setting:channel_limit")
    assert await server.preferences() == Preferences(person_limit=6, channel_limit=10)
    assert "Saved: 10 questions a minute in each channel." in text(message)
    assert "from each person" not in text(message)


async def test_the_chosen_language_is_spoken_from_then_on_whatever_the_clients_are_set_to(server: Server) -> None:
    message = await server.open()
    await server.manager.select(message, ["fr"], custom_id="setting:language")
    assert "Enregistré\u00a0: je parle français." in text(message)
    assert "Réglages de ce serveur" in text(await server.open())
    await server.manager.select(message, ["auto"], custom_id="setting:language")
    assert "Settings of this server" in text(message)


async def test_a_role_can_moderate_and_loses_that_at_once_when_it_is_taken_away(env: Env, server: Server) -> None:
    role = server.guild.create_role("mods")
    message = await server.open()
    await server.manager.select(message, [role], custom_id="setting:role")
    assert (await server.preferences()).role == role.id
    assert chosen(menus(message)["role"]) == [str(role.id)]
    assert f"Saved: {role.mention} moderates, too." in text(message)
    deputy = server.guild.add_member(env.create_user("deputy"), roles=[role])
    offer_settings_to(env, server, role)
    own = (await deputy.slash(server.channel, "settings")).response
    assert own is not None
    await deputy.select(own, ["en"], custom_id="setting:language")
    assert (await server.preferences()).language == "en"
    env.backend.remove_member_role(server.guild.id, deputy.id, role.id)
    result = await deputy.select(own, ["fr"], custom_id="setting:language")
    assert result.ephemeral
    assert "Only moderators" in text(result.response)
    assert (await server.preferences()).language == "en"


async def test_the_moderators_role_can_be_given_up(server: Server) -> None:
    role = server.guild.create_role("mods")
    message = await server.open()
    await server.manager.select(message, [role], custom_id="setting:role")
    await server.manager.select(message, [], custom_id="setting:role")
    assert (await server.preferences()).role == 0
    assert chosen(menus(message)["role"]) == []
    assert "only those who may manage the server moderate" in text(message)


async def test_everybodys_role_cannot_moderate(server: Server) -> None:
    message = await server.open()
    result = await server.manager.select(message, [server.guild.default_role], custom_id="setting:role")
    assert result.ephemeral
    assert "Everybody has that role" in text(result.response)
    assert (await server.preferences()).role == 0


async def test_it_is_not_there_in_direct_messages(env: Env) -> None:
    user = env.create_user("ada")
    await user.slash("help")
    assert "settings" not in user.available_commands()


async def test_each_server_has_settings_of_its_own(env: Env, server: Server, simcord_bot: Sourcier) -> None:
    other = Server(env, simcord_bot, "two")
    message, elsewhere = await server.open(), await other.open()
    await server.manager.select(message, ["3"], custom_id="setting:person_limit")
    await other.manager.select(elsewhere, ["60"], custom_id="setting:person_limit")
    assert (await server.preferences()).person_limit == 3
    assert (await other.preferences()).person_limit == 60
    assert chosen(menus(await server.open())["person_limit"]) == ["3"]


async def test_menus_live_through_a_restart_and_so_does_what_waschosen(
    env: Env, server: Server, settings: Settings
) -> None:
    message = await server.open()
    await server.manager.select(message, ["fr"], custom_id="setting:language")
    await env.restart_bot(create_bot(settings))
    await server.manager.select(message, ["12"], custom_id="setting:person_limit")
    assert "Enregistré\u00a0: 12 questions par minute par personne." in text(message)
    assert chosen(menus(message)["language"]) == ["fr"]
    assert chosen(menus(message)["person_limit"]) == ["12"]
    await server.manager.click(message, label="Limites des sources")
    await server.manager.select(message, ["2000"], custom_id="setting:sources")
    assert "Enregistré\u00a0: 2\u202f000 sources au plus." in text(message)
    assert set(menus(message)) == {"sources", "adds_an_hour", "characters"}
    assert chosen(menus(message)["sources"]) == ["2000"]


async def test_a_deleted_role_is_shown_as_gone_and_dropped_with_the_next_choice(env: Env, server: Server) -> None:
    role = server.guild.create_role("mods")
    await server.manager.select(await server.open(), [role], custom_id="setting:role")
    env.backend.delete_role(server.guild.id, role.id)
    message = await server.open()
    assert "The role that was chosen here has been deleted." in text(message)
    assert chosen(menus(message)["role"]) == []
    await server.manager.select(message, ["en"], custom_id="setting:language")
    assert "has been deleted" not in text(message)
    assert (await server.preferences()).role == 0


async def test_what_is_kept_of_reports_and_wishes_is_counted_without_names(server: Server, env: Env) -> None:
    memory = server.bot.library.memory
    answer = await server.bot.library.ask(QUESTION)
    for number in range(2):
        kept = await memory.keep(answer, shelf=server.shelf, by=str(server.member.id), origin=f"test {number}")
        await memory.report(kept, server.shelf, by=str(server.member.id), complaint=Complaint.OTHER, words="hush")
    await memory.wish(kept, server.shelf, by=str(server.member.id))
    shown = await server.open()
    assert "2 reports on answers, 1 question for which a source was asked" in text(shown)
    assert "gaps" in text(shown).split("was asked", 1)[1]
    assert str(server.member.id) not in json.dumps(shown.components)
    other = Server(env, server.bot, "two")
    assert "0 reports on answers, 0 questions" in text(await other.open())


async def test_every_change_is_logged_with_who_made_it(env: Env, server: Server, log: StringIO) -> None:
    message = await server.open()
    await server.manager.select(message, ["fr"], custom_id="setting:language")
    await server.manager.select(message, ["3"], custom_id="setting:person_limit")
    await forge(env, server.member, message, menu("setting:person_limit", "60"))
    await forge(env, server.manager, message, menu("setting:person_limit", "61"))
    changes = [line for line in map(json.loads, log.getvalue().splitlines()) if line["logger"] == "bot.exts.settings"]
    assert [(line["setting"], line["value"]) for line in changes] == [("language", "fr"), ("person_limit", "3")]
    for line in changes:
        assert line["level"] == "info"
        assert line["by"] == server.manager.id
        assert line["server"] == server.guild.id
        assert line["reference"]
    boss = str(server.manager.id)
    assert await server.noted() == [("language", "fr", boss), ("person_limit", "3", boss)]


async def test_a_channel_for_notices_is_chosen_and_given_up(env: Env, server: Server) -> None:
    news = server.guild.create_news_channel("news")
    message = await server.open()
    assert chosen(menus(message)["notices"]) == []
    for channel in (server.channel, news):
        await server.manager.select(message, [channel], custom_id="setting:notices")
        assert (await server.preferences()).notices == channel.id
        assert chosen(menus(message)["notices"]) == [str(channel.id)]
        assert f"I tell of changed pages in {channel.mention}" in text(message)
    for unfit in (server.guild.create_forum_channel("forum"), server.guild.create_voice_channel("voice")):
        result = await forge(env, server.manager, message, menu("setting:notices", str(unfit.id), kind=8))
        assert "cannot be chosen here" in text(result.response)
    two = menu("setting:notices", str(server.channel.id), str(news.id), kind=8)
    assert "cannot be chosen here" in text((await forge(env, server.manager, message, two)).response)
    assert (await server.preferences()).notices == news.id
    await server.manager.select(message, [], custom_id="setting:notices")
    assert (await server.preferences()).notices == 0
    assert "no channel for notices" in text(message)


async def test_a_channel_for_notices_that_is_deleted_or_closed_to_the_bot_is_shown_so(env: Env, server: Server) -> None:
    closed: Any = {server.guild.default_role: discord.PermissionOverwrite(send_messages=False)}
    quiet = server.guild.create_text_channel("quiet", overwrites=closed)
    message = await server.open()
    await server.manager.select(message, [server.channel], custom_id="setting:notices")
    assert "I may not write" not in text(message)
    await server.manager.select(message, [quiet], custom_id="setting:notices")
    assert "I may not write in this channel" in text(message)
    env.backend.delete_channel(quiet.id)
    message = await server.open()
    assert "The channel that was chosen here has been deleted." in text(message)
    assert chosen(menus(message)["notices"]) == []
    await server.manager.select(message, ["en"], custom_id="setting:language")
    assert "has been deleted" not in text(message)
    assert (await server.preferences()).notices == 0


async def test_answer_channels_cannot_be_chosen_where_the_operator_has_not_switched_them_on(
    env: Env, server: Server
) -> None:
    message = await server.open()
    assert menus(message)["channels"]["disabled"]
    assert "SOURCIER_MESSAGE_CONTENT" in text(message)
    forged = menu("setting:channels", str(server.channel.id), kind=8)
    result = await forge(env, server.manager, message, forged)
    assert "cannot be chosen here" in text(result.response)
    assert (await server.preferences()).channels == ()


class TestAnswerChannels:
    """The operator has switched the message content intent on."""

    @pytest.fixture
    def settings(self, settings: Settings) -> Settings:
        return settings.model_copy(update={"message_content": True})

    async def test_channels_are_chosen_and_answered_in_at_once(self, server: Server) -> None:
        forum = server.guild.create_forum_channel("forum")
        message = await server.open()
        assert "SOURCIER_MESSAGE_CONTENT" not in text(message)
        await server.manager.select(message, [server.channel, forum], custom_id="setting:channels")
        assert set((await server.preferences()).channels) == {server.channel.id, forum.id}
        assert set(chosen(menus(message)["channels"])) == {str(server.channel.id), str(forum.id)}
        assert f"{server.channel.mention} {forum.mention}" in text(message)
        await server.member.send(server.channel, QUESTION)
        assert "30 milliards de dollars" in text(server.channel.last_message)
        await server.manager.select(message, [], custom_id="setting:channels")
        assert "only when I am mentioned" in text(message)
        asked = await server.member.send(server.channel, QUESTION)
        assert server.channel.last_message is not None
        assert server.channel.last_message.id == asked.id

    async def test_only_channels_in_which_people_write_are_offered_and_taken(self, server: Server) -> None:
        message = await server.open()
        offered = {discord.ChannelType(kind) for kind in menus(message)["channels"]["channel_types"]}
        kinds = discord.ChannelType
        assert offered == {kinds.text, kinds.news, kinds.forum, kinds.voice}
        category = server.guild.create_category("corner")
        result = await server.manager.select(message, [category], custom_id="setting:channels")
        assert "cannot be chosen here" in text(result.response)
        assert (await server.preferences()).channels == ()

    async def test_as_many_channels_as_a_menu_holds_can_be_chosen_and_no_more(self, env: Env, server: Server) -> None:
        channels = [server.guild.create_text_channel(f"channel-{number}") for number in range(26)]
        message = await server.open()
        await server.manager.select(message, channels[:25], custom_id="setting:channels")
        assert len((await server.preferences()).channels) == 25
        too_many = menu("setting:channels", *(str(channel.id) for channel in channels), kind=8)
        result = await forge(env, server.manager, message, too_many)
        assert "cannot be chosen here" in text(result.response)
        assert len((await server.preferences()).channels) == 25

    async def test_deleted_channels_are_shown_as_gone_and_dropped_with_the_next_choice(
        self, env: Env, server: Server
    ) -> None:
        first, second, third = (server.guild.create_text_channel(name) for name in ("first", "second", "third"))
        message = await server.open()
        await server.manager.select(message, [first, second, third], custom_id="setting:channels")
        env.backend.delete_channel(first.id)
        env.backend.delete_channel(second.id)
        message = await server.open()
        assert "2 channels that were chosen here have been deleted." in text(message)
        assert chosen(menus(message)["channels"]) == [str(third.id)]
        await server.manager.select(message, ["en"], custom_id="setting:language")
        assert "deleted" not in text(message)
        assert (await server.preferences()).channels == (third.id,)

    async def test_a_channel_of_another_server_cannot_bechosen(
        self, env: Env, server: Server, simcord_bot: Sourcier
    ) -> None:
        other = Server(env, simcord_bot, "two")
        message = await server.open()
        forged = menu("setting:channels", str(other.channel.id), kind=8)
        result = await forge(env, server.manager, message, forged)
        assert "cannot be chosen here" in text(result.response)
        assert (await server.preferences()).channels == ()


async def test_nothing_is_taken_for_deleted_while_discord_does_not_tell_of_the_server(
    env: Env, simcord_bot: Sourcier
) -> None:
    await Server(env, simcord_bot, "one").open()
    unheard_of = discord.Guild(data={"id": "5", "unavailable": True}, state=simcord_bot._connection)  # type: ignore[typeddict-item]
    standing = survey(Preferences(role=7, channels=(8, 9), notices=8, may_add=7), unheard_of)
    assert standing.channels == (8, 9)
    assert not standing.gone
    assert not standing.channels_gone
    assert not standing.mute


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("page", SettingsPage)
def test_the_fullest_settings_fit_in_a_message(page: SettingsPage, language: Any) -> None:
    longest = 2**63
    channels = tuple(longest + number for number in range(25))
    chosen_roles = dict.fromkeys((setting.value for setting in RIGHTS), longest)
    preferences = Preferences(role=longest, channels=channels, language="fr", notices=longest, **chosen_roles)
    speaker = translator(language)
    said = " ".join(f"<#{channel}>" for channel in channels)
    for gone in (frozenset[Setting](), frozenset(Setting)):
        standing = Standing(preferences, gone=gone, channels=channels, channels_gone=25, mute=True)
        held = Held(10**6, 10**6, shown_by=f"</gaps:{longest}>")
        view = SettingsView(standing, held, speaker, page=page, answering=False, manages=False, said=said)
        check_message({"components": view.to_components(), "allowed_mentions": {"parse": []}})  # type: ignore[no-untyped-call]
