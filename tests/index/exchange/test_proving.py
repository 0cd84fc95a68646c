"""Figures of a file held against their article: what is read or corrected there passes, nothing else does."""

import pytest

from index import seeding
from index.exchange.proving import Proof
from index.figures.curated import shipped
from index.figures.deals import FoundFigure
from index.figures.extraction import extract
from index.figures.kinds import Metric
from index.model import Article
from index.moderating.correcting import Correction, correct

TEXT = (
    "Oracle fournira environ 4,5 GW à OpenAI à partir de 2027, pour 30 milliards de dollars par an.\n\n"
    "Le centre de Valbrune aura entre 300 et 320 MW, a annoncé Inès Collard jeudi. Il comptera 400 000 puces GB200."
)
ARTICLE = Article(text=TEXT, title="Contrat", language="fr", published="2026-04-02")
PROOF = Proof(ARTICLE)


def found(article: Article) -> list[FoundFigure]:
    deals = shipped().deals
    told = (article.text, article.title, article.language, deals, article.published)
    return extract(*told, markdown=article.markdown)


def figure(text: str) -> FoundFigure:
    return next(each for each in found(ARTICLE) if text in each.text.quote)


def changed(text: str, **fields: object) -> FoundFigure:
    return FoundFigure.model_validate(figure(text).model_dump() | fields)


def test_all_that_is_found_in_an_article_is_what_it_says() -> None:
    articles = [ARTICLE, *(article for _, article in seeding.articles())]
    held = [(each, Proof(article).wrong_with(each)) for article in articles for each in found(article)]
    assert [(each.text.quote, wrong) for each, wrong in held if wrong] == []
    assert len(held) > 30
    assert {each.metric is Metric.DATE for each, _ in held} == {True, False}


@pytest.mark.parametrize(
    ("text", "correction"),
    [
        ("4,5 GW", Correction(measure="4.5 GW")),
        ("4,5 GW", Correction(measure="environ 4,5 gigawatts", deals=("stargate",))),
        ("4,5 GW", Correction(measure="30 billion dollars a year", metric=Metric.ANNUAL_VALUE)),
        ("30 milliards", Correction(measure="30 milliards de dollars canadiens par an")),
        ("MW", Correction(measure="320 MW")),
        ("puces", Correction(measure="400 000 puces GB200")),
        ("puces", Correction(metric=Metric.NUMBER)),
    ],
)
def test_what_a_moderator_may_correct_may_be_imported(text: str, correction: Correction) -> None:
    assert PROOF.wrong_with(correct(figure(text), correction, "fr")) == ""


@pytest.mark.parametrize(
    ("text", "fields", "reason"),
    [
        ("4,5 GW", {"value": "9000000000000"}, "does not say its number"),
        ("4,5 GW", {"value": "45000000000"}, "does not say its number"),
        ("4,5 GW", {"value": "30000000000"}, "does not say its number"),  # which stands elsewhere in the sentence
        ("4,5 GW", {"value": "2027"}, "does not say its number"),
        ("4,5 GW", {"unit": "USD", "metric": "investment"}, "does not say its number"),
        ("MW", {"high": "420000000"}, "does not say its number"),
        ("4,5 GW", {"subject": "Le roi"}, "words of a figure"),
        ("4,5 GW", {"attribution": "Sam Altman"}, "words of a figure"),
        ("puces", {"counted": "puces d’or"}, "words of a figure"),
        ("4,5 GW", {"since": {"written": "à partir de 2027", "iso": "2037"}}, "does not say its date"),
        (
            "4,5 GW",
            {"since": {"written": "à partir de 2027", "iso": "2037", "relative": True}},
            "does not say its date",
        ),
        ("4,5 GW", {"since": {"written": "à partir de 2037", "iso": "2037"}}, "words of a figure"),
    ],
)
def test_what_a_quote_does_not_say_is_no_figure_of_it(text: str, fields: dict[str, object], reason: str) -> None:
    assert reason in PROOF.wrong_with(changed(text, **fields))
