"""/privacy: what is kept about a person, shown to them alone, and deleted when they say so twice."""

from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
from discord import Permissions
from simcord.actors import MemberActor
from simcord.builders import UserHandle
from simcord.env import Env
from simcord.results import InteractionResult, ResponseMessage

from bot.client import Sourcier, create_bot
from bot.rules.places import shelf_of
from bot.settings import Settings
from bot.translation import translator
from bot.views.privacy import PrivacyView
from index.model import SHARED, Complaint, Language, Question, Report, Traces
from tests.bot.discord.forging import button, forge
from tests.bot.discord.limits import check_message
from tests.bot.discord.reading import buttons, parts, text

PAID = "How much does OpenAI pay Oracle per year?"
WHO = "Who runs Oracle?"
GOOGLE = "How much does Google pay Oracle?"
HOSTILE = "# @everyone ||x|| **b** [a](evil.example) `c`"
SIGNS = ("<@1>", "||", "**b", "](https:", " @everyone", " `c")


async def _open(person: MemberActor | UserHandle) -> ResponseMessage:
    """Let a person open /privacy, in their server or in direct messages."""
    if isinstance(person, UserHandle):
        result: InteractionResult = await person.slash("privacy")
    else:
        result = await person.slash(person.guild.channels["general"], "privacy")
    assert result.ephemeral
    assert result.response is not None
    return result.response


@pytest.fixture
def ada(env: Env) -> MemberActor:
    guild = env.create_guild("one")
    guild.create_text_channel("general")
    return guild.add_member(env.create_user("ada"))


async def _ask(person: MemberActor, question: str) -> ResponseMessage:
    result = await person.slash(person.guild.channels["general"], "ask", question=question)
    assert result.response is not None
    return result.response


async def test_who_never_asked_has_nothing_kept_and_nothing_to_delete(ada: MemberActor) -> None:
    message = await _open(ada)
    assert "Nothing: no question, no report, no wish for a source." in text(message)
    assert "30 days" in text(message)
    assert not buttons(message)


async def test_questions_from_everywhere_are_listed_newest_first_with_their_dates(env: Env, ada: MemberActor) -> None:
    elsewhere = env.create_guild("two")
    elsewhere.create_text_channel("general")
    await _ask(ada, PAID)
    await _ask(elsewhere.add_member(ada.user), WHO)
    await ada.user.slash("ask", question=GOOGLE)
    for message in (await _open(ada), await _open(ada.user)):
        shown = text(message)
        assert "3 questions with their answers" in shown
        assert shown.index(GOOGLE) < shown.index(WHO) < shown.index(PAID)
        assert shown.count("<t:") == 3


async def test_reports_and_wishes_are_listed_too(ada: MemberActor) -> None:
    answer = await _ask(ada, GOOGLE)
    await ada.click(answer, label="Ask for a source")
    form = await ada.click(answer, label="Wrong?")
    await ada.submit_modal(form, {"complaint": ["outdated"], "words": "It is 2026 now."})
    shown = text(await _open(ada))
    assert "1 question with its answer · 1 report · 1 wish for a source" in shown
    assert "It is outdated" in shown
    assert "It is 2026 now." in shown
    assert shown.count(GOOGLE) == 3


async def test_nobody_sees_what_is_kept_about_others(env: Env, ada: MemberActor) -> None:
    await _ask(ada, PAID)
    eve = env.guild.add_member(env.create_user("eve"))
    assert PAID not in text(await _open(eve))


async def test_all_is_deleted_after_one_more_question(ada: MemberActor, simcord_bot: Sourcier) -> None:
    answer = await _ask(ada, GOOGLE)
    await ada.click(answer, label="Ask for a source")
    message = await _open(ada)
    await ada.click(message, label="Delete all of this")
    assert "for good?" in text(message)
    assert await simcord_bot.library.memory.traces(str(ada.id)) != Traces()
    await ada.click(message, label="Yes, delete it")
    assert "Deleted." in text(message)
    assert "1 question with its answer · 0 reports · 1 wish for a source" in text(message)
    assert not buttons(message)
    assert await simcord_bot.library.memory.traces(str(ada.id)) == Traces()
    gone = await ada.click(answer, label="Context")
    assert "not kept any more" in text(gone.response)


async def test_who_thinks_better_of_it_keeps_everything(ada: MemberActor, simcord_bot: Sourcier) -> None:
    await _ask(ada, PAID)
    message = await _open(ada)
    await ada.click(message, label="Delete all of this")
    await ada.click(message, label="No, keep it")
    assert PAID in text(message)
    assert len((await simcord_bot.library.memory.traces(str(ada.id))).questions) == 1


async def test_a_second_yes_finds_nothing_left(env: Env, ada: MemberActor) -> None:
    await _ask(ada, PAID)
    message = await _open(ada)
    await ada.click(message, label="Delete all of this")
    await forge(env, ada, message, button("privacy:forget:0"))
    result = await forge(env, ada, message, button("privacy:forget:0"))
    assert result.acknowledged
    assert "Nothing about you was kept." in text(message)
    await forge(env, ada, message, button("privacy:delete:0"))
    assert "Nothing: no question" in text(message)


async def test_only_ones_own_traces_are_deleted_whoevers_message_it_is(
    env: Env, ada: MemberActor, simcord_bot: Sourcier
) -> None:
    await _ask(ada, PAID)
    message = await _open(ada)
    eve = env.guild.add_member(env.create_user("eve"))
    await _ask(eve, WHO)
    await forge(env, eve, message, button("privacy:forget:0"))
    memory = simcord_bot.library.memory
    assert [question.text for question in (await memory.traces(str(ada.id))).questions] == [PAID]
    assert await memory.traces(str(eve.id)) == Traces()


async def test_a_message_that_others_see_never_shows_what_is_kept(env: Env, ada: MemberActor) -> None:
    public = await _ask(ada, PAID)
    before = text(public)
    eve = env.guild.add_member(env.create_user("eve"))
    await _ask(eve, WHO)
    result = await forge(env, eve, public, button("privacy:page:0"))
    assert result.ephemeral
    assert WHO in text(result.response)
    assert text(public) == before


async def test_many_traces_are_paged_each_shown_once(ada: MemberActor, simcord_bot: Sourcier) -> None:
    await _remember(simcord_bot, ada, 20)
    message = await _open(ada)
    pages = [text(message)]
    while "▶" in buttons(message):
        await ada.click(message, label="▶")
        pages.append(text(message))
    whole = "\n".join(pages)
    assert all(whole.count(f"number {number}?") == 1 for number in range(20))
    assert whole.index("number 19?") < whole.index("number 0?")
    assert [f"{page}/4" in shown for page, shown in enumerate(pages, 1)] == [True] * 4
    await ada.click(message, label="◀")
    assert text(message) == pages[-2]


async def test_buttons_live_through_a_restart(env: Env, ada: MemberActor, settings: Settings) -> None:
    await _ask(ada, PAID)
    message = await _open(ada)
    bot = create_bot(settings)
    await env.restart_bot(bot)
    await ada.click(message, label="Delete all of this")
    again = create_bot(settings)
    await env.restart_bot(again)
    await ada.click(message, label="Yes, delete it")
    assert "Deleted." in text(message)
    assert await again.library.memory.traces(str(ada.id)) == Traces()


async def test_a_page_that_is_gone_shows_the_last_one(env: Env, ada: MemberActor) -> None:
    await _ask(ada, PAID)
    message = await _open(ada)
    await forge(env, ada, message, button("privacy:page:999999"))
    assert PAID in text(message)


@pytest.mark.parametrize(
    "custom_id",
    ["privacy:forget", "privacy:forget:0:1", "privacy:page:-1", "privacy:page:٣", "privacy:forget:0\n", "privacy::0"],
)
async def test_what_is_no_button_of_ours_is_left_alone(
    env: Env, ada: MemberActor, simcord_bot: Sourcier, custom_id: str
) -> None:
    await _ask(ada, PAID)
    message = await _open(ada)
    result = await forge(env, ada, message, button(custom_id))
    assert not result.acknowledged
    assert len((await simcord_bot.library.memory.traces(str(ada.id))).questions) == 1


async def test_what_people_wrote_shows_as_it_reads(ada: MemberActor) -> None:
    await _ask(ada, HOSTILE)
    message = await _open(ada)
    assert HOSTILE in text(message)
    raw = "\n".join(part.get("content") or "" for part in parts(message))
    assert HOSTILE not in raw
    assert not [sign for sign in SIGNS if sign in raw]


async def test_what_is_told_of_the_time_it_is_kept_is_true(ada: MemberActor, simcord_bot: Sourcier) -> None:
    await _ask(ada, PAID)
    await simcord_bot.library.retention.expire(datetime.now(UTC) + timedelta(days=29))
    assert PAID in text(await _open(ada))
    await simcord_bot.library.retention.expire(datetime.now(UTC) + timedelta(days=31))
    assert PAID not in text(await _open(ada))


async def test_a_message_that_became_a_source_is_told_of_and_goes_as_it_is_told(
    env: Env, ada: MemberActor, simcord_bot: Sourcier
) -> None:
    channel, shelf = ada.guild.channels["general"], shelf_of(ada.guild.id)
    written = await ada.send(channel, "Le phare\n\nLouis de Foix acheva Cordouan en 1611, selon la mairie.")
    manager = ada.guild.add_member(
        env.create_user("mia"), roles=[ada.guild.create_role("m", permissions=Permissions(manage_guild=True))]
    )
    await manager.context_menu(channel, "Add as source", written)
    library = simcord_bot.library
    (draft,) = await library.drafts.waiting(shelf)
    assert draft.source.author == "ada"
    shown = text(await _open(ada))
    assert "unless a moderator adds a message of yours as a source" in shown
    assert "your name as it stood there" in shown
    assert "but for its title" in shown
    _, source = await library.drafts.approve(draft.id, by="mia", shelf=shelf)
    await library.remove(source.id, by="mia", shelf=shelf)
    await library.retention.expire(datetime.now(UTC) + timedelta(days=31))
    kept = b"".join(path.read_bytes() for path in simcord_bot.settings.data.glob("sourcier.*"))
    assert b"acheva Cordouan" not in kept
    assert b"Le phare" in kept  # the log of who did what


async def test_french_speakers_read_it_in_french(env: Env, ada: MemberActor) -> None:
    await _ask(ada, PAID)
    message = await _open(ada)
    await forge(env, ada, message, button("privacy:page:0"), locale="fr")
    assert "Ce que je conserve à votre sujet" in text(message)
    assert "Tout supprimer" in buttons(message)


async def test_neither_questions_nor_names_are_logged(ada: MemberActor, log: StringIO) -> None:
    await _ask(ada, PAID)
    message = await _open(ada)
    await ada.click(message, label="Delete all of this")
    await ada.click(message, label="Yes, delete it")
    assert "is deleted" in log.getvalue()
    assert PAID not in log.getvalue()
    assert str(ada.id) not in log.getvalue()


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("sign", ["*", "- ", "é", "😀", "a"])
def test_the_fullest_page_fits_in_a_message(language: Language, sign: str) -> None:
    at = datetime.now(UTC)
    long = sign * 2_000
    report = Report(answer="x", question=long, by="1", at=at, complaint=Complaint.NO_ANSWER, words=long[:500])
    question = Question(text=long, at=at)
    traces = Traces(questions=(question,) * 7, reports=(report,) * 12, wishes=(question,) * 7)
    for page in range(5):
        view = PrivacyView(traces, page, translator(language))
        check_message({"components": view.to_components(), "allowed_mentions": {"parse": []}})  # type: ignore[no-untyped-call]


async def _remember(bot: Sourcier, person: MemberActor, many: int) -> None:
    answer = await bot.library.ask(PAID)
    for number in range(many):
        asked = answer.model_copy(update={"question": f"Is this number {number}?"})
        shelf = SHARED if number % 2 else shelf_of(person.guild.id)
        await bot.library.memory.keep(asked, shelf=shelf, by=str(person.id), origin=f"test {number}")
