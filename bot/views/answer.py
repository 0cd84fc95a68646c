"""An answer as a Discord message: its figures and quotes, or an honest no, and what can be done with it."""

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from discord import ButtonStyle
from discord.ui import ActionRow, Button, Container, LayoutView, Section, Separator, TextDisplay

from bot.cards import AnswerCard, QuoteCard, SourceCard
from bot.deals.figures import FigureCard
from bot.translation import Translator, translator
from bot.views.controls import PAGE, Act, AnswerButton, turning
from bot.views.deep_links import deep_link
from bot.views.figures import figure_lines, headline
from bot.views.markdown import escape, escape_line, fitted, length
from bot.views.notice import CALM, CAREFUL
from bot.views.paging import excerpt, paginate

# Discord allows 4,000 characters of text in a message, all its parts together. What stands above the quotes has at most
# 850 of them: the question, the refusal with the words that it names, the line above the nearest passage; or the
# question and the figures, which take some of the room of the quotes where there are many.
_ROOM = 3_100
_ROOM_OF_FIGURES = 1_400
_FIGURES_BESIDE = 450  # characters of figures that take no room from the quotes
_ROOM_OF_ONE = 950  # characters that a quote takes, more only where its sentence alone is longer
_CREDIT = 400
_QUESTION = 300
_FOLLOWING, _UNDERSTOOD = 100, 190  # together no more, where the question follows another
_TITLE = 150
_ORIGIN = 80
_NEAR = 2_000  # characters on each side of a sentence among which its neighbours are looked for


class Drawn(NamedTuple):
    """A quote with its source, or a part of one that no message could hold whole, ready to be shown."""

    text: str
    card: QuoteCard


class AnswerView(LayoutView):
    """An answer that is kept under ``answer_id``. ``private``: only the asker sees it, and may publish it."""

    def __init__(self, card: AnswerCard, answer_id: str, *, private: bool = False) -> None:
        super().__init__(timeout=None)
        speaker = translator(card.language)
        nearest = (card.nearest,) if card.nearest else ()
        figures = _figures(card.figures, speaker)
        shown = list(islice(pages(card.quotes or nearest, speaker, room=_room_beside(figures)), 2))
        box: Container[LayoutView] = Container(accent_colour=CALM if card.refusal is None else CAREFUL)
        if card.question:
            box.add_item(TextDisplay(_question(card)))
        if card.refusal is not None:
            box.add_item(TextDisplay(f"**{escape_line(card.refusal)}**"))
        if nearest:
            announced = speaker.text("Nearest passage:")
            box.add_item(TextDisplay(f"-# {announced}"))
        if figures:
            box.add_item(TextDisplay(figures))
        if shown:
            draw(box, shown[0], speaker)
        self.add_item(box)
        self.add_item(ActionRow(*_buttons(card, answer_id, speaker, more=len(shown) > 1, private=private)))


class QuotesView(LayoutView):
    """A later page of an answer's quotes; ``page`` counts from 0, the answer itself being page 0."""

    def __init__(self, card: AnswerCard, answer_id: str, page: int) -> None:
        super().__init__(timeout=None)
        speaker = translator(card.language)
        room = _room_beside(_figures(card.figures, speaker))
        laid = list(islice(pages(card.quotes, speaker, room=room), page + 2))
        page = min(page, len(laid) - 1)
        box: Container[LayoutView] = Container(accent_colour=CALM)
        draw(box, laid[page], speaker)
        self.add_item(box)
        number = laid[page][0].card.number
        self.add_item(
            ActionRow(
                *turning(Act.MORE, answer_id, 0, page, len(laid)),
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


def _question(card: AnswerCard) -> str:
    if not card.understood:
        return f"> {fitted(card.question, _QUESTION)}"
    return f"> {fitted(card.question, _FOLLOWING)}\n-# {fitted(card.understood, _UNDERSTOOD)}"


def _figures(cards: Sequence[FigureCard], speaker: Translator) -> str:
    """Return the figures of an answer, in large letters those that measure what the first does, side by side.

    Those for which there is no room are counted.
    """
    texts: list[str] = []
    for number, card in enumerate(cards):
        large = card.metric == cards[0].metric
        text = headline(card, speaker) if large else figure_lines(card, speaker, metric=True)
        if texts and length("\n".join([*texts, text])) > _ROOM_OF_FIGURES:
            more = speaker.plural("and {count} more figure", "and {count} more figures", len(cards) - number)
            return "\n".join([*texts, f"-# {more}"])
        texts.append(text)
    return "\n".join(texts)


def _room_beside(figures: str) -> int:
    """Return the room that quotes have on the page that figures stand on."""
    return _ROOM - max(length(figures) - _FIGURES_BESIDE, 0)


def pages(
    quotes: Sequence[QuoteCard], speaker: Translator, *, most: int = PAGE, room: int = _ROOM
) -> Iterator[list[Drawn]]:
    """Yield pages of quotes, at most ``most`` on each and as many as a message holds; only those asked for are laid.

    ``room``: what the first page has, where something else stands on it, too.
    """
    page: list[Drawn] = []
    left = room
    for card in quotes:
        signed = f"\n-# **{card.number}** · {credit(card.source, speaker)}"
        for text in _texts(card, room):
            whole = text + signed
            if page and (len(page) == most or length(whole) > left):
                yield page
                page, left = [], _ROOM
            page.append(Drawn(whole, card))
            left -= length(whole)
    if page:
        yield page


def _texts(card: QuoteCard, room: int) -> Iterator[str]:
    """Yield a quote as a block quote with its sentence in bold; a sentence too long for a page in parts."""
    before, sentence, after = excerpt(
        card.before[-_NEAR:], card.sentence, card.after[:_NEAR], _ROOM_OF_ONE, _drawn_length
    )
    if _drawn_length(sentence) <= room - _CREDIT:
        yield _block_quote(escape(before) + bold(sentence) + escape(after))
        return
    for page in paginate([sentence], room - _CREDIT, _drawn_length):
        for part in page:
            yield _block_quote(bold(part))


def _drawn_length(text: str) -> int:
    return length(_block_quote(bold(text)))


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
    """Add a page of quotes to a box, with a link to the quoted sentence where its source has an address."""
    for drawn in page:
        if box.children:
            box.add_item(Separator())
        link = deep_link(drawn.card.source.url, drawn.card.sentence)
        if link is None:
            box.add_item(TextDisplay(drawn.text))
        else:
            box.add_item(Section(TextDisplay(drawn.text), accessory=Button(label=speaker.text("Read"), url=link)))


def credit(card: SourceCard, speaker: Translator) -> str:
    """Return a source's title, who published it and when, on one line."""
    title = noted(fitted(card.title, _TITLE), escape_line(card.title_note))
    origin = fitted(card.origin, _ORIGIN) if card.origin else ""
    date = escape_line(noted(card.date or speaker.text("undated"), card.date_note))
    return f"{title} — {', '.join(part for part in (origin, date) if part)}"


def noted(text: str, note: str) -> str:
    """Return a text with a note in brackets, where there is one."""
    return f"{text} ({note})" if note else text
