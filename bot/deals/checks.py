"""A checked message as a card: each of its figures, and what the sources say."""

from collections.abc import Sequence

from bot.deals.cards import CheckCard, CheckedCard
from bot.deals.figures import lay_out_figure
from bot.deals.numbering import Numbering
from bot.measures import quoted
from bot.translation import Translator
from index.answering.checking import Checked, Finding
from index.figures.deals import FoundFigure
from index.figures.grammar.tokens import BREAK, tokenise
from index.figures.grammar.tongue import tongue
from index.figures.kinds import Bound


def lay_out_check(checked: Sequence[Checked], speaker: Translator) -> CheckCard:
    """Return the card of a message whose figures were held against the sources."""
    numbering = Numbering()
    cards = tuple(_checked(each, numbering, speaker) for each in checked)
    return CheckCard(speaker.language, _summary(checked, speaker), cards, numbering.cards(speaker))


def _checked(each: Checked, numbering: Numbering, speaker: Translator) -> CheckedCard:
    text = each.said.text
    return CheckedCard(
        text=quoted(_own_words(each.said), speaker),
        start=text.start,
        end=text.end,
        finding=each.finding,
        verdict=_verdict(each.finding, speaker),
        figures=tuple(lay_out_figure(figure, numbering.of_figure(figure), speaker) for figure in each.figures),
    )


def _own_words(said: FoundFigure) -> str:
    """Return a figure as it is written in a text, with the words before it that leave room on one side."""
    if said.bound in {Bound.EXACT, Bound.BETWEEN}:
        return said.text.quote
    before = said.quote.quote[: said.text.start - said.quote.start]
    tokens = tokenise(before)
    last = max((place for place, kind in enumerate(tokens.kinds) if kind != BREAK), default=-1) + 1
    found = [phrases.before(tokens.keys, last) for phrases in (tongue("fr").bound_before, tongue("en").bound_before)]
    starts = [tokens.starts[each.place] for each in found if each is not None and each.meaning is said.bound]
    return said.quote.quote[min(starts) : said.text.end - said.quote.start] if starts else said.text.quote


def _verdict(finding: Finding, speaker: Translator) -> str:
    return {
        Finding.MATCHES: speaker.text("matches the sources"),
        Finding.DIFFERS: speaker.text("differs: the sources say"),
        Finding.UNKNOWN: speaker.text("not in the sources"),
    }[finding]


def _summary(checked: Sequence[Checked], speaker: Translator) -> str:
    if not checked:
        return speaker.text("There is no figure in this text.")
    matching, differing, unknown = (sum(each.finding is finding for each in checked) for finding in Finding)
    told = (
        speaker.plural("{count} figure matches", "{count} figures match", matching) if matching else "",
        speaker.plural("{count} figure differs", "{count} figures differ", differing) if differing else "",
        speaker.plural("{count} figure is not in the sources", "{count} figures are not in the sources", unknown)
        if unknown
        else "",
    )
    return f"{', '.join(part for part in told if part)}."
