"""A Discord of our own on loopback: as much of its REST API and its gateway as a bot needs to start and to answer."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from aiohttp import WSMsgType, web

TOKEN = "MTIzNDU2Nzg5MDEyMzQ1Njc4.GabcdE.abcdefghijklmnopqrstuvwxyz0123456789"  # noqa: S105 - of a made-up bot
APPLICATION = "123456789012345678"
INTERACTION_TOKEN = "aW50ZXJhY3Rpb246MTMwMDAwMDAwMDAwMDAwMDAwMjphYmM"  # noqa: S105

_HELLO, _IDENTIFY, _HEARTBEAT, _HEARTBEAT_ACK = 10, 2, 1, 11
_BOT = {
    "id": APPLICATION,
    "username": "Sourcier",
    "discriminator": "0",
    "global_name": None,
    "avatar": None,
    "bot": True,
}
_PERSON = {"id": "42", "username": "ada", "discriminator": "0", "global_name": None, "avatar": None}
_CHANNEL = {"id": "77", "type": 1, "recipients": [_PERSON], "last_message_id": None}
_MESSAGE: dict[str, Any] = {
    "id": "1300000000000000009",
    "channel_id": "77",
    "author": _BOT,
    "content": "",
    "timestamp": "2025-07-02T10:00:00+00:00",
    "edited_timestamp": None,
    "tts": False,
    "mention_everyone": False,
    "mentions": [],
    "mention_roles": [],
    "attachments": [],
    "embeds": [],
    "pinned": False,
    "type": 20,
    "flags": 0,
    "components": [],
}


class LoopbackDiscord:
    """What this Discord answers may be changed at any time; ``heard`` has every request that changes something."""

    def __init__(self) -> None:
        self.port = 0
        self.login_statuses: list[int] = []  # answered to the next logins, then 200
        self.close_code: int | None = None  # closes the connection of whoever identifies
        self.heard: asyncio.Queue[tuple[str, Any]] = asyncio.Queue()
        self.identified: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self.may_acknowledge = asyncio.Event()
        self.may_acknowledge.set()
        self.may_log_in = asyncio.Event()
        self.may_log_in.set()
        self._sockets: list[web.WebSocketResponse] = []
        self._sequence = 0
        self._asked = 0

    @property
    def api(self) -> str:
        return f"http://127.0.0.1:{self.port}/api/v10"

    async def ask(self, question: str) -> None:
        """Let a person use /ask in a direct message."""
        self._asked += 1
        options = [{"name": "question", "type": 3, "value": question}]
        await self._dispatch(
            "INTERACTION_CREATE",
            {
                "id": str(1_300_000_000_000_000_000 + self._asked),
                "application_id": APPLICATION,
                "type": 2,
                "data": {"id": "900", "name": "ask", "type": 1, "options": options},
                "channel": _CHANNEL,
                "channel_id": _CHANNEL["id"],
                "user": _PERSON,
                "token": INTERACTION_TOKEN,
                "version": 1,
                "locale": "en-US",
                "entitlements": [],
                "authorizing_integration_owners": {"0": "0"},
                "context": 1,
                "app_permissions": "0",
                "attachment_size_limit": 10_000_000,
            },
        )

    async def hang_up(self, code: int) -> None:
        """Close the gateway's connections."""
        for socket in self._sockets:
            await socket.close(code=code)

    async def _dispatch(self, name: str, data: dict[str, Any]) -> None:
        self._sequence += 1
        for socket in self._sockets:
            await socket.send_json({"op": 0, "t": name, "s": self._sequence, "d": data})

    async def _login(self, request: web.Request) -> web.Response:
        await self.may_log_in.wait()
        status = self.login_statuses.pop(0) if self.login_statuses else 200
        if status != 200:
            return _json({"message": f"{status}", "code": 0}, status=status)
        right = request.headers.get("Authorization") == f"Bot {TOKEN}"
        return _json(_BOT if right else {"message": "401", "code": 0}, status=200 if right else 401)

    async def _application(self, _request: web.Request) -> web.Response:
        plain = {"id": APPLICATION, "name": "Sourcier", "description": "", "icon": None, "flags": 0}
        rights = {"bot_public": True, "bot_require_code_grant": False, "verify_key": "0" * 64}
        return _json({**plain, **rights, "owner": _PERSON})

    async def _gateway_address(self, _request: web.Request) -> web.Response:
        limit = {"total": 1000, "remaining": 999, "reset_after": 0, "max_concurrency": 1}
        address = f"ws://127.0.0.1:{self.port}/gateway"
        return _json({"url": address, "shards": 1, "session_start_limit": limit})

    async def _gateway(self, request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        await socket.send_json({"op": _HELLO, "d": {"heartbeat_interval": 40_000}})
        async for message in socket:
            if message.type is not WSMsgType.TEXT:
                break
            said = json.loads(message.data)
            if said["op"] == _HEARTBEAT:
                await socket.send_json({"op": _HEARTBEAT_ACK})
            elif said["op"] == _IDENTIFY:
                await self._welcome(socket, said["d"])
        return socket

    async def _welcome(self, socket: web.WebSocketResponse, identity: dict[str, Any]) -> None:
        self.identified.put_nowait(identity)
        if self.close_code is not None:
            await socket.close(code=self.close_code)
            return
        self._sockets.append(socket)
        application = {"id": APPLICATION, "flags": 0}
        session = {"session_id": "s", "resume_gateway_url": f"ws://127.0.0.1:{self.port}/gateway"}
        await self._dispatch(
            "READY",
            {"v": 10, "user": _BOT, "guilds": [], "application": application, "shard": identity["shard"], **session},
        )

    async def _commands(self, request: web.Request) -> web.Response:
        given = await request.json() if request.method == "PUT" else []
        kept = {"application_id": APPLICATION, "version": "1"}
        return _json(
            [{"description": "", **command, **kept, "id": str(900 + place)} for place, command in enumerate(given)]
        )

    async def _acknowledged(self, request: web.Request) -> web.Response:
        said = await request.json()
        self.heard.put_nowait(("callback", said))
        await self.may_acknowledge.wait()
        number = request.match_info["id"]
        return _json({"interaction": {"id": number, "type": 2, "response_message_id": _MESSAGE["id"]}})

    async def _shown(self, request: web.Request) -> web.Response:
        self.heard.put_nowait(("shown", await request.json()))
        return _json(_MESSAGE)


def _json(data: object, status: int = 200) -> web.Response:
    """Answer as Discord does: discord.py takes no other content type for JSON."""
    return web.Response(body=json.dumps(data).encode(), content_type="application/json", status=status)


@asynccontextmanager
async def loopback_discord() -> AsyncIterator[LoopbackDiscord]:
    """Open this Discord on a free port."""
    discord = LoopbackDiscord()
    application = web.Application()
    application.add_routes(
        [
            web.get("/api/v10/users/@me", discord._login),
            web.get("/api/v10/oauth2/applications/@me", discord._application),
            web.get("/api/v10/gateway/bot", discord._gateway_address),
            web.get("/api/v10/applications/{application}/commands", discord._commands),
            web.put("/api/v10/applications/{application}/commands", discord._commands),
            web.post("/api/v10/interactions/{id}/{token}/callback", discord._acknowledged),
            web.patch("/api/v10/webhooks/{application}/{token}/messages/@original", discord._shown),
            web.get("/gateway/", discord._gateway),
            web.get("/gateway", discord._gateway),
        ]
    )
    runner = web.AppRunner(application, access_log=None, shutdown_timeout=0.5)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        discord.port = runner.addresses[0][1]
        yield discord
    finally:
        await runner.cleanup()
