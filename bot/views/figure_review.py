"""Figures to be reviewed as Discord messages: one by itself with all that is known of it, or a page of a list."""

import re
from collections.abc import Iterator, Sequence

from discord import ButtonStyle
from discord.ui import ActionRow, Container, LayoutView, Section, Separator, TextDisplay

from bot.moderation.figure_cards import FoundCard, ReviewCard, Standing, standing_name
from bot.translation import Translator
from bot.views import draft_controls
from bot.views.figure_review_controls import DEAL_KEY, Act, FigureButton, Press
from bot.views.figures import figure_lines
from bot.views.markdown import button_label, escape, escape_line, fitted, length
from bot.views.notice import CALM, Notice
from bot.views.stamps import clock

PAGE = 6
"""Figures on a page of the list: with the button of each, they stay below the 40 components of a message."""

# Characters that the parts of a message take once they are drawn; together they stay below Discord's 4,000.
_ROOM = 3_900
_TITLE = 200
_SENTENCE = 1_500
_FEW = 180  # of a sentence in the list
_VALUE = 120
_DEAL = 90
_MOST_DEALS = 5
_SIGNS = {Standing.WAITING: "◻️", Standing.APPROVED: "✅", Standing.CORRECTED: "✏️", Standing.REJECTED: "❌"}
_CUT = "[…]"
_WORD_BEFORE = re.compile(r"\A\S*\s+")
_WORD_AFTER = re.compile(r"\s+\S*\Z")


class FigureView(LayoutView):
    """One figure of a card, by itself. ``said``: what was done just now, ready to be shown."""

    def __init__(self, card: ReviewCard, found: FoundCard, speaker: Translator, *, said: str = "") -> None:
        super().__init__(timeout=None)
        top = [said] if said else []
        top.append(_heading(card, speaker, f"{found.number}/{len(card.ids)}"))
        told_of = [
            f"{_SIGNS[found.standing]} {escape_line(found.stands)}",
            figure_lines(found.figure, speaker, metric=True),
            f"→ {_deals(found, speaker)}",
        ]
        left = _ROOM - sum(length(text) for text in (*top, *told_of))
        box: Container[LayoutView] = Container(accent_colour=CALM)
        for text in top:
            box.add_item(TextDisplay(text))
            box.add_item(Separator())
        for text in (*told_of, f"> {_sentence(found, min(_SENTENCE, left))}"):
            box.add_item(TextDisplay(text))
        self.add_item(box)
        self.add_item(ActionRow(*_decisions(card, found, speaker)))
        self.add_item(ActionRow(*_around(card, found, speaker)))


class FiguresView(LayoutView):
    """A page of all figures of a card, which are the ones that it shows. ``said``: as in ``FigureView``."""

    def __init__(self, card: ReviewCard, speaker: Translator, *, said: str = "") -> None:
        super().__init__(timeout=None)
        pages = -(-len(card.ids) // PAGE)
        page = (card.figures[0].number - 1) // PAGE
        box: Container[LayoutView] = Container(accent_colour=CALM)
        if said:
            box.add_item(TextDisplay(said))
            box.add_item(Separator())
        box.add_item(TextDisplay(_heading(card, speaker, f"{page + 1}/{pages}" if pages > 1 else "")))
        for found in card.figures:
            button = FigureButton(Press(Act.SHOW, card.place, found.id), speaker.text("Look"))
            box.add_item(Section(TextDisplay(_entry(found, speaker)), accessory=button))
        self.add_item(box)
        if row := [*_turning(card, page, pages), *_ways_out(card, card.figures[0], speaker)]:
            self.add_item(ActionRow(*row))


def no_figures(title: str, speaker: Translator) -> Notice:
    """Return what is said of a draft or a source in which no figures were found."""
    named = speaker.quoted(fitted(title, _TITLE))
    return Notice(speaker.text("I found no figures in {title}.", title=named), colour=CALM)


def unknown_deal(
    card: ReviewCard, found: FoundCard, name: str, near: Sequence[tuple[str, str]], speaker: Translator
) -> Notice:
    """Say that there is no deal of a name, which ones are near (their keys and titles), and how to make it."""
    wanted = speaker.quoted(fitted(name, _TITLE))
    said = speaker.text("There is no deal called {name} here, so nothing was changed.", name=wanted)
    if near:
        said += " " + speaker.text("Is it one of these, or shall I make it?")
    joins = [
        FigureButton(Press(Act.JOIN, card.place, found.id, found.mark, key[:DEAL_KEY]), button_label(title))
        for key, title in near
    ]
    make = Press(Act.NEW_DEAL, card.place, found.id, found.mark)
    notice = Notice(said)
    notice.add_item(ActionRow(*joins, FigureButton(make, speaker.text("New deal"), style=ButtonStyle.primary)))
    return notice


def told(found: FoundCard, speaker: Translator) -> str:
    """Return what has just become of a figure, ready to be shown."""
    value = f"**{fitted(found.figure.value, _VALUE)}**"
    return f"{_SIGNS[found.standing]} {value} · {escape_line(standing_name(found.standing, speaker))}"


def _heading(card: ReviewCard, speaker: Translator, place: str) -> str:
    title = speaker.text("Figures of {title}", title=speaker.quoted(fitted(card.title, _TITLE)))
    counts = " · ".join(_counted(card, standing, speaker) for standing in Standing if card.counts.get(standing))
    lines = [f"### {title}", f"-# {counts}"]
    if card.until is not None:
        draft = speaker.text("A draft until {until}: its figures count once it is approved.", until=clock(card.until))
        lines.append(f"-# {draft}")
    if place:
        lines.append(f"-# {place}")
    return "\n".join(lines)


def _counted(card: ReviewCard, standing: Standing, speaker: Translator) -> str:
    name = escape_line(standing_name(standing, speaker))
    counted = speaker.text("{name}: {value}", name=name, value=speaker.number(card.counts[standing]))
    return f"{_SIGNS[standing]} {counted}"


def _deals(found: FoundCard, speaker: Translator) -> str:
    shown = " · ".join(f"**{fitted(deal, _DEAL)}**" for deal in found.deals[:_MOST_DEALS])
    if left := len(found.deals[_MOST_DEALS:]):
        shown += " · " + speaker.plural("and {count} more", "and {count} more", left)
    return shown or speaker.text("no deal")


def _entry(found: FoundCard, speaker: Translator) -> str:
    value = f"**{fitted(found.figure.value, _VALUE)}**"
    facts = [escape_line(found.figure.metric), _deals(found._replace(deals=found.deals[:1]), speaker)]
    lines = [f"{_SIGNS[found.standing]} {found.number}. {value} · {' · '.join(facts)}"]
    return "\n".join([*lines, f"-# {_sentence(found, _FEW)}"])


def _sentence(found: FoundCard, room: int) -> str:
    """Return a figure's sentence with its number in bold, cut on both sides where there is no room for all."""
    bold = f"**{escape(_head(found.text, room // 2))}**"
    left = room - length(bold)
    before, after = escape(found.before), escape(found.after)
    if length(before) + length(after) > left:
        room = left // 4  # on each side, and more where the other takes less; escaping and UTF-16 double a text each
        ahead = max(room, 2 * room - len(found.after))
        before = escape(_tail(found.before, ahead))
        after = escape(_head(found.after, max(room, 2 * room - len(found.before))))
    return f"{before}{bold}{after}"


def _head(text: str, room: int) -> str:
    return text if len(text) <= room else f"{_WORD_AFTER.sub('', text[:room])} {_CUT}"


def _tail(text: str, room: int) -> str:
    return text if len(text) <= room else f"{_CUT} {_WORD_BEFORE.sub('', text[len(text) - room :])}"


def _decisions(card: ReviewCard, found: FoundCard, speaker: Translator) -> Iterator[FigureButton]:
    def button(act: Act, label: str, style: ButtonStyle = ButtonStyle.secondary, *, done: bool = False) -> FigureButton:
        return FigureButton(Press(act, card.place, found.id, found.mark), label, style=style, disabled=done)

    approved = found.standing in {Standing.APPROVED, Standing.CORRECTED}
    yield button(Act.APPROVE, speaker.text("Approve"), ButtonStyle.success, done=approved)
    yield button(Act.REJECT, speaker.text("Reject"), ButtonStyle.danger, done=found.standing is Standing.REJECTED)
    yield button(Act.CORRECT, speaker.text("Correct"))
    yield button(Act.DEALS, speaker.text("Deals"))
    if found.deals:
        yield button(Act.NO_DEAL, speaker.text("No deal"))
    else:
        yield button(Act.NEW_DEAL, speaker.text("New deal"))


def _around(
    card: ReviewCard, found: FoundCard, speaker: Translator
) -> Iterator[FigureButton | draft_controls.DraftButton]:
    place, last = found.number - 1, len(card.ids) - 1
    yield FigureButton(Press(Act.BACK, card.place, card.ids[max(place - 1, 0)]), "◀", disabled=place == 0)
    yield FigureButton(Press(Act.NEXT, card.place, card.ids[min(place + 1, last)]), "▶", disabled=place == last)
    yield FigureButton(Press(Act.LIST, card.place, found.id), speaker.text("All figures"))
    yield from _ways_out(card, found, speaker)


def _turning(card: ReviewCard, page: int, pages: int) -> Iterator[FigureButton | draft_controls.DraftButton]:
    if pages > 1:
        back, ahead = max(page - 1, 0) * PAGE, min(page + 1, pages - 1) * PAGE
        yield FigureButton(Press(Act.LIST_BACK, card.place, card.ids[back]), "◀", disabled=page == 0)
        yield FigureButton(Press(Act.LIST_NEXT, card.place, card.ids[ahead]), "▶", disabled=page + 1 == pages)


def _ways_out(
    card: ReviewCard, found: FoundCard, speaker: Translator
) -> Iterator[FigureButton | draft_controls.DraftButton]:
    if card.waiting:
        label = speaker.plural("Approve the {count} that waits", "Approve all {count} that wait", card.waiting)
        yield FigureButton(Press(Act.ALL, card.place, found.id, card.mark), label)
    if card.until is not None:
        back = draft_controls.Press(draft_controls.Act.SHOW, card.place)
        yield draft_controls.DraftButton(back, speaker.text("Back to the draft"))
