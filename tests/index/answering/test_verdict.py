"""Why a question is refused: each reason is true of what the sources say."""

import shutil
from collections.abc import AsyncIterator
from pathlib import Path
from typing import NamedTuple

import pytest
import pytest_asyncio

from index import asking
from index.answering import compose
from index.answering.compose import Asked, Study
from index.answering.verdict import judge
from index.answering.weights import Tuned, shipped
from index.language import dictionary
from index.library import Library
from index.model import SHARED, Article, Language, Reason

pytestmark = pytest.mark.asyncio(loop_scope="module")

ARTICLES: tuple[tuple[Language, str, str], ...] = (
    (
        "fr",
        "La lampe du phare",
        "Le gardien du phare a réparé la vieille lampe avec ses outils. Les visiteurs admirent la pièce rare.",
    ),
    (
        "fr",
        "La roue du moulin",
        "Le meunier a construit la roue du moulin en 1987, à Nantes, car Paul payait 300 euros. Une roue est un rond.",
    ),
    (
        "fr",
        "Le pont de Morvane",
        "La commune a rénové le pont avec des fonds publics. Ce pont, que la commune aime, a 40 mètres depuis 1954.",
    ),
    ("fr", "Le canal de Morvane", "Le canal de Morvane a 42 écluses et de vieux quais."),
    (
        "en",
        "The castle garden",
        "The Varnholt company planted roses in the castle garden. Visitors love these roses.",
    ),
)
NEVER = Tuned(*(weights._replace(answer_least=2.0) for weights in shipped()))
"""Weights by which nothing is likely enough to answer."""


class Refused(NamedTuple):
    """Why a question is not answered, and the words that no source has."""

    reason: Reason
    missing: tuple[str, ...]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def told(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Library]:
    async with await Library.open(tmp_path_factory.mktemp("told"), "write", seeds=False) as library:
        for language, title, text in ARTICLES:
            await library.add(Article(text=text, title=title, language=language), by="a test")
        yield library


async def studied(library: Library, question: str, tuned: Tuned) -> tuple[Asked, Study]:
    """Return a question as it is understood, and what there is to answer it with by some weights."""
    ranker, ledger = await library._rankings.of(SHARED), await library._ledgers.of(SHARED)
    lexicon = dictionary.shipped()
    asked, found = asking.prepare(question, ranker, library._candidates, ledger, lexicon, 3)
    return asked, compose.study(asked, found, lexicon, tuned)


async def refused(library: Library, question: str) -> Refused:
    """Return why a question is refused where nothing that is found is enough to answer it."""
    asked, study = await studied(library, question, NEVER)
    return Refused(*judge(asked.question, asked.kind, study.words, study.choices, study.grounds, study.judged_by))


@pytest.mark.parametrize(
    ("question", "reason"),
    [
        ("Combien de lampes le gardien du phare a-t-il réparées ?", Reason.NO_QUANTITY),
        ("Quand le gardien du phare a-t-il réparé la lampe ?", Reason.NO_DATE),
        ("Qui a réparé la lampe du phare ?", Reason.NO_NAME),
        ("Dans quelle ville le gardien du phare a-t-il réparé la lampe ?", Reason.NO_PLACE),
        ("Pourquoi le gardien du phare a-t-il réparé la lampe ?", Reason.NO_REASON),
        ("Qu'est-ce que la lampe du phare ?", Reason.NO_DEFINITION),
        ("Quels outils le gardien du phare a-t-il utilisés ?", Reason.NO_LIST),
        ("Combien coûtent les travaux du pont que la commune a rénové avec des fonds publics ?", Reason.NO_QUANTITY),
        ("When did Varnholt plant roses in the castle garden?", Reason.NO_DATE),
        ("Why did Varnholt plant roses in the castle garden?", Reason.NO_REASON),
        ("How many roses did Varnholt plant in the castle garden?", Reason.NO_QUANTITY),
    ],
)
async def test_where_no_sentence_on_the_matter_has_the_kind_of_thing_asked_for_that_is_said(
    told: Library, question: str, reason: Reason
) -> None:
    assert (await refused(told, question)).reason is reason


@pytest.mark.parametrize(
    "question",
    [
        "Combien d'euros pour la roue du moulin ?",
        "Quand le meunier a-t-il construit la roue du moulin ?",
        "Qui a construit la roue du moulin ?",
        "Dans quelle ville le meunier a-t-il construit la roue du moulin ?",
        "Pourquoi le meunier a-t-il construit la roue du moulin ?",
        "Qu'est-ce qu'une roue ?",
    ],
)
async def test_no_kind_is_said_to_lack_that_a_sentence_on_the_matter_has(told: Library, question: str) -> None:
    assert (await refused(told, question)).reason is Reason.NOT_STATED


async def test_no_kind_is_said_to_lack_that_only_a_sentence_beside_the_best_has(told: Library) -> None:
    question = "Quand la commune a-t-elle rénové le pont avec des fonds publics ?"
    assert (await refused(told, question)).reason is Reason.NOT_STATED


async def test_a_number_of_another_measure_is_shown_with_no_claim_that_there_is_none(told: Library) -> None:
    question = "Combien coûtent les écluses et les vieux quais du canal de Morvane ?"
    assert (await refused(told, question)).reason is Reason.NOT_STATED


@pytest.mark.parametrize("question", ["Does Varnholt love visitors?", "Le gardien du phare a-t-il admiré la lampe ?"])
async def test_a_question_for_anything_is_not_stated_where_what_it_names_is_known(told: Library, question: str) -> None:
    assert (await refused(told, question)).reason is Reason.NOT_STATED


@pytest.mark.parametrize(
    ("question", "missing"),
    [
        ("Le gardien du phare a-t-il vu un zorglub ?", "zorglub"),
        ("Le gardien du phare a-t-il réparé le zorglub ?", "zorglub"),
        ("When did the Varnholt company sell its helicopters and submarines?", "helicopters"),
        ("Combien de lampes en 2035 ?", "2035"),
    ],
)
async def test_words_that_no_source_has_say_why_where_much_hangs_on_them(
    told: Library, question: str, missing: str
) -> None:
    found = await refused(told, question)
    assert found.reason is Reason.NOT_COVERED
    assert missing in found.missing


async def test_of_names_from_different_sources_it_is_only_said_that_they_are_spoken_of(told: Library) -> None:
    assert (await refused(told, "When did Varnholt visit Morvane?")).reason is Reason.NOT_STATED


async def test_what_names_something_unknown_is_not_said_to_be_spoken_of(told: Library) -> None:
    question = "Zyntrak loves the roses that the Varnholt company planted in the castle garden for visitors?"
    assert await refused(told, question) == (Reason.NOT_COVERED, ("Zyntrak",))


async def test_what_is_about_something_else_is_not_said_to_be_spoken_of(told: Library) -> None:
    assert await refused(told, "Un rond rare pour un château ?") == (Reason.NOT_COVERED, ())


@pytest.mark.parametrize(
    ("question", "reason", "missing"),
    [
        ("When did Zyntrak plant roses in the castle garden?", Reason.UNKNOWN_NAME, ("Zyntrak",)),
        ("Que dit le dentiste ?", Reason.NOTHING_FOUND, ("dentiste",)),
        ("???", Reason.NO_WORDS, ()),
    ],
)
async def test_names_that_no_source_has_and_questions_that_find_nothing_keep_their_reasons(
    told: Library, question: str, reason: Reason, missing: tuple[str, ...]
) -> None:
    assert await refused(told, question) == (reason, missing)


async def test_what_is_computed_answers_where_what_was_found_falls_short(
    prepared: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    question = "Compare la capacité d'Oracle et d'AMD"
    async with await Library.open(shutil.copytree(prepared, tmp_path / "data"), "write") as library:
        assert (await refused(library, question)).reason is Reason.NOT_STATED
        monkeypatch.setattr(compose, "shipped", lambda: NEVER)
        answer = await library.ask(question)
    assert answer.reason is Reason.COVERED
    assert any(figure.formula for figure in answer.figures)


async def test_a_reason_falls_short_where_passages_were_found_and_none_is_enough() -> None:
    others = {Reason.COVERED, Reason.NO_WORDS, Reason.NOTHING_FOUND, Reason.UNKNOWN_NAME}
    assert {reason for reason in Reason if not reason.falls_short} == others


@pytest.mark.parametrize(
    ("question", "unmatched"),
    [
        ("When was the Varnholt company founded?", 0.0),
        ("When was Varnholt founded?", 1.0),
        ("Quand Varnholt a-t-elle déménagé ?", 1.0),
        ("En quelle année Varnholt a-t-elle été créée ?", 1.0),
        ("Did Varnholt plant anything?", 0.0),
        ("Qui est Varnholt ?", 0.0),
    ],
)
async def test_a_name_that_is_all_that_is_found_of_a_question_speaks_against_answering(
    told: Library, question: str, unmatched: float
) -> None:
    _, study = await studied(told, question, shipped())
    assert study.grounds is not None
    assert study.grounds.unmatched == unmatched
    assert study.judged_by.verdict.unmatched < 0


async def test_a_question_mostly_of_words_that_nobody_has_is_refused_however_likely(told: Library) -> None:
    anything = shipped().general._replace(answer_least=0.0)
    for question, reason in (
        ("combien de roues snorfle trindax ?", Reason.NOT_COVERED),
        ("combien de roues ?", Reason.COVERED),
    ):
        asked, study = await studied(told, question, Tuned(anything, anything))
        judgement = judge(question, asked.kind, study.words, study.choices, study.grounds, anything)
        assert judgement.reason is reason
