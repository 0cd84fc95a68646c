"""Cards of deals as blocks: a dossier, a comparison, a timeline, a list of figures, a checked text."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from bot.deals.cards import (
    CheckCard,
    CheckedCard,
    ComparisonCard,
    DealCard,
    DealName,
    EntryCard,
    FactCard,
    FiguresCard,
    ProofCard,
    TimelineCard,
)
from bot.terminal.blocks import BLANK, Block, Ink, Paragraph, Span, Table, line
from bot.terminal.drawing import quote
from bot.terminal.figures import claim, figures, remarks
from bot.translation import Translator, translator
from index.answering.checking import Finding

_INDENT = "   "


def deal(card: DealCard) -> list[Block]:
    """Return all that is known of a deal."""
    speaker = translator(card.language)
    blocks: list[Block] = [
        Paragraph((Span(card.title, Ink.TITLE), Span(f" [{card.id}]", Ink.ASIDE))),
        line(" — ".join(_about(card, speaker)), Ink.ASIDE),
    ]
    if card.line is not None:
        sentence = translator(card.line.source.language).quoted(card.line.sentence)
        blocks.append(Paragraph((Span(sentence), Span(f" [{card.line.number}]", Ink.ASIDE))))
    if card.disagreements:
        differing = speaker.plural(
            "figures differ on {count} point", "figures differ on {count} points", len(card.disagreements)
        )
        blocks.append(line(differing, Ink.WARNING))
    if card.left_out:
        blocks.append(line(card.left_out, Ink.WARNING))
    for group in card.groups:
        blocks += _section(group.metric, figures(group.figures, speaker, _INDENT))
    if card.computed:
        blocks += _section(speaker.text("computed"), figures(card.computed, speaker, _INDENT, named=True))
    blocks += _section(speaker.text("also stated"), list(_facts(card.facts)))
    parties: list[Block] = [
        claim(party.name, f"[{party.number}]", (party.role,), (), _INDENT) for party in card.parties
    ]
    blocks += _section(speaker.text("parties"), parties)
    return [*blocks, *_proofs(card.quotes, speaker)]


def comparison(card: ComparisonCard) -> list[Block]:
    """Return deals side by side: below each measure the figures of each deal, then what is computed or why not."""
    speaker = translator(card.language)
    blocks: list[Block] = [line(" / ".join(column.title for column in card.columns), Ink.TITLE)]
    for row in card.rows:
        told: list[Block] = []
        for column, cell in zip(card.columns, row.cells, strict=True):
            told.append(line(column.title if cell else f"{column.title}{_none(speaker)}", Ink.ASIDE, _INDENT))
            told += figures(cell, speaker, _INDENT * 2)
        told += figures(row.computed, speaker, _INDENT, named=True)
        if row.obstacle:
            told.append(line(row.obstacle, Ink.ASIDE, _INDENT))
        blocks += _section(row.metric, told)
    if not card.rows:
        blocks.append(line(speaker.text("The sources have no figures of these deals."), Ink.ASIDE))
    return [*blocks, *_proofs(card.quotes, speaker)]


def timeline(card: TimelineCard) -> list[Block]:
    """Return what was said when, a row for each entry."""
    speaker = translator(card.language)
    title = card.deal.title if card.deal else speaker.text("all deals")
    columns = 3 if card.deal else 4
    head = ("", speaker.text("date"), speaker.text("figure"), speaker.text("deals"))[:columns]
    rows = tuple(_row(entry)[:columns] for entry in card.entries)
    blocks: list[Block] = [line(title, Ink.TITLE)]
    blocks.append(Table(head, rows) if rows else line(speaker.text("Nothing is dated."), Ink.ASIDE))
    blocks += _section(speaker.text("undated"), figures(card.undated, speaker, _INDENT, named=True))
    return [*blocks, *_proofs(card.quotes, speaker)]


def listed(card: FiguresCard) -> list[Block]:
    """Return a list of figures, below the deal that each is first of all about."""
    speaker = translator(card.language)
    if not card.groups:
        return [line(speaker.text("There are no figures yet."))]
    blocks: list[Block] = []
    for name, cards in card.groups:
        blocks += [] if not blocks else [BLANK]
        blocks += [_name(name), *figures(cards, speaker, _INDENT, named=True)]
    return [*blocks, *_proofs(card.quotes, speaker)]


def check(card: CheckCard) -> list[Block]:
    """Return the figures of a text, each with what the sources say."""
    speaker = translator(card.language)
    blocks: list[Block] = [line(card.summary, Ink.MARKED)]
    for each in card.checked:
        blocks += [_checked(each), *figures(each.figures, speaker, _INDENT, named=True)]
    return [*blocks, *_proofs(card.quotes, speaker)]


def _about(card: DealCard, speaker: Translator) -> Iterator[str]:
    """Yield what sort of thing a deal is, what it belongs to, and up to what day it is told."""
    yield card.kind
    if card.part_of is not None:
        yield speaker.text("part of: {deals}", deals=f"{card.part_of.title} [{card.part_of.number}]")
    if card.parts:
        yield speaker.text("its parts: {deals}", deals=", ".join(part.title for part in card.parts))
    if card.as_of:
        yield card.as_of


def _facts(cards: Sequence[FactCard]) -> Iterator[Block]:
    """Yield facts below their kinds, each of which is named once."""
    for kind, facts in groupby(cards, key=lambda card: card.kind):
        yield line(kind, Ink.ASIDE, _INDENT)
        for card in facts:
            stated = tuple(text for text in (card.certainty, card.attribution) if text)
            yield claim(card.words, f"[{card.number}]", stated, card.notes, _INDENT * 2)
            yield from remarks(card.remarks, _INDENT * 3)


def _row(entry: EntryCard) -> tuple[str, ...]:
    when = f"{entry.when} ({entry.note})" if entry.note else entry.when
    card = entry.figure
    told = ", ".join((f"{card.metric} {card.value} {card.reference}", *card.stated))
    return (entry.sort, when, told, ", ".join(deal.title for deal in entry.deals))


def _checked(card: CheckedCard) -> Paragraph:
    ink = {Finding.MATCHES: Ink.GOOD, Finding.DIFFERS: Ink.WARNING, Finding.UNKNOWN: Ink.ASIDE}[card.finding]
    return Paragraph((Span(card.text, Ink.MARKED), Span(" — "), Span(card.verdict, ink)))


def _name(name: DealName | None) -> Paragraph:
    if name is None:
        return line("—", Ink.TITLE)
    return Paragraph((Span(name.title, Ink.TITLE), Span(f" [{name.id}]", Ink.ASIDE)))


def _none(speaker: Translator) -> str:
    none = speaker.text("none")
    return f" — {none}"


def _section(heading: str, blocks: Sequence[Block]) -> list[Block]:
    return [BLANK, line(heading, Ink.TITLE), *blocks] if blocks else []


def _proofs(cards: Sequence[ProofCard], speaker: Translator) -> list[Block]:
    """Return the numbered quotes to which all refers."""
    proofs = [block for card in cards for block in quote(card.sentence, card.source, f"{card.number}. ", speaker)]
    return [BLANK, *proofs] if proofs else []
