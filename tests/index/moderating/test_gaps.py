"""Gaps: what was asked in vain, questions that mean the same together, until a moderator takes it for solved."""

import asyncio
import random
from datetime import UTC, datetime, timedelta

import pytest

from index.errors import NotFound
from index.language.detection import detect
from index.language.dictionary import shipped
from index.library import Library
from index.model import SHARED, Article, Complaint, Reason, Verdict
from index.moderating.gaps import Gap, Solved
from index.moderating.grouping import Asked, group
from index.moderating.model import Act
from index.store.answers import grouped

HERE, THERE = "discord-1", "discord-2"
NAMES = frozenset("openai oracle amd microsoft crusoe abilene stargate nvidia".split())
LIGHT = Article(title="Le phare de Cordouan", text="Le phare de Cordouan est dirigé par Maud Terrier.", language="fr")

SAME = (
    (
        "combien openai paie oracle",
        "openai paie combien à oracle",
        "Combien OpenAI paie-t-elle à Oracle ?",
        "combien openai paye oracle par an",
        "Bonjour, combien OpenAI paie à Oracle svp",
        "COMBIEN OPENAI PAIE ORACLE ???",
        "conbien openai paie a orcale",
        "cb openai paie oracle",
        "Combien d’argent OpenAi paiera-t-elle à Oracle chaque année ?",
        "How much does OpenAI pay Oracle?",
        "how mcuh does openai pay orcale",
        "openai pays oracle how much per year",
    ),
    ("combien de GW pour Oracle", "Combien de gigawatts pour Oracle ?", "oracle combien de gw"),
    ("combien de GW pour AMD", "Pour AMD, combien de gigawatts ?"),
    ("Qui dirige Crusoé ?", "qui est-ce qui dirige l’entreprise crusoe", "QUI DIRIGE CRUSOE"),
    ("Who runs Crusoe?", "who runs crusoe now"),
    ("Quand ouvre le centre d’Abilene ?", "le centre d'abilène ouvre quand"),
    ("Pourquoi le centre d’Abilene ouvre ?",),
    ("Combien Oracle paie-t-elle à OpenAI ?", "combien est payé à OpenAI par Oracle"),
    ("Combien OpenAI paie-t-elle à Oracle avant 2028 ?",),
    ("Combien OpenAI paie-t-elle à Oracle après 2028 ?",),
    ("Combien OpenAI paie-t-elle à Oracle après 2029 ?",),
    ("How many GB200 chips in Abilene?", "HOW MANY GB200 CHIPS ARE THERE AT ABILENE", "gb200 chips abilene how many?"),
    ("How many GB300 chips in Abilene?",),
    ("Combien vaut Anthropic ?", "combien vaut antropic"),
    ("Combien vaut Mistral ?",),
    ("Quelle est la consommation d’eau du centre de données ?", "consomation d'eau centre de donnees"),
    ("Quelle est la consommation d’électricité du centre de données ?",),
    ("Combien OpenAI paie-t-elle à Oracle pour l’électricité ?",),
    ("???",),
    ("\U0001f937",),
)


def asked(questions: list[str]) -> list[Asked]:
    return [Asked(question, detect(question, lexicon=shipped())) for question in questions]


async def keep(
    library: Library, question: str, by: str, shelf: str = HERE, *, origin: str = "", answered: bool = False
) -> str:
    """Let somebody ask in vain, or be answered; return the id of the answer."""
    answer = await library.ask(question, shelf)
    verdict, reason = (Verdict.ANSWERED, Reason.COVERED) if answered else (Verdict.UNANSWERED, Reason.NOT_COVERED)
    answer = answer.model_copy(update={"verdict": verdict, "reason": reason})
    return await library.memory.keep(answer, shelf=shelf, by=by, origin=origin or f"{shelf}/{by}/{question}")


async def only(library: Library, shelf: str = HERE) -> Gap:
    (gap,) = await library.gaps.open(shelf)
    return gap


@pytest.mark.parametrize("seed", range(5))
def test_questions_that_mean_the_same_are_together_and_no_others(seed: int) -> None:
    questions = [question for variants in SAME for question in variants]
    random.Random(seed).shuffle(questions)  # noqa: S311 - any order
    found = {frozenset(questions[place] for place in places) for places in group(asked(questions), NAMES)}
    assert found == {frozenset(variants) for variants in SAME}


def test_groups_come_in_the_order_of_their_first_question_and_hold_every_place_once() -> None:
    questions = asked(["Qui dirige Crusoe ?", "Combien vaut AMD ?", "qui dirige crusoe", "Qui dirige Crusoe ?"])
    assert group(questions) == [[0, 2, 3], [1]]
    assert group([]) == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Combien Samsung investit dans OpenAI ?", "Combien OpenAI investit dans Samsung ?"),
        ("Quel est le prix du GB200 ?", "Quel est le prix du GB300 ?"),
        ("Combien vaut Zorix ?", "Combien vaut Zorax ?"),  # five letters are too few to be taken for a slip
        ("Who owns AMD?", "Who owns ADM?"),
        ("Combien de sites en 2027 ?", "Combien de sites en 2028 ?"),
        ("Does OpenAI pay Oracle?", "Does OpenAI not pay Oracle?"),
        ("Combien de centres au Texas ?", "Combien de centres en France ?"),
        ("Combien OpenAI paie Oracle par mois ?", "Combien OpenAI paie Oracle par an ?"),
    ],
)
def test_what_differs_by_a_name_a_number_or_a_turn_is_not_the_same(one: str, other: str) -> None:
    assert len(group(asked([one, other]), NAMES)) == 2


def test_thousands_of_questions_and_hostile_ones_are_grouped() -> None:
    chance = random.Random(4)  # noqa: S311 - any names
    letters = "abcdefghijklmnopqrstuvwxyz"
    towns = ["".join(chance.choices(letters, k=chance.randint(10, 14))) for _ in range(500)]
    questions = [Asked(f"Qui dirige le site de {town} ?", "fr") for town in towns for _ in range(9)]
    questions += [Asked(f"le site de {town} : qui le dirige, svp", "fr") for town in towns]
    assert len(group(questions, NAMES)) == len(set(towns))
    long = " ".join("".join(chance.choices(letters, k=9)) for _ in range(2_000))
    assert len(group([Asked(long, "fr"), Asked("a" * 20_000, "fr"), Asked("\u0301" * 20_000, "en")])) == 3


async def test_what_was_asked_in_vain_is_there_most_asked_first_with_counts_and_no_more(library: Library) -> None:
    for by, question in (
        ("ann", "Qui dirige Crusoe ?"),
        ("bob", "Combien vaut Anthropic ?"),
        ("ann", "combien vaut antropic"),
        ("cid", "Combien vaut ANTHROPIC"),
        ("ann", "Combien vaut Anthropic ?"),
    ):
        await keep(library, question, by, origin=f"{by} {question}")
    await keep(library, "Qui a fondé Oracle ?", "ann", answered=True)
    await keep(library, "Qui dirige Crusoe ?", "eve", THERE)
    wished = await keep(library, "qui dirige crusoe", "dan")
    assert await library.memory.wish(wished, HERE, by="dan")
    assert await library.memory.wish(wished, HERE, by="eve")
    first, second = await library.gaps.open(HERE)
    assert (first.question, first.asked, first.people, first.wishing) == ("Combien vaut Anthropic ?", 4, 3, 0)
    assert first.wordings == ("Combien vaut Anthropic ?", "combien vaut antropic")
    assert (second.question, second.asked, second.people, second.wishing) == ("qui dirige crusoe", 2, 2, 2)
    assert datetime.now(UTC) - timedelta(minutes=1) < second.last <= datetime.now(UTC)
    assert (await only(library, THERE)).people == 1
    assert await library.gaps.open(SHARED) == []


async def test_a_question_is_one_gap_for_whatever_reason_it_was_refused(library: Library) -> None:
    reasons = [reason for reason in Reason if reason is not Reason.COVERED]
    for reason in reasons:
        answer = await library.ask("Combien vaut Anthropic ?", HERE)
        answer = answer.model_copy(update={"verdict": Verdict.UNANSWERED, "reason": reason})
        await library.memory.keep(answer, shelf=HERE, by=reason.value, origin=reason.value)
    gap = await only(library)
    assert (gap.asked, gap.people) == (len(reasons), len(reasons))


async def test_an_answer_that_was_found_wrong_is_a_gap_with_what_was_said_of_it(library: Library) -> None:
    right = await keep(library, "Combien OpenAI paie à Oracle ?", "ann", answered=True)
    await keep(library, "Combien de sites à Abilene ?", "ann", answered=True)
    await library.memory.report(right, HERE, by="bob", complaint=Complaint.OUTDATED, words="c’était en 2025")
    await library.memory.report(right, HERE, by="cid", complaint=Complaint.OTHER)
    gap = await only(library)
    assert (gap.question, gap.asked, gap.people) == ("Combien OpenAI paie à Oracle ?", 1, 1)
    assert {(report.complaint, report.words) for report in gap.reports} == {
        (Complaint.OUTDATED, "c’était en 2025"),
        (Complaint.OTHER, ""),
    }


async def test_a_solved_gap_is_closed_and_whoever_wished_is_to_be_told_once(library: Library) -> None:
    first = await keep(library, "Qui dirige le phare de Cordouan ?", "ann")
    second = await keep(library, "qui dirige le phare de cordouan", "bob")
    english = await keep(library, "How many sites in Texas?", "ann")
    for answer_id, by in ((first, "ann"), (second, "bob"), (first, "cid"), (second, "ann"), (english, "ann")):
        await library.memory.wish(answer_id, HERE, by=by)
    added = await library.add(LIGHT, by="7", shelf=HERE)
    gap = (await library.gaps.open(HERE))[0]
    assert (gap.asked, gap.wishing) == (2, 3)
    solved = await library.gaps.solve(gap.id, by="8", shelf=HERE, source_id=added.source.id)
    assert (solved.question, solved.source) == (gap.question, added.source.id)
    assert {(one.person, one.language) for one in solved.wishers} == {("ann", "fr"), ("bob", "fr"), ("cid", "fr")}
    assert {grouped(one.question) for one in solved.wishers} == {"qui dirige le phare de cordouan"}
    assert (await only(library)).question == "How many sites in Texas?"
    with pytest.raises(NotFound):
        await library.gaps.solve(gap.id, by="8", shelf=HERE)
    assert [wish.question for wish in await library.memory.wishes(HERE)] == ["How many sites in Texas?"]
    (deed,) = (await library.journal.read(HERE, added.source.id, limit=1)).deeds
    assert (deed.act, deed.by, deed.detail) == (Act.GAP_SOLVED, "8", {"question": gap.question})


@pytest.mark.parametrize("since", ["asked", "found wrong", "wished"])
async def test_a_solved_gap_is_open_again_after_what_happens_since(library: Library, since: str) -> None:
    answer_id = await keep(library, "Qui dirige Crusoe ?", "ann")
    await keep(library, "qui dirige crusoe", "bob")
    await library.memory.wish(answer_id, HERE, by="ann")
    await library.gaps.solve((await only(library)).id, by="8", shelf=HERE)
    assert await library.gaps.open(HERE) == []
    if since == "asked":
        await keep(library, "qui dirige Crusoé ?!", "ann")
    elif since == "found wrong":
        await library.memory.report(answer_id, HERE, by="cid", complaint=Complaint.NO_ANSWER)
    else:
        assert await library.memory.wish(answer_id, HERE, by="ann")
    gap = await only(library)
    assert (gap.asked, gap.people, gap.wishing) == (1, 1, int(since == "wished"))
    assert {one.person for one in (await library.gaps.solve(gap.id, by="8", shelf=HERE)).wishers} == (
        {"ann"} if since == "wished" else set()
    )


async def test_a_gap_is_known_by_the_id_that_any_of_its_wordings_ever_gave_it(library: Library) -> None:
    await keep(library, "Qui dirige Crusoe ?", "ann")
    before = (await only(library)).id
    await keep(library, "qui est-ce qui dirige l’entreprise crusoe", "bob")
    assert (await only(library)).id == before
    await library.memory.forget("ann")
    assert (await only(library)).id != before
    await keep(library, "Qui dirige Crusoe ?", "cid")
    assert (await library.gaps.find(before, HERE)).asked == 2


async def test_a_gap_is_solved_by_what_lives_on_its_own_shelf_or_the_shared_one(library: Library) -> None:
    for shelf in (HERE, THERE):
        await keep(library, "Qui dirige Crusoe ?", "ann", shelf)
    theirs = (await library.add(LIGHT, by="7", shelf=THERE)).source.id
    removed = (await library.add(LIGHT, by="7", shelf=HERE, source_id="removed")).source.id
    await library.remove(removed, by="7", shelf=HERE)
    gap = await only(library)
    for source_id in (theirs, removed, "nothing", ""):
        with pytest.raises(NotFound, match="no source called"):
            await library.gaps.solve(gap.id, by="8", shelf=HERE, source_id=source_id)
    for gap_id in ("", "zz", "0" * 12):
        with pytest.raises(NotFound, match="not open"):
            await library.gaps.solve(gap_id, by="8", shelf=HERE)
    await library.gaps.solve(gap.id, by="8", shelf=HERE, source_id="abilene-crusoe")
    assert (await library.gaps.open(HERE), len(await library.gaps.open(THERE))) == ([], 1)


async def test_two_moderators_who_solve_the_same_at_once_have_nobody_told_twice(library: Library) -> None:
    answer_id = await keep(library, "Qui dirige Crusoe ?", "ann")
    await library.memory.wish(answer_id, HERE, by="ann")
    gap = await only(library)
    both = await asyncio.gather(
        *(library.gaps.solve(gap.id, by=by, shelf=HERE) for by in ("8", "9")), return_exceptions=True
    )
    assert sum(len(solved.wishers) for solved in both if isinstance(solved, Solved)) == 1


async def test_forgetting_a_person_takes_their_words_from_everywhere(library: Library) -> None:
    mine, theirs = "Qui dirige la société de mon beau-frère Crusoe ?", "Combien vaut Anthropic ?"
    for question, by in ((mine, "ann"), (theirs, "bob")):
        answer_id = await keep(library, question, by)
        await library.memory.wish(answer_id, HERE, by="cid")
        await library.memory.report(answer_id, HERE, by="cid", complaint=Complaint.OTHER)
    for gap in await library.gaps.open(HERE):
        await library.gaps.solve(gap.id, by="8", shelf=HERE)
    await library.memory.forget("ann")
    rows = await everything(library)
    assert "beau-frère" not in rows
    assert "beau" not in rows
    assert theirs in rows
    deeds = [deed for deed in (await library.journal.read(HERE)).deeds if deed.act is Act.GAP_SOLVED]
    assert sorted(str(deed.detail.get("question")) for deed in deeds) == [theirs, "None"]
    assert {deed.by for deed in deeds} == {"8"}


async def test_the_words_of_solved_questions_are_gone_when_their_answers_are(library: Library) -> None:
    await keep(library, "Qui dirige Crusoe ?", "ann")
    await library.gaps.solve((await only(library)).id, by="8", shelf=HERE)
    assert "crusoe" not in str(await table(library, "solutions"))
    await library.retention.expire(datetime.now(UTC) + timedelta(days=29))
    assert "dirige Crusoe" in await everything(library)
    await library.retention.expire(datetime.now(UTC) + timedelta(days=31))
    assert "dirige Crusoe" not in await everything(library)
    assert await table(library, "solutions") == []


async def table(library: Library, name: str) -> list[object]:
    async with library._store.read() as connection:
        return list((await connection.exec_driver_sql(f"SELECT * FROM {name}")).all())  # noqa: S608


async def everything(library: Library) -> str:
    """Return all that is kept of asking and moderating, as text."""
    names = ("answers", "reports", "wishes", "solutions", "acts", "goldens")
    return "\n".join([str(await table(library, name)) for name in names])
