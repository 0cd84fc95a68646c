"""Questions to tune on, each as a library understands it, with the passages to answer it from.

Those of the tuning halves in tests/questions; and others made of them, as few of these are on quite other things or in
the very words of an article, as much of what people ask is. Their answers need no reader: questions on anything and on
other articles, which nothing answers, and words out of a sentence, which that sentence answers.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import numpy as np

from benchmarks.asked import BY, open_with
from index import asking
from index.answering.compose import Asked
from index.examination import ExamQuestion, load
from index.familiar.points import NOTHING
from index.language.analysis import tokens
from index.language.dictionary import shipped
from index.library import Library
from index.model import SHARED, Language
from index.preparation import Candidate

ROOT = Path(__file__).parents[1]
QUESTIONS = ROOT / "tests" / "questions"
SETS = (
    ("seeds", None),
    ("figures", None),
    ("seeds_tune", None),
    ("seeds_more", None),
    ("seeds_blind", None),
    ("tuning_articles", "tuning_articles"),
    ("more_articles", "more_articles"),
    ("further_articles", "further_articles"),
    ("other_articles", "other_articles"),
    ("deal_articles", "deal_articles"),
)
"""The files of questions, and the folder of articles that some of them are about."""

ADDED = frozenset(name for name, articles in SETS if articles)

_AS_IF = 1 / 3
"""What a question on the seeds counts, asked as if nothing were known of them: other articles tell better what answers
and when to answer, and it is they for which these weights are."""
_STRAY, _STRAY_OF_SEEDS, _WORDS = 0.15, 0.5, 0.6
"""What a question on other things counts, asked of new articles and of the seeds, and one of a sentence's words."""
_STRAYING, _SENTENCES = 250, 80
"""How many questions on other articles, and how many sentences, there are of each set."""
_LEAST, _FEWEST, _MOST = 4, 3, 5  # letters of a word, and words of a question made of a sentence
_WORD = re.compile(r"[^\W_][\w'\u2019-]*")


class Example(NamedTuple):
    """A question as it is understood, with the passages to answer it from.

    ``approved``: a moderator has approved the figures of its article; ``familiar``: it is known how people ask for what
    its article says; ``made``: it is no question of the file, but made for the verdict.
    """

    file: str
    approved: bool
    familiar: bool
    question: ExamQuestion
    asked: Asked
    found: list[tuple[Candidate, float]]
    made: bool = False

    @property
    def is_added(self) -> bool:
        """Whether it is of an article as a server adds it: not one of the seeds as if nothing were known of them."""
        return self.familiar or self.file in ADDED

    @property
    def worth(self) -> float:
        """What it counts beside others."""
        if self.made:
            return _WORDS if self.question.answerable else _STRAY_OF_SEEDS if self.familiar else _STRAY
        return 1.0 if self.is_added else _AS_IF


async def examples() -> list[Example]:
    """Return all questions of the tuning halves, twice, and those that are made.

    On new articles once with their figures approved and once without; on the seeds once with what is known of how
    people ask and once without.
    """
    found: list[Example] = []
    for name, articles in SETS:
        for approved in (True, False) if articles else (True,):
            with TemporaryDirectory() as folder:
                added = QUESTIONS / articles if articles else None
                async with open_with(Path(folder), added, approved=approved) as library:
                    asked = [
                        Example(name, approved, not articles, question, *await _prepared(library, question.question))
                        for question in _questions(name)
                    ]
                    if approved and (articles or name == SETS[0][0]):
                        found += await _made(library, name, asked)
            found += asked
            if not articles:
                found += [one._replace(familiar=False, asked=_unfamiliar(one.asked)) for one in asked]
    return found


async def _made(library: Library, name: str, asked: Sequence[Example]) -> list[Example]:
    """Return questions that articles surely do not answer, and such as they surely do.

    ``asked``: the questions of the articles' file, by which their sentences are found.
    """
    order = np.random.default_rng(len(name))  # the same each time, and another for each set
    strays = [each.question for other in sorted(ADDED - {name}) for each in _questions(other)]
    strays = [strays[place] for place in order.choice(len(strays), _STRAYING, replace=False)]
    strays += [each.question for each in load(QUESTIONS / "kinds.jsonl") if each.half == "tune"]
    own = {
        candidate.passage.key: candidate
        for one in asked
        for candidate, _ in one.found
        if name not in ADDED or candidate.source.added_by == BY
    }
    sentences = [(text, each.source.language) for _, each in sorted(own.items()) for text in each.texts]
    sentences = [sentences[place] for place in order.permutation(len(sentences))[:_SENTENCES]]
    words = [(text, _some_words(text, language, order)) for text, language in sentences]
    made = [
        *(ExamQuestion(question=stray, answerable=False) for stray in strays),
        *(ExamQuestion(question=some, answerable=True, spans=(text,)) for text, some in words if some),
    ]
    return [
        Example(
            name,
            approved=True,
            familiar=name not in ADDED,
            question=question.model_copy(update={"id": f"{name} {number}", "half": "tune"}),
            asked=asked,
            found=found,
            made=True,
        )
        for number, question in enumerate(made)
        for asked, found in [await _prepared(library, question.question)]
    ]


def _questions(name: str) -> list[ExamQuestion]:
    """Return the questions for tuning of a file."""
    return [question for question in load(QUESTIONS / f"{name}.jsonl") if question.half == "tune"]


def _some_words(sentence: str, language: Language, order: np.random.Generator) -> str:
    """Return some words of a sentence that mean something, as they stand; empty where there are too few."""
    words = [word for word in _WORD.findall(sentence) if len(word) >= _LEAST and tokens(word, language)]
    if len(words) <= _MOST:
        return ""
    chosen = order.choice(len(words), order.integers(_FEWEST, _MOST, endpoint=True), replace=False)
    return " ".join(words[place] for place in sorted(chosen))


def _unfamiliar(asked: Asked) -> Asked:
    """Return a question as if nothing were known of how people ask."""
    holdings = {version: holding._replace(points=()) for version, holding in asked.ledger.holdings.items()}
    return asked._replace(recalled=NOTHING, ledger=replace(asked.ledger, holdings=holdings))


async def _prepared(library: Library, question: str) -> tuple[Asked, list[tuple[Candidate, float]]]:
    """Return a question as the library understands it, with the passages to answer it from."""
    ranker = await library._rankings.of(SHARED)  # noqa: SLF001
    ledger = await library._ledgers.of(SHARED)  # noqa: SLF001
    passages = library._candidates  # noqa: SLF001
    return await library._asking.do(asking.prepare, question, ranker, passages, ledger, shipped(), 3)  # noqa: SLF001
