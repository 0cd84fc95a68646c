"""A question is held against known ones by what it means, in both languages, and by what kind of answer it wants."""

import numpy as np
import pytest

from index.answering.wanting import wanted
from index.familiar.likelihood import Known, Weighed
from index.familiar.reading import Asking, count
from index.language.detection import detect
from index.language.dictionary import shipped
from index.ranking.formulation import formulate

POINTS = (
    Asking(["Qui a construit le pont de Morvane ?", "constructeur du pont"], ("Le maçon Paul a bâti le pont.", "fr")),
    Asking(["Quand le pont a-t-il été construit ?", "When was the bridge built?"], ("Il date de 1954.", "fr")),
    Asking(["How much did the garden cost?", "prix du jardin"], ("The garden cost 300 euros.", "en")),
    Asking(["Who painted the lighthouse?", "Qui a peint le phare ?"], None),
)
SAID = np.array([True, True, True, False])


def weigh(question: str, known: Known) -> Weighed:
    query = formulate(question, detect(question, lexicon=shipped()), shipped())
    return known.weigh(query, wanted(question))


@pytest.fixture(scope="module")
def known() -> Known:
    return Known(count(POINTS), SAID)


@pytest.mark.parametrize(
    ("question", "point"),
    [
        ("Who built the bridge?", 0),  # in the other language
        ("C'est qui le constructeur de ce pont ?", 0),
        ("En quelle année a-t-on construit le pont ?", 1),  # by the kind of answer that it wants
        ("How much was the garden?", 2),
        ("Le jardin, ça a coûté combien ?", 2),
        ("Who was the lighthouse painted by?", 3),  # which no source says
    ],
)
def test_the_likeliest_point_is_the_one_that_is_asked_for(question: str, point: int, known: Known) -> None:
    assert int(np.argmax(weigh(question, known).scores)) == point


def test_no_point_is_likely_where_no_known_question_has_its_words(known: Known) -> None:
    strange, own = weigh("Why do zebras sleep?", known), weigh("Who built the bridge?", known)
    assert strange.scores.max() / strange.whole < 0.1
    assert 0.5 < own.scores.max() / own.whole <= 1


def test_few_points_are_weighed_by_how_rare_words_are_among_others(known: Known) -> None:
    own = Known(count([Asking(["Who built the moon?"], None), Asking(["Who built the bridge?"], None)]), SAID[:2])
    query = formulate("Who built the bridge?", "en", shipped())
    among = known.weigh(query, wanted("Who built the bridge?"))
    weighed = own.weigh(query, wanted("Who built the bridge?"), among)
    assert weighed.scores[1] > weighed.scores[0] > 0
    assert weighed.whole == among.whole
    assert weighed.same == 1


def test_a_term_of_several_words_is_met_by_all_of_them() -> None:
    points = [Asking(["Where is the data center?"], None), Asking(["Where is the center?", "What data is kept?"], None)]
    scores = weigh("Où est le centre de données ?", Known(count(points), np.array([True, True]))).scores
    assert scores[0] > scores[1]
