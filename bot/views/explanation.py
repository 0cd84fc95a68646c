"""Why a passage was chosen: which words of the question gave how much of its score."""

from collections.abc import Sequence

from discord.ui import ActionRow, Container, LayoutView, TextDisplay

from bot.cards import SourceCard, printable, space_name
from bot.translation import Translator
from bot.views.answer import credit
from bot.views.controls import Act, others
from bot.views.markdown import escape_line, truncate
from bot.views.notice import CALM
from index.ranking.explanation import Share

_MOST = 20  # shares that are listed
_WORD = 60


class ExplanationView(LayoutView):
    """The shares of a passage's score, the largest first. ``numbers``: the answer's quotes."""

    def __init__(
        self,
        shares: Sequence[Share],
        source: SourceCard,
        answer_id: str,
        at: int,
        numbers: Sequence[int],
        speaker: Translator,
    ) -> None:
        super().__init__(timeout=None)
        total = speaker.number(sum(share.gain for share in shares), decimals=2)
        lines = [_line(share, speaker) for share in shares[:_MOST]]
        if len(shares) > _MOST:
            rest = speaker.plural("and {count} smaller one", "and {count} smaller ones", len(shares) - _MOST)
            lines.append(f"-# {rest}")
        box: Container[LayoutView] = Container(accent_colour=CALM)
        box.add_item(TextDisplay(f"**{at}** · {credit(source, speaker)}"))
        opening = speaker.text("The passage of quote {number} scores {total}:", number=at, total=total)
        box.add_item(TextDisplay("\n".join([opening, *lines])))
        self.add_item(box)
        if row := list(others(Act.WHY, answer_id, at, numbers)):
            self.add_item(ActionRow(*row))


def _line(share: Share, speaker: Translator) -> str:
    word = escape_line(truncate(printable(share.word, fold=True), _WORD))
    found = escape_line(truncate(printable(", ".join(share.found), fold=True), _WORD))
    gain = speaker.number(share.gain, decimals=2)
    return f"- **{word}** · {space_name(share.space, speaker)}: {found} · +{gain}"
