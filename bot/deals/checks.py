"""A checked message as a card: each of its figures, and what the sources say."""

from collections.abc import Sequence

from bot.deals.cards import CheckCard, CheckedCard
from bot.deals.figures import lay_out_figure
from bot.deals.numbering import Numbering
from bot.measures import quoted
from bot.translation import Translator
from index.answering.checking import Checked, Finding


def lay_out_check(checked: Sequence[Checked], speaker: Translator) -> CheckCard:
    """Return the card of a message whose figures were held against the sources."""
    numbering = Numbering()
    cards = tuple(_checked(each, numbering, speaker) for each in checked)
    return CheckCard(speaker.language, _summary(checked, speaker), cards, numbering.cards(speaker))


def _checked(each: Checked, numbering: Numbering, speaker: Translator) -> CheckedCard:
    text = each.said.text
    return CheckedCard(
        text=quoted(text.quote, speaker),
        start=text.start,
        end=text.end,
        finding=each.finding,
        verdict=_verdict(each.finding, speaker),
        figures=tuple(lay_out_figure(figure, numbering.of_figure(figure), speaker) for figure in each.figures),
    )


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
        speaker.plural("{count} differs", "{count} differ", differing) if differing else "",
        speaker.plural("{count} is not in the sources", "{count} are not in the sources", unknown) if unknown else "",
    )
    return f"{', '.join(part for part in told if part)}."
