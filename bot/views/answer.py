"""An answer as a Discord message: its quotes with their sources, or an honest no, and what can be done with it."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from discord import ButtonStyle
from discord.ui import ActionRow, Button, Container, LayoutView, Section, Separator, TextDisplay

from bot.cards import AnswerCard, QuoteCard, SourceCard
from bot.translation import Translator, translator
from bot.views.controls import PAGE, Act, AnswerButton, turning
from bot.views.deep_links import deep_link
from bot.views.markdown import escape, escape_line, length, truncate
from bot.views.notice import CALM, CAREFUL
from bot.views.paging import excerpt, paginate

_ROOM = 3_000  # characters of quotes in a message: Discord allows 4,000 in all, the rest is for titles and notes
_ROOM_OF_ONE = 950  # characters that a quote takes, more only where its sentence alone is longer
_QUESTION = 300
_TITLE = 120
_ORIGIN = 80


class Drawn(NamedTuple):
    """A quote, or a part of one that no message could hold whole, ready to be shown."""

    text: str
    card: QuoteCard


class AnswerView(LayoutView):
    """An answer that is kept under ``answer_id``. ``private``: only the asker sees it, and may publish it."""

    def __init__(self, card: AnswerCard, answer_id: str, *, private: bool = False) -> None:
        super().__init__(timeout=None)
        speaker = translator(card.language)
        answered = pages(card.quotes)
        box: Container[LayoutView] = Container(accent_colour=CALM if card.refusal is None else CAREFUL)
        if card.question:
            box.add_item(TextDisplay(f"> {escape_line(truncate(card.question, _QUESTION))}"))
        if card.refusal is not None:
            box.add_item(TextDisplay(f"**{escape_line(card.refusal)}**"))
        if card.nearest is not None:
            nearest = speaker.text("Nearest passage:")
            box.add_item(TextDisplay(f"-# {nearest}"))
        shown = answered or pages((card.nearest,) if card.nearest else ())
        if shown:
            draw(box, shown[0], speaker)
        self.add_item(box)
        self.add_item(ActionRow(*_buttons(card, answer_id, speaker, more=len(answered) > 1, private=private)))


class QuotesView(LayoutView):
    """A later page of an answer's quotes; ``page`` counts from 0, the answer itself being page 0."""

    def __init__(self, card: AnswerCard, answer_id: str, page: int) -> None:
        super().__init__(timeout=None)
        speaker = translator(card.language)
        answered = pages(card.quotes)
        page = min(page, len(answered) - 1)
        box: Container[LayoutView] = Container(accent_colour=CALM)
        draw(box, answered[page], speaker)
        box.add_item(TextDisplay(f"-# {page + 1}/{len(answered)}"))
        self.add_item(box)
        number = answered[page][0].card.number
        self.add_item(
            ActionRow(
                *turning(Act.MORE, answer_id, 0, page, len(answered)),
                AnswerButton(Act.CONTEXT, answer_id, speaker.text("Context"), at=number),
                AnswerButton(Act.WHY, answer_id, speaker.text("Why this?"), at=number),
            )
        )


def _buttons(
    card: AnswerCard, answer_id: str, speaker: Translator, *, more: bool, private: bool
) -> Iterator[AnswerButton]:
    if card.quotes:
        first = card.quotes[0].number
        yield AnswerButton(Act.CONTEXT, answer_id, speaker.text("Context"), at=first)
        if more:
            yield AnswerButton(Act.MORE, answer_id, speaker.text("More"), page=1)
        yield AnswerButton(Act.WHY, answer_id, speaker.text("Why this?"), at=first)
    else:
        if card.nearest:
            yield AnswerButton(Act.CONTEXT, answer_id, speaker.text("Context"), at=card.nearest.number)
        yield AnswerButton(Act.WISH, answer_id, speaker.text("Ask for a source"), style=ButtonStyle.primary)
    yield AnswerButton(Act.WRONG, answer_id, speaker.text("Wrong?"))
    if private:
        yield AnswerButton(Act.PUBLISH, answer_id, speaker.text("Publish"), style=ButtonStyle.primary)


def pages(quotes: Sequence[QuoteCard]) -> list[list[Drawn]]:
    """Lay quotes on pages, at most ``PAGE`` on each and as many as a message holds."""
    laid: list[list[Drawn]] = []
    room = 0
    for card in quotes:
        for text in _texts(card):
            if not laid or len(laid[-1]) == PAGE or length(text) > room:
                laid.append([])
                room = _ROOM
            laid[-1].append(Drawn(text, card))
            room -= length(text)
    return laid


def _texts(card: QuoteCard) -> Iterator[str]:
    """Yield a quote as a block quote with its sentence in bold; a sentence too long for a message in parts."""
    before, sentence, after = excerpt(card.before, card.sentence, card.after, _ROOM_OF_ONE, _drawn_length)
    if _drawn_length(sentence) <= _ROOM:
        yield _block_quote(escape(before) + bold(sentence) + escape(after))
        return
    for page in paginate([sentence], _ROOM, _drawn_length):
        for part in page:
            yield _block_quote(bold(part))


def _drawn_length(text: str) -> int:
    return length(_block_quote(escape(text)))


def bold(text: str) -> str:
    """Return a text in bold; the white space around it stays outside, or Discord would show the asterisks."""
    core = text.strip()
    if not core:
        return text
    lead, _, trail = text.partition(core)
    return f"{lead}**{escape(core)}**{trail}"


def _block_quote(text: str) -> str:
    return "> " + text.strip("\n").replace("\n", "\n> ")


def draw(box: Container[LayoutView], page: Sequence[Drawn], speaker: Translator) -> None:
    """Add a page of quotes to a box, each with its number, its source and, where there is one, a link to it."""
    for drawn in page:
        if box.children:
            box.add_item(Separator())
        text = f"{drawn.text}\n-# **{drawn.card.number}** · {credit(drawn.card.source, speaker)}"
        link = deep_link(drawn.card.source.url, drawn.card.sentence)
        if link is None:
            box.add_item(TextDisplay(text))
        else:
            box.add_item(Section(TextDisplay(text), accessory=Button(label=speaker.text("Read"), url=link)))


def credit(card: SourceCard, speaker: Translator) -> str:
    """Return a source's title, who published it and when, on one line."""
    title = noted(truncate(card.title, _TITLE), card.title_note)
    origin = truncate(card.origin, _ORIGIN) if card.origin else ""
    date = noted(card.date or speaker.text("undated"), card.date_note)
    return escape_line(f"{title} — {', '.join(part for part in (origin, date) if part)}")


def noted(text: str, note: str) -> str:
    """Return a text with a note in brackets, where there is one."""
    return f"{text} ({note})" if note else text
