"""A comparison as a card: deals side by side, and what follows from figures that are alike."""

from collections.abc import Mapping

from bot.deals.cards import ComparisonCard, RowCard
from bot.deals.dossiers import deal_name
from bot.deals.figures import FigureCard, lay_out_figure
from bot.deals.numbering import Numbering
from bot.meanings import metric_name, obstacle_sentence
from bot.measures import SPOKEN_SIGNS
from bot.translation import Translator
from index.figures.comparing import Comparison, Row
from index.model import Figure


def lay_out_comparison(comparison: Comparison, speaker: Translator) -> ComparisonCard:
    """Return the card of a comparison."""
    numbering = Numbering()
    columns = tuple(deal_name(deal, speaker) for deal in comparison.deals)
    titles = {column.id: column.title for column in columns}
    rows = tuple(_row(row, titles, numbering, speaker) for row in comparison.rows)
    return ComparisonCard(
        language=speaker.language,
        columns=columns,
        rows=rows,
        quotes=numbering.cards(speaker),
    )


def _row(row: Row, titles: Mapping[str, str], numbering: Numbering, speaker: Translator) -> RowCard:
    return RowCard(
        metric=metric_name(row.metric, speaker),
        cells=tuple(
            tuple(lay_out_figure(figure, numbering.of_figure(figure), speaker) for figure in cell) for cell in row.cells
        ),
        computed=tuple(_computed(figure, titles, numbering, speaker) for figure in row.computed),
        obstacle=obstacle_sentence(row.obstacle, speaker) if row.obstacle else "",
    )


def _computed(figure: Figure, titles: Mapping[str, str], numbering: Numbering, speaker: Translator) -> FigureCard:
    """Return what is computed of two deals' figures; its subject tells which deal's comes first."""
    card = lay_out_figure(figure, numbering.of_figure(figure), speaker)
    names = [next((titles[deal] for deal in operand.deals if deal in titles), "") for operand in figure.operands]
    if figure.operation is None or not all(names):
        return card
    return card._replace(subject=f" {SPOKEN_SIGNS[figure.operation]} ".join(names))
