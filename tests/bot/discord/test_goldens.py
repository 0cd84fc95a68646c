"""/golden: questions whose right answer moderators know, kept for each server and held against its sources."""

from typing import Any

import pytest
from simcord.actors import MemberActor
from simcord.env import Env

from bot.client import Sourcier, create_bot
from bot.moderation.doubts import Doubts, doubt_lines
from bot.moderation.goldens import golden_lines
from bot.rules.preferences import Setting
from bot.settings import Settings
from bot.translation import translator
from bot.views.draft_controls import Act as DraftAct
from bot.views.drafts import SureView
from bot.views.goldens import CheckedView, GoldensView
from bot.views.markdown import shown
from index.model import Language
from index.moderating.goldens import Golden, Held
from index.moderating.model import Act, Alike, Likeness
from tests.bot.discord.asking_server import BAKER, RUNS, Asking
from tests.bot.discord.dealers import seen
from tests.bot.discord.forging import button, forge
from tests.bot.discord.limits import check_message
from tests.bot.discord.reading import buttons
from tests.bot.figures import made_source

pytestmark = pytest.mark.simcord(settle_timeout=60)

PAID = "Combien OpenAI paie-t-elle Oracle par an ?"
LONG = f"{PAID} J'aimerais bien savoir, **tous** ici : j'ai lu quelque part que, il paraît que, merci d'avance."


@pytest.fixture
def server(env: Env, simcord_bot: Sourcier) -> Asking:
    return Asking(env, simcord_bot, "one")


async def offered(
    server: Asking, command: str, option: str, typed: str, member: MemberActor | None = None
) -> dict[str, str]:
    """Return the values that are offered for what is typed so far, by their names."""
    choices = await (member or server.manager).autocomplete(server.channel, command, option, typed)
    return {choice["name"]: str(choice["value"]) for choice in choices}


async def test_a_golden_question_is_kept_checked_and_removed(server: Asking) -> None:
    library = server.bot.library
    source = await server.add_source()
    assert "There are no golden questions here yet: </golden add:" in seen(await server.use("golden list"))
    sources = await offered(server, "golden add", "source", "fournil")
    assert sources == {source.title: source.id}
    assert "oracle-4-5-gw" in (await offered(server, "golden add", "source", "oracle")).values()
    kept = seen(await server.use("golden add", question=RUNS, source=source.id))
    assert f"Kept as a golden question: “{RUNS}”" in kept
    assert f"expected: “{source.title}”" in kept
    assert "It is answered rightly now." in kept
    kept = seen(await server.use("golden add", question=LONG, source="oracle-4-5-gw", figure="31 milliards de dollars"))
    assert "expected: “OpenAI achète la puissance de cloud computing d'Oracle” · 31 milliards de dollars" in kept
    assert "It is not answered rightly now: answered from “OpenAI achète" in kept
    listed = seen(await server.use("golden list"))
    assert "2 golden questions" in listed
    assert listed.index(RUNS) < listed.index(LONG)
    checked = seen(await server.use("golden check"))
    assert "1 of 2 golden questions are answered rightly" in checked
    assert checked.index("Not answered rightly") < checked.index(LONG) < checked.index("Answered rightly")
    await library.remove(source.id, by="1", shelf=server.shelf)
    checked = seen(await server.use("golden check"))
    assert "0 of 2 golden questions are answered rightly" in checked
    assert f"{RUNS}\nexpected: “{source.title}” · unanswered" in checked.replace("-# ", "")
    questions = await offered(server, "golden remove", "question", "OPENAI paie")
    (name,) = questions
    assert LONG.startswith(name.removesuffix("…"))
    removed = seen(await server.use("golden remove", question=questions[name]))
    assert f"Removed: “{LONG}” is no golden question any more." in removed
    assert "There is no golden question “Quoi ?” here" in seen(await server.use("golden remove", question="Quoi ?"))
    await server.use("golden remove", question=RUNS.upper())
    assert await library.goldens.all(server.shelf) == []
    acts = [(deed.act, deed.by) for deed in (await library.journal.read(server.shelf, LONG)).deeds]
    assert acts == [(Act.GOLDEN_DROPPED, str(server.manager.id)), (Act.GOLDEN_ADDED, str(server.manager.id))]


async def test_the_sentence_that_answers_is_kept_and_shown_cut_where_it_is_long(server: Asking) -> None:
    tail = ", et ce *fut* une longue histoire que l’on raconte encore" * 4
    source = await server.add_source(f"{BAKER}\n\nElle «\u00a0l’\u00a0» a dit{tail}.")
    kept = seen(await server.use("golden add", question=RUNS, sentence=f" {BAKER} "))
    assert f"expected: “{source.title}” · “{BAKER}”" in kept
    assert "Questions like this one now find that sentence." in kept
    assert "It is answered rightly now." in kept
    typed = f'Elle "l\'" a dit{tail}.'
    kept = seen(await server.use("golden add", question=PAID, sentence=typed, source=source.title, figure="1 GW"))
    assert f"expected: “{source.title}” · 1 GW · “Elle « l’ » a dit, et ce *fut* une longue" in kept
    assert "Questions like this one now find that sentence." in kept
    assert "It is not answered rightly now" in kept
    first, second = await server.bot.library.goldens.all(server.shelf)
    assert first == Golden(question=RUNS, source=source.id, sentence=BAKER)
    assert second.sentence == f"Elle «\u00a0l’\u00a0» a dit{tail}."
    for command in ("list", "check"):
        shown_there = seen(await server.use(f"golden {command}"))
        assert "“Elle « l’ » a dit, et ce *fut* une longue" in shown_there
        assert "…”" in shown_there
        assert (f"“{BAKER}”" in shown_there) == (command == "list"), "what is answered rightly is only named"
    kept = seen(await server.use("golden add", question=RUNS, source=source.id))
    assert "find that sentence" not in kept


async def test_what_cannot_be_kept_is_refused_in_a_sentence(server: Asking) -> None:
    await server.add_source("Rien.", "Le marché de Valbrune")
    cases: tuple[tuple[dict[str, Any], str], ...] = (
        ({}, "A golden question needs the source that answers it, or the sentence or figure that does."),
        ({"figure": "beaucoup"}, "“beaucoup” is not one number with its unit, such as 4.5 GW."),
        ({"sentence": "Deux mots"}, "The sentence that answers has at least 3 words and at most 2,000 characters."),
        ({"sentence": BAKER}, "This sentence does not stand word for word in any source here."),
        (
            {"sentence": BAKER, "source": "Le marché de Valbrune"},
            "This sentence does not stand word for word in “Le marché de Valbrune”.",
        ),
        ({"source": "le marchay de valbrune"}, "Did you mean “Le marché de Valbrune”?"),
        ({"source": "zzz @everyone"}, "I know of no live source called “zzz @everyone” here."),
    )
    for options, said in cases:
        assert said in seen(await server.use("golden add", question=PAID, **options)), options
    assert await server.bot.library.goldens.all(server.shelf) == []


async def test_golden_questions_are_their_server_s_and_their_moderators_alone(
    env: Env, server: Asking, simcord_bot: Sourcier
) -> None:
    other = Asking(env, simcord_bot, "two")
    theirs = await other.add_source()
    await other.use("golden add", question=RUNS, source=theirs.id)
    await server.let_add()
    assert "no golden questions here yet" in seen(await server.use("golden list", server.adder))
    assert "no golden questions here yet" in seen(await server.use("golden check", server.adder))
    assert await offered(server, "golden remove", "question", "") == {}
    assert theirs.title not in await offered(server, "golden add", "source", "fournil")
    assert "I know of no live source" in seen(await server.use("golden add", question=RUNS, source=theirs.id))
    assert "There is no golden question" in seen(await server.use("golden remove", question=RUNS))
    only_approving = "Only those whom this server lets approve sources may do this."
    for command, options in (("golden add", {"source": "oracle-4-5-gw"}), ("golden remove", {})):
        assert seen(await server.use(command, server.adder, question=PAID, **options)) == only_approving
    for command in ("golden list", "golden check"):
        assert "Only those whom this server lets" in seen(await server.use(command, server.member))
    assert await offered(server, "golden add", "source", "", server.member) == {}
    assert await offered(server, "golden remove", "question", "", server.member) == {}
    assert await server.bot.library.goldens.all(server.shelf) == []
    assert len(await server.bot.library.goldens.all(other.shelf)) == 1


async def test_pages_are_turned_after_a_restart_by_whoever_still_may(
    env: Env, server: Asking, settings: Settings
) -> None:
    for number in range(20):
        golden = Golden(question=f"{number:02d} {'Combien paie OpenAI ? ' * 10}", source="oracle-4-5-gw")
        await server.bot.library.goldens.add(golden, by="1", shelf=server.shelf)
    await server.let_add()
    for command in ("list", "check"):
        message = await server.use(f"golden {command}", server.adder)
        whole = seen(message)
        bot = create_bot(settings)
        await env.restart_bot(bot)
        while "▶" in buttons(message):
            await server.press(message, "▶", server.adder)
            whole += seen(message)
        assert all(whole.count(f"{number:02d} Combien") == 1 for number in range(20)), command
        for forged in (f"golden:{command}:-1", f"golden:{command}:0:1", f"golden:{command}:", f"golden:{command}:0\n"):
            assert not (await forge(env, server.adder, message, button(forged))).acknowledged, forged
        await forge(env, server.adder, message, button(f"golden:{command}:9999"))
        assert "19 Combien" in seen(message)
    await bot.preferences.set(server.shelf, Setting.MAY_ADD, str(server.ruling.id))
    result = await forge(env, server.adder, message, button("golden:check:0"))
    assert "Only those whom this server lets" in seen(result.response)


def test_what_approval_would_change_is_told_in_words_and_what_stays_is_not() -> None:
    def held(question: str, *, now: bool, then: bool, got: str = "") -> Held:
        return Held(Golden(question=question, source="a", figure="320 MW"), now, then, got)

    stays = [held("Toujours ?", now=True, then=True), held("Jamais ?", now=False, then=False)]
    speaker, titles = translator("en"), {"a": "Le *phare*", "b": "La digue"}
    assert golden_lines(stays, {}, speaker) == []
    worse = [held(f"Pire *{number}* ?", now=True, then=False, got="b" * (number % 2)) for number in range(10)]
    lines = golden_lines([*stays, *worse, held("Mieux ?", now=False, then=True, got="a")], titles, speaker)
    assert lines[0] == "**10 golden questions are answered rightly now, and would not be any more:**"
    assert shown(lines[1]).splitlines()[:4] == [
        "- Pire *0* ?",
        "-# expected: “Le *phare*” · 320 MW · then unanswered",
        "- Pire *1* ?",
        "-# expected: “Le *phare*” · 320 MW · then from “La digue”",
    ]
    assert len(lines[1].splitlines()) == 7
    assert lines[1].endswith("-# …")
    assert lines[2] == "**1 golden question is not answered rightly now, and would be:**"
    assert shown(lines[3]) == "- Mieux ?\n-# expected: “Le *phare*” · 320 MW · then from “Le *phare*”"


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("sign", ["*", "\U0001f600"])
def test_the_fullest_pages_fit(language: Language, sign: str) -> None:
    golden = Golden(question=sign * 500, source="a" * 80, figure=sign * 100, sentence=sign * 2_000)
    titles = {"a" * 80: sign * 300}
    speaker = translator(language)
    held = [Held(golden, now, now, "a" * 80) for now in (True, False) for _ in range(6)]
    lists = [GoldensView([golden] * 6, titles, page, speaker) for page in range(4)]
    checks = [CheckedView(held, titles, page, speaker) for page in range(6)]
    changed = [Held(golden, now, not now, "a" * 80) for now in (True, False) for _ in range(200)]
    same = [Alike(likeness=Likeness.SAME_TEXT, source=made_source(title=sign * 300), share=1)] * 9
    lines = doubt_lines(Doubts("", tuple(same), tuple(changed)), titles, speaker)
    sure = SureView("d" * 16, lines, DraftAct.APPROVE_ANYWAY, "!", speaker, key="0" * 12)
    for view in (*lists, *checks, sure):
        check_message({"components": view.to_components(), "allowed_mentions": {"parse": []}})  # type: ignore[no-untyped-call]
