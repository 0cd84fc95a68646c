"""Answers are measured as the file of questions says: the right sentence, the right figure, what is refused."""

import json
from pathlib import Path
from typing import Any

import pytest

from index.errors import BadInput
from index.examination import ExamQuestion, examine, grouped, load, rates
from index.figures.kinds import Review
from index.library import Library
from index.model import Article

PAID = {
    "id": "x1",
    "language": "fr",
    "style": "plain",
    "question": "Combien OpenAI paie-t-elle Oracle par an ?",
    "answerable": True,
    "spans": [
        "Ce contrat de 30 milliards de dollars par an",
        "un contrat de 30 milliards de dollars par an à compter de 2028",
    ],
    "figure": {"value": 30_000_000_000, "unit": "USD", "per": "year"},
}
FOUNDED = {
    "id": "x2",
    "language": "en",
    "style": "sms",
    "question": "wen was crusoe founded",
    "spans": ["Fondée en 2018, Crusoe s’est initialement spécialisée"],
    "figure": {"value": 2018, "unit": "year"},
}
UNKNOWN = {"id": "x3", "language": "en", "question": "What does Anthropic pay Oracle?", "answerable": False}


def written(folder: Path, *questions: Any) -> Path:
    path = folder / "questions.jsonl"
    path.write_text("\n\n".join(json.dumps(question) for question in questions), "utf-8")
    return path


async def test_what_is_right_counts_and_only_that(library: Library, tmp_path: Path) -> None:
    wrong = PAID | {"id": "x4", "spans": ["Punto Informatico"], "figure": {"value": 31e9, "unit": "USD", "per": "year"}}
    questions = load(written(tmp_path, PAID, FOUNDED, UNKNOWN, wrong, UNKNOWN | {"question": PAID["question"]}))
    outcomes = await examine(library, questions)
    assert [outcome.answered for outcome in outcomes] == [True, True, False, True, True]
    assert [outcome.rank for outcome in outcomes[:4]] == [1, 1, None, None]
    assert [outcome.figure for outcome in outcomes[:4]] == [True, True, False, False]
    found = rates(outcomes)
    assert (found.answerable, found.with_figure, found.unanswerable) == (3, 3, 2)
    assert (found.first, found.figure, found.answered, found.refused) == (2 / 3, 2 / 3, 1.0, 0.5)


async def test_shares_are_told_by_language_and_style_and_for_all(library: Library, tmp_path: Path) -> None:
    told = grouped(await examine(library, load(written(tmp_path, PAID, FOUNDED, UNKNOWN))))
    assert list(told) == ["en", "fr", "plain", "sms", "all"]
    assert (told["fr"].answerable, told["fr"].unanswerable, told["fr"].refused) == (1, 0, None)
    assert (told["en"].answerable, told["en"].refused) == (1, 1.0)


async def test_a_figure_is_right_by_its_value_unit_and_time_or_by_its_id(library: Library, tmp_path: Path) -> None:
    others = [
        PAID | {"figure": {"value": 30e9, "unit": "USD", "per": None}},
        PAID | {"figure": {"value": 30e9, "unit": "EUR", "per": "year"}},
        PAID | {"figure": None, "figures": ["oracle-annual-value", "oracle-annual-value-announced"]},
    ]
    outcomes = await examine(library, load(written(tmp_path, *others)))
    assert [outcome.figure for outcome in outcomes] == [False, False, True]


async def test_a_figure_may_be_wanted_in_another_unit_or_by_the_name_of_what_is_counted(
    empty_library: Library, tmp_path: Path
) -> None:
    text = "Le pont de Morvane est resté fermé neuf heures. Il compte 42 lampes. Chaque lampe pèse 3 tonnes."
    article = Article(text=text, title="Le pont de Morvane", language="fr")
    added = await empty_library.add(article, by="a test")
    figures = [figure.id for figure in await empty_library.reviews.found_in(added.source.id)]
    await empty_library.reviews.decide(figures, Review.APPROVED, by="a test")
    shut = {"question": "Combien de temps le pont de Morvane est-il resté fermé ?", "spans": ["neuf heures"]}
    lamps = {"question": "Combien de lampes compte le pont de Morvane ?", "spans": ["42 lampes"]}
    wanted = [
        shut | {"figure": {"value": 540, "unit": "minute"}},
        shut | {"figure": {"value": 9, "unit": "hours"}},
        shut | {"figure": {"value": 9, "unit": "minute"}},
        shut | {"figure": {"value": 9, "unit": "count"}},
        lamps | {"figure": {"value": 42, "unit": "lampes"}},
        lamps | {"figure": {"value": 42, "unit": "count"}},
        lamps | {"figure": {"value": 42, "unit": "kg"}},
    ]
    outcomes = await examine(empty_library, load(written(tmp_path, *wanted)))
    assert [outcome.figure for outcome in outcomes] == [True, True, False, False, True, True, False]


async def test_progress_is_told(library: Library, tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    await examine(library, load(written(tmp_path, PAID, UNKNOWN)), progress=lambda done, of: told.append((done, of)))
    assert told == [(1, 2), (2, 2)]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("", "has no questions"),
        ("\n\n", "has no questions"),
        ('{"question": "a"}\n{nothing', "line 2, is no question: it is not JSON"),
        ('{"answerable": true}', "line 1, is no question: question: Field required"),
        ('{"question": "a", "spans": 3}', "line 1, is no question: spans"),
    ],
)
def test_a_bad_file_is_told_with_its_line(tmp_path: Path, content: str, told: str) -> None:
    path = tmp_path / "questions.jsonl"
    path.write_text(content, "utf-8")
    with pytest.raises(BadInput, match=told):
        load(path)


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="cannot be read"):
        load(tmp_path / "none.jsonl")


def test_the_files_of_questions_are_well_formed_and_their_halves_apart() -> None:
    folder = Path(__file__).parents[1] / "questions"
    questions: dict[str, list[ExamQuestion]] = {
        path.stem: load(path) for path in folder.glob("*.jsonl") if path.stem != "kinds"
    }
    assert len(questions) == 13
    halves = {name: {question.half for question in found} for name, found in questions.items()}
    assert halves.pop("seeds") == {"tune", "check"}
    checking = {"seeds_check", "figures_check", "new_articles"}
    assert halves == {name: {"check"} if name in checking else {"tune"} for name in halves}
    ids = [question.id for found in questions.values() for question in found]
    assert len(ids) == len(set(ids))
    assert all(question.spans for found in questions.values() for question in found if question.answerable)
