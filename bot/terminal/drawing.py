"""Cards as blocks: where each part of an answer, a source, a context or an explanation stands."""

from collections.abc import Sequence

from bot.cards import AnswerCard, ContextCard, QuoteCard, SourceCard, StretchCard, space_name
from bot.printable import printable
from bot.terminal.blocks import BLANK, Block, Ink, Paragraph, Span, Table, line
from bot.terminal.figures import figures
from bot.translation import Translator, translator
from index.model import State
from index.ranking.explanation import Share

_INDENT = "   "
_MARKS = (">>> ", " <<<")


def question(text: str) -> list[Block]:
    """Return a question as the line above its answer."""
    return [line(printable(text, fold=True), Ink.ASIDE, lead="> ")]


def answer(card: AnswerCard) -> list[Block]:
    """Return an answer: its figures and its numbered quotes, or why there is none and what comes nearest."""
    speaker = translator(card.language)
    blocks: list[Block] = [line(card.understood, Ink.ASIDE)] if card.understood else []
    if card.refusal is None:
        return [*blocks, *figures(card.figures, speaker, named=True), *quotes(card.quotes, speaker)]
    blocks.append(line(card.refusal, Ink.WARNING))
    if card.nearest:
        blocks.append(line(speaker.text("Nearest passage:"), Ink.ASIDE))
        blocks += quote(card.nearest.sentence, card.nearest.source, _INDENT, speaker)
    return blocks


def quotes(cards: Sequence[QuoteCard], speaker: Translator) -> list[Block]:
    """Return quotes with their numbers."""
    return [block for card in cards for block in quote(card.sentence, card.source, f"{card.number}. ", speaker)]


def quote(words: str, card: SourceCard, lead: str, speaker: Translator) -> list[Block]:
    """Return quoted words and, below them, the source that they are from."""
    sentence = translator(card.language).quoted(printable(words, fold=True))
    credit = Paragraph((Span(card.title, Ink.TITLE), Span(_credit(card, speaker), Ink.ASIDE)), _INDENT)
    return [Paragraph((Span(sentence, Ink.MARKED),), lead), credit]


def _credit(card: SourceCard, speaker: Translator) -> str:
    """Return what stands after a title: who wrote it, who published the text, when, and its id."""
    date = _noted(card.date or speaker.text("undated"), card.date_note)
    told = ", ".join(part for part in (card.origin, date) if part)
    return f"{_noted('', card.title_note)} — {told} [{card.id}]"


def _noted(text: str, note: str) -> str:
    return f"{text} ({note})" if note else text


def sources(cards: Sequence[SourceCard], speaker: Translator) -> list[Block]:
    """Return a list of sources, one a row."""
    if not cards:
        return [line(speaker.text("There are no sources yet."))]
    head = ("id", "published", "language", "passages", "state", "title")
    rows = (
        (
            card.id,
            card.date or speaker.text("undated"),
            speaker.language_name(card.language),
            speaker.number(card.passages),
            _state(card.state, speaker),
            _noted(card.title, card.title_note),
        )
        for card in cards
    )
    return [Table(tuple(_heading(name, speaker) for name in head), tuple(rows), numeric=frozenset({3}))]


def source(card: SourceCard, speaker: Translator) -> list[Block]:
    """Return all that is known about one source, one fact a line."""
    about = [
        ("title", _noted(card.title, card.title_note)),
        ("publisher", card.publisher),
        ("credit", card.credit),
        ("published", _noted(card.date or speaker.text("undated"), card.date_note)),
        ("language", speaker.language_name(card.language)),
        ("address", card.url),
        ("state", _state(card.state, speaker)),
        ("version", speaker.number(card.version)),
        ("passages", speaker.number(card.passages)),
        ("words", speaker.number(card.words)),
        ("added", speaker.text("{date} by {name}", date=card.added, name=card.added_by)),
    ]
    return [line(card.id, Ink.MARKED), *facts(about, speaker)]


def facts(about: Sequence[tuple[str, str]], speaker: Translator) -> list[Block]:
    """Return what is known, each fact beside its name; what is empty is left out."""
    rows = tuple((_heading(name, speaker), value) for name, value in about if value)
    return [Table((), rows)]


def _heading(name: str, speaker: Translator) -> str:
    """Return what a column or a fact is called."""
    return {
        "id": speaker.text("id"),
        "title": speaker.text("title"),
        "publisher": speaker.text("publisher"),
        "credit": speaker.text("credit"),
        "published": speaker.text("published"),
        "language": speaker.text("language"),
        "address": speaker.text("address"),
        "state": speaker.text("state"),
        "version": speaker.text("version"),
        "passages": speaker.text("passages"),
        "words": speaker.text("words"),
        "added": speaker.text("added"),
    }[name]


def _state(state: State, speaker: Translator) -> str:
    return {State.LIVE: speaker.text("live"), State.REMOVED: speaker.text("removed")}[state]


def context(card: ContextCard, speaker: Translator) -> list[Block]:
    """Return a quote's passage and its neighbours under their headings, the quote marked."""
    blocks: list[Block] = []
    heading = ""
    for stretch in card.stretches:
        if blocks:
            blocks.append(BLANK)
        if stretch.heading and stretch.heading != heading:
            blocks.append(line(stretch.heading, Ink.ASIDE, lead=_INDENT))
        heading = stretch.heading
        blocks.append(_stretch(stretch))
    title = Span(card.source.title, Ink.TITLE)
    return [Paragraph((title, Span(_credit(card.source, speaker), Ink.ASIDE))), BLANK, *blocks]


def _stretch(card: StretchCard) -> Paragraph:
    sentence = (Span(card.sentence, Ink.MARKED, _MARKS),) if card.sentence else ()
    return Paragraph((Span(card.before), *sentence, Span(card.after)), _INDENT)


def explanation(shares: Sequence[Share], number: int, speaker: Translator) -> list[Block]:
    """Return what a passage's score is made of, the largest share first."""
    total = speaker.number(sum(share.gain for share in shares), decimals=2)
    rows = tuple(
        (
            speaker.number(share.gain, decimals=2),
            printable(share.word, fold=True),
            space_name(share.space, speaker),
            ", ".join(printable(form, fold=True) for form in share.found),
        )
        for share in shares
    )
    opening = speaker.text("The passage of quote {number} scores {total}:", number=number, total=total)
    head = (speaker.text("gain"), speaker.text("word"), speaker.text("sought by"), speaker.text("found as"))
    return [line(opening), Table(head, rows, numeric=frozenset({0}))] if rows else [line(opening)]
