"""Golden questions as Discord messages that only moderators see: all of them, and how each is answered now."""

from collections.abc import Iterator, Mapping, Sequence

from discord.ui import ActionRow, Container, LayoutView, TextDisplay

from bot.printable import printable
from bot.translation import Translator
from bot.views.learning_controls import GoldenAct, GoldenButton, GoldenPress
from bot.views.markdown import fitted
from bot.views.notice import CALM, CAREFUL
from bot.views.sheets import Block, draw_page, lay
from index.moderating.goldens import Golden, Held

_QUESTION = 500
_TITLE = 140
_FIGURE = 100

Titles = Mapping[str, str]
"""The titles of sources by their ids."""


class GoldensView(LayoutView):
    """A page of a server's golden questions, at least one of them; ``page`` counts from 0."""

    def __init__(self, goldens: Sequence[Golden], titles: Titles, page: int, speaker: Translator) -> None:
        super().__init__(timeout=None)
        box: Container[LayoutView] = Container(accent_colour=CALM)
        title = speaker.plural("{count} golden question", "{count} golden questions", len(goldens))
        what = speaker.text("Each is asked before a draft is approved: you are told of what would be answered wrongly.")
        box.add_item(TextDisplay(f"### {title}\n-# {what}"))
        texts = (f"**{_shown(golden)}**\n-# {expected(golden, titles, speaker)}" for golden in goldens)
        _lay(self, box, [Block("", text) for text in texts], GoldenAct.LIST, page)


class CheckedView(LayoutView):
    """A page of how golden questions are answered now, the wrong ones first; there is at least one."""

    def __init__(self, held: Sequence[Held], titles: Titles, page: int, speaker: Translator) -> None:
        super().__init__(timeout=None)
        right = sum(one.now for one in held)
        box: Container[LayoutView] = Container(accent_colour=CALM if right == len(held) else CAREFUL)
        said = speaker.plural(
            "{right} of {count} golden question is answered rightly",
            "{right} of {count} golden questions are answered rightly",
            len(held),
            right=speaker.number(right),
        )
        box.add_item(TextDisplay(f"### {said}"))
        ordered = sorted(held, key=lambda one: one.now)
        _lay(self, box, list(_blocks(ordered, titles, speaker)), GoldenAct.CHECK, page)


def expected(golden: Golden, titles: Titles, speaker: Translator, *, room: int = _TITLE) -> str:
    """Return what a golden question's answer has to come from, state and quote, escaped, each in some ``room``."""
    parts = []
    if golden.source:
        parts.append(speaker.quoted(fitted(titles.get(golden.source, golden.source), room)))
    if golden.figure:
        parts.append(fitted(golden.figure, min(room, _FIGURE)))
    if golden.sentence:
        parts.append(speaker.quoted(fitted(golden.sentence, room)))
    return " · ".join(parts)


def got(held: Held, titles: Titles, speaker: Translator) -> str:
    """Return what a golden question is answered from, escaped."""
    if not held.got:
        return speaker.text("unanswered")
    return speaker.text("answered from {source}", source=speaker.quoted(fitted(titles.get(held.got, held.got), _TITLE)))


def _blocks(held: Sequence[Held], titles: Titles, speaker: Translator) -> Iterator[Block]:
    wrong, right = speaker.text("Not answered rightly"), speaker.text("Answered rightly")
    for one in held:
        if one.now:
            yield Block(right, f"- {_shown(one.golden)}", 1)
        else:
            wanted = speaker.text("expected: {what}", what=expected(one.golden, titles, speaker))
            yield Block(wrong, f"- {_shown(one.golden)}\n-# {wanted} · {got(one, titles, speaker)}", 0)


def _shown(golden: Golden) -> str:
    return fitted(printable(golden.question, fold=True), _QUESTION)


def _lay(view: LayoutView, box: Container[LayoutView], blocks: Sequence[Block], act: GoldenAct, page: int) -> None:
    """Put a page of blocks into a box, the box into a view, and the buttons that turn the page below it."""
    laid = lay(blocks)
    page = min(page, len(laid) - 1)
    draw_page(box, laid, page)
    view.add_item(box)
    if len(laid) > 1:
        back, ahead = GoldenPress(act, max(page - 1, 0)), GoldenPress(act, page + 1)
        view.add_item(
            ActionRow(
                GoldenButton(back, "◀", disabled=page == 0),
                GoldenButton(ahead, "▶", disabled=ahead.page == len(laid)),
            )
        )
