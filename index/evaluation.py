"""How well the ranking finds what is known to be relevant: MRR@10, nDCG@10 and recall.

A file to evaluate on has passages (``id``, ``title``, ``text``) and questions (``id``, ``language``, ``question``,
``relevant``: ids of passages). It is ranked with the analysis, the lexicon and the index that ``Library.ask`` uses.
"""

import json
from collections.abc import Callable, Sequence
from math import log2
from pathlib import Path
from typing import NamedTuple

from pydantic import BaseModel, Field, ValidationError

from index.errors import BadInput
from index.language.detection import detect
from index.language.dictionary import shipped
from index.model import Language
from index.ranking.formulation import formulate
from index.ranking.postings import Postings
from index.ranking.terms import bag

_DEPTH = 20
_RANKED = 10


class EvaluationPassage(BaseModel):
    """A passage to rank. Without a ``language`` it is told from the text."""

    id: str
    title: str = ""
    text: str
    language: Language | None = None


class EvaluationQuestion(BaseModel):
    """A question and the ids of the passages that answer it."""

    id: str
    language: Language
    question: str
    relevant: list[str] = Field(min_length=1)


class EvaluationSet(BaseModel):
    """The whole of an evaluation file."""

    name: str = ""
    passages: list[EvaluationPassage] = Field(min_length=1)
    questions: list[EvaluationQuestion] = Field(min_length=1)


class Scores(NamedTuple):
    """Means over ``questions`` questions, each 0 to 1.

    ``mrr_at_10``: one over the rank of the first relevant passage, 0 past the tenth. ``ndcg_at_10``: discounted gain
    over the best possible, with binary relevance (Järvelin and Kekäläinen, 2002). ``recall_at_*``: the share of the
    relevant passages among the first.
    """

    questions: int
    mrr_at_10: float
    ndcg_at_10: float
    recall_at_1: float
    recall_at_5: float
    recall_at_20: float


def load(path: Path) -> EvaluationSet:
    """Read an evaluation file. Raises ``BadInput`` with what is wrong in it."""
    try:
        loaded = EvaluationSet.model_validate(json.loads(path.read_bytes()))
    except OSError as error:
        raise BadInput(f"{path} cannot be read: {error.strerror or error}.") from error
    except (ValueError, RecursionError) as error:
        detail = error.errors()[0] if isinstance(error, ValidationError) else None
        place = ".".join(map(str, detail["loc"])) if detail else ""
        what = f"{place or 'the whole'}: {detail['msg']}" if detail else "it is not JSON"
        raise BadInput(f"{path} is no evaluation file: {what}.") from error
    known = {passage.id for passage in loaded.passages}
    if len(known) < len(loaded.passages):
        raise BadInput(f"{path}: two passages have the same id.")
    for question in loaded.questions:
        if missing := set(question.relevant) - known:
            raise BadInput(f"{path}: question {question.id} names passage {min(missing)}, which is not in the file.")
    return loaded


def evaluate(
    evaluation: EvaluationSet, progress: Callable[[int, int], None] = lambda _done, _of: None
) -> dict[Language, Scores]:
    """Rank all questions and return the scores by language; ``progress`` is told how many steps are done of how many.

    CPU-bound, about a millisecond for each passage and question: call it off the event loop.
    """
    steps = len(evaluation.passages) + len(evaluation.questions)
    bags = []
    for passage in evaluation.passages:
        bags.append(bag([passage.title, passage.text], passage.language or detect(passage.text)))
        progress(len(bags), steps)
    ranker = Postings()
    ranker.add(range(len(bags)), bags)
    numbers = {passage.id: number for number, passage in enumerate(evaluation.passages)}
    ranks: dict[Language, list[tuple[list[int], int]]] = {}
    for done, question in enumerate(evaluation.questions, start=len(bags) + 1):
        relevant = {numbers[name] for name in question.relevant}
        hits = ranker.search(formulate(question.question, question.language, shipped()), _DEPTH)
        found = [rank for rank, hit in enumerate(hits, start=1) if hit.identity in relevant]
        ranks.setdefault(question.language, []).append((found, len(relevant)))
        progress(done, steps)
    return {language: _scores(found) for language, found in sorted(ranks.items())}


def _scores(ranks: Sequence[tuple[list[int], int]]) -> Scores:
    count = len(ranks)

    def recall(depth: int) -> float:
        return sum(sum(rank <= depth for rank in found) / relevant for found, relevant in ranks) / count

    return Scores(
        questions=count,
        mrr_at_10=sum(1 / found[0] for found, _ in ranks if found and found[0] <= _RANKED) / count,
        ndcg_at_10=sum(_gain(found) / _gain(list(range(1, relevant + 1))) for found, relevant in ranks) / count,
        recall_at_1=recall(1),
        recall_at_5=recall(5),
        recall_at_20=recall(20),
    )


def _gain(ranks: Sequence[int]) -> float:
    return sum(1 / log2(rank + 1) for rank in ranks if rank <= _RANKED)
