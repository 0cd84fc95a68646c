"""What a client that was tampered with sends: components that a message does not have, in anybody's name."""

from typing import Any

from simcord.actors import MemberActor
from simcord.backend import serializers
from simcord.env import Env
from simcord.interactions import base_payload
from simcord.results import InteractionResult, ResponseMessage

Json = dict[str, Any]


async def forge(
    env: Env, member: MemberActor, message: ResponseMessage, component: Json, **more: Any
) -> InteractionResult:
    """Let a member use a component of a message that may be none of theirs; ``more``: other fields of the payload.

    ``component`` is what the client says was used: ``custom_id``, ``component_type``, for a menu ``values``. A message
    without such a component is sent along as if it had it.
    """
    stored = env.backend.get_message(message.channel_id, message.id)
    seen: Json = dict(serializers.message_payload(env.backend, stored))
    shown = {"type": component["component_type"], "custom_id": component["custom_id"], "id": 999}
    shown |= {"style": 2, "label": "…"} if component["component_type"] == 2 else {"options": []}
    seen["components"] = [*seen["components"], {"type": 1, "id": 998, "components": [shown]}]
    record, payload = base_payload(
        env.backend,
        type=3,
        channel_id=message.channel_id,
        guild_id=member.guild.id,
        user_id=member.id,
        data=component,
    )
    record.source_message_id = message.id
    env.backend.emit("INTERACTION_CREATE", {**payload, "message": seen, **more})
    await env.settle()
    return InteractionResult(env, record)


def button(custom_id: str) -> Json:
    """Return what a client sends of a pressed button."""
    return {"custom_id": custom_id, "component_type": 2}


def menu(custom_id: str, *values: object, kind: int = 3) -> Json:
    """Return what a client sends of choices in a menu of a kind (3: of texts, 6: of roles, 8: of channels)."""
    return {"custom_id": custom_id, "component_type": kind, "values": list(values)}
