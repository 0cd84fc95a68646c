"""The message that Discord would be sent for an answer."""

from typing import Any

from discord import AllowedMentions, MessageFlags

from bot.cards import lay_out
from bot.views.answer import AnswerView
from index.model import Answer

ANSWER_ID = "preview-preview-"
"""Stands where a kept answer has its id; a preview keeps nothing."""

Payload = dict[str, Any]


async def payload(answer: Answer) -> Payload:
    """Return an answer as the message that Discord would be sent; it may ping nobody.

    Asynchronous, because views want a running event loop.
    """
    components = AnswerView(lay_out(answer), ANSWER_ID).to_components()  # type: ignore[no-untyped-call]
    return {
        "flags": MessageFlags(components_v2=True).value,
        "allowed_mentions": AllowedMentions.none().to_dict(),
        "components": components,
    }
