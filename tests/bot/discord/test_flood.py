"""Too much in a minute: people are asked for patience, channels stay readable, settings say how much is too much."""

import pytest
from simcord.actors import MemberActor
from simcord.builders import ChannelHandle, GuildHandle
from simcord.env import Env
from simcord.results import InteractionResult

from bot.client import Sourcier
from bot.rules.gate import USES
from bot.rules.places import shelf_of
from bot.rules.preferences import Setting
from bot.settings import Settings
from tests.bot.discord.forging import button, forge
from tests.bot.discord.reading import text

QUESTION = "How much does OpenAI pay Oracle per year?"
PROOF = "30 milliards de dollars par an à compter de 2028"


@pytest.fixture
def channel(env: Env) -> ChannelHandle:
    return env.create_guild("one").create_text_channel("general")


@pytest.fixture
def ada(env: Env, channel: ChannelHandle) -> MemberActor:
    assert channel.guild is not None
    return _join(env, channel.guild, "ada")


def _join(env: Env, guild: GuildHandle, name: str) -> MemberActor:
    return guild.add_member(env.create_user(name))


async def _limit(bot: Sourcier, guild: GuildHandle, **limits: int) -> None:
    for name, limit in limits.items():
        await bot.preferences.set(shelf_of(guild.id), Setting(name), str(limit))


async def _ask(person: MemberActor, channel: ChannelHandle, times: int = 1) -> InteractionResult:
    """Ask so many times; return what came of the last one."""
    for _ in range(times):
        result = await person.slash(channel, "ask", question=QUESTION)
    return result


def _refused(bot: Sourcier, kind: str) -> float:
    return bot.metrics.registry.get_sample_value("sourcier_refused_by_limit_total", {"kind": kind}) or 0.0


async def test_who_asks_too_much_is_asked_privately_to_wait_so_many_seconds(
    env: Env, channel: ChannelHandle, ada: MemberActor, simcord_bot: Sourcier
) -> None:
    await _limit(simcord_bot, env.guild, person_limit=3)
    assert PROOF in text((await _ask(ada, channel, 3)).response)
    held = await _ask(ada, channel)
    assert held.ephemeral
    assert text(held.response) == "Not so fast! Please wait 60 seconds before your next request."
    await env.advance_time(59)
    assert "wait 1 second before" in text((await _ask(ada, channel)).response)
    await env.advance_time(1)
    answered = await _ask(ada, channel)
    assert PROOF in text(answered.response)
    assert not answered.ephemeral
    assert _refused(simcord_bot, "person") == 2


async def test_a_question_that_is_held_back_is_not_kept(
    env: Env, channel: ChannelHandle, ada: MemberActor, simcord_bot: Sourcier
) -> None:
    await _limit(simcord_bot, env.guild, person_limit=3)
    await _ask(ada, channel, 5)
    assert len((await simcord_bot.library.memory.traces(str(ada.id))).questions) == 3


async def test_the_minute_slides(env: Env, channel: ChannelHandle, ada: MemberActor, simcord_bot: Sourcier) -> None:
    await _limit(simcord_bot, env.guild, person_limit=3)
    for _ in range(3):
        await _ask(ada, channel)
        await env.advance_time(10)
    assert "wait 30 seconds" in text((await _ask(ada, channel)).response)
    await env.advance_time(30)
    assert PROOF in text((await _ask(ada, channel)).response)
    assert "wait 10 seconds" in text((await _ask(ada, channel)).response)


async def test_one_persons_haste_holds_nobody_else_back_and_not_themselves_elsewhere(
    env: Env, channel: ChannelHandle, ada: MemberActor, simcord_bot: Sourcier
) -> None:
    await _limit(simcord_bot, env.guild, person_limit=3)
    await _ask(ada, channel, 4)
    assert PROOF in text((await _ask(_join(env, env.guild, "bob"), channel)).response)
    other = env.create_guild("two")
    elsewhere = other.create_text_channel("general")
    await _limit(simcord_bot, other, person_limit=3)
    assert PROOF in text((await _ask(other.add_member(ada.user), elsewhere)).response)
    assert PROOF in text((await ada.user.slash("ask", question=QUESTION)).response)


async def test_above_a_channels_limit_only_the_asker_sees_the_answer(
    env: Env, channel: ChannelHandle, simcord_bot: Sourcier
) -> None:
    await _limit(simcord_bot, env.guild, channel_limit=10)
    people = [_join(env, env.guild, f"member{number}") for number in range(2)]
    for person in people:
        assert not (await _ask(person, channel, 5)).ephemeral
    crowded = await _ask(people[0], channel)
    assert crowded.ephemeral
    assert PROOF in text(crowded.response)
    next_door = env.guild.create_text_channel("next-door")
    assert not (await _ask(people[0], next_door)).ephemeral
    await env.advance_time(60)
    assert not (await _ask(people[0], channel)).ephemeral


async def test_answers_that_only_the_asker_sees_do_not_fill_a_channel(
    env: Env, channel: ChannelHandle, ada: MemberActor, simcord_bot: Sourcier
) -> None:
    await _limit(simcord_bot, env.guild, channel_limit=10)
    for _ in range(12):
        await ada.slash(channel, "ask", question=QUESTION, private=True)
    assert not (await _ask(ada, channel)).ephemeral


async def test_who_mentions_the_bot_too_often_is_asked_to_wait_once_then_heard_again(
    env: Env, channel: ChannelHandle, ada: MemberActor, simcord_bot: Sourcier
) -> None:
    await _limit(simcord_bot, env.guild, person_limit=3)
    for _ in range(6):
        await ada.send(channel, f"{_me(simcord_bot)} {QUESTION}")
    said = _said(channel)
    assert len(said) == 4
    assert "Please wait 60 seconds" in said[-1]
    await env.advance_time(60)
    await ada.send(channel, f"{_me(simcord_bot)} {QUESTION}")
    assert PROOF in _said(channel)[-1]
    assert len(_said(channel)) == 5


async def test_mentions_and_commands_count_together(
    env: Env, channel: ChannelHandle, ada: MemberActor, simcord_bot: Sourcier
) -> None:
    await _limit(simcord_bot, env.guild, person_limit=3)
    await ada.send(channel, f"{_me(simcord_bot)} {QUESTION}")
    assert PROOF in text((await _ask(ada, channel, 2)).response)
    assert "Please wait" in text((await _ask(ada, channel)).response)


async def test_a_mention_in_a_crowded_channel_is_pointed_to_the_command(
    env: Env, channel: ChannelHandle, ada: MemberActor, simcord_bot: Sourcier
) -> None:
    await _limit(simcord_bot, env.guild, channel_limit=10)
    await _ask(_join(env, env.guild, "bob"), channel, 10)
    for _ in range(2):
        await ada.send(channel, f"{_me(simcord_bot)} {QUESTION}")
    (pointed,) = [said for said in _said(channel) if "you get your answer alone, at once." in said]
    assert PROOF not in pointed
    alone = await _ask(ada, channel)
    assert alone.ephemeral
    assert PROOF in text(alone.response)
    assert _refused(simcord_bot, "channel") == 2


async def test_commands_and_buttons_are_limited_too(
    env: Env, channel: ChannelHandle, ada: MemberActor, simcord_bot: Sourcier
) -> None:
    await _ask(ada, channel)
    opened = (await ada.slash(channel, "privacy")).response
    assert opened is not None
    for _ in range(USES - 2):
        result = await forge(env, ada, opened, button("privacy:page:0"))
        assert "Please wait" not in text(result.response or opened)
    held = await forge(env, ada, opened, button("privacy:forget:0"))
    assert "Please wait 60 seconds" in text(held.response)
    assert len((await simcord_bot.library.memory.traces(str(ada.id))).questions) == 1
    told = await ada.slash(channel, "help")
    assert told.ephemeral
    assert "Please wait" in text(told.response)
    assert _refused(simcord_bot, "uses") == 2
    assert "Please wait" not in text((await _join(env, env.guild, "bob").slash(channel, "help")).response)
    await env.advance_time(60)
    assert "Please wait" not in text((await ada.slash(channel, "help")).response)


async def test_a_moderators_command_counts_once(env: Env, channel: ChannelHandle, simcord_bot: Sourcier) -> None:
    boss = env.guild.add_member(env.guild.owner)
    for _ in range(USES - 1):
        assert not simcord_bot.gate.use(boss.id)
    assert "no sources of its own yet" in text((await boss.slash(channel, "source list")).response)
    assert "Please wait" in text((await boss.slash(channel, "source list")).response)


async def test_typing_a_command_does_not_use_it_up(channel: ChannelHandle, ada: MemberActor) -> None:
    for number in range(USES + 1):
        assert await ada.autocomplete(channel, "sources show", "source", "or"[: number % 3])
    assert "Please wait" not in text((await ada.slash(channel, "about")).response)


async def test_limits_follow_the_settings_at_once(env: Env, channel: ChannelHandle, ada: MemberActor) -> None:
    boss = env.guild.add_member(env.guild.owner)
    for _ in range(5):
        await _ask(ada, channel)
        await env.advance_time(1)
    settings = (await boss.slash(channel, "settings")).response
    assert settings is not None
    await boss.select(settings, ["3"], custom_id="setting:person_limit")
    assert "wait 57 seconds" in text((await _ask(ada, channel)).response)
    await boss.select(settings, ["12"], custom_id="setting:person_limit")
    assert PROOF in text((await _ask(ada, channel)).response)
    await boss.select(settings, ["10"], custom_id="setting:channel_limit")
    assert not (await _ask(ada, channel, 4)).ephemeral
    assert (await _ask(ada, channel)).ephemeral
    await boss.select(settings, ["30"], custom_id="setting:channel_limit")
    assert not (await _ask(ada, channel)).ephemeral


async def test_patience_is_asked_for_in_the_servers_language(
    env: Env, channel: ChannelHandle, ada: MemberActor, simcord_bot: Sourcier
) -> None:
    await _limit(simcord_bot, env.guild, person_limit=3)
    await simcord_bot.preferences.set(shelf_of(env.guild.id), Setting.LANGUAGE, "fr")
    assert "Patientez 60 secondes" in text((await _ask(ada, channel, 4)).response)


class TestAnswerChannels:
    """Where no mention is needed, people talk to each other, too: patience is not asked for there."""

    @pytest.fixture
    def settings(self, settings: Settings) -> Settings:
        return settings.model_copy(update={"message_content": True})

    async def test_above_the_limit_an_answer_channel_is_quiet(
        self, env: Env, channel: ChannelHandle, ada: MemberActor, simcord_bot: Sourcier
    ) -> None:
        await simcord_bot.preferences.set(shelf_of(env.guild.id), Setting.CHANNELS, str(channel.id))
        await _limit(simcord_bot, env.guild, person_limit=3)
        for _ in range(5):
            await ada.send(channel, QUESTION)
        assert len(_said(channel)) == 3


def _me(bot: Sourcier) -> str:
    assert bot.user is not None
    return bot.user.mention


def _said(channel: ChannelHandle) -> list[str]:
    """Return what the bot has said in a channel, for all to see."""
    return [text(one) for one in channel.history() if one.author.bot and not one.flags.ephemeral]
