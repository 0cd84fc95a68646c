"""Commands used by a client that is set to another language than simcord's own."""

from typing import Any

from simcord.env import Env
from simcord.results import InteractionResult


async def again_in(env: Env, locale: str, **changed: Any) -> InteractionResult:
    """Send the last interaction once more, from a client in ``locale``, with other fields where some are given."""
    last = [payload for _, name, payload in env.backend.transcript if name == "INTERACTION_CREATE"][-1]
    person = last["member"]["user"] if "member" in last else last["user"]
    guild_id = int(last["guild_id"]) if "guild_id" in last else None
    record = env.backend.new_interaction(last["type"], int(last["channel_id"]), int(person["id"]), guild_id)
    env.backend.emit(
        "INTERACTION_CREATE", {**last, "id": str(record.id), "token": record.token, "locale": locale, **changed}
    )
    await env.settle()
    return InteractionResult(env, record)
