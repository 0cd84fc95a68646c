"""A question on its way to its answer, wherever in Discord it was asked."""

from hashlib import blake2b
from typing import TYPE_CHECKING, NamedTuple

import structlog

from bot.cards import AnswerCard, lay_out
from index.model import SHARED

if TYPE_CHECKING:
    from bot.client import Sourcier

MOST_QUOTES = 12

_log = structlog.get_logger(__name__)


class Question(NamedTuple):
    """A question, as ``bot.wording`` reads it. ``by``: the asker's id; ``came_in``: a message or an interaction.

    ``via``: how it was asked, for the log and the metrics; ``after``: the question whose answer it replies to.
    """

    text: str
    shelf: str
    by: int
    came_in: str
    via: str
    after: str | None = None

    @property
    def origin(self) -> str:
        """What an answer is kept under, so that the same question that comes again is the same."""
        return f"{self.came_in} {self.by} {blake2b(self.text.encode(), digest_size=8).hexdigest()}"


class Replied(NamedTuple):
    """An answer as a card, and the id under which it is kept."""

    card: AnswerCard
    answer_id: str


async def answer(bot: "Sourcier", question: Question) -> Replied:
    """Answer a question and keep the answer, so that its buttons work from now on."""
    found = await bot.library.ask(question.text, question.shelf, limit=MOST_QUOTES, after=question.after)
    answer_id = await bot.library.memory.keep(found, shelf=question.shelf, by=str(question.by), origin=question.origin)
    bot.metrics.answered(found, question.via)
    _log.info(
        "answered",
        via=question.via,
        verdict=found.verdict.value,
        reason=found.reason.value,
        took_ms=round(found.took_ms, 1),
        place="dm or elsewhere" if question.shelf == SHARED else "server",
    )
    return Replied(lay_out(found), answer_id)
