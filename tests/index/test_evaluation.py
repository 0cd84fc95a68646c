"""The measures are those of the books, worked out by hand; what is no evaluation file is refused."""

import json
from math import log2
from pathlib import Path
from typing import Any

import pytest

from index.errors import BadInput
from index.evaluation import EvaluationSet, Scores, evaluate, load

PASSAGES = 25


def passages(word: str = "phare") -> list[dict[str, Any]]:
    """Passages of one length that rank p1, p2, ... for ``word``, since each has it once less than the one before."""
    return [
        {
            "id": f"p{rank}",
            "text": " ".join(
                [word] * (PASSAGES + 1 - rank) + [f"remplissage{rank}x{number}" for number in range(rank)]
            ),
            "language": "fr",
        }
        for rank in range(1, PASSAGES + 1)
    ]


def question(*relevant: str, text: str = "Où est le phare ?", language: str = "fr") -> dict[str, Any]:
    return {"id": "q", "language": language, "question": text, "relevant": list(relevant)}


def content(*questions: dict[str, Any]) -> dict[str, Any]:
    return {"passages": passages(), "questions": list(questions)}


def scores(*questions: dict[str, Any], language: str = "fr") -> Scores:
    found = evaluate(EvaluationSet.model_validate(content(*questions)))
    assert list(found) == [language]
    return found["fr" if language == "fr" else "en"]


def test_the_first_place_is_worth_everything() -> None:
    assert scores(question("p1")) == Scores(1, 1, 1, 1, 1, 1)


def test_a_lower_place_is_worth_less() -> None:
    assert scores(question("p2")) == pytest.approx(Scores(1, 1 / 2, 1 / log2(3), 0, 1, 1))
    assert scores(question("p7")) == pytest.approx(Scores(1, 1 / 7, 1 / log2(8), 0, 0, 1))
    assert scores(question("p10")) == pytest.approx(Scores(1, 1 / 10, 1 / log2(11), 0, 0, 1))


def test_past_the_tenth_place_only_recall_counts_and_past_the_twentieth_nothing() -> None:
    assert scores(question("p11")) == Scores(1, 0, 0, 0, 0, 1)
    assert scores(question("p20")) == Scores(1, 0, 0, 0, 0, 1)
    assert scores(question("p21")) == Scores(1, 0, 0, 0, 0, 0)


def test_several_relevant_passages_share_the_recall_and_the_gain() -> None:
    best = 1 + 1 / log2(3) + 1 / log2(4)
    assert scores(question("p1", "p4", "p12")) == pytest.approx(Scores(1, 1, (1 + 1 / log2(5)) / best, 1 / 3, 2 / 3, 1))


def test_the_best_possible_gain_has_ten_places() -> None:
    everything = [f"p{rank}" for rank in range(1, 16)]
    assert scores(question(*everything)) == pytest.approx(Scores(1, 1, 1, 1 / 15, 5 / 15, 1))


def test_a_relevant_passage_named_twice_counts_once() -> None:
    assert scores(question("p2", "p2")) == scores(question("p2"))


def test_the_scores_are_means_over_the_questions() -> None:
    found = scores(question("p1"), question("p4"), question("p1", text="Rien de tel ?"))
    assert found == pytest.approx(Scores(3, (1 + 1 / 4) / 3, (1 + 1 / log2(5)) / 3, 1 / 3, 2 / 3, 2 / 3))


def test_each_language_has_its_own_scores() -> None:
    english = question("p2", text="Where is the lighthouse?", language="en")
    found = evaluate(EvaluationSet.model_validate(content(question("p1"), english, english)))
    assert list(found) == ["en", "fr"]
    assert found["fr"] == Scores(1, 1, 1, 1, 1, 1)
    assert found["en"] == pytest.approx(Scores(2, 1 / 2, 1 / log2(3), 0, 1, 1))  # by the shipped lexicon


def test_the_title_is_searched_with_the_text() -> None:
    texts = [{"id": "a", "title": "Le phare", "text": "Il est haut."}, {"id": "b", "text": "Le port est plein."}]
    found = evaluate(EvaluationSet.model_validate({"passages": texts, "questions": [question("a")]}))
    assert found["fr"].mrr_at_10 == 1


def test_progress_is_told_to_the_end() -> None:
    told: list[tuple[int, int]] = []
    evaluate(
        EvaluationSet.model_validate(content(question("p1"), question("p2"))),
        lambda done, of: told.append((done, of)),
    )
    assert told == [(done, PASSAGES + 2) for done in range(1, PASSAGES + 3)]


def test_a_file_is_loaded(tmp_path: Path) -> None:
    path = tmp_path / "set.json"
    path.write_text(json.dumps({"name": "Phares", "licence": "MIT", **content(question("p1"))}), "utf-8")
    loaded = load(path)
    assert loaded.name == "Phares"
    assert len(loaded.passages) == PASSAGES
    assert evaluate(loaded)["fr"].recall_at_1 == 1


REFUSED = {
    "not JSON": (b"phare", "it is not JSON"),
    "empty": (b"", "it is not JSON"),
    "cut off": (b'{"passages": [', "it is not JSON"),
    "not UTF-8": (b'{"name": "\xff\xfe"}', "it is not JSON"),
    "nested without end": (b"[" * 100_000, "it is not JSON"),
    "a list": (b"[]", "valid dictionary"),
    "no passages": (json.dumps({"questions": [question("p1")]}).encode(), "passages: Field required"),
    "no questions": (json.dumps({"passages": passages()}).encode(), "questions: Field required"),
    "not one question": (json.dumps(content()).encode(), "questions: "),
    "no relevant passage": (json.dumps(content(question())).encode(), "questions.0.relevant: "),
    "a language of its own": (json.dumps(content(question("p1", language="de"))).encode(), "questions.0.language: "),
    "a number for a text": (b'{"passages": [{"id": "a", "text": 3}], "questions": []}', "passages.0.text: "),
    "a passage that is not there": (
        json.dumps(content(question("p1"), question("p1", "p99"))).encode(),
        "question q names passage p99, which is not in the file",
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_no_evaluation_file_is_refused_in_one_sentence(tmp_path: Path, case: str) -> None:
    data, reason = REFUSED[case]
    path = tmp_path / "set.json"
    path.write_bytes(data)
    with pytest.raises(BadInput) as refusal:
        load(path)
    message = str(refusal.value)
    assert message.startswith(str(path))
    assert reason in message
    assert message.endswith(".")
    assert "\n" not in message


@pytest.mark.parametrize("name", ["missing.json", "."])
def test_a_path_that_cannot_be_read_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(BadInput, match="cannot be read"):
        load(tmp_path / name)
