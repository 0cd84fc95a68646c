"""What is about other things than the sources is refused."""

from pathlib import Path

from index.examination import load
from index.library import Library
from index.model import Verdict
from index.reading.article import read

FOLDER = Path(__file__).parents[1] / "questions"
ON_ANYTHING = [each.question for each in load(FOLDER / "kinds.jsonl") if each.half == "check"]
"""Questions on the news of every day; none of the articles tells of it."""


async def added(library: Library, folder: str) -> None:
    for path in sorted((FOLDER / folder).glob("*.md")):
        if path.name != "README.md":
            await library.add(read(path.read_bytes(), path.name), by="a test")


async def refused(library: Library) -> float:
    """Return the share of the questions on anything that is refused."""
    answers = [await library.ask(question) for question in ON_ANYTHING]
    return sum(answer.verdict is Verdict.UNANSWERED for answer in answers) / len(answers)


async def test_questions_on_anything_are_refused_where_only_the_seeds_are_known(library: Library) -> None:
    assert await refused(library) >= 0.93


async def test_questions_on_anything_are_refused_beside_added_articles(library: Library) -> None:
    await added(library, "other_articles")
    assert await refused(library) >= 0.84
