"""Questions that want a figure: the right one comes first with its sentence, and no number without proof."""

import json
import shutil
from collections.abc import AsyncIterator, Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from index.figures.kinds import Metric, Operation
from index.figures.quantities import quantities
from index.library import Library
from index.model import Answer, Article, Figure, Reason, Verdict

pytestmark = pytest.mark.asyncio(loop_scope="module")

FILES = [Path(__file__).parents[1] / "questions" / f"{name}.jsonl" for name in ("figures", "figures_check", "seeds")]
QUESTIONS: list[dict[str, Any]] = [json.loads(line) for file in FILES for line in file.read_text("utf-8").splitlines()]
TUNING = [
    question
    for file in FILES
    if file.stem in {"seeds", "figures"}
    for question in map(json.loads, file.read_text("utf-8").splitlines())
    if question["half"] == "tune"
]
Answers = Mapping[str, Answer]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def seeds(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Library]:
    """The library of the first day, which no test here changes."""
    folder = shutil.copytree(prepared, tmp_path_factory.mktemp("seeds") / "data")
    async with await Library.open(folder, "write") as opened:
        yield opened


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def answers(seeds: Library) -> Answers:
    """The answer to every question of the files, by the question."""
    return {question["question"]: await seeds.ask(question["question"]) for question in QUESTIONS}


def is_cited(figure: Figure, answer: Answer) -> bool:
    """Tell whether the sentence that has a figure's number is among the citations of an answer, as it is stored."""
    return any(
        citation.source == figure.source
        and citation.highlight.start <= figure.text.start < figure.text.end <= citation.highlight.end
        for citation in answer.citations
    )


def stated(figure: Figure) -> tuple[Figure, ...]:
    """The figures that sources state, of which one is made; itself, where a source states it."""
    return figure.operands or (figure,)


def is_read_in_its_quote(figure: Figure) -> bool:
    """Tell whether a figure's value is what the grammar reads at its place in its quote."""
    quote, start = figure.quote.quote, figure.text.start - figure.quote.start
    if quote[start : start + len(figure.text.quote)] != figure.text.quote:
        return False
    return figure.metric is Metric.DATE or any(
        (each.value, each.low, each.high, each.unit) == (figure.value, figure.low, figure.high, figure.unit)
        for each in quantities(quote, figure.source.language)
        if each.start < start + len(figure.text.quote) and start < each.end
    )


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("Combien OpenAI paie-t-elle Oracle par an ?", {"oracle-annual-value", "oracle-annual-value-announced"}),
        ("How much does OpenAI pay Oracle a year?", {"oracle-annual-value", "oracle-annual-value-announced"}),
        ("Quelle puissance OpenAI loue-t-elle à Oracle ?", {"oracle-capacity"}),
        ("how many gigawats is OpenAI rentng from Oracle", {"oracle-capacity", "oracle-capacity-about"}),
        ("Quand le contrat avec Oracle commence-t-il ?", {"oracle-contract-start"}),
        ("When will the Abilene data center be operational?", {"abilene-operational"}),
        ("Quand Crusoe a-t-elle été fondée ?", {"crusoe-founded"}),
        ("Quelle part d'OpenAI Microsoft détient-elle ?", {"microsoft-stake"}),
        ("What stake may OpenAI take in AMD?", {"amd-stake"}),
        ("Combien de foyers équivalent à 4,5 GW ?", {"oracle-homes"}),
        ("stargate c sur cb d'années", {"stargate-duration"}),
        ("Quand Microsoft et Oracle ont-ils annoncé leur accord ?", {"azure-announced", "azure-announced-week"}),
        ("Par combien la capacité d'Abilene pourrait-elle être multipliée ?", {"abilene-capacity-growth"}),
        ("À quelle hauteur OpenAI entrerait-elle au capital d'AMD ?", {"amd-stake"}),
        ("How big was OpenAI's last funding round?", {"funding-raised"}),
        ("How many GB200s did Oracle buy?", {"abilene-chips-bought"}),
    ],
)
async def test_a_question_for_a_figure_gets_it_first_with_its_sentence_as_first_citation(
    seeds: Library, question: str, first: set[str]
) -> None:
    answer = await seeds.ask(question)
    assert (answer.verdict, answer.figures[0].id in first) == (Verdict.ANSWERED, True), answer.figures
    figure, citation = answer.figures[0], answer.citations[0]
    assert citation.source == figure.source
    assert figure.text.quote in citation.highlight.quote


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("Combien de puces GB200 ?", "abilene-chips-bought"),
        ("combien de puces GB200 à Abilene", "abilene-chips-bought"),
        ("How many GB200 chips did Oracle buy?", "abilene-chips-bought"),
        ("Combien de bâtiments à Abilene ?", "abilene-buildings"),
        ("How many buildings will Abilene have?", "abilene-buildings"),
        ("puissance oracle nombre de réacteurs", "oracle-reactors"),
    ],
)
async def test_what_is_counted_is_what_the_question_wants_counted(seeds: Library, question: str, first: str) -> None:
    answer = await seeds.ask(question)
    assert answer.figures[0].id == first
    words = {(figure.counted or "").split()[0] for figure in answer.figures}
    assert not {"puces", "réacteurs"} & words or len(words) == 1


async def test_a_count_of_what_no_source_counts_is_no_count_of_something_else(seeds: Library) -> None:
    for question in ("Combien d'employés a Crusoe ?", "how many racks are in one abilene building"):
        answer = await seeds.ask(question)
        assert (answer.verdict, answer.figures) == (Verdict.UNANSWERED, ()), question


@pytest.mark.parametrize(
    ("plain", "first", "special", "other"),
    [
        (
            "How many buildings are planned in Abilene?",
            "abilene-buildings",
            "How many buildings were planned at first in Abilene?",
            "abilene-buildings-first-planned",
        ),
        (
            "Combien de bâtiments sont prévus à Abilene ?",
            "abilene-buildings",
            "Combien de bâtiments étaient prévus au départ à Abilene ?",
            "abilene-buildings-first-planned",
        ),
        ("abilene capacité gw", "abilene-capacity", "abilene capacité maximale gw", "abilene-capacity-doubled"),
        (
            "Combien de puces NVIDIA à Abilene ?",
            "abilene-chips-bought",
            "Combien de puces NVIDIA par bâtiment à Abilene ?",
            "abilene-chips-each",
        ),
        (
            "How many chips are in Abilene?",
            "abilene-chips-bought",
            "How many chips per building in Abilene?",
            "abilene-chips-each",
        ),
        (
            "how many nvidia chips go to abilene",
            "abilene-chips-bought",
            "how many nvidia chips go in each abilene building",
            "abilene-chips-each",
        ),
    ],
)
async def test_words_for_at_first_at_most_and_for_each_choose_another_figure(
    seeds: Library, plain: str, first: str, special: str, other: str
) -> None:
    assert (await seeds.ask(plain)).figures[0].id == first
    assert (await seeds.ask(special)).figures[0].id == other


async def test_a_superseded_figure_is_shown_beside_the_one_that_holds(seeds: Library) -> None:
    answer = await seeds.ask("How many buildings will Abilene have?")
    assert [figure.id for figure in answer.figures] == ["abilene-buildings", "abilene-buildings-first-planned"]


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("OpenAI loue 4,5 GW à Oracle pour combien par an ?", {"oracle-annual-value", "oracle-annual-value-announced"}),
        (
            "Pour 30 milliards de dollars par an, quelle puissance OpenAI loue-t-elle à Oracle ?",
            {"oracle-capacity"},
        ),
        ("4,5 gw c cb de reacteurs mdr", {"oracle-reactors"}),
        ("when does oracle begin to receive the 30 billion a year", {"oracle-contract-start"}),
        ("contrat oracle 30 milliards date de début", {"oracle-contract-start"}),
    ],
)
async def test_a_number_that_the_question_gives_is_not_its_answer(
    seeds: Library, question: str, first: set[str]
) -> None:
    answer = await seeds.ask(question)
    assert answer.figures[0].id in first
    given = {quantity.value for quantity in quantities(question)}
    assert given
    assert not given & {figure.value for figure in answer.figures}


@pytest.mark.parametrize(
    "question",
    [
        "Quelle part d'OpenAI AMD détient-elle ?",
        "What stake does AMD own in OpenAI?",
        "What stake in Microsoft does OpenAI hold?",
        "Does AMD own OpenAI shares?",
        "AMD va-t-elle recevoir des actions OpenAI ?",
        "Quand débute la deuxième phase avec AMD ?",
        "When does the second phase with AMD begin?",
    ],
)
async def test_the_other_way_round_or_of_the_second_one_nothing_is_stated(seeds: Library, question: str) -> None:
    answer = await seeds.ask(question)
    assert (answer.verdict, answer.figures) == (Verdict.UNANSWERED, ()), answer.citations


async def test_a_figure_answers_for_the_years_that_it_holds_in_and_no_others(seeds: Library) -> None:
    holding = await seeds.ask("Combien OpenAI paiera-t-elle Oracle en 2028 ?")
    assert holding.figures[0].id == "oracle-annual-value-announced"
    for year in (2019, 2023, 2026):
        for question in (
            f"Combien OpenAI paie-t-elle Oracle en {year} ?",
            f"How much did OpenAI pay Oracle in {year}?",
        ):
            answer = await seeds.ask(question)
            assert (answer.verdict, answer.figures) == (Verdict.UNANSWERED, ()), question


@pytest.mark.parametrize(
    "question",
    [
        "Compare la capacité d'Oracle et d'AMD",
        "Which is larger, the capacity of AMD or that of Oracle?",
        "Combien de fois la capacité d'AMD par rapport à Oracle ?",
        "How much more power does AMD provide than Oracle?",
        "AMD fournit combien de GW de plus qu'Oracle ?",
    ],
)
async def test_two_deals_that_are_compared_are_divided_and_subtracted_with_both_sentences_cited(
    seeds: Library, question: str
) -> None:
    answer = await seeds.ask(question)
    computed = {figure.operation: figure for figure in answer.figures if figure.formula}
    assert computed.keys() == {Operation.QUOTIENT, Operation.DIFFERENCE}
    assert computed[Operation.DIFFERENCE].formula == "6000000000 - 4500000000 = 1500000000"
    for figure in computed.values():
        assert {operand.deals[0] for operand in figure.operands} == {"oracle", "amd"}
        assert all(is_cited(operand, answer) for operand in figure.operands)
        assert {operand.id for operand in figure.operands} <= {each.id for each in answer.figures}


async def test_all_of_several_things_is_computed_and_each_of_them_shown_after_it(seeds: Library) -> None:
    answer = await seeds.ask("how many blackwell chips could all eight abilene buildings hold together")
    total, each = answer.figures[:2]
    assert (total.id, total.value, total.formula) == ("abilene-chips-computed", Decimal(400_000), "8 * 50000 = 400000")
    assert each.id == "abilene-chips-each"
    assert all(is_cited(operand, answer) for operand in total.operands)
    french = await seeds.ask("Combien de puces Blackwell en tout dans les bâtiments d'Abilene ?")
    assert french.figures[0].formula == "8 * 50000 = 400000"


@pytest.mark.parametrize(
    "question",
    [
        "Compare la capacité d'AMD et de NVIDIA",
        "Quelle puissance NVIDIA fournit-elle seule ?",
        "How many gigawatts does NVIDIA provide without AMD?",
        "Combien de GW de plus NVIDIA fournit-elle par rapport à AMD ?",
    ],
)
async def test_what_a_joint_figure_leaves_for_one_of_its_deals_is_never_computed(seeds: Library, question: str) -> None:
    answer = await seeds.ask(question)
    assert Decimal(17 * 10**9) not in {figure.value for figure in answer.figures}
    assert all(figure.formula is None for figure in answer.figures)


@pytest.mark.parametrize("limit", [1, 2, 3])
async def test_every_figure_has_its_sentence_among_however_few_citations(seeds: Library, limit: int) -> None:
    shown = 0
    for question in (
        "Combien OpenAI paie-t-elle Oracle par an ?",
        "Compare la capacité d'Oracle et d'AMD",
        "how many blackwell chips could all eight abilene buildings hold together",
        "Combien coûte le projet Stargate ?",
        "How many buildings will Abilene have?",
        "amd gw for openai??",
    ):
        answer = await seeds.ask(question, limit=limit)
        assert 1 <= len(answer.citations) <= limit
        shown += len(answer.figures)
        for figure in answer.figures:
            assert all(is_cited(each, answer) for each in stated(figure)), (question, figure.id)
    assert shown >= 6


@pytest.mark.asyncio(loop_scope="function")
async def test_a_removed_source_s_figures_answer_no_more(library: Library) -> None:
    question = "Combien OpenAI paie-t-elle Oracle par an ?"
    assert (await library.ask(question)).figures
    await library.remove("oracle-4-5-gw", by="mod")
    gone = await library.ask(question)
    assert not {"oracle-annual-value", "oracle-annual-value-announced"} & {figure.id for figure in gone.figures}
    assert "30 milliards" not in gone.model_dump_json()
    await library.restore("oracle-4-5-gw", by="mod")
    assert (await library.ask(question)).figures


@pytest.mark.asyncio(loop_scope="function")
async def test_no_figure_of_another_source_comes_before_a_sentence_that_answers_far_better(library: Library) -> None:
    built = "Le chantier a coûté 6,2 millions d'euros, dont la moitié payée par la région."
    text = f"La médiathèque de Valbrune rouvrira le 4 mars 2027 après deux ans de travaux. {built}"
    article = Article(title="La médiathèque de Valbrune rouvre", text=text, language="fr")
    await library.add(article, by="a test")
    answer = await library.ask("Combien a coûté le chantier ?")
    assert answer.citations[0].highlight.quote == built
    assert answer.figures == ()
    paid = await library.ask("Combien met la région ?")
    assert paid.citations[0].highlight.quote == built
    assert paid.figures == ()


async def test_no_figure_of_any_answer_is_without_its_proof(answers: Answers) -> None:
    figures = [(answer, figure) for answer in answers.values() for figure in answer.figures]
    assert len(figures) > 300
    for answer, figure in figures:
        for each in stated(figure):
            assert is_cited(each, answer), (answer.question, each.id)
            assert is_read_in_its_quote(each), (answer.question, each.id)
        assert (figure.formula is None) == (figure.operation is None) == (not figure.operands)


async def test_what_is_computed_is_what_its_formula_says_of_its_operands(answers: Answers) -> None:
    computed = [figure for answer in answers.values() for figure in answer.figures if figure.formula]
    assert computed
    for figure in computed:
        assert figure.formula is not None
        left, sign, right = figure.formula.partition(" ≈ " if "≈" in figure.formula else " = ")
        assert sign
        assert Decimal(right) == figure.value
        assert [Decimal(word) for word in left.split()[::2]] == [operand.value for operand in figure.operands]


async def test_where_the_sources_do_not_answer_there_are_no_figures(answers: Answers) -> None:
    refused = [answer for answer in answers.values() if answer.verdict is Verdict.UNANSWERED]
    assert len(refused) > 100
    for answer in refused:
        assert answer.reason is not Reason.COVERED
        assert answer.figures == ()


async def test_most_questions_of_the_tuning_halves_get_the_right_figure_first(answers: Answers) -> None:
    right = list(_rightness(answers))
    assert len(right) > 150
    assert sum(right) / len(right) >= 0.75


async def test_most_unanswerable_questions_of_the_tuning_halves_are_refused(answers: Answers) -> None:
    verdicts = [answers[each["question"]].verdict for each in TUNING if not each["answerable"]]
    assert len(verdicts) > 100
    assert verdicts.count(Verdict.UNANSWERED) / len(verdicts) >= 0.70


def _rightness(answers: Answers) -> Iterator[bool]:
    """Yield for each question that wants a figure whether the first one is right: by its id, or by its value."""
    for question in TUNING:
        wanted, ids = question["figure"], question.get("figures") or ()
        if wanted or ids:
            first = next(iter(answers[question["question"]].figures), None)
            yield first is not None and (first.id in ids or (bool(wanted) and _is(first, wanted)))


def _is(figure: Figure, wanted: Mapping[str, Any]) -> bool:
    if figure.value is None:
        return False
    return (float(figure.value), figure.unit, figure.per) == (wanted["value"], wanted["unit"], wanted["per"])
