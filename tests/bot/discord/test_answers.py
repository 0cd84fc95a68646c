"""The buttons of an answer: context, more, why, wrong, ask for a source; after a restart, and pressed by a stranger."""

from datetime import UTC, datetime, timedelta

import pytest
from simcord.actors import MemberActor
from simcord.builders import ChannelHandle
from simcord.env import Env
from simcord.results import ResponseMessage

from bot.client import Sourcier, create_bot
from bot.rules.places import shelf_of
from bot.settings import Settings
from bot.views.controls import TEMPLATE, Act
from index.model import Article, Complaint
from tests.bot.discord.reading import buttons, text

QUESTION = "How much does OpenAI pay Oracle per year?"
PROOF = "30 milliards de dollars par an à compter de 2028"


LIGHTHOUSE = Article(title="Le phare", text="Le phare de Cordouan fut achevé en 1611 par Louis de Foix.", language="fr")


class Asked:
    """A question that was asked in a server, and the message that answered it."""

    def __init__(self, member: MemberActor, channel: ChannelHandle, message: ResponseMessage) -> None:
        self.member = member
        self.channel = channel
        self.message = message


@pytest.fixture
async def asked(env: Env) -> Asked:
    channel = env.create_guild().create_text_channel("general")
    member = env.guild.add_member(env.create_user("ada"))
    result = await member.slash(channel, "ask", question=QUESTION)
    assert result.response is not None
    return Asked(member, channel, result.response)


@pytest.fixture
async def refused(env: Env) -> Asked:
    channel = env.create_guild().create_text_channel("general")
    member = env.guild.add_member(env.create_user("ada"))
    result = await member.slash(channel, "ask", question="How much does Google pay Oracle?")
    assert result.response is not None
    return Asked(member, channel, result.response)


@pytest.fixture
async def lighthouse(env: Env, simcord_bot: Sourcier) -> Asked:
    """A private answer from a source that only its server has."""
    guild = env.create_guild()
    channel = guild.create_text_channel("general")
    member = guild.add_member(env.create_user("ada"))
    added = await simcord_bot.library.add(LIGHTHOUSE, by="test", shelf=shelf_of(guild.id))
    assert added.source.id == "le-phare"
    result = await member.slash(channel, "ask", question="Qui acheva le phare de Cordouan ?", private=True)
    assert "1611" in text(result.response)
    assert result.response is not None
    return Asked(member, channel, result.response)


async def test_the_context_is_shown_to_whoever_asks_for_it(asked: Asked) -> None:
    result = await asked.member.click(asked.message, label="Context")
    assert result.ephemeral
    assert PROOF in text(result.response)
    assert len(text(result.response)) > len(PROOF) + 400


async def test_one_goes_from_a_quotes_context_to_anothers_in_the_same_message(asked: Asked) -> None:
    first = await asked.member.click(asked.message, label="Context")
    assert first.response is not None
    second = await asked.member.click(first.response, label="2")
    assert second.response is None or second.response.id == first.response.id
    assert "**2**" in text(first.response) or "2 ·" in text(first.response)


async def test_more_shows_the_next_quotes_and_turns_back_and_forth(asked: Asked) -> None:
    more = await asked.member.click(asked.message, label="More")
    assert more.ephemeral
    page_two = text(more.response)
    assert "4 ·" in page_two.replace("**", "")
    assert PROOF not in page_two
    assert more.response is not None
    await asked.member.click(more.response, label="◀")
    assert PROOF in text(more.response)
    await asked.member.click(more.response, label="▶")
    assert text(more.response) == page_two


async def test_all_quotes_can_be_paged_through_and_none_is_shown_twice(asked: Asked, simcord_bot: Sourcier) -> None:
    answer = await simcord_bot.library.ask(QUESTION, limit=12)
    more = await asked.member.click(asked.message, label="More")
    seen = [text(asked.message), text(more.response)]
    assert more.response is not None
    while "▶" in buttons(more.response):
        await asked.member.click(more.response, label="▶")
        seen.append(text(more.response))
    whole = "\n".join(seen)
    for citation in answer.citations:
        assert citation.highlight.quote in whole
        assert whole.replace("**", "").count(f"\n-# {citation.rank} ·") == 1


async def test_why_names_the_words_that_found_the_passage(asked: Asked) -> None:
    result = await asked.member.click(asked.message, label="Why this?")
    assert result.ephemeral
    assert "oracle" in text(result.response).casefold()
    assert "The passage of quote 1 scores" in text(result.response)


async def test_a_report_is_kept_for_the_moderators(asked: Asked, simcord_bot: Sourcier) -> None:
    shown = await asked.member.click(asked.message, label="Wrong?")
    await asked.member.submit_modal(shown, {"complaint": ["outdated"], "words": "It is 2026 now."})
    (report,) = await simcord_bot.library.memory.reports(shelf_of(asked.member.guild.id))
    assert report.complaint is Complaint.OUTDATED
    assert report.words == "It is 2026 now."
    assert report.question == QUESTION


async def test_a_report_needs_no_words(asked: Asked, simcord_bot: Sourcier) -> None:
    shown = await asked.member.click(asked.message, label="Wrong?")
    result = await asked.member.submit_modal(shown, {"complaint": ["other"]})
    assert "Thank you" in text(result.response)
    (report,) = await simcord_bot.library.memory.reports(shelf_of(asked.member.guild.id))
    assert report.words == ""


async def test_a_source_is_asked_for_once_by_a_person(env: Env, refused: Asked, simcord_bot: Sourcier) -> None:
    first = await refused.member.click(refused.message, label="Ask for a source")
    assert "Thank you" in text(first.response)
    again = await refused.member.click(refused.message, label="Ask for a source")
    assert "already" in text(again.response)
    other = env.guild.add_member(env.create_user("bob"))
    await other.click(refused.message, label="Ask for a source")
    (wish,) = await simcord_bot.library.memory.wishes(shelf_of(env.guild.id))
    assert wish.question == "How much does Google pay Oracle?"
    assert wish.people == 2


async def test_buttons_live_through_a_restart(env: Env, asked: Asked, settings: Settings) -> None:
    await env.restart_bot(create_bot(settings))
    for label in ("Context", "More", "Why this?"):
        result = await asked.member.click(asked.message, label=label)
        assert result.ephemeral
        assert text(result.response)


async def test_a_form_that_was_open_at_a_restart_is_still_kept(env: Env, asked: Asked, settings: Settings) -> None:
    shown = await asked.member.click(asked.message, label="Wrong?")
    bot = create_bot(settings)
    await env.restart_bot(bot)
    await asked.member.submit_modal(shown, {"complaint": ["wrong figure"], "words": ""})
    assert len(await bot.library.memory.reports(shelf_of(asked.member.guild.id))) == 1


async def test_after_thirty_days_a_button_says_kindly_that_it_is_over(asked: Asked, simcord_bot: Sourcier) -> None:
    await simcord_bot.library.retention.expire(datetime.now(UTC) + timedelta(days=31))
    result = await asked.member.click(asked.message, label="Context")
    assert result.ephemeral
    assert "30 days" in text(result.response)


async def test_a_removed_source_is_not_shown_by_the_buttons_of_older_answers(
    lighthouse: Asked, simcord_bot: Sourcier
) -> None:
    await simcord_bot.library.remove("le-phare", by="test", shelf=shelf_of(lighthouse.member.guild.id))
    result = await lighthouse.member.click(lighthouse.message, label="Contexte")
    assert "1611" not in text(result.response)
    assert "Cordouan" not in text(result.response)


async def test_only_who_asked_may_publish(env: Env, asked: Asked) -> None:
    private = await asked.member.slash(asked.channel, "ask", question=QUESTION, private=True)
    stranger = env.guild.add_member(env.create_user("eve"))
    custom_id = buttons(private.response)["Publish"]
    assert await press(env, stranger, asked, custom_id)
    assert [message.id for message in asked.channel.history()] == [asked.message.id]


async def test_an_answer_whose_source_was_removed_is_not_published(lighthouse: Asked, simcord_bot: Sourcier) -> None:
    await simcord_bot.library.remove("le-phare", by="test", shelf=shelf_of(lighthouse.member.guild.id))
    result = await lighthouse.member.click(lighthouse.message, label="Publier")
    assert result.ephemeral
    assert "changed since" in text(result.response)
    assert lighthouse.channel.last_message is None


async def test_an_answer_from_a_version_that_was_replaced_is_not_published(
    lighthouse: Asked, simcord_bot: Sourcier
) -> None:
    shelf = shelf_of(lighthouse.member.guild.id)
    newer = LIGHTHOUSE.model_copy(update={"text": "Le phare de Cordouan fut achevé en 1612 par un autre."})
    await simcord_bot.library.add(newer, by="test", shelf=shelf, source_id="le-phare")
    await lighthouse.member.click(lighthouse.message, label="Publier")
    assert lighthouse.channel.last_message is None


async def test_an_answer_is_published_once(asked: Asked) -> None:
    private = await asked.member.slash(asked.channel, "ask", question=QUESTION, private=True)
    assert private.response is not None
    for _ in range(3):
        result = await asked.member.click(private.response, label="Publish")
    assert "already" in text(result.response)
    assert len(asked.channel.history()) == 2


@pytest.mark.parametrize(
    "custom_id",
    [
        "answer:context:AAAAAAAAAAAAAAAA:1:0",
        "answer:context:{id}:99:0",
        "answer:context:{id}:1:999:turn",
        "answer:more:{id}:0:999",
        "answer:why:{id}:0:0",
        "answer:wish:AAAAAAAAAAAAAAAA:0:0",
        "answer:wrong:AAAAAAAAAAAAAAAA:0:0",
        "answer:more:{id}:0:999:turn",
    ],
)
async def test_a_forged_press_gets_a_sentence_and_changes_nothing(env: Env, asked: Asked, custom_id: str) -> None:
    match = TEMPLATE.fullmatch(buttons(asked.message)["Context"])
    assert match is not None
    before = text(asked.message)
    assert await press(env, asked.member, asked, custom_id.format(id=match["id"]))
    assert text(asked.message) == before


@pytest.mark.parametrize(
    "custom_id",
    ["answer:context:../../etc:1:0", "answer:drop:AAAAAAAAAAAAAAAA:1:0", "answer:context:{id}:1:0\n", "x" * 100],
)
async def test_what_is_no_button_of_ours_is_left_alone(env: Env, asked: Asked, custom_id: str) -> None:
    before = len(env.http_requests)
    assert not await press(env, asked.member, asked, custom_id)
    assert len(env.http_requests) == before


async def test_an_answer_of_another_server_cannot_be_opened(env: Env, asked: Asked) -> None:
    other = env.create_guild()
    channel = other.create_text_channel("elsewhere")
    eve = other.add_member(env.create_user("eve"))
    own = await eve.slash(channel, "ask", question="When was Stargate unveiled?")
    assert own.response is not None
    stolen = buttons(asked.message)["Context"]
    await press(env, eve, Asked(eve, channel, own.response), stolen)
    assert PROOF not in text(channel.history()[-1])


def test_the_longest_custom_id_fits() -> None:
    assert all(len(f"answer:{act}:{'A' * 16}:99:999:turn") <= 100 for act in Act)


async def press(env: Env, member: MemberActor, asked: Asked, custom_id: str) -> bool:
    """Press a button that the message does not have, as a client that was tampered with would; was it answered?"""
    stored = env.backend.get_message(asked.channel.id, asked.message.id)
    for part in _rows(stored.components):
        if part.get("type") == 2 and part.get("custom_id"):
            part["custom_id"] = custom_id
            break
    result = await member.click(asked.message, custom_id=custom_id)
    return result.acknowledged


def _rows(components: list[dict]) -> list[dict]:  # type: ignore[type-arg]
    found = []
    for part in components:
        found += [part, *_rows(part.get("components") or [])]
    return found
