"""How well questions are answered whose answers are known: sentences, figures and refusals.

A file has one question a line, as JSON: ``question``, ``answerable``, ``spans`` (verbatim sentences or parts of them,
each of which answers), and, where one answers, a ``figure`` (``value`` in base units, ``unit``, ``per``) or the
``figures`` that are right by their ids; besides ``id``, ``language`` and ``style``, by which it is told how it went.
"""

import json
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from pydantic import BaseModel, ValidationError

from index.errors import BadInput
from index.figures.kinds import Metric, fits
from index.library import Library
from index.model import SHARED, Answer, Figure, Verdict

IN_FRONT = 3
"""Citations among which a right one is looked for."""

_SCALES = (
    {"second": 1.0, "minute": 60.0, "hour": 3600.0, "day": 86_400.0, "week": 604_800.0},
    {"month": 1.0, "year": 12.0},
    {"g": 1.0, "kg": 1e3, "t": 1e6},
)
"""Units of one kind, and what each is worth of the first."""

_TOLERANCE = 1e-6


class WantedFigure(BaseModel):
    """The figure that answers a question, in base units; a ``year`` is met by a date in it."""

    value: float
    unit: str
    per: str | None = None


class ExamQuestion(BaseModel):
    """A question with what answers it; see the module."""

    id: str = ""
    half: str = ""
    language: str = ""
    style: str = ""
    kind: str = ""
    question: str
    answerable: bool = True
    spans: tuple[str, ...] = ()
    figure: WantedFigure | None = None
    figures: tuple[str, ...] = ()

    @property
    def wants_figure(self) -> bool:
        """Tell whether a figure answers."""
        return self.answerable and bool(self.figure or self.figures)


class Outcome(NamedTuple):
    """What became of a question: ``rank`` of the first right sentence (None: not in front).

    ``figure`` and ``figures``: whether the first figure is right, and whether any is.
    """

    question: ExamQuestion
    rank: int | None
    figure: bool
    figures: bool
    answered: bool
    took_ms: float


class Rates(NamedTuple):
    """Shares of some outcomes, 0 to 1 (None: there are no such questions).

    ``first``, ``in_front`` and ``answered`` are of the ``answerable`` ones, ``figure`` of those that a figure answers,
    ``refused`` of the others.
    """

    answerable: int
    first: float | None
    in_front: float | None
    answered: float | None
    with_figure: int
    figure: float | None
    unanswerable: int
    refused: float | None


def load(path: Path) -> list[ExamQuestion]:
    """Read a file of questions. Raises ``BadInput`` with what is wrong in it and where."""
    try:
        lines = path.read_text("utf-8").splitlines()
    except (OSError, UnicodeError) as error:
        raise BadInput(f"{path} cannot be read: {getattr(error, 'strerror', None) or error}.") from error
    questions = []
    for number, line in enumerate(lines, start=1):
        if line.strip():
            try:
                questions.append(ExamQuestion.model_validate(json.loads(line)))
            except (ValueError, RecursionError) as error:
                detail = error.errors()[0] if isinstance(error, ValidationError) else None
                what = f"{'.'.join(map(str, detail['loc']))}: {detail['msg']}" if detail else "it is not JSON"
                raise BadInput(f"{path}, line {number}, is no question: {what}.") from error
    if not questions:
        raise BadInput(f"{path} has no questions.")
    return questions


async def examine(
    library: Library,
    questions: Sequence[ExamQuestion],
    shelf: str = SHARED,
    progress: Callable[[int, int], None] = lambda _done, _of: None,
) -> list[Outcome]:
    """Ask all questions of a shelf; ``progress`` is told how many are done of how many."""
    outcomes = []
    for question in questions:
        outcomes.append(judge(question, await library.ask(question.question, shelf)))
        progress(len(outcomes), len(questions))
    return outcomes


def judge(question: ExamQuestion, answer: Answer) -> Outcome:
    """Return what an answer made of a question. A refusal shows one sentence, the nearest: it may be right too."""
    quotes = [citation.highlight.quote for citation in answer.citations[:IN_FRONT]]
    rank = next((place for place, quote in enumerate(quotes, start=1) if is_right(quote, question)), None)
    right = [is_right_figure(figure, question) for figure in answer.figures]
    return Outcome(question, rank, right[:1] == [True], any(right), answer.verdict is Verdict.ANSWERED, answer.took_ms)


def is_right(quote: str, question: ExamQuestion) -> bool:
    """Tell whether a sentence holds one of a question's spans, or lies within one."""
    return any(span.strip() in quote or quote.strip() in span for span in question.spans)


def is_right_figure(figure: Figure, question: ExamQuestion) -> bool:
    """Tell whether a figure is the one that answers a question: by its id, or by its value, unit and time."""
    if figure.id in question.figures:
        return True
    wanted = question.figure
    if wanted is None:
        return False
    if wanted.unit == "year" and figure.metric is Metric.DATE:
        return any(f"{wanted.value:.0f}" in (moment.earliest or "") for moment in figure.moments)
    scale = _scale(figure.unit, wanted.unit)
    if figure.value is None or scale is None:
        return False
    same = abs(float(figure.value) * scale - wanted.value) <= _TOLERANCE * abs(wanted.value)
    return same and (figure.per or None) == wanted.per


def _scale(unit: str, wanted: str) -> float | None:
    """Return how many of one unit another one is; None where they are of different kinds.

    A unit that no figure has is the name of what is counted: *chips*.
    """
    wanted = wanted if _measures(wanted) else wanted.removesuffix("s")
    if unit == wanted:
        return 1.0
    if unit == "count":
        return None if _measures(wanted) else 1.0
    return next((scale[unit] / scale[wanted] for scale in _SCALES if unit in scale and wanted in scale), None)


def _measures(unit: str) -> bool:
    """Tell whether figures may have a unit."""
    return any(unit in scale for scale in _SCALES) or any(fits(unit, metric) for metric in Metric)


def rates(outcomes: Iterable[Outcome]) -> Rates:
    """Return the shares of some outcomes."""
    found = list(outcomes)
    answerable = [outcome for outcome in found if outcome.question.answerable]
    figured = [outcome for outcome in answerable if outcome.question.wants_figure]
    others = [outcome for outcome in found if not outcome.question.answerable]
    return Rates(
        len(answerable),
        _share(outcome.rank == 1 for outcome in answerable),
        _share(outcome.rank is not None for outcome in answerable),
        _share(outcome.answered for outcome in answerable),
        len(figured),
        _share(outcome.figure for outcome in figured),
        len(others),
        _share(not outcome.answered for outcome in others),
    )


def grouped(outcomes: Sequence[Outcome]) -> dict[str, Rates]:
    """Return the shares by half, language, style and kind, and of all."""
    found: dict[str, Rates] = {}
    for key in ("half", "language", "style", "kind"):
        values = sorted({getattr(outcome.question, key) for outcome in outcomes} - {""})
        for value in values:
            found[value] = rates(outcome for outcome in outcomes if getattr(outcome.question, key) == value)
    return found | {"all": rates(outcomes)}


def _share(marks: Iterable[bool]) -> float | None:
    counted = list(marks)
    return sum(counted) / len(counted) if counted else None
