"""Find what the signals of answers are worth: python -m benchmarks.tuning (a minute).

It reads the tuning halves of the questions in tests/questions, and nothing of the checking ones, and writes
index/answering/weights.json. Three models are fitted one after another, each by maximum likelihood with a penalty on
the squares of its weights: a conditional logit over the figures of a question and "no figure", one over the sentences,
and a logistic regression over questions for the verdict. The penalties are the best ones of a cross-validation
(--cross), in which a question is never judged by weights that it has helped to find.
"""

import argparse
import asyncio
import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from benchmarks.examples import Example, examples
from index.answering import compose
from index.answering.compose import Study
from index.answering.figuring import worth_showing
from index.answering.grounds import Absence, Grounds, absence
from index.answering.kinds import Kind
from index.answering.marks import Marks
from index.answering.signals import Signals
from index.answering.verdict import judge
from index.answering.weights import Tuned, Weights
from index.examination import is_right, is_right_figure
from index.language.dictionary import shipped
from index.model import Reason

Floats = NDArray[np.float64]

WRITTEN = Path(__file__).parents[1] / "index" / "answering" / "weights.json"
FIGURE_PENALTY, SENTENCE_PENALTY, VERDICT_PENALTY = 0.001, 0.001, 0.001
CHARTED_SENTENCE_PENALTY, CHARTED_VERDICT_PENALTY = 0.003, 0.001  # with fewer examples
TAUGHT = 4.5
"""What it adds to the verdict's score that a server has taught a question which asks the same."""
_ANSWERED, _REFUSED = 0.95, 0.90
"""The goals: the shares of the answerable questions that are answered, and of the others that are refused."""

_STEPS = 500
_LEAST = {
    "doubt": 0.8,
    "each": 2.5,
    "before": 1.0,
    "earlier": 1.5,
}  # a mark never counts against what it speaks for; what may be comes after what is said to be
_NONE = (-np.inf, np.inf)
_OF_SENTENCES = {"idle": (-np.inf, -6.0), "reply": (2.0, np.inf)}
"""Between what these may count for a sentence: questions and bylines answer nothing, and there are few of them."""
_LOST = ("lost", "lost_known")
_OTHERWISE = dict.fromkeys(("disordered", "turned"), (-np.inf, -2.0))  # the second one, not the first
_SIGNS = {
    **dict.fromkeys(
        "score ahead ranked source own words names_around measure figure alone whole_alone whole".split(),
        (0.0, np.inf),
    ),
    **dict.fromkeys("rival lacks unmeasured unstated unread bare gap unmatched".split(), (-np.inf, 0.0)),
    **dict.fromkeys("disordered ungiven uncounted far named turned".split(), (-np.inf, 0.0)),
}
_CHARTED = _SIGNS | _OTHERWISE | dict.fromkeys(_LOST, (-np.inf, 0.0))
_GENERAL = (
    _SIGNS | _OTHERWISE | dict.fromkeys(_LOST, (-np.inf, -2.5)) | {"score": (0.1, np.inf), "gap": (-np.inf, -1.0)}
)
"""Between what these may count for the verdict. Most questions of the files that nothing answers miss narrowly, so that
what speaks for an answer would seem to count little or less."""


class Choosing(NamedTuple):
    """What may be chosen for one question, a row of signals each, and which of it is right.

    ``worth``: what the question counts beside others.
    """

    rows: Floats
    right: Floats
    worth: float = 1.0


def studied(example: Example, known: Tuned) -> Study:
    """Return what there is to answer a question with, by some weights."""
    return compose.study(example.asked, example.found, shipped(), known)


def fit_choices(choices: Sequence[Choosing], penalty: float, between: Floats) -> Floats:
    """Return the weights of a conditional logit, each between two bounds, that make the right choices likeliest."""
    told = [each for each in choices if each.right.any()]
    rows, right = np.vstack([each.rows for each in told]), np.concatenate([each.right for each in told])
    sizes = [len(each.rows) for each in told]
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    of = np.repeat(np.arange(len(told)), sizes)
    worth, whole = np.repeat([each.worth for each in told], sizes), sum(each.worth for each in told)
    found = np.zeros(rows.shape[1])
    momentum, spread = np.zeros_like(found), np.zeros_like(found)
    for step in range(1, _STEPS):
        values = rows @ found
        shares = np.exp(values - np.maximum.reduceat(values, starts)[of])
        chosen = shares * right
        wrong = shares / np.add.reduceat(shares, starts)[of] - chosen / np.add.reduceat(chosen, starts)[of]
        slope = penalty * found + rows.T @ (wrong * worth) / whole
        found, momentum, spread = _stepped(found, slope, momentum, spread, step)
        found = np.clip(found, *between.T)
    return found


def fit_verdict(rows: Floats, right: Floats, worth: Floats, penalty: float, between: Floats) -> Floats:
    """Return the weights of a logistic regression, each between two bounds; ``worth``: what each row counts."""
    found = np.zeros(rows.shape[1])
    momentum, spread = np.zeros_like(found), np.zeros_like(found)
    for step in range(1, 4 * _STEPS):
        slope = penalty * found + rows.T @ (worth * (1 / (1 + np.exp(-(rows @ found))) - right)) / worth.sum()
        found, momentum, spread = _stepped(found, slope, momentum, spread, step)
        found = np.clip(found, *between.T)
    return found


def _stepped(
    found: Floats, slope: Floats, momentum: Floats, spread: Floats, step: int
) -> tuple[Floats, Floats, Floats]:
    """Go one step down (Kingma and Ba, "Adam: a method for stochastic optimization", 2015)."""
    momentum = 0.9 * momentum + 0.1 * slope
    spread = 0.99 * spread + 0.01 * slope * slope
    size = 0.1 if step < 0.7 * _STEPS else 0.02
    found = found - size * (momentum / (1 - 0.9**step)) / (np.sqrt(spread / (1 - 0.99**step)) + 1e-8)
    return found, momentum, spread


def figure_choices(example: Example, known: Tuned) -> Choosing | None:
    """Return the figures that may answer a question, and no figure as the last; None where it wants none."""
    if example.asked.wish is None or not example.approved:
        return None
    picks = studied(example, known).picks
    marks = np.array([pick.marks for pick in picks]).reshape(len(picks), len(Marks._fields))
    nothing = np.array(absence(example.asked.wish, example.asked.kind, example.asked.recalled))
    rows = np.zeros((len(picks) + 1, len(Marks._fields) + len(Absence._fields)))
    rows[:-1, : len(Marks._fields)] = marks
    rows[-1, len(Marks._fields) :] = nothing
    right = np.array([*(is_right_figure(pick.figure, example.question) for pick in picks), False], float)
    if not right.any():
        right[-1] = 1.0
    return Choosing(rows, right, example.worth)


def sentence_choices(example: Example, known: Tuned) -> Choosing | None:
    """Return the sentences that may answer a question; None where nothing is found."""
    choices = studied(example, known).choices
    if not choices or not example.question.answerable:
        return None
    rows = np.array([choice.signals for choice in choices], float)
    right = np.array([is_right(choice.highlight.quote, example.question) for choice in choices], float)
    return Choosing(rows, right, example.worth)


def fit(examples_: Sequence[Example]) -> Tuned:
    """Return the weights that are found on some examples."""
    known = [one for one in examples_ if one.asked.recalled.charted]
    others = [one for one in examples_ if not one.asked.recalled.charted]
    charted = _fit(known, (CHARTED_SENTENCE_PENALTY, CHARTED_VERDICT_PENALTY), _CHARTED)
    general = _fit(others, (SENTENCE_PENALTY, VERDICT_PENALTY), _GENERAL)
    return Tuned(_familiar_as(charted, general), charted)


def _familiar_as(charted: Weights, general: Weights) -> Weights:
    """Return weights by which what a server has taught counts as what is known of the seeds does.

    The examples of other sources have nothing of the kind.
    """
    return general._replace(
        sentence=general.sentence._replace(familiar=charted.sentence.familiar),
        figure=general.figure._replace(remembered=charted.figure.remembered),
        verdict=general.verdict._replace(familiar=TAUGHT),
    )


def _fit(
    tuned: Sequence[Example], penalties: tuple[float, float], bounds: Mapping[str, tuple[float, float]]
) -> Weights:
    known = _nothing()
    asked = [one for one in tuned if not one.made]
    count = len(Marks._fields)
    least = [*(_LEAST.get(name, 0.0) for name in Marks._fields), *[-np.inf] * len(Absence._fields)]
    figures = [each for each in (figure_choices(one, Tuned(known, known)) for one in asked) if each]
    chosen = fit_choices(figures, FIGURE_PENALTY, np.array([(value, np.inf) for value in least]))
    known = known._replace(figure=Marks(*chosen[:count].tolist()), absence=Absence(*chosen[count:].tolist()))
    sentences = [each for each in (sentence_choices(one, Tuned(known, known)) for one in asked) if each]
    of_sentences = np.array([_OF_SENTENCES.get(name, _NONE) for name in Signals._fields])
    known = known._replace(sentence=Signals(*fit_choices(sentences, penalties[0], of_sentences).tolist()))
    grounds = [(studied(one, Tuned(known, known)).grounds, one) for one in tuned]
    rows = np.array([each for each, _ in grounds if each is not None], float)
    right = np.array([one.question.answerable for each, one in grounds if each is not None], float)
    added = np.array([one.is_added and not one.made for each, one in grounds if each is not None])
    worth = np.array([one.worth for each, one in grounds if each is not None])
    between = np.array([bounds.get(name, _NONE) for name in Grounds._fields])
    verdict = fit_verdict(rows, right, worth, penalties[1], between)
    known = known._replace(verdict=Grounds(*verdict.tolist()))
    likely, right = 1 / (1 + np.exp(-(rows[added] @ np.array(known.verdict)))), right[added]
    known = known._replace(answer_least=_best_threshold(likely[right > 0], likely[right == 0], _even))
    shown = [
        (_shown(found), found.picks and is_right_figure(found.picks[0].figure, one.question), one)
        for one in asked
        if one.approved and one.is_added
        for found in [studied(one, Tuned(known, known))]
    ]
    rights = np.array([likely for likely, right, one in shown if right and one.question.wants_figure])
    wrong = [likely for likely, right, one in shown if not right and (one.question.wants_figure or _wants_none(one))]
    return known._replace(
        figure_least=_best_threshold(rights, np.array(wrong), _worth_showing(len(rights), len(wrong)))
    )


def _shown(found: Study) -> float:
    """Return how likely the best figure answers, to be held against what it takes to be shown."""
    best = found.choices[0].place if found.choices else None
    return worth_showing(found.picks[0], best) if found.picks else 0.0


def _wants_none(example: Example) -> bool:
    """Tell whether a question is answered, and by no figure; the files do not say which date answers."""
    question = example.question
    return question.answerable and not question.wants_figure and example.asked.kind is not Kind.DATE


def _best_threshold(yes: Floats, no: Floats, joined: Callable[[float, float], float]) -> float:
    """Return the threshold by which the shares that it puts on their side are best, taken together."""
    return max(
        (float(value) for value in np.round(np.unique(np.concatenate([yes, no])), 3)),
        key=lambda value: joined(float(np.mean(yes >= value)), float(np.mean(no < value))),
    )


def _worth_showing(rights: int, wrong: int) -> Callable[[float, float], float]:
    """Return what tells how much it is worth to show some shares of figures.

    A wrong one costs a tenth of what a right one is worth: what is shown so easily stands in the sentence that is
    quoted as the answer, where everybody sees what it is of.
    """
    return lambda shown, left_out: rights * shown - wrong * (1 - left_out) / 10


def _even(answered: float, refused: float) -> float:
    """Return how near two shares are to their goals, that which is farther from its own."""
    return min(answered / _ANSWERED, refused / _REFUSED)


def _nothing() -> Weights:
    return Weights(
        Signals(*[0.0] * len(Signals._fields)),
        Marks(*[0.0] * len(Marks._fields)),
        Absence(*[0.0] * len(Absence._fields)),
        Grounds(*[0.0] * len(Grounds._fields)),
        0.5,
        0.5,
    )


def report(tested: Sequence[Example], known: Tuned) -> dict[str, tuple[float, int]]:
    """Return shares of some examples, and of how many each is."""
    told: dict[str, list[float]] = {}
    for one in tested:
        found = studied(one, known)
        judgement = judge(
            one.question.question, one.asked.kind, found.words, found.choices, found.grounds, found.judged_by
        )
        answered = judgement.reason is Reason.COVERED
        if one.question.answerable:
            ranks = [
                place for place, choice in enumerate(found.choices) if is_right(choice.highlight.quote, one.question)
            ]
            told.setdefault("first", []).append(ranks[:1] == [0])
            told.setdefault("in three", []).append(bool(ranks) and ranks[0] < 3)
            told.setdefault("answered", []).append(answered)
            if one.question.wants_figure and one.approved:
                shown = found.picks and _shown(found) >= found.weights.figure_least
                told.setdefault("figure", []).append(
                    bool(shown) and is_right_figure(found.picks[0].figure, one.question)
                )
        else:
            told.setdefault("refused", []).append(not answered)
    return {name: (float(np.mean(values)), len(values)) for name, values in told.items()}


def written(known: Tuned) -> str:
    """Return weights as the file has them."""
    return json.dumps({name: _grouped(weights) for name, weights in known._asdict().items()}, indent=1) + "\n"


def _grouped(known: Weights) -> dict[str, object]:
    groups: dict[str, object] = {
        name: {field: round(value, 3) for field, value in group._asdict().items()}
        for name, group in (
            ("sentence", known.sentence),
            ("figure", known.figure),
            ("absence", known.absence),
            ("verdict", known.verdict),
        )
    }
    return groups | {"figure_least": known.figure_least, "answer_least": known.answer_least}


def _read_as(one: Example) -> str:
    """Return of which file a question is, and what is known of its article."""
    made = "made for " if one.made else ""
    return f"{made}{one.file}{'' if one.approved else ', no figure approved'}{', familiar' if one.familiar else ''}"


def main() -> None:
    """Fit the weights and write them, or tell how they do on questions that did not help to find them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cross", type=int, metavar="PARTS", help="cross-validate instead, in so many parts")
    options = parser.parse_args()
    everything = asyncio.run(examples())
    if not options.cross:
        known = fit(everything)
        WRITTEN.write_text(written(known), "utf-8")
        print(report(everything, known))
        return
    ids = sorted({one.question.id for one in everything})
    order = [ids[place] for place in np.random.default_rng(1).permutation(len(ids))]
    sums: dict[str, list[tuple[float, int]]] = {}
    for part in range(options.cross):
        tested = set(order[part :: options.cross])
        known = fit([one for one in everything if one.question.id not in tested])
        for name in sorted({_read_as(one) for one in everything}):
            chosen = [one for one in everything if one.question.id in tested and _read_as(one) == name]
            for what, found in report(chosen, known).items():
                sums.setdefault(f"{name}: {what}", []).append(found)
    for what, parts in sums.items():
        whole = sum(count for _, count in parts)
        print(f"{what:46s} {sum(share * count for share, count in parts) / whole:.3f} of {whole}")


if __name__ == "__main__":
    main()
