"""/gaps: what people asked in vain, seen by moderators, solved by a source, and told to whoever wanted to know."""

import csv
import io
from datetime import UTC, datetime
from typing import Any

import pytest
from simcord.actors import MemberActor
from simcord.env import Env

from bot.client import Sourcier, create_bot
from bot.moderation.gap_cards import GapCard, Said
from bot.moderation.history_cards import Names, lay_out_deed
from bot.rules.preferences import Setting
from bot.settings import Settings
from bot.translation import translator
from bot.views.gap_news import GapNewsView
from bot.views.gaps import CloseView, GapsView, GapView, Now, SolvedView, Telling
from index.model import Complaint, Language
from index.moderating.goldens import Golden
from index.moderating.model import Act, Deed
from tests.bot.discord.asking_server import BAKER, OPENED, RUNS, RUNS_AGAIN, Asking
from tests.bot.discord.dealers import file_of, seen
from tests.bot.discord.forging import button, forge
from tests.bot.discord.limits import check_message
from tests.bot.discord.reading import buttons, links, parts, text

pytestmark = pytest.mark.simcord(settle_timeout=60)
GONE = "This question is not open any more: somebody solved it, or its 30 days are over."
NOT_YOURS = "Only those whom this server lets approve sources may do this."


@pytest.fixture
def server(env: Env, simcord_bot: Sourcier) -> Asking:
    return Asking(env, simcord_bot, "one")


def told(person: MemberActor) -> list[str]:
    """Return what somebody was told in private."""
    return [text(message) for message in person.user.dm_channel.history()]


def openings(message: Any) -> list[str]:
    """Return the custom ids of the buttons that open a question, in their order."""
    found = [str(part.get("custom_id")) for part in parts(message)]
    return [known for known in found if known.startswith("gap:show:")]


async def test_what_was_asked_in_vain_is_solved_by_a_source_and_told_once_to_whoever_wished(server: Asking) -> None:
    await server.ask_in_vain(server.member, OPENED)
    answer = await server.ask_in_vain(server.member, RUNS, wish=True)
    await server.complain(server.bob, answer, "no answer", "on *le* sait <@1>")
    await server.ask_in_vain(server.bob, RUNS_AGAIN, wish=True)
    message = await server.use("gaps")
    shown = seen(message)
    assert "2 questions asked in vain" in shown
    assert shown.index(RUNS_AGAIN) < shown.index(OPENED)
    assert "asked 2 times · by 2 people · 2 want to be told · last <t:" in shown
    assert "It does not answer the question · “on *le* sait <@1>”" in shown
    await server.manager.click(message, custom_id=openings(message)[0])
    assert f"Also asked as\n- {RUNS}" in seen(message).replace("**", "")
    assert "Asked again now: the sources still do not answer it." in seen(message)
    source = await server.add_source()
    form = await server.form(message)
    assert form.modal is not None
    (choice,) = form.modal["components"][0]["component"]["options"]
    assert (choice["label"], choice["value"], choice["default"]) == (source.title, source.id, True)
    await server.manager.submit_modal(form, {"chosen": [source.id]})
    assert f"“{RUNS_AGAIN}” is solved by “{source.title}”." in seen(message)
    assert f"Asked again now: answered, from “{source.title}”\n> {BAKER}" in seen(message)
    assert "2 people were told" in seen(message)
    for person, question in ((server.member, RUNS), (server.bob, RUNS_AGAIN)):
        (news,) = person.user.dm_channel.history()
        assert f"Votre question\u00a0: «\u00a0{question}\u00a0»" in text(news)
        assert f"Les modérateurs de one ont maintenant une source à ce sujet\u00a0: «\u00a0{source.title}" in text(news)
        assert links(news) == [f"https://discord.com/channels/{server.guild.id}"]
    await server.press(message, "All open questions")
    assert RUNS_AGAIN not in seen(message)
    assert OPENED in seen(message)
    (deed,) = (await server.bot.library.journal.read(server.shelf, source.id, limit=1)).deeds
    assert (deed.act, deed.by) == (Act.GAP_SOLVED, str(server.manager.id))
    await server.ask_in_vain(server.bob, RUNS)
    assert len(told(server.bob)) == 1


async def test_nothing_that_moderators_see_says_who_asked(server: Asking, env: Env) -> None:
    answer = await server.ask_in_vain(server.member, f"={RUNS}", wish=True)
    await server.complain(server.bob, answer, "outdated", "@SUM(A1)")
    start = len(env.http_requests)
    message = await server.use("gaps")
    await server.press(message, "Open")
    await server.press(message, "Back")
    name, content = await file_of(await server.press(message, "As a table (CSV)"))
    (row,) = csv.DictReader(io.StringIO(content.decode("utf-8-sig")))
    assert name == "gaps.csv"
    assert row["question"] == f"'={RUNS}"
    assert (row["asked"], row["people"], row["wishing"], row["complaints"]) == ("1", "1", "1", "1")
    assert row["said"] == "outdated: @SUM(A1)"
    sent = repr([request.json for request in env.http_requests[start:]]) + content.decode()
    for person in (server.member, server.bob):
        assert str(person.id) not in sent
        assert person.name not in sent


async def test_a_source_is_named_by_its_title_also_a_shared_one_and_what_is_unclear_changes_nothing(
    server: Asking,
) -> None:
    await server.ask_in_vain(server.member)
    message = await server.use("gaps")
    await server.press(message, "Open")
    form = await server.form(message)
    assert form.modal is not None
    asked_for = [part["component"]["custom_id"] for part in form.modal["components"]]
    assert asked_for == ["named", "sentence"], "there is none to choose"
    removed = await server.add_source("Rien.", "Une source retirée")
    await server.bot.library.remove(removed.id, by="1", shelf=server.shelf)
    await server.add_source("Encore rien.", "Le marché de Valbrune")
    for values, said in (
        ({"named": "le marchand"}, "I know of no live source called “le marchand” here."),
        ({"named": "Le marchay de Valbrune"}, "Did you mean “Le marché de Valbrune”?"),
        ({"named": removed.title}, "I know of no live source called “Une source retirée” here."),
        ({}, "Please choose a source, or write the title of one."),
        ({"named": "   "}, "Please choose a source, or write the title of one."),
    ):
        result = await server.manager.submit_modal(await server.form(message), values)
        assert said in "".join(seen(one) for one in result.followups), values
    assert len(await server.gaps()) == 1
    await server.manager.submit_modal(await server.form(message), {"named": "abilene-crusoe"})
    assert "is solved by “Le centre de données d’OpenAI" in seen(message)
    assert "the sources still do not answer it" in seen(message)
    assert "told" not in seen(message)
    assert await server.gaps() == []
    await server.press(message, "All open questions")
    assert "Nothing was asked in vain in the last 30 days." in seen(message)


async def test_the_sentence_that_answers_is_kept_with_the_question_before_it_is_solved(server: Asking) -> None:
    await server.ask_in_vain(server.member, wish=True)
    message = await server.use("gaps")
    await server.press(message, "Open")
    source = await server.add_source(f"{BAKER} Le pain y est bon.")
    other = await server.add_source("Le marché a lieu chaque mardi matin.", "Le marché de Valbrune")
    form = await server.form(message)
    assert form.modal is not None
    field = form.modal["components"][-1]
    assert (field["label"], field["component"]["max_length"]) == ("The sentence that answers it", 2_000)
    assert (field["component"]["style"], field["component"]["required"]) == (2, False)
    for values, said in (
        ({"chosen": [other.id], "sentence": BAKER}, f"does not stand word for word in “{other.title}”."),
        ({"named": source.id, "sentence": "Ninon Brosse la dirige."}, "does not stand word for word in “"),
        ({"named": source.id, "sentence": "Ninon"}, "The sentence that answers has at least 3 words"),
    ):
        result = await server.manager.submit_modal(await server.form(message), values)
        assert said in "".join(seen(one) for one in result.followups), values
    assert len(await server.gaps()) == 1
    assert told(server.member) == []
    assert await server.bot.library.goldens.all(server.shelf) == []
    sentence = BAKER.replace(" ", "\n  ")
    await server.manager.submit_modal(await server.form(message), {"chosen": [source.id], "sentence": sentence})
    assert f"“{RUNS}” is solved by “{source.title}”." in seen(message)
    assert await server.gaps() == []
    assert len(told(server.member)) == 1
    (golden,) = await server.bot.library.goldens.all(server.shelf)
    assert golden == Golden(question=RUNS, source=source.id, sentence=BAKER)
    (added, solved) = (await server.bot.library.journal.read(server.shelf, limit=2)).deeds[::-1]
    assert [added.act, solved.act] == [Act.GOLDEN_ADDED, Act.GAP_SOLVED]
    assert {added.by, solved.by} == {str(server.manager.id)}


async def test_a_closed_question_is_told_as_such_and_who_cannot_be_reached_is_counted(env: Env, server: Asking) -> None:
    gone = server.guild.add_member(env.create_user("gone"))
    for person in (gone, server.member, server.bob):
        await server.ask_in_vain(person, RUNS, wish=True)
    server.guild.remove_member(gone)
    message = await server.use("gaps")
    await server.press(message, "Open")
    await server.press(message, "Close without a source")
    assert f"Close “{RUNS}” without a source? It opens again when it is asked again." in seen(message)
    assert "3 people who wanted to know are told that it was closed." in seen(message)
    await server.press(message, "Back")
    await server.press(message, "Close without a source")
    assert len(await server.gaps()) == 1
    channel = server.bob.user.dm_channel
    env.inject_error("POST", f"/channels/{channel.id}/messages", status=403, code=50007)
    await server.press(message, "Close it")
    assert f"“{RUNS}” is closed." in seen(message)
    assert "1 person was told, 2 could not be reached" in seen(message)
    assert "l’ont close sans nouvelle source" in told(server.member)[0]
    assert told(server.bob) == told(gone) == []
    assert await server.gaps() == []


async def test_whoever_may_only_add_reads_and_nobody_else_does_and_rights_are_asked_at_every_press(
    env: Env, server: Asking
) -> None:
    await server.ask_in_vain(server.member, wish=True)
    await server.let_add()
    refused = await server.use("gaps", server.member)
    assert seen(refused) == "Only those whom this server lets add sources may do this."
    message = await server.use("gaps", server.adder)
    await server.press(message, "Open", server.adder)
    assert set(buttons(message)) == {"Back"}
    (gap,) = await server.gaps()
    for act in ("solve", "close", "surely"):
        result = await forge(env, server.adder, message, button(f"gap:{act}:{gap.id}:0:0"))
        assert NOT_YOURS in seen(result.response), act
    await server.bot.preferences.set(server.shelf, Setting.MAY_APPROVE, str(server.adding.id))
    await server.press(message, "Back", server.adder)
    await server.press(message, "Open", server.adder)
    form = await server.adder.click(message, label="Solved by a source…")
    source = await server.add_source()
    await server.let_add(server.ruling)
    result = await server.adder.submit_modal(form, {"named": source.id})
    assert seen(result.response) == NOT_YOURS
    for act in ("list::0", "table::0", f"show:{gap.id}:0", f"solve:{gap.id}:0", f"surely:{gap.id}:0"):
        result = await forge(env, server.adder, message, button(f"gap:{act}:0"))
        assert "Only those whom this server lets" in seen(result.response), act
    assert [known.id for known in await server.gaps()] == [gap.id]


async def test_another_server_sees_nothing_of_it_and_forged_or_old_presses_change_nothing(
    env: Env, server: Asking, simcord_bot: Sourcier
) -> None:
    other = Asking(env, simcord_bot, "two")
    await server.ask_in_vain(server.member, wish=True)
    (gap,) = await server.gaps()
    foreign = await other.add_source()
    message = await other.use("gaps")
    assert "Nothing was asked in vain" in seen(message)
    for act in ("show", "solve", "close", "surely"):
        result = await forge(env, other.manager, message, button(f"gap:{act}:{gap.id}:0:0"))
        said = [seen(one) for one in result.followups] or [seen(result.response)]
        assert said == [GONE], act
    mine = await server.use("gaps")
    for forged in (
        "gap:list:::0",
        "gap:show:zz:0:0",
        f"gap:surely:{gap.id}:0",
        f"gap:surely:{gap.id.upper()}x:0:0",
        f"gap:surely:{gap.id}:0:0\n",
        f"gap:drop:{gap.id}:0:0",
        "gap:list::99999:0",
        "gap:list::٣:0",
    ):
        assert not (await forge(env, server.manager, mine, button(forged))).acknowledged, forged
    await forge(env, server.manager, mine, button("gap:list::9999:0"))
    assert RUNS in seen(mine), "a page that is not there is the last one"
    await forge(env, server.manager, mine, button(f"gap:show:{gap.id}:9999:9999"))
    await server.manager.submit_modal(await server.form(mine), {"named": foreign.id})
    assert len(await server.gaps()) == 1
    assert told(server.member) == []


async def test_buttons_and_the_form_outlive_a_restart_but_not_the_question(
    env: Env, server: Asking, settings: Settings
) -> None:
    await server.ask_in_vain(server.member, wish=True)
    source = await server.add_source()
    message, late = await server.use("gaps"), await server.use("gaps")
    await server.press(late, "Open")
    late_form = await server.form(late)
    server.bot = create_bot(settings)
    await env.restart_bot(server.bot)
    await server.press(message, "Open")
    form = await server.form(message)
    server.bot = create_bot(settings)
    await env.restart_bot(server.bot)
    await server.manager.submit_modal(form, {"chosen": [source.id]})
    assert f"is solved by “{source.title}”" in seen(message)
    assert "1 person was told" in seen(message)
    result = await server.manager.submit_modal(late_form, {"chosen": [source.id]})
    assert [seen(one) for one in result.followups] == [GONE]
    assert len(told(server.member)) == 1


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("sign", ["*", "- ", "\U0001f600"])
def test_the_fullest_messages_fit(language: Language, sign: str) -> None:
    speaker, long = translator(language), sign * 700
    said = tuple(Said(Complaint.NO_ANSWER, long[:500], datetime.now(UTC)) for _ in range(9))
    facts = tuple(
        speaker.plural(one, many, 12_345)
        for one, many in (
            ("asked {count} time", "asked {count} times"),
            ("by {count} person", "by {count} people"),
            ("{count} wants to be told", "{count} want to be told"),
        )
    )
    card = GapCard("0" * 12, long, facts, datetime.now(UTC), (long,) * 9, said)
    now = Now(answered=True, title=long, quote=long)
    cards = [card._replace(id=f"{number:012x}") for number in range(12)]
    lists = [GapsView(cards, page, speaker) for page in range(3)]
    shown = [GapView(card, now, speaker, page=page, back=9_999, may_solve=True) for page in range(4)]
    closing = CloseView(card, 12_345, 9_999, speaker)
    solved = [SolvedView(long, long, now, telling, speaker) for telling in (Telling(left=9), Telling(9, 9))]
    news = [GapNewsView(long, title, long, "https://discord.com/channels/1", speaker) for title in (long, "")]
    for view in (*lists, *shown, closing, *solved, *news):
        check_message({"components": view.to_components(), "allowed_mentions": {"parse": []}})  # type: ignore[no-untyped-call]


def test_the_history_tells_what_was_solved_and_how_as_long_as_its_words_are_kept() -> None:
    def told(subject: str, detail: dict[str, str | int | list[str]]) -> str:
        deed = Deed(at=datetime.now(UTC), by="1", act=Act.GAP_SOLVED, subject=subject, detail=detail)
        return lay_out_deed(deed, Names(), translator("en")).sentence

    assert told("le-phare", {"question": RUNS}) == f"Question answered by a source since: “{RUNS}”"
    assert told("le-phare", {}) == "A question answered by a source since"
    assert told("", {"question": RUNS}) == f"Question closed without a source: “{RUNS}”"
    assert told("", {}) == "A question closed without a source"
