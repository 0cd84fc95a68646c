"""The weights that come with Sourcier fit what they weigh, and speak for what they are to speak for."""

import json
from importlib.resources import files

import pytest

from index.answering.grounds import Absence, Grounds
from index.answering.marks import Marks
from index.answering.signals import Signals
from index.answering.weights import Tuned, likelihood, score, shipped


def test_each_signal_has_one_weight_and_there_are_no_others() -> None:
    both = json.loads((files("index.answering") / "weights.json").read_text("utf-8"))
    assert set(both) == set(Tuned._fields)
    fields = {
        "sentence": Signals._fields,
        "figure": Marks._fields,
        "absence": Absence._fields,
        "verdict": Grounds._fields,
    }
    for written in both.values():
        assert {name: set(written[name]) for name in fields} == {name: set(each) for name, each in fields.items()}
        assert set(written) == {*fields, "figure_least", "answer_least"}


def test_no_mark_of_a_figure_counts_against_what_it_speaks_for() -> None:
    assert min(min(weights.figure) for weights in shipped()) >= 0


def test_what_is_known_to_be_asked_speaks_for_an_answer_and_what_is_known_not_to_be_said_against_one() -> None:
    general, charted = shipped()
    assert min(general.sentence.familiar, general.verdict.familiar, charted.sentence.familiar) > 0
    assert charted.verdict.unsaid < 0 < min(charted.verdict.ahead_of_unsaid, charted.verdict.same)


def test_thresholds_are_likelihoods() -> None:
    for weights in shipped():
        assert 0 < weights.figure_least < 1
        assert 0 < weights.answer_least < 1


def test_a_score_is_the_sum_of_what_each_signal_is_worth() -> None:
    assert score((1.0, 0.5, 0.0), (2.0, -4.0, 9.0)) == 0.0


@pytest.mark.parametrize("value", [-800.0, -3.0, 0.0, 3.0, 800.0])
def test_a_likelihood_lies_between_0_and_1_and_is_even_about_0(value: float) -> None:
    assert 0 <= likelihood(value) <= 1
    assert likelihood(value) + likelihood(-value) == pytest.approx(1)
