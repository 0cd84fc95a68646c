"""What any answer promises: quotes are verbatim, refusals say why, and nothing breaks on odd questions."""

import json
import shutil
from collections.abc import AsyncIterator, Mapping
from pathlib import Path

import pytest
import pytest_asyncio
from hypothesis import given, settings
from hypothesis import strategies as st

from index.library import Library
from index.model import Answer, Reason, Verdict

pytestmark = pytest.mark.asyncio(loop_scope="module")

QUESTIONS = [
    json.loads(line)
    for line in (Path(__file__).parents[1] / "questions" / "seeds.jsonl").read_text("utf-8").splitlines()
]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def seeds(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Library]:
    """The library of the first day, which no test that asks for it changes."""
    folder = shutil.copytree(prepared, tmp_path_factory.mktemp("seeds") / "data")
    async with await Library.open(folder, "write") as opened:
        yield opened


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def texts(seeds: Library) -> Mapping[str, str]:
    """The text of each seed, by its id."""
    return {source.id: await seeds.text(source.id) for source in await seeds.sources()}


def assert_verbatim(texts: Mapping[str, str], answer: Answer) -> None:
    for citation in answer.citations:
        text = texts[citation.source.id]
        passage, quote = citation.passage, citation.highlight
        assert text[passage.start : passage.end] == passage.text
        assert text[quote.start : quote.end] == quote.quote
        assert passage.start <= quote.start < quote.end <= passage.end
        assert (passage.source, passage.version) == (citation.source.id, citation.source.version)


async def test_every_quote_in_the_answers_to_all_questions_is_a_verbatim_span(
    seeds: Library, texts: Mapping[str, str]
) -> None:
    assert len(QUESTIONS) >= 200
    for question in QUESTIONS:
        answer = await seeds.ask(question["question"], limit=12)
        assert_verbatim(texts, answer)
        assert [citation.rank for citation in answer.citations] == list(range(1, len(answer.citations) + 1))
        quotes = [(citation.source.id, citation.highlight.start) for citation in answer.citations]
        assert len(quotes) == len(set(quotes))


async def test_a_refusal_gives_a_reason_and_at_most_the_nearest_passage(seeds: Library) -> None:
    refused = 0
    for question in QUESTIONS:
        answer = await seeds.ask(question["question"])
        if answer.verdict is Verdict.UNANSWERED:
            refused += 1
            assert answer.reason is not Reason.COVERED
            assert len(answer.citations) <= 1
        else:
            assert answer.reason is Reason.COVERED
            assert 1 <= len(answer.citations) <= 3
    assert 0 < refused < len(QUESTIONS)


@pytest.mark.parametrize(
    ("question", "quoted"),
    [
        ("Combien OpenAI paie-t-elle Oracle par an ?", "30 milliards de dollars par an"),
        ("How much does OpenAI pay Oracle a year?", "30 milliards de dollars par an"),
        ("Who is the CFO of OpenAI?", "Sarah Friar"),
        ("Qui dirige Oracle ?", "Larry Ellison"),
        ("who is the ceo of openai these days", "Sam Altman"),
        ("How many homes could 4.5 GW power?", "trois millions de foyers"),
        ("cb de puces par batiment a abilene mdr", "50 000 puces"),
        ("C'est quoi l'inférence ?", "l’inférence fait référence"),
        (
            "J'ai lu quelque part que Microsoft n'est plus le fournisseur exclusif, c'est vrai ?",
            "n'est plus le fournisseur",
        ),
        ("Combien de puces GB200 Oracle a-t-il achetées ?", "400 000 puces GB200"),
        ("how many gb200 chips did oracle buy", "400 000 puces GB200"),
        ("Quand Crusoe a-t-elle été fondée ?", "Fondée en 2018"),
        ("Who built the Abilene data center?", "Crusoe"),
        ("Quelle participation OpenAI pourrait-elle prendre dans AMD ?", "participation de 10 %"),
        ("Crusoe spécialisée cryptomonnaie", "Fondée en 2018, Crusoe"),
        ("puces Nvidia Blackwell bâtiment", "50 000 puces Nvidia Blackwell"),
    ],
)
async def test_the_first_quote_answers(seeds: Library, question: str, quoted: str) -> None:
    answer = await seeds.ask(question)
    assert answer.verdict is Verdict.ANSWERED
    assert quoted in answer.citations[0].highlight.quote


@pytest.mark.parametrize(
    ("question", "reason", "missing"),
    [
        ("Combien Google paie-t-il Oracle ?", Reason.UNKNOWN_NAME, "Google"),
        ("What does Anthropic pay Oracle a year?", Reason.UNKNOWN_NAME, "Anthropic"),
        ("Quelle est la recette de la ratatouille ?", Reason.NOT_COVERED, "ratatouille"),
        ("Who is the CEO of AMD?", Reason.NOT_STATED, None),
        ("Qui est le PDG de Microsoft ?", Reason.NOT_STATED, None),
        ("Who runs Crusoe?", Reason.NOT_STATED, None),
        ("Combien OpenAI paiera-t-elle Oracle en 2026 ?", Reason.NOT_STATED, None),
        ("", Reason.NO_WORDS, None),
        ("???", Reason.NO_WORDS, None),
        ("où est-ce que c'est que le la les", Reason.NO_WORDS, None),
        ("🎉🎉", Reason.NO_WORDS, None),
        ("ما هو سعر النفط", Reason.NOTHING_FOUND, "سعر"),
    ],
)
async def test_a_question_that_no_source_answers_is_refused_for_its_reason(
    seeds: Library, question: str, reason: Reason, missing: str | None
) -> None:
    answer = await seeds.ask(question)
    assert (answer.verdict, answer.reason) == (Verdict.UNANSWERED, reason)
    assert missing is None or missing in answer.missing


@pytest.mark.parametrize(
    "question",
    [
        "puces " * 900,
        " ".join(f"mot{i}" for i in range(800)),
        "x" * 5_000,
        "Oracle\0GB200",
        "Oracle \udcff\udc80",
        "Combien\u202e de\u200b puces ?",
        "'" * 5_000,
        "4,5 " * 1_250,
    ],
)
async def test_odd_questions_are_answered_or_refused_like_any_other(
    seeds: Library, texts: Mapping[str, str], question: str
) -> None:
    answer = await seeds.ask(question)
    answer.model_dump_json()
    assert_verbatim(texts, answer)


@given(question=st.text(max_size=300))
@settings(deadline=None, max_examples=80)
async def test_no_question_breaks_an_answer(seeds: Library, texts: Mapping[str, str], question: str) -> None:
    answer = await seeds.ask(question)
    assert answer.question == question.encode("utf-8", "replace").decode()
    assert_verbatim(texts, answer)


async def test_the_language_of_the_answer_is_that_of_the_question(seeds: Library) -> None:
    assert (await seeds.ask("Qui dirige Oracle ?")).language == "fr"
    assert (await seeds.ask("Who runs Oracle?")).language == "en"
