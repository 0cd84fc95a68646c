"""The ledger that comes with Sourcier against the grammar: both read the same values in the same words."""

import pytest

from index import seeding
from index.figures.curated import shipped
from index.figures.dates import dates
from index.figures.deals import CuratedFigure
from index.figures.kinds import Metric, Unsaid
from index.figures.quantities import quantities
from index.model import Article

SEEDS: dict[str, Article] = dict(seeding.articles())
LEDGER = shipped()
QUANTITIES = {name: quantities(article.text, article.language) for name, article in SEEDS.items()}
DATES = {name: dates(article.text, article.language) for name, article in SEEDS.items()}
AMOUNTS = [figure for figure in LEDGER.figures if figure.metric is not Metric.DATE]
STATED_DATES = [
    figure
    for figure in LEDGER.figures
    if figure.metric is Metric.DATE and not any(moment.relative for moment in figure.moments)
]


@pytest.mark.parametrize("figure", AMOUNTS, ids=lambda figure: figure.id)
def test_the_grammar_reads_what_was_curated_by_hand(figure: CuratedFigure) -> None:
    read = [
        found
        for found in QUANTITIES[figure.proof.source]
        if found.start < figure.text.end and figure.text.start < found.end
    ]
    assert [(found.value, found.low, found.high, found.unit, found.counted, found.per) for found in read] == [
        (figure.value, figure.low, figure.high, figure.unit, figure.counted, figure.per)
    ]
    assert read[0].bound is figure.bound
    assert SEEDS[figure.proof.source].text[read[0].start : read[0].end] == figure.text.quote


@pytest.mark.parametrize("figure", STATED_DATES, ids=lambda figure: figure.id)
def test_the_grammar_reads_the_dates_that_were_curated_by_hand(figure: CuratedFigure) -> None:
    (moment, *_) = figure.moments
    read = [
        found for found in DATES[figure.proof.source] if found.start < figure.text.end and figure.text.start < found.end
    ]
    written = (moment.earliest or "", moment.latest or "")
    if Unsaid.YEAR in figure.inferred:
        written = (f"-{written[0][4:]}", f"-{written[1][4:]}")
    assert [(found.earliest, found.latest, found.bound) for found in read] == [(*written, figure.bound)]


def test_every_quantity_and_date_that_the_grammar_finds_is_a_figure_or_ignored_with_a_reason() -> None:
    accounted = [(figure.proof.source, figure.text) for figure in LEDGER.figures]
    accounted += [(ignored.proof.source, ignored.text) for ignored in LEDGER.ignored]
    read = [(name, found.start, found.end) for name in SEEDS for found in QUANTITIES[name]]
    read += [(name, found.start, found.end) for name in SEEDS for found in DATES[name]]
    assert len(read) >= len(AMOUNTS) + len(STATED_DATES)
    forgotten = [
        f"{name}: {SEEDS[name].text[start:end]!r}"
        for name, start, end in read
        if not any(source == name and text.start <= start and end <= text.end for source, text in accounted)
    ]
    assert forgotten == []
