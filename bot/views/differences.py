"""What another version of a source changes, as lines of a Discord message."""

from collections.abc import Iterator, Sequence

from bot.moderation.keeping_cards import ChangedFigureCard, DifferenceCard, lay_out_difference
from bot.translation import Translator
from bot.views.markdown import fitted
from index.moderating.differences import Difference

MOST = 3
"""Sentences and figures of each kind that are shown; of the others there is a count."""

_SENTENCE = 140  # characters that one takes once it is drawn
_VALUE = 80
_SHORT = 60


def difference_lines(difference: Difference, speaker: Translator, *, most: int = MOST) -> list[str]:
    """Return what a version changes, what matters most first: with 3 of each at most 2,600 characters."""
    return card_lines(lay_out_difference(difference, speaker), speaker, most=most)


def card_lines(card: DifferenceCard, speaker: Translator, *, most: int = MOST) -> list[str]:
    """Return the lines of a card: quotes that are lost, figures that change, sentences that came and went."""
    told = (_lost, _figures, _moved, _sentences)
    return [line for tell in told for line in tell(card, speaker, most)]


def _lost(card: DifferenceCard, speaker: Translator, most: int) -> Iterator[str]:
    if card.lost:
        told = speaker.plural(
            "{count} sentence that I have quoted is gone:",
            "{count} sentences that I have quoted are gone:",
            card.lost_count,
        )
        yield f"**{told}**"
        yield from _listed([f"− {fitted(quote, _SENTENCE)}" for quote in card.lost[:most]], card.lost_count, speaker)


def _figures(card: DifferenceCard, speaker: Translator, most: int) -> Iterator[str]:
    if card.figures:
        told = speaker.plural(
            "{count} approved figure changes:", "{count} approved figures change:", card.figures_count
        )
        yield f"**{told}**"
        lines = [_changed(figure, speaker) for figure in card.figures[:most]]
        yield from _listed(lines, card.figures_count, speaker)


def _moved(card: DifferenceCard, speaker: Translator, most: int) -> Iterator[str]:
    if card.moved:
        told = speaker.plural(
            "{count} approved figure stands in another sentence now, and is to be approved again:",
            "{count} approved figures stand in other sentences now, and are to be approved again:",
            card.moved_count,
        )
        yield f"**{told}**"
        lines = [
            speaker.text("{name}: {value}", name=fitted(metric, _SHORT), value=fitted(value, _VALUE))
            for metric, value in card.moved[:most]
        ]
        yield from _listed(lines, card.moved_count, speaker)


def _sentences(card: DifferenceCard, speaker: Translator, most: int) -> Iterator[str]:
    if not card.gone_count and not card.new_count:
        yield speaker.text("Every sentence is what it was.")
        return
    told = speaker.text(
        "{gone}, {new}, {kept}.",
        gone=speaker.plural("{count} sentence is gone", "{count} sentences are gone", card.gone_count),
        new=speaker.plural("{count} is new", "{count} are new", card.new_count),
        kept=speaker.plural("{count} stays", "{count} stay", card.kept),
    )
    yield f"**{told}**"
    gone, new = card.gone[:most], card.new[:most]
    yield from _listed([f"− {fitted(each, _SENTENCE)}" for each in gone], card.others, speaker)
    yield from _listed([f"+ {fitted(each, _SENTENCE)}" for each in new], card.new_count, speaker)


def _changed(card: ChangedFigureCard, speaker: Translator) -> str:
    after = f"**{fitted(card.after, _VALUE)}**" if card.after else fitted(card.note, _SHORT)
    metric, before = fitted(card.metric, _SHORT), fitted(card.before, _VALUE)
    return speaker.text("{name}: {before} → {after}", name=metric, before=before, after=after)


def _listed(lines: Sequence[str], count: int, speaker: Translator) -> list[str]:
    """Return lines as small print, and how many more there are of ``count`` in all."""
    shown = [f"-# {line}" for line in lines]
    left = count - len(lines)
    if lines and left > 0:
        shown.append(f"-# {speaker.plural('and {count} more', 'and {count} more', left)}")
    return shown
