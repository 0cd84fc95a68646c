"""Which of several figures of one sentence is asked for, by what its own clause says."""

import pytest

from index.figures.kinds import Review
from index.library import Library
from index.model import Article

TEXT = """La région verse 130 millions d'euros et le département 75 millions d'euros pour le quai de Morvane.

La famille Valdrin, fondatrice de Morvane Transports, conservera 38 % du capital et le fonds Orvidal 14 %.

À bord, le fauteuil est à 39 euros, la couchette à 69 euros et la cabine à 145 euros."""


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("Combien verse la région pour le quai de Morvane ?", 130e6),
        ("Combien verse le département pour le quai de Morvane ?", 75e6),
        ("Quelle part du capital conservera la famille Valdrin ?", 38),
        ("Quelle part du capital conservera le fonds Orvidal ?", 14),
        ("Combien coûte la couchette ?", 69),
        ("Combien coûte la cabine ?", 145),
        ("how much is the cabin?", 145),
    ],
)
async def test_the_figure_whose_clause_has_more_of_the_question_comes_first(
    empty_library: Library, question: str, value: float
) -> None:
    added = await empty_library.add(Article(title="Morvane", text=TEXT, language="fr"), by="a test")
    figures = [figure.id for figure in await empty_library.reviews.found_in(added.source.id)]
    await empty_library.reviews.decide(figures, Review.APPROVED, by="a test")

    answer = await empty_library.ask(question)

    assert answer.figures
    assert float(answer.figures[0].value or 0) == value
