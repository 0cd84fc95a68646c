"""A comparison as a card: deals side by side, and what follows from figures that are alike."""

from bot.deals.cards import ComparisonCard, RowCard
from bot.deals.dossiers import deal_name
from bot.deals.figures import lay_out_figure
from bot.deals.numbering import Numbering
from bot.meanings import metric_name, obstacle_sentence
from bot.translation import Translator
from index.figures.comparing import Comparison, Row


def lay_out_comparison(comparison: Comparison, speaker: Translator) -> ComparisonCard:
    """Return the card of a comparison."""
    numbering = Numbering()
    rows = tuple(_row(row, numbering, speaker) for row in comparison.rows)
    return ComparisonCard(
        language=speaker.language,
        columns=tuple(deal_name(deal, speaker) for deal in comparison.deals),
        rows=rows,
        quotes=numbering.cards(speaker),
    )


def _row(row: Row, numbering: Numbering, speaker: Translator) -> RowCard:
    return RowCard(
        metric=metric_name(row.metric, speaker),
        cells=tuple(
            tuple(lay_out_figure(figure, numbering.of_figure(figure), speaker) for figure in cell) for cell in row.cells
        ),
        computed=tuple(lay_out_figure(figure, numbering.of_figure(figure), speaker) for figure in row.computed),
        obstacle=obstacle_sentence(row.obstacle, speaker) if row.obstacle else "",
    )
