"""The known questions of the seeds: what stands in their files is what is used, and proves itself."""

import json
import tomllib
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from index import seeding
from index.errors import BadInput
from index.familiar import shipped
from index.figures import curated

ROOT = Path(__file__).parents[3]
QUESTIONS = ROOT / "seeds" / "questions"


@cache
def written() -> dict[str, dict[str, list[dict[str, object]]]]:
    return {path.stem: tomllib.loads(path.read_text("utf-8")) for path in sorted(QUESTIONS.glob("*.toml"))}


def folded(question: str) -> str:
    return " ".join("".join(sign if sign.isalnum() else " " for sign in question.casefold()).split())


def asked(table: str) -> list[str]:
    entries = [entry for document in written().values() for entry in document.get(table, [])]
    return [folded(str(question)) for entry in entries for question in entry["questions"]]  # type: ignore[attr-defined]


def test_what_was_counted_is_what_the_files_come_to_today() -> None:
    kept, now = shipped.shipped(), shipped.counted_now()
    assert kept.points == now.points, "python -m index.familiar"
    for table in ("questions", "sentences"):
        for old, new in zip(getattr(kept.counted, table), getattr(now.counted, table), strict=True):
            assert old.shape == new.shape
            assert np.allclose(old, new, atol=1e-6), "python -m index.familiar"
    assert np.allclose(kept.counted.kinds, now.counted.kinds, atol=1e-6), "python -m index.familiar"


def test_every_sentence_of_the_articles_is_known_to_be_asked_for() -> None:
    texts = {name: article.text for name, article in seeding.articles()}
    for name, text in texts.items():
        quotes = [str(entry["quote"]) for entry in written()[name]["point"]]
        assert all(quote in text for quote in quotes)
        left = text
        for quote in quotes:
            left = left.replace(quote, "")
        said = [line for line in left.split("\n") if len(line.split()) > 12]
        assert not said, f"{name}: nobody asks for {said[:1]}"


def test_the_figures_that_are_asked_for_are_those_of_the_same_article() -> None:
    sources = {figure.id: figure.proof.source for figure in curated.shipped().figures}
    for point in shipped.shipped().points:
        assert point.figure is None or sources[point.figure] == point.source
    assert {point.figure for point in shipped.shipped().points} - {None} == set(sources)


def test_nothing_is_both_said_and_not_said() -> None:
    assert not set(asked("point")) & set(asked("unsaid"))


def test_no_checking_question_is_among_the_known_ones() -> None:
    known = {*asked("point"), *asked("unsaid")}
    for name in ("seeds", "seeds_check", "figures_check"):
        lines = (ROOT / "tests" / "questions" / f"{name}.jsonl").read_text("utf-8").splitlines()
        checking = [found for found in map(json.loads, lines) if found["half"] == "check"]
        assert checking
        assert not [found["id"] for found in checking if folded(found["question"]) in known]


def test_a_quote_that_does_not_stand_in_its_article_is_refused() -> None:
    article = dict(seeding.articles())["abilene-crusoe"]
    with pytest.raises(BadInput, match="abilene-crusoe: 'Nobody said this"):
        shipped._point(0, "abilene-crusoe", {"quote": "Nobody said this."}, article)
